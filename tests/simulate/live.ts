import { asc, gte } from 'drizzle-orm';
import { scheduleMornings } from '../../src/digests/morning.js';
import { parseCompany } from '../../src/imports/company-file.js';
import { resolveCompany } from '../../src/imports/company-resolve.js';
import { applyCompany } from '../../src/imports/store/apply.js';
import { follow } from '../../src/loop.js';
import { nextDueAt } from '../../src/queue/due.js';
import { changeSetting } from '../../src/settings/store.js';
import { migrateSqlite } from '../../src/store/migrate.js';
import { openSqlite } from '../../src/store/sqlite.js';
import type { Store } from '../../src/store/transact.js';
import { addDays, DAY_MS, wallOf } from '../../src/time/index.js';
import { Office } from '../support/office.js';
import { testClock } from '../support/time.js';
import { Agenda } from './agenda.js';
import {
  type Account,
  BEGIN,
  companyFile,
  dateAfter,
  FIRST_DAY,
  LENGTH,
  makeAccounts,
  startOf,
} from './company.js';
import { type Figures, judge, type Lit, type Raised, table, worstDays } from './judge.js';
import { naiveAlerts } from './naive.js';
import { planPeople, watch } from './people.js';
import { planCustomers } from './plan.js';
import { Dice } from './random.js';
import { COMPANY, WARM_UP_DAYS, ZONE } from './rates.js';
import { isCsm, type Seen, YearSlack } from './slack.js';
import { Truth } from './truth.js';
import type { Year } from './year.js';

export interface Options {
  /** A database file that is not there yet. */
  file: string;
  seed: number;
  /** How many days are counted, and how many pass before; 35 for a year that knows what is usual. */
  days: number;
  warmUp: number;
  say: (line: string) => void;
}

/** Lives through the year and judges it. */
export async function liveThrough(o: Options): Promise<Figures & { naive: Figures }> {
  await migrateSqlite(o.file);
  const store = openSqlite({ file: o.file, follow });
  const dice = new Dice(o.seed);
  const accounts = makeAccounts(dice);
  // The year is the same; a shorter warm-up comes in later.
  const begins = startOf(dateAfter(WARM_UP_DAYS - o.warmUp));
  const clock = testClock(begins, () => 0);
  const slack = new YearSlack(clock.business.now, accounts);
  const office = new Office({ store, clock, slack, mornings: true });
  await setUp(store, slack, accounts, begins);
  const year: Year = {
    ...{
      office,
      agenda: new Agenda(),
      accounts,
      truth: new Truth(accounts),
      dice: dice.of(-1),
      minds: dice.of(-2),
    },
    ...{ away: new Set(), backAt: new Map(), until: BEGIN + LENGTH(o.days) },
  };
  const seen: Seen[] = [];
  slack.onPost = (message) => {
    if (message.lights.length > 0) seen.push(message);
    watch(year, message);
  };
  planCustomers(year, o.days, o.warmUp);
  planPeople(year, o.days);
  await go(year, o.say);
  const figures = await figuresOf(year, seen, o);
  await store.close();
  return figures;
}

async function setUp(
  store: Store,
  slack: YearSlack,
  accounts: readonly Account[],
  now: number,
): Promise<void> {
  const directory = { users: await slack.users(), channels: await slack.channels() };
  const resolved = resolveCompany(parseCompany(companyFile(accounts)), directory, []);
  await store.transact(['company'], async (tx) => {
    await applyCompany(tx, resolved, { who: 'simulate', now });
    await changeSetting(tx, 'observeUntil', null, {
      who: 'simulate',
      at: BEGIN,
      why: 'the first week is over',
    });
    await scheduleMornings(tx, now);
  });
}

/** Goes from what is due to what somebody does, until the year is over. */
async function go(year: Year, say: (line: string) => void): Promise<void> {
  const { office, agenda } = year;
  let month = '';
  let isToSend = true;
  office.store.onWake((work) => {
    if (work === 'outbox') isToSend = true;
  });
  for (;;) {
    const due = (await office.store.read(nextDueAt)) ?? Number.POSITIVE_INFINITY;
    const at = Math.max(Math.min(due, agenda.nextAt), office.now());
    if (at >= year.until) return;
    office.clock.set(at);
    if (due > at) await agenda.take()?.();
    else await office.due.step();
    if (isToSend) {
      isToSend = false;
      await office.outbox.step();
    }
    const date = wallOf(at, ZONE).date;
    if (date.slice(0, 7) === month) continue;
    month = date.slice(0, 7);
    say(`${month} (${Math.round(performance.now() / 1000)} s)`);
  }
}

