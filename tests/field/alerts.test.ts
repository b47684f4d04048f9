import { afterAll, beforeAll, expect, it } from 'vitest';
import { evaluateSoon } from '../../src/signals/jobs.js';
import { startWorld, type World } from '../support/baton.js';
import { onEveryDatabase } from '../support/databases.js';
import { countOf, eventsOf, rowsOf } from '../support/rows.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

onEveryDatabase('alerts, over the wire,', (database) => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld(database);
    for (const text of ['The export misses rows', 'The dashboard is slow', 'Who reads our invoices?']) {
      await world.slack.post('acme', 'joe', text);
      await world.travel(DAY);
    }
  });
  afterAll(() => world.stop());

  async function evaluateAgain(): Promise<void> {
    const [acme] = await rowsOf(world.store, 'accounts');
    await world.store.transact([], (tx) => evaluateSoon(tx, acme?.id ?? 0, world.clock.business.now()));
    await world.settle();
  }

  async function expectNothingNew(act: () => Promise<void>): Promise<void> {
    const seen = async () => ({
      alerts: await countOf(world.store, 'alerts'),
      signals: await countOf(world.store, 'signals'),
      events: (await eventsOf(world.store, 'signal.fired', 'alert.opened', 'alert.grew')).length,
      posts: world.slack.calls('chat.postMessage').length,
    });
    const before = await seen();
    await act();
    expect(await seen()).toEqual(before);
  }

  it('G2: a restart between two evaluations of an open alert fires nothing new', async () => {
    expect(await countOf(world.store, 'alerts')).toBe(1);
    await expectNothingNew(async () => {
      await world.restart();
      await evaluateAgain();
      await world.restart();
      await evaluateAgain();
    });
  });

  it('G2: nor does one after "Not needed", while the signal was not clear once', async () => {
    const [card] = world.slack.messages('support-success');
    await world.slack.press('ana', 'support-success', card?.ts ?? '', 'alert.not_needed');
    await world.settle();
    expect(await rowsOf(world.store, 'alerts')).toMatchObject([{ state: 'ended' }]);
    await expectNothingNew(async () => {
      await world.restart();
      await evaluateAgain();
    });
  });
});
