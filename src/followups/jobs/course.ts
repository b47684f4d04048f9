import { accountById } from '../../accounts/store.js';
import { actingFunction, type Person, workingHours } from '../../people/rules.js';
import { personById, standIn } from '../../people/store.js';
import { clearDue, type DueHandler, setDue, setDueBy } from '../../queue/due.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { MINUTE_MS } from '../../time/index.js';
import { type Course, courseOf } from '../rules/course.js';
import { type Followup, followupDueAt } from '../rules.js';
import { moveFollowup } from '../store/hold.js';
import { countListed, markDelivered, markNudged, roundById, wantNudge } from '../store/nudges.js';
import { putOnStandup } from '../store/standup.js';
import { courseKey, followupById } from '../store.js';
import { followupKeys, handToStandIn, quietOf } from './deliver.js';

const CLOCK = { by: null, source: 'clock' };
/** What falls due within this long goes into one message to a person. */
const GATHER_MS = MINUTE_MS;

const roundKey = (personId: number) => `round:person:${personId}`;

/** A follow-up was shown to its owner: its clock runs from here. */
export async function onFollowupDelivered(
  tx: Tx,
  followupId: number,
  at: number,
  toId?: number,
): Promise<void> {
  const before = await followupById(tx, followupId);
  // What became somebody else's meanwhile was not shown to them.
  if (!before || (toId !== undefined && before.ownerId !== toId)) return;
  const followup = await markDelivered(tx, followupId, at);
  if (followup) await planFollowup(tx, followup, at);
}

/** A reminder was shown: the next step counts from here. */
export async function onNudgeDelivered(tx: Tx, followupId: number, at: number, toId?: number): Promise<void> {
  // What became somebody else's meanwhile has a ladder of its own.
  if (toId !== undefined && (await followupById(tx, followupId))?.ownerId !== toId) return;
  const followup = await markNudged(tx, followupId, at);
  if (followup) await planFollowup(tx, followup, at);
}

export async function onRoundDelivered(tx: Tx, roundId: number, at: number): Promise<void> {
  const round = await roundById(tx, roundId);
  for (const id of round?.followupIds ?? []) await onNudgeDelivered(tx, id, at, round?.personId);
}

/** Has what happens next to it due, or nothing. */
export async function planFollowup(tx: Tx, followup: Followup, now: number): Promise<void> {
  const course = await courseFor(tx, followup, now);
  if (course.do === 'wait') return clearDue(tx, courseKey(followup.id));
  await setDue(tx, courseKey(followup.id), 'followup.course', followup.id, course.at);
}

async function courseFor(tx: ReadTx, followup: Followup, now: number): Promise<Course> {
  const owner = await personById(tx, followup.ownerId);
  if (!owner) return { do: 'wait' };
  // While they are away the time of whoever stands in counts: news cannot wait for a holiday to end.
  const acting = (await standIn(tx, owner, now))?.person ?? owner;
  const csm = await csmFor(tx, followup, now);
  const facts = { hasOtherCsm: csm !== null && csm.id !== owner.id, ...quietOf(followup, acting) };
  return courseOf(followup, facts, now);
}

/** Who looks after the account's success, or stands in for them; null when nobody does. */
async function csmFor(tx: ReadTx, followup: Followup, now: number): Promise<Person | null> {
  const account = await accountById(tx, followup.accountId);
  const csm = account?.csmId == null ? undefined : await personById(tx, account.csmId);
  return csm ? ((await standIn(tx, csm, now))?.person ?? csm) : null;
}

/** What was to happen next happens, if it still is to: one step at a time, each in the transaction that counts it. */
export const course: DueHandler = {
  keys: followupKeys,
  run: async (tx, row, now) => {
    const followup = await followupById(tx, row.subjectId);
    const owner = followup && (await personById(tx, followup.ownerId));
    if (!followup || !owner) return null;
    const next = await courseFor(tx, followup, now);
    if (next.do === 'wait') return null;
    if (next.at > now) return next.at;
    if (next.do === 'pass') return pass(tx, followup, now);
    if (next.do === 'list') return list(tx, followup, owner, now);
    if (await handToStandIn(tx, followup, owner, now)) return null;
    await remindSoon(tx, followup, next.do === 'wake' ? 'awake' : 'overdue', now);
    return null;
  },
};

/** Brings it to its owner's mind, in one message with whatever else waits for them. */
export async function remindSoon(
  tx: Tx,
  followup: Followup,
  why: 'overdue' | 'awake' | 'lead',
  now: number,
): Promise<void> {
  if (!(await wantNudge(tx, followup, why, now))) return;
  await clearDue(tx, courseKey(followup.id));
  await setDueBy(
    tx,
    roundKey(followup.ownerId),
    'followup.round',
    followup.ownerId,
    why === 'lead' ? now : now + GATHER_MS,
  );
}

/** Nobody told them in time: it is the success manager's now, once, and both learn so. */
async function pass(tx: Tx, followup: Followup, now: number): Promise<null> {
  const csm = await csmFor(tx, followup, now);
  if (!csm) return null;
  const dueAt = followupDueAt(now, workingHours(csm.hours));
  await moveFollowup(tx, followup, { to: csm, why: 'passed', dueAt }, { ...CLOCK, now });
  return null;
}

async function list(tx: Tx, followup: Followup, owner: Person, now: number): Promise<null> {
  const func = actingFunction(owner) ?? 'success';
  await countListed(tx, followup, now);
  await putOnStandup(
    tx,
    { func, kind: 'followup', subjectId: followup.id, accountId: followup.accountId },
    now,
  );
  return null;
}
