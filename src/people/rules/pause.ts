import {
  DAY_MS,
  instantOf,
  MINUTE_MS,
  parseDay,
  parseDuration,
  readTimeOfDay,
  wallOf,
} from '../../time/index.js';

/** Longer than this nobody would still know of it; each further week is asked for anew. */
const LONGEST_MS = 7 * DAY_MS;
const SHORTEST_MS = MINUTE_MS;
/** A day without a time ends when it begins for most. */
const MORNING = '09:00';
const LENGTH = /^\d+\s*(?:w|weeks?|d|days?|h|hrs?|hours?|m|mins?|minutes?)\b/i;

/** Until when (UTC ms, business time), or what is wrong with the text and what would be right. */
export type PauseTyped = { until: number } | { problem: string };

/** Reads `2h`, `until 16:00`, `until Monday`, `until tomorrow 14:00`. A time that is past today is tomorrow's. */
export function readPause(text: string, zone: string, now: number): PauseTyped {
  const said = text.trim().replace(/^(?:for|until|till|til)\s+/i, '');
  if (said === '') return { problem: 'Say for how long.' };
  if (LENGTH.test(said)) {
    const duration = parseDuration(said);
    return 'ms' in duration ? within(now + duration.ms, now) : duration;
  }
  const read = readInstant(said, zone, now);
  return 'until' in read ? within(read.until, now) : read;
}

function readInstant(said: string, zone: string, now: number): PauseTyped {
  const words = said.split(/[\s,]+/u).filter((word) => word.toLowerCase() !== 'at');
  const time = readTimeOfDay(words.at(-1) ?? '');
  const today = wallOf(now, zone).date;
  const dayWords = (time === null ? words : words.slice(0, -1)).join(' ');
  if (dayWords === '') return nextTime(time ?? MORNING, today, zone, now);
  // "20 Nov" ends in no time, and "Nov 20" in what looks like one.
  const whole = parseDay(words.join(' '), today);
  if (!('problem' in whole)) return { until: instantOf({ date: whole.date, time: MORNING, zone }) };
  const day = parseDay(dayWords, today);
  if ('problem' in day) return day;
  return { until: instantOf({ date: day.date, time: time ?? MORNING, zone }) };
}

function nextTime(time: string, today: string, zone: string, now: number): PauseTyped {
  const at = instantOf({ date: today, time, zone });
  if (at > now) return { until: at };
  const tomorrow = parseDay('tomorrow', today);
  return 'problem' in tomorrow ? tomorrow : { until: instantOf({ date: tomorrow.date, time, zone }) };
}

function within(until: number, now: number): PauseTyped {
  if (until - now < SHORTEST_MS) return { problem: 'That is over already.' };
  if (until - now > LONGEST_MS) return { problem: 'A pause lasts seven days at most.' };
  return { until };
}

/** What a pause held back, by what it is called on screen. */
const NAMES: Readonly<Record<string, readonly [one: string, many: string]>> = {
  alert: ['alert', 'alerts'],
  incident: ['incident', 'incidents'],
  incident_offer: ['incident', 'incidents'],
  issue: ['issue', 'issues'],
  suggestion: ['line of customers who wait', 'lines of customers who wait'],
  followup: ['follow-up', 'follow-ups'],
  nudge: ['reminder', 'reminders'],
  nudge_round: ['reminder', 'reminders'],
  digest: ['digest', 'digests'],
  standup: ['stand-up', 'stand-ups'],
  escalation: ['call for help', 'calls for help'],
  flag: ['flag', 'flags'],
  fix: ['fix', 'fixes'],
  levels: ['line of late answers', 'lines of late answers'],
  alert_call: ['alert', 'alerts'],
};
const OTHER = ['other message', 'other messages'] as const;

/** "2 alerts, 1 follow-up", most first; null when nothing was held. */
export function heldInWords(counts: ReadonlyMap<string, number>): string | null {
  const named = new Map<readonly [string, string], number>();
  for (const [kind, n] of counts) {
    const name = Object.values(NAMES).find(([one]) => one === NAMES[kind]?.[0]) ?? OTHER;
    named.set(name, (named.get(name) ?? 0) + n);
  }
  const parts = [...named.entries()]
    .filter(([, n]) => n > 0)
    .sort((a, b) => b[1] - a[1])
    .map(([[one, many], n]) => `${n} ${n === 1 ? one : many}`);
  return parts.length === 0 ? null : parts.join(', ');
}
