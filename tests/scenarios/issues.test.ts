import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/transact.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';
import { eventsOf, rowsOf } from '../support/rows.js';

onEveryDatabase('issues', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
  });
  afterEach(() => store.close());

  const issues = () => rowsOf(store, 'issues');
  const whisperedTo = (name: string) =>
    office.slack.whispers.filter((one) => one.user === `U${name.toUpperCase()}`).map((one) => one.text);

  it('one message logged by two people is one issue, and the second is told which', async () => {
    const ts = await office.writes('acme', 'joe', 'The export misses rows');
    await office.reacts('acme', ts, 'sam', 'ticket');
    await office.reacts('acme', ts, 'priya', 'ticket::skin-tone-3');
    await office.settle();
    expect(await issues()).toMatchObject([{ number: 1, title: 'The export misses rows', createdBy: 'USAM' }]);
    expect(whisperedTo('priya').join()).toContain('That message is *B-1* already');
    expect(await eventsOf(store, 'issue.opened')).toHaveLength(1);
  });

  it('two messages of one contact are one issue', async () => {
    const first = await office.writes('acme', 'joe', 'The export misses rows');
    const second = await office.writes('acme', 'joe', 'and the dates are wrong');
    await office.reacts('acme', first, 'sam', 'ticket');
    await office.reacts('acme', second, 'priya', 'ticket');
    expect(await issues()).toHaveLength(1);
    expect(await rowsOf(store, 'issueSources')).toHaveLength(2);
  });

  it('a message that a typed title was attached to, then logged by reaction, is one issue', async () => {
    const ts = await office.writes('acme', 'joe', 'The export misses rows since Monday');
    const answer = await office.command('sam', 'acme-internal', '/issue', 'log Export drops rows');
    expect(answer?.say?.text).toContain('Logged *B-1* for Acme: Export drops rows');
    await office.reacts('acme', ts, 'priya', 'ticket');
    expect(await issues()).toMatchObject([{ title: 'Export drops rows' }]);
  });

  it('two titles typed for two matters are two issues, numbered without a gap', async () => {
    await office.command('sam', 'acme-internal', '/issue', 'log Export drops rows');
    await office.command('priya', 'globex-internal', '/issue', 'log Login loops');
    expect((await issues()).map((issue) => issue.number)).toEqual([1, 2]);
  });

  it('a reaction of a customer, of a colleague without a role, or on our own message logs nothing', async () => {
    const theirs = await office.writes('acme', 'joe', 'The export misses rows');
    const ours = await office.writes('acme', 'sam', 'We are looking into it');
    await office.reacts('acme', theirs, 'joe', 'ticket');
    await office.reacts('acme', theirs, 'max', 'ticket');
    await office.reacts('acme', ours, 'sam', 'ticket');
    await office.settle();
    expect(await issues()).toEqual([]);
    expect(whisperedTo('joe')).toEqual([]);
    expect(whisperedTo('max')).toEqual([]);
    expect(whisperedTo('sam').join()).toContain('from one of us');
  });

  it('eyes take the issue; the first wins and the second learns who', async () => {
    const ts = await office.writes('acme', 'joe', 'The export misses rows');
    await office.reacts('acme', ts, 'sam', 'ticket');
    await office.reacts('acme', ts, 'priya', 'eyes');
    await office.reacts('acme', ts, 'sam', 'eyes');
    await office.settle();
    const priya = (await rowsOf(store, 'people')).find((person) => person.handle === 'priya');
    expect(await issues()).toMatchObject([{ ownerId: priya?.id, state: 'open' }]);
    expect(whisperedTo('sam').join()).toContain('Priya Nair has *B-1* already');
  });

  it('an issue has one card in triage and one in each internal channel, changed in place', async () => {
    await office.command('sam', 'acme-internal', '/issue', 'log Export drops rows');
    await office.settle();
    // Nothing says which channel comes first: each has its own turn.
    expect(
      office.slack
        .posts()
        .map((post) => post.channel)
        .sort(),
    ).toEqual(['CACMEINTERNAL', 'CTRIAGE']);
    await office.press('priya', 'issue.take', 'B-1');
    await office.settle();
    expect(office.slack.posts()).toHaveLength(2);
    expect(JSON.stringify(office.slack.posts('CACMEINTERNAL'))).toContain('Priya Nair has it');
  });

  describe('escalation', () => {
    beforeEach(async () => {
      await office.command('sam', 'acme-internal', '/issue', 'log Export drops rows');
      await office.settle();
    });
    const choose = (who: string, group = 'engineering') =>
      office.press(
        who,
        `issue.escalate_to:${group}`,
        JSON.stringify({ n: 1, g: group, r: 'production is blocked' }),
      );

    it('is one however often and by whomever it is pressed', async () => {
      await choose('sam');
      await choose('sam');
      const again = await choose('priya');
      await office.settle();
      expect(again?.say?.text).toContain('asked about *B-1* before');
      expect(await rowsOf(store, 'escalations')).toHaveLength(1);
      const calls = office.slack.posts('CTRIAGE').filter((post) => post.threadTs !== undefined);
      expect(calls).toHaveLength(1);
      expect(calls[0]?.threadTs).toBe(office.slack.posts('CTRIAGE')[0]?.ts);
      expect(calls[0]?.text).toContain('<@UELI>');
    });

    it('to another group is another one', async () => {
      await choose('sam');
      await choose('sam', 'executive');
      expect(await rowsOf(store, 'escalations')).toHaveLength(2);
    });

    it('is answered by the first who presses; the second learns who it is', async () => {
      await choose('sam');
      const first = await office.press('eli', 'escalation.answer', '1');
      const second = await office.press('priya', 'escalation.answer', '1');
      await office.settle();
      expect(first?.say?.text).toContain('You are on it');
      expect(second?.say?.text).toBe('Eli Stone is on it already.');
      expect(await rowsOf(store, 'escalations')).toMatchObject([{ answeredBy: 'UELI', openKey: null }]);
      expect(await eventsOf(store, 'escalation.answered')).toHaveLength(1);
    });
  });
});
