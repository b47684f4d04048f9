import { type AccountChoice, accountBlock } from '../../issues/messages/account-field.js';
import {
  actions,
  bold,
  button,
  input,
  join,
  lines,
  type Md,
  type Message,
  md,
  message,
  modal,
  radio,
  section,
  textInput,
} from '../../slack/blocks/index.js';

export const INCIDENT_OPEN = 'incident.open';
export const INCIDENT_NO = 'incident.no';
export const INCIDENT_END = 'incident.end';
export const INCIDENT_ACCOUNTS = 'incident.accounts';
export const INCIDENT_OPEN_MODAL = 'incident.opened';
export const INCIDENT_END_MODAL = 'incident.ended';
export const INCIDENT_ACCOUNTS_MODAL = 'incident.account';

/** What the forms remember: the incident, and where the answer is shown. */
export interface IncidentMemory {
  id: number;
  channel: string | null;
}

export interface IncidentView {
  id: number;
  title: string;
  state: 'open' | 'ended';
  since: string;
  by: string;
  /** Accounts with how often each wrote about it, the first ones. */
  hit: readonly { account: string; times: number }[];
  hitTotal: number;
  contacts: number;
  /** By which words more are found. */
  words: readonly string[];
  /** Signals that raise no alert meanwhile. */
  held: number;
  /** When it was over and who said so; null while it is open. */
  ended: { at: string; by: string } | null;
}

const SHOWN = 12;
const plural = (n: number, one: string) => `${n} ${one}${n === 1 ? '' : 's'}`;

/** The one card of an incident in the team channel. It mentions nobody. */
export function incidentCard(view: IncidentView): Message {
  const { ended } = view;
  const head =
    ended === null
      ? md`${bold(`Incident: ${view.title}`)} · since ${view.since} (${view.by})`
      : md`${bold(view.title)} · incident of ${view.since}, over ${ended.at} (${ended.by})`;
  return message({
    text: head,
    blocks: [
      section(
        lines([head, view.hitTotal > 0 && hitLine(view), ended === null ? openLine(view) : endedLine(view)]),
      ),
      ended === null
        ? actions('incident', [
            button({ id: INCIDENT_END, text: 'It is over…', value: String(view.id), style: 'primary' }),
            button({ id: INCIDENT_ACCOUNTS, text: 'Accounts…', value: String(view.id) }),
          ])
        : undefined,
    ],
  });
}

function hitLine(view: IncidentView): Md {
  const names = view.hit
    .slice(0, SHOWN)
    .map(({ account, times }) => (times === 0 ? md`${account}` : md`${account} (${times})`));
  const left = view.hitTotal - names.length;
  const wrote =
    view.contacts === 0 ? md`` : md`, wrote ${view.contacts === 1 ? 'once' : `${view.contacts} times`}`;
  return md`${plural(view.hitTotal, 'account')} hit${wrote}: ${join([...names, left > 0 && md`${left} more`], ', ')}`;
}

function openLine(view: IncidentView): Md {
  const by = view.words.length === 0 ? md`` : md` (${view.words.join(', ')}, or that they cannot work)`;
  return join([
    md`What customers write about it is collected here${by}`,
    view.held > 0 && md`${plural(view.held, 'signal')} held back`,
  ]);
}

function endedLine(view: IncidentView): Md | false {
  return (
    view.hitTotal > 0 &&
    md`Each of them is owed the word that it works again: who tells whom stands on the fix in triage.`
  );
}

/** Many accounts wrote at once: one line in triage. */
export function incidentOffer(view: {
  id: number;
  accounts: readonly string[];
  total: number;
  title: string | null;
  /** What became of it; null while nobody decided. */
  outcome: string | null;
}): Message {
  const names = join(
    [
      ...view.accounts.slice(0, SHOWN).map((name) => md`${name}`),
      view.total > SHOWN && md`${view.total - SHOWN} more`,
    ],
    ', ',
  );
  const head = md`${bold(`${view.total} accounts wrote within 30 minutes`)}: ${names}`;
  return message({
    text: head,
    blocks: [
      section(
        lines([
          head,
          view.title !== null && md`Many of them say: ${view.title}`,
          view.outcome === null ? md`Is it one incident?` : md`${view.outcome}`,
        ]),
      ),
      view.outcome === null
        ? actions('incident_offer', [
            button({ id: INCIDENT_OPEN, text: 'Open incident…', value: String(view.id), style: 'primary' }),
            button({ id: INCIDENT_NO, text: 'Not needed', value: String(view.id) }),
          ])
        : undefined,
    ],
  });
}

