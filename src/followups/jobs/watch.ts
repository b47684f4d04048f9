import { issuesOfFixAt } from '../../fixes/store/fixes.js';
import { closeLoop } from '../../issues/store/life.js';
import { issueById } from '../../issues/store/read.js';
import { clearDue, type DueHandler, setDue } from '../../queue/due.js';
import type { Tx } from '../../store/transact.js';
import { WATCH_MS } from '../rules.js';
import { mattersOfKind } from '../store/matters.js';

/** Has the issues of a follow-up watched for seven days after its customer was told. */
export async function watchIssues(
  tx: Tx,
  followup: { id: number; accountId: number; fixId: number | null },
  toldAt: number,
): Promise<void> {
  const { fixId, accountId } = followup;
  const mended = fixId === null ? [] : await issuesOfFixAt(tx, fixId, accountId);
  const ids = new Set([
    ...mended.map((issue) => issue.id),
    ...(await mattersOfKind(tx, followup.id, 'issue')),
  ]);
  for (const id of ids) await setDue(tx, watchKey(id), 'issue.watch', id, toldAt + WATCH_MS);
}

const watchKey = (issueId: number) => `watch:issue:${issueId}`;

/** It came back: there is nothing to watch until its customer is told again. */
export async function endWatch(tx: Tx, issueId: number): Promise<void> {
  await clearDue(tx, watchKey(issueId));
}

/** Seven quiet days have passed: the loop is closed. A reopened issue is no longer watched. */
export const watch: DueHandler = {
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
