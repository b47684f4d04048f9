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
    for (const text of [
      'The export misses rows',
      'The dashboard is slow',
      'Nobody reads our invoices',
      'The login fails',
    ]) {
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
    const card = world.slack.messages('support-success').at(-1);
    await world.slack.press('ana', 'support-success', card?.ts ?? '', 'alert.not_needed');
    await world.slack.waitFor(() => world.slack.openViews(world.slack.user('ana').id).length > 0, 'the form');
    await world.slack.submitView('ana', { why: { selected: 'noise' } });
    await world.settle();
    expect(await rowsOf(world.store, 'alerts')).toMatchObject([{ state: 'ended' }]);
    await expectNothingNew(async () => {
      await world.restart();
      await evaluateAgain();
    });
  });

  it('G4: an alert that nobody gets on with is in what the server says of itself, also while more comes to it', async () => {
    const standsStill = async () => {
      const answer = await fetch(`http://127.0.0.1:${world.baton.port}/readyz`);
      return ((await answer.json()) as { standsStill: { alerts: string[] } }).standsStill.alerts;
    };
    // Three weeks later, so that the cooldown is over; they go on writing, and nobody claims the card.
    await world.travel(21 * DAY);
    for (let n = 0; n < 11; n += 1) {
      await world.slack.post('acme', n % 2 === 0 ? 'joe' : 'jill', `The export misses row number ${n}`);
      await world.travel(DAY);
      if (n === 5) expect(await standsStill()).toEqual([]);
    }
    expect(await rowsOf(world.store, 'alerts')).toMatchObject([{ state: 'ended' }, { state: 'open' }]);
    expect(await standsStill()).toEqual([
      expect.stringMatching(/^The alert of Acme \(2\) has had no progress for \d+ days$/),
    ]);
  }, 120_000);
});
