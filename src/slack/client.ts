import { WebClient, type WebClientOptions } from '@slack/web-api';
import { insideTransaction, WaitedInTransactionError } from '../store/transact.js';
import type {
  ChannelFacts,
  HistoryMessage,
  ListedChannel,
  MessageFacts,
  Sent,
  SlackApi,
  SlackMessage,
  UserFacts,
} from './api.js';
import { channelFacts, historyMessage, listedChannel, messageFacts, userFacts } from './facts.js';
import type { ClientLogger } from './logger.js';

export interface ClientOptions {
  token: string;
  /** Base address of the Web API; Slack's own by default. */
  apiUrl?: string;
  logger: ClientLogger;
}

const PAGE = 200;
/** Lists of channels are asked for at most twenty times a minute: few large pages. */
const CHANNELS_PAGE = 1_000;
/** A channel with more in one gap is caught up in part: what is lost is old chatter, what is kept fits in memory. */
const HISTORY_MAX = 2_000;

/**
 * The only caller of the Web API. Three clients, because a 429 stops every call of the client that met it, and
 * because `chat.postMessage` must never be repeated blindly: posting and modals have no retries, reading has few.
 */
export function createSlackApi(options: ClientOptions): SlackApi {
  const post = client(options, { retryConfig: { retries: 0 }, timeout: 10_000 });
  const read = client(options, {
    retryConfig: { retries: 2, minTimeout: 200, maxTimeout: 1_000 },
    timeout: 10_000,
  });
  const interactive = client(options, { retryConfig: { retries: 0 }, timeout: 2_500 });

  return {
    async identity() {
      const res = await call(() => read.auth.test());
      const scopes = res.response_metadata?.scopes ?? [];
      return {
        teamId: String(res.team_id ?? ''),
        enterpriseId: res.enterprise_id ? String(res.enterprise_id) : undefined,
        botUserId: String(res.user_id ?? ''),
        botId: String(res.bot_id ?? ''),
        url: String(res.url ?? ''),
        scopes,
      };
    },
    post: (message) => call(() => sendMessage(post, message)),
    async update(channel, ts, message) {
      await call(() =>
        post.chat.update({ channel, ts, text: message.text, blocks: message.blocks as never[] }),
      );
    },
    async postPrivate(message) {
      await call(() =>
        post.chat.postEphemeral({
          channel: message.channel,
          user: message.user,
          text: message.text,
          ...(message.blocks ? { blocks: message.blocks as never[] } : {}),
          ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
        }),
      );
    },
    async openDm(user) {
      const res = await call(() => read.conversations.open({ users: user }));
      return String(res.channel?.id ?? '');
    },
    async openView(triggerId, view) {
      const res = await call(() => interactive.views.open({ trigger_id: triggerId, view: view as never }));
      return String(res.view?.id ?? '');
    },
    updateView: (id, hash, view) => call(() => updateView(interactive, id, hash, view)),
    publishView: (id, view) => call(() => publishView(post, id, view)),
    findByKey: (channel, threadTs, key, since) => call(() => findByKey(read, channel, threadTs, key, since)),
    user: (id) => call(() => user(read, id)),
    channel: (id) => call(() => channel(read, id)),
    message: (channelId, ts) => call(() => message(read, channelId, ts)),
    history: (channelId, oldest, threadTs, latest) =>
      call(() => history(read, channelId, oldest, threadTs, latest)),
    users: () => call(() => users(read)),
    channels: () => call(() => channels(read)),
    members: (id) => call(() => members(read, id)),
  };
}

function client(options: ClientOptions, extra: WebClientOptions): WebClient {
  return new WebClient(options.token, {
    ...(options.apiUrl ? { slackApiUrl: options.apiUrl } : {}),
    logger: options.logger,
    rejectRateLimitedCalls: true,
    ...extra,
  });
}

async function call<T>(fn: () => Promise<T>): Promise<T> {
  if (insideTransaction()) throw new WaitedInTransactionError('the Slack Web API');
  return fn();
}

async function updateView(
  web: WebClient,
  id: string,
  hash: string | undefined,
  view: unknown,
): Promise<void> {
  await web.views.update({ view_id: id, ...(hash ? { hash } : {}), view: view as never });
}

async function publishView(web: WebClient, id: string, view: unknown): Promise<void> {
  await web.views.publish({ user_id: id, view: view as never });
}

