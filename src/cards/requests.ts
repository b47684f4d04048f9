import { accountById, nameOf } from '../accounts/store.js';
import { escalationCall } from '../issues/messages/escalation.js';
import { type FlagView, flagCard, flagOutcome } from '../issues/messages/flag.js';
import { promiseCard } from '../issues/messages/promise.js';
import { isOver, issueName } from '../issues/rules/issue.js';
import { escalationById } from '../issues/store/escalations.js';
import { flagById } from '../issues/store/flags.js';
import { promiseById } from '../issues/store/promises.js';
import { issueById } from '../issues/store/read.js';
import { heldFrom } from '../people/badges.js';
import { groupByKey, peopleOfGroup, personBySlackId } from '../people/store.js';
import { setting } from '../settings/store.js';
import type { Message } from '../slack/blocks/index.js';
import type { ReadTx } from '../store/transact.js';
import { dateInWords, dayAndClock, wallOf } from '../time/index.js';

/** What people asked of each other, drawn: calls for help, flags and promises. */

const nameIf = async (tx: ReadTx, slackId: string | null) => (slackId === null ? null : nameOf(tx, slackId));

export async function renderCall(tx: ReadTx, escalationId: number): Promise<Message | undefined> {
  const escalation = await escalationById(tx, escalationId);
  const issue = escalation && (await issueById(tx, escalation.issueId));
  const group = escalation && (await groupByKey(tx, escalation.groupKey));
  if (!escalation || !issue) return undefined;
  const account = await accountById(tx, issue.accountId);
  const { kind, groupKey: key } = escalation;
  const held = await heldFrom(tx, `escalation:${escalation.id}`, 'escalation');
  const called = group ? await peopleOfGroup(tx, group) : [];
  return escalationCall({
    ...escalation,
    issueName: issueName(issue.number),
    title: issue.title,
    account: account?.name ?? '',
    // A group that left company.yml is still named by its key on what was asked of it.
    group: group ?? { key, name: key, kind, slackGroup: null, people: [] },
    by: await nameOf(tx, escalation.byUser),
    answeredBy: await nameIf(tx, escalation.answeredBy),
    takenBackBy: await nameIf(tx, escalation.takenBackBy),
    hasClimbed: escalation.climbedAt !== null,
    notCalled: called.filter((person) => held.has(person.id)),
    over: isOver(issue.state) ? issue.state : null,
  });
}

export async function renderFlag(tx: ReadTx, flagId: number, now: number): Promise<Message | undefined> {
  const view = await flagView(tx, flagId, now);
  return view && flagCard(view);
}

export async function renderFlagOutcome(
  tx: ReadTx,
  flagId: number,
  now: number,
): Promise<Message | undefined> {
  const view = await flagView(tx, flagId, now);
  return view && flagOutcome(view);
}

async function flagView(tx: ReadTx, flagId: number, now: number): Promise<FlagView | undefined> {
  const flag = await flagById(tx, flagId);
  if (!flag) return undefined;
  const issue = flag.issueId === null ? undefined : await issueById(tx, flag.issueId);
  return {
    ...flag,
    account: (await accountById(tx, flag.accountId))?.name ?? '',
    by: await nameOf(tx, flag.byUser),
    sinceText: dayAndClock(flag.offeredAt, await setting(tx, 'zone'), now),
    decidedBy: await nameIf(tx, flag.decidedBy),
    issueNumber: issue?.number ?? null,
    hasClimbed: flag.climbedAt !== null,
  };
}

export async function renderPromise(
  tx: ReadTx,
  promiseId: number,
  now: number,
  target?: string,
): Promise<Message | undefined> {
  const promise = await promiseById(tx, promiseId);
  if (!promise) return undefined;
  const issue = promise.issueId === null ? undefined : await issueById(tx, promise.issueId);
  const reader = target ?? promise.byUser;
  const zone = (await personBySlackId(tx, reader))?.hours.zone ?? (await setting(tx, 'zone'));
  const today = wallOf(now, zone).date;
  return promiseCard({
    ...promise,
    account: (await accountById(tx, promise.accountId))?.name ?? '',
    day: promise.dueOn === today ? 'today' : dateInWords(promise.dueOn, today),
    issueName: issue ? issueName(issue.number) : null,
    insteadOf: reader === promise.byUser ? null : await nameOf(tx, promise.byUser),
    endedBy: await nameIf(tx, promise.endedBy),
  });
}
