import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from '../support/baton.js';
import { onEveryDatabase } from '../support/databases.js';
import { eventsOf, rowsOf } from '../support/rows.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

onEveryDatabase('the life of an issue', (database) => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld(database);
  }, 120_000);
  afterAll(() => world.stop());

  const said = (payload: unknown) => JSON.stringify(payload);
  const ask = async (user: string, text: string, channel = 'triage') => {
    const { ackPayload } = await world.slack.command(user, channel, '/issue', text);
    await world.settle();
    return said(ackPayload);
  };
  const whispersTo = (name: string) =>
    world.slack.ephemerals().filter((message) => message.ephemeralTo === world.id(name));
  const lastWhisper = (name: string) => said(whispersTo(name).at(-1)?.blocks);
  const dms = (name: string) => world.slack.messages(world.slack.dm(world.id(name)).id);
  const cardOf = (name: string, channel = 'triage') => {
    const found = world.slack.messages(channel).find((message) => message.text.startsWith(`${name} `));
    if (!found) throw new Error(`no card of ${name}`);
    return found;
  };
  const card = (name: string) => said(cardOf(name).blocks);
  const issue = async (number: number) => {
    const row = (await rowsOf(world.store, 'issues')).find((one) => one.number === number);
    if (!row) throw new Error(`no issue ${number}`);
    return row;
  };
  /** A customer writes, Sam logs it. */
  const logged = async (channel: string, author: string, text: string) => {
    const { ts } = await world.slack.post(channel, author, text);
    await world.settle();
    await world.slack.react(channel, ts, 'sam', 'ticket');
    await world.settle();
    return ts;
  };
  const choose = async (user: string, name: string, value: string) => {
    await world.slack.press(user, 'triage', cardOf(name).ts, 'issue.more', { value });
    await world.settle();
  };
  const modalOf = async (user: string, callbackId: string) => {
    await world.slack.waitFor(
      () => world.slack.openViews(world.id(user)).at(-1)?.callback_id === callbackId,
      `the form ${callbackId}`,
    );
    return said(world.slack.openViews(world.id(user)).at(-1));
  };

  describe('by commands', () => {
    it('goes from new to closed and back, each step said and written down', async () => {
      await logged('acme', 'joe', 'Export drops rows since Monday');
      expect(card('B-1')).toContain('New, nobody has it');
      expect(await ask('sam', 'take b-1')).toContain('You have *B-1*');
      expect(await ask('sam', 'take 1')).toContain('You have *B-1*');
      expect(await ask('priya', 'take #1')).toContain('Sam Okafor has *B-1* already');
      expect(await ask('sam', 'wait B-1')).toContain('*B-1* waits on Acme now');
      expect(card('B-1')).toContain('Waiting on Acme');
      expect(await ask('sam', 'wait B-1')).toContain('waits on the customer already');
      expect(await ask('sam', 'reopen B-1')).toContain('open again');
      expect(card('B-1')).toContain('Sam Okafor has it');
      expect(await ask('sam', 'resolve B-1')).toContain('*B-1* is resolved');
      expect(await ask('sam', 'resolve B-1')).toContain('resolved already');
      expect(await ask('priya', 'take B-1')).toContain('B-1 is resolved. Reopen it first: /issue reopen B-1');
      expect(await ask('sam', 'close B-1')).toContain('*B-1* is closed');
      expect(card('B-1')).toContain('Closed');
      expect(await ask('priya', 'reopen B-1')).toContain('open again');
      expect(card('B-1')).toContain('Reopened · Sam Okafor has it');
      expect(await issue(1)).toMatchObject({ state: 'open', reopened: 1, resolvedAt: null });
      expect(dms('sam').at(-1)?.text).toContain('Priya Nair reopened what you have');
      const kinds = (await eventsOf(world.store, 'issue.resumed', 'issue.reopened', 'issue.closed')).map(
        (row) => [row.kind, row.before, row.after, row.source],
      );
      expect(kinds).toEqual([
        ['issue.resumed', 'waiting', 'open', 'command'],
        ['issue.closed', 'resolved', 'closed', 'command'],
        ['issue.reopened', 'closed', 'open', 'command'],
      ]);
    });

    it('is given to somebody, who is told once; and to nobody who could not have it', async () => {
      expect(await ask('lea', `give B-1 <@${world.id('priya')}|priya>`)).toContain(
        'Priya Nair has *B-1* now',
      );
      expect(dms('priya').at(-1)?.text).toContain('Lea Novak gave you *B-1*');
      expect(await ask('lea', 'give B-1 @sam')).toContain('Sam Okafor has *B-1* now');
      expect(await ask('lea', 'give Priya Nair B-1')).toContain('Priya Nair has *B-1* now');
      expect(await ask('lea', 'give B-1 priya')).toContain('Priya Nair has *B-1* already');
      expect(await ask('lea', 'give B-1')).toContain('To whom?');
      expect(await ask('lea', 'give B-1 @prya')).toContain('/issue give B-1 @priya');
      expect(await ask('lea', 'give B-1 @eli')).toContain('Eli Stone may look at issues, but not have one');
      expect(await ask('lea', `give B-1 <@${world.id('joe')}>`)).toContain('is a customer');
      const bot = world.slack.addUser({ name: 'buildbot', realName: 'Buildbot', isBot: true });
      expect(await ask('lea', `give B-1 <@${bot.id}>`)).toMatch(/is a bot|nobody that Baton knows/);
      expect(await ask('lea', 'give B-1 <!channel>')).toContain('Baton knows nobody called &lt;!channel&gt;');
      expect((await issue(1)).ownerId).not.toBeNull();
      expect((await eventsOf(world.store, 'issue.given')).length).toBe(3);
      expect(dms('priya')).toHaveLength(2);
    });

    it('takes a priority, and names the nearest for a mistyped one', async () => {
      expect(await ask('sam', 'priority B-1 high')).toContain('*B-1* is high now');
      expect(card('B-1')).toContain('High · Reopened');
      expect(await ask('sam', 'priority critical B-1')).toContain('is urgent now');
      expect(await ask('sam', 'priority B-1 urgent')).toContain('Nothing changed');
      expect(await ask('sam', 'priority B-1 hihg')).toContain('/issue priority B-1 high');
      expect(await ask('sam', 'priority B-1 tomorrow')).toContain('low, normal, high, urgent');
      expect(await ask('sam', 'priority B-1')).toContain('Which priority?');
    });

    it('says what it does not know, and names the nearest word', async () => {
      const help = await ask('sam', 'help');
      const words = 'log show list take give priority wait resolve reopen close same link history'.split(' ');
      for (const word of words) expect(help).toContain(`/issue ${word}`);
      expect(await ask('sam', '')).toBe(help);
      expect(await ask('sam', 'resovle B-1')).toContain('Did you mean */issue resolve*?');
      for (const word of words.filter((one) => !['log', 'list', 'same'].includes(one)))
        expect(await ask('sam', `${word} B-99`)).toContain('There is no issue B-99');
      expect(await ask('sam', 'take')).toContain('Which issue?');
      expect(await ask('sam', 'take <!channel>')).not.toContain('<!channel>');
      expect(await ask('sam', 'same B-1')).toContain('/issue same B-42 as B-17');
      expect(await ask('sam', 'same 1 as 99')).toContain('There is no issue B-99');
    });
  });

  describe('on its card', () => {
    it('is taken, and everything else stands in the menu', async () => {
      await logged('globex', 'gus', 'Search is slow');
      await world.slack.press('priya', 'triage', cardOf('B-2').ts, 'issue.take');
      await world.settle();
      expect(lastWhisper('priya')).toContain('You have *B-2*');
      expect(card('B-2')).toContain('Priya Nair has it');
      expect(card('B-2')).not.toContain("I'll take it");
      await choose('priya', 'B-2', 'wait:2');
      expect(card('B-2')).toContain('Waiting on Globex');
      await choose('priya', 'B-2', 'reopen:2');
      expect(card('B-2')).toContain('Priya Nair has it');
    });

    it('opens a form to edit it; a field left alone stays, a wrong one is named', async () => {
      await choose('sam', 'B-2', 'more:2');
      await modalOf('sam', 'issue.more');
      await world.slack.submitView('sam', { what: { selected: 'edit' } });
      await modalOf('sam', 'issue.edit');
      const wrong = await world.slack.submitView('sam', { title: '   ' }, { force: true });
      expect(wrong.viewErrors).toEqual({ title: expect.stringContaining('in a few words') });
      await world.slack.submitView('sam', {
        title: 'Search is slow for <!channel> &amp; all',
        detail: null,
        priority: { selected: 'high' },
        category: { selected: 'bug' },
      });
      await world.settle();
      expect(await issue(2)).toMatchObject({ priority: 'high', category: 'bug', detail: null });
      expect(card('B-2')).toContain('High · bug · Priya Nair has it');
      expect(card('B-2')).not.toContain('<!channel>');
      expect(lastWhisper('sam')).toContain('Changed on *B-2*: title, priority, category');
    });

    it('is given by a form', async () => {
      await choose('lea', 'B-2', 'more:2');
      await modalOf('lea', 'issue.more');
      await world.slack.submitView('lea', { what: { selected: 'give' } });
      expect(await modalOf('lea', 'issue.give')).not.toContain('Eli Stone');
      await world.slack.submitView('lea', { person: { selected: world.id('sam') } });
      await world.settle();
      expect(lastWhisper('lea')).toContain('Sam Okafor has *B-2* now');
      expect(dms('sam').at(-1)?.text).toContain('Lea Novak gave you *B-2*');
    });

    it('shows its history, in the form and by command, page by page', async () => {
      await choose('lea', 'B-2', 'more:2');
      await modalOf('lea', 'issue.more');
      await world.slack.submitView('lea', { what: { selected: 'history' } });
      const shown = await modalOf('lea', 'issue.history');
      expect(shown).toContain('*Sam Okafor* logged it');
      expect(shown).toContain('*Priya Nair* took it · button');
      expect(shown).toContain('changed the priority: normal → high');
      expect(shown).toContain('*Lea Novak* (as Support) gave it: Priya Nair → Sam Okafor · form');
      expect(shown.indexOf('logged it')).toBeLessThan(shown.indexOf('took it'));
      expect(shown).toMatch(/Tue \d\d:\d\d · /);
      await world.slack.closeView('lea');
      for (const word of ['low', 'normal', 'high', 'low', 'normal', 'high', 'low'])
        await ask('sam', `priority 2 ${word}`);
      const newest = await ask('eli', 'history 2');
      expect(newest).toContain('Older');
      expect(newest).not.toContain('logged it');
      const ts = whispersTo('eli').at(-1)?.ts ?? '';
      await world.slack.press('eli', 'triage', ts, 'issue.history:older');
      await world.settle();
      expect(lastWhisper('eli')).toContain('logged it');
      expect(lastWhisper('eli')).toContain('Newer');
    });

    it('answers a button of a card that moved on with how it stands, and draws it anew', async () => {
      await ask('sam', 'resolve 2');
      await world.slack.press('priya', 'triage', cardOf('B-2').ts, 'issue.take', { stale: true });
      await world.settle();
      expect(lastWhisper('priya')).toContain('This moved on. Here is how it stands:');
      expect(lastWhisper('priya')).toContain('Resolved');
      expect((await issue(2)).state).toBe('resolved');
      expect(card('B-2')).toContain('Reopen');
      await choose('priya', 'B-2', 'reopen:2');
      expect(card('B-2')).toContain('Reopened · Sam Okafor has it');
    });

    it('does nothing for those who may not, or are not ours', async () => {
      await choose('eli', 'B-2', 'resolve:2');
      expect(lastWhisper('eli')).toContain('Your role in Baton does not include this');
      expect(await ask('eli', 'close 2')).toContain('Your role in Baton does not include this');
      expect(await ask('max', 'resolve 2', 'acme')).toContain('You have no role in Baton yet');
      expect((await issue(2)).state).toBe('open');
    });
  });

  describe('where the customer reads', () => {
    it('eyes take it, a check mark asks in private, an alarm names the menu; nothing is said aloud', async () => {
      const ts = await logged('initech', 'ivy', 'Invoices are wrong');
      await world.slack.react('initech', ts, 'sam', 'white_check_mark');
      await world.settle();
      expect(lastWhisper('sam')).toContain('Resolve *B-3*?');
      expect((await issue(3)).state).toBe('new');
      await world.slack.react('initech', ts, 'priya', 'rotating_light');
      await world.settle();
      expect(lastWhisper('priya')).toContain('Customers read here');
      expect(await eventsOf(world.store, 'escalation.opened')).toEqual([]);
      await world.slack.react('initech', ts, 'priya', 'eyes');
      await world.settle();
      expect(card('B-3')).toContain('Priya Nair has it');
      const question = whispersTo('sam').at(-1);
      await world.slack.press('sam', 'initech', question?.ts ?? '', 'issue.do:resolve');
      await world.settle();
      expect((await issue(3)).state).toBe('resolved');
      expect(world.slack.messages('initech').filter((message) => message.bot_id)).toEqual([]);
    });

    it('thanks in the thread leave it resolved, an answer reopens it and tells who has it', async () => {
      const ts = world.slack.messages('initech')[0]?.ts ?? '';
      await world.travel(DAY);
      for (const thanks of ['Thank you so much! :pray:', 'Thanks Sam!', 'Priya, perfect, thanks'])
        await world.slack.post('initech', 'ivy', thanks, { threadTs: ts });
      await world.settle();
      expect((await issue(3)).state).toBe('resolved');
      await world.slack.post('initech', 'ivy', 'Hm, it is wrong again for March', { threadTs: ts });
      await world.settle();
      expect(await issue(3)).toMatchObject({ state: 'open', reopened: 1 });
      expect(card('B-3')).toContain('Reopened · Priya Nair has it');
      expect(dms('priya').at(-1)?.text).toContain('Ivy Chen wrote again, so it is open again and yours');
      expect((await eventsOf(world.store, 'issue.reopened')).at(-1)).toMatchObject({
        actor: world.id('ivy'),
        func: null,
        source: 'message',
        before: 'resolved',
      });
    });

    it('an answer ends the waiting; after thirty days it is a new matter', async () => {
      const ts = world.slack.messages('initech')[0]?.ts ?? '';
      await ask('sam', 'wait 3');
      await world.slack.post('initech', 'ivy', 'It is invoice 17 and 18', { threadTs: ts });
      await world.settle();
      expect(await issue(3)).toMatchObject({ state: 'open', reopened: 1 });
      await ask('sam', 'resolve 3');
      await world.travel(30 * DAY + HOUR);
      await world.slack.post('initech', 'ivy', 'Another thing: can we get PDFs?', { threadTs: ts });
      await world.settle();
      expect((await issue(3)).state).toBe('resolved');
    });

    it('the watch ends when it comes back, and runs anew when it was told anew', async () => {
      const ts = await logged('acme', 'jill', 'Totals are off by one');
      await world.slack.command('sam', 'triage', '/baton', 'fix live B-4');
      await world.settle();
      // Acme renews within 120 days: its CSM tells.
      const ask1 = dms('ana').findLast((message) => said(message.blocks).includes('followup.told'));
      expect(ask1?.text).toContain('Totals are off by one');
      await world.slack.press('ana', world.slack.dm(world.id('ana')).id, ask1?.ts ?? '', 'followup.told');
      await world.settle();
      expect(card('B-4')).toContain('Told, watching until');
      await world.travel(2 * DAY);
      await world.slack.post('acme', 'jill', 'Still off by one, sorry', { threadTs: ts });
      await world.travel(8 * DAY);
      expect(card('B-4')).not.toContain('Closed');
      expect(card('B-4')).toContain('Reopened · Nobody has it');
    });

    it('what comes back and nobody has comes up below in triage, until somebody takes it there', async () => {
      const line = () =>
        world.slack.messages('triage').findLast((message) => message.text.startsWith('*B-4* · Acme'));
      expect(line()?.text).toContain('Acme wrote again, and nobody has it');
      expect(said(line()?.blocks)).toContain('Still off by one, sorry');
      await world.slack.press('priya', 'triage', line()?.ts ?? '', 'issue.take');
      await world.settle();
      expect(line()?.text).toContain('Reopened · Priya Nair has it');
      expect(said(line()?.blocks)).not.toContain('issue.take');
      // With somebody, they are told; nothing comes up.
      const { ts } = world.slack.messages('acme').find((one) => one.text === 'Totals are off by one') ?? {};
      await ask('sam', 'resolve 4');
      const before = world.slack.messages('triage').length;
      await world.slack.post('acme', 'jill', 'And once more, it is off', { threadTs: ts ?? '' });
      await world.settle();
      expect(world.slack.messages('triage')).toHaveLength(before);
      expect(dms('priya').at(-1)?.text).toContain('Jill Ames wrote again');
    });
  });

  describe('on a card in a channel of ours', () => {
    it('eyes take it and a check mark asks', async () => {
      await world.slack.react('triage', cardOf('B-4').ts, 'priya', 'eyes');
      await world.slack.react('triage', cardOf('B-4').ts, 'priya', 'white_check_mark');
      await world.settle();
      expect(card('B-4')).toContain('Priya Nair has it');
      expect(lastWhisper('priya')).toContain('Resolve *B-4*?');
      await world.slack.react('triage', cardOf('B-4').ts, 'eli', 'eyes');
      await world.settle();
      expect(card('B-4')).toContain('Priya Nair has it');
    });
  });

  it('is not given to somebody who was deactivated in Slack, by command or by form', async () => {
    const { id, name } = world.slack.user('priya');
    const openForm = async () => {
      await choose('lea', 'B-3', 'more:3');
      await modalOf('lea', 'issue.more');
      await world.slack.submitView('lea', { what: { selected: 'give' } });
      return await modalOf('lea', 'issue.give');
    };
    await ask('sam', 'reopen 3');
    await ask('sam', 'give 3 @sam');
    await openForm();
    const user = { id, name, real_name: 'Priya', team_id: world.slack.user('sam').teamId, deleted: true };
    await world.slack.deliverEvent({ type: 'user_change', user });
    await world.settle();
    expect(await ask('lea', `give 3 <@${id}>`)).toContain('Priya Nair is deactivated');
    const wrong = await world.slack.submitView('lea', { person: { selected: id } });
    expect(wrong.viewErrors).toEqual({ person: expect.stringContaining('is deactivated') });
    await world.slack.closeView('lea');
    expect(JSON.stringify(await openForm())).not.toContain(`"${id}"`);
    await world.slack.closeView('lea');
    expect((await issue(3)).ownerId).toBe((await issue(2)).ownerId);
  });

  it('a customer or a stranger who presses a button gets its ack and nothing else', async () => {
    const before = await rowsOf(world.store, 'issues');
    const whispered = world.slack.ephemerals().length;
    world.slack.addUser({ name: 'mallory', teamId: 'T_ELSEWHERE', isStranger: true });
    for (const user of ['joe', 'mallory']) {
      for (const value of ['resolve:2', 'more:2', 'wait:2']) {
        const pressed = await world.slack.press(user, 'triage', cardOf('B-2').ts, 'issue.more', { value });
        expect(pressed.acked).toBe(true);
      }
    }
    await world.settle();
    expect(await rowsOf(world.store, 'issues')).toEqual(before);
    expect(world.slack.ephemerals()).toHaveLength(whispered);
    expect(world.slack.openViews(world.id('joe'))).toEqual([]);
  });

  it('never wrote where a customer reads, and nothing that Slack would refuse', () => {
    for (const channel of ['acme', 'globex', 'initech'])
      expect(world.slack.messages(channel).filter((message) => message.bot_id)).toEqual([]);
    expect(world.slack.violations).toEqual([]);
  });
});
