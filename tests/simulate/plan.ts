import { addDays, HOUR_MS, instantOf, weekdayOf } from '../../src/time/index.js';
import { type Account, dateAfter, isWorkday, sourness, startOf } from './company.js';
import { callForDecision, logByHand } from './issues.js';
import { HOLIDAYS, MONTH_END, ON_HOLIDAYS, OUTAGES, WARM_UP_DAYS, ZONE } from './rates.js';
import { write } from './talk.js';
import type { Year } from './year.js';

const WORKDAYS_A_WEEK = 5;
/** Customers write in office hours, and somewhat around them. */
const WRITES = { from: 8.5, to: 17.5 };

/** Puts all that customers will do by themselves on the agenda. */
export function planCustomers(year: Year, days: number, warmUp: number): void {
  for (let n = WARM_UP_DAYS - warmUp; n < WARM_UP_DAYS + days; n += 1) {
    const date = dateAfter(n);
    if (weekdayOf(date) > 5) continue;
    // Day by day, so that the agenda holds no whole year.
    year.agenda.add(startOf(date), async () => {
      for (const account of year.accounts) planDay(year, account, date);
    });
  }
  for (const [n, day] of OUTAGES.days.entries())
    if (day < dateAfter(WARM_UP_DAYS + days)) planOutage(year, day, OUTAGES.at[n] ?? '10:00');
}

function planDay(year: Year, account: Account, date: string): void {
  const { dice, channel, weekly, souring } = account;
  const count = dice.poisson((weekly / WORKDAYS_A_WEEK) * timesOn(account, date));
  for (let n = 0; n < count; n += 1) {
    const at = startOf(date) + Math.round(dice.between(WRITES) * HOUR_MS);
    year.agenda.add(at, () => (channel === null ? logByHand(year, account) : write(year, account)));
  }
  if (souring?.escalates === date)
    year.agenda.add(startOf(date) + 9.5 * HOUR_MS, () => callForDecision(year, account));
}

/** How many times as much as usual an account writes on a date. */
function timesOn(account: Account, date: string): number {
  const quiet = HOLIDAYS.includes(date) ? ON_HOLIDAYS : 1;
  const season = account.kind === 'seasonal' && isMonthEnd(date) ? MONTH_END.times : 1;
  const times = account.souring?.times ?? 1;
  return quiet * season * (1 + (times - 1) * sourness(account, date));
}

function isMonthEnd(date: string): boolean {
  const month = date.slice(0, 7);
  const workdays: string[] = [];
  for (let day = `${month}-01`; day.startsWith(month); day = addDays(day, 1))
    if (isWorkday(day)) workdays.push(day);
  return (
    workdays.slice(0, MONTH_END.firstDays).includes(date) ||
    workdays.slice(-MONTH_END.lastDays).includes(date)
  );
}

/** Something is down for everybody: some write at once, some twice. */
function planOutage(year: Year, date: string, time: string): void {
  const from = instantOf({ date, time, zone: ZONE });
  const until = from + OUTAGES.hours * HOUR_MS;
  year.truth.addOutage(from, until + 24 * HOUR_MS);
  for (const account of year.accounts) {
    if (account.channel === null || !account.dice.chance(OUTAGES.writes)) continue;
    const at = from + account.dice.next() ** 2 * OUTAGES.hours * HOUR_MS;
    year.agenda.add(Math.round(at), () => write(year, account));
  }
}
