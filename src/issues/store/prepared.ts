import { and, asc, desc, eq, gt, gte, isNull, lt, lte, notInArray, or } from 'drizzle-orm';
import { plus } from '../../store/sql.js';
import type { Tables } from '../../store/tables/index.js';
import type { Db } from '../../store/transact.js';

/** The queries that every message walks, for `tx.prepared`. */

interface Window {
  channel: string;
  from: number;
  to: number;
}

const isNear = ({ contacts: c }: Tables, its: Window) =>
  and(eq(c.channel, its.channel), gte(c.lastAt, its.from), lte(c.startedAt, its.to));

const ASLEEP: ('waiting' | 'resolved' | 'closed')[] = ['waiting', 'resolved', 'closed'];

export const contactsNear = (db: Db, t: Tables, its: Window) =>
  db
    .select({ id: t.contacts.id, author: t.contacts.author, lastAt: t.contacts.lastAt })
    .from(t.contacts)
    .leftJoin(t.issues, eq(t.issues.id, t.contacts.issueId))
    // What is over, or waits on them, takes in nothing new from the channel: nobody would look at it there.
    .where(and(isNear(t, its), or(isNull(t.issues.state), notInArray(t.issues.state, ASLEEP))))
    .orderBy(desc(t.contacts.lastAt))
    .limit(20);

export const writtenNear = (db: Db, t: Tables, its: Window) =>
  db
    .select({ contactId: t.messages.contactId, author: t.messages.author, at: t.messages.at })
    .from(t.messages)
    .innerJoin(t.contacts, eq(t.contacts.id, t.messages.contactId))
    .where(and(isNear(t, its), gte(t.messages.at, its.from)))
    .orderBy(asc(t.messages.at));

export const oursInChannel = (db: Db, { messages: m }: Tables, its: { channel: string; before: number }) =>
  db
    .select({ at: m.at, text: m.text })
    .from(m)
    .where(and(eq(m.channel, its.channel), eq(m.isCustomer, false), lt(m.at, its.before), isNull(m.threadTs)))
    .orderBy(desc(m.at))
    .limit(1);

export const oursInThread = (
  db: Db,
  { messages: m }: Tables,
  its: { channel: string; before: number; threadTs: string },
) =>
  db
    .select({ at: m.at, text: m.text })
    .from(m)
    .where(
      and(
        eq(m.channel, its.channel),
        eq(m.isCustomer, false),
        lt(m.at, its.before),
        or(eq(m.threadTs, its.threadTs), eq(m.ts, its.threadTs)),
      ),
    )
    .orderBy(desc(m.at))
    .limit(1);

export const messageOfTs = (db: Db, { messages: m }: Tables, its: { channel: string; ts: string }) =>
  db
    .select()
    .from(m)
    .where(and(eq(m.channel, its.channel), eq(m.ts, its.ts)));

export type NewMessage = Omit<Tables['messages']['$inferInsert'], 'id' | 'contactId'>;

export const insertMessage = (db: Db, { messages: m }: Tables, its: Required<NewMessage>) =>
  db
    .insert(m)
    .values({
      accountId: its.accountId,
      channel: its.channel,
      ts: its.ts,
      threadTs: its.threadTs,
      author: its.author,
      isCustomer: its.isCustomer,
      text: its.text,
      files: its.files,
      at: its.at,
      editedTs: its.editedTs,
      isDeleted: its.isDeleted,
    })
    .onConflictDoNothing({ target: [m.channel, m.ts] })
    .returning({ id: m.id });

export const contactOfId = (db: Db, { contacts: c }: Tables, its: { id: number }) =>
  db.select().from(c).where(eq(c.id, its.id));

export const contactsHeldBy = (db: Db, { contacts: c }: Tables, its: { issueId: number }) =>
  db.select().from(c).where(eq(c.issueId, its.issueId)).orderBy(asc(c.startedAt));

export const issueOfId = (db: Db, { issues: i }: Tables, its: { id: number }) =>
  db.select().from(i).where(eq(i.id, its.id));

export const sourceAt = (db: Db, { issueSources: s }: Tables, its: { channel: string; ts: string }) =>
  db
    .select()
    .from(s)
    .where(and(eq(s.channel, its.channel), eq(s.ts, its.ts)));

export const assign = (
  db: Db,
  { messages: m }: Tables,
  its: { channel: string; ts: string; contactId: number },
) =>
  db
    .update(m)
    .set({ contactId: its.contactId })
    .where(and(eq(m.channel, its.channel), eq(m.ts, its.ts)));

export const extend = (
  db: Db,
  { contacts: c }: Tables,
  its: { id: number; lastAt: number; startedAt: number },
) =>
  db
    .update(c)
    .set({ lastAt: its.lastAt, startedAt: its.startedAt, messages: plus(c.messages, 1) })
    .where(eq(c.id, its.id));

export const insertContact = (
  db: Db,
  { contacts: c }: Tables,
  its: { accountId: number; channel: string; firstTs: string; threadTs: string; author: string; at: number },
) =>
  db
    .insert(c)
    .values({
      accountId: its.accountId,
      channel: its.channel,
      firstTs: its.firstTs,
      threadTs: its.threadTs,
      author: its.author,
      startedAt: its.at,
      lastAt: its.at,
      messages: 1,
    })
    .returning();

type After = { channel: string; startedAt: number };

const isOursAfter = ({ messages: m }: Tables, its: After) =>
  and(eq(m.channel, its.channel), eq(m.isCustomer, false), gt(m.at, its.startedAt));

export const oursAfter = (db: Db, t: Tables, its: After) =>
  db.select().from(t.messages).where(isOursAfter(t, its)).orderBy(asc(t.messages.at)).limit(1);

export const oursAfterInThread = (db: Db, t: Tables, its: After & { threadTs: string }) =>
  db
    .select()
    .from(t.messages)
    .where(and(isOursAfter(t, its), eq(t.messages.threadTs, its.threadTs)))
    .orderBy(asc(t.messages.at))
    .limit(1);

export const wait = (db: Db, { contacts: c }: Tables, its: { id: number; since: number }) =>
  db.update(c).set({ waitsSince: its.since, settled: null, settledAt: null }).where(eq(c.id, its.id));

export const openLine = (db: Db, { suggestions: s }: Tables, its: { openKey: string }) =>
  db.select().from(s).where(eq(s.openKey, its.openKey));

export const hasWaited = (db: Db, { contacts: c }: Tables, its: { id: number; waitedAt: number }) =>
  db.update(c).set({ waitedAt: its.waitedAt }).where(eq(c.id, its.id));
