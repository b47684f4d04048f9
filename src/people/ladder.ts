import {
  addWorkingDays,
  addWorkingTime,
  HOUR_MS,
  hoursProblem,
  MINUTE_MS,
  nextWorkingInstant,
  startOfNextWorkingDay,
  type WorkingHours,
} from '../time/index.js';

/** How grave something is, in the words that people read. */
export type Severity = 'low' | 'medium' | 'high' | 'critical';

const ORDER: readonly Severity[] = ['low', 'medium', 'high', 'critical'];

/** The graver of two. */
export function graver(a: Severity, b: Severity): Severity {
  return ORDER.indexOf(a) >= ORDER.indexOf(b) ? a : b;
}

/** Who is spoken to at a step: direct messages, but for the stand-up list, which is only a list. */
export type Rung = 'owner' | 'owner and backup' | 'lead' | 'stand-up list';

/** Something that climbs until somebody does it. All instants are UTC milliseconds of business time. */
export interface Climb {
  /** `answer`: somebody must take it up. `due`: it is somebody's, and must be done by `dueAt`. */
  kind: 'answer' | 'due';
  severity: Severity;
  /**
   * When it was first shown to its owner (a direct message that was delivered, or the 9:00 message that listed it);
   * null while it was not, and then nothing climbs.
   */
  deliveredAt: number | null;
  /** By when it must be done; only of what is `due`. */
  dueAt: number | null;
  /** The last step that was taken; 0 when only the first message was sent. */
  step: number;
  /** When that step was shown; null while it is held back, and then nothing climbs. Not looked at for step 0. */
  steppedAt: number | null;
  /** The owner's. */
  hours: WorkingHours;
  /** True when the owner opted in to be called about what is critical at any hour. */
  passesQuietHours: boolean;
}

export interface NextStep {
  /** Its number: what `Climb.step` is after it. */
  step: number;
  at: number;
  to: Rung;
}

/** After this long unanswered in working time, what is high is brought to mind once. */
const HIGH_REMINDER_MS = 4 * HOUR_MS;
/** After these, what is critical goes to owner and backup, then to the lead. */
const CRITICAL_MS = [60 * MINUTE_MS, 120 * MINUTE_MS] as const;
/** After a due time these many working days pass before the owner, and the stand-up list, hear of it. */
const OVERDUE_OWNER_DAYS = 1;
const OVERDUE_LIST_DAYS = 3;

/**
 * What happens next to something that nobody has done, and when; null when nothing does (not shown yet, the last step
 * taken, or grave enough for a digest only). Design: high is a message, one reminder after 4 working hours, then the
 * lead's stand-up list; critical is a message, owner and backup after 60 minutes, the lead after 120; medium and low
 * stand in digests; what is due is brought to mind one working day after its time, and is on the lead's list after
 * three. A backup is asked about what is critical only, never because somebody is late: absence is another matter.
 * @param now a step that is overdue is taken when the owner works next, never before `now`
 */
export function nextStep(climb: Climb, now: number): NextStep | null {
  const shownAt = climb.step === 0 ? climb.deliveredAt : climb.steppedAt;
  if (climb.deliveredAt === null || shownAt === null) return null;
  const next = climb.kind === 'due' ? dueStep(climb, shownAt) : answerStep(climb, shownAt);
  return next && { ...next, at: disturbsAt(climb, Math.max(next.at, now)) };
}

/**
 * When somebody may be disturbed with something, from `at` on: in their working time, at once with what is critical
 * if they opted in to that.
 */
export function disturbsAt(who: Pick<Climb, 'severity' | 'hours' | 'passesQuietHours'>, at: number): number {
  const isAtOnce = (who.severity === 'critical' && who.passesQuietHours) || !isUsable(who.hours);
  return isAtOnce ? at : nextWorkingInstant(at, who.hours);
}

function answerStep(climb: Climb, shownAt: number): NextStep | null {
  const from = climb.deliveredAt ?? shownAt;
  if (climb.severity === 'high' && climb.step === 0)
    return { step: 1, at: later(climb, from, HIGH_REMINDER_MS), to: 'owner' };
  if (climb.severity === 'high' && climb.step === 1)
    return { step: 2, at: morningAfter(shownAt, 1, climb.hours), to: 'stand-up list' };
  if (climb.severity === 'critical' && climb.step === 0)
    return { step: 1, at: later(climb, from, CRITICAL_MS[0]), to: 'owner and backup' };
  if (climb.severity === 'critical' && climb.step === 1) {
    const afterStep = later(climb, shownAt, CRITICAL_MS[1] - CRITICAL_MS[0]);
    return { step: 2, at: Math.max(later(climb, from, CRITICAL_MS[1]), afterStep), to: 'lead' };
  }
  return null;
}

function dueStep(climb: Climb, shownAt: number): NextStep | null {
  if (climb.dueAt === null) return null;
  const { hours, dueAt } = climb;
  if (climb.step === 0)
    // Never before they had a whole working day with it before their eyes.
    return {
      step: 1,
      at: Math.max(morningAfter(dueAt, OVERDUE_OWNER_DAYS, hours), dayLater(shownAt, hours)),
      to: 'owner',
    };
  if (climb.step === 1)
    return {
      step: 2,
      at: Math.max(
        morningAfter(dueAt, OVERDUE_LIST_DAYS, hours),
        morningAfter(shownAt, OVERDUE_LIST_DAYS - OVERDUE_OWNER_DAYS, hours),
      ),
      to: 'stand-up list',
    };
  return null;
}

/** Minutes of the clock for whoever is called at any hour, else of working time. */
function later(climb: Climb, from: number, ms: number): number {
  const isAnyHour = climb.severity === 'critical' && climb.passesQuietHours;
  return isAnyHour || !isUsable(climb.hours) ? from + ms : addWorkingTime(from, ms, climb.hours);
}

/** When the `days`th working day after that of `at` begins. */
function morningAfter(at: number, days: number, hours: WorkingHours): number {
  if (!isUsable(hours)) return at + days * 24 * HOUR_MS;
  let morning = at;
  for (let day = 0; day < days; day += 1) morning = startOfNextWorkingDay(morning, hours);
  return morning;
}

function dayLater(at: number, hours: WorkingHours): number {
  return isUsable(hours) ? addWorkingDays(at, 1, hours) : at + 24 * HOUR_MS;
}

/** Hours with a mistake in them must not make somebody unreachable. */
function isUsable(hours: WorkingHours): boolean {
  return hoursProblem(hours) === undefined;
}
