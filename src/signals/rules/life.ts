import { DAY_MS, MINUTE_MS } from '../../time/index.js';
import type { Numbers, Reading, Severity } from './rule.js';
import { rank } from './severity.js';

/** The life of a signal: pending, firing, handled, cleared. */

/** An open signal as far as its life looks at it. Instants are business time, UTC ms. */
export interface Life {
  state: 'pending' | 'firing' | 'handled';
  /** Since when the condition holds. */
  since: number;
  handledAt: number | null;
  severity: Severity;
  level: number;
  line: string;
  /** Quiet until then; null: not snoozed, or until it changes. */
  snoozedUntil: number | null;
  /** Quiet until the level is above this; null: not snoozed, or until a time. */
  snoozedLevel: number | null;
}

/** The last signal of the same rule and scope that is over. */
export interface Past {
  /** When it stopped speaking: it was handled, or else clear. The cooldown counts from here. */
  quietFrom: number;
  severity: Severity;
}

/**
 * What becomes of it. `start`: it is pending; `forget`: it was pending and did not hold; `change`: its evidence is
 * another; `rise`: it is graver; `wake`: a snooze is over; `again`: what was handled fires anew.
 */
export type Move = 'none' | 'start' | 'fire' | 'forget' | 'change' | 'rise' | 'wake' | 'again' | 'clear';

/** What was handled fires again after this long, although it never was clear in between. */
const HANDLED_MS = 14 * DAY_MS;

export interface Decision {
  move: Move;
  /** When this is worth a look although nothing happens; null when it is not. */
  lookAgainAt: number | null;
}

/**
 * What becomes of a signal by what its rule reads now.
 * @param it.open the open signal, if there is one
 * @param it.past the last one that is over, if there was one
 */
export function decide(
  it: {
    reading: Reading;
    severity: Severity;
    numbers: Pick<Numbers, 'holdMinutes' | 'cooldownDays'>;
    open: Life | undefined;
    past: Past | undefined;
  },
  now: number,
): Decision {
  const { reading, severity, open } = it;
  const fires = reading.level >= reading.fireAt;
  const isClear = !fires && reading.level <= reading.clearAt;
  if (!open) return fires ? begin(it, now) : NOTHING;
  if (open.state === 'pending') {
    if (!fires) return { move: 'forget', lookAgainAt: null };
    return begin({ ...it, open }, now);
  }
  if (isClear) return { move: 'clear', lookAgainAt: null };
  if (open.state === 'handled') return handled(it, fires, open, now);
  const rises = fires && rank(severity) > rank(open.severity);
  if (rises) return { move: 'rise', lookAgainAt: null };
  if (open.snoozedUntil !== null && now < open.snoozedUntil)
    return { move: 'none', lookAgainAt: open.snoozedUntil };
  if (open.snoozedUntil !== null) return { move: 'wake', lookAgainAt: null };
  if (open.snoozedLevel !== null)
    return reading.level > open.snoozedLevel ? { move: 'wake', lookAgainAt: null } : NOTHING;
  return open.line === reading.evidence.line ? NOTHING : { move: 'change', lookAgainAt: null };
}

const NOTHING: Decision = { move: 'none', lookAgainAt: null };

/** A condition that holds: it waits out its hold time and the cooldown of the one before. */
function begin(
  it: {
    severity: Severity;
    numbers: Pick<Numbers, 'holdMinutes' | 'cooldownDays'>;
    open: Life | undefined;
    past: Past | undefined;
  },
  now: number,
): Decision {
  const quietUntil = quietUntilOf(it);
  if (quietUntil > now) return { move: it.open ? 'forget' : 'none', lookAgainAt: quietUntil };
  const heldAt = (it.open?.since ?? now) + it.numbers.holdMinutes * MINUTE_MS;
  if (heldAt <= now) return { move: 'fire', lookAgainAt: null };
  return { move: it.open ? 'none' : 'start', lookAgainAt: heldAt };
}

/** Until when the cooldown keeps it quiet; a higher severity breaks it. */
function quietUntilOf(it: {
  severity: Severity;
  numbers: Pick<Numbers, 'cooldownDays'>;
  past: Past | undefined;
}): number {
  if (!it.past || rank(it.severity) > rank(it.past.severity)) return 0;
  return it.past.quietFrom + it.numbers.cooldownDays * DAY_MS;
}

function handled(
  it: { severity: Severity; numbers: Pick<Numbers, 'cooldownDays'> },
  fires: boolean,
  open: Life,
  now: number,
): Decision {
  if (!fires) return NOTHING;
  if (rank(it.severity) > rank(open.severity)) return { move: 'again', lookAgainAt: null };
  const at = (open.handledAt ?? now) + Math.max(HANDLED_MS, it.numbers.cooldownDays * DAY_MS);
  return at <= now ? { move: 'again', lookAgainAt: null } : { move: 'none', lookAgainAt: at };
}
