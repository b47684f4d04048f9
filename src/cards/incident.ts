import { nameOf } from '../accounts/store.js';
import { incidentCard, incidentOffer } from '../alerts/messages/incident.js';
import { hitsOf, incidentById, namesOfAccounts, signalsHeldBy } from '../alerts/store/incidents.js';
import { setting } from '../settings/store.js';
import type { Message } from '../slack/blocks/index.js';
import type { ReadTx } from '../store/transact.js';
import { dayAndClock } from '../time/index.js';

const SHOWN = 12;

/** Reads all that the card of an incident shows and draws it; the accounts that wrote most come first. */
export async function renderIncident(tx: ReadTx, id: number, now: number): Promise<Message | undefined> {
  const incident = await incidentById(tx, id);
  if (!incident || (incident.state !== 'open' && incident.state !== 'ended')) return undefined;
  const zone = await setting(tx, 'zone');
  const hits = (await hitsOf(tx, id))
    .filter((one) => one.removedAt === null)
    .sort((a, b) => b.contactIds.length - a.contactIds.length || a.id - b.id);
  const first = hits.slice(0, SHOWN);
  const names = await namesOfAccounts(
    tx,
    first.map((one) => one.accountId),
  );
  const accountIds = hits.map((one) => one.accountId);
  return incidentCard({
    id,
    title: incident.title,
    state: incident.state,
    since: dayAndClock(incident.openedAt, zone, now),
    by: await whoText(tx, incident.openedBy),
    hit: first.map((one, i) => ({ account: names[i] ?? '', times: one.contactIds.length })),
    hitTotal: hits.length,
    contacts: hits.reduce((sum, one) => sum + one.contactIds.length, 0),
    words: incident.words,
    held: incident.state === 'open' ? await signalsHeldBy(tx, id, accountIds) : 0,
    ended:
      incident.endedAt === null
        ? null
        : { at: dayAndClock(incident.endedAt, zone, now), by: await whoText(tx, incident.endedBy) },
  });
}

async function whoText(tx: ReadTx, slackId: string | null): Promise<string> {
  return slackId === null ? 'Baton' : nameOf(tx, slackId);
}

/** The line in triage that many accounts wrote at once, and what became of it. */
export async function renderIncidentOffer(tx: ReadTx, id: number): Promise<Message | undefined> {
  const offer = await incidentById(tx, id);
  if (!offer) return undefined;
  const names = await namesOfAccounts(tx, offer.offered.slice(0, SHOWN));
  const by = offer.state === 'declined' ? offer.endedBy : offer.openedBy;
  const who = await whoText(tx, by);
  const outcomes = {
    offered: null,
    declined: by === null ? 'Nobody decided.' : `No incident (${who}).`,
    open: `${who} opened an incident: ${offer.title}`,
    ended: `${who} opened an incident: ${offer.title}. It is over.`,
  };
  return incidentOffer({
    id,
    accounts: names,
    total: offer.offered.length,
    title: offer.state === 'offered' && offer.title !== '' ? offer.title : null,
    outcome: outcomes[offer.state],
  });
}
