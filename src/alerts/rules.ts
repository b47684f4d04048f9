import { type Climb, type NextStep, nextStep } from '../people/ladder.js';
import type { Severity } from '../signals/rules/rule.js';
import {
  addWorkingDays,
  addWorkingTime,
  HOUR_MS,
  type WorkingHours,
  wallOf,
  weekdayOf,
  workingTimeBetween,
} from '../time/index.js';

export interface Alert {
  id: number;
  /** `account:7`, `team:support` or `feed:unmatched`: one open alert per scope. */
  scope: string;
  /** 0 for a team or a feed: it belongs to no account. */
  accountId: number;
  severity: Severity;
  /** Whether it pings somebody or is a card only. */
  place: 'interruptive' | 'card';
  openedAt: number;
  postedAt: number | null;
  /** Where its card stands. */
  channel: string | null;
  claimedBy: number | null;
  claimedAt: number | null;
  followupId: number | null;
  /** When whoever claimed it last got on with it, and when they were warned that the claim lapses. */
  progressAt: number | null;
  warnedAt: number | null;
  note: string | null;
  notedBy: number | null;
  notedAt: number | null;
  offeredToId: number | null;
  offeredById: number | null;
  /** Who was called about it, as how grave, and when that stood before them. */
  calledId: number | null;
  calledAs: Severity | null;
  calledAt: number | null;
  /** The last step of its ladder, and when that was shown. */
  step: number;
  steppedAt: number | null;
  state: 'open' | 'claimed' | 'ended';
  endedAt: number | null;
  endedBy: string | null;
  endReason: string | null;
  dismissedAs: DismissedAs | null;
}

/** Why an alert was not needed. */
export type DismissedAs = 'noise' | 'known' | 'wrong_account' | 'other';

/** A signal on an alert, as far as its alert looks at it. */
export interface OnAlert {
  rule: string;
  place: 'interruptive' | 'card' | 'digest';
}

const REPEAT_CONTACT = 'S01';

/**
 * Whether an alert pings. Any signal that pings does; repeat contact alone is a card, and pings with a second signal
 * of another rule.
 */
export function alertPlace(signals: readonly OnAlert[]): Alert['place'] {
  const rules = new Set(signals.filter((one) => one.place !== 'digest').map((one) => one.rule));
  const pings = signals.some((one) => one.place === 'interruptive');
  return pings || (rules.has(REPEAT_CONTACT) && rules.size > 1) ? 'interruptive' : 'card';
}

const GATHER_MS = 10 * 60_000;

/** When an alert is first posted: ten minutes after its first signal, so that one card gathers what belongs together. */
export function firstPostAt(alert: Pick<Alert, 'severity' | 'openedAt'>): number {
  return alert.severity === 'critical' ? alert.openedAt : alert.openedAt + GATHER_MS;
}

/**
 * Whether a change of an alert is said anew below what was written since: on a later working day than that on which
 * its card was posted. Both UTC ms, by the company's days.
 */
export function isSaidAnew(postedAt: number, now: number, hours: WorkingHours): boolean {
  const today = wallOf(now, hours.zone).date;
  if (today <= wallOf(postedAt, hours.zone).date || hours.holidays.has(today)) return false;
  return (hours.days[weekdayOf(today)] ?? []).length > 0;
}

/** A claim without progress lapses after this many working days; its owner is warned this long before. */
const LAPSE_DAYS = 2;
const WARN_MS = 4 * HOUR_MS;

/**
 * When the owner of a claim is warned, and when it lapses (UTC ms, in their working time): never before they had been
 * warned for as long as anybody is. `lapseAt` is null while the warning was not shown.
 */
export function lapseOf(
  claim: { progressAt: number; warnedAt: number | null },
  hours: WorkingHours,
): { warnAt: number; lapseAt: number | null } {
  const end = addWorkingDays(claim.progressAt, LAPSE_DAYS, hours);
  const whole = workingTimeBetween(claim.progressAt, end, hours);
  const warnAt = addWorkingTime(claim.progressAt, Math.max(0, whole - WARN_MS), hours);
  if (claim.warnedAt === null) return { warnAt, lapseAt: null };
  return { warnAt, lapseAt: Math.max(end, addWorkingTime(claim.warnedAt, WARN_MS, hours)) };
}

/** Whether somebody is still to be called: once, and once more when it turned critical after that. */
export function wantsCall(alert: Alert): boolean {
  if (alert.state !== 'open' || alert.postedAt === null) return false;
  return alert.calledId === null || (alert.severity === 'critical' && alert.calledAs !== 'critical');
}

/** A signal on an alert, as far as sleep is concerned. */
export interface MaySleep {
  state: string;
  snoozedUntil: number | null;
  snoozedLevel: number | null;
}

/**
 * Until when an alert sleeps: the first instant (UTC ms) at which one of its signals wakes, `change` when only more of
 * it wakes it, null when any of them is awake.
 */
export function sleepsUntil(signals: readonly MaySleep[]): number | 'change' | null {
  const firing = signals.filter((one) => one.state === 'firing');
  if (firing.length === 0 || firing.some((one) => one.snoozedUntil === null && one.snoozedLevel === null))
    return null;
  const ats = firing.flatMap((one) => one.snoozedUntil ?? []);
  return ats.length === 0 ? 'change' : Math.min(...ats);
}

/** After this one a ladder takes no other. */
export const LAST_STEP = 2;

/** What happens next to an alert that nobody claimed, and when; null when nothing does. */
export function nextCall(
  alert: Alert,
  who: Pick<Climb, 'hours' | 'passesQuietHours'>,
  now: number,
): NextStep | null {
  if (alert.state !== 'open') return null;
  const { severity, calledAt, step, steppedAt } = alert;
  return nextStep(
    { kind: 'answer', severity, deliveredAt: calledAt, dueAt: null, step, steppedAt, ...who },
    now,
  );
}

/**
 * What a rule proposes, with names where they are known: "call Joe today and say who works on B-42".
 * @param who the first name of who wrote last
 * @param issue the issue that it is about, B-42
 */
export function namedStep(
  step: string,
  { who, issue }: { who: string | null; issue: string | null },
): string {
  const called = who === null ? step : step.replace(/\bcall them\b/, () => `call ${who}`);
  return issue === null ? called : called.replace(/\bwho works on it\b/, () => `who works on ${issue}`);
}
