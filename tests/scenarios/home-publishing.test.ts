import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Homes, lookAgain, openHome } from '../../src/queue/homes.js';
import type { Store } from '../../src/store/transact.js';
import { MINUTE_MS } from '../../src/time/index.js';
import { quietLog, TUESDAY_9 } from '../support/baton.js';
import { onEveryDatabase } from '../support/databases.js';
import { PaperSlack, platformError, rateLimited } from '../support/paper-slack.js';
import { rowsOf } from '../support/rows.js';
import { type TestClock, testClock } from '../support/time.js';

/** Home shows one number; what is tested is when, how often and to whom it is published. */
onEveryDatabase('publishing Home', (database) => {
  let store: Store;
  let clock: TestClock;
  let slack: PaperSlack;
  let number = 0;
  beforeEach(async () => {
    store = await database.open();
    clock = testClock(TUESDAY_9, () => 0);
    slack = new PaperSlack(() => '1.000100');
    number = 0;
  });
  afterEach(() => store.close());

  const create = (on = store) => {
    const homes = new Homes({
      store: on,
      slack,
      render: async (_tx, home) => ({ user: home.userId, number, page: home.page }),
      businessNow: clock.business.now,
      machineNow: clock.machine.now,
      log: quietLog,
    });
    on.onWake((work) => {
      if (work === 'homes') homes.changed();
    });
    return homes;
  };
  const open = (user: string) =>
    store.transact([], (tx) => openHome(tx, user, clock.machine.now(), { name: 'main' }));
  const change = () => store.transact([], async (tx) => tx.wake('homes'));
  const published = () => slack.callsOf('publishView').length;
  /** Waits some seconds, looking each second as the pump would. */
  const wait = async (homes: Homes, seconds: number) => {
    for (let i = 0; i < seconds; i += 1) {
      clock.wait(1_000);
      await homes.step();
    }
  };

  it('what a shell changed is shown at the next look, although nobody was woken', async () => {
    const homes = create();
    await open('UANA');
    await homes.step();
    // The opening itself woke them.
    await wait(homes, 3);
    number = 1;
    await wait(homes, 3);
    expect(published()).toBe(1);
    await store.transact([], lookAgain);
    await wait(homes, 2);
    expect(published()).toBe(2);
    await store.transact([], lookAgain);
    await wait(homes, 2);
    expect(published()).toBe(2);
  });

  it('draws at every opening, also when nothing has changed', async () => {
    const homes = create();
    for (const times of [1, 2, 3]) {
      await open('U1');
      await homes.step();
      expect(published()).toBe(times);
    }
  });

  it('shows a change within five seconds for ten minutes after the opening, and what is the same never twice', async () => {
    const homes = create();
    await open('U1');
    await homes.step();
    await wait(homes, 9 * 60);
    expect(published()).toBe(1);
    number = 1;
    await change();
    await wait(homes, 4);
    expect(slack.homes.get('U1')).toMatchObject({ number: 1 });
    await change();
    await wait(homes, 4);
    expect(published()).toBe(2);
  });

  it('makes one drawing of many changes', async () => {
    const homes = create();
    await open('U1');
    await homes.step();
    for (let i = 0; i < 100; i += 1) {
      number += 1;
      await change();
      clock.wait(10);
      await homes.step();
    }
    await wait(homes, 4);
    expect(published()).toBe(2);
    expect(slack.homes.get('U1')).toMatchObject({ number: 100 });
  });

  it('is never stale for ever: what time alone changes is drawn anew, seldom once nobody looks', async () => {
    const homes = create();
    await open('U1');
    await homes.step();
    number = 1;
    await wait(homes, 65);
    expect(slack.homes.get('U1')).toMatchObject({ number: 1 });
    clock.wait(60 * MINUTE_MS);
    await homes.step();
    number = 2;
    await change();
    await wait(homes, 60);
    expect(slack.homes.get('U1')).toMatchObject({ number: 1 });
    clock.wait(15 * MINUTE_MS);
    await homes.step();
    expect(slack.homes.get('U1')).toMatchObject({ number: 2 });
    clock.wait(8 * 24 * 60 * MINUTE_MS);
    await homes.step();
    number = 3;
    clock.wait(60 * MINUTE_MS);
    await homes.step();
    expect(slack.homes.get('U1')).toMatchObject({ number: 2 });
    await open('U1');
    await homes.step();
    expect(slack.homes.get('U1')).toMatchObject({ number: 3 });
  });

  it('publishes at most sixty times in any minute, an opening before a change, and nobody is left out', async () => {
    const homes = create();
    const users = Array.from({ length: 70 }, (_, i) => `U${100 + i}`);
    for (const user of users) await open(user);
    const at: number[] = [];
    const count = async (seconds: number) => {
      for (let i = 0; i < seconds; i += 1) {
        const before = published();
        await homes.step();
        for (let n = before; n < published(); n += 1) at.push(clock.machine.now());
        clock.wait(1_000);
      }
    };
    await count(30);
    expect(published()).toBe(60);
    await count(120);
    expect([...slack.homes.keys()].sort()).toEqual(users);
    number = 1;
    await change();
    await count(20);
    // Ten of the minute are kept for whoever opens now.
    const spent = at.filter((one) => one > clock.machine.now() - MINUTE_MS).length;
    expect(spent).toBe(50);
    await open('U999');
    await count(1);
    expect(slack.homes.has('U999')).toBe(true);
    await count(180);
    for (const user of users) expect(slack.homes.get(user)).toMatchObject({ number: 1 });
    for (const one of at)
      expect(at.filter((other) => other > one - MINUTE_MS && other <= one).length).toBeLessThanOrEqual(60);
  });

  describe('when Slack refuses', () => {
    it('it waits as long as Slack says, then draws what holds then', async () => {
      const homes = create();
      slack.fail('publishView', rateLimited(30));
      await open('U1');
      await homes.step();
      number = 1;
      await wait(homes, 29);
      expect(slack.homes.size).toBe(0);
      await wait(homes, 3);
      expect(slack.homes.get('U1')).toMatchObject({ number: 1 });
    });

    it('an unknown outcome is published again, whatever stands there', async () => {
      const homes = create();
      slack.fail('publishView', new Error('socket hang up'), { after: true });
      await open('U1');
      await homes.step();
      await wait(homes, 10);
      expect(published()).toBe(2);
      expect(await rowsOf(store, 'homes')).toMatchObject([{ attempts: 0, error: null }]);
    });

    it('a view that Slack does not take is kept with its reason, and disturbs nobody else', async () => {
      const homes = create();
      slack.fail('publishView', platformError('invalid_blocks'));
      await open('U1');
      await open('U2');
      await homes.step();
      expect((await rowsOf(store, 'homes')).map((row) => row.error)).toEqual(['invalid_blocks', null]);
      await wait(homes, 65);
      expect((await rowsOf(store, 'homes')).map((row) => row.error)).toEqual([null, null]);
    });

    it('somebody who is gone is left alone', async () => {
      const homes = create();
      slack.fail('publishView', platformError('user_not_found'));
      await open('U1');
      await homes.step();
      await wait(homes, 20);
      expect(published()).toBe(1);
    });
  });

  it('an opening during a drawing is not lost', async () => {
    const homes = create();
    await open('U1');
    const original = slack.publishView.bind(slack);
    slack.publishView = async (user, view) => {
      slack.publishView = original;
      number = 1;
      await open('U1');
      return original(user, view);
    };
    await homes.step();
    await homes.step();
    expect(published()).toBe(2);
    expect(slack.homes.get('U1')).toMatchObject({ number: 1 });
  });
});
