import { z } from 'zod';
import { NOT_YOUR_ROLE } from '../../accounts/gate.js';
import { accountById, channelOf, whoIs } from '../../accounts/store.js';
import { may } from '../../people/may.js';
import type { Person } from '../../people/rules.js';
import { whisper } from '../../queue/enqueue.js';
import type { Handling } from '../../queue/inbox.js';
import type { MessageFacts } from '../../slack/api.js';
import { type Message, md, message, readIncoming } from '../../slack/blocks/index.js';
import { firstWord } from '../../slack/subcommands.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import type { BusinessClock } from '../../time/index.js';
import { logged, whichAccount } from '../messages/answers.js';
import { TITLE_MAX, titleFrom } from '../rules/issue.js';
import { accountOfMessage, issueAt } from '../store/find.js';
import { holderOf, logIssue } from '../store/issues.js';
import { logTyped } from './attach.js';

const Body = z.object({
  event: z.object({
    channel: z.string(),
    ts: z.string(),
    thread_ts: z.string().nullish(),
    user: z.string().nullish(),
    text: z.string(),
  }),
});

type Mention = z.infer<typeof Body>['event'];

/** What follows the name: `@Baton log Export drops rows`. */
function wanted(event: Mention): { word: string; rest: string } {
  return firstWord(readIncoming(event.text).replace(/^\s*@\S+\s*/u, ''));
}

const threadOf = (event: Mention) =>
  event.thread_ts && event.thread_ts !== event.ts ? event.thread_ts : null;

/** `@Baton log …` where only we read; in a customer channel only a private line, for our people. */
export function onMention(body: unknown, clock: BusinessClock): Handling | undefined {
  const { event } = Body.parse(body);
  const { user } = event;
  if (!user) return undefined;
  return {
    lookups: async (tx) => {
      const threadTs = threadOf(event);
      const channel = await channelOf(tx, event.channel);
      const isLog = wanted(event).word === 'log' && channel?.kind !== 'customer';
      // What the thread is about may become the title, and its author names the account.
      return isLog && threadTs ? { message: { channel: event.channel, ts: threadTs } } : {};
    },
    keys: async (tx) => {
      const account = await accountOf(tx, event, undefined);
      return account ? [`account:${account.id}`] : [];
    },
    run: async (tx, found) => {
      const who = await whoIs(tx, user);
      if (who.kind !== 'person') return;
      const answer = await answerTo(tx, who.person, event, found.message, clock);
      const to = { userId: user, channel: event.channel, threadTs: event.thread_ts ?? null };
      await whisper(tx, to, answer, clock.now());
    },
  };
}

/** The account of the channel; in a thread else that of the issue whose card it stands under, or of whoever began it. */
async function accountOf(tx: ReadTx, event: Mention, root: MessageFacts | undefined) {
  const known = await accountOfMessage(tx, event.channel, null);
  if (known || threadOf(event) === null) return known;
  const issue = await issueAt(tx, { channel: event.channel, ts: event.ts, threadTs: threadOf(event) });
  if (issue) return (await accountById(tx, issue.accountId)) ?? null;
  return accountOfMessage(tx, null, root?.user ?? null);
}

const say = (text: string) => message({ text, blocks: [] });

async function answerTo(
  tx: Tx,
  person: Person,
  event: Mention,
  root: MessageFacts | undefined,
  clock: BusinessClock,
): Promise<Message> {
  const channel = await channelOf(tx, event.channel);
  if (channel?.kind === 'customer')
    return say(
      'Customers read here, so Baton says nothing aloud. React with :ticket: on their message, or use its menu: Log as issue.',
    );
  const { word, rest } = wanted(event);
  if (word === 'log' && !may(person, 'issue.log')) return NOT_YOUR_ROLE;
  if (word !== 'log')
    return message({ text: md`Try \`@Baton log what is wrong\`, or \`/issue help\`.`, blocks: [] });
  const threadTs = threadOf(event);
  // The thread is logged once, whoever asks for it; Slack may also bring one mention twice, under two ids.
  const source = { channel: event.channel, ts: threadTs ?? event.ts };
  const held = await holderOf(tx, source);
  if (held) return logged(held, (await accountById(tx, held.accountId))?.name ?? '', true);
  const account = await accountOf(tx, event, root);
  if (!account) return whichAccount({ title: titleFrom(rest || readIncoming(root?.text ?? '')), source });
  const way = { by: person, how: 'mention', now: clock.of(event.ts), accountId: account.id };
  const ofCard = threadTs === null ? undefined : await issueAt(tx, source);
  if (ofCard && rest === '') return logged(ofCard, account.name, true);
  const words = worded(rest === '' ? readIncoming(root?.text ?? '') : rest);
  if (words.title === '')
    return message({ text: md`Say what is wrong: \`@Baton log Export drops rows\`.`, blocks: [] });
  if (threadTs === null) return (await logTyped(tx, { ...way, ...words, source })).say;
  // In the thread of a card, words are a new matter of that account.
  const from = ofCard ? { channel: event.channel, ts: event.ts } : source;
  const done = await logIssue(tx, { ...way, ...words, source: from });
  return logged(done.issue, account.name, done.existed);
}

function worded(text: string): { title: string; detail: string | null } {
  return { title: titleFrom(text), detail: Array.from(text).length > TITLE_MAX ? text : null };
}
