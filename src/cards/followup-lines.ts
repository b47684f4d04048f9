import { accountById, nameOf } from '../accounts/store.js';
import { courseOf } from '../followups/rules/course.js';
import type { Followup } from '../followups/rules.js';
import { type Reason, reasonsOf } from '../followups/store/reasons.js';
import { promiseById } from '../issues/store/promises.js';
import { actingFunction, type Person, workingHours } from '../people/rules.js';
import { leadsOf, personById, standIn } from '../people/store.js';
import { gravestFirst } from '../signals/rules/severity.js';
import { signalsOfAlert } from '../signals/store/signals.js';
import type { ReadTx } from '../store/transact.js';
import { dayAndClock, dayOnly, wallOf } from '../time/index.js';

/** Why it is owed, one line each, besides the news that the first line says. */
export async function reasonLines(
  tx: ReadTx,
  followup: Followup,
  zone: string,
  now: number,
): Promise<string[]> {
  const reasons = await reasonsOf(tx, followup.id);
  const lines = await Promise.all(reasons.map((reason) => lineOf(tx, reason, zone, now)));
  return lines.filter((line): line is string => line !== null);
}

async function lineOf(tx: ReadTx, reason: Reason, zone: string, now: number): Promise<string | null> {
  const day = dayOnly(reason.at, zone, now);
  const by = reason.by === null ? null : await nameOf(tx, reason.by);
  if (reason.kind === 'live' || reason.kind === 'declined') return null;
  if (reason.kind === 'promise') return promiseLine(tx, reason);
  const words = reason.words === null ? '' : `: ${reason.words}`;
  const said = {
    alert: await alertLine(tx, reason, by === null ? null : `${by} claimed it, ${day}`),
    escalation: `They asked for more than support, and it is solved${words}`,
    rating: `They rated our help badly, ${day}${words}`,
    hand: by === null ? (reason.words ?? '') : `${reason.words ?? ''} (${by}, ${day})`,
  };
  return said[reason.kind];
}

/** What the alert said first, and who claimed it. */
async function alertLine(tx: ReadTx, reason: Reason, claimed: string | null): Promise<string | null> {
  const signals = reason.refId === null ? [] : await signalsOfAlert(tx, reason.refId);
  const [first] = gravestFirst(signals);
  if (!first || claimed === null) return claimed;
  return `Alert: ${first.evidence.line}. ${claimed}`;
}

/** What was promised, by whom, to whom. */
async function promiseLine(tx: ReadTx, reason: Reason): Promise<string> {
  const promise = reason.refId === null ? undefined : await promiseById(tx, reason.refId);
  if (!promise) return `A promise was broken: ${reason.words ?? ''}`;
  const whom = promise.toWhom === null ? '' : ` to ${promise.toWhom}`;
  return `${await nameOf(tx, promise.byUser)} promised${whom}, and it was not kept: ${promise.what}`;
}

/** How it came to its owner, and where it stands. */
export async function notesOf(tx: ReadTx, followup: Followup, zone: string, now: number): Promise<string[]> {
  const name = async (id: number | null) => (id === null ? undefined : (await personById(tx, id))?.name);
  const from = await name(followup.passedFromId);
  const instead = await name(followup.insteadOfId);
  const asked = await name(followup.offeredToId);
  const away = followup.insteadWhy === 'delegate' ? 'is away' : 'cannot';
  return [
    from !== undefined && `${from} had not told them, so it passed on.`,
    from === undefined && (await isCsms(tx, followup)) && 'Support has not told them.',
    instead !== undefined && `For ${instead}, who ${away}.`,
    followup.snoozedUntil !== null && `Snoozed until ${dayAndClock(followup.snoozedUntil, zone, now)}.`,
    followup.leadRemindedOn === wallOf(now, zone).date && 'A lead asks about it today.',
    asked !== undefined && `${asked} is asked to take it, and has not answered.`,
  ].filter((note): note is string => note !== false);
}

/** News that is the success manager's to bring from the start: they want to know whether support spoke. */
async function isCsms(tx: ReadTx, followup: Followup): Promise<boolean> {
  if (followup.kind === 'restore') return false;
  const owner = await personById(tx, followup.ownerId);
  return owner !== undefined && !owner.functions.includes('support') && followup.state === 'open';
}

/** Who covers for the owner and could be asked, when there. */
export async function backupOf(
  tx: ReadTx,
  followup: Followup,
  now: number,
): Promise<{ id: number; name: string } | null> {
  const owner = await personById(tx, followup.ownerId);
  const backup = owner?.backupId == null ? undefined : await personById(tx, owner.backupId);
  if (!backup?.isActive || followup.offeredToId !== null) return null;
  const acting = await standIn(tx, backup, now);
  return acting?.person.id === backup.id ? { id: backup.id, name: backup.name } : null;
}

/** What comes next if nobody tells them: "Nothing more until Mon; then it is on Lea's list." */
export async function nextInWords(tx: ReadTx, followup: Followup, now: number): Promise<string | null> {
  const owner = await personById(tx, followup.ownerId);
  if (!owner || followup.state !== 'open') return null;
  const lead = await leadInWords(tx, owner);
  // As if this reminder was seen at once: what follows counts from there.
  const shown = { ...followup, pending: null, nudgedAt: followup.nudgedAt ?? now };
  const hours = workingHours(owner.hours);
  const facts = { hours, hasOtherCsm: await hasOtherCsm(tx, followup), passesQuietHours: false };
  const next = courseOf(shown, facts, now);
  if (next.do === 'wait') return `It stands on ${lead} list until it is done.`;
  const day = dayOnly(next.at, owner.hours.zone, now);
  if (next.do === 'list') return `Nothing more until ${day}; then it is on ${lead} list.`;
  return `Nothing more until ${day}.`;
}

async function hasOtherCsm(tx: ReadTx, followup: Followup): Promise<boolean> {
  const csmId = (await accountById(tx, followup.accountId))?.csmId ?? null;
  return csmId !== null && csmId !== followup.ownerId;
}

async function leadInWords(tx: ReadTx, owner: Person): Promise<string> {
  const [lead] = await leadsOf(tx, actingFunction(owner) ?? 'success');
  if (!lead) return "the leads'";
  return lead.id === owner.id ? 'your own stand-up' : `${lead.name}'s`;
}
