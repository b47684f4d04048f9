/** What a rule says about an account now. */
export interface Reading {
  isFiring: boolean;
  /** True when what fired before is over; between firing and clear nothing changes. */
  isClear: boolean;
  evidence: Evidence;
  /** When to look again although nothing happens, business time, UTC ms; null: only after a change. */
  lookAgainAt: number | null;
}

export interface Evidence {
  /** What people read, e.g. "wrote in 3 times in 5 days (usually 1)". */
  line: string;
  channel?: string;
  ts?: string;
  numbers: Record<string, number>;
}

export type Severity = 'low' | 'medium' | 'high' | 'critical';

export interface Rule<Facts> {
  id: string;
  version: number;
  severity: Severity;
  /** What the card proposes to do. */
  nextStep: string;
  read: (facts: Facts, now: number) => Reading;
}
