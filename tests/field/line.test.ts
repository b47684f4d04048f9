import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Hearing } from '../../src/main/hearing.js';
import { planCatchUp } from '../../src/queue/catch-up.js';
import { quietLog, startWorld, TUESDAY_9, type World } from '../support/baton.js';
import { onRealPostgres, sqliteDatabase } from '../support/databases.js';
import { rowsOf } from '../support/rows.js';

const MINUTE = 60_000;

describe('the line to Slack', () => {
  let world: World;
  let database: ReturnType<typeof sqliteDatabase>;

  beforeEach(async () => {
    database = sqliteDatabase();
    world = await startWorld(database);
  });
  afterEach(async () => {
    await world.stop();
    await database.dispose();
  });

  const contacts = () => rowsOf(world.store, 'contacts');
  const counted = async () => (await world.baton.readiness()).details.ignored as Record<string, number>;

  it('A12: an unknown event, an unknown team and what is no envelope are acknowledged, counted, and leave no row', async () => {
    const { slack } = world;
    const before = (await rowsOf(world.store, 'inbox')).length;
    expect((await slack.deliverEvent({ type: 'sky_is_blue', channel: 'C1' })).acked).toBe(true);
    const foreign = { team_id: 'T_ELSE', context_team_id: 'T_ELSE', authorizations: [{ team_id: 'T_ELSE' }] };
    expect(
      (
        await slack.deliverEvent(
          { type: 'message', channel: 'C1', user: 'U1', text: 'hi', ts: '1.0' },
          foreign,
        )
      ).acked,
    ).toBe(true);
    const odd = { type: 'event_callback', event: { type: 7 } };
    const frame = { envelope_id: 'odd', type: 'events_api', accepts_response_payload: false, payload: odd };
    expect((await slack.deliverRaw(frame)).acked).toBe(true);
    expect((await rowsOf(world.store, 'inbox')).length).toBe(before);
    expect(await counted()).toMatchObject({ 'unknown type': 1, 'other team': 1, unreadable: 1 });
  });

  it('D5: a day of messages, answers and issues asks Slack for no history', async () => {
    const { slack } = world;
    const { ts } = await slack.post('acme', 'joe', 'The export is broken');
    await slack.post('acme', 'joe', 'Since Monday', { threadTs: ts });
    await world.settle();
    await slack.react('acme', ts, 'sam', 'ticket');
    await world.settle();
    await slack.command('sam', 'triage', '/escalate', 'B-1 production is blocked');
    await slack.command('eli', 'triage', '/baton', 'fix live B-1');
    await slack.post('acme', 'sam', 'It is fixed', { threadTs: ts });
    await world.settle();
    expect(slack.messages('triage').length).toBeGreaterThan(0);
    expect(slack.calls('conversations.history')).toEqual([]);
    expect(slack.calls('conversations.replies')).toEqual([]);
  });

  it('A13: a socket cut while an event is handled keeps its row; the copy that Slack sends changes nothing', async () => {
    world.slack.faults.nextDelivery('disconnect');
    await world.slack.post('acme', 'joe', 'The export is broken');
    await world.settle();
    expect(await contacts()).toHaveLength(1);
    await world.slack.waitFor(() => world.slack.connections() > 0, 'a new socket', 15_000);
    await world.slack.drainDeliveries();
    await world.settle();
    expect(await contacts()).toHaveLength(1);
  }, 30_000);

  it('A13: a line on which nothing comes, not even a pong, fails the readiness', async () => {
    expect((await world.baton.readiness()).problems).toEqual([]);
    world.clock.wait(30 * MINUTE);
    expect((await world.baton.readiness()).problems.join()).toContain('silent');
  });

  it('A13: app_rate_limited, which has no inner event, ends nothing', async () => {
    await world.slack.deliverRaw({
      type: 'app_rate_limited',
      team_id: world.slack.teamId,
      minute_rate_limited: 1,
    });
    await world.slack.post('acme', 'joe', 'Still there?');
    await world.settle();
    expect(await contacts()).toHaveLength(1);
  });

  it('reads the channels back after a gap: messages, answers in threads and reactions, each once', async () => {
    const { slack, store, clock } = world;
    const first = await slack.post('acme', 'joe', 'The export is broken');
    await world.settle();
    await world.baton.stop();
    slack.deliverOver({ url: 'http://127.0.0.1:1/nobody' });
    const missed = await slack.post('globex', 'gus', 'Nobody hears this');
    await slack.post('acme', 'joe', 'In the thread, more of it', { threadTs: first.ts });
    await slack.react('globex', missed.ts, 'sam', 'ticket');
    // Slack gave up on them; else a late try of its own would bring them over the new socket.
    await slack.drainDeliveries();
    slack.deliverOver('socket');
    clock.wait(10 * MINUTE);
    await world.restart();
    await slack.waitFor(
      () => slack.calls('conversations.history').length >= 6,
      'every channel read back',
      15_000,
    );
    await world.settle();
    await world.slack.waitFor(() => slack.messages('triage').length === 1, 'the card of what was missed');
    expect((await contacts()).map((contact) => contact.messages).sort()).toEqual([1, 2]);
    expect(JSON.stringify(slack.messages('triage'))).toContain('Nobody hears this');
    expect(slack.ephemerals()).toEqual([]);
    expect(await store.read(async (tx) => tx.db.select().from(tx.t.catchUps))).toHaveLength(6);
  }, 40_000);

  it('goes on reading back where a restart stopped it, and waits when Slack says so', async () => {
    const { slack, store } = world;
    await slack.post('acme', 'joe', 'The export is broken');
    await world.settle();
    slack.faults.next('conversations.history', { kind: 'rate_limited', retryAfter: 1 });
    const from = ((TUESDAY_9 - 10 * MINUTE) / 1000).toFixed(6);
    await store.transact([], (tx) =>
      planCatchUp(tx, [slack.channel('acme').id, slack.channel('globex').id], from),
    );
    await world.restart();
    const waiting = async () => (await rowsOf(store, 'catchUps')).filter((row) => row.fromTs !== null).length;
    for (let i = 0; i < 40 && (await waiting()) > 0; i += 1) {
      world.clock.wait(2_000);
      await world.baton.work();
    }
    expect(await contacts()).toHaveLength(1);
  }, 30_000);

  it('tells the admins and the team channel once that Slack is not heard, and reads back when it is again', async () => {
    const { store, clock, slack } = world;
    let open = 1;
    let woken = 0;
    const hearing = new Hearing({
      store,
      clocks: clock,
      log: quietLog,
      openConnections: () => open,
      lastFrameAt: () => clock.machine.now(),
      wakeCatchUp: () => {
        woken += 1;
      },
    });
    await hearing.check();
    open = 0;
    for (const wait of [MINUTE, 2 * MINUTE, MINUTE]) {
      clock.wait(wait);
      await hearing.check();
    }
    expect(hearing.isDeaf()).toBe(true);
    await world.settle();
    const said = (channel: string) =>
      slack.messages(channel).filter((message) => message.text.includes('not heard Slack'));
    expect(said('support-success')).toHaveLength(1);
    expect(said(slack.dm(world.id('lea')).id)).toHaveLength(1);
    open = 1;
    await hearing.check();
    expect(hearing.isDeaf()).toBe(false);
    expect(woken).toBe(1);
    expect((await rowsOf(store, 'catchUps')).every((row) => row.fromTs !== null)).toBe(true);
  });
});

onRealPostgres('A14: two instances on one database', (database) => {
  it('A14: the same event to each of them is one contact and one issue', async () => {
    const first = await startWorld(database);
    const second = await first.another();
    const { ts, delivery } = await first.slack.post('acme', 'joe', 'The export is broken');
    await first.slack.deliverRaw(delivery.envelope);
    await first.slack.deliverRaw(delivery.envelope);
    await Promise.all([first.settle(), second.work()]);
    await first.slack.react('acme', ts, 'sam', 'ticket');
    await Promise.all([first.settle(), second.work()]);
    await first.settle();
    expect(await rowsOf(first.store, 'contacts')).toHaveLength(1);
    expect(await rowsOf(first.store, 'issues')).toHaveLength(1);
    expect(first.slack.messages('triage')).toHaveLength(1);
    await second.stop();
    await first.stop();
  });
});
