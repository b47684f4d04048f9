import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { touchCards } from '../../src/queue/cards.js';
import { post } from '../../src/queue/enqueue.js';
import { startWorld, type World } from '../support/baton.js';
import { sqliteDatabase } from '../support/databases.js';
import { rowsOf } from '../support/rows.js';

const SECOND = 1_000;
/** Longer than all look-ups of a message of unknown outcome together. */
const LOOK_UPS = 30 * SECOND;

describe('sending through faults, over the wire,', () => {
  let world: World;
  let database: ReturnType<typeof sqliteDatabase>;

  beforeEach(async () => {
    database = sqliteDatabase();
    // As in the product: a channel is written to once a second.
    world = await startWorld(database, { baton: { paceMs: SECOND } });
  });
  afterEach(async () => {
    await world.stop();
    await database.dispose();
  });

  const idOf = (channel: string) => world.slack.channel(channel).id;
  const say = (channel: string, text: string) =>
    world.store.transact([], (tx) =>
      post(tx, idOf(channel), { text, blocks: [] }, world.clock.business.now()),
    );
  const shown = (channel: string, text: string) =>
    world.slack.messages(channel).filter((message) => message.text.includes(text)).length;
  const posts = (text: string) =>
    world.slack.calls('chat.postMessage').filter((call) => String(call.args.text).includes(text)).length;
  const rowOf = async (text: string) =>
    (await rowsOf(world.store, 'outbox')).find((row) => row.text === text);

  /** Waits as long as it takes for look-ups and retries to be over. */
  async function sitOut(ms: number): Promise<void> {
    for (let waited = 0; waited <= ms; waited += 5 * SECOND) {
      world.clock.wait(5 * SECOND);
      await world.settle();
    }
  }

  for (const fault of ['dropped_reply', 'error_after'] as const) {
    it(`C1: stored by Slack, then ${fault} → looked up by its metadata, adopted, posted once`, async () => {
      world.slack.faults.next('chat.postMessage', fault);
      await say('triage', 'one and only');
      await world.settle();
      expect((await rowOf('one and only'))?.state).toBe('unknown');
      await sitOut(LOOK_UPS);
      expect(shown('triage', 'one and only')).toBe(1);
      expect(posts('one and only')).toBe(1);
      expect((await rowsOf(world.store, 'outbox')).filter((row) => row.state === 'unknown')).toEqual([]);
    });
  }

  it('C1: in a thread too, where the history does not show it', async () => {
    const { ts } = await world.slack.post('triage', 'sam', 'a thread');
    world.slack.faults.next('chat.postMessage', 'dropped_reply');
    await world.store.transact([], (tx) =>
      post(tx, idOf('triage'), { text: 'in the thread', blocks: [] }, world.clock.business.now(), {
        threadTs: ts,
      }),
    );
    await sitOut(LOOK_UPS);
    expect(shown('triage', 'in the thread')).toBe(1);
  });

  for (const fault of ['error_before', 'disconnect_before', 'html'] as const) {
    it(`C1: ${fault}, nothing stored → looked up in vain, then sent again, once`, async () => {
      world.slack.faults.next('chat.postMessage', fault);
      await say('triage', 'again, please');
      await sitOut(LOOK_UPS);
      expect(shown('triage', 'again, please')).toBe(1);
      expect(posts('again, please')).toBe(2);
    });
  }

  it('C1: where the history cannot be read, it is given up as unknown and never sent blindly', async () => {
    for (let i = 0; i < 10; i += 1)
      world.slack.faults.next('conversations.history', { error: 'missing_scope' });
    world.slack.faults.next('chat.postMessage', 'dropped_reply');
    await say('triage', 'nobody knows');
    await sitOut(LOOK_UPS);
    expect(posts('nobody knows')).toBe(1);
    expect(await rowOf('nobody knows')).toMatchObject({ state: 'dead', error: 'outcome unknown' });
  });

  it('C2: a 429 with Retry-After 30 on one channel stops that channel only, until it is over', async () => {
    world.slack.faults.next('chat.postMessage', { kind: 'rate_limited', retryAfter: 30 });
    await say('triage', 'must wait');
    await world.settle();
    await say('support-success', 'goes out');
    await say('triage', 'waits behind');
    await world.settle();
    expect(shown('support-success', 'goes out')).toBe(1);
    await sitOut(15 * SECOND);
    expect(shown('triage', 'must wait')).toBe(0);
    await sitOut(20 * SECOND);
    expect(world.slack.messages('triage').map((message) => message.text)).toEqual([
      'must wait',
      'waits behind',
    ]);
  });

  it('C2: a second channel refused meanwhile makes the method wait; a 429 without Retry-After waits too', async () => {
    world.slack.faults.next('chat.postMessage', { kind: 'rate_limited', retryAfter: 30 });
    await say('triage', 'first');
    await world.settle();
    world.slack.faults.next('chat.postMessage', 'rate_limited_bare');
    await say('support-success', 'second');
    await world.settle();
    const tried = world.slack.calls('chat.postMessage').length;
    await say('acme-internal', 'third');
    await world.settle();
    expect(world.slack.calls('chat.postMessage')).toHaveLength(tried);
    await sitOut(40 * SECOND);
    for (const [channel, text] of [
      ['triage', 'first'],
      ['support-success', 'second'],
      ['acme-internal', 'third'],
    ])
      expect(shown(channel ?? '', text ?? '')).toBe(1);
  });

  describe('a card', () => {
    beforeEach(async () => {
      const { ts } = await world.slack.post('acme', 'joe', 'The export is broken');
      await world.settle();
      await world.slack.react('acme', ts, 'sam', 'ticket');
      await world.settle();
    });
    const change = async (title: string) =>
      world.store.transact(['account:1'], async (tx) => {
        await tx.db.update(tx.t.issues).set({ title });
        await touchCards(tx, 'issue', 1, world.clock.business.now());
      });
    const updates = () =>
      world.slack.calls('chat.update').filter((call) => call.args.channel === idOf('triage'));

    it('C6: whose update fails for now is not posted anew', async () => {
      world.slack.faults.next('chat.update', 'error_before');
      await change('Now with a better title');
      await sitOut(LOOK_UPS);
      expect(world.slack.messages('triage')).toHaveLength(1);
      expect(JSON.stringify(world.slack.messages('triage'))).toContain('Now with a better title');
    });

    it('C6: that was taken away stays away until it changes again, then it is posted anew', async () => {
      const [card] = world.slack.messages('triage');
      await world.slack.remove('triage', card?.ts ?? '');
      await change('Nobody sees this');
      await sitOut(10 * SECOND);
      expect(world.slack.messages('triage').filter((message) => message.ts !== card?.ts)).toEqual([]);
      await change('But this');
      await sitOut(10 * SECOND);
      const anew = world.slack.messages('triage').filter((message) => message.ts !== card?.ts);
      expect(anew).toHaveLength(1);
      expect(JSON.stringify(anew)).toContain('But this');
    });

    it('C10: ten changes within a second become one update, with the last state', async () => {
      const before = updates().length;
      for (let i = 1; i <= 10; i += 1) await change(`Title number ${i}`);
      world.slack.faults.next('chat.update', 'rate_limited');
      await sitOut(10 * SECOND);
      expect(JSON.stringify(world.slack.messages('triage'))).toContain('Title number 10');
      expect(updates().filter((call) => call.status === 200).length - before).toBeLessThanOrEqual(2);
    });
  });

  it('D4: a revoked token stops sending and shows; the first success clears it, and nothing was lost', async () => {
    world.slack.revokeToken();
    await say('triage', 'while revoked');
    await world.settle();
    const refused = world.slack.log.length;
    await say('support-success', 'also while revoked');
    await world.settle();
    expect(world.slack.calls('chat.postMessage').length).toBeLessThanOrEqual(2);
    expect(world.slack.log.length - refused).toBeLessThanOrEqual(2);
    expect((await world.baton.readiness()).problems.join()).toContain(
      'Slack refuses the token (token_revoked)',
    );
    world.slack.restoreToken();
    await sitOut(70 * SECOND);
    expect(shown('triage', 'while revoked')).toBe(1);
    expect(shown('support-success', 'also while revoked')).toBe(1);
    expect((await world.baton.readiness()).problems).toEqual([]);
  });
});
