import type { WorkingHours } from '../time/index.js';
import type { Role } from './may.js';

/** Weekly hours as stored. */
export interface HoursSpec {
  /** IANA zone. */
  zone: string;
  /** ISO weekday (1 = Monday) to local intervals, e.g. `{from: '09:00', to: '17:00'}`. */
  days: Partial<Record<'1' | '2' | '3' | '4' | '5' | '6' | '7', { from: string; to: string }[]>>;
  /** Local dates, YYYY-MM-DD. */
  holidays: string[];
}

/** One of our people. */
export interface Person {
  id: number;
  slackId: string;
  handle: string;
  name: string;
  role: Exclude<Role, 'admin'>;
  functions: readonly ('support' | 'success')[];
  /** In which of both they said that they act. */
  actsAs?: 'support' | 'success' | null;
  isAdmin: boolean;
  isActive: boolean;
  /** Asked to be called about what is critical at any hour. */
  isOnCall?: boolean;
  /** With every day off in its `holidays`, also those of calendar files and of an absence. */
  hours: HoursSpec;
  backupId: number | null;
  /** Key of their team. */
  team?: string | null;
  /** Absent from this instant on (UTC ms), until the day `backOn` begins in their zone. */
  awaySince?: number | null;
  backOn?: string | null;
  /** Covers while they are away; a person id. */
  delegateId?: number | null;
}

/** The group that an escalation is addressed to. */
export interface Group {
  key: string;
  name: string;
  /** `authority` tells the CSM, `skill` does not. */
  kind: 'skill' | 'authority';
  slackGroup: string | null;
  people: readonly string[];
}

/** In which function somebody acts: the one they chose, else their first. Viewers act in none. */
export function actingFunction(person: Person): 'support' | 'success' | null {
  const { actsAs, functions } = person;
  return actsAs && functions.includes(actsAs) ? actsAs : (functions[0] ?? null);
}

/** Stored hours as the working-time module takes them. */
export function workingHours(spec: HoursSpec): WorkingHours {
  return { zone: spec.zone, days: spec.days, holidays: new Set(spec.holidays) };
}
