import { accountById, channelOf, whoIs } from '../../accounts/store.js';
import { may } from '../../people/may.js';
import type { Person } from '../../people/rules.js';
import { cardAt } from '../../queue/cards.js';
import { whisper } from '../../queue/enqueue.js';
import type { Handling } from '../../queue/inbox.js';
import { setting } from '../../settings/store.js';
import type { MessageFacts } from '../../slack/api.js';
import { type Message, message, readIncoming } from '../../slack/blocks/index.js';
import { type ReactionEvent, readReaction } from '../../slack/events.js';
import type { Tx } from '../../store/transact.js';
import type { BusinessClock } from '../../time/index.js';
import { logged } from '../messages/answers.js';
import { ESCALATE_ELSEWHERE, offerEscalation } from '../messages/escalation.js';
import { askResolve } from '../messages/life.js';
import { isOver, titleFrom } from '../rules/issue.js';
import { recordCustomerMessage } from '../store/contacts.js';
import { issueAt } from '../store/find.js';
import { logIssue } from '../store/issues.js';
import { recordOurReaction } from '../store/reactions.js';
import { messageAt } from '../store/read.js';
import { accountKeys } from './incoming.js';
import { moveIssue } from './life.js';

const TAKE_REACTION = 'eyes';
const RESOLVE_REACTION = 'white_check_mark';
const ESCALATE_REACTION = 'rotating_light';

/**
 * On a customer's message `:ticket:` logs it and `:eyes:` takes its issue; what customers would see there done is
 * asked in private. On an issue's card, where only we read, `:eyes:` takes it as well. Everybody else's reactions do
 * nothing.
 */
export function onReaction(body: unknown, clock: BusinessClock): Handling | undefined {
  const event = readReaction(body);
  if (!event) return undefined;
  return {
    lookups: async (tx) => {
      const channel = await channelOf(tx, event.channel);
      if (channel?.kind !== 'customer') return {};
      // Whether it was one of us who reacted; and only a message that came before Baton did has to be asked for.
      const users = [event.user];
      const isLog = event.name === (await setting(tx, 'logReaction'));
      if (!isLog || (await messageAt(tx, event.channel, event.ts))) return { users };
      return { users, message: { channel: event.channel, ts: event.ts } };
    },
    keys: async (tx) => {
      const issue = await issueAt(tx, event);
      return [...(await accountKeys(tx, event.channel)), ...(issue ? [`account:${issue.accountId}`] : [])];
    },
    run: (tx, found) => react(tx, event, found.message, clock),
  };
}

async function react(
  tx: Tx,
  event: ReactionEvent,
  found: MessageFacts | undefined,
  clock: BusinessClock,
): Promise<void> {
  const who = await whoIs(tx, event.user);
  const channel = await channelOf(tx, event.channel);
  const isLog = event.name === (await setting(tx, 'logReaction'));
  const seen = { ...event, isLog, at: event.eventTs ? clock.of(event.eventTs) : clock.now() };
  if (who.kind === 'member' && channel?.kind === 'customer') await recordOurReaction(tx, seen);
  if (who.kind !== 'person') return;
  const answer =
    channel?.kind === 'customer'
      ? await amongCustomers(tx, event, found, channel.accountId, who.person, clock)
      : await onOurCard(tx, event, who.person, clock.now());
  // What the reaction did not log or take was at least seen.
  if (channel?.kind === 'customer') await recordOurReaction(tx, seen);
  if (event.isFromHistory || !answer) return;
  // In a customer channel nobody else may see the answer; Slack shows it to the one who reacted.
  const { threadTs } = (await messageAt(tx, event.channel, event.ts)) ?? { threadTs: null };
  await whisper(tx, { userId: event.user, channel: event.channel, threadTs }, answer, clock.now());
}

async function amongCustomers(
  tx: Tx,
  event: ReactionEvent,
  found: MessageFacts | undefined,
  accountId: number,
  person: Person,
  clock: BusinessClock,
): Promise<Message | undefined> {
  if (event.name === (await setting(tx, 'logReaction')))
    return may(person, 'issue.log') ? log(tx, event, found, accountId, person, clock) : undefined;
  if (event.name === ESCALATE_REACTION) return may(person, 'issue.escalate') ? ESCALATE_ELSEWHERE : undefined;
  return onIssueOf(tx, event, person, clock.now());
}

/** In a channel of ours: on a card, and for an escalation on any message that an issue holds. */
async function onOurCard(
  tx: Tx,
  event: ReactionEvent,
  person: Person,
  now: number,
): Promise<Message | undefined> {
  if (event.name === ESCALATE_REACTION) {
    // A reaction brings no trigger for a form: it opens nothing, a button is offered.
    const issue = may(person, 'issue.escalate') ? await issueAt(tx, event) : undefined;
    return issue && !isOver(issue.state) ? offerEscalation(issue) : undefined;
  }
  const card = await cardAt(tx, event.channel, event.ts);
  return card?.kind === 'issue' ? onIssueOf(tx, event, person, now) : undefined;
}

/** `:eyes:` takes the issue of the message; `:white_check_mark:` only asks, since a press is easily undone and this is not. */
async function onIssueOf(
  tx: Tx,
  event: ReactionEvent,
  person: Person,
  now: number,
): Promise<Message | undefined> {
  const isTake = event.name === TAKE_REACTION;
  if (!isTake && event.name !== RESOLVE_REACTION) return undefined;
  if (!may(person, isTake ? 'issue.take' : 'issue.resolve')) return undefined;
  const issue = await issueAt(tx, event);
  if (!issue) return undefined;
  if (isTake) return moveIssue(tx, 'take', issue, { by: person, now, source: 'reaction' });
  // What is over is not asked about: the mark on a message is how people show that they are done.
  return isOver(issue.state) ? undefined : askResolve(issue);
}

async function log(
  tx: Tx,
  event: ReactionEvent,
  found: MessageFacts | undefined,
  accountId: number,
  person: Person,
  clock: BusinessClock,
): Promise<Message> {
  if (found) await storeFound(tx, accountId, found, clock);
  const source = await messageAt(tx, event.channel, event.ts);
  const title = titleFrom(source?.text ?? '');
  if (!source || !title) {
    return message({
      text: 'That message has no words that Baton can read. Log it with /issue log and a title.',
      blocks: [],
    });
  }
  if (!source.isCustomer) {
    return message({
      text: 'That message is from one of us. React on the customer’s message, or use /issue log.',
      blocks: [],
    });
  }
  const { issue, existed } = await logIssue(tx, {
    accountId,
    title,
    source: { channel: event.channel, ts: event.ts },
    by: person,
    how: 'reaction',
    now: clock.now(),
  });
  const account = await accountById(tx, accountId);
  return logged(issue, account?.name ?? '', existed);
}

/** A message older than Baton's memory: taken in as it would have been. */
async function storeFound(
  tx: Tx,
  accountId: number,
  found: MessageFacts,
  clock: BusinessClock,
): Promise<void> {
  if (!found.user) return;
  const who = await whoIs(tx, found.user);
  if (who.kind === 'bot' || who.kind === 'person' || who.kind === 'member') return;
  await recordCustomerMessage(tx, accountId, {
    channel: found.channel,
    ts: found.ts,
    threadTs: found.threadTs && found.threadTs !== found.ts ? found.threadTs : null,
    author: found.user,
    text: readIncoming(found.text),
    files: found.files,
    at: clock.of(found.ts),
  });
}
