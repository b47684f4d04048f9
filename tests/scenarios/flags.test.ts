import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askBadge } from '../../src/people/badges.js';
import type { Answer } from '../../src/slack/dispatch.js';
import type { Store } from '../../src/store/transact.js';
import { HOUR_MS, MINUTE_MS } from '../../src/time/index.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';
import { eventsOf, rowsOf } from '../support/rows.js';

const LINKS = 'https://ours.example/1\nhttps://ours.example/2';

/** Ana is success, Sam and Priya are support, Lea leads both. */
onEveryDatabase('flags', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
  });
  afterEach(() => store.close());

  const open = (text = 'flag acme Exports fail at month end') =>
    office.command('ana', 'triage', '/baton', text);
  const send = async (more: Record<string, string | null> = {}, form?: Answer) => {
    const fields = {
      kind: 'problem',
      detail: 'Exports fail at month end',
      evidence: null,
      severe: null,
      ...more,
    };
    const answer = await office.submit('ana', form ?? (await open()), fields);
    await office.settle();
    return answer;
  };
  const press = async (user: string, action: string, value = '1') => {
    const answer = await office.press(user, action, value);
    await office.settle();
    return answer;
  };
  const answerWith = async (user: string, action: string, words: string, value = '1') => {
    const answer = await office.submit(user, await press(user, action, value), { answer: words });
    await office.settle();
    return answer;
  };
  const flags = () => rowsOf(store, 'flags');
  const cards = () => office.slack.posts('CTRIAGE').filter((message) => message.text.startsWith('Flag'));
  const below = () =>
    office.slack
      .posts('CTRIAGE')
      .filter((message) => message.threadTs === cards()[0]?.ts && message.threadTs);
  const dms = (name = 'ana') => office.slack.posts(`DU${name.toUpperCase()}`);
  const said = (answer: Answer | undefined) => answer?.say?.text ?? '';

  describe('a problem to take over', () => {
    it('of a message whose issue is over brings that issue back', async () => {
      const ts = await office.writes('acme', 'joe', 'The export misses rows');
      await office.reacts('acme', ts, 'sam', 'ticket');
      await office.command('sam', 'triage', '/issue', 'resolve B-1');
      const on = { channel: 'acme', ts, author: 'joe', text: 'The export misses rows' };
      await send({}, await office.shortcut('ana', 'flag.message', on));
      expect(said(await press('sam', 'flag.accept'))).toContain('It is *B-1* now');
      expect(await rowsOf(store, 'issues')).toMatchObject([{ number: 1, state: 'new', reopened: 1 }]);
    });

    it('that came back reaches its sender the next working morning, where their day has no room', async () => {
      await send();
      const ana = (await rowsOf(store, 'people')).find((person) => person.handle === 'ana');
      const ask = { personId: ana?.id ?? 0, at: office.now(), isCritical: false, kind: 'test' };
      await store.transact([], async (tx) => {
        for (const about of ['a', 'b', 'c']) await askBadge(tx, { ...ask, about });
      });
      await answerWith('sam', 'flag.return', 'Which exports?');
      await office.travel(5 * HOUR_MS);
      expect(dms()).toEqual([]);
      await office.travel(19 * HOUR_MS);
      expect(dms().map((message) => message.text)).toEqual([
        'Your flag came back, something is missing: *Acme* Exports fail at month end',
      ]);
      expect(JSON.stringify(dms()[0]?.blocks)).toContain('flag.complete');
      await office.submit('ana', await press('ana', 'flag.complete'), {
        kind: 'problem',
        detail: 'CSV exports fail',
        evidence: null,
        severe: null,
      });
      await press('sam', 'flag.accept');
      await press('priya', 'issue.take', 'B-1');
      expect(dms().at(-1)?.text).toContain('*B-1*');
    });

    it('stands in triage until support accepts; then it is an issue, and the sender is told', async () => {
      expect(said(await send())).toContain('Sent to support: Exports fail at month end');
      expect(cards().map((message) => message.text)).toEqual([
        'Flag · Acme · Exports fail at month end · Waits for support since Tue 09:00',
      ]);
      expect(dms()).toEqual([]);
      expect(said(await press('sam', 'flag.accept'))).toBe('Accepted. It is *B-1* now. Ana Lopez is told.');
      expect(await rowsOf(store, 'issues')).toMatchObject([
        { number: 1, title: 'Exports fail at month end' },
      ]);
      expect(await flags()).toMatchObject([{ state: 'accepted', decidedBy: 'USAM', issueId: 1 }]);
      expect(cards()[0]?.text).toContain('Accepted by Sam Okafor: *B-1*');
      expect(JSON.stringify(cards()[0]?.blocks)).not.toContain('flag.accept');
      expect(dms().map((message) => message.text)).toEqual([
        'Sam Okafor accepted what you flagged, it is *B-1* now: *Acme* Exports fail at month end',
      ]);
    });

    it('its sender sees every change in the thread of that message, not what they did themselves', async () => {
      await send();
      await press('sam', 'flag.accept');
      await office.command('priya', 'triage', '/issue', 'take B-1');
      await office.command('priya', 'triage', '/issue', 'wait B-1');
      await office.command('ana', 'triage', '/issue', 'priority B-1 high');
      await office.command('priya', 'triage', '/issue', 'resolve B-1');
      await office.command('ana', 'triage', '/issue', 'reopen B-1');
      await office.settle();
      const [told, ...changes] = dms();
      expect(changes.map((message) => message.threadTs)).toEqual([told?.ts, told?.ts, told?.ts]);
      expect(changes.map((message) => message.text)).toEqual([
        '*B-1*: Priya Nair has it',
        '*B-1*: Waiting on Acme',
        '*B-1*: Resolved',
      ]);
    });

    it('sent from a message that support logged meanwhile, it is that issue', async () => {
      const ts = await office.writes('acme', 'joe', 'The export misses rows');
      const on = { channel: 'acme', ts, author: 'joe', text: 'The export misses rows' };
      const form = await office.shortcut('ana', 'flag.message', on);
      expect(JSON.stringify(form?.open)).toContain('The export misses rows');
      expect(JSON.stringify(form?.open)).toContain(`/archives/CACME/p${ts.replace('.', '')}`);
      await office.reacts('acme', ts, 'sam', 'ticket');
      await send({}, form);
      await press('sam', 'flag.accept');
      expect(await rowsOf(store, 'issues')).toHaveLength(1);
      expect(await flags()).toMatchObject([{ issueId: 1, channel: 'CACME', ts }]);
    });
  });

  describe('a pattern to look into', () => {
    it('needs links that show it, or the word that one case is severe', async () => {
      expect((await send({ kind: 'pattern' }))?.errors).toEqual({
        evidence: expect.stringContaining('two links'),
      });
      expect(await flags()).toEqual([]);
      await send({ kind: 'pattern', evidence: LINKS });
      await send({ kind: 'pattern', severe: 'yes' });
      expect(await flags()).toMatchObject([{ isSevere: false }, { isSevere: true, evidence: [] }]);
      expect(said(await press('sam', 'flag.accept'))).toBe('Accepted. Ana Lopez is told.');
      expect(await rowsOf(store, 'issues')).toEqual([]);
      expect(cards()[0]?.text).toContain('Sam Okafor looks into it');
      expect(dms()[0]?.text).toContain('Sam Okafor looks into the pattern you flagged');
    });
  });

  describe('returned and declined', () => {
    it('comes back to its sender with what is missing, and goes again with it', async () => {
      await send();
      expect((await answerWith('sam', 'flag.return', '  '))?.errors).toEqual({ answer: expect.any(String) });
      expect(said(await answerWith('sam', 'flag.return', 'Which exports?'))).toBe(
        'Returned. Ana Lopez is told.',
      );
      expect(cards()[0]?.text).toContain('Returned by Sam Okafor, asks: Which exports?');
      expect(JSON.stringify(dms()[0]?.blocks)).toContain('Which exports?');
      expect(said(await press('lea', 'flag.complete'))).toContain('Only whoever sent this flag');
      const again = await press('ana', 'flag.complete');
      expect(JSON.stringify(again?.open)).toContain('Which exports?');
      expect(said(await send({ detail: 'CSV exports fail at month end' }, again))).toContain(
        'Sent to support again',
      );
      expect(await flags()).toMatchObject([{ state: 'offered', detail: 'CSV exports fail at month end' }]);
      expect(cards()).toHaveLength(1);
      expect(below().map((message) => message.text)).toEqual([
        '<@USAM> Ana Lopez added what was missing. The flag above waits for support again.',
      ]);
      await press('priya', 'flag.accept');
      expect(dms()).toHaveLength(2);
      expect(dms().map((message) => message.text)[1]).toContain('Priya Nair accepted');
      expect(JSON.stringify(dms()[0]?.blocks)).not.toContain('flag.complete');
    });

    it('is declined with a reason that the sender reads', async () => {
      await send();
      await answerWith('sam', 'flag.more', 'Works as designed', 'decline:1');
      expect(await flags()).toMatchObject([{ state: 'declined', answer: 'Works as designed' }]);
      expect(dms()[0]?.text).toBe('Sam Okafor declined your flag: *Acme* Exports fail at month end');
      expect(JSON.stringify(dms()[0]?.blocks)).toContain('Works as designed');
      expect((await eventsOf(store, 'flag.offered', 'flag.declined')).map((row) => row.after)).toEqual([
        'offered',
        'declined',
      ]);
    });
  });

  describe('a press too late, or by somebody else', () => {
    it('is told how it stands and changes nothing', async () => {
      await send();
      const returning = await press('priya', 'flag.return');
      await press('sam', 'flag.accept');
      const moved = 'This moved on: Sam Okafor accepted the flag. Nothing was changed.';
      expect(said(await press('priya', 'flag.accept'))).toBe(moved);
      expect(said(await press('priya', 'flag.more', 'decline:1'))).toBe(moved);
      expect(said(await office.submit('priya', returning, { answer: 'too late' }))).toBe(moved);
      expect(await rowsOf(store, 'issues')).toHaveLength(1);
      expect(await eventsOf(store, 'flag.accepted', 'flag.returned', 'flag.declined')).toHaveLength(1);
    });

    it('support decides, not the sender, a viewer, a colleague or a customer', async () => {
      await send();
      expect(said(await press('ana', 'flag.accept'))).toContain('Support decides');
      expect(said(await press('eli', 'flag.accept'))).toContain('Your role');
      await office.lookups.ensureUsers(['UMAX']);
      expect(said(await press('max', 'flag.accept'))).toContain('You have no role');
      expect(await press('joe', 'flag.accept')).toBeUndefined();
      for (const value of ['', 'x', '99', 'decline:'])
        expect(said(await press('sam', 'flag.accept', value))).toBe('This flag is not there any more.');
      expect(await flags()).toMatchObject([{ state: 'offered' }]);
    });
  });

  describe('the clock', () => {
    it('after four working hours the support lead is mentioned below the card, once', async () => {
      await send();
      await office.travel(4 * HOUR_MS - MINUTE_MS);
      expect(below()).toEqual([]);
      await office.travel(2 * MINUTE_MS);
      expect(below().map((message) => message.text)).toEqual([
        "<@ULEA> nobody has answered Ana Lopez's flag on *Acme* yet: Exports fail at month end. Accept, return or decline it above.",
      ]);
      expect(cards()[0]?.text).toContain('the support lead was called');
      await answerWith('sam', 'flag.return', 'Which?');
      await send({}, await press('ana', 'flag.complete'));
      await office.travel(72 * HOUR_MS);
      expect(await eventsOf(store, 'flag.climbed')).toHaveLength(1);
    });

    it('not for what was decided; what was returned waits for nobody of support', async () => {
      await send();
      await answerWith('sam', 'flag.return', 'Which?');
      await office.travel(48 * HOUR_MS);
      await send();
      await press('sam', 'flag.accept', '2');
      await office.travel(48 * HOUR_MS);
      expect(await eventsOf(store, 'flag.climbed')).toEqual([]);
    });
  });

  describe('ways in and bad input', () => {
    const formOf = async (text: string, channel = 'triage') =>
      JSON.stringify((await office.command('ana', channel, '/baton', text))?.open);

    it('/baton flag finds the account in what was typed, or in the channel, or asks', async () => {
      expect(await formOf('flag Globex is slow')).toContain('Account: *Globex*');
      expect(await formOf('flag Globex is slow')).toContain('"initial_value":"is slow"');
      expect(await formOf('flag all is slow', 'acme-internal')).toContain('Account: *Acme*');
      expect(await formOf('flag acmee is slow')).toContain('"initial_value":"acmee is slow"');
      expect(await formOf('flag acmee is slow')).toContain('Which account?');
      expect(await formOf('flag')).toContain('Which account?');
    });

    it('a button with an account opens the form for it', async () => {
      expect(JSON.stringify((await office.press('ana', 'flag.open', '1'))?.open)).toContain(
        'Account: *Acme*',
      );
      expect(JSON.stringify((await office.press('ana', 'flag.open', 'x'))?.open)).toContain('Which account?');
    });

    it('each wrong field is named', async () => {
      const form = await open('flag');
      const wrong = { account: null, kind: null, detail: ' ', evidence: 'the wiki' };
      expect((await send(wrong, form))?.errors).toEqual({
        account: 'Choose the account that this is about.',
        kind: expect.any(String),
        detail: expect.any(String),
        evidence: expect.stringContaining('"the" is no link'),
      });
      expect((await send({ detail: 'x'.repeat(1_001) }))?.errors).toEqual({
        detail: '1001 characters; 1000 fit.',
      });
      expect(await flags()).toEqual([]);
    });
  });
});
