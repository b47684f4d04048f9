import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accountById } from '../../src/accounts/store.js';
import { accountCard } from '../../src/cards/account/index.js';
import { personBySlackId } from '../../src/people/store.js';
import type { Answer } from '../../src/slack/dispatch.js';
import type { Store } from '../../src/store/transact.js';
import { DAY_MS, HOUR_MS } from '../../src/time/index.js';
import { onEveryDatabase } from '../support/databases.js';
import { expectInert } from '../support/hostile.js';
import { type Office, openOffice } from '../support/office.js';
import { rowsOf } from '../support/rows.js';

/** It is Tuesday 3 November 2026, nine o'clock in Berlin. */
onEveryDatabase('the card of an account', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
  });
  afterEach(() => store.close());

  const card = (viewer = 'USAM', id = 1) =>
    store.read(async (tx) => {
      const account = await accountById(tx, id);
      const person = await personBySlackId(tx, viewer);
      if (!account || !person) throw new Error('nobody');
      return accountCard(tx, account, person, office.now());
    });
  const textOf = async (viewer?: string, id?: number) => JSON.stringify((await card(viewer, id)).blocks);
  const opened = (answer: Answer | undefined) => JSON.stringify(answer?.open);
  const change = (set: Record<string, unknown>) =>
    store.transact([], async (tx) => {
      await tx.db.update(tx.t.accounts).set(set);
    });

  it('says honestly what nobody knows', async () => {
    const text = await textOf('UANA', 3);
    expect(text).toContain('*Initech*');
    expect(text).toContain('CSM: Luis Weber · Support: nobody');
    expect(text).toContain('Never wrote in, as far as Baton knows');
    expect(text).toContain('No open issue');
    expect(text).toContain('No data: goal, renewal, lifecycle, revenue, health, ratings, conversations');
  });

  it('shows both functions the same: who they are, what hurts, what was promised, who works on what', async () => {
    await change({ lifecycle: 'live', segment: 'Enterprise', renewalOn: '2027-02-14' });
    for (const text of ['The export drops rows', 'Logins loop']) {
      const ts = await office.writes('acme', 'joe', text);
      await office.reacts('acme', ts, 'sam', 'ticket');
      await office.travel(3 * HOUR_MS);
    }
    await office.command('sam', 'triage', '/issue', 'take B-1');
    await office.press(
      'sam',
      'issue.escalate_to:executive',
      JSON.stringify({ n: 2, g: 'executive', r: 'asked' }),
    );
    await office.command('sam', 'triage', '/baton', 'promise B-1 by Friday: CSV template');
    await office.command('eli', 'triage', '/baton', 'fix live B-2');
    await office.settle();
    const text = await textOf('UANA');
    for (const line of [
      '*Acme* · tier A · Enterprise · live · renews 14 Feb 2027 (103 days)',
      'Wants: month-end close without sheets',
      'CSM: Ana Lopez · Support: Sam Okafor',
      'Wrote in 2 times in 30 days, 2 times in 90  ▁▁▁▁▁▁▁▁▁▁▁▁▃',
      '1 escalation in 90 days',
      '*B-1* The export drops rows · Sam Okafor has it',
      'Ana Lopez: tell them \\"Logins loop\\" is fixed, by Wed 17:00',
      'Promised (Sam Okafor, by Fri): CSV template',
    ])
      expect(text).toContain(line);
    expect((await card('USAM')).blocks).toEqual((await card('UANA')).blocks);
  });

  it('says what is followed up on, and which function logged no conversation', async () => {
    await office.command('ana', 'triage', '/baton', 'followup acme: call Joe about the migration');
    await store.transact([], (tx) =>
      tx.db.insert(tx.t.touches).values({
        accountId: 1,
        byId: 3,
        func: 'success',
        how: 'call',
        at: office.now(),
        loggedAt: office.now(),
      }),
    );
    const text = await textOf('USAM');
    expect(text).toContain('Ana Lopez follows up: call Joe about the migration, by');
    expect(text).toContain('Success last spoke: Ana Lopez, call');
    expect(text).toContain('conversations of support');
    expect(await textOf('UELI')).toContain('Ana Lopez follows up, by');
    expect(await textOf('UELI')).not.toContain('migration');
    expect(await office.opensHome('ana')).toContain('Follow up with *Acme*: call Joe about the migration');
  });

  it('revenue, health and notes are for support, success and leads', async () => {
    await change({
      revenue: 1_200_000,
      currency: 'EUR',
      healthValue: 72,
      healthBand: 'green',
      healthSource: 'Vitally',
      healthAsOf: '2026-11-02',
    });
    const form = await office.press('ana', 'touch.open', '1');
    await office.submit('ana', form, { how: 'call', when: null, outcome: 'happy', note: 'the CFO leaves' });
    const ours = await textOf('USAM');
    for (const words of [
      'Revenue: 1,200,000 EUR a year',
      'Health: 72 *green* · from Vitally · as of Mon',
      'the CFO leaves',
    ])
      expect(ours).toContain(words);
    const theirs = await textOf('UELI');
    expect(theirs).toContain('Success last spoke: Ana Lopez, call, Tue');
    expect(theirs).not.toMatch(
      /1,200,000|72|green|CFO|happy|Log a conversation|Flag to support|revenue|health/,
    );
  });

  describe('logging a conversation', () => {
    const touches = () => rowsOf(store, 'touches');

    it('from the card, which shows it at once', async () => {
      const over = await office.press('ana', 'account.open', '1');
      expect(opened(over)).toContain('touch.open');
      const form = { open: (await office.press('ana', 'touch.open', '1'))?.open };
      const memory = JSON.parse((form.open as { private_metadata: string }).private_metadata);
      const fromCard = {
        open: { ...(form.open as object), private_metadata: JSON.stringify({ ...memory, channel: null }) },
      };
      const after = await office.submit('ana', fromCard, {
        how: 'meeting',
        when: '2026-11-02',
        outcome: null,
        note: null,
      });
      expect(opened(after)).toContain('Success last spoke: Ana Lopez, meeting, Mon');
      expect(await touches()).toMatchObject([
        { how: 'meeting', func: 'success', at: Date.UTC(2026, 10, 2, 11), outcome: null, note: null },
      ]);
    });

    it('from a message: the account by its channel, the words as the note, the message as its proof', async () => {
      const ts = await office.writes('acme', 'joe', 'Thanks for the call, we are happy &amp; calm');
      const form = await office.shortcut('ana', 'touch.message', {
        channel: 'acme',
        ts,
        author: 'joe',
        text: 'Thanks &amp; bye',
      });
      expect(opened(form)).toContain('Account: *Acme*');
      expect(opened(form)).toContain('"initial_value":"Thanks & bye"');
      const answer = await office.submit('ana', form, {
        how: 'chat',
        when: '2026-11-03',
        outcome: null,
        note: 'Thanks & bye',
      });
      expect(answer?.say?.text).toContain('you spoke with Acme today');
      expect(await touches()).toMatchObject([
        { how: 'chat', at: office.now(), permalink: expect.stringContaining('/archives/CACME/') },
      ]);
    });

    it('asks for the account where nobody can tell, and names each wrong field', async () => {
      const form = await office.shortcut('ana', 'touch.message', {
        channel: 'triage',
        ts: office.ts(),
        author: null,
        text: '',
      });
      const answer = await office.submit('ana', form, {
        account: null,
        how: 'shouting',
        when: '2026-11-04',
        outcome: null,
        note: null,
      });
      expect(answer?.errors).toEqual({
        account: 'Choose the account that this is about.',
        how: 'Choose how you spoke.',
        when: expect.stringContaining('has not come yet'),
      });
      const old = await office.submit('ana', form, {
        account: '1',
        how: 'call',
        when: '2024-01-01',
        outcome: null,
        note: null,
      });
      expect(old?.errors).toEqual({ when: expect.stringContaining('more than a year') });
      expect(await touches()).toEqual([]);
    });

    it('is nothing for a viewer, a customer or a forged account', async () => {
      expect((await office.press('eli', 'touch.open', '1'))?.say?.text).toContain('Your role');
      expect(await office.press('joe', 'account.open', '1')).toBeUndefined();
      for (const value of ['', 'x', '99', '1; drop'])
        expect((await office.press('ana', 'account.open', value))?.say?.text).toContain('not there any more');
    });
  });

  it.each([0, 1, 49, 50, 500])('stays one card with %i of everything', async (n) => {
    await store.transact([], async (tx) => {
      const all = Array.from({ length: n }, (_, i) => i + 1);
      if (n === 0) return;
      await tx.db.insert(tx.t.issues).values(
        all.map((i) => ({
          number: i,
          accountId: 1,
          title: '&'.repeat(150),
          priority: 'normal' as const,
          state: 'open' as const,
          createdAt: office.now() - DAY_MS,
          createdBy: 'USAM',
        })),
      );
      await tx.db.insert(tx.t.promises).values(
        all.map(() => ({
          accountId: 1,
          what: '&'.repeat(300),
          dueOn: '2026-11-06',
          byUser: 'USAM',
          state: 'open' as const,
          at: office.now(),
        })) as never,
      );
    });
    const message = await card();
    expectInert(message);
    expect(JSON.stringify(message)).toContain(n === 0 ? 'No open issue' : `${n} open issue`);
  });
});
