import { beginFix } from '../fixes/store/link.js';
import { markLive } from '../fixes/store/state.js';
import { isOver } from '../issues/rules/issue.js';
import { contactById, issueById } from '../issues/store/read.js';
import { actingFunction, type Person } from '../people/rules.js';
import { placeCard, touchCards } from '../queue/cards.js';
import { setting } from '../settings/store.js';
import { evaluateSoon } from '../signals/jobs.js';
import { endInhibition } from '../signals/store/inhibitions.js';
import { accountScope, handleInhibited } from '../signals/store/signals.js';
import { emit, type LoggedEvent } from '../store/log.js';
import type { ReadTx, Tx } from '../store/transact.js';
import { causeOf, hit, matches } from './collect.js';
import { incidentWords, LOOK_BACK_MS } from './rules/incident.js';
import {
  hitsOf,
  type IncidentRow,
  insertIncident,
  newestContactAt,
  removeHit,
  setIncident,
  takeIncident,
  writtenBetween,
} from './store/incidents.js';

export interface By {
  by: Person;
  now: number;
  source: string;
}

/** Opens an incident, with what was written about it just before. Callers hold `incident` and the accounts' keys. */
export async function beginIncident(
  tx: Tx,
  title: string,
  { by, now, source }: By,
  offer?: IncidentRow,
): Promise<IncidentRow> {
  const incident = await insertIncident(tx, {
    title,
    words: incidentWords(title),
    by: by.slackId,
    now,
    offer,
  });
  const who = { actor: by.slackId, func: actingFunction(by), source };
  await emit(tx, {
    kind: 'incident.opened',
    at: now,
    ...who,
    after: title,
    data: { incidentId: incident.id },
  });
  for (const said of await writtenBetween(tx, now - LOOK_BACK_MS, now))
    if (await matches(tx, incident, said.text)) await hit(tx, incident, said.accountId, said.contactId, now);
  if (offer) await touchCards(tx, 'incident_offer', offer.id, now);
  const channel = await setting(tx, 'teamChannel');
  const accounts = (await hitsOf(tx, incident.id)).map((one) => one.accountId);
  if (channel !== null)
    await placeCard(tx, { kind: 'incident', subjectId: incident.id, target: channel, accounts }, now);
  return incident;
}

/** The keys under which an incident may be begun: those of accounts that wrote just before the newest contact. */
export async function keysToBegin(tx: ReadTx): Promise<string[]> {
  const newest = await newestContactAt(tx);
  const said = newest === null ? [] : await writtenBetween(tx, newest - LOOK_BACK_MS, newest);
  return ['incident', ...new Set(said.map(({ accountId }) => accountScope(accountId)))];
}

/** The keys of everything that ending or editing an incident changes. */
export async function keysOfIncident(tx: ReadTx, id: number): Promise<string[]> {
  return ['incident', ...(await hitsOf(tx, id)).map(({ accountId }) => accountScope(accountId))];
}

/** Somebody says that an account is hit. @returns false when it was known, or the incident is over */
export function addToIncident(tx: Tx, incident: IncidentRow, accountId: number, by: Person, now: number) {
  return hit(tx, incident, accountId, null, now, by);
}

/** Somebody says that an account is not hit: its signals speak for themselves again. */
export async function takeOutOfIncident(
  tx: Tx,
  incident: IncidentRow,
  accountId: number,
  by: Person,
  now: number,
): Promise<boolean> {
  if (!(await removeHit(tx, incident.id, accountId, now))) return false;
  await endInhibition(tx, causeOf(incident.id), now, accountScope(accountId));
  await emit(tx, {
    kind: 'incident.freed',
    at: now,
    accountId,
    actor: by.slackId,
    source: 'button',
    data: { incidentId: incident.id },
  });
  await evaluateSoon(tx, accountId, now);
  return true;
}

/**
 * It is over: one fix that is live, and with it a follow-up for each hit account, as for any fix. What was held back is
 * handled by that. Callers hold the keys of `keysOfIncident`.
 * @param title what customers are told is fixed
 * @returns how many accounts are to hear of it; null when somebody else ended it before
 */
export async function endIncident(
  tx: Tx,
  incident: IncidentRow,
  title: string,
  { by, now, source }: By,
): Promise<number | null> {
  if (!(await takeIncident(tx, incident.id, now))) return null;
  const ended = { state: 'ended' as const, openKey: null, endedAt: now, endedBy: by.slackId };
  await setIncident(tx, incident.id, ended);
  const hits = (await hitsOf(tx, incident.id)).filter((one) => one.removedAt === null);
  await handleInhibited(tx, causeOf(incident.id), now);
  await endInhibition(tx, causeOf(incident.id), now);
  for (const { accountId } of hits) await evaluateSoon(tx, accountId, now);
  if (hits.length > 0) {
    const change = { by, now, source };
    const accountIds = hits.map(({ accountId }) => accountId);
    const issues = await issuesHeldBy(
      tx,
      hits.flatMap(({ contactIds }) => contactIds),
    );
    const fix = await beginFix(tx, { title, issues, accountIds }, change);
    await setIncident(tx, incident.id, { fixId: fix.id });
    await markLive(tx, fix, 'all', change);
  }
  await emit(tx, {
    kind: 'incident.ended',
    at: now,
    actor: by.slackId,
    func: actingFunction(by),
    source,
    after: title,
    data: { incidentId: incident.id, accounts: hits.length },
  });
  return hits.length;
}

/** Issues that were logged of what was collected, and are not solved yet. */
async function issuesHeldBy(tx: ReadTx, contactIds: readonly number[]) {
  const found = new Map<number, NonNullable<Awaited<ReturnType<typeof issueById>>>>();
  for (const id of contactIds) {
    const contact = await contactById(tx, id);
    const issue = contact?.issueId == null ? undefined : await issueById(tx, contact.issueId);
    if (issue && !isOver(issue.state)) found.set(issue.id, issue);
  }
  return [...found.values()];
}

/** The card of an incident shows what happened to it. */
export async function showIncident(
  tx: Tx,
  event: LoggedEvent & { data: { incidentId: number } },
): Promise<void> {
  for (const kind of ['incident', 'incident_offer'])
    await touchCards(tx, kind, event.data.incidentId, event.at);
}
