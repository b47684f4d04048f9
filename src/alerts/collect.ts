import { contactById, messageAt } from '../issues/store/read.js';
import { settleContact } from '../issues/store/waiting.js';
import type { Person } from '../people/rules.js';
import { placeCard } from '../queue/cards.js';
import { setting } from '../settings/store.js';
import { phraseLists } from '../signals/read-words.js';
import { matchPhrases } from '../signals/rules/phrases.js';
import { inhibit } from '../signals/store/inhibitions.js';
import { accountScope } from '../signals/store/signals.js';
import { emit, type LoggedEvent } from '../store/log.js';
import type { ReadTx, Tx } from '../store/transact.js';
import {
  commonWord,
  incidentWords,
  LOOK_BACK_MS,
  looksLikeIncident,
  mayBeIncident,
  namesIncident,
  OFFER_AGAIN_MS,
  OFFER_WINDOW_MS,
} from './rules/incident.js';
import {
  accountsWriting,
  contactsOfWeekBefore,
  type IncidentRow,
  insertOffer,
  lastIncident,
  openIncident,
  saveHit,
  takeIncident,
  writtenBetween,
} from './store/incidents.js';

declare module '../store/log.js' {
  interface EventKinds {
    /** So many accounts wrote at once. */
    'incident.offered': { incidentId: number; accounts: number };
    'incident.opened': { incidentId: number };
    /** An account is hit by it, or no more. */
    'incident.hit': { incidentId: number; contactId: number | null };
    'incident.freed': { incidentId: number };
    'incident.ended': { incidentId: number; accounts: number };
  }
}

/*
 * An incident: while it is open, contacts that match it are collected on one card instead of a line and an alert each.
 * A contact matches when it names a telling word of the title, or has a phrase of the list by which somebody is blocked;
 * people add and take out accounts by hand.
 */

/** What an incident is called as the cause that holds signals back. */
export const causeOf = (incidentId: number) => `incident:${incidentId}`;

/** Whether what a customer wrote belongs to an incident. */
export async function matches(tx: ReadTx, incident: IncidentRow, text: string): Promise<boolean> {
  if (namesIncident(text, incident.words)) return true;
  return matchPhrases(text, await phraseLists(tx)).categories.includes('blocker');
}

/** A customer wrote: collected on the open incident where it matches; without one, perhaps offered as one. */
export async function collectContact(
  tx: Tx,
  event: LoggedEvent & { data: { channel: string; ts: string } },
): Promise<void> {
  const { accountId, contactId, at } = event;
  if (accountId == null || contactId == null) return;
  const incident = await openIncident(tx);
  if (!incident) return event.kind === 'contact.opened' ? offerIncident(tx, at) : undefined;
  if (at < incident.openedAt - LOOK_BACK_MS) return;
  const message = await messageAt(tx, event.data.channel, event.data.ts);
  if (message && (await matches(tx, incident, message.text)))
    await hit(tx, incident, accountId, contactId, at);
}

/** Puts an account on the incident, with a contact of it or by hand. @returns false when nothing changed */
export async function hit(
  tx: Tx,
  incident: IncidentRow,
  accountId: number,
  contactId: number | null,
  now: number,
  by: Person | null = null,
): Promise<boolean> {
  if (!(await takeIncident(tx, incident.id, now))) return false;
  const changed = await saveHit(tx, incident.id, { accountId, contactId, now, by: by?.slackId ?? null });
  if (!changed) return false;
  await inhibit(tx, accountScope(accountId), causeOf(incident.id), now);
  const contact = contactId === null ? undefined : await contactById(tx, contactId);
  if (contact && contact.waitsSince !== null)
    await settleContact(tx, contact, { settled: 'incident', by: null, at: now });
  await emit(tx, {
    kind: 'incident.hit',
    at: now,
    accountId,
    contactId,
    actor: by?.slackId ?? null,
    source: by ? 'button' : 'message',
    data: { incidentId: incident.id, contactId },
  });
  return true;
}

/** Many accounts wrote at once: offered in triage as an incident, unless that was done just now. */
async function offerIncident(tx: Tx, now: number): Promise<void> {
  const accounts = await accountsWriting(tx, now - OFFER_WINDOW_MS, now);
  if (!mayBeIncident(accounts)) return;
  const triage = await setting(tx, 'triageChannel');
  const last = await lastIncident(tx);
  if (triage === null || (last && now - (last.endedAt ?? last.openedAt) < OFFER_AGAIN_MS)) return;
  if (!looksLikeIncident(accounts, await contactsOfWeekBefore(tx, now - OFFER_WINDOW_MS))) return;
  const said = await writtenBetween(tx, now - OFFER_WINDOW_MS, now);
  const title = commonWord(said.map(({ text }) => text)) ?? '';
  const offeredTo = [...new Set(said.map(({ accountId }) => accountId))];
  const offer = await insertOffer(tx, { title, words: incidentWords(title), offeredTo, now });
  if (!offer) return;
  await emit(tx, {
    kind: 'incident.offered',
    at: now,
    source: 'message',
    data: { incidentId: offer.id, accounts },
  });
  const place = { kind: 'incident_offer', subjectId: offer.id, target: triage, accounts: offeredTo };
  await placeCard(tx, place, now);
}
