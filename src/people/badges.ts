import { setting } from '../settings/store.js';
import type { ReadTx, Tx } from '../store/transact.js';
import { wallOf } from '../time/index.js';
import { type BadgesSpent, badgeAnswer, weekOf } from './rules/badges.js';
import { badgeOf, badgesAbout, heldBadges, spentBadges, takeBook, writeBadge } from './store/badges.js';
import { personById, personBySlackId } from './store.js';

/*
 * The noise budget: whatever lights a badge in Slack (a direct message, a mention) asks here first, of any feature.
 * Private answers to somebody's own press or command, edits, and messages that were scheduled by the person's own clock
 * (the nine o'clock message) light nothing that was not wanted, and do not ask. A direct message that a press of theirs
 * brought, as the follow-up of what they claimed, always comes; it counts, so that a busy day gets no busier.
 */

export interface BadgeAsk {
  personId: number;
  /** Business time, UTC ms. Its day and week are those of the person's zone. */
  at: number;
  /** Marked critical by a person or a high-stakes rule: may go beyond the budget, twice a day. */
  isCritical: boolean;
  /** The feature's name, e.g. `followup`, `alert`, `escalation`, `nudge`. */
  kind: string;
  /** The subject, e.g. `followup:12`. */
  about: string;
  /** Which of several badges of this kind about the subject, e.g. `2` for the second reminder. */
  step?: string | number;
  /** A press of their own brought it: it is lit in any case, and counts. */
  isOwn?: boolean;
}

/** Something that was not shown, for the person's next nine o'clock message. */
export interface HeldBack {
  kind: string;
  about: string;
  step: string;
  isCritical: boolean;
  /** When it was first wanted; UTC ms. */
  askedAt: number;
  timesHeld: number;
}

/**
 * Asks for one badge. Asked again for the same person, kind, subject and step, what was lit stays lit and costs nothing
 * more; what was held is weighed anew against the day of `at`. Never lights more than the budget by itself, whatever other
 * transactions do: the person's book is taken within the transaction, and no key need be named for it.
 */
export async function askBadge(tx: Tx, ask: BadgeAsk): Promise<'lit' | 'held'> {
  const { personId, kind, about, isCritical, at } = ask;
  const key = { personId, kind, about, step: String(ask.step ?? '') };
  await takeBook(tx, personId);
  const standing = await badgeOf(tx, key);
  if (standing?.state === 'lit') return 'lit';
  const { day, week } = await dayOf(tx, personId, at);
  const answer = ask.isOwn ? 'within' : badgeAnswer(await spentBadges(tx, personId, day, week), isCritical);
  const askedAt = standing?.askedAt ?? at;
  const timesHeld = standing?.timesHeld ?? 0;
  const isHeld = answer === 'held';
  await writeBadge(tx, key, {
    state: isHeld ? 'held' : 'lit',
    isCritical,
    isBeyond: answer === 'beyond',
    askedAt,
    heldAt: isHeld ? at : (standing?.heldAt ?? null),
    litAt: isHeld ? null : at,
    day: isHeld ? null : day,
    week: isHeld ? null : week,
    timesHeld: isHeld ? timesHeld + 1 : timesHeld,
  });
  return isHeld ? 'held' : 'lit';
}

/**
 * Asks for several people at once, in the order of their ids, so that two transactions never wait for each other.
 * @returns those whose badge may be lit, in the order given
 */
export async function askBadges(
  tx: Tx,
  people: readonly { id: number }[],
  ask: Omit<BadgeAsk, 'personId'>,
): Promise<Set<number>> {
  const lit = new Set<number>();
  for (const id of people.map((person) => person.id).sort((a, b) => a - b))
    if ((await askBadge(tx, { ...ask, personId: id })) === 'lit') lit.add(id);
  return lit;
}

/** Whom a message mentions, and whom it only names because their badge is held back. */
export interface Called {
  /** Slack user ids. */
  mentioned: string[];
  named: string[];
}

/** Asks for everybody whom a message would mention, by Slack id. Whoever is none of our people is only named. */
export async function callPeople(
  tx: Tx,
  slackIds: readonly string[],
  ask: Omit<BadgeAsk, 'personId'>,
): Promise<Called> {
  const found = [];
  for (const slackId of slackIds) found.push(await personBySlackId(tx, slackId));
  const people = found.filter((person) => person !== undefined);
  const lit = await askBadges(tx, people, ask);
  return {
    mentioned: people.filter((person) => lit.has(person.id)).map((person) => person.slackId),
    named: people.filter((person) => !lit.has(person.id)).map((person) => person.name),
  };
}

/** What is held back from a person since an instant (UTC ms), oldest first; what was lit later is no longer in it. */
export async function heldBack(tx: ReadTx, personId: number, since: number): Promise<HeldBack[]> {
  return heldBadges(tx, personId, since);
}

/** What a person was shown so far on the day and in the week of an instant. */
export async function badgesSpent(tx: ReadTx, personId: number, at: number): Promise<BadgesSpent> {
  const { day, week } = await dayOf(tx, personId, at);
  return spentBadges(tx, personId, day, week);
}

/** Ids of those from whom a badge about a subject is held back: a card names them without calling them. */
export async function heldFrom(
  tx: ReadTx,
  about: string,
  kind: string,
  step: string | number = '',
): Promise<Set<number>> {
  const rows = (await badgesAbout(tx, about)).filter((row) => row.kind === kind && row.step === String(step));
  return new Set(rows.filter((row) => row.state === 'held').map((row) => row.personId));
}

async function dayOf(tx: ReadTx, personId: number, at: number): Promise<{ day: string; week: string }> {
  const person = await personById(tx, personId);
  const day = wallOf(at, person?.hours.zone ?? (await setting(tx, 'zone'))).date;
  return { day, week: weekOf(day) };
}