export function openIncidentModal(title: string, memory: IncidentMemory) {
  return modal({
    callbackId: INCIDENT_OPEN_MODAL,
    title: 'Open an incident',
    submit: 'Open',
    close: 'Cancel',
    privateMetadata: JSON.stringify(memory),
    blocks: [
      input({
        blockId: 'title',
        label: 'What is wrong',
        hint: 'Its words find what customers write about it, e.g. “API down”.',
        element: textInput({ id: 'title', initial: title, max: 120, min: 3 }),
      }),
    ],
  });
}

export function endIncidentModal(view: { title: string; accounts: number }, memory: IncidentMemory) {
  return modal({
    callbackId: INCIDENT_END_MODAL,
    title: 'It is over',
    submit: 'End incident',
    close: 'Cancel',
    privateMetadata: JSON.stringify(memory),
    blocks: [
      section(
        view.accounts === 0
          ? md`No account is hit: nobody is to be told.`
          : md`One fix, and a follow-up for each of ${plural(view.accounts, 'account')}: somebody tells them that it works again.`,
      ),
      input({
        blockId: 'title',
        label: 'What works again',
        element: textInput({ id: 'title', initial: view.title, max: 120, min: 3 }),
      }),
    ],
  });
}

export function incidentAccountsModal(choice: AccountChoice, memory: IncidentMemory) {
  return modal({
    callbackId: INCIDENT_ACCOUNTS_MODAL,
    title: 'Accounts',
    submit: 'Save',
    close: 'Cancel',
    privateMetadata: JSON.stringify(memory),
    blocks: [
      accountBlock(choice),
      input({
        blockId: 'is',
        label: 'Is it part of the incident?',
        element: radio({
          id: 'is',
          options: [
            { text: 'Yes, it is hit', value: 'add' },
            { text: 'No, take it out', value: 'remove' },
          ],
          initial: 'add',
        }),
      }),
    ],
  });
}

/** What became of a command, a press or a form about an incident. */
export function incidentSaid(
  what:
    | { did: 'opened'; title: string; accounts: number; hasTeam: boolean }
    | { did: 'ended'; title: string; accounts: number }
    | { did: 'added' | 'removed'; account: string; changed: boolean }
    | { did: 'standing'; title: string }
    | { did: 'none' | 'over' | 'declined' },
): Message {
  return message({ text: saidText(what), blocks: [] });
}

function saidText(what: Parameters<typeof incidentSaid>[0]): Md {
  switch (what.did) {
    case 'opened':
      return md`The incident ${bold(what.title)} is open${what.hasTeam ? md`, its card stands in the team channel` : md``}${what.accounts === 0 ? md`` : md`: ${plural(what.accounts, 'account')} hit so far`}. \`/baton incident end\` when it is over.`;
    case 'ended':
      return what.accounts === 0
        ? md`The incident is over. No account was hit, so nobody is to be told.`
        : md`The incident is over: ${plural(what.accounts, 'account')} will be told that ${bold(what.title)} is fixed, each by one of us.`;
    case 'added':
      return what.changed
        ? md`${what.account} is part of the incident.`
        : md`${what.account} was part of it already.`;
    case 'removed':
      return what.changed
        ? md`${what.account} is not part of it any more.`
        : md`${what.account} was not part of it.`;
    case 'standing':
      return md`There is an incident already: ${bold(what.title)}. End it first with \`/baton incident end\`, or add accounts to it.`;
    case 'none':
      return md`There is no incident. \`/baton incident API down\` opens one: what customers write about it is then collected on one card, without pings.`;
    case 'over':
      return md`This incident is over.`;
    case 'declined':
      return md`Noted: no incident.`;
  }
}

export function incidentProblem(problem: string): Message {
  return message({ text: md`${problem} Nothing was changed.`, blocks: [] });
}
