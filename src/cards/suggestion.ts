import { accountById, nameOf } from '../accounts/store.js';
import {
  outcomeWords,
  type SuggestedContact,
  type SuggestionView,
  suggestionCard,
} from '../issues/messages/suggestion.js';
import { isOver, issueName, titleFrom } from '../issues/rules/issue.js';
import { waitingWords, wordsOf } from '../issues/store/changes.js';
import { contactById, issueById, sourcesOf } from '../issues/store/read.js';
import { issuesToJoin } from '../issues/store/suggestions.js';
import type { SuggestionItem, SuggestionRow } from '../issues/store/waiting.js';
import { setting } from '../settings/store.js';
import type { Message } from '../slack/blocks/index.js';
import { permalink } from '../slack/permalink.js';
import type { ReadTx } from '../store/transact.js';
import { dayAndClock } from '../time/index.js';

/** Reads all that the line of an account on which customers wait shows, and draws it. */
export async function renderSuggestion(tx: ReadTx, line: SuggestionRow, now: number): Promise<Message> {
  const account = await accountById(tx, line.accountId);
  const contacts: SuggestedContact[] = [];
  for (const item of line.items) contacts.push(await suggested(tx, item));
  const isOpen = line.items.some((item) => item.settled === null);
  return suggestionCard({
    account: account?.name ?? '',
    since: dayAndClock(await since(tx, line), await setting(tx, 'zone'), now),
    contacts,
    issues: isOpen ? await issuesOf(tx, line.accountId, now) : [],
  });
}

/** Since when the first of those that wait has waited. */
async function since(tx: ReadTx, line: SuggestionRow): Promise<number> {
  const first = line.items.find((item) => item.settled === null);
  const contact = first && (await contactById(tx, first.contactId));
  return contact?.waitsSince ?? line.postedAt;
}

async function issuesOf(tx: ReadTx, accountId: number, now: number): Promise<SuggestionView['issues']> {
  const issues = await issuesToJoin(tx, accountId, now);
  return issues.map(({ number, title, state }) => ({ number, title, isOver: isOver(state) }));
}

async function suggested(tx: ReadTx, item: SuggestionItem): Promise<SuggestedContact> {
  const contact = await contactById(tx, item.contactId);
  const waits = contact?.waitsSince ?? null;
  const words = await (item.settled === null
    ? waitingWords(tx, { id: item.contactId, waitsSince: waits })
    : wordsOf(tx, item.contactId));
  // Logged, it is what the issue was made of.
  const sources = item.issueId === null ? [] : await sourcesOf(tx, item.issueId);
  const isSource = (one: { channel: string; ts: string }) =>
    sources.some(({ channel, ts }) => channel === one.channel && ts === one.ts);
  const said = words.findLast(isSource) ?? words.find((one) => titleFrom(one.text) !== '') ?? words[0];
  const base = await setting(tx, 'workspaceUrl');
  return {
    contactId: item.contactId,
    author: await nameOf(tx, said?.author ?? contact?.author ?? ''),
    text: said ? said.text || said.files.map((file) => file.name).join(', ') : null,
    url: said ? permalink(base, said.channel, said.ts, said.threadTs) : null,
    outcome: item.settled === null ? null : await outcome(tx, item, item.settled),
  };
}

async function outcome(
  tx: ReadTx,
  item: SuggestionItem,
  settled: NonNullable<SuggestionItem['settled']>,
): Promise<string> {
  const issue = item.issueId === null ? undefined : await issueById(tx, item.issueId);
  return outcomeWords({
    settled,
    by: item.by === null ? null : await nameOf(tx, item.by),
    issue: issue ? issueName(issue.number) : null,
  });
}
