import type { Account } from '../accounts/rules.js';
import { accountById } from '../accounts/store.js';
import { type Alert, sleepsUntil } from '../alerts/rules.js';
import { dueInWords, type Followup } from '../followups/rules.js';
import { owedInWords } from '../followups/store/news.js';
import { type Issue, issueName } from '../issues/rules/issue.js';
import { listIssues } from '../issues/store/list.js';
import type { Person } from '../people/rules.js';
import { escalationGroups } from '../people/store.js';
import { gravestFirst } from '../signals/rules/severity.js';
import { signalsOfAlert } from '../signals/store/signals.js';
import type { ReadTx } from '../store/transact.js';
import { dateInWords, dayAndClock, wallOf } from '../time/index.js';
import type { AccountItem, AlertItem, FollowupItem, IssueItem, Part } from './messages/lists.js';
import { type AccountNeeds, byNeed, NO_NEEDS } from './rules/needs.js';
import {
  accountsOf,
  followupsOwedBy,
  issuesAsking,
  needsOfAccounts,
  openAlerts,
  type Slice,
} from './store/mine.js';

/** Where an issue stands, in one derived line; the cards know it. */
export type LineOf = (tx: ReadTx, issue: Issue, now: number) => Promise<string>;

/** What a person's lists are read with. */
export interface Asking {
  person: Person;
  slice: Slice;
  /** Business time, UTC ms. */
  now: number;
  lineOf: LineOf;
}

type Lists = {
  followups: Part<FollowupItem>;
  alerts: Part<AlertItem>;
  issues: Part<IssueItem>;
  asked: Part<IssueItem>;
  accounts: Part<AccountItem>;
};

/** Every list of Home, read for one person. */
export const LISTS: { [K in keyof Lists]: (tx: ReadTx, asking: Asking) => Promise<Lists[K]> } = {
  followups: async (tx, { person, slice, now }) => {
    const owed = await followupsOwedBy(tx, person.id, slice);
    return { ...owed, items: await inOrder(owed.items, (one) => followupItem(tx, one, person, now)) };
  },
  alerts: async (tx, { person, slice, now }) => {
    const open = await openAlerts(tx, person.id, slice);
    return { ...open, items: await inOrder(open.items, (alert) => alertItem(tx, alert, person, now)) };
  },
  issues: async (tx, asking) => {
    const filter = { states: ['new', 'open', 'waiting'], ownerId: asking.person.id } as const;
    const { issues, total } = await listIssues(tx, filter, asking.slice);
    return { items: await inOrder(issues, (issue) => issueItem(tx, issue, asking)), total };
  },
  asked: async (tx, asking) => {
    const groups = (await escalationGroups(tx)).filter((group) =>
      group.people.includes(asking.person.slackId),
    );
    const found = await issuesAsking(
      tx,
      groups.map((group) => group.key),
      asking.slice,
    );
    return { ...found, items: await inOrder(found.items, (issue) => issueItem(tx, issue, asking)) };
  },
  accounts: async (tx, { person, slice, now }) => {
    const mine = await accountsOf(tx, person.id);
    const all = mine.length > 0 ? mine : await accountsOf(tx, null);
    const today = wallOf(now, person.hours.zone).date;
    const needs = await needsOfAccounts(tx, now);
    const sorted = byNeed(all, needs, today);
    const items = sorted
      .slice(slice.offset, slice.offset + slice.limit)
      .map((account) => accountItem(account, needs.get(account.id) ?? NO_NEEDS, { person, today }));
    return { items, total: all.length };
  },
};

/** Whether the accounts that a person sees are their own. */
export async function hasOwnAccounts(tx: ReadTx, person: Person): Promise<boolean> {
  return (await accountsOf(tx, person.id)).length > 0;
}

/** One after the other: on one connection of a transaction there is nothing to gain from more. */
async function inOrder<A, B>(items: readonly A[], draw: (item: A) => Promise<B>): Promise<B[]> {
  const drawn: B[] = [];
  for (const item of items) drawn.push(await draw(item));
  return drawn;
}

async function followupItem(
  tx: ReadTx,
  followup: Followup,
  person: Person,
  now: number,
): Promise<FollowupItem> {
  return {
    id: followup.id,
    account: (await accountById(tx, followup.accountId))?.name ?? '',
    ...(await owedInWords(tx, followup)),
    dueText: dueInWords(followup.dueAt, person.hours.zone, now),
    isOverdue: followup.dueAt < now,
  };
}

async function alertItem(tx: ReadTx, alert: Alert, person: Person, now: number): Promise<AlertItem> {
  const account = await accountById(tx, alert.accountId);
  const signals = (await signalsOfAlert(tx, alert.id)).filter((signal) => signal.openKey !== null);
  const sleeps = sleepsUntil(signals);
  return {
    id: alert.id,
    account: account?.name ?? '',
    severity: alert.severity,
    why: gravestFirst(signals)[0]?.evidence.line ?? null,
    sleeps:
      sleeps === null
        ? null
        : sleeps === 'change'
          ? 'until it changes'
          : `until ${dayAndClock(sleeps, person.hours.zone, now)}`,
    isMine: account?.csmId === person.id || account?.supportOwnerId === person.id,
  };
}

async function issueItem(tx: ReadTx, issue: Issue, { lineOf, now }: Asking): Promise<IssueItem> {
  const account = await accountById(tx, issue.accountId);
  return {
    number: issue.number,
    name: issueName(issue.number),
    account: account?.name ?? '',
    title: issue.title,
    line: await lineOf(tx, issue, now),
    state: issue.state,
  };
}

/** What an account needs, in a few words each; what is nobody's business for a viewer is left out. */
function accountItem(
  account: Account,
  needs: AccountNeeds,
  { person, today }: { person: Person; today: string },
): AccountItem {
  const isStaff = person.role !== 'viewer' || person.isAdmin;
  const words = [
    isStaff && needs.hasAlert && 'alert open',
    isStaff && needs.overdue > 0 && `${counted(needs.overdue, 'follow-up')} overdue`,
    isStaff && needs.owed > needs.overdue && `${counted(needs.owed - needs.overdue, 'follow-up')} open`,
    needs.openIssues > 0 && counted(needs.openIssues, 'open issue'),
    isStaff && account.renewalOn !== null && `renews ${dateInWords(account.renewalOn, today)}`,
  ];
  return {
    id: account.id,
    name: account.name,
    needs: words.filter((word): word is string => word !== false),
  };
}

function counted(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}
