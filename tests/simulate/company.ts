import { addDays, DAY_MS, instantOf, type WorkingHours, weekdayOf } from '../../src/time/index.js';
import type { Dice } from './random.js';
import {
  B_WITH_PLAN,
  BEGINS,
  COMPANY,
  ESCALATES,
  HOLIDAYS,
  KINDS,
  SOURING,
  SOURS_FROM_WEEKLY,
  TIERS,
  TOUCH_DAYS,
  WARM_UP_DAYS,
  WEEKLY,
  ZONE,
} from './rates.js';

type Kind = 'ordinary' | 'chatty' | 'seasonal' | 'souring';

/** A time in which an account turns sour. Dates are local. */
export interface Souring {
  how: 'rate' | 'slow' | 'reopens';
  begins: string;
  /** By how much it writes more at its worst; 1 where it shows otherwise. */
  times: number;
  /** The planted day on which they ask for somebody who decides; null: they calm down. */
  escalates: string | null;
  /** The first day on which all is well again. */
  ends: string;
}

export interface Account {
  /** Its id in the database. */
  id: number;
  slug: string;
  kind: Kind;
  tier: 'A' | 'B' | 'C';
  /** Contacts a week when nothing is the matter. */
  weekly: number;
  channel: string | null;
  /** Slack names of its people. */
  customers: string[];
  csm: string;
  support: string;
  renewal: string;
  touchDays: number | null;
  souring: Souring | null;
  dice: Dice;
}

export const CSMS = Array.from({ length: COMPANY.csms }, (_, n) => `csm${n + 1}`);
export const AGENTS = Array.from({ length: COMPANY.agents }, (_, n) => `agent${n + 1}`);
export const LEADS = ['leadsupport', 'leadsuccess'] as const;
export const ENGINEER = 'engineer';

export const BEGIN = instantOf({ date: BEGINS, time: '00:00', zone: ZONE });
/** The first day of the year that counts. */
export const FIRST_DAY = addDays(BEGINS, WARM_UP_DAYS);
const A_YEAR = 364;

const DAY = [{ from: '09:00', to: '17:00' }];
export const HOURS: WorkingHours = {
  zone: ZONE,
  days: { 1: DAY, 2: DAY, 3: DAY, 4: DAY, 5: DAY },
  holidays: new Set(HOLIDAYS),
};

export function isWorkday(date: string): boolean {
  return weekdayOf(date) <= 5 && !HOLIDAYS.includes(date);
}

/** The date some working days after another. */
export function workdaysAfter(date: string, days: number): string {
  let found = date;
  for (let left = days; left > 0; ) {
    found = addDays(found, 1);
    if (isWorkday(found)) left -= 1;
  }
  return found;
}

/** Working days from one date to a later one. */
function workdaysBetween(from: string, to: string): number {
  let count = 0;
  for (let date = from; date < to; date = addDays(date, 1)) if (isWorkday(date)) count += 1;
  return count;
}

/** Everybody of the year, by their seed. */
export function makeAccounts(dice: Dice): Account[] {
  return Array.from({ length: COMPANY.accounts }, (_, n) => makeAccount(dice.of(n), n));
}

function makeAccount(dice: Dice, n: number): Account {
  const hasChannel = n < COMPANY.withChannel;
  const kind: Kind = hasChannel ? kindOf(dice) : 'ordinary';
  const tier = dice.share(TIERS);
  const hasPlan = tier === 'A' || (tier === 'B' && dice.chance(B_WITH_PLAN));
  return {
    id: n + 1,
    slug: `account-${n + 1}`,
    kind,
    tier,
    weekly: weeklyOf(dice, kind, hasChannel),
    channel: hasChannel ? `account-${n + 1}` : null,
    customers: hasChannel ? Array.from({ length: 1 + (n % 3) }, (_, i) => `cust${n + 1}x${i}`) : [],
    csm: CSMS[n % CSMS.length] ?? '',
    support: AGENTS[n % AGENTS.length] ?? '',
    renewal: addDays(BEGINS, Math.floor(dice.between({ from: 0, to: 400 }))),
    touchDays: hasPlan ? TOUCH_DAYS[tier === 'A' ? 'A' : 'B'] : null,
    souring: kind === 'souring' ? makeSouring(dice) : null,
    dice: dice.of(1),
  };
}

