import { asc, eq } from 'drizzle-orm';
import { setting } from '../../settings/store.js';
import type { Tables } from '../../store/tables/index.js';
import type { Db, ReadTx, Tx } from '../../store/transact.js';
import type { HoursSpec } from '../rules.js';

/** Whose days off a calendar holds: everybody's, those of a team, or one person's. */
export type CalendarScope = 'company' | `team:${string}` | `person:${number}`;

/** The company's hours with every day off of its calendar. */
export async function companyHours(tx: ReadTx): Promise<HoursSpec> {
  return teamHours(tx, null);
}

/** A team's hours with every day off of its calendar and the company's; the company's where there is no team. */
export async function teamHours(tx: ReadTx, team: string | null | undefined): Promise<HoursSpec> {
  const hours = await hoursOfTeam(tx, team);
  const days = await daysOff(tx, ['company', ...(team == null ? [] : [`team:${team}`])]);
  return { ...hours, holidays: [...new Set([...hours.holidays, ...days])].sort() };
}

/** The hours of whoever has none of their own: their team's, else the company's; without the calendar's days off. */
export async function hoursOfTeam(tx: ReadTx, team: string | null | undefined): Promise<HoursSpec> {
  const { teams: t } = tx.t;
  const [row] = team == null ? [] : await tx.db.select().from(t).where(eq(t.key, team));
  return row?.hours ?? (await setting(tx, 'hours'));
}

async function daysOff(tx: ReadTx, scopes: readonly string[]): Promise<string[]> {
  const dates = new Set<string>();
  for (const scope of scopes) for (const { date } of await tx.prepared(datesOf, { scope })) dates.add(date);
  return [...dates].sort();
}

const datesOf = (db: Db, { holidays: h }: Tables, its: { scope: string }) =>
  db.select({ date: h.date }).from(h).where(eq(h.scope, its.scope)).orderBy(asc(h.date));

/** Puts days off into a calendar, in place of what it held. Who they concern have them from now on. */
export async function setCalendar(
  tx: Tx,
  scope: CalendarScope,
  days: readonly { date: string; name: string }[],
): Promise<void> {
  const { holidays: h } = tx.t;
  await tx.db.delete(h).where(eq(h.scope, scope));
  for (const day of days)
    await tx.db
      .insert(h)
      .values({ scope, ...day })
      .onConflictDoNothing({ target: [h.scope, h.date] });
  await refreshCalendars(tx);
}

/** Gives everybody the days off of their calendars; after people or calendars changed. */
export async function refreshCalendars(tx: Tx): Promise<void> {
  const { people } = tx.t;
  for (const person of await tx.db.select().from(people).orderBy(asc(people.id))) {
    const scopes = ['company', `person:${person.id}`, ...(person.team ? [`team:${person.team}`] : [])];
    const days = await daysOff(tx, scopes);
    if (JSON.stringify(days) === JSON.stringify(person.calendar ?? [])) continue;
    await tx.db.update(people).set({ calendar: days }).where(eq(people.id, person.id));
  }
}
