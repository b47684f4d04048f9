import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gate } from '../../src/accounts/gate.js';
import { SURFACES } from '../../src/main/routes.js';
import type { Answer } from '../../src/slack/dispatch.js';
import type { Shortcut, Submit } from '../../src/slack/interactions.js';
import type { Store } from '../../src/store/transact.js';
import { HOUR_MS, MINUTE_MS } from '../../src/time/index.js';
import { onEveryDatabase } from '../support/databases.js';
import { channelId, type Office, openOffice, userId } from '../support/office.js';
import { eventsOf, rowsOf } from '../support/rows.js';

onEveryDatabase('logging', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
  });
  afterEach(() => store.close());

  const contacts = () => rowsOf(store, 'contacts');
  const issues = () => rowsOf(store, 'issues');
  const sources = () => rowsOf(store, 'issueSources');
  const lines = () => office.slack.posts('CTRIAGE').filter((post) => !/^B-\d/.test(post.text));
  const whisperedTo = (name: string) =>
    office.slack.whispers.filter((one) => one.user === `U${name.toUpperCase()}`).map((one) => one.text);
  const said = (answer: Answer | undefined) => JSON.stringify(answer?.say ?? null);

  async function run(it: Shortcut | Submit): Promise<Answer | undefined> {
    const surface =
      it.kind === 'shortcut' ? SURFACES.shortcuts[it.callbackId] : SURFACES.submits[it.callbackId];
    if (!surface) throw new Error(`nobody answers ${it.callbackId}`);
    const keys = await store.read(async (tx) => (await surface.keys?.(tx, it as never)) ?? []);
    return store.transact(keys, async (tx) => {
      const who = await gate(tx, it, surface.may);
      if ('refused' in who) return undefined;
      return surface.run(tx, who.actor, it as never, office.now());
    });
  }
  const base = (user: string) => ({
    key: `k${office.slack.next()}`,
    userId: userId(user),
    teamId: null,
    triggerId: 't',
  });
  const shortcut = (
    user: string,
    channel: string,
    message: { ts: string; user: string; text: string; threadTs?: string },
  ) =>
    run({
      ...base(user),
      kind: 'shortcut',
      callbackId: 'issue.log_message',
      channel: channelId(channel),
      message: { threadTs: null, ...message, user: userId(message.user) },
    });
  /** Sends a form as it was opened, with some fields filled in. */
  function submit(user: string, opened: Answer | undefined, filled: Record<string, string | null> = {}) {
    const view = opened?.open as { callback_id: string; private_metadata: string; blocks: Block[] };
    const shown = Object.fromEntries(
      view.blocks.flatMap((block) => (block.block_id ? [[block.block_id, initial(block)]] : [])),
    );
    return run({
      ...base(user),
      kind: 'submit',
      callbackId: view.callback_id,
      metadata: view.private_metadata,
      values: { ...shown, ...filled },
    });
  }
  interface Block {
    block_id?: string;
    element?: { initial_value?: string; initial_option?: { value: string } };
  }
  const initial = (block: Block) =>
    block.element?.initial_option?.value ?? block.element?.initial_value ?? null;

  describe('/issue log', () => {
    it('with a title takes the newest unlogged message of two hours, says which, and another can be chosen', async () => {
      await office.writes('acme', 'joe', 'The export misses rows since Monday');
      office.clock.advance(70 * MINUTE_MS);
      await office.writes('acme', 'jill', 'Our invoices are wrong this month');
      const answer = await office.command('sam', 'acme-internal', '/issue', 'log Export drops rows');
      expect(said(answer)).toContain('It holds <https://');
      expect(said(answer)).toContain('Our invoices are wrong this month');
      expect(said(answer)).toContain('Other message');
      const [first, second] = await contacts();
      expect(second?.issueId).toBe((await issues())[0]?.id);
      const opened = await office.press('sam', 'issue.other_message', `1:${second?.id}`);
      expect(JSON.stringify(opened?.open)).toContain('The export misses rows');
      const done = await submit('sam', opened, { message: String(first?.id) });
      expect(said(done)).toContain('*B-1* holds');
      expect((await contacts()).map((contact) => contact.issueId !== null)).toEqual([true, false]);
      expect(await sources()).toHaveLength(1);
      expect((await contacts())[1]?.waitsSince).not.toBeNull();
      await office.travel(HOUR_MS);
      expect(JSON.stringify(lines())).toContain('Our invoices');
      expect(await eventsOf(store, 'issue.source_removed')).toHaveLength(1);
    });

    it('about none of the messages leaves it without one; a message of another issue is named', async () => {
      await office.writes('acme', 'joe', 'The export misses rows since Monday');
      const [contact] = await contacts();
      await office.command('sam', 'acme-internal', '/issue', 'log Export drops rows');
      const opened = await office.press('sam', 'issue.other_message', `1:${contact?.id}`);
      expect(said(await submit('sam', opened, { message: 'none' }))).toContain('holds no message now');
      expect(await sources()).toEqual([]);
      await office.command('priya', 'acme-internal', '/issue', 'log Second');
      const late = await office.press('sam', 'issue.other_message', '1:');
      expect(said(await submit('sam', late, { message: String(contact?.id) }))).toContain('is *B-2* already');
    });

    it('an older message is not taken', async () => {
      await office.writes('acme', 'joe', 'The export misses rows since Monday');
      office.clock.advance(2 * HOUR_MS + MINUTE_MS);
      const answer = await office.command('sam', 'acme', '/issue', 'log Login loops');
      expect(said(answer)).not.toContain('It holds');
      expect((await contacts())[0]?.issueId).toBeNull();
    });

    it('the form takes account, title, detail, priority and category; what is wrong is said at its field', async () => {
      const opened = await office.command('sam', 'triage', '/issue', 'log');
      const wrong = await submit('sam', opened, { title: '  ', account: null, same: 'B-9' });
      expect(Object.keys(wrong?.errors ?? {})).toEqual(['account', 'title']);
      const [acme] = await rowsOf(store, 'accounts');
      const noSuch = await submit('sam', opened, { title: 'Export', account: String(acme?.id), same: 'B-9' });
      expect(noSuch?.errors).toEqual({ same: 'There is no issue B-9. Write its number, like B-17.' });
      await submit('sam', opened, {
        title: 'Export drops rows',
        detail: 'since Monday',
        account: String(acme?.id),
        priority: 'high',
        category: 'bug',
      });
      expect(await issues()).toMatchObject([
        {
          title: 'Export drops rows',
          detail: 'since Monday',
          priority: 'high',
          category: 'bug',
          accountId: acme?.id,
        },
      ]);
    });

    it('same as an open issue: the message goes there; without one the two become one', async () => {
      await office.command('sam', 'acme-internal', '/issue', 'log Export drops rows');
      await office.writes('acme', 'joe', 'The export misses rows since Monday');
      const opened = await office.command('sam', 'acme-internal', '/issue', 'log');
      const first = await submit('sam', opened, { title: 'Rows are lost', same: '1' });
      expect(said(first)).toContain('Added to *B-1* of Acme');
      expect(await contacts()).toMatchObject([{ issueId: (await issues())[0]?.id }]);
      expect(await issues()).toHaveLength(1);
      await submit('sam', opened, { title: 'Rows are lost, they called', same: '1' });
      expect(await issues()).toMatchObject([{ number: 1 }, { number: 2, state: 'merged' }]);
    });

    it('same as an issue of another account is refused at its field', async () => {
      await office.command('sam', 'globex-internal', '/issue', 'log Theirs');
      const opened = await office.command('sam', 'triage', '/issue', 'log Mine');
      const acme = (await rowsOf(store, 'accounts')).find((one) => one.slug === 'acme');
      const wrong = await submit('sam', opened, { account: String(acme?.id), same: 'B-1' });
      expect(wrong?.errors).toEqual({ same: 'B-1 is not an issue of Acme.' });
    });
  });

  describe('the message shortcut', () => {
    it('in a direct message finds the account by the author, and keeps the words in the issue', async () => {
      const message = {
        ts: office.ts(),
        user: 'joe',
        text: 'The export misses rows.\nAll of Monday &amp; Tuesday',
      };
      const opened = await shortcut('sam', 'DSAMJOE', message);
      expect(JSON.stringify(opened?.open)).toContain('Account: *Acme*');
      expect(await contacts()).toEqual([]);
      await submit('sam', opened);
      expect(await issues()).toMatchObject([
        { title: 'The export misses rows.', detail: 'The export misses rows.\nAll of Monday & Tuesday' },
      ]);
      expect(await contacts()).toMatchObject([{ author: 'UJOE', channel: 'DSAMJOE', settled: 'logged' }]);
      expect(await rowsOf(store, 'messages')).toMatchObject([{ text: '' }]);
      const again = await shortcut('priya', 'DSAMJOE', message);
      expect(said(again)).toContain('That message is *B-1* already');
    });

    it('in a channel without Baton asks for the account of somebody it does not know', async () => {
      const opened = await shortcut('sam', 'CELSEWHERE', {
        ts: office.ts(),
        user: 'UWHO',
        text: 'Something is broken',
      });
      expect(JSON.stringify(opened?.open)).toContain('Which account?');
      const acme = (await rowsOf(store, 'accounts')).find((one) => one.slug === 'acme');
      const done = await submit('sam', opened, { account: String(acme?.id) });
      expect(said(done)).toContain('Logged *B-1* for Acme');
      expect(done?.sayIn).toBe('CELSEWHERE');
      expect(await contacts()).toMatchObject([{ author: 'UWHO', accountId: acme?.id }]);
    });

    it('on a message from before Baton keeps nothing until the form is sent, and its words once it is', async () => {
      const message = { ts: '1793600000.000100', user: 'joe', text: 'The export is slow.\nSince May' };
      const opened = await shortcut('sam', 'acme', message);
      expect(await rowsOf(store, 'messages')).toEqual([]);
      expect(await contacts()).toEqual([]);
      await submit('sam', opened, { title: 'Export is slow' });
      expect(await rowsOf(store, 'messages')).toMatchObject([{ text: 'The export is slow.\nSince May' }]);
      expect(await issues()).toMatchObject([{ title: 'Export is slow', detail: null }]);
      expect(await contacts()).toMatchObject([{ channel: 'CACME', settled: 'logged' }]);
    });

    it('carries the words of the longest message, cut, within what a form may remember', async () => {
      const text = '"👩‍👩‍👧‍👦\\\n'.repeat(3_000);
      const opened = await shortcut('sam', 'acme', { ts: '1793600000.000100', user: 'joe', text });
      const view = opened?.open as { private_metadata: string } | undefined;
      expect(view?.private_metadata.length).toBeLessThanOrEqual(3_000);
      expect((await submit('sam', opened, { title: 'Long' }))?.say?.text).toContain('Logged *B-1*');
    });

    it('on a reply in a thread of a customer channel is the same issue as a reaction on it', async () => {
      const root = await office.writes('acme', 'joe', 'The export misses rows since Monday');
      const reply = await office.writes('acme', 'jill', 'For me as well', { threadTs: root });
      const opened = await shortcut('sam', 'acme', {
        ts: reply,
        user: 'jill',
        text: 'For me as well',
        threadTs: root,
      });
      expect(JSON.stringify(opened?.open)).toContain('Account: *Acme*');
      await office.reacts('acme', root, 'priya', 'ticket');
      const done = await submit('sam', opened);
      expect(said(done)).toContain('That message is *B-1* already');
      // It was asked in a thread, so it is answered there.
      expect(done?.sayIn).toBe(`CACME:${root}`);
      expect(await issues()).toHaveLength(1);
    });

    it('on a message of ours, or of a bot, makes an issue and no contact', async () => {
      const opened = await shortcut('sam', 'acme-internal', {
        ts: office.ts(),
        user: 'priya',
        text: 'Joe called: no exports',
      });
      await submit('sam', opened);
      expect(await issues()).toMatchObject([{ title: 'Joe called: no exports' }]);
      expect(await contacts()).toEqual([]);
    });
  });

  describe('@Baton log', () => {
    const mention = async (
      user: string,
      channel: string,
      text: string,
      more: Record<string, string> = {},
    ) => {
      const event = {
        channel: channelId(channel),
        user: userId(user),
        text: `<@UBATON> ${text}`,
        ts: office.ts(),
        ...more,
      };
      await office.event('app_mention', event);
      await office.settle();
    };

    it('logs in the internal channel of an account, with the message that it is most likely about', async () => {
      await office.writes('acme', 'joe', 'The export misses rows since Monday');
      await mention('sam', 'acme-internal', 'log Export drops rows');
      expect(await issues()).toMatchObject([{ title: 'Export drops rows' }]);
      expect((await contacts())[0]?.issueId).toBe((await issues())[0]?.id);
      expect(whisperedTo('sam').join()).toContain('Logged *B-1* for Acme');
    });

    it('in a thread logs what the thread is about, once', async () => {
      const root = office.ts();
      office.slack.message = async (channel, ts) => ({
        channel,
        ts,
        threadTs: null,
        user: 'UPRIYA',
        botId: null,
        text: 'Joe says that exports stop',
        files: [],
      });
      await mention('sam', 'acme-internal', 'log', { thread_ts: root });
      await mention('priya', 'acme-internal', 'log Exports stop for Joe', { thread_ts: root });
      expect(await issues()).toMatchObject([{ title: 'Joe says that exports stop' }]);
      expect(whisperedTo('priya').join()).toContain('That message is *B-1* already');
    });

    it("in the thread of an issue's card names that issue; with words it is a new one of that account", async () => {
      await office.command('sam', 'acme-internal', '/issue', 'log Export drops rows');
      await office.settle();
      const card = office.slack.posts('CTRIAGE')[0]?.ts ?? '';
      await mention('sam', 'triage', 'log', { thread_ts: card });
      expect(whisperedTo('sam').join()).toContain('*B-1* already');
      await mention('sam', 'triage', 'log Login fails too', { thread_ts: card });
      expect(await issues()).toMatchObject([{ number: 1 }, { number: 2, title: 'Login fails too' }]);
      expect(new Set((await issues()).map((issue) => issue.accountId)).size).toBe(1);
    });

    it('elsewhere asks for the account; the thread is logged once all the same', async () => {
      const root = office.ts();
      const found = { threadTs: null, user: 'UPRIYA', botId: null, text: 'Exports stop', files: [] };
      office.slack.message = async (channel, ts) => ({ ...found, channel, ts });
      await mention('sam', 'support-success', 'log', { thread_ts: root });
      const offered = JSON.stringify(office.slack.whispers.at(-1)?.blocks);
      const value = JSON.stringify({
        title: 'Exports stop',
        source: { channel: 'CSUPPORTSUCCESS', ts: root },
      });
      expect(offered).toContain(JSON.stringify(value));
      const form = await office.press('sam', 'issue.log_form', value, 'support-success');
      expect(JSON.stringify(form?.open)).toMatch(/"initial_value":"Exports stop"/);
      const chosen = { account: String((await rowsOf(store, 'accounts'))[0]?.id), title: 'Exports stop' };
      await office.submit('sam', form, chosen);
      await mention('priya', 'support-success', 'log Exports stop for Joe', { thread_ts: root });
      expect(whisperedTo('priya').join()).toContain('That message is *B-1* already');
      const late = await office.press('priya', 'issue.log_form', value, 'support-success');
      expect(late?.say?.text).toContain('That message is *B-1* already');
      expect(await issues()).toHaveLength(1);
    });

    it('elsewhere says what to do instead', async () => {
      await mention('sam', 'support-success', 'log Something');
      expect(whisperedTo('sam').join()).toContain('No account belongs to this channel');
      await mention('sam', 'acme', 'log Something');
      expect(whisperedTo('sam').join()).toContain('Customers read here');
      expect(await issues()).toEqual([]);
    });
  });
});
