import type { HoursSpec } from '../store/tables/people.js';
import type { WorkingHours } from '../time/index.js';
import type { Role } from './may.js';

/** One of our people. */
export interface Person {
  id: number;
  slackId: string;
  handle: string;
  name: string;
  role: Exclude<Role, 'admin'>;
  functions: readonly ('support' | 'success')[];
  isAdmin: boolean;
  isActive: boolean;
  hours: HoursSpec;
  backupId: number | null;
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

/** In which function somebody acts who has not said so: their first. Viewers act in none. */
export function actingFunction(person: Person): 'support' | 'success' | null {
  return person.functions[0] ?? null;
}

/** Stored hours as the working-time module takes them. */
export function workingHours(spec: HoursSpec): WorkingHours {
  return { zone: spec.zone, days: spec.days, holidays: new Set(spec.holidays) };
}
