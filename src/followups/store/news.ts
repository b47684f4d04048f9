import { nameOf } from '../../accounts/store.js';
import { accountOfFix } from '../../fixes/store/accounts.js';
import { fixById, issuesOfFixAt } from '../../fixes/store/fixes.js';
import type { Issue } from '../../issues/rules/issue.js';
import { contactsOfIssue, issueById } from '../../issues/store/read.js';
import type { ReadTx } from '../../store/transact.js';
import { aboutInWords, type Followup } from '../rules.js';
import { mattersOfKind } from './matters.js';
import { reasonsOf } from './reasons.js';

/** What there is to tell, and to whom. Instants are UTC ms of business time. */
export interface News {
  /** What was broken or wanted; null where no issue and no fix is known. */
  title: string | null;
  liveAt: number | null;
  version: string | null;
  /** Why the fix was declined. */
  declined: string | null;
  /** Who of the account wrote about it. */
  waiting: string[];
  /** Since when they wait. */
  since: number | null;
  /** The account's issues that it is about, oldest first. */
  issues: Issue[];
}

export async function newsOf(tx: ReadTx, followup: Followup): Promise<News> {
  const fix = followup.fixId === null ? undefined : await fixById(tx, followup.fixId);
  const own = fix && (await accountOfFix(tx, fix.id, followup.accountId));
  const issues = await issuesOf(tx, followup);
  return {
    title: await newsTitle(tx, followup),
    liveAt: own?.liveAt ?? fix?.liveAt ?? null,
    version: fix?.version ?? null,
    declined: fix?.state === 'declined' ? fix.reason : null,
    ...(await waitingFor(tx, issues)),
    issues,
  };
}

/**
 * What was broken or wanted, in the words of the account's own issue: those of another account that waits for the same
 * fix are not for its customers. Null where no issue and no fix is known.
 */
export async function newsTitle(tx: ReadTx, followup: Followup): Promise<string | null> {
  const { fixId, accountId } = followup;
  const [mended] = fixId === null ? [] : await issuesOfFixAt(tx, fixId, accountId);
  if (mended) return mended.title;
  const fix = fixId === null ? undefined : await fixById(tx, fixId);
  return fix?.title ?? (await issuesOf(tx, followup))[0]?.title ?? null;
}

/**
 * What is owed, for a list: the news, such as `"Export drops rows" is fixed`, or what to follow up on, to be said behind
 * those words.
 */
export async function owedInWords(
  tx: ReadTx,
  followup: Followup,
): Promise<{ news: string; about: null } | { news: null; about: string }> {
  const title = followup.fixId === null || followup.kind === 'restore' ? null : await newsTitle(tx, followup);
  const said = followup.kind === 'tell_declined' ? 'will not come' : 'is fixed';
  if (title !== null) return { news: `"${title}" ${said}`, about: null };
  const [first] = await reasonsOf(tx, followup.id);
  return { news: null, about: first ? aboutInWords(first) : '' };
}

async function issuesOf(tx: ReadTx, followup: Followup): Promise<Issue[]> {
  const { fixId, accountId } = followup;
  const mended = fixId === null ? [] : await issuesOfFixAt(tx, fixId, accountId);
  const named = await Promise.all(
    (await mattersOfKind(tx, followup.id, 'issue')).map((id) => issueById(tx, id)),
  );
  const own = [...mended, ...named].filter(
    (issue): issue is Issue => issue !== undefined && issue.accountId === accountId,
  );
  return [...new Map(own.map((issue) => [issue.id, issue])).values()].sort((a, b) => a.id - b.id);
}

/** Who of the account wrote about what the fix mends, and since when they wait. */
async function waitingFor(
  tx: ReadTx,
  issues: readonly Issue[],
): Promise<{ waiting: string[]; since: number | null }> {
  const names = new Set<string>();
  let since: number | null = null;
  for (const issue of issues) {
    const contacts = await contactsOfIssue(tx, issue.id);
    for (const contact of contacts) names.add(await nameOf(tx, contact.author));
    const begin = contacts[0]?.startedAt ?? issue.createdAt;
    since = since === null ? begin : Math.min(since, begin);
  }
  return { waiting: [...names], since };
}
