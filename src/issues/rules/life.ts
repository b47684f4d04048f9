import { type Issue, type IssueState, issueName } from './issue.js';

/** What can be done to an issue that changes where it stands. */
export type Verb = 'take' | 'give' | 'wait' | 'answer' | 'resolve' | 'reopen' | 'close' | 'fold';

export const VERBS: readonly Verb[] = [
  'take',
  'give',
  'wait',
  'answer',
  'resolve',
  'reopen',
  'close',
  'fold',
];

/** Where it leads, or why it cannot be done, in words for whoever asked. */
export type Step = { to: IssueState } | { refused: string };

/** What the state machine looks at. */
export type LifeFacts = Pick<Issue, 'number' | 'state' | 'ownerId'>;

type Edge = IssueState | ((facts: LifeFacts) => IssueState) | { no: (name: string) => string };

const no = (words: (name: string) => string) => ({ no: words });

/** Whoever has it goes on; with nobody it is as new. */
const back = (facts: LifeFacts): IssueState => (facts.ownerId === null ? 'new' : 'open');

const reopenFirst = (state: string) =>
  no((name) => `${name} is ${state}. Reopen it first: /issue reopen ${name}`);
const already = (state: string) => no((name) => `${name} is ${state} already. Nothing changed.`);
const folded = no((name) => `${name} was folded into another issue, which goes on for both.`);

/** Every verb at every state: there is no other way through the life of an issue. */
const LIFE: Readonly<Record<Verb, Readonly<Record<IssueState, Edge>>>> = {
  take: {
    new: 'open',
    open: 'open',
    waiting: 'waiting',
    resolved: reopenFirst('resolved'),
    closed: reopenFirst('closed'),
    merged: folded,
  },
  give: {
    new: 'open',
    open: 'open',
    waiting: 'waiting',
    resolved: reopenFirst('resolved'),
    closed: reopenFirst('closed'),
    merged: folded,
  },
  wait: {
    new: 'waiting',
    open: 'waiting',
    waiting: no((name) => `${name} waits on the customer already. Nothing changed.`),
    resolved: reopenFirst('resolved'),
    closed: reopenFirst('closed'),
    merged: folded,
  },
  // The customer wrote: what waited on them goes on, what was over comes back.
  answer: {
    new: no((name) => `${name} is open already.`),
    open: no((name) => `${name} is open already.`),
    waiting: back,
    resolved: back,
    closed: back,
    merged: folded,
  },
  resolve: {
    new: 'resolved',
    open: 'resolved',
    waiting: 'resolved',
    resolved: already('resolved'),
    closed: no((name) => `${name} is closed, which is more than resolved. Nothing changed.`),
    merged: folded,
  },
  // By one of us: also how an issue stops waiting on the customer.
  reopen: {
    new: no((name) => `${name} is open; there is nothing to reopen.`),
    open: no((name) => `${name} is open; there is nothing to reopen.`),
    waiting: back,
    resolved: back,
    closed: back,
    merged: folded,
  },
  close: {
    new: 'closed',
    open: 'closed',
    waiting: 'closed',
    resolved: 'closed',
    closed: already('closed'),
    merged: folded,
  },
  fold: {
    new: 'merged',
    open: 'merged',
    waiting: 'merged',
    resolved: 'merged',
    closed: reopenFirst('closed'),
    merged: folded,
  },
};

/** The one decision about a change of state. */
export function step(facts: LifeFacts, verb: Verb): Step {
  const edge = LIFE[verb][facts.state];
  if (typeof edge === 'string') return { to: edge };
  if (typeof edge === 'function') return { to: edge(facts) };
  return { refused: edge.no(issueName(facts.number)) };
}

const REOPEN_MS = 30 * 86_400_000;

/** A customer's answer brings an issue back for thirty days after it was over; later it is a new matter. */
export function answerReopens(issue: Pick<Issue, 'state' | 'resolvedAt'>, now: number): boolean {
  if (issue.state === 'waiting') return true;
  if (issue.state !== 'resolved' && issue.state !== 'closed') return false;
  if (issue.resolvedAt === null) return false;
  // A message that came before and was only delivered late says nothing about what was done after it.
  return now >= issue.resolvedAt && now - issue.resolvedAt <= REOPEN_MS;
}

/** What has been over for longer than an answer brings it back: whatever is written in its thread is a new matter. */
export function isPast(issue: Pick<Issue, 'state' | 'resolvedAt'>, now: number): boolean {
  if (issue.state !== 'resolved' && issue.state !== 'closed') return false;
  return issue.resolvedAt !== null && now - issue.resolvedAt > REOPEN_MS;
}

type FoldFacts = Pick<Issue, 'id' | 'number' | 'accountId' | 'state' | 'ownerId'>;

/**
 * Why `from` cannot be folded into `into`, or null when it can.
 * @param root the issue that `into` itself was folded into, else `into`
 */
export function foldProblem(from: FoldFacts, into: FoldFacts, root: FoldFacts): string | null {
  const [a, b] = [issueName(from.number), issueName(into.number)];
  if (from.id === into.id) return `${a} is ${b}: name two different issues.`;
  if (root.id === from.id) return `${b} was folded into ${a} already, so they are one. Nothing changed.`;
  if (from.accountId !== root.accountId)
    return `${a} and ${b} belong to different accounts. If one fix mends both, link both to it: /issue link ${a} and its address.`;
  const fold = step(from, 'fold');
  if ('refused' in fold) return fold.refused;
  if (root.state === 'resolved' || root.state === 'closed') {
    const name = issueName(root.number);
    if (root.state === 'closed' || from.state !== 'resolved')
      return `${name} is ${root.state}. Reopen it first: /issue reopen ${name}`;
  }
  return null;
}
