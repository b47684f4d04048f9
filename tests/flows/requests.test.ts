import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from '../support/baton.js';
import { sqliteDatabase } from '../support/databases.js';

const HOUR = 3_600_000;

/** Escalations, flags and promises over the wire: shortcuts, forms and buttons as Slack sends them. */
describe('what people ask of each other, over the wire', () => {
  const database = sqliteDatabase();
  let world: World;
  let joeWrote = '';

  const dmOf = (name: string) => world.slack.dm(world.id(name)).id;
  const texts = (channel: string) => world.slack.messages(channel).map((message) => message.text);
  const whispers = (name: string) =>
    world.slack
      .ephemerals()
      .filter((message) => message.ephemeralTo === world.id(name))
      .map((message) => message.text);
  const opened = async (name: string) => {
    await world.slack.waitFor(() => world.slack.openViews(world.id(name)).length > 0, 'the form');
    return JSON.stringify(world.slack.openViews(world.id(name))[0]);
  };
  const messageIn = (channel: string, words: string) =>
    world.slack.messages(channel).find((message) => message.text.includes(words))?.ts ?? '';

  beforeAll(async () => {
    world = await startWorld(database);
    joeWrote = (await world.slack.post('acme', 'joe', 'Who can decide about our invoice?')).ts;
    await world.settle();
  });
  afterAll(async () => {
    await world.stop();
    await database.dispose();
  });

  it('escalates a message that is no issue yet: logs it, calls the group, tells the success manager', async () => {
    const { slack, settle } = world;
    await slack.messageShortcut('sam', 'acme', joeWrote, 'issue.escalate_message');
    expect(await opened('sam')).toContain('it is logged first');
    const wrong = await slack.submitView(
      'sam',
      { reason: '  ', group: { selected: 'executive' } },
      { force: true },
    );
    expect(wrong.viewErrors).toEqual({ reason: expect.stringContaining('Say why') });
    await slack.submitView('sam', { reason: 'Joe wants a manager', customer: ['yes'] });
    await settle();
    expect(whispers('sam').join()).toContain('Logged *B-1*: Who can decide about our invoice?');
    const call = messageIn('triage', 'Sam Okafor asks Executive');
    expect(call).not.toBe('');
    expect(texts(dmOf('ana')).join()).toContain('Sam Okafor asked Executive to step in');

    await slack.press('priya', 'triage', call, 'escalation.take_back');
    await slack.press('lea', 'triage', call, 'escalation.answer');
    await settle();
    expect(whispers('priya').join()).toContain('Only Sam Okafor, who asked, or a lead');
    expect(texts('triage').join()).toContain(`<@${world.id('sam')}> Lea Novak is on *B-1*.`);
  });

  it('offers the form for a :rotating_light: on a card', async () => {
    const { slack, settle } = world;
    await slack.react('triage', messageIn('triage', 'B-1 · Acme'), 'sam', 'rotating_light');
    await settle();
    const offer = slack.ephemerals().findLast((message) => message.text.includes('Nobody was called yet'));
    await slack.press('sam', 'triage', offer?.ts ?? '', 'issue.escalate_form');
    expect(await opened('sam')).toContain('Escalate B-1');
    await slack.submitView('sam', {
      group: { selected: 'engineering' },
      reason: 'Nobody knows the invoices',
    });
    await settle();
    const call = messageIn('triage', 'asks Engineering');
    await slack.press('sam', 'triage', call, 'escalation.take_back');
    await settle();
    expect(texts('triage').join()).toContain('Sam Okafor took the call for Engineering back');
  });

  it('flags a message to support, comes back, is completed and accepted; its sender sees the changes', async () => {
    const { slack, settle } = world;
    const { ts } = await slack.post('globex', 'gus', 'Our stock is wrong in two places');
    await settle();
    await slack.messageShortcut('ana', 'globex', ts, 'flag.message');
    expect(await opened('ana')).toContain('Our stock is wrong in two places');
    const lacking = await slack.submitView('ana', { kind: { selected: 'pattern' } });
    expect(lacking.viewErrors).toEqual({ evidence: expect.stringContaining('two links') });
    await slack.submitView('ana', { kind: { selected: 'problem' } });
    await settle();
    const card = messageIn('triage', 'Flag · Globex');
    await slack.press('sam', 'triage', card, 'flag.return');
    await opened('sam');
    await slack.submitView('sam', { answer: 'Which two places?' });
    await settle();
    const back = messageIn(dmOf('ana'), 'Your flag came back');
    await slack.press('ana', dmOf('ana'), back, 'flag.complete');
    expect(await opened('ana')).toContain('Which two places?');
    await slack.submitView('ana', { detail: 'Stock is wrong in Rome and Oslo' });
    await settle();
    await slack.press('priya', 'triage', card, 'flag.accept');
    await settle();
    await slack.command('priya', 'triage', '/issue', 'take B-2');
    await settle();
    const told = slack
      .messages(dmOf('ana'))
      .findLast((message) => message.text.includes('accepted what you flagged'));
    const change = slack.messages(dmOf('ana')).find((message) => message.text.includes('Priya Nair has it'));
    expect(change?.thread_ts).toBe(told?.ts);
    await slack.press('sam', 'triage', card, 'flag.more', { stale: true, selected: 'decline:1' });
    await settle();
    expect(whispers('sam').join()).toContain('Priya Nair accepted the flag. Nothing was changed.');
  });

  it('notes a promise from a message and asks on the day whether it was kept', async () => {
    const { slack, settle, travel } = world;
    const { ts } = await slack.post('acme', 'sam', 'The template comes on Thursday', { threadTs: joeWrote });
    await settle();
    await slack.messageShortcut('ana', 'acme', ts, 'promise.message');
    expect(await opened('ana')).toContain('Promised by *Sam Okafor*');
    const past = await slack.submitView('ana', { by: '2026-11-02' });
    expect(past.viewErrors).toEqual({ by: expect.stringContaining('is past') });
    await slack.submitView('ana', { by: '2026-11-05', what: 'CSV template', to_whom: 'Joe' });
    await settle();
    expect(JSON.stringify(slack.messages('triage').map((message) => message.blocks))).toContain(
      'Promised (Sam Okafor, by Thu): CSV template',
    );
    await travel(49 * HOUR);
    const asked = messageIn(dmOf('sam'), 'Did you keep it?');
    await slack.press('sam', dmOf('sam'), asked, 'promise.kept');
    await settle();
    expect(texts(dmOf('sam')).join()).toContain('Kept, said Sam Okafor');
  });

  it('says nothing to customers, and nothing that Slack would refuse', async () => {
    const { slack, settle } = world;
    const card = messageIn('triage', 'Flag · Globex');
    await slack.press('joe', 'triage', card, 'flag.accept', { stale: true });
    await settle();
    for (const channel of ['acme', 'globex'])
      expect(slack.messages(channel).filter((message) => message.bot_id)).toEqual([]);
    expect(whispers('joe')).toEqual([]);
    expect(slack.violations).toEqual([]);
  });
});
