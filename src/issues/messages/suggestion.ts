import {
  actions,
  bold,
  button,
  clip,
  input,
  join,
  lines,
  link,
  type Md,
  type Message,
  md,
  message,
  modal,
  overflow,
  section,
  staticSelect,
} from '../../slack/blocks/index.js';
import { issueName } from '../rules/issue.js';

export const SUGGESTION_LOG = 'suggestion.log';
export const SUGGESTION_ADD = 'suggestion.add';
export const SUGGESTION_CHAT = 'suggestion.chat';
export const SUGGESTION_MORE = 'suggestion.more';
export const SUGGESTION_ADD_MODAL = 'suggestion.add_to';

/** One contact on the line: the words that still stand, and what became of it. */
export interface SuggestedContact {
  contactId: number;
  author: string;
  /** Null when the words are gone. */
  text: string | null;
  url: string | null;
  /** Null while it waits. */
  outcome: string | null;
}

export interface SuggestionView {
  account: string;
  /** "Tue 14:05" */
  since: string;
  contacts: readonly SuggestedContact[];
  /** Issues of the account that it may be the same as, the most recent first. */
  issues: readonly { number: number; title: string; isOver: boolean }[];
}

const WORDS_MAX = 160;
const FOLDED_MAX = 70;
const WAITING_SHOWN = 2;
const SETTLED_SHOWN = 2;
const MENU_ISSUES = 3;

/** What became of a contact, as the line says it. */
export function outcomeWords(how: {
  settled: 'answered' | 'seen' | 'no_reply' | 'logged' | 'added' | 'chat' | 'incident' | 'deleted' | 'moved';
  by: string | null;
  issue: string | null;
}): string {
  const by = how.by ?? 'Baton';
  switch (how.settled) {
    case 'logged':
      return `${by} logged it as ${how.issue ?? 'an issue'}`;
    case 'added':
      return `${by} added it to ${how.issue ?? 'an issue'}`;
    case 'answered':
      return `answered by ${by}`;
    case 'seen':
      return `${by} reacted to it`;
    case 'no_reply':
      return `no reply needed (${by})`;
    case 'chat':
      return `not an issue (${by})`;
    case 'incident':
      return 'part of the incident';
    case 'deleted':
      return 'deleted by the customer';
    case 'moved':
      return 'waits still, see below';
  }
}

/** The line of an account on which customers wait; the buttons are about the first of them. Settled, it folds. */
export function suggestionCard(view: SuggestionView): Message {
  const waiting = view.contacts.filter((contact) => contact.outcome === null);
  const settled = view.contacts.filter((contact) => contact.outcome !== null);
  const first = waiting[0];
  if (!first) return folded(view.account, settled);
  const head = md`${bold(view.account)} waits for an answer since ${view.since}`;
  const left = waiting.length - WAITING_SHOWN;
  const [same] = view.issues;
  return message({
    text: join([md`${view.account} waits for an answer since ${view.since}`, quoted(first, WORDS_MAX)]),
    blocks: [
      section(
        lines([
          head,
          ...waiting.slice(0, WAITING_SHOWN).map((contact) => quoted(contact, WORDS_MAX)),
          left > 0 ? md`… and ${left} more` : undefined,
          ...settled.slice(-SETTLED_SHOWN).map(settledLine),
          same && md`Same as ${bold(issueName(same.number))} ${clip(same.title, 80)}?`,
        ]),
      ),
      buttons(first.contactId, view.issues),
    ],
  });
}

function quoted(contact: SuggestedContact, max: number): Md {
  const words =
    contact.text === null ? md`${contact.author}` : md`${contact.author}: "${clip(contact.text, max)}"`;
  return contact.url === null ? words : md`${words} ${link(contact.url, '↗')}`;
}

function settledLine(contact: SuggestedContact): Md {
  return join([quoted(contact, FOLDED_MAX), md`${contact.outcome ?? ''}`]);
}

function folded(account: string, settled: readonly SuggestedContact[]): Message {
  const last = settled.at(-1);
  const left = settled.length - 4;
  return message({
    text: join([md`${account}`, md`${last?.outcome ?? 'nothing waits'}`]),
    blocks: [
      section(
        lines([
          ...settled.slice(-4).map((contact) => join([md`${account}`, settledLine(contact)])),
          left > 0 ? md`… and ${left} more` : undefined,
        ]),
      ),
    ],
  });
}

function buttons(contactId: number, issues: SuggestionView['issues']) {
  const id = String(contactId);
  const [same, ...others] = issues;
  const add = (issue: SuggestionView['issues'][number]) => `Add to ${issueName(issue.number)}`;
  const chat = { text: 'Not an issue', value: `chat:${id}` };
  return actions('suggestion', [
    button({ id: SUGGESTION_LOG, text: 'Log', value: id, style: 'primary' }),
    same
      ? button({ id: SUGGESTION_ADD, text: add(same), value: `${id}:${same.number}` })
      : button({ id: SUGGESTION_CHAT, text: 'Not an issue', value: id }),
    overflow({
      id: SUGGESTION_MORE,
      options: [
        same && chat,
        ...others
          .slice(0, MENU_ISSUES)
          .map((issue) => ({ text: `${add(issue)} ${issue.title}`, value: `add:${id}:${issue.number}` })),
        others.length > MENU_ISSUES && { text: 'Add to another…', value: `other:${id}` },
      ],
    }),
  ]);
}

/** What the form *Add to another* must remember: ids only. */
export interface AddMemory {
  contactId: number;
  channel: string | null;
}

/** All issues that a contact may be added to. */
export function addToModal(
  account: string,
  issues: readonly { number: number; title: string }[],
  memory: AddMemory,
) {
  return modal({
    callbackId: SUGGESTION_ADD_MODAL,
    title: 'Add to an issue',
    submit: 'Add',
    close: 'Cancel',
    privateMetadata: JSON.stringify(memory),
    blocks: [
      section(md`Which issue of *${account}* is it about?`),
      input({
        blockId: 'issue',
        label: 'Issue',
        element: staticSelect({
          id: 'issue',
          placeholder: 'Choose an issue',
          options: issues.map((issue) => ({
            text: `${issueName(issue.number)} ${issue.title}`,
            value: String(issue.number),
          })),
        }),
      }),
    ],
  });
}

/** The press came after the contact was settled another way. */
export function alreadyHeld(number: number, title: string): Message {
  return message({
    text: lines([md`That message is ${bold(issueName(number))} already: ${title}`, md`Nothing was changed.`]),
    blocks: [],
  });
}

/** The contact that a button was about is not there any more. */
export const CONTACT_GONE = message({
  text: 'That message is not there any more, so there is nothing to log.',
  blocks: [],
});
