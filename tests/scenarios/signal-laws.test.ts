import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { claim, endAlert, openAlertOf } from '../../src/alerts/store.js';
import { openFollowup } from '../../src/followups/store.js';
import { recordCustomerMessage } from '../../src/issues/store/contacts.js';
import { answeringHours } from '../../src/issues/store/waiting.js';
import { JOBS } from '../../src/main/routes.js';
import { askBadge } from '../../src/people/badges.js';
import { workingHours } from '../../src/people/rules.js';
import { personBySlackId } from '../../src/people/store.js';
import { DueDesk, nextDueAt } from '../../src/queue/due.js';
import type { Store } from '../../src/store/transact.js';
import {
  addDays,
  addWorkingTime,
  DAY_MS,
  HOUR_MS,
  MINUTE_MS,
  type WorkingHours,
  wallOf,
  weekdayOf,
} from '../../src/time/index.js';
import { HEARD_MS, quietLog } from '../support/baton.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';
import { rowsOf } from '../support/rows.js';

/*
 * Laws of signals, alerts and what they light, whatever happens in whatever order, once or twice. `LAW_ROUNDS=500`
 * looks for longer. Every round has an account of its own, so that a round costs no database.
 */

const WEEK_MS = 7 * DAY_MS;
/** Somebody else writes, more than an hour after the last: each message is a contact of its own. */
const SLOT_MS = 3 * HOUR_MS;

