import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../../src/slack/dispatch.js';
import type { Store } from '../../src/store/transact.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/time/index.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';
import { eventsOf, rowsOf } from '../support/rows.js';

/** It is Tuesday 3 November 2026, nine o'clock in Berlin, where Sam works from nine to five. */
onEveryDatabase('promises', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
    await office.command('sam', 'acme-internal', '/issue', 'log Export drops rows');
    await office.settle();
  });
  afterEach(() => store.close());

  const promise = (text: string, user = 'sam', channel = 'triage') =>
    office.command(user, channel, '/baton', `promise ${text}`);
  const promises = () => rowsOf(store, 'promises');
  const dms = (name = 'sam') => office.slack.posts(`DU${name.toUpperCase()}`);
  const card = () => JSON.stringify(office.slack.posts('CTRIAGE')[0]?.blocks);
  const said = (answer: Answer | undefined) => answer?.say?.text ?? '';

  describe('noting one', () => {
    it('from a command, at once, with the day in words; it stands on the card of the issue', async () => {
      expect(said(await promise('B-1 by Friday: CSV template'))).toBe(
        'Noted. You promise Acme by *Fri* (B-1): CSV template',
      );
      expect(await promises()).toMatchObject([
        { dueOn: '2026-11-06', byUser: 'USAM', issueId: 1, state: 'open' },
      ]);
      await office.settle();
      expect(card()).toContain('Promised (Sam Okafor, by Fri): CSV template');
    });

    it('to an account, to a person, with a date', async () => {
      expect(said(await promise('Globex to Gus by 20 Nov: a call'))).toBe(
        'Noted. You promise Gus of Globex by *20 Nov*: a call',
      );
      expect(said(await promise('by 2026-11-20: a call', 'ana', 'acme-internal'))).toContain(
        'You promise Acme',
      );
    });

    it('with less, a form asks for the rest and keeps what was typed', async () => {
      const form = await promise('B-1 CSV template');
      expect(JSON.stringify(form?.open)).toContain('*B-1* Export drops rows');
      expect(JSON.stringify(form?.open)).toContain('"initial_value":"CSV template"');
      const answer = await office.submit('sam', form, {
        what: 'CSV template',
        by: '2026-11-06',
        to_whom: 'Joe',
      });
      expect(said(answer)).toBe('Noted. You promise Joe of Acme by *Fri* (B-1): CSV template');
    });

    it('from a message: by whoever wrote it, if that is one of us, to the customer who did, else', async () => {
      const ts = await office.writes('acme', 'sam', 'You get the template by Friday');
      const ours = { channel: 'acme', ts, author: 'sam', text: 'You get the template by Friday' };
      const form = await office.shortcut('ana', 'promise.message', ours);
      expect(JSON.stringify(form?.open)).toContain('Promised by *Sam Okafor*');
      const answer = await office.submit('ana', form, {
        what: 'The template',
        by: '2026-11-06',
        to_whom: null,
      });
      expect(said(answer)).toBe('Noted. Sam Okafor promises Acme by *Fri*: The template');
      expect(await promises()).toMatchObject([{ byUser: 'USAM', toWhom: null, channel: 'CACME', ts }]);
      const theirs = { channel: 'acme', ts: office.ts(), author: 'joe', text: 'Friday then?' };
      const asked = await office.shortcut('ana', 'promise.message', theirs);
      expect(JSON.stringify(asked?.open)).toContain('"initial_value":"Joe Park"');
      expect(JSON.stringify(asked?.open)).not.toContain('Promised by');
    });

    it('behind the card: the menu and a button with a number', async () => {
      const byMenu = await office.press('sam', 'issue.do', 'promise:1');
      const byButton = await office.press('sam', 'promise.open', 'B-1');
      for (const form of [byMenu, byButton])
        expect(JSON.stringify(form?.open)).toContain('On *B-1* Export drops rows');
    });

    it('stands on what is owed to the account until it ended', async () => {
      await office.command('eli', 'triage', '/baton', 'fix live B-1');
      await office.settle();
      await promise('B-1 by Friday: CSV template', 'ana');
      await office.settle();
      const owed = () => JSON.stringify(dms()[0]?.blocks);
      expect(owed()).toContain('Promised (Ana Lopez, by Fri): CSV template');
      await office.press('ana', 'promise.kept', '1');
      await office.settle();
      expect(owed()).not.toContain('Promised');
      expect(card()).not.toContain('Promised');
    });
  });

  describe('on the day', () => {
    it('the promiser is asked at nine, in private, and says how it ended', async () => {
      await promise('B-1 by Friday: CSV template');
      await office.travel(3 * DAY_MS - MINUTE_MS);
      expect(dms()).toEqual([]);
      await office.travel(2 * MINUTE_MS);
      expect(dms().map((message) => message.text)).toEqual([
        'Did you keep it? You promised *Acme* by today (B-1):',
      ]);
      expect(said(await office.press('ana', 'promise.kept', '1'))).toContain('Only Sam Okafor');
      expect(said(await office.press('sam', 'promise.kept', '1'))).toBe('Good: noted as kept.');
      expect(said(await office.press('sam', 'promise.broken', '1'))).toContain('is kept already');
      await office.travel(7 * DAY_MS);
      expect(dms()).toHaveLength(1);
      expect(dms()[0]?.text).toContain('Kept, said Sam Okafor');
      expect(await eventsOf(store, 'promise.kept', 'promise.broken')).toMatchObject([
        { kind: 'promise.kept', actor: 'USAM', before: 'open', after: 'kept' },
      ]);
    });

    it('unanswered it counts as broken on the next working day; it may still be said that it was kept', async () => {
      await promise('B-1 by Thursday: CSV template');
      await office.travel(3 * DAY_MS - MINUTE_MS);
      expect(await promises()).toMatchObject([{ state: 'open' }]);
      await office.travel(2 * MINUTE_MS);
      expect(await promises()).toMatchObject([{ state: 'broken', endedBy: null }]);
      expect(dms()).toHaveLength(1);
      expect(dms()[0]?.text).toContain('Counts as broken, since nobody said that it was kept');
      expect(await eventsOf(store, 'promise.broken')).toMatchObject([
        { actor: null, source: 'clock', issueId: 1 },
      ]);
      await office.press('sam', 'promise.kept', '1');
      expect(await promises()).toMatchObject([{ state: 'kept', endedBy: 'USAM' }]);
    });

    it('is not counted over a weekend on which nobody could press', async () => {
      await promise('B-1 by Friday: CSV template');
      await office.travel(6 * DAY_MS - MINUTE_MS);
      expect(await promises()).toMatchObject([{ state: 'open' }]);
      await office.travel(2 * MINUTE_MS);
      expect(await promises()).toMatchObject([{ state: 'broken' }]);
    });

    it('is not counted before the question stood in Slack', async () => {
      await promise('B-1 by Thursday: CSV template');
      office.clock.advance(6 * DAY_MS + 2 * HOUR_MS);
      await office.settle();
      await office.travel(HOUR_MS);
      expect(await promises()).toMatchObject([{ state: 'open' }]);
      await office.travel(DAY_MS);
      expect(await promises()).toMatchObject([{ state: 'broken' }]);
    });

    it('who stands in is asked while the promiser is away, and may say it', async () => {
      await promise('B-1 by Friday: CSV template');
      await office.command('sam', 'triage', '/baton', 'away until 11 Nov @ana covers');
      await office.travel(3 * DAY_MS + MINUTE_MS);
      const asked = () => dms('ana').filter((message) => message.text?.includes('promised'));
      expect(asked().map((message) => message.text)).toEqual([
        'Was it kept? Sam Okafor, who is away, promised *Acme* by today (B-1):',
      ]);
      expect(dms()).toEqual([]);
      expect(said(await office.press('luis', 'promise.kept', '1'))).toContain('Only Sam Okafor');
      expect(said(await office.press('ana', 'promise.kept', '1'))).toBe('Good: noted as kept.');
      await office.travel(7 * DAY_MS);
      expect(await promises()).toMatchObject([{ state: 'kept', endedBy: 'UANA' }]);
    });

    it('unanswered by who stands in it counts as broken on their next working day', async () => {
      await promise('B-1 by Thursday: CSV template');
      await office.command('sam', 'triage', '/baton', 'away until 11 Nov @ana covers');
      await office.travel(3 * DAY_MS - MINUTE_MS);
      expect(await promises()).toMatchObject([{ state: 'open' }]);
      await office.travel(2 * MINUTE_MS);
      expect(await promises()).toMatchObject([{ state: 'broken', endedBy: null }]);
      expect(JSON.stringify(dms('ana'))).toContain('it was kept: Sam Okafor promised *Acme*');
    });

    it('said to be broken, it is, and the customer should hear', async () => {
      await promise('B-1 by today: CSV template');
      await office.travel(9 * HOUR_MS);
      expect(dms()).toHaveLength(1);
      expect(said(await office.press('sam', 'promise.broken', '1'))).toBe(
        'Noted as broken. Acme should hear a new date from you.',
      );
      expect(await eventsOf(store, 'promise.broken')).toMatchObject([{ actor: 'USAM', source: 'button' }]);
    });
  });

  describe('bad input', () => {
    it.each([
      ['B-1 by 2 Nov: CSV', 'By when*: "2 Nov" is past'],
      ['B-1 by soon: CSV', 'By when*: "soon" is no day'],
      ['B-9 by Friday: CSV', 'Issue or account*: There is no issue B-9'],
      ['acmee by Friday: CSV', 'Issue or account*: "acmee" is no issue and no account. Did you mean Acme?'],
      ['by Friday: CSV', 'Issue or account*: Say which'],
      ['B-1 by Friday:', 'What*: Say what was promised.'],
      [`B-1 by Friday: ${'x'.repeat(301)}`, 'What*: 301 characters; 300 fit.'],
    ])('promise %s names the field and keeps what was typed', async (typed, problem) => {
      const answer = await promise(typed);
      expect(said(answer)).toContain('Nothing was noted.');
      expect(said(answer)).toContain(problem);
      expect(JSON.stringify(answer?.say?.blocks)).toContain('You wrote:');
      expect(await promises()).toEqual([]);
    });

    it('in the form each wrong field is named', async () => {
      const form = await office.command('sam', 'triage', '/baton', 'promise');
      const fields = { account: null, what: ' ', by: '2026-11-02', to_whom: null };
      expect((await office.submit('sam', form, fields))?.errors).toEqual({
        account: 'Choose the account that this is about.',
        what: 'Say what was promised.',
        by: expect.stringContaining('is past'),
      });
      expect(await promises()).toEqual([]);
    });

    it('a viewer, a customer and a stranger note nothing; a forged value ends nothing', async () => {
      expect(said(await promise('B-1 by Friday: CSV', 'eli'))).toContain('Your role');
      expect(await office.press('joe', 'promise.kept', '1')).toBeUndefined();
      for (const value of ['', 'x', '99'])
        expect(said(await office.press('sam', 'promise.kept', value))).toBe(
          'This promise is not there any more.',
        );
      expect(await promises()).toEqual([]);
    });
  });
});
