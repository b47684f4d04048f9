import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isFriction } from '../../src/issues/rules/capture.js';
import type { Store } from '../../src/store/transact.js';
import { HOUR_MS, MINUTE_MS } from '../../src/time/index.js';
import { onEveryDatabase } from '../support/databases.js';
import { channelId, type Office, openOffice } from '../support/office.js';
import { eventsOf, rowsOf } from '../support/rows.js';

onEveryDatabase('capture', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
  });
  afterEach(() => store.close());

  const contacts = () => rowsOf(store, 'contacts');
  const issues = () => rowsOf(store, 'issues');
  const lines = () => office.slack.posts('CTRIAGE').filter((post) => !/^B-\d/.test(post.text));
  const shown = (n = 0) => JSON.stringify(lines()[n]?.blocks ?? null);
  const capture = (channel: string, how: 'suggest' | 'auto' | 'off' | 'ignore') =>
    store.transact([], async (tx) => {
      const { accountChannels } = tx.t;
      const { eq } = await import('drizzle-orm');
      await tx.db
        .update(accountChannels)
        .set({ capture: how })
        .where(eq(accountChannels.channel, channelId(channel)));
    });
  const firstContact = async () => String((await contacts())[0]?.id);
  const whisperedTo = (name: string) =>
    office.slack.whispers.filter((one) => one.user === `U${name.toUpperCase()}`).map((one) => one.text);

  describe('suggest', () => {
    it('offers what waited 15 working minutes on one line, and not before', async () => {
      await office.writes('acme', 'joe', 'The export misses rows since Monday');
      await office.travel(14 * MINUTE_MS);
      expect(lines()).toHaveLength(0);
      await office.travel(2 * MINUTE_MS);
      expect(lines()).toHaveLength(1);
      expect(lines()[0]?.text).toContain('Acme waits for an answer since');
      expect(shown()).toContain('Joe Park: \\"The export misses rows since Monday\\"');
      expect(shown()).toContain('Not an issue');
      expect(office.slack.whispers).toEqual([]);
    });

    it('counts working time only: what comes in the evening is offered the next morning', async () => {
      await office.travel(9 * HOUR_MS);
      await office.writes('acme', 'joe', 'The export misses rows since Monday');
      await office.travel(14 * HOUR_MS);
      expect(lines()).toHaveLength(0);
      await office.travel(75 * MINUTE_MS);
      expect(lines()).toHaveLength(1);
    });

    it('offers nothing that we answered, in its thread, in the channel or by a reaction', async () => {
      const first = await office.writes('acme', 'joe', 'The export misses rows since Monday');
      await office.writes('acme', 'sam', 'Looking into it', { threadTs: first });
      await office.writes('globex', 'gus', 'Who can add a seat for us?');
      await office.writes('globex', 'priya', 'I will');
      const third = await office.writes('initech', 'ivy', 'The dashboard is slow since the morning');
      await office.reacts('initech', third, 'max', '+1');
      await office.travel(8 * HOUR_MS);
      expect(lines()).toHaveLength(0);
      expect((await contacts()).map((contact) => contact.settled)).toEqual(['answered', 'answered', 'seen']);
      expect((await contacts()).some(isFriction)).toBe(false);
    });

    it("a customer's own reaction is no answer", async () => {
      const ts = await office.writes('acme', 'joe', 'The export misses rows since Monday');
      await office.reacts('acme', ts, 'jill', '+1');
      await office.travel(HOUR_MS);
      expect(lines()).toHaveLength(1);
    });

    it('one line per account: a second contact that waits is an edit of it, the third account has its own', async () => {
      await office.writes('acme', 'joe', 'The export misses rows since Monday');
      await office.travel(90 * MINUTE_MS);
      await office.writes('acme', 'jill', 'Our invoices are wrong this month');
      await office.writes('globex', 'gus', 'Can we get a second sandbox?');
      await office.travel(HOUR_MS);
      expect(lines().map((line) => line.text.slice(0, 6))).toEqual(['Acme w', 'Globex']);
      expect(shown()).toContain('misses rows');
      expect(shown()).toContain('Our invoices are wrong');
    });

    it('is logged with one press; the line says by whom and as what, and folds', async () => {
      const ts = await office.writes('acme', 'joe', 'The export misses rows since Monday');
      await office.travel(HOUR_MS);
      await office.press('sam', 'suggestion.log', await firstContact());
      await office.settle();
      expect(await issues()).toMatchObject([{ number: 1, title: 'The export misses rows since Monday' }]);
      expect(await rowsOf(store, 'issueSources')).toMatchObject([{ channel: 'CACME', ts }]);
      expect(shown()).toContain('Sam Okafor logged it as B-1');
      expect(shown()).not.toContain('suggestion.log');
      expect((await contacts()).every(isFriction)).toBe(true);
    });

    it('what they write beside the thread of an issue that waits on them is offered, as the same issue too', async () => {
      const ts = await office.writes('acme', 'joe', 'The export misses rows since Monday');
      await office.reacts('acme', ts, 'sam', 'ticket');
      await office.command('sam', 'triage', '/issue', 'wait B-1');
      await office.travel(10 * MINUTE_MS);
      await office.writes('acme', 'joe', 'It is Chrome 129 on all of our machines');
      await office.travel(20 * MINUTE_MS);
      expect(lines()).toHaveLength(1);
      expect(shown()).toContain('Add to B-1');
      await office.press('sam', 'suggestion.add', `${(await contacts())[1]?.id}:1`);
      expect(await issues()).toMatchObject([{ state: 'new' }]);
    });

    it('called no issue, what they write next is offered on its own, also within the same contact', async () => {
      await office.writes('acme', 'joe', 'We will be at the fair in June with the whole team');
      await office.travel(20 * MINUTE_MS);
      await office.press('sam', 'suggestion.chat', await firstContact());
      await office.travel(MINUTE_MS);
      await office.writes('acme', 'joe', 'By the way, exports to PDF time out every time');
      await office.travel(20 * MINUTE_MS);
      expect(await contacts()).toHaveLength(1);
      expect(lines()).toHaveLength(2);
      expect(shown(1)).toContain('exports to PDF time out');
      expect(shown(1)).not.toContain('the fair');
      await office.press('sam', 'suggestion.log', await firstContact());
      await office.settle();
      expect(await issues()).toMatchObject([{ title: 'By the way, exports to PDF time out every time' }]);
      expect(shown(1)).toContain('exports to PDF time out');
    });

    it('said to need no reply, it is not offered; what they write next is', async () => {
      const ts = await office.writes('acme', 'joe', 'We will be at the fair in June with the whole team');
      const on = { channel: 'acme', ts, author: 'joe', text: '' };
      await office.shortcut('sam', 'contact.no_reply', on);
      await office.travel(20 * MINUTE_MS);
      expect(lines()).toHaveLength(0);
      await office.writes('acme', 'joe', 'By the way, exports to PDF time out every time');
      await office.travel(20 * MINUTE_MS);
      expect(lines()).toHaveLength(1);
    });

    it('two who press at once make one issue; the second is told which it is', async () => {
      await office.writes('acme', 'joe', 'The export misses rows since Monday');
      await office.travel(HOUR_MS);
      const id = await firstContact();
      const answers = await Promise.all([
        office.press('sam', 'suggestion.log', id),
        office.press('priya', 'suggestion.log', id),
      ]);
      expect(await issues()).toHaveLength(1);
      const said = answers.map((answer) => answer?.say?.text).filter(Boolean);
      expect(said).toEqual([expect.stringContaining('That message is *B-1* already')]);
    });

    it('logged another way meanwhile, the line folds and says so', async () => {
      const ts = await office.writes('acme', 'joe', 'The export misses rows since Monday');
      await office.travel(HOUR_MS);
      await office.reacts('acme', ts, 'priya', 'ticket');
      await office.settle();
      expect(shown()).toContain('Priya Nair logged it as B-1');
    });

    it('answered after it was offered, the line says by whom', async () => {
      const ts = await office.writes('acme', 'joe', 'The export misses rows since Monday');
      await office.travel(HOUR_MS);
      await office.writes('acme', 'priya', 'Which export is it?', { threadTs: ts });
      await office.settle();
      expect(shown()).toContain('answered by Priya Nair');
      expect(shown()).not.toContain('suggestion.log');
      expect((await contacts()).every(isFriction)).toBe(true);
    });

    it('is added to the most recent open issue, or to another of the menu; that decides nothing by topic', async () => {
      await office.command('sam', 'acme-internal', '/issue', 'log SSO loop');
      await office.command('sam', 'acme-internal', '/issue', 'log Export drops rows');
      await office.writes('acme', 'joe', 'The export misses rows since Monday');
      await office.travel(HOUR_MS);
      expect(shown()).toContain('Same as *B-2* Export drops rows?');
      const id = await firstContact();
      await office.press('sam', 'suggestion.add', `${id}:2`);
      await office.settle();
      expect(shown()).toContain('Sam Okafor added it to B-2');
      expect(await contacts()).toMatchObject([{ issueId: (await issues())[1]?.id, settled: 'added' }]);
      await office.travel(5 * HOUR_MS);
      await office.writes('acme', 'jill', 'I cannot sign in any more');
      await office.travel(24 * HOUR_MS);
      await office.press('sam', 'suggestion.more', `add:${(await contacts())[1]?.id}:1`);
      expect((await contacts())[1]?.issueId).toBe((await issues())[0]?.id);
    });

    it('added to an issue that was over, that issue is open again', async () => {
      await office.command('sam', 'acme-internal', '/issue', 'log SSO loop');
      await office.command('sam', 'acme-internal', '/issue', 'resolve B-1');
      await office.writes('acme', 'joe', 'I cannot sign in any more, same as last week');
      await office.travel(HOUR_MS);
      await office.press('sam', 'suggestion.add', `${await firstContact()}:1`);
      expect(await issues()).toMatchObject([{ state: 'new', reopened: 1 }]);
    });

    it('not an issue: the line says who said so; that the customer waited is counted all the same', async () => {
      await office.writes('acme', 'joe', 'We are all out on Friday for the offsite');
      await office.travel(HOUR_MS);
      await office.press('sam', 'suggestion.chat', await firstContact());
      await office.settle();
      expect(shown()).toContain('not an issue (Sam Okafor)');
      expect((await contacts()).every(isFriction)).toBe(true);
      expect(await eventsOf(store, 'contact.dismissed')).toHaveLength(1);
    });

    it('what a customer asks again after our answer waits again', async () => {
      const ts = await office.writes('acme', 'joe', 'The export misses rows since Monday');
      await office.writes('acme', 'sam', 'Please try again now', { threadTs: ts });
      await office.travel(5 * HOUR_MS);
      await office.writes('acme', 'joe', 'It still misses the rows of Monday and Tuesday', { threadTs: ts });
      await office.travel(24 * HOUR_MS);
      expect(lines()).toHaveLength(1);
      expect(await contacts()).toMatchObject([{ messages: 2 }]);
    });

    it('what follows within four hours of our answer waits for nothing', async () => {
      const ts = await office.writes('acme', 'joe', 'The export misses rows since Monday');
      await office.writes('acme', 'sam', 'Please try again now', { threadTs: ts });
      await office.travel(HOUR_MS);
      await office.writes('acme', 'joe', 'Our month end is on Friday so the sooner the better');
      await office.travel(5 * HOUR_MS);
      expect(lines()).toHaveLength(0);
      expect(await contacts()).toMatchObject([{ messages: 2 }]);
    });

    it('logged in time and never answered, the customer waited all the same', async () => {
      const ts = await office.writes('acme', 'joe', 'The export misses rows since Monday');
      await office.reacts('acme', ts, 'sam', 'ticket');
      await office.travel(HOUR_MS);
      expect((await contacts())[0]?.waitedAt).not.toBeNull();
      expect(lines()).toHaveLength(0);
    });

    it('thanks in the thread wait for nothing', async () => {
      const ts = await office.writes('acme', 'joe', 'The export misses rows since Monday');
      await office.writes('acme', 'sam', 'Please try again now', { threadTs: ts });
      await office.travel(25 * HOUR_MS);
      await office.writes('acme', 'joe', 'Super, danke dir Sam! 🙏', { threadTs: ts });
      await office.travel(24 * HOUR_MS);
      expect(lines()).toHaveLength(0);
    });

    it('a line that stood for long is followed by a new one, so that nobody must scroll for what waits', async () => {
      await office.writes('acme', 'joe', 'The export misses rows since Monday');
      await office.travel(24 * HOUR_MS);
      await office.writes('acme', 'jill', 'Our invoices are wrong this month');
      await office.travel(2 * HOUR_MS);
      expect(lines()).toHaveLength(2);
      expect(shown(0)).toContain('waits still, see below');
      expect(shown(0)).not.toContain('suggestion.log');
      expect(shown(1)).toContain('misses rows');
      expect(shown(1)).toContain('Our invoices');
    });

    it('a press of a customer or of a colleague without a role changes nothing', async () => {
      await office.writes('acme', 'joe', 'The export misses rows since Monday');
      await office.travel(HOUR_MS);
      await office.lookups.ensureUsers(['UMAX', 'UJOE']);
      expect(await office.press('joe', 'suggestion.log', await firstContact())).toBeUndefined();
      const max = await office.press('max', 'suggestion.chat', await firstContact());
      expect(max?.say?.text).toContain('no role in Baton');
      expect(await issues()).toEqual([]);
      expect(await contacts()).toMatchObject([{ settled: null }]);
    });

    it('a press for a contact that is gone, or for an issue of another account, says so', async () => {
      await office.command('sam', 'globex-internal', '/issue', 'log Their matter');
      await office.writes('acme', 'joe', 'The export misses rows since Monday');
      await office.travel(HOUR_MS);
      const gone = await office.press('sam', 'suggestion.log', '999');
      const other = await office.press('sam', 'suggestion.add', `${await firstContact()}:1`);
      expect(gone?.say?.text).toContain('not there any more');
      expect(other?.say?.text).toContain('There is no issue B-1');
      expect(await contacts()).toMatchObject([{ issueId: null }]);
    });
  });

  it('what a customer writes after their matter is over is a matter of its own, and is offered', async () => {
    const ts = await office.writes('acme', 'joe', 'The export misses rows since Monday');
    await office.reacts('acme', ts, 'sam', 'ticket');
    await office.command('sam', 'triage', '/issue', 'resolve 1');
    await office.travel(30 * MINUTE_MS);
    await office.writes('acme', 'joe', 'Our SSO certificate expires tonight, who renews it?');
    await office.travel(HOUR_MS);
    expect(await contacts()).toHaveLength(2);
    expect(JSON.stringify(lines().at(-1)?.blocks)).toContain('SSO certificate');
    // What is still worked on takes it in: whoever has it reads the channel.
    await office.travel(4 * HOUR_MS);
    const again = await office.writes('acme', 'joe', 'The invoices are empty');
    await office.reacts('acme', again, 'sam', 'ticket');
    await office.travel(HOUR_MS);
    await office.writes('acme', 'joe', 'All of them, since Tuesday morning');
    expect(await contacts()).toHaveLength(3);
  });

  describe('no contact', () => {
    it('is what customers say to each other', async () => {
      await office.writes('acme', 'joe', '<@UJILL> can you bring the printed list tomorrow?');
      await office.writes('acme', 'jill', '<@USAM> can you look at the export?');
      expect(await contacts()).toMatchObject([{ author: 'UJILL', messages: 1 }]);
    });

    it('a greeting that becomes a problem by an edit is one', async () => {
      const ts = await office.writes('acme', 'joe', 'Good morning!');
      expect(await contacts()).toEqual([]);
      await office.event('message', {
        channel: 'CACME',
        subtype: 'message_changed',
        message: { ts, user: 'UJOE', text: 'Good morning! Nobody can log in', edited: { ts: `${ts}1` } },
        previous_message: { ts, user: 'UJOE', text: 'Good morning!' },
      });
      await office.inbox.step();
      expect(await contacts()).toMatchObject([{ firstTs: ts, messages: 1 }]);
    });

    it('a question put under an announcement of ours is one', async () => {
      const ours = await office.writes('acme', 'sam', 'Version 4.12 goes live tonight.');
      await office.writes('acme', 'joe', 'Since it went live the plan is blank, can you look?', {
        threadTs: ours,
      });
      expect(await contacts()).toHaveLength(1);
    });
  });

  describe('auto, off and ignore', () => {
    it('auto logs what asks for something as it comes, by Baton; talk only once it has waited', async () => {
      await capture('acme', 'auto');
      await office.writes('acme', 'joe', 'The export misses rows since Monday\nplease have a look');
      expect(await issues()).toMatchObject([
        { title: 'The export misses rows since Monday', createdBy: 'Baton', number: 1 },
      ]);
      await office.travel(3 * HOUR_MS);
      await office.writes('acme', 'jill', 'login broken');
      expect(await issues()).toHaveLength(1);
      await office.travel(HOUR_MS);
      expect(await issues()).toHaveLength(2);
      expect(lines().filter((line) => !/^Late answers|no answer/.test(line.text))).toEqual([]);
      await office.writes('acme', 'joe', 'Thanks!');
      expect(await issues()).toHaveLength(2);
    });

    it('what auto logged is one issue for whoever logs it again', async () => {
      await capture('acme', 'auto');
      const ts = await office.writes('acme', 'joe', 'The export misses rows since Monday');
      await office.reacts('acme', ts, 'sam', 'ticket');
      await office.settle();
      expect(await issues()).toHaveLength(1);
      expect(whisperedTo('sam').join()).toContain('That message is *B-1* already');
    });

    it('off counts and offers nothing', async () => {
      await capture('acme', 'off');
      await office.writes('acme', 'joe', 'The export misses rows since Monday');
      await office.travel(24 * HOUR_MS);
      expect(lines()).toHaveLength(0);
      expect((await contacts()).every(isFriction)).toBe(true);
    });

    it('ignore keeps nothing', async () => {
      await capture('acme', 'ignore');
      await office.writes('acme', 'joe', 'The export misses rows since Monday');
      expect(await contacts()).toEqual([]);
      expect(await rowsOf(store, 'messages')).toEqual([]);
    });
  });

  describe('the first answer', () => {
    it('is known in calendar and in working time of those who should answer', async () => {
      await office.travel(7 * HOUR_MS);
      const ts = await office.writes('acme', 'joe', 'The export misses rows since Monday');
      await office.travel(17 * HOUR_MS);
      await office.writes('acme', 'sam', 'Looking into it', { threadTs: ts });
      const [contact] = await contacts();
      expect((contact?.firstReplyAt ?? 0) - (contact?.startedAt ?? 0)).toBe(17 * HOUR_MS);
      expect(contact?.replyWorkingMs).toBe(HOUR_MS);
    });

    it('in the thread of a later message of the contact counts as well', async () => {
      await office.writes('acme', 'joe', 'The export misses rows since Monday');
      const second = await office.writes('acme', 'joe', 'and the dates are wrong');
      await office.writes('acme', 'sam', 'Looking into it', { threadTs: second });
      expect((await contacts())[0]?.firstReplyAt).not.toBeNull();
      await office.writes('acme', 'joe', 'This is the file that I mean, it is short', { threadTs: second });
      expect(await contacts()).toMatchObject([{ messages: 3 }]);
    });

    it('in the channel answers the newest who waits; the other is not dropped', async () => {
      await office.writes('acme', 'joe', 'The export misses rows since Monday');
      office.clock.advance(70 * MINUTE_MS);
      await office.writes('acme', 'jill', 'Our invoices are wrong this month');
      await office.writes('acme', 'sam', 'I will send a new one');
      expect((await contacts()).map((contact) => contact.firstReplyAt === null)).toEqual([true, false]);
    });

    it('that names one of two people who wait answers them, not the other', async () => {
      await office.writes('acme', 'joe', 'The export misses rows since Monday');
      await office.travel(70 * MINUTE_MS);
      await office.writes('acme', 'jill', 'Our invoices are wrong this month');
      await office.writes('acme', 'sam', '<@UJOE> can you send me the file?');
      expect((await contacts()).map((contact) => contact.firstReplyAt === null)).toEqual([false, true]);
    });

    it('that came in before its question is found', async () => {
      const asked = office.ts();
      office.clock.advance(MINUTE_MS);
      await office.writes('acme', 'sam', 'Looking into it', { threadTs: asked });
      await office.writes('acme', 'joe', 'The export misses rows since Monday', { ts: asked });
      expect(await contacts()).toMatchObject([{ settled: 'answered' }]);
      await office.travel(HOUR_MS);
      expect(lines()).toHaveLength(0);
    });
  });
});
