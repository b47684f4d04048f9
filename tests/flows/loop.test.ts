import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from '../support/baton.js';
import { onEveryDatabase, sqliteDatabase, type TestDatabase } from '../support/databases.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

onEveryDatabase('the loop, over Socket Mode,', (database) => walk(database, 'socket'));

describe('the loop, over HTTP, on sqlite', () => {
  const database = sqliteDatabase();
  walk(database, 'http');
  afterAll(() => database.dispose());
});

/** The seven steps of the demo's tour, over the wire: what a customer wrote travels to "the customer was told". */
function walk(database: TestDatabase, transport: 'socket' | 'http'): void {
  let world: World;
  const shown = (channel: string) =>
    JSON.stringify(world.slack.messages(channel).map((message) => message.blocks));
  /** The triage channel but for the lines that offer what Acme wrote as issues. */
  const triage = () => world.slack.messages('triage').filter((message) => !message.text.startsWith('Acme'));
  const dmOf = (name: string) => world.slack.dm(world.id(name)).id;
  const whispers = (name: string) =>
    world.slack
      .ephemerals()
      .filter((message) => message.ephemeralTo === world.id(name))
      .map((message) => message.text);
  const said = (payload: unknown) => JSON.stringify(payload);

  beforeAll(async () => {
    world = await startWorld(database, { transport });
  });
  afterAll(() => world.stop());

  it('1. raises one living alert for an account that keeps writing, anew on a later day', async () => {
    const { slack, travel } = world;
    for (const text of [
      'The export misses rows since Monday',
      'The dashboard is slow again',
      'Nobody looks at our invoices',
      'The weekly mail does not come any more',
    ]) {
      await slack.post('acme', 'joe', text);
      await travel(DAY);
    }
    await travel(2 * DAY);
    expect(slack.messages('support-success')).toHaveLength(1);
    expect(shown('support-success')).toContain('wrote in 4 times in 4 days (usually 0)');
    await slack.post('acme', 'joe', 'And now the login fails as well');
    await travel(HOUR);
    const [before, now] = slack.messages('support-success').map((one) => JSON.stringify(one));
    expect(slack.messages('support-success')).toHaveLength(2);
    expect(before).not.toContain('alert.claim');
    expect(now).toContain('wrote in 5 times in');
  });

  it('2. lets one person claim the follow-up and tells the next who has it', async () => {
    const { slack, settle } = world;
    const ts = slack.messages('support-success').at(-1)?.ts ?? '';
    expect((await slack.press('ana', 'support-success', ts, 'alert.claim')).acked).toBe(true);
    await settle();
    await slack.press('luis', 'support-success', ts, 'alert.claim', { stale: true });
    await settle();
    expect(whispers('ana').join()).toContain('Acme is yours');
    expect(whispers('luis')).toEqual(['Ana Lopez has Acme already.']);
    expect(shown('support-success')).toContain('Ana Lopez has it');
    expect(shown('support-success')).not.toContain('Claim follow-up');
  });

  it('3. makes one issue of one message, whoever logs it and however', async () => {
    const { slack, settle } = world;
    const { ts } = await slack.post('globex', 'gus', 'CSV import drops the last column');
    await settle();
    await slack.react('globex', ts, 'sam', 'ticket');
    await slack.react('globex', ts, 'priya', 'ticket');
    await settle();
    expect(triage()).toHaveLength(1);
    expect(slack.messages('globex-internal')).toHaveLength(1);
    expect(shown('triage')).toContain('CSV import drops the last column');
    expect(whispers('priya').join()).toContain('That message is *B-1* already');
    expect(slack.messages('globex').every((message) => message.bot_id === undefined)).toBe(true);

    const logged = await slack.command('sam', 'globex-internal', '/issue', 'log Export drops rows');
    expect(said(logged.ackPayload)).toContain('Logged *B-2* for Globex: Export drops rows');
    await slack.command('priya', 'triage', '/issue', 'log');
    await slack.waitFor(() => slack.openViews(world.id('priya')).length > 0, 'the form');
    await slack.submitView('priya', { account: { selected: '2' }, title: 'Slow search', detail: null });
    await settle();
    expect(shown('triage')).toContain('Slow search');
    expect(triage()).toHaveLength(3);
  });

  it('4. asks to whom an escalation goes and calls that group in the thread of the issue', async () => {
    const { slack, settle } = world;
    const asked = await slack.command('sam', 'triage', '/escalate', 'B-1 production is blocked');
    expect(said(asked.ackPayload)).toContain('to whom?');
    const answer = slack.ephemerals().findLast((message) => message.ephemeralTo === world.id('sam'));
    await slack.press('sam', 'triage', answer?.ts ?? '', 'issue.escalate_to:engineering');
    await settle();
    const card = triage()[0];
    const call = slack
      .messages('triage')
      .find((message) => message.thread_ts === card?.ts && message.ts !== card?.ts);
    expect(JSON.stringify(call?.blocks)).toContain(`<@${world.id('eli')}>`);
    expect(JSON.stringify(call?.blocks)).toContain('production is blocked');
    await slack.press('eli', 'triage', call?.ts ?? '', 'escalation.answer');
    await settle();
    expect(shown('triage')).toContain('Eli Stone of Engineering is on it');
  });

  it('5. owes the news to one person once a fix is live, and lists who waits', async () => {
    const { slack, settle } = world;
    const answer = await slack.command('eli', 'triage', '/baton', 'fix live B-1');
    expect(said(answer.ackPayload)).toContain('Sam Okafor tells Globex by');
    await settle();
    expect(slack.messages(dmOf('sam'))).toHaveLength(1);
    expect(shown(dmOf('sam'))).toContain('CSV import drops the last column');
    expect(shown('triage')).toContain('Fixed, Globex not told');
    const list = await slack.command('ana', 'triage', '/baton', 'fix');
    expect(said(list.ackPayload)).toContain('Globex: Sam Okafor tells them by');
  });

  it('6. passes to the CSM when nobody told them in time, reminds once, and is ended by one press', async () => {
    const { slack, travel, settle } = world;
    await travel(4 * DAY);
    const passed = slack
      .messages(dmOf('ana'))
      .filter((one) => JSON.stringify(one.blocks).includes('Sam Okafor had not told them, so it passed on.'));
    expect(passed.length).toBeGreaterThanOrEqual(1);
    expect(shown(dmOf('sam'))).toContain('*Ana Lopez* tells *Globex*');
    await slack.press('ana', dmOf('ana'), passed[0]?.ts ?? '', 'followup.told');
    await settle();
    expect(shown(dmOf('sam'))).toContain('Told by Ana Lopez');
    expect(shown('triage')).toContain('Told, watching until');
  });

  it('7. closes the loop after seven quiet days; Monday brought one message with a section per account', async () => {
    const { slack, travel, settle } = world;
    await travel(8 * DAY);
    await settle();
    expect(shown('triage')).toContain('Closed: Globex was told, seven quiet days since');
    const digests = slack
      .messages(dmOf('ana'))
      .filter((message) => JSON.stringify(message.blocks).includes('*Your accounts*'));
    expect(digests.length).toBeGreaterThanOrEqual(1);
    // What stands above it may be the same each Monday; the days that it covers are not.
    const weeks = digests.map(({ blocks }) => /\*Your accounts\* · [^·"]+/.exec(JSON.stringify(blocks))?.[0]);
    expect(new Set(weeks).size).toBe(digests.length);
    expect(JSON.stringify(digests.at(-1)?.blocks)).toContain('*Globex*');
  });

  it('never wrote a word where a customer reads, and nothing that Slack would refuse', () => {
    for (const channel of ['acme', 'globex', 'initech']) {
      expect(world.slack.messages(channel).filter((message) => message.bot_id)).toEqual([]);
    }
    expect(world.slack.violations).toEqual([]);
  });
}
