import { accountById } from '../../accounts/store.js';
import type { Person } from '../../people/rules.js';
import { cardAt, touchCards } from '../../queue/cards.js';
import type { Answer, Surface } from '../../slack/dispatch.js';
import type { Press, Submit } from '../../slack/interactions.js';
import { placeOf } from '../../slack/place.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { added, noSuchIssue } from '../messages/answers.js';
import {
  type AddMemory,
  addToModal,
  alreadyHeld,
  CONTACT_GONE,
  SUGGESTION_ADD,
  SUGGESTION_ADD_MODAL,
  SUGGESTION_CHAT,
  SUGGESTION_LOG,
  SUGGESTION_MORE,
} from '../messages/suggestion.js';
import { titleFrom } from '../rules/issue.js';
import { waitingWords } from '../store/changes.js';
import { issueMeant } from '../store/folded.js';
import { addToIssue, holderOf, logIssue } from '../store/issues.js';
import { type ContactRow, contactById } from '../store/read.js';
import { dismissContact, issuesToJoin } from '../store/suggestions.js';

/** What was pressed on the line of an account on which customers wait. */
type Wish = { do: 'log' | 'chat' | 'other' } | { do: 'add'; number: number };

async function contactOf(tx: ReadTx, id: string): Promise<ContactRow | undefined> {
  return /^\d{1,9}$/.test(id) ? contactById(tx, Number(id)) : undefined;
}

async function keyOf(tx: ReadTx, id: string): Promise<string[]> {
  const contact = await contactOf(tx, id);
  return contact ? [`account:${contact.accountId}`] : [];
}

function press(read: (value: string) => { id: string; wish: Wish } | undefined): Surface<Person, Press> {
  return {
    may: 'suggestion.decide',
    keys: async (tx, it) => keyOf(tx, read(it.value)?.id ?? ''),
    run: async (tx, person, it, now) => {
      const wanted = read(it.value);
      const contact = wanted && (await contactOf(tx, wanted.id));
      const answer =
        wanted && contact
          ? await decide(tx, person, contact, wanted.wish, { channel: placeOf(it), now })
          : { say: CONTACT_GONE };
      if (answer?.say) await refresh(tx, it, now);
      return answer;
    },
  };
}

/** What was pressed does not stand as it showed: it is drawn anew. */
async function refresh(tx: Tx, it: Press, now: number): Promise<void> {
  const card = it.channel && it.messageTs ? await cardAt(tx, it.channel, it.messageTs) : undefined;
  if (card) await touchCards(tx, card.kind, card.subjectId, now);
}

interface At {
  channel: string | null;
  now: number;
}

/** @returns nothing when it was done: the line itself says so. */
async function decide(
  tx: Tx,
  person: Person,
  contact: ContactRow,
  wish: Wish,
  { channel, now }: At,
): Promise<Answer | undefined> {
  const source = await sourceOf(tx, contact);
  const held = await holderOf(tx, source);
  if (held) return { say: alreadyHeld(held.number, held.title) };
  const how = { by: person, how: 'suggestion', now };
  if (wish.do === 'chat') return void (await dismissContact(tx, contact, how));
  if (wish.do === 'other') return openList(tx, contact, channel, now);
  if (wish.do === 'add') {
    const meant = await issueMeant(tx, wish.number);
    if (!meant || meant.issue.accountId !== contact.accountId)
      return { say: noSuchIssue(`B-${wish.number}`) };
    return void (await addToIssue(tx, meant.issue, source, how));
  }
  if (source.title === '') return { say: CONTACT_GONE };
  await logIssue(tx, { ...how, accountId: contact.accountId, title: source.title, source });
  return undefined;
}

/** The first of its messages that has words; a file speaks by its name. */
async function sourceOf(tx: ReadTx, contact: ContactRow) {
  const words = await waitingWords(tx, contact);
  const said = words.find((one) => titleFrom(one.text) !== '') ?? words[0];
  const title = said ? titleFrom(said.text) || titleFrom(said.files[0]?.name ?? '') : '';
  return { channel: contact.channel, ts: said?.ts ?? contact.firstTs, title };
}

async function openList(
  tx: ReadTx,
  contact: ContactRow,
  channel: string | null,
  now: number,
): Promise<Answer> {
  const account = await accountById(tx, contact.accountId);
  const issues = await issuesToJoin(tx, contact.accountId, now, 100);
  return { open: addToModal(account?.name ?? '', issues, { contactId: contact.id, channel }) };
}

const addSubmit: Surface<Person, Submit> = {
  may: 'suggestion.decide',
  keys: async (tx, it) => keyOf(tx, String(memoryOf(it).contactId)),
  run: async (tx, person, it, now): Promise<Answer> => {
    const { contactId, channel } = memoryOf(it);
    const contact = await contactById(tx, contactId);
    if (!contact) return { say: CONTACT_GONE, sayIn: channel };
    const meant = await issueMeant(tx, Number(it.values.issue ?? -1));
    if (!meant) return { errors: { issue: 'Choose the issue that it is about.' } };
    const wish = { do: 'add', number: meant.issue.number } as const;
    const answer = await decide(tx, person, contact, wish, { channel, now });
    const account = await accountById(tx, contact.accountId);
    return { say: answer?.say ?? added(meant.issue, account?.name ?? ''), sayIn: channel };
  },
};

function memoryOf(it: Submit): AddMemory {
  return JSON.parse(it.metadata) as AddMemory;
}

const plainly = (wish: Wish) => (value: string) => ({ id: value, wish });

function readAdd(value: string): { id: string; wish: Wish } | undefined {
  const [, id = '', number = ''] = /^(\d+):(\d+)$/.exec(value) ?? [];
  return id === '' ? undefined : { id, wish: { do: 'add', number: Number(number) } };
}

/** The ⋯ menu: `chat:7`, `add:7:42`, `other:7`. */
function readMore(value: string): { id: string; wish: Wish } | undefined {
  const [word = '', ...rest] = value.split(':');
  if (word === 'add') return readAdd(rest.join(':'));
  return word === 'chat' || word === 'other' ? { id: rest[0] ?? '', wish: { do: word } } : undefined;
}

/** The routing table of suggestion lines. */
export const suggestionSurfaces = {
  presses: {
    [SUGGESTION_LOG]: press(plainly({ do: 'log' })),
    [SUGGESTION_CHAT]: press(plainly({ do: 'chat' })),
    [SUGGESTION_ADD]: press(readAdd),
    [SUGGESTION_MORE]: press(readMore),
  },
  submits: { [SUGGESTION_ADD_MODAL]: addSubmit },
};
