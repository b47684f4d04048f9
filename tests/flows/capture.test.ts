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

  describe('a direct message with somebody whom nobody has looked up', () => {
    /** Sam's direct messages with a new person, who wrote once. */
    async function writesSam(
      name: string,
      more: { email?: string; teamId?: string; isRestricted?: boolean },
    ): Promise<{ place: string; ts: string }> {
      const place = `DSAM${name.toUpperCase()}`;
      world.slack.addUser({ name, realName: name, ...more });
      world.slack.addChannel({
        name: place,
        id: place,
        isPrivate: true,
        members: ['sam', name],
        botMember: false,
      });
      const { ts } = await world.slack.post(place, name, `The scanner of ${name} does not start`);
      return { place, ts };
    }
    const shows = (words: string) =>
      world.slack.waitFor(
        () => JSON.stringify(world.slack.openViews(world.id('sam'))[0] ?? '').includes(words),
        words,
      );
    const guest = (email: string) => ({ email, isRestricted: true });
    const asked = () => world.slack.calls('users.info').length;

    beforeAll(async () => {
      const accountId = (await rowsOf(world.store, 'accounts')).find((one) => one.slug === 'globex')?.id ?? 0;
      await world.store.transact([], async (tx) => {
        await tx.db.insert(tx.t.accountDomains).values({ accountId, domain: 'globex.example' });
      });
    });

    it('the form opens at once and asks; when Slack has said who it is, it names the account', async () => {
      const { slack, settle } = world;
      const { place, ts } = await writesSam('hana', guest('hana@globex.example'));
      const before = asked();
      await slack.messageShortcut('sam', place, ts, 'issue.log_message');
      await shows('Account: *Globex*');
      expect(asked()).toBe(before + 1);
      const [view] = slack.openViews(world.id('sam'));
      expect(JSON.stringify(view)).not.toContain('Baton asks Slack');
      expect(JSON.stringify(view)).toContain('The scanner of hana does not start');
      await slack.submitView('sam', {});
      await settle();
      expect(JSON.stringify(slack.messages(dmOf('sam')))).toContain('for Globex: The scanner of hana');
    });

    it('escalate, flag and promise do as well', async () => {
      for (const callback of ['issue.escalate_message', 'flag.message', 'promise.message']) {
        const name = `x${callback.slice(0, 5)}`;
        const { place, ts } = await writesSam(name, guest(`${name}@globex.example`));
        await world.slack.messageShortcut('sam', place, ts, callback);
        await shows('Account: *Globex*');
        await world.slack.closeView('sam');
      }
    });

    it('somebody of the workspace of an account is most likely of that account, which can be changed', async () => {
      const { place, ts } = await writesSam('noor', { teamId: 'T_ACME' });
      await world.slack.messageShortcut('sam', place, ts, 'issue.log_message');
      await shows('"initial_option":{"text":{"type":"plain_text","text":"Acme"');
      await world.slack.submitView('sam', {});
      await world.settle();
      expect(JSON.stringify(world.slack.messages(dmOf('sam')))).toContain('for Acme: The scanner of noor');
    });

    it('where Slack does not say, or the account is unknown, the form goes on asking', async () => {
      const { slack, settle } = world;
      slack.faults.next('users.info', { error: 'internal_error' });
      const first = await writesSam('ines', guest('ines@globex.example'));
      const second = await writesSam('ola', guest('ola@gmail.com'));
      for (const { place, ts } of [first, second]) {
        await slack.messageShortcut('sam', place, ts, 'issue.log_message');
        await shows('Which account?');
        const updates = () => slack.calls('views.update').length;
        await slack.waitFor(
          () => !JSON.stringify(slack.openViews(world.id('sam'))).includes('asks Slack'),
          'it',
        );
        expect(updates()).toBeGreaterThan(0);
        await slack.submitView('sam', { account: { selected: '1' } });
        await settle();
      }
      expect(JSON.stringify(slack.messages(dmOf('sam')))).toContain('for Acme: The scanner of ola');
    });

    it('B5: a form that was closed before Slack answered is let go, without a retry', async () => {
      const { slack, settle } = world;
      const { place, ts } = await writesSam('uma', guest('uma@globex.example'));
      const before = slack.calls('views.update').length;
      slack.faults.next('views.update', { error: 'not_found' });
      await slack.messageShortcut('sam', place, ts, 'issue.log_message');
      await slack.waitFor(() => slack.calls('views.update').length > before, 'the try');
      await slack.closeView('sam');
      await settle();
      expect(slack.calls('views.update')).toHaveLength(before + 1);
    });
  });

  it('what is asked in a thread is answered there: shortcut, form and reaction', async () => {
    const { slack, settle } = world;
    const root = (await slack.post('globex', 'gus', 'Two pallets are missing in the list')).ts;
    const { ts } = await slack.post('globex', 'gus', 'Both of yesterday', { threadTs: root });
    await settle();
    await slack.messageShortcut('sam', 'globex', ts, 'issue.log_message');
    await opened('sam');
    await slack.submitView('sam', {});
    await settle();
    await slack.messageShortcut('priya', 'globex', ts, 'issue.log_message');
    await slack.react('globex', ts, 'lea', 'eyes');
    await settle();
    const answers = slack.ephemerals().filter((one) => one.channel === slack.channel('globex').id);
    expect(answers.map((one) => one.thread_ts)).toEqual([root, root, root]);
    await slack.react('globex', root, 'sam', 'eyes');
    await settle();
    expect(slack.ephemerals().at(-1)?.thread_ts).toBeUndefined();
  });

  it('/issue log says which message it took, and Other message changes it', async () => {
    const { slack, travel, settle } = world;
    await travel(3 * HOUR);
    await slack.post('initech', 'ivy', 'The login page is blank');
    await settle();
    await slack.command('sam', 'initech-internal', '/issue', 'log Login is blank');
    await settle();
    const answer = slack.ephemerals().findLast((one) => one.text.includes('Login is blank'));
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
