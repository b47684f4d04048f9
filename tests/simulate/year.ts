import { addWorkingTime, HOUR_MS, MINUTE_MS, wallOf } from '../../src/time/index.js';
import type { Office } from '../support/office.js';
import type { Agenda } from './agenda.js';
import { type Account, AGENTS, HOURS } from './company.js';
import type { Dice } from './random.js';
import { ZONE } from './rates.js';
import type { Truth } from './truth.js';

/** The year that everybody lives in. */
export interface Year {
  office: Office;
  agenda: Agenda;
  accounts: readonly Account[];
  truth: Truth;
  /** For what belongs to no account. */
  dice: Dice;
  /** What people think of an alert, by its id: never drawn from, so that it is the same whenever it is asked. */
  minds: Dice;
  /** Slack names of those who are on holiday now. */
  away: Set<string>;
  /** When they are back at work, UTC ms; by Slack name. */
  backAt: Map<string, number>;
  /** When it ends, UTC ms. */
  until: number;
}

export const workingMinutes = (at: number, minutes: number): number =>
  addWorkingTime(Math.round(at), Math.round(Math.max(0, minutes) * MINUTE_MS), HOURS);

export const workingHoursLater = (at: number, hours: number): number =>
  addWorkingTime(Math.round(at), Math.round(Math.max(0, hours) * HOUR_MS), HOURS);

/** Who of support turns to an account: two of three times its own agent. */
export function agentFor(year: Year, { support, dice }: Account): string {
  if (dice.chance(0.67) && !year.away.has(support)) return support;
  const there = AGENTS.filter((name) => !year.away.has(name));
  return dice.pick(there.length > 0 ? there : AGENTS);
}

/** The local date of now. */
export const today = ({ office }: Year): string => wallOf(office.now(), ZONE).date;