function kindOf(dice: Dice): Kind {
  const { souring, chatty, seasonal } = KINDS;
  return dice.share({ souring, chatty, seasonal, ordinary: 1 });
}

function weeklyOf(dice: Dice, kind: Kind, hasChannel: boolean): number {
  if (!hasChannel) return dice.gamma(WEEKLY.byHand);
  if (kind !== 'souring') return dice.gamma(WEEKLY[kind]);
  for (;;) {
    const weekly = dice.gamma(WEEKLY.ordinary);
    if (weekly >= SOURS_FROM_WEEKLY) return weekly;
  }
}

/** It begins somewhere in the year; of a shorter look only those are seen that begin early enough. */
function makeSouring(dice: Dice): Souring {
  const { how: shares, times, rampWorkingDays, escalatesWithin, lastsDays } = SOURING;
  const how = dice.share(shares);
  const latest = A_YEAR - Math.ceil((rampWorkingDays + escalatesWithin) * 1.5);
  const begins = addDays(FIRST_DAY, Math.floor(dice.between({ from: 0, to: latest })));
  const worst = workdaysAfter(begins, rampWorkingDays);
  const day = workdaysAfter(worst, 1 + Math.floor(dice.between({ from: 0, to: escalatesWithin })));
  const escalates = dice.chance(ESCALATES) ? day : null;
  return {
    how,
    begins,
    times: how === 'rate' ? dice.between(times) : 1,
    escalates,
    ends: addDays(escalates ?? worst, lastsDays),
  };
}

/** How sour it is on a day: 0 not at all, rising to 1 within the three weeks; 0 again once it is over. */
export function sourness({ souring }: Account, date: string): number {
  if (!souring || date < souring.begins || date >= souring.ends) return 0;
  return Math.min(1, (workdaysBetween(souring.begins, date) + 1) / SOURING.rampWorkingDays);
}

/** The date some days after the first of the story. */
export function dateAfter(days: number): string {
  return addDays(BEGINS, days);
}

/** When a local day begins. */
export function startOf(date: string): number {
  return instantOf({ date, time: '00:00', zone: ZONE });
}

/** How long it all lasts, ms. */
export const LENGTH = (days: number): number => (WARM_UP_DAYS + days) * DAY_MS;

/** The company as its admin would write it, for `baton apply`; JSON is YAML as well. */
export function companyFile(accounts: readonly Account[]): string {
  const person = (handle: string, role: string) => ({
    handle,
    slack: handle,
    name: `${handle} Person`,
    role,
  });
  const days = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, DAY]));
  return JSON.stringify({
    zone: ZONE,
    team_channel: 'team',
    triage_channel: 'triage',
    hours: { days, holidays: HOLIDAYS },
    people: [
      ...AGENTS.map((name) => person(name, 'support')),
      ...CSMS.map((name) => person(name, 'success')),
      { ...person(LEADS[0], 'lead'), functions: ['support'] },
      { ...person(LEADS[1], 'lead'), functions: ['success'] },
      person(ENGINEER, 'viewer'),
    ],
    groups: [
      { key: 'engineering', name: 'Engineering', kind: 'skill', people: [ENGINEER] },
      { key: 'executive', name: 'Executive', kind: 'authority', people: [LEADS[1]] },
    ],
    accounts: accounts.map((one) => ({
      slug: one.slug,
      name: `Account ${one.id}`,
      tier: one.tier,
      csm: one.csm,
      support: one.support,
      renewal: one.renewal,
      ...(one.touchDays === null ? {} : { touch_every_days: one.touchDays }),
      ...(one.channel === null
        ? {}
        : {
            channels: { customer: [one.channel] },
            customers: one.customers.map((name) => ({ name, slack: name })),
          }),
    })),
  });
}