onEveryDatabase('laws of signals', (database) => {
  const rounds = Number(process.env.LAW_ROUNDS ?? (database.name === 'sqlite' ? 10 : 4));
  let store: Store;
  let office: Office;
  let due: DueDesk;
  beforeAll(async () => {
    store = await database.open();
    office = await openOffice(store);
    due = new DueDesk({
      store,
      // The team as a whole is another matter, and looked at each hour.
      handlers: { ...JOBS, 'signals.evaluate_team': { keys: async () => [], run: async () => null } },
      businessNow: office.clock.business.now,
      machineNow: office.clock.machine.now,
      log: quietLog,
    });
  });
  afterAll(() => store.close());

  /** An account that was heard for thirteen weeks and said nothing, and whose story begins now. */
  async function newAccount(): Promise<{ id: number; channel: string; begins: number }> {
    await store.transact([], (tx) => tx.db.update(tx.t.due).set({ dueAt: null }));
    // A Monday morning, well after whatever was before.
    const date = wallOf(office.now() + 2 * WEEK_MS, 'UTC').date;
    const begins = Date.parse(`${addDays(date, 1 - weekdayOf(date))}T00:00:00Z`);
    office.clock.set(begins);
    const ana = await store.read((tx) => personBySlackId(tx, 'UANA'));
    const account = await store.transact([], async (tx) => {
      const name = `law-${office.slack.next()}`;
      const [row] = await tx.db
        .insert(tx.t.accounts)
        .values({ slug: name, name, csmId: ana?.id ?? null, addedAt: begins - HEARD_MS })
        .returning();
      if (!row) throw new Error('no account was written');
      const channel = `C${name.toUpperCase().replace('-', '')}`;
      const place = { accountId: row.id, channel, name, kind: 'customer' as const, capture: 'off' as const };
      await tx.db.insert(tx.t.accountChannels).values(place);
      return { id: row.id, channel };
    });
    return { ...account, begins };
  }

  async function travelTo(at: number, after: () => Promise<void> = async () => undefined): Promise<void> {
    for (;;) {
      const next = await store.read(nextDueAt);
      if (next === undefined || next > at) break;
      office.clock.set(Math.max(next, office.now()));
      await due.step();
      await after();
    }
    office.clock.set(Math.max(at, office.now()));
  }

  /** A customer's word of a slot, as Slack would deliver it: once, twice, late. */
  async function hear(account: { id: number; channel: string; begins: number }, slot: number): Promise<void> {
    const at = account.begins + slot * SLOT_MS;
    const ts = `${at / 1000}.000100`;
    const words = { text: `Message ${slot}: when is the export right again?`, files: [], threadTs: null };
    await store.transact([`account:${account.id}`], (tx) =>
      recordCustomerMessage(tx, account.id, {
        ...words,
        ...{ channel: account.channel, ts, author: `UC${slot}`, at },
      }),
    );
  }

  const logOf = async (accountId: number, ...kinds: string[]) =>
    (await rowsOf(store, 'log')).filter((row) => row.accountId === accountId && kinds.includes(row.kind));

  /** Slots of two weeks, each heard some slots late, some twice. */
  const words = fc.array(
    fc.record({
      slot: fc.integer({ min: 0, max: 110 }),
      late: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 20 })),
      twice: fc.boolean(),
    }),
    { minLength: 5, maxLength: 14 },
  );
  const asHeard = (said: readonly { slot: number; late: number; twice: boolean }[]) =>
    said
      .flatMap(({ slot, late, twice }) => [
        { slot, heard: slot + late },
        ...(twice ? [{ slot, heard: slot + late + 1 }] : []),
      ])
      .sort((a, b) => a.heard - b.heard);

  it('fires and clears as a slow recount over all that was said does, whatever the order, once or twice', async () => {
    await fc.assert(
      fc.asyncProperty(words, async (said) => {
        const account = await newAccount();
        for (const { slot, heard } of asHeard(said)) {
          await travelTo(account.begins + heard * SLOT_MS);
          await hear(account, slot);
        }
        await travelTo(account.begins + 5 * WEEK_MS);
        const events = await logOf(account.id, 'signal.fired', 'signal.cleared');
        const seen = events
          .filter((row) => row.data.rule === 'S01')
          .map(({ kind, at }) => `${kind} ${new Date(at).toISOString()}`);
        const contacts = (await rowsOf(store, 'contacts')).filter((row) => row.accountId === account.id);
        const hours = workingHours(await store.read((tx) => answeringHours(tx, account.id)));
        expect(seen).toEqual(recount(contacts, hours, account.begins, account.begins + 5 * WEEK_MS));
      }),
      { numRuns: rounds },
    );
  }, 600_000);

  const deed = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('write' as const, 'four times' as const) },
    { weight: 2, arbitrary: fc.constantFrom('claim' as const, 'dismiss' as const) },
    { weight: 3, arbitrary: fc.constantFrom('two days' as const, 'a week' as const) },
  );

  it('one open alert per account, and nothing fires again in its cooldown, whatever people do about it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 6, maxLength: 14 }), async (deeds) => {
        const account = await newAccount();
        const ana = await store.read((tx) => personBySlackId(tx, 'UANA'));
        const expectOneOpen = async () => {
          const alerts = (await rowsOf(store, 'alerts')).filter((row) => row.accountId === account.id);
          expect(alerts.filter((row) => row.state !== 'ended').length).toBeLessThanOrEqual(1);
        };
        for (const one of deeds) {
          const now = office.now();
          const alert = await store.read((tx) => openAlertOf(tx, account.id));
          const times = { write: 1, 'four times': 4 }[one as 'write'] ?? 0;
          for (let n = 0; n < times; n += 1) {
            await hear(account, Math.floor((office.now() - account.begins) / SLOT_MS));
            await travelTo(office.now() + SLOT_MS, expectOneOpen);
          }
          if (alert && one === 'claim' && ana)
            await store.transact([alert.scope], (tx) => claim(tx, alert, ana, now));
          else if (alert && one === 'dismiss' && ana)
            await store.transact([alert.scope], (tx) =>
              endAlert(tx, alert, { by: ana, reason: 'not needed', now, source: 'button' }),
            );
          const waits = { 'two days': 2 * DAY_MS, 'a week': WEEK_MS }[one as 'a week'] ?? 0;
          await travelTo(office.now() + waits, expectOneOpen);
        }
        await travelTo(office.now() + WEEK_MS, expectOneOpen);
        const events = await logOf(account.id, 'signal.fired', 'signal.cleared', 'alert.ended');
        expect(refires(events)).toEqual([]);
      }),
      { numRuns: rounds },
    );
  }, 600_000);

  it('nobody is ever shown more badges than the budget, in whatever order they are asked for', async () => {
    const ask = fc.record({
      day: fc.integer({ min: 0, max: 20 }),
      hour: fc.integer({ min: 0, max: 23 }),
      about: fc.integer({ min: 0, max: 40 }),
      isCritical: fc.boolean(),
    });
    const people = await rowsOf(store, 'people');
    await fc.assert(
      fc.asyncProperty(fc.array(ask, { minLength: 30, maxLength: 60 }), async (asks) => {
        const person = people[office.slack.next() % people.length];
        await store.transact([], (tx) => tx.db.delete(tx.t.badges));
        const monday = Date.UTC(2027, 0, 4);
        for (const { day, hour, about, isCritical } of asks) {
          const at = monday + day * DAY_MS + hour * HOUR_MS;
          const wanted = { personId: person?.id ?? 0, at, isCritical, kind: 'law', about: `law:${about}` };
          await store.transact([], (tx) => askBadge(tx, wanted));
        }
        const lit = (await rowsOf(store, 'badges')).filter((row) => row.state === 'lit');
        const most = (all: readonly (string | null)[]) =>
          Math.max(0, ...[...new Set(all)].map((one) => all.filter((other) => other === one).length));
        const within = lit.filter((row) => !row.isBeyond);
        const beyond = lit.filter((row) => row.isBeyond);
        expect(most(within.map((row) => row.day))).toBeLessThanOrEqual(3);
        expect(most(within.map((row) => row.week))).toBeLessThanOrEqual(8);
        expect(most(beyond.map((row) => row.day))).toBeLessThanOrEqual(2);
        expect(beyond.every((row) => row.isCritical)).toBe(true);
      }),
      { numRuns: rounds },
    );
  }, 600_000);

  it('no ladder takes a step for what stood before nobody, however long Slack is away', async () => {
    const stretch = fc.record({ isUp: fc.boolean(), hours: fc.integer({ min: 2, max: 60 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(stretch, { minLength: 2, maxLength: 7 }), async (stretches) => {
        const account = await newAccount();
        office.clock.set(account.begins + 9 * HOUR_MS);
        const ana = await store.read((tx) => personBySlackId(tx, 'UANA'));
        // What earlier rounds left unsent is not this round's.
        await store.transact([], (tx) => tx.db.delete(tx.t.outbox));
        await store.transact([`account:${account.id}`], async (tx) => {
          await openFollowup(tx, {
            ...{
              accountId: account.id,
              kind: 'restore',
              ownerId: ana?.id ?? 0,
              source: 'button',
              actor: 'UANA',
            },
            ...{ dueAt: office.now() + DAY_MS, now: office.now() },
          });
        });
        const urgent = await office.command('sam', 'acme-internal', '/issue', 'log Nobody can log in');
        const number = /B-(\d+)/.exec(urgent?.say?.text ?? '')?.[1];
        await office.command('sam', 'triage', '/issue', `priority B-${number} urgent`);
        const shown: number[] = [];
        for (const { isUp, hours } of stretches) {
          const sends = async () => {
            if (!isUp) return;
            await office.outbox.step();
            shown.push(office.now());
          };
          await sends();
          await travelTo(office.now() + hours * HOUR_MS, sends);
        }
        await expectShownBeforeEachStep(account.id, shown);
      }),
      { numRuns: rounds },
    );

    async function expectShownBeforeEachStep(accountId: number, shown: readonly number[]): Promise<void> {
      const [followup] = (await rowsOf(store, 'followups')).filter((row) => row.accountId === accountId);
      const steps = await logOf(accountId, 'followup.nudged', 'followup.listed');
      for (const step of steps) {
        expect(followup?.deliveredAt).not.toBeNull();
        expect(shown.some((at) => at < step.at)).toBe(true);
      }
      const alert = (await rowsOf(store, 'alerts')).at(-1);
      const badges = (await rowsOf(store, 'badges')).filter((row) => row.about === `alert:${alert?.id}`);
      const climbs = badges.filter((row) => / \d/.test(row.step));
      if (alert?.calledAt === null) expect(climbs).toEqual([]);
      for (const climb of climbs) expect(climb.askedAt).toBeGreaterThan(alert?.calledAt ?? Number.NaN);
    }
  }, 600_000);

  it('the same messages in another order, some twice, end in the same signals', async () => {
    const slots = [9, 12, 17, 20, 25, 33];
    const ends = async (order: readonly number[]) => {
      const account = await newAccount();
      office.clock.set(account.begins + WEEK_MS);
      for (const slot of order) await hear(account, slot);
      await travelTo(office.now() + HOUR_MS);
      const rows = (await rowsOf(store, 'signals')).filter((row) => row.accountId === account.id);
      return rows.map(({ rule, state, evidence }) => [rule, state, evidence.line]);
    };
    const expected = await ends(slots);
    expect(expected).toContainEqual(['S01', 'firing', expect.stringContaining('wrote in 6 times')]);
    for (const order of [slots.toReversed(), [3, 3, 0, 5, 1, 0, 4, 2, 5].map((i) => slots[i] ?? 0)])
      expect(await ends(order)).toEqual(expected);
  }, 60_000);
});

