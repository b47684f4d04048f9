import { nextStep } from '../../people/ladder.js';
import { endOfNextWorkingDay, type WorkingHours } from '../../time/index.js';
import type { Followup } from '../rules.js';

/** What happens next to a follow-up that nobody has ended. */
export type Course = { do: 'wake' | 'pass' | 'remind' | 'list'; at: number } | { do: 'wait' };

export interface CourseFacts {
  /** Working hours of whoever has it, or of who stands in. */
  hours: WorkingHours;
  /** Whether somebody else looks after the account's success, to whom it can pass. */
  hasOtherCsm: boolean;
  passesQuietHours: boolean;
}

/**
 * What is to happen next, and when (UTC ms): the end of a snooze; that it passes to the success manager, once, when the
 * news was not told by the end of the next working day; then the ladder of what is overdue. Nothing while it was not
 * shown to whoever has it, while it sleeps, or while a reminder of it waits to be sent.
 */
export function courseOf(followup: Followup, facts: CourseFacts, now: number): Course {
  if (followup.state !== 'open' || followup.pending !== null) return { do: 'wait' };
  if (followup.snoozedUntil !== null) return { do: 'wake', at: followup.snoozedUntil };
  const { deliveredAt, dueAt } = followup;
  if (deliveredAt === null) return { do: 'wait' };
  // Whoever was shown it late has as long as anybody.
  const passAt = Math.max(dueAt, endOfNextWorkingDay(deliveredAt, facts.hours));
  if (passes(followup, facts)) return { do: 'pass', at: passAt };
  const step = nextStep(
    {
      kind: 'due',
      severity: followup.severity,
      deliveredAt,
      dueAt,
      step: followup.nudges,
      steppedAt: followup.nudgedAt,
      hours: facts.hours,
      passesQuietHours: facts.passesQuietHours,
    },
    now,
  );
  if (step === null) return { do: 'wait' };
  return { do: step.to === 'stand-up list' ? 'list' : 'remind', at: step.at };
}

/** News passes to the success manager once; what they took up themselves, or had from the start, does not. */
function passes(followup: Followup, facts: CourseFacts): boolean {
  return followup.kind !== 'restore' && followup.passedAt === null && facts.hasOtherCsm;
}
