import { DAY_MS } from '../../time/index.js';
import type { Rule } from './rule.js';

export interface ContactFacts {
  /** Contacts of the account in the last 90 days, oldest first, business time. */
  contacts: readonly { at: number; channel: string; ts: string }[];
}

const WINDOW_MS = 7 * DAY_MS;
const WEEKS = 12;
const LEAST = 3;
const CLEAR_BELOW = 2;

/**
 * S01: contacts of an account in seven days, at least 3 and at least twice its usual week (the median of the twelve
 * weeks before). Clear below two.
 */
export const repeatContact: Rule<ContactFacts> = {
  id: 'S01',
  version: 1,
  severity: 'medium',
  nextStep: 'call them today and say who works on it',
  read: ({ contacts }, now) => {
    const recent = contacts.filter((contact) => contact.at > now - WINDOW_MS && contact.at <= now);
    const usual = usualWeek(
      contacts.map((contact) => contact.at),
      now - WINDOW_MS,
    );
    const limit = Math.max(LEAST, Math.ceil(2 * usual));
    const oldest = recent[0];
    const newest = recent.at(-1);
    // First and last day included, as people count: Tuesday to Saturday is five days.
    const days = oldest ? Math.floor(((newest?.at ?? now) - oldest.at) / DAY_MS) + 1 : 0;
    return {
      isFiring: recent.length >= limit,
      isClear: recent.length < CLEAR_BELOW,
      evidence: {
        line: `wrote in ${recent.length} times in ${days} ${days === 1 ? 'day' : 'days'} (usually ${usual})`,
        ...(newest ? { channel: newest.channel, ts: newest.ts } : {}),
        numbers: { contacts: recent.length, days, usual, limit },
      },
      lookAgainAt: oldest ? oldest.at + WINDOW_MS : null,
    };
  },
};

/** The median number of contacts in the twelve weeks before `until`. */
function usualWeek(contacts: readonly number[], until: number): number {
  const weeks = Array.from({ length: WEEKS }, (_, week) => {
    const end = until - week * WINDOW_MS;
    return contacts.filter((at) => at > end - WINDOW_MS && at <= end).length;
  }).sort((a, b) => a - b);
  const middle = WEEKS / 2;
  return ((weeks[middle - 1] ?? 0) + (weeks[middle] ?? 0)) / 2;
}
