import { accountById, channelOf, whoIs } from '../../accounts/store.js';
import { may } from '../../people/may.js';
import type { Person } from '../../people/rules.js';
import { whisper } from '../../queue/enqueue.js';
import type { Handling } from '../../queue/inbox.js';
import { setting } from '../../settings/store.js';
import type { MessageFacts } from '../../slack/api.js';
import { type Message, message, readIncoming } from '../../slack/blocks/index.js';
import { type ReactionEvent, readReaction } from '../../slack/events.js';
import type { Tx } from '../../store/transact.js';
import type { BusinessClock } from '../../time/index.js';
import { logged, taken } from '../messages/answers.js';
import { titleFrom } from '../rules/issue.js';
import { recordCustomerMessage } from '../store/contacts.js';
import { logIssue, takeIssue } from '../store/issues.js';
import { issueOfSource, messageAt } from '../store/read.js';
import { accountKeys } from './incoming.js';
import { nameOfPerson } from './names.js';

const TAKE_REACTION = 'eyes';

/** `:ticket:` on a customer's message logs it, `:eyes:` takes its issue; everybody else's reactions do nothing. */
export function onReaction(body: unknown, clock: BusinessClock): Handling | undefined {
  const event = readReaction(body);
  if (!event) return undefined;
  return {
    lookups: async (tx) => {
      const channel = await channelOf(tx, event.channel);
      const isLog = event.name === (await setting(tx, 'logReaction'));
      if (!channel || !isLog) return {};
      // Only a message that came before Baton did has to be asked for.
      const known = await messageAt(tx, event.channel, event.ts);
      return known ? {} : { message: { channel: event.channel, ts: event.ts } };
    },
    keys: (tx) => accountKeys(tx, event.channel),
    run: (tx, found) => take(tx, event, found.message, clock),
  };
}

async function take(
  tx: Tx,
  event: ReactionEvent,
  found: MessageFacts | undefined,
  clock: BusinessClock,
): Promise<void> {
  const channel = await channelOf(tx, event.channel);
  if (channel?.kind !== 'customer') return;
  const who = await whoIs(tx, event.user);
  if (who.kind !== 'person') return;
  const now = clock.now();
  const isLog = event.name === (await setting(tx, 'logReaction'));
  const answer = isLog
    ? may(who.person, 'issue.log') && (await log(tx, event, found, channel.accountId, who.person, clock))
    : event.name === TAKE_REACTION &&
      may(who.person, 'issue.take') &&
      (await takeOne(tx, event, who.person, now));
  if (event.isFromHistory) return;
  // In a customer channel nobody else may see the answer; Slack shows it to the one who reacted.
  if (answer) await whisper(tx, { userId: event.user, channel: event.channel }, answer, now);
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

async function takeOne(
  tx: Tx,
  event: ReactionEvent,
  person: Person,
  now: number,
): Promise<Message | undefined> {
  const issue = await issueOfSource(tx, event.channel, event.ts);
  if (!issue) return undefined;
  const result = await takeIssue(tx, issue, person, now, 'reaction');
  if (result.taken) return taken(issue, null);
  if ('state' in result) return taken(issue, null, result.state);
  return taken(issue, { name: await nameOfPerson(tx, result.by), isYou: false });
}
