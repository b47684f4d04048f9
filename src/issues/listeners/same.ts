import type { Person } from '../../people/rules.js';
import type { Message } from '../../slack/blocks/index.js';
import type { Answer, Surface } from '../../slack/dispatch.js';
import type { Submit } from '../../slack/interactions.js';
import type { SubCommand } from '../../slack/subcommands.js';
import type { Tx } from '../../store/transact.js';
import { noSuchIssue } from '../messages/answers.js';
import { sameModal } from '../messages/forms.js';
import { foldedNow, refused, sameUsage } from '../messages/life.js';
import { type Issue, issueName } from '../rules/issue.js';
import { foldProblem } from '../rules/life.js';
import { readPair } from '../rules/typed.js';
import { foldIssue, rootOf } from '../store/folded.js';
import type { Change } from '../store/life.js';
import { listIssues } from '../store/list.js';
import { issueByNumber } from '../store/read.js';
import { keyOfNumber, memoryOf } from './meant.js';
import type { MenuEntry } from './menu.js';

/** `/issue same B-42 as B-17`: B-17 goes on for both. */
export const sameCommand: SubCommand<Person> = {
  may: 'issue.fold',
  usage: 'same B-42 as B-17',
  about: 'makes two one; B-17 goes on with what both hold',
  keys: async (tx, it) => {
    const pair = readPair(it.text);
    return pair ? [...(await keyOfNumber(tx, pair.from)), ...(await keyOfNumber(tx, pair.into))] : [];
  },
  run: async (tx, by, it, now) => {
    const pair = readPair(it.text);
    if (!pair) return { say: sameUsage(it.text) };
    const result = await same(tx, pair, { by, now, source: 'command' });
    return { say: result.say };
  },
};

async function same(
  tx: Tx,
  pair: { from: number; into: number },
  change: Change,
): Promise<{ say: Message; problem?: string }> {
  const from = await issueByNumber(tx, pair.from);
  const into = await issueByNumber(tx, pair.into);
  if (!from || !into) return { say: noSuchIssue(issueName(from ? pair.into : pair.from)) };
  const root = await rootOf(tx, into);
  const problem = (await foldedBefore(tx, from, root)) ?? foldProblem(from, into, root);
  if (problem !== null) return { say: refused(problem), problem };
  await foldIssue(tx, from, root, change);
  return { say: foldedNow(from, root) };
}

/** A folded issue cannot be folded again: the one that goes on for it can. */
async function foldedBefore(tx: Tx, from: Issue, into: Issue): Promise<string | null> {
  if (from.state !== 'merged') return null;
  const root = await rootOf(tx, from);
  const [a, b] = [issueName(from.number), issueName(root.number)];
  return root.id === into.id
    ? `${a} was folded into ${b} already. Nothing changed.`
    : `${a} was folded into ${b}. Fold that one: /issue same ${b} as ${issueName(into.number)}`;
}

/** *Same as…*: the form with the account's other issues. */
export const sameEntry: MenuEntry = {
  may: 'issue.fold',
  fits: 'live',
  run: async (tx, issue, at) => {
    const found = await listIssues(
      tx,
      { states: ['new', 'open', 'waiting'], accountId: issue.accountId },
      { offset: 0, limit: 101 },
    );
    const others = found.issues.filter((other) => other.id !== issue.id);
    if (others.length === 0)
      return { say: refused('This account has no other open issue that it could be the same as.') };
    return { open: sameModal(issue, others, at.channel) };
  },
};

export const sameSubmit: Surface<Person, Submit> = {
  may: 'issue.fold',
  keys: (tx, it) => keyOfNumber(tx, memoryOf(it).number),
  run: async (tx, by, it, now): Promise<Answer> => {
    const { number, channel } = memoryOf(it);
    const into = Number(it.values.into ?? '');
    if (!Number.isInteger(into) || into < 1) return { errors: { into: 'Choose the issue that goes on.' } };
    const result = await same(tx, { from: number, into }, { by, now, source: 'form' });
    return result.problem === undefined
      ? { say: result.say, sayIn: channel }
      : { errors: { into: result.problem } };
  },
};
