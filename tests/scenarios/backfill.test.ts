import { afterEach, beforeEach, expect, it } from 'vitest';
import { channelOf } from '../../src/accounts/store.js';
import { channelsToReadBack, finishPast, takeInPast } from '../../src/issues/store/past.js';
import { Backfill } from '../../src/queue/backfill.js';
import { beginObserving } from '../../src/signals/observe.js';
import type { Store } from '../../src/store/transact.js';
import { DAY_MS, HOUR_MS } from '../../src/time/index.js';
import { quietLog } from '../support/baton.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';
import { platformError, rateLimited } from '../support/paper-slack.js';
import { eventsOf, rowsOf } from '../support/rows.js';

onEveryDatabase('the past of customer channels', (database) => {
  let store: Store;
  let office: Office;
  let backfill: Backfill;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
    backfill = worker();
  });
  afterEach(() => store.close());

  const worker = () =>
    new Backfill({
      store,
      slack: office.slack,
      businessNow: office.clock.business.now,
      machineNow: office.clock.machine.now,
      log: quietLog,
      channels: channelsToReadBack,
      learn: (users) => office.lookups.ensureUsers(users),
      keyOf: async (tx, channel) => `account:${(await channelOf(tx, channel))?.accountId}`,
      takeIn: (tx, channel, messages, isTextKept) =>
        takeInPast(tx, channel, messages, office.clock.business.of, isTextKept),
      finish: finishPast,
      paceMs: 1_000,
    });
  const begin = () => store.transact(['company'], (tx) => beginObserving(tx, office.now()));
  /** Some days ago at an hour after nine in Berlin, as a ts. */
  const tsAt = (days: number, hours = 0) =>
    ((office.now() - days * DAY_MS + hours * HOUR_MS) / 1000).toFixed(6);
  const past = (
    channel: string,
    user: string,
    ts: string,
    text: string,
    more: { threadTs?: string; latestReply?: string } = {},
  ) =>
    office.slack.past.push({
      channel,
      message: {
        ts,
        threadTs: more.threadTs ?? null,
        raw: { ts, user, text, ...(more.threadTs ? { thread_ts: more.threadTs } : {}) },
        editedTs: null,
        reactions: [],
        latestReply: more.latestReply ?? null,
      },
    });
  /** Reads until there is nothing more; each question waits its turn. */
  const readAll = async () => {
    let steps = 0;
    for (let at = await backfill.step(); at !== undefined; at = await backfill.step()) {
      office.clock.wait(Math.max(0, at - office.clock.machine.now()) + 1);
      steps += 1;
      if (steps > 200) throw new Error('it never ends');
    }
    return steps;
  };

  it('brings who wrote when and what was answered, without the words, and nothing follows from it', async () => {
    const asked = tsAt(20);
    past('CACME', 'UJOE', asked, 'The export misses rows', { latestReply: tsAt(20, 3) });
    past('CACME', 'USAM', tsAt(20, 3), 'Looking into it', { threadTs: asked });
    past('CACME', 'UJOE', tsAt(13), 'And the import fails?');
    past('CACME', 'UJOE', tsAt(6), 'Thanks!');
    past('CACME', 'UJILL', tsAt(200), 'Long ago');
    await begin();
    await readAll();
    expect(await rowsOf(store, 'contacts')).toMatchObject([
      { accountId: 1, author: 'UJOE', settled: 'answered', replyWorkingMs: 3 * HOUR_MS },
      { accountId: 1, author: 'UJOE', settled: 'seen', firstReplyAt: null, waitsSince: null },
    ]);
    // Fifteen working minutes unanswered is friction, as it is for what Baton hears.
    expect((await rowsOf(store, 'contacts')).every((row) => row.waitedAt !== null)).toBe(true);
    expect((await rowsOf(store, 'messages')).map((row) => row.text)).toEqual(['', '', '', '']);
    expect(await eventsOf(store, 'contact.opened')).toHaveLength(2);
    await office.travel(DAY_MS);
    for (const table of ['suggestions', 'signals', 'alerts', 'issues', 'outbox'] as const)
      expect([table, await rowsOf(store, table)]).toEqual([table, []]);
    const rows = await rowsOf(store, 'backfills');
    expect(rows.map((row) => [row.channel, row.messages, row.doneAt !== null])).toEqual([
      ['CACME', 4, true],
      ['CGLOBEX', 0, true],
      ['CINITECH', 0, true],
    ]);
    expect((await office.command('ana', 'triage', '/account', 'acme'))?.say?.blocks).toBeDefined();
  });

  it('keeps the words only where an admin says so, and reads only what is older than what was heard', async () => {
    past('CACME', 'UJOE', tsAt(3), 'The export misses rows');
    const heard = await office.writes('acme', 'joe', 'The import fails');
    past('CACME', 'UJOE', heard, 'The import fails');
    await office.apply(`${(await import('../support/baton.js')).companyText()}
settings:
  backfill: { days: 30, text: true }
`);
    await readAll();
    expect((await rowsOf(store, 'messages')).map((row) => row.text).sort()).toEqual([
      'The export misses rows',
      'The import fails',
    ]);
    expect((await rowsOf(store, 'backfills'))[0]).toMatchObject({ channel: 'CACME', messages: 1 });
  });

  it('leaves its words to what is heard while the past is read, and to what was written just before', async () => {
    const [late, last] = [tsAt(1), ((office.now() - 10_000) / 1000).toFixed(6)];
    for (const ts of [late, last]) past('CACME', 'UJOE', ts, 'The export misses rows');
    await begin();
    await backfill.step();
    // Slack sends it late, and one that was written as Baton began.
    for (const ts of [late, last]) await office.writes('acme', 'joe', 'The export misses rows', { ts });
    await readAll();
    expect((await rowsOf(store, 'messages')).map((row) => row.text)).toEqual([
      'The export misses rows',
      'The export misses rows',
    ]);
    await office.reacts('acme', last, 'sam', 'ticket');
    expect(await rowsOf(store, 'issues')).toMatchObject([{ title: 'The export misses rows' }]);
  });

  it('goes on where it was after a restart, reads nothing twice, and keeps to the pace that Slack asks for', async () => {
    past('CACME', 'UJOE', tsAt(80), 'One');
    past('CACME', 'UJOE', tsAt(40), 'Another matter entirely');
    await begin();
    office.slack.fail('history', rateLimited(30), { channel: 'CACME' });
    const waits = await backfill.step();
    expect(waits).toBe(office.clock.machine.now() + 30_000);
    expect(await backfill.step()).toBe(waits);
    office.clock.wait(61_000);
    for (let i = 0; i < 5; i += 1) {
      await backfill.step();
      office.clock.wait(1_001);
    }
    const before = office.slack.callsOf('history').length;
    backfill = worker();
    await readAll();
    expect(await rowsOf(store, 'contacts')).toHaveLength(2);
    const asked = office.slack.callsOf('history').map((call) => `${call.channel} ${call.ts}`);
    expect(new Set(asked.slice(1)).size).toBe(asked.length - 1);
    expect(before).toBeGreaterThan(1);
  });

  it('a channel that cannot be read is left; without a new installation nothing is asked', async () => {
    expect(await backfill.step()).toBeUndefined();
    expect(office.slack.callsOf('history')).toEqual([]);
    await begin();
    office.slack.fail('history', platformError('not_in_channel'), { channel: 'CACME' });
    await readAll();
    expect((await rowsOf(store, 'backfills'))[0]).toMatchObject({
      channel: 'CACME',
      error: 'not_in_channel',
    });
    expect((await rowsOf(store, 'backfills')).every((row) => row.doneAt !== null)).toBe(true);
  });
});