async function sendMessage(web: WebClient, message: SlackMessage): Promise<Sent> {
  const res = await web.chat.postMessage({
    channel: message.channel,
    text: message.text,
    ...(message.blocks ? { blocks: message.blocks as never[] } : {}),
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    metadata: { event_type: 'baton_post', event_payload: { key: message.key } },
    unfurl_links: false,
    unfurl_media: false,
  });
  return { channel: String(res.channel ?? message.channel), ts: String(res.ts ?? '') };
}

/** Looks for our own post by its metadata key, newest pages first back to `since` (wall ms). */
async function findByKey(
  web: WebClient,
  channelId: string,
  threadTs: string | undefined,
  key: string,
  since: number,
): Promise<Sent | undefined> {
  const oldest = (Math.max(0, since) / 1000).toFixed(6);
  let cursor: string | undefined;
  do {
    const page = {
      channel: channelId,
      include_all_metadata: true,
      inclusive: true,
      oldest,
      limit: PAGE,
      ...(cursor ? { cursor } : {}),
    };
    const res = threadTs
      ? await web.conversations.replies({ ...page, ts: threadTs })
      : await web.conversations.history(page);
    for (const found of res.messages ?? []) {
      const payload = (found as { metadata?: { event_payload?: { key?: string } } }).metadata?.event_payload;
      if (payload?.key === key && found.ts) return { channel: channelId, ts: found.ts };
    }
    cursor = res.response_metadata?.next_cursor || undefined;
  } while (cursor);
  return undefined;
}

async function user(web: WebClient, id: string): Promise<UserFacts> {
  const res = await web.users.info({ user: id });
  return userFacts(res.user);
}

async function channel(web: WebClient, id: string): Promise<ChannelFacts> {
  const res = await web.conversations.info({ channel: id });
  return channelFacts(res.channel, await members(web, id));
}

async function members(web: WebClient, id: string): Promise<string[]> {
  const all: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await web.conversations.members({ channel: id, limit: 1000, ...(cursor ? { cursor } : {}) });
    all.push(...(page.members ?? []));
    cursor = page.response_metadata?.next_cursor || undefined;
  } while (cursor);
  return all;
}

async function message(web: WebClient, channelId: string, ts: string): Promise<MessageFacts | undefined> {
  const window = { channel: channelId, oldest: ts, latest: ts, inclusive: true, limit: 1 };
  const inChannel = await web.conversations.history(window);
  const top = inChannel.messages?.find((m) => m.ts === ts);
  if (top) return messageFacts(channelId, top);
  // Replies are not in the history; asked by its own ts, Slack gives the thread that a reply stands in.
  const inThread = await web.conversations.replies({ channel: channelId, ts, limit: PAGE });
  const reply = inThread.messages?.find((m) => m.ts === ts);
  return reply ? messageFacts(channelId, reply) : undefined;
}

async function history(
  web: WebClient,
  channelId: string,
  oldest: string,
  threadTs?: string,
  latest?: string,
): Promise<HistoryMessage[]> {
  const all: HistoryMessage[] = [];
  let cursor: string | undefined;
  do {
    const window = { channel: channelId, oldest, ...(latest ? { latest } : {}) };
    const page = { ...window, limit: PAGE, ...(cursor ? { cursor } : {}) };
    const res = threadTs
      ? await web.conversations.replies({ ...page, ts: threadTs })
      : await web.conversations.history(page);
    for (const found of res.messages ?? []) all.push(historyMessage(found));
    cursor = res.response_metadata?.next_cursor || undefined;
  } while (cursor && all.length < HISTORY_MAX);
  return all.filter((m) => m.ts > oldest).sort((a, b) => (a.ts < b.ts ? -1 : 1));
}

async function users(web: WebClient): Promise<UserFacts[]> {
  const all: UserFacts[] = [];
  let cursor: string | undefined;
  do {
    const page = await web.users.list({ limit: PAGE, ...(cursor ? { cursor } : {}) });
    for (const member of page.members ?? []) all.push(userFacts(member));
    cursor = page.response_metadata?.next_cursor || undefined;
  } while (cursor);
  return all;
}

async function channels(web: WebClient): Promise<ListedChannel[]> {
  const all: ListedChannel[] = [];
  let cursor: string | undefined;
  do {
    const page = await web.conversations.list({
      types: 'public_channel,private_channel',
      limit: CHANNELS_PAGE,
      ...(cursor ? { cursor } : {}),
    });
    for (const found of page.channels ?? []) {
      if (found.id && found.name) all.push(listedChannel(found));
    }
    cursor = page.response_metadata?.next_cursor || undefined;
  } while (cursor);
  return all;
}
