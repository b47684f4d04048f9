import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../../src/slack/dispatch.js';
import type { Store } from '../../src/store/transact.js';
import { HOUR_MS, MINUTE_MS } from '../../src/time/index.js';
import { companyText, TUESDAY_9 } from '../support/baton.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';
import { eventsOf, rowsOf } from '../support/rows.js';
import { testClock } from '../support/time.js';

/** Lea leads support; Ana is Acme's success manager; Eli is Engineering (skill), Lea Executive (authority). */
onEveryDatabase('escalations', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    await open();
  });
  afterEach(() => store.close());

  async function open(company = companyText(), at = TUESDAY_9): Promise<void> {
    office = await openOffice(store, { company, clock: testClock(at, () => 0) });
    await office.command('sam', 'acme-internal', '/issue', 'log Export drops rows');
    await office.settle();
  }
  const form = (user = 'sam') => office.command(user, 'triage', '/escalate', 'B-1');
  const escalate = async (group: string, more: Record<string, string | null> = {}, user = 'sam') => {
    const fields = { group, reason: 'the month-end close is blocked', customer: null, ...more };
    const answer = await office.submit(user, await form(user), fields);
    await office.settle();
    return answer;
  };
  const rows = () => rowsOf(store, 'escalations');
  const inThread = () => office.slack.posts('CTRIAGE').filter((message) => message.threadTs);
  const dms = (name: string) => office.slack.posts(`DU${name.toUpperCase()}`).map((message) => message.text);
  const said = (answer: Answer | undefined) => answer?.say?.text ?? '';

  describe('being called', () => {
    it('the group is mentioned in the thread of the issue, counted once however often it is asked', async () => {
      expect(said(await escalate('engineering'))).toBe('Engineering was asked about *B-1*, in its thread.');
      expect(said(await escalate('engineering'))).toContain('was asked about *B-1* before');
      expect(said(await escalate('engineering', {}, 'priya'))).toContain('It counts once');
      expect(await rows()).toHaveLength(1);
      expect(inThread()).toHaveLength(1);
      expect(inThread()[0]?.text).toContain('<@UELI> Sam Okafor asks Engineering for help on *B-1*');
      expect(inThread()[0]?.text).not.toContain('<@USAM>');
      expect(await eventsOf(store, 'escalation.opened')).toHaveLength(1);
    });

    it('a second group is a second call', async () => {
      await escalate('engineering');
      await escalate('executive');
      expect((await rows()).map((row) => row.groupKey)).toEqual(['engineering', 'executive']);
    });

    it('the asker hears who came, in the thread; the next who presses learns who it is', async () => {
      await escalate('engineering');
      expect(said(await office.press('eli', 'escalation.answer', '1'))).toContain('You are on it');
      expect(said(await office.press('priya', 'escalation.answer', '1'))).toBe('Eli Stone is on it already.');
      await office.settle();
      expect(inThread().map((message) => message.text)).toEqual([
        'Eli Stone is on it: *B-1* Export drops rows',
        '<@USAM> Eli Stone is on *B-1*.',
      ]);
      expect(said(await escalate('engineering'))).toContain('Eli Stone of Engineering is on *B-1* already');
      await office.travel(25 * HOUR_MS);
      await escalate('engineering');
      expect(await rows()).toHaveLength(2);
    });

    it('a viewer answers only where they were asked; others of ours help without being of the group', async () => {
      await escalate('executive');
      expect(said(await office.press('eli', 'escalation.answer', '1'))).toBe(
        'Executive was asked. Only they, support, success or a lead can answer.',
      );
      expect(await eventsOf(store, 'escalation.answered')).toEqual([]);
      await office.press('priya', 'escalation.answer', '1');
      await office.settle();
      const card = office.slack.posts('CTRIAGE').find((post) => post.text.startsWith('B-1'));
      expect(JSON.stringify(card?.blocks)).toContain('Priya Nair is on it');
      expect(JSON.stringify(card?.blocks)).not.toContain('of Executive');
    });

    it('nobody is waited for on an issue that is over', async () => {
      await escalate('engineering');
      await office.command('sam', 'triage', '/issue', 'close 1');
      await office.settle();
      const card = office.slack.posts('CTRIAGE').find((post) => post.text.startsWith('B-1'));
      expect(JSON.stringify(card?.blocks)).not.toContain('nobody is on it yet');
    });

    it('who answers their own call is not told about it', async () => {
      await escalate('engineering');
      await office.press('sam', 'escalation.answer', '1');
      await office.settle();
      expect(inThread()).toHaveLength(1);
    });
  });

  describe('the success manager', () => {
    it('is not pinged for more skill, and told once of more authority', async () => {
      await escalate('engineering');
      expect(dms('ana')).toEqual([]);
      await escalate('executive');
      await escalate('executive');
      expect(dms('ana')).toEqual([
        'For you to know: Sam Okafor asked Executive to step in for *Acme* on *B-1* Export drops rows',
      ]);
    });

    it('is told when the customer asked for it, whatever the group', async () => {
      await escalate('engineering', { customer: 'yes' });
      expect(dms('ana')).toHaveLength(1);
      expect(inThread()[0]?.blocks).toEqual(
        expect.arrayContaining([expect.objectContaining({ type: 'section' })]),
      );
      expect(JSON.stringify(inThread()[0]?.blocks)).toContain('The customer asked for it');
    });

    it('is not told of what they asked themselves; without one the success lead is', async () => {
      await escalate('executive', {}, 'ana');
      expect(dms('ana')).toEqual([]);
      await open(companyText().replaceAll('    csm: ana\n', ''));
      await office.submit('sam', await office.command('sam', 'triage', '/escalate', 'B-2'), {
        group: 'engineering',
        reason: 'Joe wants it',
        customer: 'yes',
      });
      await office.settle();
      expect(dms('lea')).toHaveLength(1);
    });
  });

  describe('nobody comes', () => {
    it('after 30 working minutes the support lead is mentioned in the thread, once, and nobody else', async () => {
      await escalate('engineering');
      await office.travel(29 * MINUTE_MS);
      expect(inThread()).toHaveLength(1);
      await office.travel(2 * MINUTE_MS);
      expect(inThread()[1]?.text).toContain(
        '<@ULEA> nobody of Engineering is on *B-1* Export drops rows (Acme) yet',
      );
      expect(JSON.stringify(inThread()[0]?.blocks)).toContain('the support lead was called too');
      await office.travel(72 * HOUR_MS);
      expect(inThread()).toHaveLength(2);
      expect(await eventsOf(store, 'escalation.climbed')).toMatchObject([{ data: { called: ['ULEA'] } }]);
    });

    it('more authority climbs after 15 minutes; outside working hours nothing does', async () => {
      await escalate('executive');
      await office.travel(16 * MINUTE_MS);
      expect(inThread()).toHaveLength(2);
      office.slack.messages.length = 0;
      office.clock.advance(10 * HOUR_MS);
      await escalate('engineering');
      await office.travel(12 * HOUR_MS);
      expect(await eventsOf(store, 'escalation.climbed')).toHaveLength(1);
    });

    it('not when somebody came, it was taken back, or the issue is over', async () => {
      await escalate('engineering');
      await office.press('eli', 'escalation.answer', '1');
      await escalate('executive');
      await office.press('sam', 'escalation.take_back', '2');
      await office.travel(HOUR_MS);
      await office.command('sam', 'acme-internal', '/issue', 'log Login loops');
      await office.submit('sam', await office.command('sam', 'triage', '/escalate', 'B-2'), {
        group: 'engineering',
        reason: 'x',
      });
      await office.settle();
      await office.command('sam', 'triage', '/issue', 'resolve B-2');
      await office.travel(HOUR_MS);
      expect(await eventsOf(store, 'escalation.climbed')).toEqual([]);
      expect(said(await office.press('eli', 'escalation.answer', '3'))).toContain('It is resolved');
    });

    it('what is over calls nobody: its call says so, and lives on when the issue is reopened', async () => {
      await escalate('engineering');
      await office.command('sam', 'triage', '/issue', 'resolve B-1');
      await office.settle();
      expect(inThread()[0]?.text).toBe('Nobody needs to come, it is resolved: *B-1* Export drops rows');
      await office.travel(HOUR_MS);
      await office.command('sam', 'triage', '/issue', 'reopen B-1');
      await office.settle();
      expect(inThread()[0]?.text).toContain('<@UELI> Sam Okafor asks Engineering');
      await office.travel(31 * MINUTE_MS);
      expect(inThread()).toHaveLength(2);
    });

    it('the clock starts when the call stands in Slack, not before', async () => {
      await office.submit('sam', await form(), { group: 'engineering', reason: 'x' });
      office.clock.advance(HOUR_MS);
      await office.settle();
      expect(inThread()).toHaveLength(1);
      await office.travel(29 * MINUTE_MS);
      expect(inThread()).toHaveLength(1);
    });
  });

  describe('taking back', () => {
    it('by the asker or a lead ends it, its call shows it, and the group may be asked again', async () => {
      await escalate('engineering');
      expect(said(await office.press('priya', 'escalation.take_back', '1'))).toContain('Only Sam Okafor');
      expect(said(await office.press('lea', 'escalation.take_back', '1'))).toContain('Taken back');
      await office.settle();
      expect(inThread()[0]?.text).toBe(
        'Lea Novak took the call for Engineering back: *B-1* Export drops rows',
      );
      expect(said(await office.press('eli', 'escalation.answer', '1'))).toContain(
        'Lea Novak took this call back',
      );
      expect(said(await office.press('sam', 'escalation.take_back', '1'))).toContain('taken back already');
      await escalate('engineering');
      expect(await rows()).toHaveLength(2);
    });

    it('not once somebody is on it', async () => {
      await escalate('engineering');
      await office.press('eli', 'escalation.answer', '1');
      expect(said(await office.press('sam', 'escalation.take_back', '1'))).toContain(
        'Somebody is on it already',
      );
      expect(await eventsOf(store, 'escalation.taken_back')).toEqual([]);
    });

    it('ends the signal that it raised', async () => {
      await escalate('executive');
      await office.travel(MINUTE_MS);
      expect(await rowsOf(store, 'signals')).toMatchObject([{ rule: 'S06', state: 'firing' }]);
      await office.press('sam', 'escalation.take_back', '1');
      await office.travel(MINUTE_MS);
      expect(await rowsOf(store, 'signals')).toMatchObject([{ state: 'cleared' }]);
    });
  });

  describe('ways in', () => {
    it(':rotating_light: on a card opens nothing and offers the form in private', async () => {
      const card = office.slack.posts('CTRIAGE')[0];
      await office.reacts('CTRIAGE', card?.ts ?? '', 'sam', 'rotating_light');
      await office.reacts('CTRIAGE', card?.ts ?? '', 'eli', 'rotating_light');
      await office.settle();
      expect(office.slack.whispers).toMatchObject([
        { user: 'USAM', text: 'Escalate *B-1* Export drops rows? Nobody was called yet.' },
      ]);
      const value = JSON.stringify({ n: 1, g: '', r: '' });
      expect((await office.press('sam', 'issue.escalate_form', value))?.open).toMatchObject({
        type: 'modal',
      });
      expect(await rows()).toEqual([]);
    });

    it(':rotating_light: in a customer channel only says in private where it can be done', async () => {
      const ts = await office.writes('acme', 'joe', 'Where is the manager?');
      await office.reacts('acme', ts, 'sam', 'rotating_light');
      await office.reacts('acme', ts, 'joe', 'rotating_light');
      await office.settle();
      expect(office.slack.whispers).toMatchObject([
        { user: 'USAM', text: expect.stringContaining('Escalate') },
      ]);
      expect(office.slack.posts('CACME')).toEqual([]);
    });

    it('the message shortcut finds the issue of a message, of its thread and of a card', async () => {
      const ts = await office.writes('acme', 'joe', 'The export misses rows');
      await office.reacts('acme', ts, 'sam', 'ticket');
      await office.settle();
      const on = { channel: 'acme', author: 'joe', text: 'x' };
      const title = (answer?: Answer) =>
        (answer?.open as { title: { text: string } } | undefined)?.title.text;
      const byMessage = await office.shortcut('sam', 'issue.escalate_message', { ...on, ts });
      expect(title(byMessage)).toBe('Escalate B-2');
      const inThreadOf = { ...on, ts: office.ts(), threadTs: ts };
      expect(title(await office.shortcut('sam', 'issue.escalate_message', inThreadOf))).toBe('Escalate B-2');
      const card = office.slack.posts('CTRIAGE').find((message) => message.text.startsWith('B-1'));
      const onCard = { channel: 'CTRIAGE', ts: card?.ts ?? '', author: null, text: '' };
      expect(title(await office.shortcut('sam', 'issue.escalate_message', onCard))).toBe('Escalate B-1');
    });

    it('a message that is no issue yet is logged first, and the answer says so', async () => {
      const ts = await office.writes('acme', 'joe', 'Who decides here?');
      const on = { channel: 'acme', ts, author: 'joe', text: 'Who decides here?' };
      const opened = await office.shortcut('priya', 'issue.escalate_message', on);
      expect(JSON.stringify(opened?.open)).toContain('no issue yet: it is logged first');
      const fields = { title: 'Who decides here?', group: 'executive', reason: 'Joe asks', customer: 'yes' };
      const answer = await office.submit('priya', opened, fields);
      expect(said(answer)).toBe(
        'Logged *B-2*: Who decides here?\nExecutive was asked about *B-2*, in its thread.',
      );
      expect(answer?.sayIn).toBe('CACME');
      expect(await rowsOf(store, 'issueSources')).toMatchObject([{ channel: 'CACME', ts }]);
      await office.settle();
      const card = office.slack.posts('CTRIAGE').find((message) => message.text.startsWith('B-2'));
      expect(inThread()[0]?.threadTs).toBe(card?.ts);
      // Sent twice, or by somebody else who had the form open too: one issue, one call.
      expect(said(await office.submit('sam', opened, fields))).toContain('It counts once');
      expect(await rowsOf(store, 'issues')).toHaveLength(2);
    });

    it('in a channel that Baton does not know, the account comes from the author, else from the form', async () => {
      const on = { channel: 'CELSEWHERE', ts: office.ts(), text: 'Help' };
      const byAuthor = await office.shortcut('sam', 'issue.escalate_message', { ...on, author: 'gus' });
      expect(JSON.stringify(byAuthor?.open)).toContain('*Globex*');
      const unknown = await office.shortcut('sam', 'issue.escalate_message', { ...on, author: 'priya' });
      const fields = { title: 'Help', group: 'engineering', reason: 'x' };
      expect((await office.submit('sam', unknown, fields))?.errors).toMatchObject({
        account: expect.any(String),
      });
    });
  });

  describe('bad input', () => {
    it('each wrong field is named, and nothing is done', async () => {
      expect((await office.submit('sam', await form(), { group: null, reason: '  ' }))?.errors).toEqual({
        group: 'Choose who should help.',
        reason: 'Say why: the group decides by it how fast to come.',
      });
      const long = { group: 'engineering', reason: 'x'.repeat(501) };
      expect((await office.submit('sam', await form(), long))?.errors).toEqual({
        reason: '501 characters; 500 fit.',
      });
      expect(await rows()).toEqual([]);
    });

    it('an issue that is over, a folded one, no groups, no role', async () => {
      await office.command('sam', 'acme-internal', '/issue', 'log Same thing');
      await office.command('sam', 'triage', '/issue', 'same B-2 as B-1');
      expect(JSON.stringify((await office.command('sam', 'triage', '/escalate', 'B-2'))?.open)).toContain(
        '*B-1*',
      );
      await office.command('sam', 'triage', '/issue', 'resolve B-1');
      expect(said(await form())).toContain('*B-1* is resolved, so nobody was called');
      await office.lookups.ensureUsers(['UMAX']);
      expect(said(await office.command('max', 'triage', '/escalate', 'B-1'))).toContain('You have no role');
      expect(said(await office.command('eli', 'triage', '/escalate', 'B-1'))).toContain('Your role');
      expect(await office.press('joe', 'escalation.answer', '1')).toBeUndefined();
    });

    it('a forged choice does nothing', async () => {
      for (const value of [
        '',
        '{}',
        '{"n":1}',
        '{"n":1,"g":"nobody","r":"x"}',
        '{"n":9,"g":"engineering","r":"x"}',
      ])
        expect(said(await office.press('sam', 'issue.escalate_to:x', value))).not.toBe('');
      for (const value of ['', 'x', '-1', '99', '1e9'])
        expect(said(await office.press('sam', 'escalation.take_back', value))).toContain('Which issue?');
      expect(await rows()).toEqual([]);
    });
  });
});
