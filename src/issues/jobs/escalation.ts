import { accountById } from '../../accounts/store.js';
import { callPeople } from '../../people/badges.js';
import { groupByKey, leadsOf, peopleOfGroup } from '../../people/store.js';
import { findCard, touchCards } from '../../queue/cards.js';
import { type DueHandler, setDueBy } from '../../queue/due.js';
import { post } from '../../queue/enqueue.js';
import { setting } from '../../settings/store.js';
import type { Message } from '../../slack/blocks/index.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { nobodyCame } from '../messages/escalation.js';
import { climbsAt } from '../rules/escalation.js';
import { type Issue, isOver, issueName } from '../rules/issue.js';
import {
  climbEscalation,
  climbKey,
  type EscalationRow,
  escalationById,
  openEscalations,
} from '../store/escalations.js';
import { issueById } from '../store/read.js';

/** A call stands before the group's eyes: from now it climbs when nobody comes. */
export async function onCallDelivered(tx: Tx, escalationId: number, at: number): Promise<void> {
  const escalation = await escalationById(tx, escalationId);
  if (!escalation || !isWaiting(escalation)) return;
  const group = await groupByKey(tx, escalation.groupKey);
  const called = group ? await peopleOfGroup(tx, group) : [];
  const dueAt = climbsAt(at, escalation.kind, called, await leadsOf(tx, 'support'));
  if (dueAt !== null) await setDueBy(tx, climbKey(escalationId), 'escalation.climb', escalationId, dueAt);
}

/** Says something below the call, in the issue's thread. */
export async function postInThread(
  tx: Tx,
  issue: Issue,
  escalation: EscalationRow,
  message: Message,
  { now, key }: { now: number; key: string },
): Promise<void> {
  const triage = await setting(tx, 'triageChannel');
  const call = triage === null ? undefined : await findCard(tx, 'escalation', escalation.id, triage);
  if (triage === null || !call) return;
  await post(tx, triage, message, now, {
    key,
    accounts: [issue.accountId],
    threadCardId: call.threadCardId ?? call.id,
  });
}

function isWaiting(escalation: EscalationRow): boolean {
  return escalation.answeredBy === null && escalation.takenBackAt === null && escalation.climbedAt === null;
}

/** The issue ended, or goes on: its calls show it, and those that wait climb from now on. */
export async function followIssue(tx: Tx, issueId: number, now: number): Promise<void> {
  const issue = await issueById(tx, issueId);
  for (const escalation of await openEscalations(tx, issueId)) {
    await touchCards(tx, 'escalation', escalation.id, now);
    if (issue && !isOver(issue.state)) await onCallDelivered(tx, escalation.id, now);
  }
}

async function keysOf(tx: ReadTx, row: { subjectId: number }): Promise<string[]> {
  const escalation = await escalationById(tx, row.subjectId);
  const issue = escalation && (await issueById(tx, escalation.issueId));
  return issue ? [`account:${issue.accountId}`] : [];
}

/** Nobody came: the support leads are mentioned in the thread, once. After that a stand-up finds it. */
const climb: DueHandler = {
  keys: keysOf,
  run: async (tx, row, now) => {
    const escalation = await escalationById(tx, row.subjectId);
    const issue = escalation && (await issueById(tx, escalation.issueId));
    if (!escalation || !issue || !isWaiting(escalation) || isOver(issue.state)) return null;
    // Whoever asks knows already; a lead who was called with the group is reminded, this once.
    const leads = (await leadsOf(tx, 'support'))
      .map((lead) => lead.slackId)
      .filter((slackId) => slackId !== escalation.byUser);
    if (leads.length === 0 || !(await climbEscalation(tx, escalation, issue, leads, now))) return null;
    const account = await accountById(tx, issue.accountId);
    const group = await groupByKey(tx, escalation.groupKey);
    const { mentioned, named } = await callPeople(tx, leads, {
      at: now,
      isCritical: issue.priority === 'urgent',
      kind: 'escalation',
      about: `escalation:${escalation.id}`,
      step: 'climb',
    });
    const call = nobodyCame({
      leads: mentioned,
      notCalled: named,
      group: group?.name ?? escalation.groupKey,
      issueName: issueName(issue.number),
      title: issue.title,
      account: account?.name ?? '',
    });
    await postInThread(tx, issue, escalation, call, { now, key: climbKey(escalation.id) });
    return null;
  },
};

export const escalationJobs = { 'escalation.climb': climb };
