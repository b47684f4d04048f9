import { and, eq } from 'drizzle-orm';
import { accountById, channelOf, whoIs } from '../../accounts/store.js';
import { cardAt } from '../../queue/cards.js';
import { slackUser } from '../../queue/lookups.js';
import type { ReadTx } from '../../store/transact.js';
import type { Issue } from '../rules/issue.js';
import { escalationById } from './escalations.js';
import { rootOf } from './folded.js';
import { issueOfMessage, issueOfThread } from './list.js';
import { issueById } from './read.js';

/**
 * The issue that a message anywhere is about: the one whose card it is or stands under, else the one that holds it or
 * its thread. What was folded into another issue gives that one.
 */
export async function issueAt(
  tx: ReadTx,
  at: { channel: string; ts: string; threadTs?: string | null },
): Promise<Issue | undefined> {
  const { channel, ts, threadTs } = at;
  const found =
    (await issueOfCard(tx, channel, ts)) ??
    (threadTs ? await issueOfCard(tx, channel, threadTs) : undefined) ??
    (await issueOfMessage(tx, channel, ts)) ??
    (threadTs ? await issueOfThread(tx, channel, threadTs) : undefined);
  return found && rootOf(tx, found);
}

async function issueOfCard(tx: ReadTx, channel: string, ts: string): Promise<Issue | undefined> {
  const card = await cardAt(tx, channel, ts);
  if (card?.kind === 'issue') return issueById(tx, card.subjectId);
  if (card?.kind !== 'escalation') return undefined;
  const escalation = await escalationById(tx, card.subjectId);
  return escalation && issueById(tx, escalation.issueId);
}

/** The account that a message belongs to: its channel's, else its author's; null when neither is known. */
export async function accountOfMessage(
  tx: ReadTx,
  channel: string | null,
  author: string | null,
): Promise<{ id: number; name: string } | null> {
  const known = channel === null ? undefined : await channelOf(tx, channel);
  if (known) return (await accountById(tx, known.accountId)) ?? null;
  const who = author === null ? undefined : await whoIs(tx, author);
  return who?.kind === 'customer' ? ((await accountById(tx, who.accountId)) ?? null) : null;
}

/**
 * The account of somebody who is nobody's customer yet: the one whose customers are of the same Slack workspace; null
 * when none or several are. Slack shows no e-mail of people of another workspace.
 */
export async function likelyAccount(tx: ReadTx, author: string): Promise<number | null> {
  const facts = await slackUser(tx, author);
  if (!facts?.isExternal || facts.teamId === null) return null;
  const { customers: c, slackUsers: u } = tx.t;
  const rows = await tx.db
    .selectDistinct({ accountId: c.accountId })
    .from(c)
    .innerJoin(u, eq(u.userId, c.slackId))
    .where(and(eq(u.teamId, facts.teamId), eq(u.isExternal, true)));
  return rows.length === 1 ? (rows[0]?.accountId ?? null) : null;
}
