import type { Account } from '../accounts/rules.js';
import { dueInWords, todoInWords } from '../followups/rules.js';
import { newsTitle } from '../followups/store/news.js';
import { openFollowupsOf } from '../followups/store.js';
import { issueName } from '../issues/rules/issue.js';
import { issuesOf } from '../issues/store/read.js';
import type { Person } from '../people/rules.js';
import { activePeople, personById } from '../people/store.js';
import { type DueHandler, dueAtOf, setDue } from '../queue/due.js';
import { post } from '../queue/enqueue.js';
import { usualContacts } from '../signals/store/usual.js';
import { emit } from '../store/log.js';
import type { ReadTx, Tx } from '../store/transact.js';
import { DAY_MS, dateInWords, dayRange, nextWallTime, span, wallOf } from '../time/index.js';
import { weeklyDigest } from './messages.js';
import { type AccountSection, hasChanged } from './rules.js';
import { accountsOfCsm, countEvents, coveredUntil, setCovered } from './store.js';

const WEEKLY = 'weekly';
const MONDAY = 1;

/**
 * Has every success person's Monday message due at nine, their time; at every start, and after people changed. One
 * that is overdue stays so: it covers the time that was missed.
 */
export async function scheduleDigests(tx: Tx, now: number): Promise<void> {
  for (const person of await activePeople(tx)) {
    if (!person.functions.includes('success')) continue;
    const key = `digest:weekly:${person.id}`;
    const standing = await dueAtOf(tx, key);
    if (standing === null || standing > now)
      await setDue(tx, key, 'digest.weekly', person.id, nextMonday(person, now));
  }
}

/** The next Monday 9:00 in a person's zone, computed anew each time: no stored instant drifts with the clocks. */
function nextMonday(person: Person, after: number): number {
  return nextWallTime(after, { time: '09:00', zone: person.hours.zone, weekdays: [MONDAY] });
}

const weekly: DueHandler = {
  keys: async (_tx, row) => [`person:${row.subjectId}`],
  run: async (tx, row, now) => {
    const person = await personById(tx, row.subjectId);
    if (!person?.isActive) return null;
    const from = (await coveredUntil(tx, person.id, WEEKLY)) ?? now - 7 * DAY_MS;
    const accounts = await accountsOfCsm(tx, person.id);
    const sections = await Promise.all(accounts.map((account) => sectionOf(tx, account, person, from, now)));
    const changed = sections.filter(hasChanged).sort((a, b) => b.todo.length - a.todo.length);
    await setCovered(tx, person.id, WEEKLY, now);
    if (changed.length > 0)
      await send(tx, person, changed, { from, now, quiet: sections.length - changed.length, accounts });
    return nextMonday(person, now);
  },
};

async function send(
  tx: Tx,
  person: Person,
  sections: AccountSection[],
  what: { from: number; now: number; quiet: number; accounts: Account[] },
): Promise<void> {
  const { zone } = person.hours;
  const period = dayRange(wallOf(what.from, zone).date, wallOf(what.now - DAY_MS, zone).date);
  await post(tx, person.slackId, weeklyDigest({ period, sections, quiet: what.quiet }), what.now, {
    key: `digest:weekly:${person.id}:${what.now}`,
    accounts: what.accounts.map((account) => account.id),
  });
  await emit(tx, {
    kind: 'digest.sent',
    at: what.now,
    source: 'clock',
    after: person.slackId,
    data: { accounts: sections.length, from: what.from },
  });
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

async function todoOf(tx: ReadTx, account: Account, person: Person, now: number): Promise<string[]> {
  const followups = await openFollowupsOf(tx, account.id);
  return Promise.all(
    followups.map(async (followup) => {
      const title = followup.fixId === null ? null : await newsTitle(tx, followup);
      const owner = await personById(tx, followup.ownerId);
      const who = followup.ownerId === person.id ? '' : ` (${owner?.name ?? 'somebody'} has it)`;
      const due = dueInWords(followup.dueAt, person.hours.zone, now);
      return `${todoInWords(followup.kind, title)}, ${due}${who}`;
    }),
  );
}

export const digestJobs = { 'digest.weekly': weekly };
