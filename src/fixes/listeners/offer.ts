import { onMessage } from '../../issues/listeners/incoming.js';
import { type Issue, issueName } from '../../issues/rules/issue.js';
import { issueAt } from '../../issues/store/find.js';
import { rootOf } from '../../issues/store/folded.js';
import { issueById } from '../../issues/store/read.js';
import type { Person } from '../../people/rules.js';
import { personBySlackId } from '../../people/store.js';
import { touchCards } from '../../queue/cards.js';
import type { Handling } from '../../queue/inbox.js';
import type { Answer, Surface } from '../../slack/dispatch.js';
import { readMessageEvent, type Written } from '../../slack/events.js';
import type { Press } from '../../slack/interactions.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import type { BusinessClock } from '../../time/index.js';
import { offerAnswered } from '../messages/offer.js';
import { endOffer, type FixOffer, offerById, offerFix } from '../store/offers.js';
import { itemsIn, readTracker, type TrackerItem } from '../trackers/address.js';
import { link } from './link.js';

/** An address of a tracker in the thread of an issue is offered to be linked; a person links it. */

/** A message, and what one of us named in it where an issue is spoken of. */
export function onMessageNamingFix(body: unknown, clock: BusinessClock): Handling | undefined {
  const handling = onMessage(body, clock);
  const said = readMessageEvent(body);
  if (!handling || !said || said.kind === 'deleted' || said.threadTs === null) return handling;
  // As Slack sends it: of a link with a label of its own the address does not stand in what people read.
  const items = itemsIn(said.text);
  if (items.length === 0) return handling;
  return {
    ...handling,
    keys: async (tx) => [...((await handling.keys?.(tx)) ?? []), ...keysOf(await issueAt(tx, said))],
    run: async (tx, found) => {
      await handling.run(tx, found);
      await offer(tx, said, items, clock.now());
    },
  };
}

const keysOf = (issue: Issue | undefined) => (issue ? [`account:${issue.accountId}`] : []);

async function offer(tx: Tx, said: Written, items: readonly TrackerItem[], now: number): Promise<void> {
  const by = await personBySlackId(tx, said.user);
  const issue = await issueAt(tx, said);
  if (!by?.isActive || !issue) return;
  const thread = { channel: said.channel, threadTs: said.threadTs ?? said.ts };
  for (const item of items)
    await offerFix(tx, issue, item, { by: by.slackId, at: now, source: 'message', thread });
}

async function meant(tx: ReadTx, it: Press): Promise<{ offer: FixOffer; issue: Issue } | undefined> {
  const found = /^\d{1,9}$/.test(it.value) ? await offerById(tx, Number(it.value)) : undefined;
  const issue = found && (await issueById(tx, found.issueId));
  return found && issue ? { offer: found, issue: await rootOf(tx, issue) } : undefined;
}

const keysOfPress = async (tx: ReadTx, it: Press) => {
  const found = await meant(tx, it);
  return found ? [...keysOf(found.issue), `fix:${found.offer.trackerKey}`] : [];
};

/** *Link it*, as `/issue link` does. */
export const offerLinkPress: Surface<Person, Press> = {
  may: 'fix.link',
  keys: keysOfPress,
  run: async (tx, by, it, now): Promise<Answer> => {
    const found = await meant(tx, it);
    const item = found && readTracker(found.offer.url);
    if (!found || !item) return { say: offerAnswered('gone') };
    await touchCards(tx, 'fix_offer', found.offer.id, now);
    return { say: await link(tx, found.issue, item, { by, now, source: 'button' }) };
  },
};

export const offerNoPress: Surface<Person, Press> = {
  may: 'fix.link',
  keys: keysOfPress,
  run: async (tx, by, it, now): Promise<Answer> => {
    const found = await meant(tx, it);
    const item = found && readTracker(found.offer.url);
    if (!found || !item) return { say: offerAnswered('gone') };
    const name = issueName(found.issue.number);
    await touchCards(tx, 'fix_offer', found.offer.id, now);
    if (found.offer.state === 'linked') return { say: offerAnswered({ linked: name }) };
    await endOffer(tx, found.offer, 'no', by.slackId);
    return { say: offerAnswered({ no: name, fix: item }) };
  },
};