/**
 * What repeat contact should have said, minute by minute, from nothing but what was said and since when it had waited an hour:
 * four in seven days fire, one or none clears, seven days of rest.
 */
function recount(
  contacts: readonly { startedAt: number; waitedAt: number | null }[],
  hours: WorkingHours,
  from: number,
  until: number,
): string[] {
  const said: string[] = [];
  const counted = contacts.map(({ startedAt, waitedAt }) => ({
    startedAt,
    from: Math.max(waitedAt ?? Number.POSITIVE_INFINITY, addWorkingTime(startedAt, HOUR_MS, hours)),
  }));
  let isOn = false;
  let restsUntil = 0;
  for (let now = from; now <= until; now += MINUTE_MS) {
    const count = counted.filter((one) => one.from <= now && one.startedAt > now - WEEK_MS).length;
    if (!isOn && count >= 4 && now >= restsUntil) {
      isOn = true;
      said.push(`signal.fired ${new Date(now).toISOString()}`);
    } else if (isOn && count <= 1) {
      isOn = false;
      restsUntil = now + WEEK_MS;
      said.push(`signal.cleared ${new Date(now).toISOString()}`);
    }
  }
  return said;
}

/** Every time that repeat contact fired within seven days of being handled, or else clear. */
function refires(events: readonly { kind: string; at: number; data: Record<string, unknown> }[]): string[] {
  const found: string[] = [];
  let quietFrom: number | null = null;
  let isOn = false;
  let isHandled = false;
  for (const { kind, at, data } of events) {
    if (kind === 'alert.ended' && isOn) {
      quietFrom = at;
      isHandled = true;
    }
    if (data.rule !== 'S01') continue;
    if (kind === 'signal.cleared' && !isHandled) quietFrom = at;
    isOn = kind === 'signal.fired';
    if (kind !== 'signal.fired') continue;
    if (quietFrom !== null && at - quietFrom < WEEK_MS) found.push(new Date(at).toISOString());
    quietFrom = null;
    isHandled = false;
  }
  return found;
}
