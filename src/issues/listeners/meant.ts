import { accountById } from '../../accounts/store.js';
import type { Person } from '../../people/rules.js';
import type { Answer } from '../../slack/dispatch.js';
import type { Command, Submit } from '../../slack/interactions.js';
import type { SubCommand } from '../../slack/subcommands.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { noSuchIssue } from '../messages/answers.js';
import type { IssueMemory } from '../messages/forms.js';
import { withFoldedNote } from '../messages/life.js';
import type { Issue } from '../rules/issue.js';
import { splitNumber } from '../rules/typed.js';
import { issueMeant } from '../store/folded.js';
import type { Change } from '../store/life.js';
import { issueByNumber } from '../store/read.js';

/** The key of an issue's account, by number. */
export async function keyOfNumber(tx: ReadTx, number: number | null): Promise<string[]> {
  const issue = number === null ? undefined : await issueByNumber(tx, number);
  return issue ? [`account:${issue.accountId}`] : [];
}

/** An issue that a command is about, and what else was typed. */
export interface Asked {
  issue: Issue;
  /** The account's name. */
  account: string;
  rest: string;
  change: Change & { by: Person };
  command: Command;
}

/**
 * A subcommand about one issue: finds it by its number, says when there is none, and when the number was folded into
 * another issue acts on that and says so.
 */
export function onIssue(
  spec: Pick<SubCommand<Person>, 'may' | 'usage' | 'about'> & {
    /** Further keys of what it changes. */
    keys?: (rest: string) => readonly string[];
    run: (tx: Tx, asked: Asked) => Promise<Answer>;
  },
): SubCommand<Person> {
  return {
    may: spec.may,
    usage: spec.usage,
    about: spec.about,
    keys: async (tx, it) => {
      const { number, rest } = splitNumber(it.text);
      return [...(await keyOfNumber(tx, number)), ...(spec.keys?.(rest) ?? [])];
    },
    run: async (tx, person, it, now) => {
      const { number, typed, rest } = splitNumber(it.text);
      const meant = await issueMeant(tx, number);
      if (!meant) return { say: noSuchIssue(typed, it.text) };
      const change = { by: person, now, source: 'command' };
      const account = await accountName(tx, meant.issue);
      const answer = await spec.run(tx, { issue: meant.issue, account, rest, change, command: it });
      if (!answer.say) return answer;
      const say = answer.say as Parameters<typeof withFoldedNote>[0];
      return { ...answer, say: withFoldedNote(say, meant.folded, meant.issue.number) };
    },
  };
}

export async function accountName(tx: ReadTx, issue: Issue): Promise<string> {
  return (await accountById(tx, issue.accountId))?.name ?? 'the account';
}

/** What a form about one issue remembered. */
export function memoryOf<M extends IssueMemory = IssueMemory>(it: Submit): M {
  return JSON.parse(it.metadata) as M;
}
