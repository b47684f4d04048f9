import { keyOfNumber, onIssue } from '../../issues/listeners/meant.js';
import type { MenuEntry } from '../../issues/listeners/menu.js';
import { noSuchIssue } from '../../issues/messages/answers.js';
import { refused, withFoldedNote } from '../../issues/messages/life.js';
import { type Issue, issueName } from '../../issues/rules/issue.js';
import { issueMeant } from '../../issues/store/folded.js';
import type { Change } from '../../issues/store/life.js';
import { messageAt, sourcesOf } from '../../issues/store/read.js';
import type { Person } from '../../people/rules.js';
import { findCard } from '../../queue/cards.js';
import { setting } from '../../settings/store.js';
import type { Message } from '../../slack/blocks/index.js';
import type { Answer, Surface } from '../../slack/dispatch.js';
import type { Submit } from '../../slack/interactions.js';
import { permalink } from '../../slack/permalink.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import {
  fixLinked,
  LINK_MODAL,
  type LinkMemory,
  linkModal,
  NOT_A_TRACKER,
  notATracker,
} from '../messages/link.js';
import { fixName } from '../rules/fix.js';
import { newItemPlaces } from '../store/find.js';
import { issuesOfFix } from '../store/fixes.js';
import { linkFix } from '../store/link.js';
import { askLiveBy } from '../store/live-by.js';
import { readTracker, type TrackerItem } from '../trackers/address.js';
import { type NewItem, newItemForms } from '../trackers/new-item.js';

/** Two issues of different accounts may be linked to one item at the same time. */
const keysOf = (address: string) => {
  const item = readTracker(address);
  return item ? [`fix:${item.key}`] : [];
};

/** `/issue link B-42 <address>`: the same address is the same fix, for as many issues as wait for it. */
export const linkCommand = onIssue({
  may: 'fix.link',
  usage: 'link B-42 https://…',
  about: 'links the GitHub, Linear or Jira item that mends it',
  keys: keysOf,
  run: async (tx, { issue, rest, change }) => {
    const item = readTracker(rest);
    if (!item) return { say: notATracker(issueName(issue.number), rest) };
    return { say: await link(tx, issue, item, change) };
  },
});

/** Links an item to an issue, with the answer to whoever wanted it. */
export async function link(
  tx: Tx,
  issue: Issue,
  item: TrackerItem,
  change: Change & { by: Person },
): Promise<Message> {
  const name = issueName(issue.number);
  if (issue.state === 'closed')
    return refused(`${name} is closed. Reopen it first: /issue reopen ${name}`, item.url);
  const { fix, before, changed } = await linkFix(tx, issue, item, change);
  const others = (await issuesOfFix(tx, fix.id)).filter(
    (other) => other.id !== issue.id && other.state !== 'merged',
  );
  const live = changed ? await askLiveBy(tx, item.tracker, change.by.slackId, change.now) : null;
  return fixLinked({
    ask: live && { tracker: item.tracker, choices: live },
    name,
    fix: { name: item.name, url: item.url, state: fix.state },
    before: before?.url && before.id !== fix.id ? fixName(before) : null,
    changed,
    others: others.map((other) => other.number),
  });
}

/** *Link fix…* on the card. */
export const linkEntry: MenuEntry = {
  may: 'fix.link',
  fits: 'live',
  run: async (tx, issue, at) => ({
    open: linkModal({
      forms: newItemForms(await newItemPlaces(tx), await newItemOf(tx, issue)),
      name: issueName(issue.number),
      title: issue.title,
      memory: { number: issue.number, channel: at.channel },
    }),
  }),
};

/** What a tracker's own form for a new item is filled in with. */
async function newItemOf(tx: ReadTx, issue: Issue): Promise<NewItem> {
  const workspace = await setting(tx, 'workspaceUrl');
  const [source] = await sourcesOf(tx, issue.id);
  const said = source && (await messageAt(tx, source.channel, source.ts));
  const triage = await setting(tx, 'triageChannel');
  const card = triage === null ? undefined : await findCard(tx, 'issue', issue.id, triage);
  return {
    name: issueName(issue.number),
    title: issue.title,
    words: said && !said.isDeleted ? said.text : null,
    cardUrl: card?.channel && card.ts ? permalink(workspace, card.channel, card.ts) : null,
  };
}

const linkSubmit: Surface<Person, Submit> = {
  may: 'fix.link',
  keys: async (tx, it) => [...(await keyOfNumber(tx, memoryOf(it).number)), ...keysOf(it.values.url ?? '')],
  run: async (tx, by, it, now): Promise<Answer> => {
    const { number, channel } = memoryOf(it);
    const meant = await issueMeant(tx, number);
    if (!meant) return { say: noSuchIssue(issueName(number)), sayIn: channel };
    const item = readTracker(it.values.url ?? '');
    if (!item) return { errors: { url: NOT_A_TRACKER } };
    const say = await link(tx, meant.issue, item, { by, now, source: 'form' });
    return { say: withFoldedNote(say, meant.folded, meant.issue.number), sayIn: channel };
  },
};

function memoryOf(it: Submit): LinkMemory {
  return JSON.parse(it.metadata) as LinkMemory;
}

export const linkSubmits = { [LINK_MODAL]: linkSubmit };
