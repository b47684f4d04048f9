import { accountById } from '../accounts/store.js';
import { fixById, issuesOfFix } from '../fixes/store.js';
import { closeLoop } from '../issues/store/life.js';
import { issueById } from '../issues/store/read.js';
import { workingHours } from '../people/rules.js';
import { personById } from '../people/store.js';
import { placeCard } from '../queue/cards.js';
import { clearDue, type DueHandler, setDue, setDueBy } from '../queue/due.js';
import type { ReadTx, Tx } from '../store/transact.js';
import { nudgeAt, WATCH_MS } from './rules.js';
import { countNudge, followupById, markDelivered, nudgeKey } from './store.js';

/** A follow-up was shown to its owner: the reminder is due from here. */
export async function onFollowupDelivered(tx: Tx, followupId: number, at: number): Promise<void> {
  const followup = await markDelivered(tx, followupId, at);
  if (followup?.state !== 'open') return;
  const owner = await personById(tx, followup.ownerId);
  if (!owner) return;
  const dueAt = nudgeAt(
    { dueAt: followup.dueAt, deliveredAt: at, nudges: followup.nudges },
    workingHours(owner.hours),
  );
  if (dueAt !== null) await setDueBy(tx, nudgeKey(followupId), 'followup.nudge', followupId, dueAt);
}

async function followupKeys(tx: ReadTx, row: { subjectId: number }): Promise<string[]> {
  const followup = await followupById(tx, row.subjectId);
  return followup ? [`account:${followup.accountId}`] : [];
}

/** The one reminder of a follow-up. */
const nudge: DueHandler = {
  keys: followupKeys,
  run: async (tx, row, now) => {
    const followup = await followupById(tx, row.subjectId);
    if (followup?.state !== 'open' || followup.nudges > 0) return null;
    const owner = await personById(tx, followup.ownerId);
    const account = await accountById(tx, followup.accountId);
    if (!owner || !account) return null;
    await countNudge(tx, followup, now);
    await placeCard(
      tx,
      { kind: 'nudge', subjectId: followup.id, target: owner.slackId, accounts: [account.id] },
      now,
    );
    return null;
  },
};

/** Has an issue watched for seven days after its customer was told. */
export async function watchIssues(tx: Tx, fixId: number, accountId: number, toldAt: number): Promise<void> {
  const fix = await fixById(tx, fixId);
  if (!fix) return;
  for (const issue of await issuesOfFix(tx, fixId)) {
    if (issue.accountId === accountId)
      await setDue(tx, watchKey(issue.id), 'issue.watch', issue.id, toldAt + WATCH_MS);
  }
}

const watchKey = (issueId: number) => `watch:issue:${issueId}`;

/** It came back: there is nothing to watch until its customer is told again. */
export async function endWatch(tx: Tx, issueId: number): Promise<void> {
  await clearDue(tx, watchKey(issueId));
}

/** Seven quiet days have passed: the loop is closed. A reopened issue is no longer watched. */
const watch: DueHandler = {
  keys: async (tx, row) => {
    const issue = await issueById(tx, row.subjectId);
    return issue ? [`account:${issue.accountId}`] : [];
  },
  run: async (tx, row, now) => {
    const issue = await issueById(tx, row.subjectId);
    if (issue) await closeLoop(tx, issue, now);
    return null;
  },
};

export const followupJobs = { 'followup.nudge': nudge, 'issue.watch': watch };
