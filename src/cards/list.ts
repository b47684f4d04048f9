import { z } from 'zod';
import { findAccount } from '../accounts/find.js';
import { accountById, activeAccounts } from '../accounts/store.js';
import { issuesOfFixAt } from '../fixes/store/fixes.js';
import { overdueFollowups } from '../followups/store.js';
import { lateIssueIds } from '../issues/jobs/service-levels.js';
import { refused } from '../issues/messages/life.js';
import { issueList, LIST_MORE } from '../issues/messages/list.js';
import { type Issue, type IssueState, issueName } from '../issues/rules/issue.js';
import { type IssueFilter, issuesAskedOf, listIssues } from '../issues/store/list.js';
import type { Group, Person } from '../people/rules.js';
import { escalationGroups } from '../people/store.js';
import type { Message } from '../slack/blocks/index.js';
import type { Surface } from '../slack/dispatch.js';
import type { Press } from '../slack/interactions.js';
import { nearest, type SubCommand } from '../slack/subcommands.js';
import type { ReadTx } from '../store/transact.js';
import { issueLine } from './issue.js';

const PAGE = 20;
const LIVE: readonly IssueState[] = ['new', 'open', 'waiting'];
const WORDS = ['open', 'mine', 'overdue', 'waiting', 'resolved', 'closed'];

/** What `/issue list …` asks for, and how it is called above the list. */
interface Query {
  heading: string;
  note: string | null;
  filter: IssueFilter;
}

/** `/issue list [mine | open | acme | overdue | waiting on engineering]`. */
export const listCommand: SubCommand<Person> = {
  may: 'issue.see',
  usage: 'list [open | mine | acme | overdue | waiting on engineering]',
  about: 'twenty a page, oldest first',
  run: async (tx, person, it, now) => ({ say: await list(tx, person, it.text, 0, now) }),
};

const Place = z.object({ which: z.string().max(200), page: z.number().int().min(0).max(10_000) });

/** *More*: the next twenty. */
const morePress: Surface<Person, Press> = {
  may: 'issue.see',
  run: async (tx, person, it, now) => {
    const place = Place.safeParse(parsed(it.value));
    return { say: await list(tx, person, place.data?.which ?? '', place.data?.page ?? 0, now) };
  },
};

export const listPresses = { [LIST_MORE]: morePress };

function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

async function list(tx: ReadTx, person: Person, typed: string, page: number, now: number): Promise<Message> {
  const which = typed.replace(/\s+/gu, ' ').trim().slice(0, 200);
  const query = await queryOf(tx, person, which, now);
  if (typeof query === 'string') return refused(query);
  const offset = page * PAGE;
  const { issues, total } = await listIssues(tx, query.filter, { offset, limit: PAGE });
  return issueList({
    heading: query.heading,
    note: query.note,
    items: await Promise.all(issues.map((issue) => item(tx, issue, now))),
    total,
    first: offset + 1,
    more: offset + issues.length < total ? { which, page: page + 1 } : null,
  });
}

/** Reads what was asked for; words when it is understood by nobody. */
async function queryOf(tx: ReadTx, person: Person, which: string, now: number): Promise<Query | string> {
  const plain = (heading: string, filter: IssueFilter): Query => ({ heading, note: null, filter });
  const word = which.toLowerCase();
  if (word === '' || word === 'open') return plain('Open issues', { states: LIVE });
  if (word === 'mine') return plain('Your issues', { states: LIVE, ownerId: person.id });
  if (word === 'waiting') return plain('Issues that wait on the customer', { states: ['waiting'] });
  if (word === 'resolved') return plain('Resolved issues', { states: ['resolved'] });
  if (word === 'closed') return plain('Closed issues', { states: ['closed'] });
  if (word === 'overdue') return overdue(tx, now);
  const group = /^waiting (?:on|for) (.+)$/.exec(word)?.[1];
  if (group !== undefined) return waitingOn(tx, group);
  const found = findAccount(which, await activeAccounts(tx));
  if ('account' in found)
    return plain(`Open issues of ${found.account.name}`, { states: LIVE, accountId: found.account.id });
  const near = nearest(word, WORDS) ?? found.nearest?.slug;
  const hint = near
    ? `Did you mean /issue list ${near}?`
    : 'Try /issue list mine, overdue, waiting on a group, or the name of an account.';
  return `Baton knows no account ${which.slice(0, 40)}. ${hint}`;
}

/** Overdue: a reply or the solution is late, or the customer was to be told of the issue's fix by a day that passed. */
async function overdue(tx: ReadTx, now: number): Promise<Query> {
  const ids = await lateIssueIds(tx, now);
  for (const followup of await overdueFollowups(tx, now)) {
    if (followup.fixId === null) continue;
    for (const issue of await issuesOfFixAt(tx, followup.fixId, followup.accountId)) ids.push(issue.id);
  }
  return {
    heading: 'Overdue issues',
    note: 'A reply, a solution or news for the customer is late.',
    filter: { states: [...LIVE, 'resolved', 'closed'], ids },
  };
}

async function waitingOn(tx: ReadTx, words: string): Promise<Query | string> {
  const groups = await escalationGroups(tx);
  const names = (group: Group) => [group.key.toLowerCase(), group.name.toLowerCase()];
  const group = groups.find((one) => names(one).includes(words));
  if (group)
    return {
      heading: `Issues that wait on ${group.name}`,
      note: null,
      filter: { states: LIVE, ids: await issuesAskedOf(tx, group.key) },
    };
  const near = nearest(
    words,
    groups.map((one) => one.key),
  );
  if (near) return `There is no group ${words.slice(0, 40)}. Did you mean /issue list waiting on ${near}?`;
  const known = groups.map((one) => one.name).join(', ');
  return `There is no group ${words.slice(0, 40)}.${known ? ` There are: ${known}.` : ''}`;
}

async function item(tx: ReadTx, issue: Issue, now: number) {
  const account = await accountById(tx, issue.accountId);
  return {
    name: issueName(issue.number),
    account: account?.name ?? '',
    title: issue.title,
    line: await issueLine(tx, issue, now),
  };
}
