import { z } from 'zod';
import { accountById, channelOf, whoIs } from '../../accounts/store.js';
import { may } from '../../people/may.js';
import type { Person } from '../../people/rules.js';
import { whisper } from '../../queue/enqueue.js';
import type { Handling } from '../../queue/inbox.js';
import { type Message, md, message, readIncoming } from '../../slack/blocks/index.js';
import { firstWord } from '../../slack/subcommands.js';
import type { Tx } from '../../store/transact.js';
import type { BusinessClock } from '../../time/index.js';
import { logged } from '../messages/answers.js';
import { TITLE_MAX, titleFrom } from '../rules/issue.js';
import { logIssue } from '../store/issues.js';
import { accountKeys } from './incoming.js';

const Body = z.object({
  event: z.object({
    channel: z.string(),
    ts: z.string(),
    thread_ts: z.string().nullish(),
    user: z.string().nullish(),
    text: z.string(),
  }),
});

/** `@Baton log …` in an internal channel of an account; in a customer channel only a private line, for our people. */
export function onMention(body: unknown, clock: BusinessClock): Handling | undefined {
  const { event } = Body.parse(body);
  const { user } = event;
  if (!user) return undefined;
  return {
    keys: (tx) => accountKeys(tx, event.channel),
    run: async (tx) => {
      const who = await whoIs(tx, user);
      if (who.kind !== 'person') return;
      const answer = await answerTo(tx, who.person, event, clock);
      await whisper(
        tx,
        { userId: user, channel: event.channel, threadTs: event.thread_ts ?? null },
        answer,
        clock.now(),
      );
    },
  };
}

async function answerTo(
  tx: Tx,
  person: Person,
  event: z.infer<typeof Body>['event'],
  clock: BusinessClock,
): Promise<Message> {
  const channel = await channelOf(tx, event.channel);
  if (channel?.kind === 'customer') {
    return message({
      text: 'Customers read here, so Baton says nothing aloud. React with :ticket: on their message, or use its menu: Log as issue.',
      blocks: [],
    });
  }
  const { word, rest } = firstWord(readIncoming(event.text).replace(/^\s*@\S+\s*/u, ''));
  if (word !== 'log' || !may(person, 'issue.log'))
    return message({ text: md`Try \`@Baton log what is wrong\`, or \`/issue help\`.`, blocks: [] });
  if (!channel)
    return message({
      text: 'No account belongs to this channel. Use /issue log and choose the account.',
      blocks: [],
    });
  if (rest === '')
    return message({ text: md`Say what is wrong: \`@Baton log Export drops rows\`.`, blocks: [] });
  const { issue, existed } = await logIssue(tx, {
    accountId: channel.accountId,
    title: titleFrom(rest),
    detail: Array.from(rest).length > TITLE_MAX ? rest : null,
    source: { channel: event.channel, ts: event.ts },
    by: person,
    how: 'mention',
    now: clock.of(event.ts),
  });
  const account = await accountById(tx, channel.accountId);
  return logged(issue, account?.name ?? '', existed);
}
