import { and, eq, isNull } from 'drizzle-orm';
import type { Person } from '../../people/rules.js';
import { actingFunction } from '../../people/rules.js';
import { emit } from '../../store/log.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { type Category, type Issue, isOver, type Priority } from '../rules/issue.js';
import { rootOf } from './folded.js';
import { reopenIssue } from './life.js';
import {
  type ContactRow,
  contactById,
  issueById,
  issueOfSource,
  messageAt,
  nextIssueNumber,
} from './read.js';
import { settleContact, startWaiting } from './waiting.js';

export interface Source {
  channel: string;
  ts: string;
}

/** Who logs, and how: what every way of logging has in common. */
export interface Logging {
  /** Null for Baton itself, in channels of which an admin said so. */
  by: Person | null;
  /** `command`, `reaction`, `shortcut`, `form`, `mention`, `suggestion`, `auto`, … */
  how: string;
  /** Business time, UTC ms. */
  now: number;
}

export interface LogRequest extends Logging {
  accountId: number;
  title: string;
  detail?: string | null;
  priority?: Priority;
  category?: Category | null;
  /** The customer's message that it is about. */
  source?: Source | null;
}

/** Who stands as the logger of what Baton logged by itself. */
const BATON = 'Baton';

/**
 * The one way an issue is made, whatever was pressed. The same message, or another message of a contact that an
 * issue holds already, gives that issue.
 */
export async function logIssue(tx: Tx, request: LogRequest): Promise<{ issue: Issue; existed: boolean }> {
  const held = request.source ? await holderOf(tx, request.source) : undefined;
  if (held) {
    if (request.source) await addSource(tx, held, request.source, request, 'logged');
    return { issue: held, existed: true };
  }
  const issue = await openIssue(tx, request);
  await emit(tx, {
    kind: 'issue.opened',
    at: request.now,
    accountId: issue.accountId,
    issueId: issue.id,
    ...whoLogs(request),
    after: 'new',
    data: { number: issue.number },
  });
  if (request.source) await addSource(tx, issue, request.source, request, 'logged');
  return { issue, existed: false };
}

function whoLogs({ by, how }: Logging) {
  return { actor: by?.slackId ?? null, func: by ? actingFunction(by) : null, source: how };
}

async function openIssue(tx: Tx, request: LogRequest): Promise<Issue> {
  const number = await nextIssueNumber(tx);
  const [issue] = await tx.db
    .insert(tx.t.issues)
    .values({
      number,
      accountId: request.accountId,
      title: request.title,
      detail: request.detail ?? null,
      priority: request.priority ?? 'normal',
      category: request.category ?? null,
      state: 'new',
      createdAt: request.now,
      createdBy: request.by?.slackId ?? BATON,
    })
    .returning();
  if (!issue) throw new Error('the issue was not written');
  return issue;
}

/** The issue that a message belongs to already, by itself or by its contact; a folded one gives the one that goes on. */
export async function holderOf(tx: ReadTx, source: Source): Promise<Issue | undefined> {
  const direct = await issueOfSource(tx, source.channel, source.ts);
  if (direct) return rootOf(tx, direct);
  const message = await messageAt(tx, source.channel, source.ts);
  const contact = message?.contactId == null ? undefined : await contactById(tx, message.contactId);
  const held = contact?.issueId == null ? undefined : await issueById(tx, contact.issueId);
  return held && rootOf(tx, held);
}

async function addSource(
  tx: Tx,
  issue: Issue,
  source: Source,
  request: Logging,
  settled: 'logged' | 'added',
): Promise<void> {
  const added = await tx.db
    .insert(tx.t.issueSources)
    .values({ issueId: issue.id, channel: source.channel, ts: source.ts })
    .onConflictDoNothing({ target: [tx.t.issueSources.channel, tx.t.issueSources.ts] })
    .returning({ id: tx.t.issueSources.id });
  const message = await messageAt(tx, source.channel, source.ts);
  if (message?.contactId != null) await giveContact(tx, issue, message.contactId, request, settled);
  if (added.length === 0) return;
  await emit(tx, {
    kind: 'issue.source_added',
    at: request.now,
    accountId: issue.accountId,
    issueId: issue.id,
    contactId: message?.contactId ?? null,
    ...whoLogs(request),
    data: { channel: source.channel, ts: source.ts },
  });
}

/** The contact belongs to the issue from now on, unless another issue has it; it is not offered any more. */
async function giveContact(
  tx: Tx,
  issue: Issue,
  contactId: number,
  request: Logging,
  settled: 'logged' | 'added',
): Promise<void> {
  const { contacts } = tx.t;
  const [given] = await tx.db
    .update(contacts)
    .set({ issueId: issue.id })
    .where(and(eq(contacts.id, contactId), isNull(contacts.issueId)))
    .returning();
  if (!given) return;
  await settleContact(tx, given, {
    settled,
    by: request.by?.slackId ?? null,
    issueId: issue.id,
    at: request.now,
  });
}

/** Links a contact to an issue that was logged without a message. */
export async function attachContact(
  tx: Tx,
  issue: Issue,
  contact: ContactRow,
  request: Logging,
): Promise<void> {
  await addSource(tx, issue, { channel: contact.channel, ts: contact.firstTs }, request, 'logged');
}

/** A person decided that a message is about an issue that there is; one that was over is open again by it. */
export async function addToIssue(tx: Tx, issue: Issue, source: Source, request: Logging): Promise<void> {
  await addSource(tx, issue, source, request, 'added');
  if (!isOver(issue.state) && issue.state !== 'waiting') return;
  await reopenIssue(tx, issue, { by: request.by, now: request.now, source: request.how });
}

/** Takes a contact off an issue again: it was the wrong message. It waits for its answer as before. */
export async function detachContact(
  tx: Tx,
  issue: Issue,
  contact: ContactRow,
  request: Logging,
): Promise<void> {
  if (contact.issueId !== issue.id) return;
  const { contacts, issueSources: s } = tx.t;
  const ts = contact.firstTs;
  await tx.db.delete(s).where(and(eq(s.issueId, issue.id), eq(s.channel, contact.channel), eq(s.ts, ts)));
  await tx.db.update(contacts).set({ issueId: null }).where(eq(contacts.id, contact.id));
  if (contact.firstReplyAt === null) await startWaiting(tx, contact, contact.startedAt);
  await emit(tx, {
    kind: 'issue.source_removed',
    at: request.now,
    accountId: issue.accountId,
    issueId: issue.id,
    contactId: contact.id,
    ...whoLogs(request),
    data: { channel: contact.channel, ts },
  });
}
