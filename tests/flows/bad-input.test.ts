import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from '../support/baton.js';
import { sqliteDatabase } from '../support/databases.js';
import type { Interaction } from '../support/fake-slack/index.js';
import { countOf, countsOf, rowsOf } from '../support/rows.js';

describe('bad input, over the wire,', () => {
  let world: World;
  const database = sqliteDatabase();

  beforeAll(async () => {
    world = await startWorld(database);
    await world.slack.command('sam', 'acme-internal', '/issue', 'log Export drops rows');
    await world.settle();
  });
  afterAll(async () => {
    expect(world.slack.violations).toEqual([]);
    await world.stop();
    await database.dispose();
  });

  const said = (interaction: Interaction) => {
    const { text, response_type } = interaction.ackPayload as { text: string; response_type: string };
    expect(response_type).toBe('ephemeral');
    return text;
  };
  const squeezed = (text: string) => text.replace(/\s+/g, '');
  /** All words of an answer in a row, without white space: it may break them into sections anywhere. */
  const wordsOf = (interaction: Interaction) => {
    const { blocks } = interaction.ackPayload as { blocks: { text?: { text: string } }[] };
    return squeezed(blocks.map((block) => block.text?.text ?? '').join(''));
  };
  async function openForm(holding: string) {
    const top = () => world.slack.openViews('sam').at(-1);
    await world.slack.waitFor(
      () => JSON.stringify(top()?.blocks ?? []).includes(holding),
      `a form with ${holding}`,
    );
    return top();
  }
  const whispersTo = (name: string) =>
    world.slack
      .ephemerals()
      .filter((message) => message.ephemeralTo === world.id(name))
      .map((message) => message.text);
  /** Nothing but the answer itself may be written. */
  const KEYS = ['inbox', 'counters', 'outbox', 'slackChannels', 'slackUsers'] as const;
  async function changesNothing(act: () => Promise<unknown>): Promise<void> {
    const state = async () => ({
      counts: await countsOf(world.store, KEYS),
      issues: await rowsOf(world.store, 'issues'),
    });
    const before = await state();
    const posts = world.slack.calls('chat.postMessage').length;
    await act();
    await world.settle();
    expect(await state()).toEqual(before);
    expect(world.slack.calls('chat.postMessage')).toHaveLength(posts);
  }
  const ask = (text: string, command = '/issue', channel = 'acme-internal') =>
    world.slack.command('sam', channel, command, text);

  it('an unknown subcommand names the nearest one, and what there is', () =>
    changesNothing(async () => {
      const text = said(await ask('lgo Export drops rows'));
      expect(text).toContain('There is no /issue lgo. Did you mean */issue log*?');
      expect(text).toContain('/issue show B-42');
      expect(said(await ask('fxi live B-1', '/baton'))).toContain('*/baton fix*');
      expect(said(await ask('xyzzy'))).toContain('There is no /issue xyzzy. What there is:');
    }));

  it('an unknown issue number says so, and how one is written', () =>
    changesNothing(async () => {
      for (const [command, text] of [
        ['/issue', 'show B-999'],
        ['/issue', 'take 999'],
        ['/escalate', 'B-999 help'],
      ] as const)
        expect(said(await ask(text, command))).toMatch(
          /There is no issue (B-)?999\. Write its number, like \*B-42\*/,
        );
      for (const text of ['fix live B-999', 'fix 999'])
        expect(said(await ask(text, '/baton'))).toMatch(/There is no fix (B-)?999\. Write an issue \(B-42\)/);
      const lost = await ask('B-999 production is blocked', '/escalate');
      expect(said(lost)).toContain('There is no issue B-999.');
      expect(wordsOf(lost)).toContain('B-999productionisblocked');
      expect(said(await ask('show nonsense'))).toContain('There is no issue nonsense');
      expect(said(await ask('show'))).toContain('Which issue?');
    }));

  it('no text shows what can be done', () =>
    changesNothing(async () => {
      expect(said(await ask(''))).toContain('What /issue can do:');
      expect(said(await ask('', '/baton'))).toContain('/baton fix');
      expect(said(await ask('', '/escalate'))).toContain('Write the issue and why');
      expect(said(await ask('fix live', '/baton'))).toContain('/baton fix live B-42');
    }));

  it('an account that the channel does not tell is asked for in the form, with the title kept', async () => {
    const issues = await countOf(world.store, 'issues');
    await ask('log Slow search', '/issue', 'triage');
    const view = await openForm('Slow search');
    expect(JSON.stringify(view?.blocks)).toContain('Which account?');
    expect(JSON.stringify(view?.blocks)).toContain('Slow search');
    const wrong = await world.slack.submitView('sam', {}, { force: true });
    expect(Object.keys(wrong.viewErrors ?? {})).toEqual(['account']);
    expect(await countOf(world.store, 'issues')).toBe(issues);
    await world.slack.submitView('sam', { account: { selected: '2' } });
    await world.settle();
    expect((await rowsOf(world.store, 'issues')).at(-1)).toMatchObject({
      title: 'Slow search',
      accountId: 2,
    });
  });

  it('4,000 characters are not lost: they wait in the form, and whole in the answer beside it', async () => {
    const typed = `Export drops rows: ${'every second row is missing. '.repeat(200)}`.slice(0, 3_996);
    const answer = await ask(`log ${typed}`);
    const view = await openForm('Export drops rows: every second');
    const initial = (id: string) =>
      (view?.blocks.find((block) => block.block_id === id)?.element as { initial_value?: string } | undefined)
        ?.initial_value;
    for (const id of ['title', 'detail'])
      expect(typed.startsWith((initial(id) ?? 'x').replace(/…$/, ''))).toBe(true);
    expect(initial('detail')?.length).toBeGreaterThan(2_900);
    // What the field cannot hold is given back, whole.
    expect(said(answer)).toContain('The form holds only the beginning of what you wrote');
    expect(wordsOf(answer)).toContain(squeezed(typed));
    await world.slack.closeView('sam');
  });

  it('a reason of 4,000 characters for an escalation comes back with what was typed, and nobody is called', () =>
    changesNothing(async () => {
      const reason = 'production is blocked and '.repeat(160).slice(0, 3_990);
      const answer = await ask(`B-1 ${reason}`, '/escalate');
      expect(said(answer)).toContain(`The reason has ${reason.trim().length} characters; 500 fit`);
      expect(wordsOf(answer)).toContain(squeezed(reason));
    }));

  it('a press on a button that Baton no longer knows says so to who pressed', () =>
    changesNothing(async () => {
      const [card] = world.slack.messages('triage');
      // The same message as an older Baton drew it, on a slow screen.
      const stale = await world.slack.post('triage', 'sam', 'old', {
        blocks: [
          {
            type: 'actions',
            elements: [
              {
                type: 'button',
                action_id: 'issue.burn',
                text: { type: 'plain_text', text: 'Burn' },
                value: '1',
              },
            ],
          },
        ],
      });
      expect(card).toBeDefined();
      const before = whispersTo('priya').length;
      expect((await world.slack.press('priya', 'triage', stale.ts, 'issue.burn')).acked).toBe(true);
      await world.settle();
      expect(whispersTo('priya').slice(before).join()).toContain('from another version of Baton');
    }));

  it('a command by somebody without a role is answered with whom to ask, and changes nothing', () =>
    changesNothing(async () => {
      for (const [command, text] of [
        ['/issue', 'log Something'],
        ['/issue', 'help'],
        ['/baton', 'fix live B-1'],
        ['/escalate', 'B-1 now'],
      ] as const) {
        const answer = await world.slack.command('max', 'acme', command, text);
        expect(said(answer)).toBe(
          `You have no role in Baton yet, so nothing was done. Ask <@${world.id('lea')}> to add you.`,
        );
      }
    }));

  it('what is beyond a role is answered too, a command and a press alike', () =>
    changesNothing(async () => {
      const no = 'Your role in Baton does not include this. An admin can change it.';
      const answer = await world.slack.command('eli', 'acme-internal', '/issue', 'log Something');
      expect(said(answer)).toBe(no);
      const [card] = world.slack.messages('triage');
      const before = whispersTo('eli').length;
      await world.slack.press('eli', 'triage', card?.ts ?? '', 'issue.take');
      await world.settle();
      expect(whispersTo('eli').slice(before)).toEqual([no]);
    }));

  describe('a customer', () => {
    async function expectSilence(act: () => Promise<Interaction>): Promise<void> {
      const calls = world.slack.log.length;
      await changesNothing(async () => {
        const interaction = await act();
        expect(interaction.acked).toBe(true);
        expect(interaction.ackPayload).toBeUndefined();
      });
      const asked = world.slack.log
        .slice(calls)
        .filter((call) => /^(chat|views|reactions)\./.test(call.method));
      expect(asked).toEqual([]);
    }
    /** Slack itself keeps commands and shortcuts from other workspaces; a guest, and a customer with an account here, can. */
    const asGuest = async <T>(act: () => Promise<T>): Promise<T> => {
      const joe = world.slack.user('joe');
      const { teamId } = joe;
      joe.teamId = world.slack.teamId;
      try {
        return await act();
      } finally {
        joe.teamId = teamId;
      }
    };

    it('who presses a button is acked, and that is all', async () => {
      const [card] = world.slack.messages('triage');
      const refused = async () =>
        Object.entries((await world.baton.readiness()).details.ignored as Record<string, number>)
          .filter(([what]) => what.startsWith('refused '))
          .reduce((sum, [, times]) => sum + times, 0);
      const before = await refused();
      await expectSilence(() => world.slack.press('joe', 'triage', card?.ts ?? '', 'issue.take'));
      expect(await refused()).toBe(before + 1);
    });

    it('who runs a command is acked, and that is all', () =>
      expectSilence(() => asGuest(() => world.slack.command('joe', 'acme', '/issue', 'log My own issue'))));

    it('who uses a shortcut is acked, and that is all', async () => {
      const { ts } = await world.slack.post('acme', 'joe', 'Our report is empty');
      await world.settle();
      await expectSilence(() =>
        asGuest(() => world.slack.messageShortcut('joe', 'acme', ts, 'issue.log_message')),
      );
      await expectSilence(() => asGuest(() => world.slack.globalShortcut('joe', 'issue.log_global')));
    });
  });
});
