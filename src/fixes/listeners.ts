import { keyOfNumber, onIssue } from '../issues/listeners/meant.js';
import type { MenuEntry } from '../issues/listeners/menu.js';
import { noSuchIssue } from '../issues/messages/answers.js';
import { refused, withFoldedNote } from '../issues/messages/life.js';
import { type Issue, issueName } from '../issues/rules/issue.js';
import { issueMeant } from '../issues/store/folded.js';
import type { Change } from '../issues/store/life.js';
import type { Person } from '../people/rules.js';
import type { Message } from '../slack/blocks/index.js';
import type { Answer, Surface } from '../slack/dispatch.js';
import type { Submit } from '../slack/interactions.js';
import type { Tx } from '../store/transact.js';
import { fixLinked, LINK_MODAL, type LinkMemory, linkModal, NOT_A_TRACKER, notATracker } from './messages.js';
import { fixName, readTracker, type TrackerItem } from './rules.js';
import { issuesOfFix, linkFix } from './store.js';

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

async function link(
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
  return fixLinked({
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
  run: async (_tx, issue, at) => ({
    open: linkModal({
      name: issueName(issue.number),
      title: issue.title,
      memory: { number: issue.number, channel: at.channel },
    }),
  }),
};

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

export const fixSurfaces = { submits: { [LINK_MODAL]: linkSubmit } };
