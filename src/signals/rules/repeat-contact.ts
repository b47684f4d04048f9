import { addWorkingTime, DAY_MS, MINUTE_MS } from '../../time/index.js';
import { USUAL_WEEKS } from './as-of.js';
import type { ContactFact } from './facts.js';
import { type AccountRule, earliest, num } from './rule.js';

const WEEK_MS = 7 * DAY_MS;

/**
 * S01: friction in seven days: what was logged, or waited longer than the hour in which a first reply is promised. Three
 * contacts on one issue; or of any kind at least 4, twice the account's usual week and two standard deviations of a
 * Poisson count above it (median + 2√median); without four weeks of history 6. Alone and of any kind it is a card
 * without a ping.
 */
export const repeatContact: AccountRule = {
  id: 'S01',
  version: 3,
  name: 'repeat contact',
  scope: 'account',
  severity: 'medium',
  func: 'success',
  place: 'card',
  when: 'the account writes in more than usual, or again and again about one issue',
  nextStep: 'call them today and say who works on it',
  numbers: {
    fire: 4,
    clear: 1,
    holdMinutes: 0,
    cooldownDays: 7,
    onOneIssue: 3,
    timesUsual: 2,
    withoutHistory: 6,
    historyWeeks: 4,
    waitedMinutes: 60,
  },
  read: (numbers, { contacts: all, hours, weeksKnown, nextWeekAt }, now) => {
    // What fires since an earlier version has no such number: it counts all that waited, as it did.
    const enoughMs = (numbers.waitedMinutes ?? 0) * MINUTE_MS;
    const contacts = all.filter((one) => one.issueId !== null || one.waitedMs >= enoughMs);
    const recent = contacts.filter((contact) => contact.at > now - WEEK_MS && contact.at <= now);
    const weeks = weeklyCounts(contacts, now - WEEK_MS, weeksKnown);
    const usual = median(weeks);
    const isKnown = weeksKnown >= num(numbers, 'historyWeeks');
    const limit = isKnown
      ? limitOf(numbers.fire, num(numbers, 'timesUsual'), usual)
      : num(numbers, 'withoutHistory');
    const onOne = onOneIssue(recent);
    const isOnOne = onOne.count >= num(numbers, 'onOneIssue');
    const newest = recent.at(-1);
    // First and last day included, as people count: Tuesday to Saturday is five days.
    const days = recent[0] && newest ? Math.floor((newest.at - recent[0].at) / DAY_MS) + 1 : 0;
    const span = `in ${days} ${days === 1 ? 'day' : 'days'}`;
    const line =
      isOnOne && recent.length < limit
        ? `wrote in ${onOne.count} times about ${onOne.name} ${span}`
        : `wrote in ${recent.length} times ${span}${isKnown ? ` (usually ${usual})` : ''}`;
    return {
      level: recent.length,
      fireAt: isOnOne ? Math.min(limit, num(numbers, 'onOneIssue')) : limit,
      clearAt: numbers.clear,
      evidence: {
        line,
        ...(newest ? { channel: newest.channel, ts: newest.ts } : {}),
        numbers: { contacts: recent.length, days, usual, limit, onOneIssue: onOne.count, weeksKnown },
      },
      lookAgainAt: earliest(
        [
          ...recent.map((contact) => contact.at + WEEK_MS),
          ...all
            .filter((one) => one.isWaiting && one.issueId === null && one.waitedMs < enoughMs)
            .map((one) => addWorkingTime(now, enoughMs - one.waitedMs, hours)),
          // Near enough that a week less of "usually" makes it fire: the weeks move on with time.
          ...(recent.length >= numbers.fire && recent.length < limit
            ? [nextWeekAt, nextCrossing(contacts, now)]
            : []),
        ],
        now,
      ),
      ...(isOnOne ? { place: 'interruptive' as const } : {}),
    };
  },
};

/** When the next of some contacts moves from one week into the one before. */
function nextCrossing(contacts: readonly { at: number }[], now: number): number | null {
  if (contacts.length === 0) return null;
  return Math.min(...contacts.map(({ at }) => at + (Math.floor((now - at) / WEEK_MS) + 1) * WEEK_MS));
}

/** The least number in seven days that is more than usual. */
function limitOf(least: number, timesUsual: number, usual: number): number {
  return Math.max(least, Math.ceil(timesUsual * usual), Math.ceil(usual + 2 * Math.sqrt(usual)));
}

/** How many in each of the weeks before `until`, newest first. */
export function weeklyCounts(contacts: readonly { at: number }[], until: number, weeks: number): number[] {
  return Array.from({ length: Math.min(weeks, USUAL_WEEKS) }, (_, week) => {
    const end = until - week * WEEK_MS;
    return contacts.filter(({ at }) => at > end - WEEK_MS && at <= end).length;
  });
}

/** The middle of some counts; 0 of none. */
export function median(counts: readonly number[]): number {
  const sorted = [...counts].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

function onOneIssue(recent: readonly ContactFact[]): { count: number; name: string } {
  const counts = new Map<number, { count: number; name: string }>();
  for (const { issueId, issueName } of recent) {
    if (issueId === null) continue;
    const of = counts.get(issueId) ?? { count: 0, name: issueName ?? 'one issue' };
    counts.set(issueId, { ...of, count: of.count + 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count)[0] ?? { count: 0, name: '' };
}
