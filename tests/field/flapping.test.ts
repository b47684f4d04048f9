import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeVersion } from '../../src/settings/store.js';
import type { Store } from '../../src/store/transact.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/time/index.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';
import { eventsOf, rowsOf } from '../support/rows.js';

const COOLDOWN_DAYS = 5;

onEveryDatabase('an alert whose numbers move', (database) => {
  let store: Store;
  let office: Office;
  let count = 0;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
    await tune({ fire: 4, clear: 2 });
  });
  afterEach(() => store.close());

  /** So many issues of an account in seven days. */
  async function tune(numbers: { fire: number; clear: number }): Promise<void> {
    const counting = {
      ...{
        id: 'X-flap',
        name: 'many issues',
        count: 'issue.opened',
        windowDays: 7,
        cooldownDays: COOLDOWN_DAYS,
      },
      ...{ ...numbers, severity: 'medium', func: 'success', place: 'card', next: 'call them' },
    };
    const change = { who: 'ULEA', at: office.now(), why: 'test' };
    await store.transact(['rules'], (tx) =>
      writeVersion(tx, 'rules', 'X-flap', { mode: 'on', numbers, counting }, change),
    );
  }
  async function opens(times = 1): Promise<void> {
    for (let n = 0; n < times; n += 1) {
      count += 1;
      await office.command('sam', 'acme-internal', '/issue', `log Problem number ${count}`);
    }
    await office.settle();
  }
  const fired = async () => (await eventsOf(store, 'signal.fired')).map((event) => event.at);
  const cleared = async () => (await eventsOf(store, 'signal.cleared')).map((event) => event.at);

  it('G1: three, four, three, four around the threshold: one alert, one recovery', async () => {
    await opens(2);
    // One more every second day: seven days hold four of them, then three, then four again.
    for (let step = 0; step < 12; step += 1) {
      await office.travel(DAY_MS);
      if (step % 2 === 1) await opens();
    }
    expect(await rowsOf(store, 'alerts')).toMatchObject([{ state: 'open' }]);
    expect(await fired()).toHaveLength(1);
    expect(await cleared()).toEqual([]);
    await office.travel(9 * DAY_MS);
    expect(await rowsOf(store, 'alerts')).toMatchObject([{ state: 'ended', endReason: 'quiet again' }]);
    expect(await fired()).toHaveLength(1);
    expect(await cleared()).toHaveLength(1);
  });

  it('G1: what the cooldown swallows does not make it longer', async () => {
    await opens(4);
    await office.travel(7 * DAY_MS + HOUR_MS);
    const [quietFrom = 0] = await cleared();
    // Again and again in the cooldown, up to an hour before its end.
    for (let day = 0; day < COOLDOWN_DAYS - 1; day += 1) {
      await opens(2);
      await office.travel(DAY_MS);
    }
    await office.travel(quietFrom + COOLDOWN_DAYS * DAY_MS - HOUR_MS - office.now());
    await opens();
    expect(await fired()).toHaveLength(1);
    await office.travel(HOUR_MS + MINUTE_MS);
    const again = (await fired()).at(-1) ?? 0;
    expect(await fired()).toHaveLength(2);
    expect(again - quietFrom - COOLDOWN_DAYS * DAY_MS).toBeLessThan(MINUTE_MS);
  });

  it('G3: a rule that is edited, or switched off, while its alert is open: it ends by what it started with', async () => {
    await opens(4);
    await office.travel(11 * MINUTE_MS);
    // By these numbers it would neither have fired nor go on.
    await tune({ fire: 50, clear: 40 });
    await opens();
    await office.travel(DAY_MS);
    expect(await rowsOf(store, 'alerts')).toMatchObject([{ state: 'open' }]);
    const why = await office.press('ana', 'alert.more', 'why:1', 'support-success');
    expect(JSON.stringify(why?.open)).toContain('version 1.1');
    const off = { mode: 'off', counting: (await rowsOf(store, 'signals'))[0]?.spec.counting };
    await store.transact(['rules'], (tx) =>
      writeVersion(tx, 'rules', 'X-flap', off, { who: 'ULEA', at: office.now(), why: 'test' }),
    );
    await office.travel(5 * DAY_MS);
    expect(await rowsOf(store, 'alerts')).toMatchObject([{ state: 'open' }]);
    await office.travel(2 * DAY_MS);
    expect(await rowsOf(store, 'alerts')).toMatchObject([{ state: 'ended', endReason: 'quiet again' }]);
  });

  it('C10: ten changes within a second are one update, with the last state', async () => {
    await opens(4);
    await office.travel(11 * MINUTE_MS);
    const updates = () => office.slack.callsOf('update').filter((call) => call.channel === 'CSUPPORTSUCCESS');
    const before = updates().length;
    for (let n = 1; n <= 10; n += 1)
      await office.command('sam', 'triage', '/issue', `edit B-1 title The export, told for the ${n}. time`);
    const form = await office.press('ana', 'alert.more', 'note:1', 'support-success');
    for (let n = 1; n <= 10; n += 1) await office.submit('ana', form, { note: `Word number ${n}` });
    await office.settle();
    expect(updates().length - before).toBe(1);
    expect(JSON.stringify(office.slack.posts('CSUPPORTSUCCESS')[0])).toContain('Word number 10');
  });

  it('B7: a press on an alert that is over, folded or gone says how it stands, and its messages show it', async () => {
    await opens(4);
    await office.travel(11 * MINUTE_MS);
    await office.travel(DAY_MS);
    await opens();
    await office.travel(MINUTE_MS);
    const cards = () => office.slack.posts('CSUPPORTSUCCESS');
    expect(cards()[0]?.text).toContain('goes on below');
    await office.dismisses('ana', 1, 'known');
    await office.settle();
    for (const [action, value] of [
      ['alert.claim', '1'],
      ['alert.not_needed', '1'],
      ['alert.more', 'give:1'],
      ['alert.note', '1'],
    ] as const) {
      const answer = await office.press('luis', action, value, 'support-success');
      expect(answer?.say?.text).toBe('This alert of Acme is over: not needed (Ana Lopez): known already.');
      await office.settle();
      expect(cards()[1]?.text).toBe('*Acme* · not needed (Ana Lopez): known already · Wed 09:12');
    }
    for (const value of ['99', 'x', '', '1e9', '-1'])
      expect((await office.press('luis', 'alert.claim', value, 'support-success'))?.say?.text).toContain(
        'it is gone',
      );
    expect(await eventsOf(store, 'alert.claimed')).toEqual([]);
  });
});
