import {
  addWorkingTime,
  HOUR_MS,
  MINUTE_MS,
  type WorkingHours,
  workingTimeBetween,
} from '../../time/index.js';
import type { Priority } from './issue.js';

/** What is promised to a customer about an issue, each with its own clock. */
export const CLOCKS = ['first_reply', 'next_reply', 'resolve'] as const;
export type Clock = (typeof CLOCKS)[number];

/** Targets in milliseconds of working time; null: none. */
export type Targets = Record<Clock, number | null>;

/** A working day, where a target is given in days. */
const DAY = 8 * HOUR_MS;

/**
 * Defaults by priority: the field's usual ones, but for the first reply. In Slack people expect it within the hour, so
 * that is the promise from normal on.
 */
export const DEFAULT_TARGETS: Readonly<Record<Priority, Targets>> = {
  urgent: { first_reply: HOUR_MS, next_reply: 2 * HOUR_MS, resolve: 8 * HOUR_MS },
  high: { first_reply: HOUR_MS, next_reply: 4 * HOUR_MS, resolve: 2 * DAY },
  normal: { first_reply: HOUR_MS, next_reply: 8 * HOUR_MS, resolve: 5 * DAY },
  low: { first_reply: 8 * HOUR_MS, next_reply: 2 * DAY, resolve: null },
};

/** Support is warned when this part of a target has passed: 45 minutes of an hour. */
const WARN_AT = 0.75;

/**
 * How long a line in the triage channel takes in further warnings by being edited, ms; later ones come as a new line.
 * An edit lights nothing: what may be late within the hour needs to be seen soon, what may be late today can wait.
 */
const LINE_FRESH_MS = { first_reply: 90 * MINUTE_MS, next_reply: 4 * HOUR_MS } as const;

/**
 * Where support is warned of a clock: on the line that stands since `postedAt` (UTC ms; null: none does), on a new one,
 * or on the card alone. A solution takes days, and is an objective of ours, no promise: the card says when.
 */
export function warnsOn(clock: Clock, postedAt: number | null, now: number): 'line' | 'new line' | 'card' {
  if (clock === 'resolve') return 'card';
  return postedAt !== null && now - postedAt < LINE_FRESH_MS[clock] ? 'line' : 'new line';
}

/** What a company sets otherwise, in minutes of working time by priority; null switches a clock off. */
export type TargetMinutes = Partial<Record<Priority, Partial<Record<Clock, number | null>>>>;

/** The targets of a priority: what the company set, else the defaults. */
export function targetsOf(priority: Priority, set: TargetMinutes | null): Targets {
  const own = set?.[priority] ?? {};
  const pick = (clock: Clock): number | null => {
    const minutes = own[clock];
    return minutes === undefined ? DEFAULT_TARGETS[priority][clock] : minutes && minutes * MINUTE_MS;
  };
  return { first_reply: pick('first_reply'), next_reply: pick('next_reply'), resolve: pick('resolve') };
}

/** What happened around an issue, as far as its clocks look at it. Instants are UTC ms, in any order. */
export interface Timeline {
  /** When the customer wrote something that wants an answer. */
  customer: readonly number[];
  /** When one of us wrote to them. */
  ours: readonly number[];
  /** When it waited on the customer, or was over; `until` null while it does. */
  paused: readonly { from: number; until: number | null }[];
  /** Whether it is over, so that nothing runs. */
  isOver: boolean;
}

/** One clock that runs or stands paused. */
export interface Running {
  clock: Clock;
  /** Since when it runs: what tells it from the next one of its kind. */
  since: number;
  /** When support is warned, and when the promise breaks; null while it stands still. */
  warnAt: number | null;
  dueAt: number | null;
}

/** The clocks of an issue that are not over, computed from what happened: nothing of them is stored. */
export function runningClocks(timeline: Timeline, targets: Targets, hours: WorkingHours): Running[] {
  const asked = [...timeline.customer].sort((a, b) => a - b);
  const first = asked[0];
  if (timeline.isOver || first === undefined) return [];
  const said = timeline.ours.filter((at) => at >= first);
  const last = said.length > 0 ? Math.max(...said) : undefined;
  const again = last === undefined ? undefined : asked.find((at) => at > last);
  const starts: Record<Clock, number | undefined> = {
    first_reply: last === undefined ? first : undefined,
    next_reply: again,
    resolve: first,
  };
  return CLOCKS.flatMap((clock) => {
    const since = starts[clock];
    const target = targets[clock];
    if (since === undefined || target === null) return [];
    return [
      {
        clock,
        since,
        warnAt: reachedAt(since, target * WARN_AT, timeline.paused, hours),
        dueAt: reachedAt(since, target, timeline.paused, hours),
      },
    ];
  });
}

/** When a clock that runs since then has run for `ms` of working time, pauses left out; null while it is paused before. */
export function reachedAt(
  since: number,
  ms: number,
  paused: Timeline['paused'],
  hours: WorkingHours,
): number | null {
  let from = since;
  let left = ms;
  for (const pause of [...paused].sort((a, b) => a.from - b.from)) {
    if (pause.until !== null && pause.until <= from) continue;
    const ran = workingTimeBetween(from, pause.from, hours);
    if (ran >= left) break;
    left -= ran;
    if (pause.until === null) return null;
    from = pause.until;
  }
  return addWorkingTime(from, left, hours);
}

/** The clock that a card shows: the reply that is due first, else the solution once support was warned of it. */
export function shownClock(running: readonly Running[], now: number): Running | undefined {
  const dated = running.filter((one) => one.dueAt !== null);
  return (
    dated.find((one) => one.clock !== 'resolve') ??
    dated.find((one) => one.warnAt !== null && one.warnAt <= now)
  );
}

/** The next instant at which something is to be done about these clocks, given which were warned of or missed before. */
export function nextLook(
  running: readonly Running[],
  done: (running: Running, what: 'warned' | 'missed') => boolean,
): number | null {
  const looks = running.flatMap((one) => [
    ...(one.warnAt !== null && !done(one, 'warned') ? [one.warnAt] : []),
    ...(one.dueAt !== null && !done(one, 'missed') ? [one.dueAt] : []),
  ]);
  return looks.length > 0 ? Math.min(...looks) : null;
}
