import { and, asc, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import type { Issue } from '../../issues/rules/issue.js';
import { activePeople, escalationGroups } from '../../people/store.js';
import type { ReadTx } from '../../store/transact.js';

/** Open issues on which engineering was asked and that no tracker's item is linked to, oldest call first. */
export async function issuesWithoutFix(tx: ReadTx): Promise<(Issue & { askedAt: number })[]> {
  const { escalations, issues, fixIssues, fixes } = tx.t;
  const calls = await tx.db
    .select()
    .from(escalations)
    .where(and(inArray(escalations.groupKey, await engineering(tx)), isNull(escalations.takenBackAt)))
    .orderBy(asc(escalations.at), asc(escalations.id));
  const askedAt = new Map<number, number>();
  for (const call of calls) if (!askedAt.has(call.issueId)) askedAt.set(call.issueId, call.at);
  if (askedAt.size === 0) return [];
  const open = await tx.db
    .select()
    .from(issues)
    .where(and(inArray(issues.id, [...askedAt.keys()]), inArray(issues.state, ['new', 'open', 'waiting'])));
  const linked = await tx.db
    .select({ issueId: fixIssues.issueId })
    .from(fixIssues)
    .innerJoin(fixes, eq(fixes.id, fixIssues.fixId))
    .where(and(inArray(fixIssues.issueId, [...askedAt.keys()]), isNotNull(fixes.trackerKey)));
  const has = new Set(linked.map((row) => row.issueId));
  return open
    .filter((issue) => !has.has(issue.id))
    .map((issue) => ({ ...issue, askedAt: askedAt.get(issue.id) ?? issue.createdAt }))
    .sort((a, b) => a.askedAt - b.askedAt || a.id - b.id);
}

/**
 * Keys of the groups that mend the product: those with the skill that are not made of support and success alone, as
 * senior support or a lead is.
 */
async function engineering(tx: ReadTx): Promise<string[]> {
  const staff = (await activePeople(tx)).filter((person) => person.functions.length > 0);
  const isStaff = new Set(staff.map((person) => person.slackId));
  const groups = (await escalationGroups(tx)).filter((group) => group.kind === 'skill');
  return groups
    .filter((group) => group.people.length === 0 || group.people.some((id) => !isStaff.has(id)))
    .map((group) => group.key);
}
