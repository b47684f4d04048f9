import { activeAccounts } from '../../accounts/store.js';
import { pickAccount } from '../../issues/listeners/account-field.js';
import type { Person } from '../../people/rules.js';
import { touchCards } from '../../queue/cards.js';
import { setting } from '../../settings/store.js';
import type { Answer, Surface } from '../../slack/dispatch.js';
import type { Press, Submit } from '../../slack/interactions.js';
import { placeOf } from '../../slack/place.js';
import type { SubCommand } from '../../slack/subcommands.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import {
  addToIncident,
  type By,
  beginIncident,
  endIncident,
  keysOfIncident,
  keysToBegin,
  takeOutOfIncident,
} from '../incidents.js';
import {
  endIncidentModal,
  INCIDENT_ACCOUNTS,
  INCIDENT_ACCOUNTS_MODAL,
  INCIDENT_END,
  INCIDENT_END_MODAL,
  INCIDENT_NO,
  INCIDENT_OPEN,
  INCIDENT_OPEN_MODAL,
  type IncidentMemory,
  incidentAccountsModal,
  incidentProblem,
  incidentSaid,
  openIncidentModal,
} from '../messages/incident.js';
import { readIncident } from '../rules/incident.js';
import { hitsOf, type IncidentRow, incidentById, openIncident, setIncident } from '../store/incidents.js';

const TITLE_LEAST = 3;

/** The keys of the open incident and of an account that is named; without one, of what begins one. */
async function keysNow(tx: ReadTx, named: string | null = null): Promise<string[]> {
  const incident = await openIncident(tx);
  const account = named === null ? undefined : await pickAccount(tx, null, named);
  return [
    ...(incident ? await keysOfIncident(tx, incident.id) : await keysToBegin(tx)),
    ...(account && 'id' in account ? [`account:${account.id}`] : []),
  ];
}

/** `/baton incident API down`, `… end`, `… add acme`. */
const incidentCommand: SubCommand<Person> = {
  may: 'incident.open',
  usage: 'incident [API down | add acme | end]',
  about: 'collects what customers write about it on one card, without pings, until it is over',
  keys: async (tx, it) => {
    const asked = readIncident(it.text);
    if (asked.do === 'show') return [];
    return keysNow(tx, 'account' in asked ? asked.account : null);
  },
  run: async (tx, by, it, now): Promise<Answer> => {
    const asked = readIncident(it.text);
    const incident = await openIncident(tx);
    const how: By = { by, now, source: 'command' };
    if (asked.do === 'open') return { say: await open(tx, asked.title, how) };
    if (!incident) return { say: incidentSaid({ did: 'none' }) };
    if (asked.do === 'show') return { say: incidentSaid({ did: 'standing', title: incident.title }) };
    if (asked.do === 'end') return { say: await end(tx, incident, asked.title ?? incident.title, how) };
    const account = await pickAccount(tx, null, asked.account);
    if ('problem' in account) return { say: incidentProblem(account.problem) };
    return { say: await change(tx, incident, asked.do, account, how) };
  },
};

async function open(tx: Tx, title: string, how: By, offer?: IncidentRow) {
  const standing = await openIncident(tx);
  if (standing) return incidentSaid({ did: 'standing', title: standing.title });
  if (title.length < TITLE_LEAST) return incidentProblem('Say in a few words what is wrong.');
  const incident = await beginIncident(tx, title, how, offer);
  const hasTeam = (await setting(tx, 'teamChannel')) !== null;
  return incidentSaid({ did: 'opened', title, accounts: (await hitsOf(tx, incident.id)).length, hasTeam });
}

async function end(tx: Tx, incident: IncidentRow, title: string, how: By) {
  const accounts = await endIncident(tx, incident, title, how);
  return accounts === null ? incidentSaid({ did: 'over' }) : incidentSaid({ did: 'ended', title, accounts });
}

async function change(
  tx: Tx,
  incident: IncidentRow,
  verb: 'add' | 'remove',
  account: { id: number; name: string },
  { by, now }: By,
) {
  const act = verb === 'add' ? addToIncident : takeOutOfIncident;
  const changed = await act(tx, incident, account.id, by, now);
  return incidentSaid({ did: verb === 'add' ? 'added' : 'removed', account: account.name, changed });
}

