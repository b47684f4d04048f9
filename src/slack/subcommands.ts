import { distance } from 'fastest-levenshtein';
import type { ReadTx, Tx } from '../store/transact.js';
import { lines, type Message, md, message } from './blocks/index.js';
import type { Answer, Surface } from './dispatch.js';
import type { Command } from './interactions.js';

/** One `/command word …`; `usage` and `about` make its line in the help. */
export interface SubCommand<Actor> {
  may: string;
  usage: string;
  about: string;
  keys?: (tx: ReadTx, it: Command) => Promise<readonly string[]>;
  run: (tx: Tx, actor: Actor, it: Command, now: number) => Promise<Answer | undefined>;
}

const NEAR = 2;

/**
 * Splits a command by its first word; what remains of the text is what the subcommand sees. A bare command or `help`
 * shows what there is; a mistyped word names the nearest one.
 */
export function subcommands<Actor>(
  command: string,
  table: Readonly<Record<string, SubCommand<Actor>>>,
  helpMay: string,
): (it: Command) => { surface: Surface<Actor, Command>; it: Command } {
  return (it) => {
    const { word, rest } = firstWord(it.text);
    const found = Object.hasOwn(table, word) ? table[word] : undefined;
    if (found) return { surface: found, it: { ...it, text: rest } };
    const unknown = word === '' || word === 'help' ? undefined : word;
    return { surface: { may: helpMay, run: async () => ({ say: helpText(command, table, unknown) }) }, it };
  };
}

function helpText<Actor>(
  command: string,
  table: Readonly<Record<string, SubCommand<Actor>>>,
  unknown: string | undefined,
): Message {
  const near = unknown === undefined ? null : nearest(unknown, Object.keys(table));
  const first =
    unknown === undefined
      ? md`What ${command} can do:`
      : near
        ? md`There is no ${command} ${unknown.slice(0, 40)}. Did you mean *${command} ${near}*?`
        : md`There is no ${command} ${unknown.slice(0, 40)}. What there is:`;
  const rows = Object.values(table).map((sub) => md`\`${command} ${sub.usage}\`  ${sub.about}`);
  return message({ text: lines([first, ...rows]), blocks: [] });
}

/** Splits `log Export drops rows` into its first word, in lower case, and the rest. */
export function firstWord(text: string): { word: string; rest: string } {
  const match = /^(\S+)\s*([\s\S]*)$/.exec(text.trim());
  return { word: (match?.[1] ?? '').toLowerCase(), rest: (match?.[2] ?? '').trim() };
}

/** The known word that was probably meant: at most two letters off; null when none is. */
export function nearest(word: string, known: readonly string[]): string | null {
  const best = known
    .map((candidate) => ({
      candidate,
      off: distance(word.slice(0, 40).toLowerCase(), candidate.toLowerCase()),
    }))
    .sort((a, b) => a.off - b.off)[0];
  return best && best.off <= NEAR ? best.candidate : null;
}
