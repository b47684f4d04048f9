import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from '../support/baton.js';
import { onEveryDatabase } from '../support/databases.js';
import { countsOf, eventsOf, rowsOf } from '../support/rows.js';

const DAY = 24 * 3_600_000;

onEveryDatabase('issues that are the same, their fixes and their lists', (database) => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld(database);
    const said: [string, string, string][] = [
      ['acme', 'joe', 'Export drops rows since Monday'],
      ['acme', 'jill', 'Rows are missing in the CSV'],
      ['acme', 'joe', 'SSO loops on the login page'],
      ['globex', 'gus', 'The export is broken'],
    ];
    for (const [channel, author, text] of said) {
      const { ts } = await world.slack.post(channel, author, text);
      await world.settle();
      await world.slack.react(channel, ts, 'sam', 'ticket');
      await world.travel(3 * 3_600_000);
    }
  }, 120_000);
  afterAll(() => world.stop());

  const ask = async (user: string, text: string, command = '/issue') => {
    const { ackPayload } = await world.slack.command(user, 'triage', command, text);
    await world.settle();
    return JSON.stringify(ackPayload);
  };
  const card = (name: string) => {
    const found = world.slack.messages('triage').find((message) => message.text.startsWith(`${name} `));
    return JSON.stringify(found?.blocks);
  };
  const cardTs = (name: string) =>
    world.slack.messages('triage').find((message) => message.text.startsWith(`${name} `))?.ts ?? '';
  const issue = async (number: number) =>
    (await rowsOf(world.store, 'issues')).find((row) => row.number === number);
  const lastWhisper = (name: string) =>
    JSON.stringify(
      world.slack.ephemerals().findLast((message) => message.ephemeralTo === world.id(name))?.blocks,
    );

  describe('same', () => {
    it('is refused with the reason, and nothing is half-done', async () => {
      const before = await countsOf(world.store, ['inbox', 'outbox']);
      expect(await ask('sam', 'same 1 as 1')).toContain('name two different issues');
      expect(await ask('sam', 'same 1 as 4')).toContain('belong to different accounts');
      await ask('sam', 'close 3');
      expect(await ask('sam', 'same 3 as 1')).toContain('B-3 is closed. Reopen it first');
      expect(await ask('sam', 'same 1 as 3')).toContain('B-3 is closed. Reopen it first');
      expect(await ask('eli', 'same 2 as 1')).toContain('Your role in Baton does not include this');
      await ask('sam', 'reopen 3');
      const after = await countsOf(world.store, ['inbox', 'outbox']);
      expect({ ...after, log: 0, due: 0, signals: 0 }).toEqual({ ...before, log: 0, due: 0, signals: 0 });
      expect(await eventsOf(world.store, 'issue.folded')).toEqual([]);
    });

    it('folds one into the other with all that it holds, and the number still answers', async () => {
      await ask('priya', 'take 2');
      await ask('sam', 'priority 2 urgent');
      await ask('sam', 'link 2 https://github.com/acme/app/issues/12');
      await ask('sam', '2 the quarter closes', '/escalate');
      const question = world.slack.ephemerals().findLast((one) => one.ephemeralTo === world.id('sam'));
      await world.slack.press('sam', 'triage', question?.ts ?? '', 'issue.escalate_to:engineering');
      await world.settle();
      expect(await ask('sam', 'same B-2 as B-1')).toContain('B-2 is part of *B-1* now');
      expect(await issue(2)).toMatchObject({ state: 'merged' });
      expect(await issue(1)).toMatchObject({ priority: 'urgent', state: 'open' });
      expect(card('B-1')).toContain('Asked 2 times · with B-2');
      expect(card('B-1')).toContain('Urgent');
      expect(card('B-1')).toContain('|app#12>');
      expect(card('B-1')).toContain('Engineering');
      expect(card('B-2')).toContain('Same as B-1, which goes on for both');
      expect(card('B-2')).not.toContain("I'll take it");
      const shown = await ask('ana', 'show 2');
      expect(shown).toContain('B-2 was folded into *B-1*, which goes on for both.');
      expect(shown).toContain('Export drops rows since Monday');
    });

    it('what is asked of the folded number is done to the one that goes on, and said so', async () => {
      const answer = await ask('sam', 'wait 2');
      expect(answer).toContain('B-2 was folded into *B-1*');
      expect(answer).toContain('*B-1* waits on Acme now');
      expect((await issue(1))?.state).toBe('waiting');
      expect(await ask('lea', 'give 2 @sam')).toContain('Sam Okafor has *B-1* now');
      await world.slack.press('sam', 'triage', cardTs('B-2'), 'issue.take', { stale: true });
      await world.settle();
      expect(lastWhisper('sam')).toContain('This moved on. Here is how it stands:');
      expect(lastWhisper('sam')).toContain('*B-1*');
      expect(await ask('eli', 'history 2')).toContain('folded B-2 into it');
    });

    it('a customer who answers in the thread of the folded one brings back the one that goes on', async () => {
      await ask('sam', 'resolve 1');
      const thread = world.slack
        .messages('acme')
        .find((message) => message.text?.includes('missing in the CSV'));
      await world.slack.post('acme', 'jill', 'Rows are still missing today', { threadTs: thread?.ts ?? '' });
      await world.settle();
      expect(await issue(1)).toMatchObject({ state: 'open', reopened: 1 });
    });

    it('goes on along the chain, and refuses circles and what was folded before', async () => {
      expect(await ask('sam', 'same 1 as 2')).toContain('B-2 was folded into B-1 already, so they are one');
      expect(await ask('sam', 'same 2 as 1')).toContain('B-2 was folded into B-1 already');
      expect(await ask('sam', 'same 2 as 3')).toContain('/issue same B-1 as B-3');
      expect(await ask('sam', 'same 3 as 2')).toContain('B-3 is part of *B-1* now');
      expect(card('B-1')).toContain('with B-2, B-3');
      expect((await ask('ana', 'show 3')).includes('B-3 was folded into *B-1*')).toBe(true);
    });

    it('is chosen from a list on the card', async () => {
      for (const text of ['Old import fails', 'Import fails too'])
        await world.slack.command('sam', 'globex-internal', '/issue', `log ${text}`);
      await world.settle();
      await world.slack.press('sam', 'triage', cardTs('B-6'), 'issue.more', { value: 'more:6' });
      await world.slack.waitFor(() => world.slack.openViews(world.id('sam')).length > 0, 'More');
      await world.slack.submitView('sam', { what: { selected: 'same' } });
      await world.slack.waitFor(
        () => world.slack.openViews(world.id('sam')).at(-1)?.callback_id === 'issue.same',
        'the form',
      );
      await world.slack.submitView('sam', { into: { selected: '5' } });
      await world.settle();
      expect((await issue(6))?.state).toBe('merged');
      expect(lastWhisper('sam')).toContain('B-6 is part of *B-5* now');
    });
  });

  describe('a fix', () => {
    it('is one for as many issues as its address is linked to', async () => {
      expect(await ask('sam', 'link 1 <https://github.com/acme/app/pull/12/files|#12>')).toContain(
        'Nothing changed',
      );
      const answer = await ask('sam', 'link 4 https://github.com/Acme/app/issues/12');
      expect(answer).toContain('It also mends B-1');
      expect((await rowsOf(world.store, 'fixes')).length).toBe(1);
      expect(card('B-4')).toContain('Waiting on fix app#12');
      expect(await ask('eli', 'link 4 https://linear.app/acme/issue/ENG-1')).toContain('Your role');
    });

    it('is refused for what is no tracker, with what is understood and what was typed', async () => {
      const answer = await ask('sam', 'link 4 https://example.com/fix?<!channel>');
      expect(answer).toContain('linear.app/acme/issue/ENG-311');
      expect(answer).toContain('You wrote: https://example.com/fix?');
      expect(answer).not.toContain('<!channel>');
      expect(await ask('sam', 'link 4')).toContain('Which fix? Write its address');
    });

    it('is linked by a form, which says at its field what is wrong', async () => {
      await world.slack.press('sam', 'triage', cardTs('B-5'), 'issue.more', { value: 'link:5' });
      await world.slack.waitFor(() => world.slack.openViews(world.id('sam')).length > 0, 'the form');
      const wrong = await world.slack.submitView('sam', { url: 'ENG-311' });
      expect(wrong.viewErrors).toEqual({ url: expect.stringContaining('GitHub') });
      await world.slack.submitView('sam', { url: 'https://linear.app/acme/issue/ENG-311/import' });
      await world.settle();
      expect(card('B-5')).toContain('|ENG-311> (not live yet)');
    });

    it('that is live already is owed to whoever is linked to it late', async () => {
      await ask('eli', 'fix live B-5', '/baton');
      await world.slack.command('sam', 'acme-internal', '/issue', 'log Import of files fails');
      await world.settle();
      expect(await ask('sam', 'link 7 https://linear.app/acme/issue/ENG-311')).toContain('(live)');
      expect(await issue(7)).toMatchObject({ state: 'resolved' });
      const owed = (await rowsOf(world.store, 'followups')).filter((row) => row.kind === 'tell_fix');
      expect(new Set(owed.map((row) => row.accountId)).size).toBe(2);
    });
  });

  describe('lists', () => {
    it('show what is open, mine, of an account, overdue, or waiting on a group', async () => {
      expect(await ask('sam', 'list')).toContain('Open issues');
      expect(await ask('sam', 'list')).not.toContain('*B-2*');
      expect(await ask('sam', 'list mine')).toContain('*B-1*');
      expect(await ask('priya', 'list mine')).toContain('Your issues: none.');
      expect(await ask('sam', 'list globex')).toContain('*B-4*');
      expect(await ask('sam', 'list globex')).not.toContain('*B-1*');
      expect(await ask('sam', 'list waiting on engineering')).toContain('*B-1*');
      expect(await ask('sam', 'list waiting on enginering')).toContain('/issue list waiting on engineering');
      expect(await ask('sam', 'list waiting on')).toContain('Baton knows no account');
      expect(await ask('sam', 'list waiting on nobody')).toContain('There are: Engineering, Executive.');
      expect(await ask('sam', 'list overdue')).not.toContain('*B-5*');
      expect(await ask('sam', 'list glbex')).toContain('Did you mean /issue list globex?');
      expect(await ask('sam', 'list miine')).toContain('Did you mean /issue list mine?');
      await world.travel(4 * DAY);
      const overdue = await ask('sam', 'list overdue');
      expect(overdue).toContain('A reply, a solution or news for the customer is late.');
      expect(overdue).toContain('*B-5*');
      expect(overdue).not.toContain('*B-2*');
    });

    it('have twenty a page and a button for more, which carries the page', async () => {
      for (let n = 1; n <= 41; n += 1)
        await world.slack.command(
          'sam',
          'initech-internal',
          '/issue',
          `log Thing ${n} & <b> ${'x'.repeat(100)}`,
        );
      await world.settle();
      const first = await ask('luis', 'list initech');
      expect(first).toContain('(1 to 20 of 41)');
      expect(first.match(/Thing \d+/g)).toHaveLength(20);
      const pressed: number[] = [];
      for (const range of ['21 to 40', '41 to 41']) {
        const { ts } = world.slack.ephemerals().findLast((one) => one.ephemeralTo === world.id('luis')) ?? {
          ts: '',
        };
        await world.slack.press('luis', 'triage', ts, 'issue.list_more');
        await world.settle();
        expect(lastWhisper('luis')).toContain(`(${range} of 41)`);
        pressed.push(lastWhisper('luis').match(/Thing \d+/g)?.length ?? 0);
      }
      expect(pressed).toEqual([20, 1]);
      expect(lastWhisper('luis')).not.toContain('issue.list_more');
    });
  });

  it('never wrote where a customer reads, and nothing that Slack would refuse', () => {
    for (const channel of ['acme', 'globex', 'initech'])
      expect(world.slack.messages(channel).filter((message) => message.bot_id)).toEqual([]);
    expect(world.slack.violations).toEqual([]);
  });
});
