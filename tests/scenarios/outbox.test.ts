import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findCard, placeCard, touchCards } from '../../src/queue/cards.js';
import { post, whisper } from '../../src/queue/enqueue.js';
import type { Store } from '../../src/store/transact.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';
import { platformError, rateLimited, serverError } from '../support/paper-slack.js';
import { rowsOf } from '../support/rows.js';

const TRIAGE = 'CTRIAGE';
const TEAM = 'CSUPPORTSUCCESS';

onEveryDatabase('the outbox', (database) => {
  let store: Store;
  let office: Office;
  let version = 1;
  beforeEach(async () => {
    store = await database.open();
    version = 1;
    office = await openOffice(store, {
      paceMs: 1_000,
      outbox: { render: async (_tx, card) => ({ text: `${card.kind} ${version}`, blocks: [] }) },
    });
  });
  afterEach(() => store.close());

  const say = (target: string, text: string, key = text) =>
    store.transact([], (tx) => post(tx, target, { text, blocks: [] }, office.now(), { key }));
  const sentTo = (channel: string) => office.slack.posts(channel).map((message) => message.text);
  const rows = () => rowsOf(store, 'outbox');
  const place = () =>
    store.transact([], (tx) =>
      placeCard(tx, { kind: 'issue', subjectId: 7, target: TRIAGE, accounts: [1] }, office.now()),
    );
  const touch = () => store.transact([], (tx) => touchCards(tx, 'issue', 7, office.now()));
  /** Waits and sends, as the pump does. */
  async function later(ms: number): Promise<void> {
    office.clock.wait(ms);
    await office.outbox.step();
  }

  it('sends one message a second to a channel, in order, and other channels beside it', async () => {
    for (const text of ['one', 'two', 'three']) await say(TRIAGE, text);
    await say(TEAM, 'elsewhere');
    const next = await office.outbox.step();
    expect(sentTo(TRIAGE)).toEqual(['one']);
    expect(sentTo(TEAM)).toEqual(['elsewhere']);
    expect(next).toBe(office.clock.machine.now() + 1_000);
    await later(999);
    expect(sentTo(TRIAGE)).toEqual(['one']);
    await later(1);
    await later(1_000);
    expect(sentTo(TRIAGE)).toEqual(['one', 'two', 'three']);
  });

  it('the same key is one message', async () => {
    await say(TRIAGE, 'once', 'k');
    await say(TRIAGE, 'twice', 'k');
    await office.outbox.step();
    await later(1_000);
    expect(sentTo(TRIAGE)).toEqual(['once']);
  });

  it('429 on one channel: it waits its Retry-After, the others go on', async () => {
    office.slack.fail('post', rateLimited(30), { channel: TRIAGE });
    await say(TRIAGE, 'slow');
    await say(TEAM, 'fast');
    await office.outbox.step();
    expect(sentTo(TEAM)).toEqual(['fast']);
    expect(await rows()).toContainEqual(
      expect.objectContaining({ key: 'slow', state: 'new', notBefore: office.clock.machine.now() + 30_000 }),
    );
    await say(TEAM, 'still fast');
    await later(29_000);
    expect(sentTo(TEAM)).toEqual(['fast', 'still fast']);
    expect(sentTo(TRIAGE)).toEqual([]);
    await later(1_000);
    expect(sentTo(TRIAGE)).toEqual(['slow']);
  });

  it('429 on a second channel within that time: the method waits', async () => {
    office.slack.fail('post', rateLimited(30), { channel: TRIAGE });
    office.slack.fail('post', rateLimited(30), { channel: TEAM });
    await say(TRIAGE, 'slow');
    await office.outbox.step();
    await say(TEAM, 'slow too');
    await office.outbox.step();
    await say('CACMEINTERNAL', 'nobody refused this one');
    await later(29_000);
    expect(office.slack.posts()).toEqual([]);
    await later(1_000);
    expect(sentTo('CACMEINTERNAL')).toEqual(['nobody refused this one']);
  });

  it('an answer that was lost is looked up, found and adopted: nothing is sent twice', async () => {
    office.slack.fail('post', serverError(), { after: true });
    await say(TRIAGE, 'said', 'k');
    await office.outbox.step();
    expect(await rows()).toMatchObject([{ state: 'unknown' }]);
    await later(3_000);
    expect(sentTo(TRIAGE)).toEqual(['said']);
    const [row] = await rows();
    expect(row).toMatchObject({
      state: 'sent',
      channel: TRIAGE,
      ts: office.slack.posts(TRIAGE)[0]?.ts,
      text: null,
    });
  });

  it('what is looked up and not found is sent once more, after three look-ups', async () => {
    office.slack.fail('post', serverError());
    await say(TRIAGE, 'said', 'k');
    await office.outbox.step();
    for (const found of [1, 2, 3]) {
      expect(sentTo(TRIAGE)).toEqual([]);
      await later(3_000);
      expect(office.slack.callsOf('findByKey')).toHaveLength(found);
    }
    await later(1_000);
    expect(sentTo(TRIAGE)).toEqual(['said']);
    expect(await rows()).toMatchObject([{ state: 'sent', attempts: 2 }]);
  });

  it('where nothing can be looked up it is given up as outcome unknown', async () => {
    office.slack.fail('post', serverError(), { after: true });
    office.slack.fail('findByKey', platformError('missing_scope'));
    await say(TRIAGE, 'said', 'k');
    await office.outbox.step();
    await later(3_000);
    expect((await rows())[0]).toMatchObject({ state: 'dead', error: 'outcome unknown' });
    await later(600_000);
    expect(sentTo(TRIAGE)).toEqual(['said']);
  });

  it('a claim of a process that died is looked up before anything is sent again', async () => {
    await say(TRIAGE, 'said', 'k');
    await store.transact([], async (tx) => {
      await tx.db
        .update(tx.t.outbox)
        .set({ state: 'sending', sendingSince: office.clock.machine.now(), attempts: 1 })
        .where(eq(tx.t.outbox.key, 'k'));
    });
    await office.outbox.step();
    expect(office.slack.calls.map((call) => call.method)).not.toContain('post');
    await later(31_000);
    await later(1);
    expect(office.slack.callsOf('findByKey').length).toBeGreaterThan(0);
    for (let wait = 0; wait < 4; wait += 1) await later(3_000);
    expect(sentTo(TRIAGE)).toEqual(['said']);
  });

  it('a place that is gone holds its messages and tells an admin once; mended, they go out in order', async () => {
    for (const text of ['one', 'two']) {
      office.slack.fail('post', platformError('is_archived'), { channel: TRIAGE });
      await say(TRIAGE, text);
    }
    await office.outbox.step();
    await later(1_000);
    expect((await rows()).filter((row) => row.state === 'held')).toHaveLength(2);
    await later(1_000);
    expect(office.slack.posts('DULEA')).toHaveLength(1);
    await office.event('channel_unarchive', { channel: TRIAGE, user: 'ULEA' });
    await office.inbox.step();
    await later(1_000);
    await later(1_000);
    expect(sentTo(TRIAGE)).toEqual(['one', 'two']);
  });

  it('ten changes of a card are one update, with the last state', async () => {
    await place();
    await office.outbox.step();
    for (version = 2; version < 12; version += 1) await touch();
    version = 11;
    await later(1_000);
    expect(sentTo(TRIAGE)).toEqual(['issue 11']);
    expect(office.slack.callsOf('update')).toHaveLength(1);
    await touch();
    await later(1_000);
    expect(office.slack.callsOf('update')).toHaveLength(1);
  });

  it('a card that fails to be updated is never posted beside itself', async () => {
    await place();
    await office.outbox.step();
    office.slack.fail('update', serverError());
    version = 2;
    await touch();
    await later(1_000);
    await later(3_000);
    await later(1_000);
    expect(sentTo(TRIAGE)).toEqual(['issue 2']);
    expect(office.slack.posts(TRIAGE)).toHaveLength(1);
  });

  it('a card that was deleted in Slack is left alone; its next change posts it anew', async () => {
    await place();
    await office.outbox.step();
    office.slack.messages.length = 0;
    version = 2;
    await touch();
    await later(1_000);
    expect(office.slack.posts()).toEqual([]);
    expect(await store.read((tx) => findCard(tx, 'issue', 7, TRIAGE))).toMatchObject({ ts: null });
    version = 3;
    await touch();
    await later(1_000);
    expect(sentTo(TRIAGE)).toEqual(['issue 3']);
    expect(office.slack.posts('DULEA')).toEqual([]);
  });

  it('a card whose posting was lost on the way is adopted, and its next change updates it', async () => {
    office.slack.fail('post', serverError(), { after: true });
    await place();
    await office.outbox.step();
    version = 2;
    await touch();
    await later(3_000);
    await later(1_000);
    expect(sentTo(TRIAGE)).toEqual(['issue 2']);
  });

  it('a private answer that cannot be shown there comes as a direct message', async () => {
    office.slack.fail('postPrivate', platformError('user_not_in_channel'));
    await store.transact([], (tx) =>
      whisper(tx, { userId: 'USAM', channel: 'CACME' }, { text: 'psst', blocks: [] }, office.now()),
    );
    await office.outbox.step();
    await later(1_000);
    expect(office.slack.whispers).toEqual([]);
    expect(sentTo('DUSAM')).toEqual(['psst']);
    expect(sentTo('CACME')).toEqual([]);
  });

  it('a revoked token holds everything back, and a working one sends it', async () => {
    office.slack.fail('post', platformError('token_revoked'));
    await say(TRIAGE, 'said');
    await office.outbox.step();
    expect(await rows()).toMatchObject([{ state: 'new' }]);
    await later(30_000);
    expect(office.slack.callsOf('post')).toHaveLength(1);
    await later(60_000);
    expect(sentTo(TRIAGE)).toEqual(['said']);
  });
});
