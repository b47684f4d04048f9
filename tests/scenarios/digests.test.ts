import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scheduleMornings } from '../../src/digests/morning.js';
import { clearDue, DueDesk, type DueRow, dueAtOf, setDue, setDueBy } from '../../src/queue/due.js';
import type { Store } from '../../src/store/transact.js';
import { DAY_MS, HOUR_MS } from '../../src/time/index.js';
import { quietLog, TUESDAY_9 } from '../support/baton.js';
import { onEveryDatabase } from '../support/databases.js';
import { Office, openOffice } from '../support/office.js';
import { eventsOf, rowsOf } from '../support/rows.js';

/** Monday 9 November 2026, 9:00 in Berlin. */
const MONDAY_9 = TUESDAY_9 + 6 * DAY_MS;

onEveryDatabase('weekly messages and due rows', (database) => {
  let store: Store;
  beforeEach(async () => {
    store = await database.open();
  });
  afterEach(() => store.close());

  describe('the weekly message', () => {
    let office: Office;
    beforeEach(async () => {
      office = await openOffice(store, { mornings: true });
      await office.writes('acme', 'joe', 'The export misses rows');
      await office.settle();
    });
    const toAna = () => office.slack.posts('DUANA');
    const week = async () => {
      office.clock.advance(HOUR_MS);
      await office.writes('globex', 'gus', 'Dashboards are slow today');
      await office.travel(7 * DAY_MS);
    };

    it('comes on Monday at nine of the person, once, with the accounts that changed', async () => {
      office.clock.set(MONDAY_9 - 1);
      await office.settle();
      expect(toAna()).toEqual([]);
      office.clock.set(MONDAY_9);
      await office.settle();
      await office.settle();
      expect(toAna()).toHaveLength(1);
      expect(JSON.stringify(toAna())).toContain('*Acme*');
      expect(JSON.stringify(toAna())).not.toContain('*Globex*');
      expect(JSON.stringify(toAna())).toContain('1 quiet');
    });

    it('is skipped when nothing happened, and does not come for that week later', async () => {
      office.clock.set(MONDAY_9);
      await office.settle();
      expect(office.slack.posts('DULUIS')).toEqual([]);
      await office.travel(7 * DAY_MS);
      expect(toAna()).toHaveLength(1);
    });

    it('comes once a week, and each says what happened since the one before', async () => {
      office.clock.set(MONDAY_9);
      await office.settle();
      await week();
      expect(toAna().map((message) => message.text)).toEqual([
        expect.stringMatching(/2\D8 Nov/),
        expect.stringMatching(/9\D15 Nov/),
      ]);
      expect(JSON.stringify(toAna()[1])).not.toContain('*Acme*');
      expect(await eventsOf(store, 'digest.sent')).toHaveLength(2);
    });

    it('after weeks of downtime one message covers them all and says which days', async () => {
      office.clock.set(MONDAY_9);
      await office.settle();
      office.clock.set(MONDAY_9 + DAY_MS);
      await office.writes('globex', 'gus', 'Dashboards are slow today');
      office.clock.set(MONDAY_9 + 23 * DAY_MS);
      const restarted = new Office({ store, clock: office.clock, slack: office.slack, mornings: true });
      await store.transact([], (tx) => scheduleMornings(tx, office.now()));
      await restarted.settle();
      await restarted.settle();
      expect(toAna()).toHaveLength(2);
      expect(toAna()[1]?.text).toMatch(/9 Nov/);
      expect(toAna()[1]?.text).toMatch(/1 Dec/);
      expect(JSON.stringify(toAna()[1])).toContain('*Globex*');
      await restarted.travel(6 * DAY_MS);
      expect(toAna()).toHaveLength(2);
    });

    it('is not scheduled a second time by a start or by applying the company again', async () => {
      const before = await rowsOf(store, 'due');
      await office.apply();
      await office.apply();
      const kinds = (rows: DueRow[]) =>
        rows.filter((row) => row.kind === 'digest.daily').map((row) => row.dueAt);
      expect(kinds(await rowsOf(store, 'due'))).toEqual(kinds(before));
      expect(new Set(kinds(before))).toEqual(new Set([TUESDAY_9 + DAY_MS]));
    });
  });

  describe('beside what waits on somebody', () => {
    let office: Office;
    beforeEach(async () => {
      office = await openOffice(store, { mornings: true });
      await office.writes('acme', 'joe', 'The export misses rows');
      await office.settle();
    });
    const toAna = () => office.slack.posts('DUANA');
    const owes = async (who: string, account: string) => {
      await office.command(who, 'triage', '/baton', `followup ${account}: call them`);
      await office.settle();
    };
    /** What Ana gets at an instant, as it is drawn; she got everything before. */
    const bringsAt = async (at: number) => {
      await office.travel(at - 1 - office.now());
      const before = toAna().length;
      office.clock.set(at);
      await office.settle();
      await office.settle();
      return toAna()
        .slice(before)
        .map((post) => ({ text: post.text, drawn: JSON.stringify(post.blocks) }));
    };

    it('is one message, which says what is owed once', async () => {
      await owes('ana', 'acme');
      await owes('sam', 'globex');
      const [monday, ...more] = await bringsAt(MONDAY_9);
      expect(more).toEqual([]);
      expect(monday?.text).toBe("Good morning: 1 waiting on you, and your accounts' week");
      expect(monday?.drawn).toMatch(/Follow up with Acme.*\*Your accounts\* · 2-8 Nov · 1 to do/);
      expect(monday?.drawn).toMatch(/\*Acme\*\\nWrote in once/);
      expect(monday?.drawn).toMatch(/\*Globex\*\\nDo: .*\(Sam Okafor has it\)/);
      const row = (await rowsOf(store, 'outbox')).findLast((one) => one.key.startsWith('digest:daily:3:'));
      expect([...(row?.accounts ?? [])].sort()).toEqual([1, 2]);
      expect(row?.onDelivered).toMatch(/^morning:\d+$/);
      expect((await eventsOf(store, 'digest.sent')).map((event) => event.data.accounts)).toEqual([2]);
      expect((await eventsOf(store, 'morning.sent')).at(-1)?.at).toBe(MONDAY_9);
    });

    it('leaves out an account of which all is said above, and does not call it quiet', async () => {
      await owes('ana', 'globex');
      const [monday] = await bringsAt(MONDAY_9);
      expect(monday?.drawn).toContain('Follow up with Globex');
      expect(monday?.drawn).toContain('*Acme*');
      expect(monday?.drawn).not.toContain('*Globex*');
      expect(monday?.drawn).not.toContain('quiet');
    });

    it('speaks of the accounts of both parts: an audience is asked about all of them', async () => {
      await owes('ana', 'initech');
      await bringsAt(MONDAY_9);
      const accounts = (await rowsOf(store, 'accounts')).map((one) => [one.slug, one.csmId, one.id] as const);
      const ana = accounts.find(([slug]) => slug === 'acme')?.[1];
      const initech = accounts.find(([slug]) => slug === 'initech');
      expect(initech?.[1]).not.toBe(ana);
      const row = (await rowsOf(store, 'outbox')).findLast((one) =>
        one.key.startsWith(`digest:daily:${ana}:`),
      );
      const theirs = accounts.filter(([, csm]) => csm === ana).map(([, , id]) => id);
      expect([...(row?.accounts ?? [])].sort()).toEqual([...theirs, initech?.[2]].sort());
    });

    it('comes on Wednesday to whoever is back on Wednesday, and once', async () => {
      await office.travel(2 * DAY_MS);
      await office.command('ana', 'triage', '/baton', 'away until Wednesday');
      expect(await bringsAt(MONDAY_9)).toEqual([]);
      expect(await bringsAt(MONDAY_9 + DAY_MS)).toEqual([]);
      const [wednesday] = await bringsAt(MONDAY_9 + 2 * DAY_MS);
      expect(wednesday?.drawn).toMatch(/\*Your accounts\* · 2-10 Nov.*\*Acme\*/);
      await office.travel(4 * DAY_MS);
      expect(await eventsOf(store, 'digest.sent')).toHaveLength(1);
    });

    it('comes to nobody who looks after no accounts', async () => {
      await store.transact([], (tx) => tx.db.update(tx.t.people).set({ functions: ['support'] }));
      await office.travel(8 * DAY_MS);
      expect(await eventsOf(store, 'digest.sent')).toEqual([]);
      expect((await rowsOf(store, 'digests')).filter((row) => row.kind === 'weekly')).toEqual([]);
    });

    it('down from Monday to Thursday: one message, and each part says its days', async () => {
      await bringsAt(MONDAY_9);
      await office.travel(DAY_MS);
      await office.writes('acme', 'joe', 'The export misses rows again');
      await owes('ana', 'globex');
      const thursday = MONDAY_9 + 10 * DAY_MS + 2 * HOUR_MS;
      await store.transact([], (tx) => tx.db.update(tx.t.followups).set({ dueAt: thursday + 6 * HOUR_MS }));
      await office.travel(3 * DAY_MS);
      const before = toAna().length;
      office.clock.set(thursday);
      await office.settle();
      await office.settle();
      const sent = toAna().slice(before);
      expect(sent.map((post) => post.text)).toEqual([
        expect.stringMatching(/^Since \w+( \w+)?: 1 waiting on you, and your accounts' week$/),
      ]);
      expect(JSON.stringify(sent[0]?.blocks)).toContain('*Your accounts* · 9-18 Nov');
      await office.travel(DAY_MS);
      expect(await eventsOf(store, 'digest.sent')).toHaveLength(2);
    });
  });

  describe('a due row', () => {
    let business = TUESDAY_9;
    let machine = 1_000_000;
    let ran: number[] = [];
    let next: (row: DueRow) => number | null = () => null;
    let fails = 0;

    beforeEach(() => {
      business = TUESDAY_9;
      machine = 1_000_000;
      ran = [];
      next = () => null;
      fails = 0;
    });
    const desk = () =>
      new DueDesk({
        store,
        handlers: {
          test: {
            keys: async () => [],
            run: async (_tx, row, now) => {
              if (fails > 0) {
                fails -= 1;
                throw new Error('not now');
              }
              ran.push(now);
              return next(row);
            },
          },
        },
        businessNow: () => business,
        machineNow: () => machine,
        log: quietLog,
      });
    const plan = (dueAt: number) => store.transact([], (tx) => setDue(tx, 'k', 'test', 1, dueAt));
    const standing = () => store.read((tx) => dueAtOf(tx, 'k'));

    it('runs once, at its time or as late as the tick comes', async () => {
      await plan(TUESDAY_9 + HOUR_MS);
      await desk().step();
      expect(ran).toEqual([]);
      business += 5 * DAY_MS;
      await desk().step();
      await desk().step();
      expect(ran).toEqual([business]);
      expect(await standing()).toBeNull();
    });

    it('ticked by two desks at once, and by three ticks of one, runs once', async () => {
      await plan(TUESDAY_9);
      const one = desk();
      await Promise.all([one.step(), desk().step(), one.step(), one.step()]);
      expect(ran).toHaveLength(1);
    });

    it('is not run again when the clock goes back over its time and on again', async () => {
      next = (row) => (row.dueAt ?? 0) + DAY_MS;
      await plan(TUESDAY_9);
      await desk().step();
      business -= 3 * HOUR_MS;
      await desk().step();
      business += 4 * HOUR_MS;
      await desk().step();
      expect(ran).toEqual([TUESDAY_9]);
      business = TUESDAY_9 + DAY_MS;
      await desk().step();
      expect(ran).toEqual([TUESDAY_9, TUESDAY_9 + DAY_MS]);
    });

    it('that fails keeps its time, says why, and is tried again when its wait is over', async () => {
      fails = 2;
      await plan(TUESDAY_9);
      const again = await desk().step();
      expect(ran).toEqual([]);
      expect(await rowsOf(store, 'due')).toMatchObject([
        { dueAt: TUESDAY_9, attempts: 1, error: 'Error: not now' },
      ]);
      expect(again).toBe(machine + 1_000);
      await desk().step();
      expect(fails).toBe(1);
      machine += 1_000;
      await desk().step();
      machine += 2_000;
      await desk().step();
      expect(ran).toHaveLength(1);
      expect(await rowsOf(store, 'due')).toMatchObject([{ dueAt: null, attempts: 0, error: null }]);
    });

    it('can be brought forward, not put off, by setDueBy; clearDue takes it away', async () => {
      await plan(TUESDAY_9 + HOUR_MS);
      await store.transact([], (tx) => setDueBy(tx, 'k', 'test', 1, TUESDAY_9 + DAY_MS));
      expect(await standing()).toBe(TUESDAY_9 + HOUR_MS);
      await store.transact([], (tx) => setDueBy(tx, 'k', 'test', 1, TUESDAY_9));
      expect(await standing()).toBe(TUESDAY_9);
      await store.transact([], (tx) => clearDue(tx, 'k'));
      await desk().step();
      expect(ran).toEqual([]);
    });
  });
});
