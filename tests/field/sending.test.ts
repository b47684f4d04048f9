import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { post } from '../../src/queue/enqueue.js';
import { startWorld, type World } from '../support/baton.js';
import { sqliteDatabase } from '../support/databases.js';
import type { WebFault } from '../support/fake-slack/index.js';
import { rowsOf } from '../support/rows.js';

/** Longer than any wait between two tries of the queue. */
const A_WHILE = 400_000;

describe('sending, over the wire,', () => {
  let world: World;
  const database = sqliteDatabase();
  let serial = 0;

  beforeAll(async () => {
    world = await startWorld(database);
  });
  afterAll(async () => {
    await world.stop();
    await database.dispose();
  });

  const triage = () => world.slack.channel('triage').id;
  const inTriage = (text: string) =>
    world.slack.messages('triage').filter((message) => message.text.includes(text)).length;
  const toldTo = (name: string) => world.slack.messages(world.slack.dm(world.id(name)).id);
  const tries = (text: string) =>
    world.slack.calls('chat.postMessage').filter((call) => String(call.args.text).includes(text)).length;

  async function say(text: string, fallback = 'sam'): Promise<void> {
    await world.store.transact([], (tx) =>
      post(tx, triage(), { text, blocks: [] }, world.clock.business.now(), {
        fallbackUserId: world.id(fallback),
      }),
    );
  }
  const rowOf = async (text: string) =>
    (await rowsOf(world.store, 'outbox')).find((row) => row.text === text);

  describe('C7: a place that cannot be written to stops delivery at once', () => {
    const mended = {
      is_archived: () => ({ type: 'channel_unarchive', channel: triage(), user: world.id('lea') }),
      not_in_channel: () => ({
        type: 'member_joined_channel',
        channel: triage(),
        user: world.slack.botUserId,
        channel_type: 'C',
        team: world.slack.teamId,
      }),
      channel_not_found: () => ({ type: 'channel_unarchive', channel: triage(), user: world.id('lea') }),
    };

    for (const [code, mend] of Object.entries(mended)) {
      it(`C7: ${code} → held with its reason, the fallback told once, sent again when mended`, async () => {
        const text = `message into ${code}`;
        const told = toldTo('sam').length;
        world.slack.faults.next('chat.postMessage', { error: code });
        await say(text);
        await world.settle();
        expect(await rowOf(text)).toMatchObject({ state: 'held', error: code, attempts: 1 });
        expect(toldTo('sam')).toHaveLength(told + 1);
        expect(toldTo('sam').at(-1)?.text).toContain(code);

        world.slack.faults.next('chat.postMessage', { error: code });
        await say(`${text}, again`);
        world.clock.wait(A_WHILE);
        await world.settle();
        expect(toldTo('sam')).toHaveLength(told + 1);
        expect(tries(text)).toBe(2);

        await world.slack.deliverEvent(mend());
        await world.settle();
        expect(inTriage(text)).toBe(2);
      });
    }

    it('C7: a channel archived in earnest is left alone, shows in the readiness, and goes on when it is back', async () => {
      world.slack.channel('triage').isArchived = true;
      await say('said into an archive');
      await world.settle();
      const { details } = await world.baton.readiness();
      expect(details.queues).toMatchObject({ held: [{ target: triage(), error: 'is_archived' }] });
      const before = tries('said into an archive');
      world.clock.wait(A_WHILE);
      await world.settle();
      expect(tries('said into an archive')).toBe(before);

      world.slack.channel('triage').isArchived = false;
      await world.slack.deliverEvent({ type: 'channel_unarchive', channel: triage(), user: world.id('lea') });
      await world.settle();
      expect(inTriage('said into an archive')).toBe(1);
    });
  });

  describe('C8: what passes by itself stops nothing', () => {
    const passing: Record<string, WebFault> = {
      'HTTP 500': 'error_before',
      'a cut connection': 'disconnect_before',
      internal_error: { error: 'internal_error' },
      request_timeout: { error: 'request_timeout' },
    };

    for (const [what, fault] of Object.entries(passing)) {
      it(`C8: ${what} → tried again and sent once, the place stays open, nobody is bothered`, async () => {
        serial += 1;
        const text = `through ${serial}`;
        const told = toldTo('sam').length;
        world.slack.faults.next('chat.postMessage', fault);
        await say(text);
        await world.settle();
        expect(await rowOf(text)).toMatchObject({ state: 'unknown' });
        for (let wait = 0; wait < 5; wait += 1) {
          world.clock.wait(A_WHILE);
          await world.settle();
        }
        expect(inTriage(text)).toBe(1);
        expect(await rowOf(text)).toBeUndefined();
        expect(toldTo('sam')).toHaveLength(told);
        const { details } = await world.baton.readiness();
        expect(details.queues).toMatchObject({ held: [] });
      });
    }
  });

  it('C11: a reply goes out with thread_ts as the string that Slack gave', async () => {
    serial += 1;
    const parent = await world.slack.post('triage', 'sam', 'a parent', { ts: '1700000000.000100' });
    await world.store.transact([], (tx) =>
      post(tx, triage(), { text: 'a reply', blocks: [] }, world.clock.business.now(), {
        threadTs: parent.ts,
      }),
    );
    await world.settle();
    const call = world.slack.calls('chat.postMessage').find((one) => one.args.text === 'a reply');
    expect(call?.args.thread_ts).toBe('1700000000.000100');
    expect(world.slack.messages('triage').find((message) => message.text === 'a reply')?.thread_ts).toBe(
      '1700000000.000100',
    );
    expect(world.slack.violations).toEqual([]);
  });
});
