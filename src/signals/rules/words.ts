import { DAY_MS } from '../../time/index.js';
import type { WordsFact } from './facts.js';
import { type AccountRule, leavesAt, num } from './rule.js';

const ALONE: ReadonlySet<string> = new Set(['churn', 'legal_finance']);
const SAID: Readonly<Record<string, string>> = {
  blocker: 'that work stands still',
  waiting: 'that they wait',
  repeat: 'that it is not the first time',
  escalate: 'that they want somebody who decides',
  churn: 'that they may leave',
  legal_finance: 'contract, lawyers or money back',
};

/**
 * S10: words of the phrase list in what the customer wrote: one phrase of leaving or law, or two kinds in one message.
 * Praise never counts. Other words alone are a card; those of leaving or law are high and ping.
 */
export const words: AccountRule = {
  id: 'S10',
  version: 1,
  name: 'words',
  scope: 'account',
  severity: 'medium',
  func: 'success',
  place: 'card',
  when: 'the customer writes of leaving, contract or lawyers, or two other telling things in one message',
  nextStep: 'read what they wrote, and call them',
  numbers: { fire: 1, clear: 0, holdMinutes: 0, cooldownDays: 7, windowDays: 7, kinds: 2 },
  read: (numbers, facts, now) => {
    const windowMs = num(numbers, 'windowDays') * DAY_MS;
    const telling = facts.words
      .filter((one) => one.at > now - windowMs)
      .map((one) => ({ ...one, kinds: one.categories.filter((kind) => kind !== 'praise') }))
      .filter(({ kinds }) => kinds.some((kind) => ALONE.has(kind)) || kinds.length >= num(numbers, 'kinds'));
    const newest = telling.at(-1);
    const isAlone = telling.some(({ kinds }) => kinds.some((kind) => ALONE.has(kind)));
    return {
      level: telling.length,
      fireAt: numbers.fire,
      clearAt: numbers.clear,
      evidence: {
        line: newest ? `wrote ${inWords(newest.kinds)}` : 'wrote nothing of that kind',
        ...(newest ? { channel: newest.channel, ts: newest.ts } : {}),
        numbers: { messages: telling.length, phrases: phrasesOf(telling) },
      },
      lookAgainAt: leavesAt(
        telling.map(({ at }) => at),
        windowMs,
        now,
      ),
      ...(isAlone ? { severity: 'high' as const, place: 'interruptive' as const } : {}),
    };
  },
};

function inWords(kinds: readonly string[]): string {
  return kinds.map((kind) => SAID[kind] ?? kind).join(' and ');
}

function phrasesOf(facts: readonly WordsFact[]): number {
  return new Set(facts.flatMap(({ phrases }) => phrases)).size;
}
