import { and, asc, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import type { Issue } from '../../issues/rules/issue.js';
import { activePeople, escalationGroups } from '../../people/store.js';
import type { ReadTx } from '../../store/transact.js';

/** Open issues on which engineering was asked and that no tracker's item is linked to, oldest call first. */
export async function issuesWithoutFix(tx: ReadTx): Promise<(Issue & { askedAt: number })[]> {
  const { escalations, issues, fixIssues, fixes } = tx.t;
  const groups = await engineering(tx);
  if (groups.length === 0) return [];
  const calls = await tx.db
    .select({ issue: issues, at: escalations.at })
    .from(issues)
    .innerJoin(escalations, eq(escalations.issueId, issues.id))
    .where(
      and(
        inArray(issues.state, ['new', 'open', 'waiting']),
        inArray(escalations.groupKey, groups),
        isNull(escalations.takenBackAt),
      ),
    )
    .orderBy(asc(escalations.at), asc(escalations.id));
  const open = new Map<number, Issue & { askedAt: number }>();
  for (const { issue, at } of calls) if (!open.has(issue.id)) open.set(issue.id, { ...issue, askedAt: at });
  if (open.size === 0) return [];
  const linked = await tx.db
    .select({ issueId: fixIssues.issueId })
    .from(fixIssues)
    .innerJoin(fixes, eq(fixes.id, fixIssues.fixId))
    .where(and(inArray(fixIssues.issueId, [...open.keys()]), isNotNull(fixes.trackerKey)));
  const has = new Set(linked.map((row) => row.issueId));
  return [...open.values()].filter((issue) => !has.has(issue.id));
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
