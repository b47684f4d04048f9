import type { Account } from '../accounts/rules.js';
import { dueInWords, todoInWords } from '../followups/rules.js';
import { newsTitle } from '../followups/store/news.js';
import { openFollowupsOf } from '../followups/store.js';
import { issueName } from '../issues/rules/issue.js';
import { issuesOf } from '../issues/store/read.js';
import { type Person, workingHours } from '../people/rules.js';
import { personById } from '../people/store.js';
import { usualContacts } from '../signals/store/usual.js';
import type { ReadTx, Tx } from '../store/transact.js';
import { addDays, dateInWords, dayRange, span, wallOf } from '../time/index.js';
import {
  type AccountSection,
  firstWeekFrom,
  isWeekDue,
  sectionsBeside,
  type Todo,
  type Week,
} from './rules/weekly.js';
import { accountsOfCsm, countEvents, coveredUntil, setCovered } from './store.js';

/** The part about a CSM's accounts in their first morning message of a week, read as they stand now. */

const WEEKLY = 'weekly';

export interface TakenWeek {
  week: Week;
  /** Since when it tells, UTC ms. */
  from: number;
  /** Ids of the accounts that it is about. */
  accounts: number[];
}

/**
 * What somebody's message has to tell of their accounts, once a week, and what is covered by it from then on, also when
 * nothing happened. Null when that is not now, or there is nothing to say.
 * @param at when the message was due, and now; UTC ms
 * @param said ids of the follow-ups that the message names above
 */
export async function takeWeek(
  tx: Tx,
  person: Person,
  at: { dueAt: number; now: number },
  said: ReadonlySet<number>,
): Promise<TakenWeek | null> {
  if (!person.functions.includes('success')) return null;
  const covered = await coveredUntil(tx, person.id, WEEKLY);
  if (!isWeekDue(covered, at, workingHours(person.hours))) return null;
  const { now } = at;
  const { zone } = person.hours;
  const from = covered ?? firstWeekFrom(at, zone);
  const accounts = await accountsOfCsm(tx, person.id);
  const all = [];
  for (const account of accounts) all.push(await sectionOf(tx, account, person, from, now));
  await setCovered(tx, person.id, WEEKLY, now);
  const told = sectionsBeside(all, said);
  if (told.sections.length === 0) return null;
  const period = dayRange(wallOf(from, zone).date, addDays(wallOf(now, zone).date, -1));
  return { week: { period, ...told }, from, accounts: accounts.map((account) => account.id) };
}

async function sectionOf(
  tx: ReadTx,
  account: Account,
  person: Person,
  from: number,
  now: number,
): Promise<AccountSection> {
  const counts = await countEvents(
    tx,
    account.id,
    ['contact.opened', 'loop.closed', 'issue.resolved', 'followup.told'],
    from,
    now,
  );
  const open = await issuesOf(tx, account.id, ['new', 'open', 'waiting']);
  const usual = await usualContacts(tx, account.id, now);
  const oldest = open[0];
  const today = wallOf(now, person.hours.zone).date;
  return {
    account: account.name,
    todo: await todoOf(tx, account, person, now),
    contacts: counts.get('contact.opened') ?? 0,
    usual,
    closed: counts.get('issue.resolved') ?? 0,
    open: open.length,
    oldest: oldest ? `${issueName(oldest.number)} ${oldest.title} (${span(now - oldest.createdAt)})` : null,
    told: counts.get('followup.told') ?? 0,
    renews: account.renewalOn ? dateInWords(account.renewalOn, today) : null,
  };
}

async function todoOf(tx: ReadTx, account: Account, person: Person, now: number): Promise<Todo[]> {
  const todo = [];
  for (const followup of await openFollowupsOf(tx, account.id)) {
    const title = followup.fixId === null ? null : await newsTitle(tx, followup);
    const owner = await personById(tx, followup.ownerId);
    const who = followup.ownerId === person.id ? '' : ` (${owner?.name ?? 'somebody'} has it)`;
    const due = dueInWords(followup.dueAt, person.hours.zone, now);
    todo.push({ followupId: followup.id, text: `${todoInWords(followup.kind, title)}, ${due}${who}` });
  }
  return todo;
}
