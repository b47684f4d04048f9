import { askBadge } from '../../people/badges.js';
import { type Person, workingHours } from '../../people/rules.js';
import { activePeople, leadsOf, personBySlackId, standIn } from '../../people/store.js';
import { repostCard, touchCards } from '../../queue/cards.js';
import { clearDue, type DueHandler, setDue } from '../../queue/due.js';
import type { LoggedEvent } from '../../store/log.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { nextWorkingInstant, startOfNextWorkingDay } from '../../time/index.js';
import type { Fix } from '../rules/fix.js';
import { isOpenQuestion } from '../rules/question.js';
import { accountsOfFix } from '../store/accounts.js';
import { keysOfFix, setQuestion } from '../store/find.js';
import { fixById } from '../store/fixes.js';

/** What a tracker leaves open is asked, once, of whoever linked the fix: is it live, is it declined. */

const questionKey = (fixId: number) => `ask:fix:${fixId}`;

/** Merged: on the next working morning of whoever linked it, unless it is live by then. */
export async function planLiveQuestion(tx: Tx, event: LoggedEvent): Promise<void> {
  await plan(tx, event, 'live', (asked) => startOfNextWorkingDay(event.at, workingHours(asked.hours)));
}

/** Called off in its tracker: at once in their working time. */
export async function planDeclineQuestion(tx: Tx, event: LoggedEvent): Promise<void> {
  await plan(tx, event, 'declined', (asked) => nextWorkingInstant(event.at, workingHours(asked.hours)));
}

async function plan(
  tx: Tx,
  event: LoggedEvent,
  question: 'live' | 'declined',
  when: (asked: Person) => number,
): Promise<void> {
  const fix = event.fixId == null ? undefined : await fixById(tx, event.fixId);
  if (!fix) return;
  await setQuestion(tx, fix.id, question);
  const asked = await askedOf(tx, fix, event.at);
  if (asked) await setDue(tx, questionKey(fix.id), 'fix.ask', fix.id, when(asked));
}

/** It is answered, by whatever told how the fix stands. */
export async function endQuestion(tx: Tx, event: LoggedEvent): Promise<void> {
  if (event.fixId == null) return;
  await clearDue(tx, questionKey(event.fixId));
  await setQuestion(tx, event.fixId, null);
  await touchCards(tx, 'fix_question', event.fixId, event.at);
}

/** Whoever linked it, or acts for them; else a lead of support, else an admin. */
async function askedOf(tx: ReadTx, fix: Fix, at: number): Promise<Person | undefined> {
  const linker = fix.linkedBy === null ? undefined : await personBySlackId(tx, fix.linkedBy);
  const there = linker && (await standIn(tx, linker, at));
  if (there) return there.person;
  const [lead] = await leadsOf(tx, 'support');
  return lead ?? (await activePeople(tx)).find((person) => person.isAdmin);
}

const ask: DueHandler = {
  keys: async (tx, row) => {
    const fix = await fixById(tx, row.subjectId);
    return fix ? keysOfFix(tx, fix) : [];
  },
  run: async (tx, row, now) => {
    const fix = await fixById(tx, row.subjectId);
    if (!fix || !isOpenQuestion(fix)) return null;
    const person = await askedOf(tx, fix, now);
    if (!person) return null;
    const about = `fix:${fix.id}`;
    const step = `${fix.question}:${fix.mergedAt ?? fix.trackerAt ?? ''}`;
    const badge = { personId: person.id, at: now, isCritical: false, kind: 'fix', about, step };
    // Held back by the budget, it is asked on the next working morning.
    if ((await askBadge(tx, badge)) === 'held') return startOfNextWorkingDay(now, workingHours(person.hours));
    const accounts = (await accountsOfFix(tx, fix.id)).map((account) => account.accountId);
    await repostCard(tx, { kind: 'fix_question', subjectId: fix.id, target: person.slackId, accounts }, now);
    return null;
  },
};

export const questionJobs = { 'fix.ask': ask };
