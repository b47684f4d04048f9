import type { Severity } from '../signals/rules/rule.js';

export interface Alert {
  id: number;
  accountId: number;
  severity: Severity;
  openedAt: number;
  postedAt: number | null;
  claimedBy: number | null;
  claimedAt: number | null;
  followupId: number | null;
  state: 'open' | 'claimed' | 'ended';
  endedAt: number | null;
  endedBy: string | null;
  endReason: string | null;
}

const ORDER: readonly Severity[] = ['low', 'medium', 'high', 'critical'];

/** The higher of two severities: an alert is as grave as its gravest signal. */
export function graver(a: Severity, b: Severity): Severity {
  return ORDER.indexOf(a) >= ORDER.indexOf(b) ? a : b;
}

const GATHER_MS = 10 * 60_000;

/** When an alert is first posted: ten minutes after its first signal, so that one card gathers what belongs together. */
export function firstPostAt(alert: Pick<Alert, 'severity' | 'openedAt'>): number {
  return alert.severity === 'critical' ? alert.openedAt : alert.openedAt + GATHER_MS;
}
