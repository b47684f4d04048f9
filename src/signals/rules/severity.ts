import { isInRenewalWindow, renewalWindowDays } from '../../accounts/rules.js';
import { addDays, instantOf } from '../../time/index.js';
import type { ProfileFact } from './facts.js';
import { earliest, type Severity } from './rule.js';

const SEVERITIES: readonly Severity[] = ['low', 'medium', 'high', 'critical'];

/** Orders severities: 0 is low, 3 critical. */
export function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

/** The higher of two severities. */
export function graver(a: Severity, b: Severity): Severity {
  return rank(a) >= rank(b) ? a : b;
}

/**
 * When an account comes into so many days before its renewal, or out of them (UTC ms, at midnight): the next instant
 * after `now`; null when there is none.
 */
export function renewalTurnsAt(
  renewalOn: string | null,
  days: number,
  it: { zone: string; now: number },
): number | null {
  if (renewalOn === null) return null;
  const midnight = (date: string) => instantOf({ date, time: '00:00', zone: it.zone });
  return earliest([midnight(addDays(renewalOn, -days)), midnight(addDays(renewalOn, 1))], it.now);
}

/** When what decides how grave a signal of an account is changes with time alone; null when it does not. */
export function stakesTurnAt(
  base: Severity,
  profile: ProfileFact,
  it: { zone: string; now: number },
): number | null {
  const days = renewalWindowDays(profile.tier);
  if (!isRaised(base) || days === null) return null;
  return renewalTurnsAt(profile.renewalOn, days, it);
}

/** Whether stakes make a signal of this severity graver. */
const isRaised = (base: Severity) => base !== 'critical' && base !== 'high';

/** How many of these hold: tier A, inside the renewal window of its tier, red health. */
function stakes(profile: ProfileFact): number {
  return [profile.tier === 'A', isInRenewalWindow(profile, profile.today), profile.health === 'red'].filter(
    Boolean,
  ).length;
}

/**
 * A rule's severity for an account: one step up when two of tier A, renewal window and red health hold. Never critical
 * by that: critical comes only from the rule of high stakes or from a person.
 */
export function severityFor(base: Severity, profile: ProfileFact): Severity {
  if (!isRaised(base) || stakes(profile) < 2) return base;
  return SEVERITIES[rank(base) + 1] ?? base;
}

/** What is said first, wherever an alert is spoken of: the gravest; of equals the one that stood first. */
export function gravestFirst<T extends { severity: Severity }>(signals: readonly T[]): T[] {
  return signals.toSorted((a, b) => rank(b.severity) - rank(a.severity));
}
