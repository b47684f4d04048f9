import { afterEach, beforeEach, expect, it } from 'vitest';
import { evaluateSoon } from '../../src/signals/jobs.js';
import type { Store } from '../../src/store/transact.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/time/index.js';
import { onEveryDatabase } from '../support/databases.js';
import { Office, openOffice } from '../support/office.js';
import { eventsOf, rowsOf } from '../support/rows.js';

const WORDS = [
  'The export misses rows',
  'Dashboards are slow',
  'Nobody reads our invoices',
  'The login fails',
  'Help!',
];

onEveryDatabase('alerts and signals', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
  });
  afterEach(() => store.close());

  const alerts = () => rowsOf(store, 'alerts');
  const signals = () => rowsOf(store, 'signals');
  const cards = () => office.slack.posts('CSUPPORTSUCCESS');

  /** Acme writes in a few times, far enough apart to be contacts of their own; each waits for an answer. */
  async function writesIn(times: number): Promise<void> {
    for (const text of WORDS.slice(0, times)) {
      await office.writes('acme', 'joe', text);
      await office.travel(2.25 * HOUR_MS);
    }
  }
  async function evaluate(by = office): Promise<void> {
    await store.transact([], (tx) => evaluateSoon(tx, 1, office.now()));
    await by.settle();
  }

  it('the fourth contact in a week that waited opens one alert; the fifth, a day later, is said anew', async () => {
    await writesIn(3);
    expect(await alerts()).toEqual([]);
    await writesIn(2);
    await office.travel(15 * HOUR_MS);
    expect(await alerts()).toMatchObject([{ state: 'open', severity: 'medium', place: 'card' }]);
    expect(cards().map((card) => card.text)).toEqual([
      expect.stringContaining('*Acme* goes on below'),
      '*Acme* needs a call · medium · for Ana Lopez',
    ]);
    expect(JSON.stringify(cards()[1])).toContain('wrote in 5 times');
    expect(await eventsOf(store, 'alert.opened')).toHaveLength(1);
  });

  it('is first posted ten minutes after its first signal, with all that gathered until then', async () => {
    await writesIn(3);
    await office.writes('acme', 'joe', 'Nobody reads our invoices');
    // It counts once it has waited an hour.
    await office.travel((60 + 9) * MINUTE_MS);
    expect(cards()).toEqual([]);
    await office.command('sam', 'acme-internal', '/issue', 'log Export drops rows');
    await office.press(
      'sam',
      'issue.escalate_to:executive',
      JSON.stringify({ n: 1, g: 'executive', r: 'they want a manager' }),
    );
    await office.travel(2 * MINUTE_MS);
    expect(cards()).toHaveLength(1);
    expect(await alerts()).toMatchObject([{ severity: 'high', place: 'interruptive' }]);
    expect(JSON.stringify(cards())).toContain('wrote in 4 times');
    expect(JSON.stringify(cards())).toContain('one of us asked for Executive on B-1');
  });

  it('is claimed by the first who presses; the second learns who has it, and owes nothing', async () => {
    await writesIn(4);
    const first = await office.press('ana', 'alert.claim', '1');
    const second = await office.press('luis', 'alert.claim', '1');
    const again = await office.press('ana', 'alert.claim', '1');
    expect(first?.say?.text).toContain('Acme is yours');
    expect(second?.say?.text).toBe('Ana Lopez has Acme already.');
    expect(again?.say?.text).toBe('You have Acme already.');
    expect(await rowsOf(store, 'followups')).toHaveLength(1);
    expect(await eventsOf(store, 'alert.claimed')).toHaveLength(1);
  });

  it('a claimed one does not end by getting quiet, nor by "Not needed" of somebody else', async () => {
    await writesIn(4);
    await office.press('ana', 'alert.claim', '1');
    const refused = await office.press('luis', 'alert.not_needed', '1');
    expect(refused?.say?.text).toBe('Ana Lopez has Acme already.');
    // What she does about it keeps the claim; meanwhile nobody writes.
    for (let day = 0; day < 9; day += 1) {
      await office.writes('acme', 'ana', 'We are on it, Joe');
      await office.travel(DAY_MS);
    }
    expect(await alerts()).toMatchObject([{ state: 'claimed' }]);
  });

  it('an unclaimed one ends when it is quiet again, and the card says so', async () => {
    await writesIn(4);
    await office.travel(9 * DAY_MS);
    expect(await alerts()).toMatchObject([{ state: 'ended', endReason: 'quiet again', endedBy: null }]);
    expect(await signals()).toMatchObject([{ state: 'cleared', openKey: null }]);
    expect(JSON.stringify(cards())).toContain('quiet again');
    expect(cards()).toHaveLength(1);
  });

  it('after "Not needed" nothing fires until it was clear once, not even over a restart', async () => {
    await writesIn(4);
    await office.dismisses('ana', 1);
    await writesIn(2);
    await evaluate(new Office({ store, clock: office.clock, slack: office.slack }));
    expect(await alerts()).toHaveLength(1);
    expect(await signals()).toMatchObject([{ state: 'handled' }]);

    await office.travel(9 * DAY_MS);
    expect(await signals()).toMatchObject([{ state: 'cleared' }]);
    // By night: they count an hour after the next day has begun.
    await writesIn(4);
    await office.travel(3 * HOUR_MS);
    expect(await alerts()).toMatchObject([{ state: 'ended' }, { state: 'open' }]);
    expect(cards()).toHaveLength(2);
  });

  it('between firing and clear nothing changes: three contacts left keep the alert as it is', async () => {
    await writesIn(1);
    await office.travel(3 * DAY_MS);
    await writesIn(3);
    expect(await alerts()).toHaveLength(1);
    // The first contact leaves the window: three are left, which is neither four nor fewer than two.
    await office.travel(4 * DAY_MS);
    expect(await alerts()).toMatchObject([{ state: 'open' }]);
    expect(await eventsOf(store, 'signal.fired', 'signal.cleared')).toHaveLength(1);
  });

  it('evaluating again and again, and with the clock set back, changes nothing', async () => {
    await writesIn(4);
    const before = { posts: office.slack.callsOf('post').length, log: (await rowsOf(store, 'log')).length };
    for (let round = 0; round < 3; round += 1) await evaluate();
    office.clock.set(office.now() - 30 * MINUTE_MS);
    await evaluate();
    expect(await alerts()).toHaveLength(1);
    expect((await rowsOf(store, 'log')).length).toBe(before.log);
    expect(office.slack.callsOf('post')).toHaveLength(before.posts);
  });

  it('one account never moves the alert of another', async () => {
    await writesIn(4);
    for (const text of WORDS.slice(0, 3)) {
      await office.writes('globex', 'gus', text);
      await office.travel(3 * HOUR_MS);
    }
    const [acme] = await rowsOf(store, 'accounts');
    expect((await alerts()).map((alert) => alert.accountId)).toEqual([acme?.id]);
  });
});