/** A button of an incident's card: what is over says so, and its card is drawn anew. */
function onIncident(
  may: string,
  state: IncidentRow['state'],
  run: (tx: Tx, incident: IncidentRow, it: Press, by: Person, now: number) => Promise<Answer | undefined>,
): Surface<Person, Press> {
  return {
    may,
    keys: async () => ['incident'],
    run: async (tx, by, it, now) => {
      const incident = /^\d{1,9}$/.test(it.value) ? await incidentById(tx, Number(it.value)) : undefined;
      if (incident?.state === state) return run(tx, incident, it, by, now);
      for (const kind of ['incident', 'incident_offer'])
        if (incident) await touchCards(tx, kind, incident.id, now);
      return { say: incidentSaid({ did: 'over' }) };
    },
  };
}

const memoryOf = (it: Submit) => JSON.parse(it.metadata) as IncidentMemory;

/** A form about an incident: what is over says so. */
function submitOf(
  may: string,
  keys: (tx: ReadTx, it: Submit) => Promise<string[]>,
  run: (tx: Tx, incident: IncidentRow, it: Submit, how: By) => Promise<Answer>,
): Surface<Person, Submit> {
  return {
    may,
    keys,
    run: async (tx, by, it, now) => {
      const { id, channel } = memoryOf(it);
      const incident = await incidentById(tx, id);
      if (!incident) return { say: incidentSaid({ did: 'over' }), sayIn: channel };
      return { sayIn: channel, ...(await run(tx, incident, it, { by, now, source: 'button' })) };
    },
  };
}

const titleOf = (it: Submit) => (it.values.title ?? '').replace(/\s+/gu, ' ').trim();

const presses = {
  [INCIDENT_OPEN]: onIncident('incident.open', 'offered', async (_tx, incident, it) => ({
    open: openIncidentModal(incident.title, { id: incident.id, channel: placeOf(it) }),
  })),
  [INCIDENT_NO]: onIncident('incident.open', 'offered', async (tx, incident, _it, by, now) => {
    await setIncident(tx, incident.id, {
      state: 'declined',
      openKey: null,
      endedAt: now,
      endedBy: by.slackId,
    });
    await touchCards(tx, 'incident_offer', incident.id, now);
    return { say: incidentSaid({ did: 'declined' }) };
  }),
  [INCIDENT_END]: onIncident('incident.end', 'open', async (tx, incident, it) => {
    const accounts = (await hitsOf(tx, incident.id)).filter((one) => one.removedAt === null).length;
    const memory = { id: incident.id, channel: placeOf(it) };
    return { open: endIncidentModal({ title: incident.title, accounts }, memory) };
  }),
  [INCIDENT_ACCOUNTS]: onIncident('incident.open', 'open', async (tx, incident, it) => ({
    open: incidentAccountsModal(
      { account: null, accounts: await activeAccounts(tx) },
      { id: incident.id, channel: placeOf(it) },
    ),
  })),
};

const submits = {
  [INCIDENT_OPEN_MODAL]: submitOf(
    'incident.open',
    (tx) => keysNow(tx),
    async (tx, offer, it, how) =>
      offer.state === 'offered'
        ? { say: await open(tx, titleOf(it), how, offer) }
        : { say: incidentSaid({ did: 'over' }) },
  ),
  [INCIDENT_END_MODAL]: submitOf(
    'incident.end',
    (tx, it) => keysOfIncident(tx, memoryOf(it).id),
    async (tx, incident, it, how) => ({ say: await end(tx, incident, titleOf(it), how) }),
  ),
  [INCIDENT_ACCOUNTS_MODAL]: submitOf(
    'incident.open',
    (tx, it) => keysNow(tx, it.values.account ?? null),
    async (tx, incident, it, how) => {
      const account = await pickAccount(tx, null, it.values.account);
      if ('problem' in account) return { errors: { account: account.problem } };
      if (incident.state !== 'open') return { say: incidentSaid({ did: 'over' }) };
      return { say: await change(tx, incident, it.values.is === 'remove' ? 'remove' : 'add', account, how) };
    },
  ),
};

export const incidentSurfaces = { presses, submits };
export const incidentCommands = { incident: incidentCommand };
