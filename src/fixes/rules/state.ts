import type { FixState } from './fix.js';

/** What can happen to a fix: in its tracker, by a person, or because accounts say so. */
export type FixVerb = 'plan' | 'start' | 'merge' | 'live' | 'decline' | 'break';

export const FIX_VERBS: readonly FixVerb[] = ['plan', 'start', 'merge', 'live', 'decline', 'break'];

/** Where it leads; `stays` when it stands so already; or why it cannot be, in words for whoever asked. */
export type FixStep = { to: FixState } | { stays: true } | { refused: string };

const STAYS = { stays: true } as const;
const no = (refused: string) => ({ refused });

/** What customers can use is not taken from them by what happens in a tracker: that takes a person or two accounts. */
const LIVE_STAYS = STAYS;
const NOT_LIVE_YET = no('It is not live yet, so it cannot have broken again. Nothing was changed.');

/** Every verb at every state: there is no other way through the life of a fix. */
const STEPS: Readonly<
  Record<FixVerb, Readonly<Record<FixState, FixState | typeof STAYS | { refused: string }>>>
> = {
  // Back among what is to be done: reopened, or closed without being merged.
  plan: {
    planned: STAYS,
    in_progress: 'planned',
    merged: 'planned',
    live: LIVE_STAYS,
    declined: 'planned',
    broke_again: STAYS,
  },
  start: {
    planned: 'in_progress',
    in_progress: STAYS,
    merged: 'in_progress',
    live: LIVE_STAYS,
    declined: 'in_progress',
    broke_again: 'in_progress',
  },
  merge: {
    planned: 'merged',
    in_progress: 'merged',
    merged: STAYS,
    live: LIVE_STAYS,
    declined: 'merged',
    broke_again: 'merged',
  },
  // Also from live: for more accounts than before, or again for one that said "still broken".
  live: {
    planned: 'live',
    in_progress: 'live',
    merged: 'live',
    live: 'live',
    declined: 'live',
    broke_again: 'live',
  },
  decline: {
    planned: 'declined',
    in_progress: 'declined',
    merged: 'declined',
    live: no(
      'It is live, so it cannot be declined. If it does not help, say that it broke again. Nothing was changed.',
    ),
    declined: STAYS,
    broke_again: 'declined',
  },
  break: {
    planned: NOT_LIVE_YET,
    in_progress: NOT_LIVE_YET,
    merged: NOT_LIVE_YET,
    live: 'broke_again',
    declined: no('It was declined, so it cannot have broken again. Nothing was changed.'),
    broke_again: STAYS,
  },
};

/** The one decision about a change of a fix's state. */
export function fixStep(state: FixState, verb: FixVerb): FixStep {
  const step = STEPS[verb][state];
  return typeof step === 'string' ? { to: step } : step;
}
