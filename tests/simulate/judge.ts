import type { Account } from './company.js';
import { startOf } from './company.js';
import type { Truth } from './truth.js';

/** Something that was raised about an account. */
export interface Raised {
  accountId: number;
  openedAt: number;
  /** The rules behind it, for the table by rule. */
  rules: readonly string[];
  /** When somebody's badge was lit for it, UTC ms. */
  calledAt: readonly number[];
}

/** A badge that somebody saw. */
export interface Lit {
  person: string;
  at: number;
  isCritical: boolean;
  /** Its first line. */
  text: string;
}

export interface Figures {
  badgesPerCsmWeek: number;
  heldBackPerCsmWeek: number;
  plantedFoundBeforeEscalation: number;
  falseAlertsPerWeek: number;
  precision: number;
  refiresInCooldown: number;
  alerts: number;
  worstDayBadges: number;
}

export interface Judged {
  raised: readonly Raised[];
  /** Of success managers only. */
  lit: readonly Lit[];
  held: number;
  refires: number;
}

export interface Judging {
  accounts: readonly Account[];
  truth: Truth;
  csms: number;
  days: number;
  /** The first local date that does not count. */
  last: string;
  dayOf: (at: number) => string;
}

/** The figures of what was raised and shown, by what really was the matter. */
export function judge(it: Judged, by: Judging): Figures {
  const weeks = by.days / 7;
  const right = it.raised.filter((one) => by.truth.at(one.accountId, one.openedAt) !== undefined).length;
  const wrong = it.raised.length - right;
  const planted = by.accounts.filter(({ souring }) => souring?.escalates && souring.escalates < by.last);
  const found = planted.filter((account) => isFound(account, it.raised));
  return {
    badgesPerCsmWeek: round(it.lit.length / by.csms / weeks),
    heldBackPerCsmWeek: round(it.held / by.csms / weeks),
    plantedFoundBeforeEscalation: round(found.length / planted.length),
    falseAlertsPerWeek: round(wrong / weeks),
    precision: round(right / it.raised.length),
    refiresInCooldown: it.refires,
    alerts: it.raised.length,
    worstDayBadges: worstDay(it.lit, by.dayOf),
  };
}

/** Somebody was called about it after it had begun to sour and before the day. */
function isFound({ id, souring }: Account, raised: readonly Raised[]): boolean {
  if (!souring?.escalates) return false;
  const from = startOf(souring.begins);
  const until = startOf(souring.escalates);
  return raised.some(
    ({ accountId, calledAt }) => accountId === id && calledAt.some((at) => from <= at && at < until),
  );
}

function worstDay(lit: readonly Lit[], dayOf: (at: number) => string): number {
  return Math.max(0, ...[...byDay(lit, dayOf).values()].map((day) => day.length));
}

function byDay(lit: readonly Lit[], dayOf: (at: number) => string): Map<string, Lit[]> {
  const days = new Map<string, Lit[]>();
  for (const one of lit) {
    if (one.isCritical) continue;
    const key = `${one.person} ${dayOf(one.at)}`;
    const day = days.get(key);
    if (day) day.push(one);
    else days.set(key, [one]);
  }
  return days;
}

/** The days on which somebody had the most messages, with what they were, in words. */
export function worstDays(lit: readonly Lit[], dayOf: (at: number) => string): string {
  const days = byDay(lit, dayOf);
  const most = worstDay(lit, dayOf);
  return [...days]
    .filter(([, day]) => day.length === most)
    .map(([key, day]) => [key, ...day.map(({ text }) => `  ${text.split('\n')[0]}`)].join('\n'))
    .join('\n');
}

const round = (value: number): number => (Number.isFinite(value) ? Math.round(value * 100) / 100 : 0);

/** Alerts by rule and by what was the matter, in words. */
export function table(raised: readonly Raised[], truth: Truth): string {
  const rows = new Map<string, Map<string, number>>();
  for (const { accountId, openedAt, rules, calledAt } of raised) {
    const what =
      truth.at(accountId, openedAt) ?? (truth.isOutage(openedAt) ? 'false, in an outage' : 'false');
    const key = `${rules.join('+')}${calledAt.length > 0 ? ' (called)' : ''}`;
    const row = rows.get(key) ?? new Map<string, number>();
    rows.set(key, row.set(what, (row.get(what) ?? 0) + 1));
  }
  return [...rows]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([rules, row]) => `${rules}: ${[...row].map(([what, count]) => `${count} ${what}`).join(', ')}`)
    .join('\n');
}