async function figuresOf(
  year: Year,
  seen: readonly Seen[],
  o: Options,
): Promise<Figures & { naive: Figures }> {
  const { store } = year.office;
  const from = startOf(FIRST_DAY);
  const dayOf = (at: number) => wallOf(at, ZONE).date;
  const last = addDays(FIRST_DAY, o.days);
  const by = { accounts: year.accounts, last, truth: year.truth, csms: COMPANY.csms, days: o.days, dayOf };
  const raised = await alertsSince(store, seen, from);
  const { lit, held } = await badgesSince(store, seen, from);
  o.say(table(raised, year.truth));
  o.say(worstDays(lit, dayOf));
  const figures = judge({ raised, lit, held, refires: await refiresSince(store) }, by);
  return { ...figures, naive: judge(await naive(year, from), by) };
}

async function alertsSince(store: Store, seen: readonly Seen[], from: number): Promise<Raised[]> {
  return store.read(async (tx) => {
    const { alerts: a, signals: s, followups: f } = tx.t;
    const rows = await tx.db.select().from(a).where(gte(a.openedAt, from)).orderBy(asc(a.id));
    const owed = new Map(
      (await tx.db.select({ id: f.id, at: f.deliveredAt }).from(f)).map(({ id, at }) => [id, at]),
    );
    const signals = await tx.db.select({ alertId: s.alertId, rule: s.rule }).from(s).orderBy(asc(s.id));
    return rows
      .filter((row) => row.accountId !== 0 && row.postedAt !== null)
      .map((row) => ({
        accountId: row.accountId,
        openedAt: row.openedAt,
        rules: [...new Set(signals.filter((one) => one.alertId === row.id).map((one) => one.rule))].sort(),
        // When it stood before somebody: in a message of its own, in one that said the same, in that of what whoever
        // claimed its card owes them, or in their nine o'clock message.
        calledAt: [row.calledAt, owed.get(row.followupId ?? 0) ?? null, ...listedAt(row, seen)].filter(
          (at) => at !== null,
        ),
      }));
  });
}

/** When a nine o'clock message listed the card of an alert: one is open per account. */
function listedAt(
  alert: { accountId: number; openedAt: number; endedAt: number | null },
  seen: readonly Seen[],
): number[] {
  const until = alert.endedAt ?? Number.POSITIVE_INFINITY;
  return seen
    .filter(({ at, lists }) => lists.includes(alert.accountId) && alert.openedAt <= at && at <= until)
    .map(({ at }) => at);
}

/** What lit badges of success managers, as Slack showed it; and how much was kept from them. */
async function badgesSince(
  store: Store,
  seen: readonly Seen[],
  from: number,
): Promise<{ lit: Lit[]; held: number }> {
  return store.read(async (tx) => {
    const { badges: b, people: p } = tx.t;
    const people = await tx.db.select({ id: p.id, slackId: p.slackId }).from(p);
    const csms = new Map(
      people.filter(({ slackId }) => isCsm(slackId)).map(({ id, slackId }) => [id, slackId]),
    );
    const asked = await tx.db.select().from(b).where(gte(b.askedAt, from));
    const critical = new Set(
      asked
        .filter((one) => one.isCritical && one.litAt !== null)
        .map((one) => `${csms.get(one.personId)} ${one.litAt}`),
    );
    const lit = seen
      .filter(({ at }) => at >= from)
      .flatMap(({ lights, at, text }) => lights.filter(isCsm).map((person) => ({ person, at, text })))
      .map((one) => ({ ...one, isCritical: critical.has(`${one.person} ${one.at}`) }));
    return { lit, held: asked.filter((one) => one.heldAt !== null && csms.has(one.personId)).length };
  });
}

/** Signals that fired again while they should have been quiet. */
async function refiresSince(store: Store): Promise<number> {
  const rows = await store.read((tx) => tx.db.select().from(tx.t.signals).orderBy(asc(tx.t.signals.id)));
  const quietFrom = new Map<string, { at: number; severity: string }>();
  let refires = 0;
  for (const row of rows) {
    const last = quietFrom.get(row.key);
    const cooldown = row.spec.numbers.cooldownDays * DAY_MS;
    if (last && row.firedAt !== null && row.firedAt - last.at < cooldown && row.severity === last.severity)
      refires += 1;
    quietFrom.set(row.key, {
      at: row.handledAt ?? row.clearedAt ?? Number.NEGATIVE_INFINITY,
      severity: row.severity,
    });
  }
  return refires;
}

async function naive(year: Year, from: number) {
  const contacts = await year.office.store.read((tx) => {
    const { contacts: c } = tx.t;
    return tx.db
      .select({ accountId: c.accountId, at: c.startedAt })
      .from(c)
      .orderBy(asc(c.startedAt), asc(c.id));
  });
  const alerts = naiveAlerts(contacts).filter((one) => one.at >= from);
  return {
    raised: alerts.map(({ accountId, at }) => ({ accountId, openedAt: at, rules: [], calledAt: [at] })),
    lit: alerts.map(({ accountId, at }) => ({
      person: year.accounts[accountId - 1]?.csm ?? '',
      at,
      isCritical: false,
      text: '',
    })),
    held: 0,
    refires: alerts.filter((one) => one.isRefire).length,
  };
}
