import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/slack/interactions.js';
import { firstWord, nearest, type SubCommand, subcommands } from '../../../src/slack/subcommands.js';
import type { Tx } from '../../../src/store/transact.js';

const sub = (usage: string): SubCommand<null> => ({
  may: `do.${usage}`,
  usage,
  about: `does ${usage}`,
  run: async (_tx, _actor, it) => ({ errors: { typed: it.text } }),
});
const split = subcommands<null>(
  '/issue',
  { log: sub('log'), show: sub('show B-42'), list: sub('list') },
  'help.see',
);

async function answerTo(text: string) {
  const typed: Command = {
    kind: 'command',
    key: 'k',
    userId: 'U1',
    teamId: null,
    channel: 'C1',
    command: '/issue',
    text,
    triggerId: 't',
  };
  const { surface, it } = split(typed);
  const answer = await surface.run(undefined as unknown as Tx, null, it, 0);
  return { may: surface.may, rest: answer?.errors?.typed, text: answer?.say?.text };
}

describe('subcommands', () => {
  it.each([
    ['log Export drops rows', 'Export drops rows'],
    ['LOG  Export\ndrops rows', 'Export\ndrops rows'],
    ['log', ''],
  ])('the first word chooses, the rest is passed on: %j', async (text, rest) => {
    expect(await answerTo(text)).toMatchObject({ may: 'do.log', rest });
  });

  it('nothing, or help, shows what there is, to everybody who may see it', async () => {
    for (const text of ['', '  ', 'help', 'HELP me']) {
      const answer = await answerTo(text);
      expect(answer.may).toBe('help.see');
      expect(answer.text).toContain('What /issue can do:');
      expect(answer.text).toContain('`/issue show B-42`');
    }
  });

  it.each([
    ['lgo x', 'log'],
    ['lits', 'list'],
    ['shwo', 'show'],
  ])('a mistyped word names the nearest: %s', async (text, near) => {
    expect((await answerTo(text)).text).toContain(`Did you mean */issue ${near}*?`);
  });

  it.each(['xyzzy', 'constructor', '__proto__', 'hasOwnProperty', '<!channel>', 'x'.repeat(4_000)])(
    'a word that nothing is near is no command, and is shown inert: %s',
    async (text) => {
      const answer = await answerTo(text);
      expect(answer.may).toBe('help.see');
      expect(answer.text).toContain('What there is:');
      expect(answer.text).not.toContain('<!channel>');
      expect(answer.text?.length).toBeLessThan(500);
    },
  );

  it('words are split and compared as people type them', () => {
    expect(firstWord('  Log   Export rows ')).toEqual({ word: 'log', rest: 'Export rows' });
    expect(firstWord('')).toEqual({ word: '', rest: '' });
    expect(nearest('lst', ['list', 'log'])).toBe('list');
    expect(nearest('hihg', ['high', 'low'])).toBe('high');
    expect(nearest('abcdef', ['list', 'log'])).toBeNull();
    expect(nearest('log', [])).toBeNull();
  });
});
