import { logTouch } from '../../src/accounts/store/touches.js';
import { alertById } from '../../src/alerts/store.js';
import { escalationById } from '../../src/issues/store/escalations.js';
import { promiseById } from '../../src/issues/store/promises.js';
import { personBySlackId } from '../../src/people/store.js';
import { addDays } from '../../src/time/index.js';
import { userId } from '../support/office.js';
import { type Account, AGENTS, CSMS, startOf } from './company.js';
import type { Dice } from './random.js';
import { BEGINS, PEOPLE, SUPPORT } from './rates.js';
import { isCsm, type Seen } from './slack.js';
import { workingHoursLater, workingMinutes, type Year } from './year.js';

/** What our people do about what they see. They see messages and press the buttons under them; nothing else. */
export function watch(year: Year, seen: Seen): void {
  const of = (action: string) => {
    const value = seen.buttons.get(action);
    return value === undefined ? undefined : Number(value);
  };
  const alert = of('alert.claim');
  if (alert !== undefined) lookAtAlert(year, alert, seen);
  const followup = of('followup.told');
  if (followup !== undefined) tellLater(year, followup, seen);
  const promise = of('promise.kept');
  if (promise !== undefined) sayKept(year, promise, seen);
  const call = of('escalation.answer');
  if (call !== undefined) comeLater(year, call, seen);
}

const nameOf = (slackId: string): string => slackId.slice(1).toLowerCase();

/** When somebody looks at what they were shown: soon if it called them, else when they scroll. */
function looksAt(year: Year, dice: Dice, who: string, isCalled: boolean): number {
  const now = year.office.now();
  const at = isCalled
    ? workingMinutes(now, dice.lognormal(PEOPLE.looksMinutes))
    : workingHoursLater(now, dice.lognormal(PEOPLE.scrollsHours));
  const back = year.backAt.get(who);
  return back !== undefined && back > at ? workingMinutes(back, 60) : at;
}

/** The success manager of the account claims it when something is the matter, and else puts it away. */
function lookAtAlert(year: Year, id: number, seen: Seen): void {
  const { office, truth, accounts, dice } = year;
  year.agenda.add(seen.at, async () => {
    const alert = await office.store.read((tx) => alertById(tx, id));
    const account = accounts[(alert?.accountId ?? 0) - 1];
    if (!alert || !account) return;
    const at = looksAt(year, dice, account.csm, seen.lights.includes(userId(account.csm)));
    year.agenda.add(at, async () => {
      // Whether they see the card or the message first, they think the same of it.
      const isTrouble = truth.at(account.id, alert.openedAt) !== undefined;
      const does = year.minds.of(id).chance(isTrouble ? PEOPLE.claims : PEOPLE.dismisses);
      if (isTrouble && does) await office.press(account.csm, 'alert.claim', String(id), 'team');
      else if (does) await dismiss(year, account, id);
    });
  });
}

async function dismiss({ office }: Year, { csm }: Account, id: number): Promise<void> {
  const asked = await office.press(csm, 'alert.not_needed', String(id), 'team');
  if (asked?.open) await office.submit(csm, asked, { why: 'noise' });
}

/** Whoever has a follow-up tells the customer and presses it; some need the reminder. */
function tellLater(year: Year, id: number, seen: Seen): void {
  const [who] = seen.lights;
  if (who === undefined || !seen.channel.startsWith('D') || year.dice.chance(PEOPLE.forgets)) return;
  const looks = looksAt(year, year.dice, nameOf(who), true);
  year.agenda.add(workingHoursLater(looks, year.dice.lognormal(PEOPLE.tellsHours)), async () => {
    await year.office.press(nameOf(who), 'followup.told', String(id), 'triage');
  });
}

function sayKept(year: Year, id: number, seen: Seen): void {
  const [who] = seen.lights;
  if (who === undefined) return;
  const { office, truth, dice } = year;
  const isBroken = dice.chance(SUPPORT.breaks);
  year.agenda.add(looksAt(year, dice, nameOf(who), true), async () => {
    const promise = await office.store.read((tx) => promiseById(tx, id));
    const from = office.now();
    if (isBroken && promise)
      truth.add(promise.accountId, { what: 'promise', from, until: workingHoursLater(from, 40) });
    await office.press(nameOf(who), isBroken ? 'promise.broken' : 'promise.kept', String(id));
  });
}

function comeLater(year: Year, id: number, seen: Seen): void {
  const [who] = seen.lights;
  if (who === undefined) return;
  year.agenda.add(looksAt(year, year.dice, nameOf(who), true), async () => {
    const call = await year.office.store.read((tx) => escalationById(tx, id));
    if (call?.answeredBy === null) await year.office.press(nameOf(who), 'escalation.answer', String(id));
  });
}

/** Weeks of holiday, and the conversations that plans ask for. */
export function planPeople(year: Year, days: number): void {
  for (const [n, name] of [...CSMS, ...AGENTS].entries()) planHolidays(year, name, n, days);
  for (const account of year.accounts) if (account.touchDays !== null) planTouches(year, account, days);
}

function planHolidays(year: Year, name: string, n: number, days: number): void {
  const dice = year.dice.of(1000 + n);
  const team = isCsm(userId(name)) ? CSMS : AGENTS;
  const cover = team[(team.indexOf(name) + 1) % team.length];
  const weeks = Math.floor(days / 7);
  const taken = new Set<number>();
  for (let k = 0; k < Math.round((PEOPLE.holidayWeeks * days) / 364); k += 1)
    taken.add(5 + Math.floor(dice.next() * weeks));
  for (const week of taken) {
    const monday = addDays(BEGINS, week * 7);
    const back = addDays(monday, 7);
    const leaves = startOf(addDays(monday, -3)) + 16 * 3_600_000;
    if (leaves < year.office.now()) continue;
    year.agenda.add(leaves, async () => {
      year.away.add(name);
      year.backAt.set(name, startOf(back) + 9 * 3_600_000);
      await year.office.command(name, 'triage', '/baton', `away until ${back} @${cover} covers`);
    });
    year.agenda.add(startOf(back), async () => {
      year.away.delete(name);
      year.backAt.delete(name);
    });
  }
}

/** They speak with the account about as often as the plan says, now and then too late. */
function planTouches(year: Year, account: Account, days: number): void {
  const dice = account.dice.of(7);
  const every = account.touchDays ?? 0;
  for (let day = dice.next() * every; day < days + 35; day += every * dice.between({ from: 0.7, to: 1.15 })) {
    const at = workingMinutes(startOf(addDays(BEGINS, Math.floor(day))), dice.next() * 450);
    if (at >= year.office.now()) year.agenda.add(at, () => touch(year, account));
  }
}

async function touch(year: Year, { id, csm }: Account): Promise<void> {
  const { office } = year;
  const now = office.now();
  await office.store.transact([`account:${id}`], async (tx) => {
    const by = await personBySlackId(tx, userId(csm));
    if (by)
      await logTouch(tx, {
        ...{ accountId: id, byId: by.id, func: 'success', how: 'call', at: now },
        ...{ outcome: null, note: null, permalink: null, actor: by.slackId, source: 'form', now },
      });
  });
}
