import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from '../support/baton.js';
import { sqliteDatabase } from '../support/databases.js';
import { countOf, rowsOf } from '../support/rows.js';

const HOUR = 3_600_000;

/** The ways in, over the wire: the line in triage, the message shortcut where Baton is not, *Other message*. */
describe('the ways in, over the wire', () => {
  const database = sqliteDatabase();
  let world: World;

  const shown = (channel: string) => JSON.stringify(world.slack.messages(channel).map((one) => one.blocks));
  const lineOf = (account: string) =>
    world.slack.messages('triage').findLast((one) => one.text.startsWith(account))?.ts ?? '';
  const dmOf = (name: string) => world.slack.dm(world.id(name)).id;
  const whispers = (name: string) =>
    world.slack
      .ephemerals()
      .filter((one) => one.ephemeralTo === world.id(name))
      .map((one) => one.text);
  const opened = async (name: string) => {
    await world.slack.waitFor(() => world.slack.openViews(world.id(name)).length > 0, 'the form');
    return JSON.stringify(world.slack.openViews(world.id(name))[0]);
  };

  beforeAll(async () => {
    world = await startWorld(database);
    world.slack.addChannel({ name: 'elsewhere', members: ['sam', 'priya', 'joe'], botMember: false });
    world.slack.addChannel({
      name: 'sam-joe',
      id: 'DSAMJOE',
      isPrivate: true,
      members: ['sam', 'joe'],
      botMember: false,
    });
  });
  afterAll(async () => {
    await world.stop();
    await database.dispose();
  });

  it('offers what waits on one line; Log makes the issue, the line folds, a late press changes nothing', async () => {
    const { slack, travel, settle } = world;
    await slack.post('acme', 'joe', 'The export misses rows since Monday');
    await travel(HOUR);
    const line = lineOf('Acme');
    expect(shown('triage')).toContain('The export misses rows since Monday');
    expect((await slack.press('sam', 'triage', line, 'suggestion.log')).acked).toBe(true);
    await settle();
    expect(shown('triage')).toContain('Sam Okafor logged it as B-1');
    await slack.press('priya', 'triage', line, 'suggestion.chat', { stale: true });
    await settle();
    expect(whispers('priya').join()).toContain('That message is *B-1* already');
    expect(whispers('sam')).toEqual([]);
    expect(await countOf(world.store, 'issues')).toBe(1);
  });

  it('adds the next to that issue, or takes it for no issue from the menu', async () => {
    const { slack, travel, settle } = world;
    await travel(3 * HOUR);
    await slack.post('acme', 'jill', 'The month end report is empty for us');
    await travel(HOUR);
    await slack.press('priya', 'triage', lineOf('Acme'), 'suggestion.add');
    await settle();
    expect(shown('triage')).toContain('Priya Nair added it to B-1');
    await slack.post('globex', 'gus', 'We are all out on Friday for the offsite');
    await travel(20 * HOUR);
    await slack.press('priya', 'triage', lineOf('Globex'), 'suggestion.chat');
    await settle();
    expect(shown('triage')).toContain('not an issue (Priya Nair)');
    expect(await countOf(world.store, 'issues')).toBe(1);
  });

  it('the shortcut in a channel without Baton finds the account by the author and answers by direct message', async () => {
    const { slack, settle } = world;
    const { ts } = await slack.post('elsewhere', 'joe', 'Our invoice has the wrong address');
    await slack.messageShortcut('sam', 'elsewhere', ts, 'issue.log_message');
    expect(await opened('sam')).toContain('Account: *Acme*');
    await slack.submitView('sam', {});
    await settle();
    expect(slack.messages('elsewhere')).toHaveLength(1);
    expect(JSON.stringify(slack.messages(dmOf('sam')))).toContain('Logged *B-2* for Acme');
    await slack.messageShortcut('priya', 'elsewhere', ts, 'issue.log_message');
    await settle();
    expect(JSON.stringify(slack.messages(dmOf('priya')))).toContain('That message is *B-2* already');
    expect(slack.openViews(world.id('priya'))).toEqual([]);
  });

  it('the shortcut in a direct message with a customer does as well', async () => {
    const { slack, settle } = world;
    const { ts } = await slack.post('DSAMJOE', 'joe', 'Can you reset my password?');
    await slack.messageShortcut('sam', 'DSAMJOE', ts, 'issue.log_message');
    expect(await opened('sam')).toContain('Can you reset my password?');
    await slack.submitView('sam', {});
    await settle();
    expect(JSON.stringify(slack.messages(dmOf('sam')))).toContain('Logged *B-3* for Acme');
    expect(slack.messages('DSAMJOE')).toHaveLength(1);
    expect((await rowsOf(world.store, 'contacts')).at(-1)).toMatchObject({
      channel: 'DSAMJOE',
      author: world.id('joe'),
    });
  });

  it('/issue log says which message it took, and Other message changes it', async () => {
    const { slack, travel, settle } = world;
    await travel(3 * HOUR);
    await slack.post('initech', 'ivy', 'The login page is blank');
    await settle();
    await slack.command('sam', 'initech-internal', '/issue', 'log Login is blank');
    await settle();
    const answer = slack.ephemerals().findLast((one) => one.text.includes('Logged *B-4*'));
    expect(JSON.stringify(answer)).toContain('The login page is blank');
    await slack.press('sam', 'initech-internal', answer?.ts ?? '', 'issue.other_message');
    expect(await opened('sam')).toContain('None of these');
    await slack.submitView('sam', { message: { selected: 'none' } });
    await settle();
    expect(whispers('sam').at(-1)).toContain('holds no message now');
    expect((await rowsOf(world.store, 'contacts')).at(-1)).toMatchObject({ issueId: null });
  });

  it('B1: a form that Slack does not open in time costs nothing but another press', async () => {
    const { slack, settle } = world;
    slack.faults.next('views.open', { error: 'expired_trigger_id' });
    await slack.command('priya', 'triage', '/issue', 'log');
    await settle();
    await slack.waitFor(
      () => whispers('priya').some((text) => text.includes('too slow to open')),
      'the answer',
    );
    expect(slack.openViews(world.id('priya'))).toEqual([]);
  });

  it('B2: the same form submitted twice is one issue', async () => {
    const { slack, settle } = world;
    const before = await countOf(world.store, 'issues');
    await slack.command('priya', 'globex-internal', '/issue', 'log');
    await opened('priya');
    const values = { title: 'Twice' };
    await Promise.all([
      slack.submitView('priya', values),
      slack.submitView('priya', values).catch(() => undefined),
    ]);
    await settle();
    expect(await countOf(world.store, 'issues')).toBe(before + 1);
  });

  it('B5: a form that cannot be replaced any more is told, not retried, and fails nothing', async () => {
    const { slack, settle } = world;
    const calls = () => slack.log.filter((call) => call.method === 'views.update').length;
    for (const [n, code] of ['hash_conflict', 'not_found'].entries()) {
      slack.faults.next('views.update', { error: code });
      const before = calls();
      const sent = await slack.deliverRaw({
        envelope_id: `closed-${code}`,
        type: 'interactive',
        accepts_response_payload: false,
        payload: {
          type: 'block_actions',
          team: { id: slack.teamId },
          user: { id: world.id('priya'), team_id: slack.teamId },
          trigger_id: `t.${code}`,
          container: { type: 'view', view_id: 'V1' },
          view: { id: 'V1', type: 'modal' },
          actions: [
            {
              type: 'button',
              action_id: 'issue.do:edit',
              block_id: 'b',
              value: 'edit:1',
              action_ts: `1.${n}`,
            },
          ],
        },
      });
      expect(sent.acked).toBe(true);
      await slack.waitFor(() => calls() > before, 'the try');
      await settle();
      expect(calls()).toBe(before + 1);
    }
    expect((await rowsOf(world.store, 'inbox')).filter((row) => row.state === 'parked')).toEqual([]);
  });

  it('wrote nothing where customers read, and nothing that Slack would refuse', () => {
    for (const channel of ['acme', 'globex', 'initech', 'elsewhere'])
      expect(world.slack.messages(channel).filter((one) => one.bot_id)).toEqual([]);
    expect(world.slack.violations).toEqual([]);
  });
});
