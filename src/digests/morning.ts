import { heldBack } from '../people/badges.js';
import { type Person, workingHours } from '../people/rules.js';
import { activePeople, personById } from '../people/store.js';
import { clearDue, type DueHandler, dueAtOf, setDue } from '../queue/due.js';
import { post } from '../queue/enqueue.js';
import { emit } from '../store/log.js';
import type { ReadTx, Tx } from '../store/transact.js';
import { DAY_MS, dayOnly } from '../time/index.js';
import { morningMessage } from './messages/morning.js';
import { followupLines } from './morning-followups.js';
import {
  claimLines,
  heldLines,
  promiseLines,
  quietLines,
  toldLines,
  unclaimedLines,
  warmLines,
} from './morning-lines.js';
import { coversSince, isEmpty, isTimely, type Morning, nextMorning } from './rules/morning.js';
import { followupsSaid } from './rules/weekly.js';
import { addMorning } from './store/morning.js';
import { coveredUntil, setCovered } from './store.js';
import { takeWeek } from './weekly.js';

const DAILY = 'daily';
const keyOf = (personId: number) => `digest:daily:${personId}`;

/** Has everybody's nine o'clock message due; at every start, and after people, hours or absences changed. */
export async function scheduleMornings(tx: Tx, now: number): Promise<void> {
  for (const person of await activePeople(tx)) await scheduleMorning(tx, person, now);
}

/** The same for one person. One that is overdue stays so: it covers the time that was missed. */
async function scheduleMorning(tx: Tx, person: Person, now: number): Promise<void> {
  const key = keyOf(person.id);
  const standing = await dueAtOf(tx, key);
  if (standing !== null && standing <= now) return;
  const at = person.functions.length === 0 ? null : nextMorning(now, workingHours(person.hours));
  if (at === null) await clearDue(tx, key);
  else await setDue(tx, key, 'digest.daily', person.id, at);
}

/** Somebody went away or came back: their next message is on their next working day. */
export async function moveMorning(tx: Tx, personId: number, now: number): Promise<void> {
  const person = await personById(tx, personId);
  if (person?.isActive) await scheduleMorning(tx, person, now);
}

const daily: DueHandler = {
  keys: async (_tx, row) => [`person:${row.subjectId}`],
  run: async (tx, row, now) => {
    const person = await personById(tx, row.subjectId);
    if (!person?.isActive || person.functions.length === 0) return null;
    const hours = workingHours(person.hours);
    const dueAt = row.dueAt ?? now;
    if (isTimely(dueAt, now, hours)) await send(tx, person, dueAt, now);
    return nextMorning(now, hours);
  },
};

async function send(tx: Tx, person: Person, dueAt: number, now: number): Promise<void> {
  const from = (await coveredUntil(tx, person.id, DAILY)) ?? dueAt - DAY_MS;
  const { morning, shown } = await morningOf(tx, person, { from, dueAt, now });
  await setCovered(tx, person.id, DAILY, now);
  const taken = await takeWeek(tx, person, { dueAt, now }, followupsSaid(morning));
  if (isEmpty(morning) && taken === null) return;
  const lines = [...morning.waiting, ...morning.news, ...morning.warm, ...morning.quiet, ...morning.told];
  const id = await addMorning(tx, person.id, now, shown);
  const accounts = [...lines.flatMap((line) => line.accountId ?? []), ...(taken?.accounts ?? [])];
  await post(tx, person.slackId, morningMessage(morning, taken?.week ?? null), now, {
    key: `digest:daily:${person.id}:${now}`,
    accounts: [...new Set(accounts)],
    onDelivered: `morning:${id}`,
  });
  const sent = { at: now, source: 'clock', after: person.slackId } as const;
  const data = { personId: person.id, from, lines: lines.length, held: morning.held };
  await emit(tx, { ...sent, kind: 'morning.sent', data });
  if (taken === null) return;
  await emit(tx, {
    ...sent,
    kind: 'digest.sent',
    data: { accounts: taken.week.sections.length, from: taken.from },
  });
}

async function morningOf(
  tx: ReadTx,
  person: Person,
  { from, dueAt, now }: { from: number; dueAt: number; now: number },
): Promise<{ morning: Morning; shown: number[] }> {
  const held = await heldBack(tx, person.id, from);
  const since = coversSince(from, dueAt, now);
  const followups = await followupLines(tx, person, now, since !== null);
  const morning = {
    since: since === null ? null : dayOnly(since, person.hours.zone, now),
    waiting: [
      ...followups.waiting,
      ...(await claimLines(tx, person, now)),
      ...(await unclaimedLines(tx, person, from)),
      ...(await promiseLines(tx, person, held, now)),
      ...(await heldLines(tx, held)),
    ],
    news: followups.news,
    warm: await warmLines(tx, person, from, now),
    quiet: await quietLines(tx, person, from),
    told: await toldLines(tx, person, from, now),
    held: held.length,
  };
  return { morning, shown: followups.shown };
}

export const morningJobs = { 'digest.daily': daily };
