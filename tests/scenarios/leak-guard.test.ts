import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startWorld, type World } from '../support/baton.js';
import { sqliteDatabase, type TestDatabase } from '../support/databases.js';
import { rowsOf } from '../support/rows.js';

const CUSTOMER_CHANNELS = ['acme', 'globex', 'initech'];
const HOUR = 3_600_000;

describe('nothing internal is posted where a customer reads, over the wire,', () => {
  let world: World;
  let database: TestDatabase;
  beforeEach(async () => {
    database = sqliteDatabase();
    world = await startWorld(database);
  });
  afterEach(async () => {
    await world.stop();
    await database.dispose();
  });

  const postsTo = (channel: string) =>
    world.slack
      .calls('chat.postMessage')
      .filter((call) => call.args.channel === world.slack.channel(channel).id);
  const toldLea = () =>
    world.slack.messages(world.slack.dm(world.id('lea')).id).map((message) => message.text);
  const log = (title = 'Export drops rows') =>
    world.slack.command('sam', 'acme-internal', '/issue', `log ${title}`);
  const triageRow = async () =>
    (await rowsOf(world.store, 'outbox'))
      .filter((row) => row.target === world.slack.channel('triage').id)
      .at(-1);

  /** The place takes a customer's eyes: nothing may be posted, the row stays, an admin hears of it. */
  async function expectRefused(why: RegExp): Promise<void> {
    const before = postsTo('triage').length;
    await log();
    await world.settle();
    expect(postsTo('triage')).toHaveLength(before);
    expect(await triageRow()).toMatchObject({ state: 'dead', error: expect.stringMatching(why) });
    expect(postsTo('acme-internal').length).toBeGreaterThan(0);
  }

  it('a triage channel with a customer in it gets nothing', async () => {
    world.slack.channel('triage').members.add(world.id('joe'));
    await expectRefused(/^audience: read by /);
    // The one who logged it is told; without a person to fall back to, an admin is.
    const sams = world.slack.messages(world.slack.dm(world.id('sam')).id).map((message) => message.text);
    expect([...sams, ...toldLea()].join()).toContain('Internal things stay internal');
  });

  it('a colleague who was deactivated reads nothing: what stands there goes on', async () => {
    const user = { ...{ id: world.id('priya'), team_id: world.slack.teamId, name: 'priya' }, deleted: true };
    await world.slack.deliverEvent({ type: 'user_change', user });
    await world.settle();
    expect((await rowsOf(world.store, 'people')).find((one) => one.handle === 'priya')?.isActive).toBe(false);
    await log();
    await world.settle();
    expect(postsTo('triage')).toHaveLength(1);
    expect(toldLea()).toEqual([]);
  });

  it('a customer who joins between two posts stops the second', async () => {
    await log('First');
    await world.settle();
    expect(postsTo('triage')).toHaveLength(1);
    await world.slack.join('triage', 'joe');
    await world.settle();
    await expectRefused(/^audience: read by /);
    const updates = world.slack.calls('chat.update').length;
    await world.slack.command('sam', 'acme-internal', '/issue', 'take B-1');
    await world.settle();
    const later = world.slack.calls('chat.update').slice(updates);
    expect(later.filter((call) => call.args.channel === world.slack.channel('triage').id)).toEqual([]);
  });

  it('a triage channel that becomes shared gets nothing, once Slack said so', async () => {
    world.slack.channel('triage').isExtShared = true;
    await world.slack.deliverEvent({
      type: 'channel_shared',
      channel: world.slack.channel('triage').id,
      connected_team_id: 'T_OTHER',
      event_ts: '1793692800.000100',
    });
    await world.settle();
    await expectRefused(/shared with another company/);
  });

  it('one that is about to be shared gets nothing either', async () => {
    world.slack.channel('triage').isPendingExtShared = true;
    await expectRefused(/shared with another company/);
  });

  it('a guest, and somebody whom Slack does not know, are customers to the guard', async () => {
    world.slack.addUser({ name: 'guest', isRestricted: true });
    world.slack.channel('triage').members.add(world.id('guest'));
    await expectRefused(/^audience: read by /);
  });

  it('when Slack cannot say who reads, nothing is sent, and it is asked again', async () => {
    world.slack.faults.next('conversations.info', { error: 'missing_scope' });
    await log();
    await world.slack.waitFor(() => postsTo('acme-internal').length > 0, 'the other card');
    expect(postsTo('triage').length + postsTo('acme-internal').length).toBe(1);
    world.clock.wait(120_000);
    await world.settle();
    expect(postsTo('triage')).toHaveLength(1);
  });

  it('a whole way of a matter writes nothing where customers read', async () => {
    const { slack } = world;
    for (const text of ['The export misses rows', 'Dashboards are slow', 'Who reads our invoices?']) {
      const { ts } = await slack.post('acme', 'joe', text);
      await world.settle();
      for (const emoji of ['ticket', 'eyes', 'rotating_light', 'white_check_mark'])
        await slack.react('acme', ts, 'sam', emoji);
      await slack.post('acme', 'sam', `<@${slack.botUserId}> log this please`, { threadTs: ts });
      await world.travel(3 * HOUR);
    }
    await slack.command('sam', 'acme', '/issue', 'log Export drops rows');
    await slack.command('sam', 'acme', '/issue', 'list');
    await slack.command('eli', 'acme', '/baton', 'fix live B-1');
    await world.travel(30 * 24 * HOUR);

    const forbidden = new Set(CUSTOMER_CHANNELS.map((name) => slack.channel(name).id));
    const shown = slack.log.filter((call) => /^chat\.|^reactions\.|^files\./.test(call.method));
    const aloud = shown.filter((call) => call.method !== 'chat.postEphemeral');
    expect(aloud.filter((call) => forbidden.has(String(call.args.channel)))).toEqual([]);
    const outsiders = new Set(['joe', 'jill', 'gus', 'ivy'].map((name) => world.id(name)));
    const whispers = shown.filter((call) => call.method === 'chat.postEphemeral');
    expect(whispers.length).toBeGreaterThan(0);
    expect(whispers.filter((call) => outsiders.has(String(call.args.user)))).toEqual([]);
    for (const name of CUSTOMER_CHANNELS)
      expect(slack.messages(name).filter((message) => message.bot_id)).toEqual([]);
    expect(slack.violations).toEqual([]);
  });
});
