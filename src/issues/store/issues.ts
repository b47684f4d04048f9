import { and, eq, isNull } from 'drizzle-orm';
import type { Person } from '../../people/rules.js';
import { actingFunction } from '../../people/rules.js';
import { emit } from '../../store/log.js';
import type { Tx } from '../../store/transact.js';
import type { Issue } from '../rules/issue.js';
import { type ContactRow, issueById, issueOfSource, messageAt, nextIssueNumber } from './read.js';

export interface LogRequest {
  accountId: number;
  title: string;
  detail?: string | null;
  /** The customer's message that it is about. */
  source?: { channel: string; ts: string } | null;
  by: Person;
  /** `command`, `reaction`, `shortcut`, `modal`, `suggestion`, … */
  how: string;
  /** Business time, UTC ms. */
  now: number;
}

/**
 * The one way an issue is made, whatever was pressed. The same message, or another message of a contact that an
 * issue holds already, gives that issue.
 */
export async function logIssue(tx: Tx, request: LogRequest): Promise<{ issue: Issue; existed: boolean }> {
  const held = request.source ? await holderOf(tx, request.source) : undefined;
  if (held) {
    if (request.source) await addSource(tx, held, request.source, request);
    return { issue: held, existed: true };
  }
  const issue = await openIssue(tx, request);
  if (request.source) await addSource(tx, issue, request.source, request);
  await emit(tx, {
    kind: 'issue.opened',
    at: request.now,
    accountId: issue.accountId,
    issueId: issue.id,
    actor: request.by.slackId,
    func: actingFunction(request.by),
    source: request.how,
    after: 'new',
    data: { number: issue.number },
  });
  return { issue, existed: false };
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
      priority: 'normal',
      state: 'new',
      createdAt: request.now,
      createdBy: request.by.slackId,
    })
    .returning();
  if (!issue) throw new Error('the issue was not written');
  return issue;
}

async function holderOf(tx: Tx, source: { channel: string; ts: string }): Promise<Issue | undefined> {
  const direct = await issueOfSource(tx, source.channel, source.ts);
  if (direct) return direct;
  const message = await messageAt(tx, source.channel, source.ts);
  if (!message?.contactId) return undefined;
  const [contact] = await tx.db.select().from(tx.t.contacts).where(eq(tx.t.contacts.id, message.contactId));
  return contact?.issueId ? issueById(tx, contact.issueId) : undefined;
}

async function addSource(
  tx: Tx,
  issue: Issue,
  source: { channel: string; ts: string },
  request: LogRequest,
): Promise<void> {
  const added = await tx.db
    .insert(tx.t.issueSources)
    .values({ issueId: issue.id, ...source })
    .onConflictDoNothing({ target: [tx.t.issueSources.channel, tx.t.issueSources.ts] })
    .returning({ id: tx.t.issueSources.id });
  const message = await messageAt(tx, source.channel, source.ts);
  if (message?.contactId) {
    const { contacts } = tx.t;
    await tx.db
      .update(contacts)
      .set({ issueId: issue.id })
      .where(and(eq(contacts.id, message.contactId), isNull(contacts.issueId)));
  }
  if (added.length === 0) return;
  await emit(tx, {
    kind: 'issue.source_added',
    at: request.now,
    accountId: issue.accountId,
    issueId: issue.id,
    contactId: message?.contactId ?? null,
    actor: request.by.slackId,
    func: actingFunction(request.by),
    source: request.how,
    data: source,
  });
}

/** Links a contact to an issue that was logged without a message. */
export async function attachContact(
  tx: Tx,
  issue: Issue,
  contact: ContactRow,
  request: LogRequest,
): Promise<void> {
  await addSource(tx, issue, { channel: contact.channel, ts: contact.firstTs }, request);
}
