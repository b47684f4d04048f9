import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import type {
  ChannelFacts,
  HistoryMessage,
  Identity,
  MessageFacts,
  SlackApi,
  SlackMessage,
  UserFacts,
} from '../../src/slack/api.js';

export const OUR_TEAM = 'TOURS';

/** A call that Slack was asked for, as far as tests look at it. */
export interface PaperCall {
  method: keyof SlackApi;
  channel?: string;
  ts?: string;
  user?: string;
  text?: string;
  threadTs?: string | undefined;
}

export interface PaperMessage extends SlackMessage {
  ts: string;
}

/** What goes wrong with one call; `after` means that Slack did it all the same. */
interface Trouble {
  error: Error;
  after: boolean;
  where: (call: PaperCall) => boolean;
}

/** A Slack that only remembers: no wire, no limits of its own, and it fails when told to. */
export class PaperSlack implements SlackApi {
  readonly calls: PaperCall[] = [];
  readonly messages: PaperMessage[] = [];
  readonly whispers: { user: string; channel: string; text: string; blocks: unknown }[] = [];
  readonly knownUsers = new Map<string, UserFacts>();
  readonly knownChannels = new Map<string, ChannelFacts>();
  /** Posts that the look-up does not find, by key. */
  readonly hidden = new Set<string>();
  private readonly troubles: Trouble[] = [];
  private serial = 0;

  constructor(private readonly nextTs: () => string) {}

  addUser(name: string, more: Partial<UserFacts> = {}): void {
    const id = `U${name.toUpperCase()}`;
    this.knownUsers.set(id, {
      id,
      teamId: OUR_TEAM,
      name,
      realName: name,
      email: null,
      zone: 'Europe/Berlin',
      isBot: false,
      isGuest: false,
      isAdmin: false,
      isDeleted: false,
      isStranger: false,
      ...more,
    });
  }

  addChannel(name: string, members: readonly string[], more: Partial<ChannelFacts> = {}): void {
    const id = `C${name.toUpperCase().replaceAll('-', '')}`;
    this.knownChannels.set(id, {
      id,
      name,
      isShared: false,
      isPrivate: false,
      isArchived: false,
      isMember: true,
      members: members.map((member) => `U${member.toUpperCase()}`),
      ...more,
    });
  }

  /** Has the next fitting call of a method fail. */
  fail(method: keyof SlackApi, error: Error, more: { after?: boolean; channel?: string } = {}): void {
    const { after = false, channel } = more;
    this.troubles.push({
      error,
      after,
      where: (call) => call.method === method && (channel === undefined || call.channel === channel),
    });
  }

  posts(channel?: string): PaperMessage[] {
    return this.messages.filter((message) => channel === undefined || message.channel === channel);
  }

  callsOf(method: keyof SlackApi): PaperCall[] {
    return this.calls.filter((call) => call.method === method);
  }

  private async did<T>(call: PaperCall, effect: () => T): Promise<T> {
    this.calls.push(call);
    const index = this.troubles.findIndex((trouble) => trouble.where(call));
    const [trouble] = index === -1 ? [] : this.troubles.splice(index, 1);
    if (trouble && !trouble.after) throw trouble.error;
    const result = effect();
    if (trouble) throw trouble.error;
    return result;
  }

  async identity(): Promise<Identity> {
    return {
      teamId: OUR_TEAM,
      enterpriseId: undefined,
      botUserId: 'UBATON',
      botId: 'BBATON',
      url: 'https://ours.slack.com/',
      scopes: [],
    };
  }

  post(message: SlackMessage) {
    const { channel, text, threadTs } = message;
    return this.did({ method: 'post', channel, text, threadTs }, () => {
      const ts = this.nextTs();
      this.messages.push({ ...message, ts });
      return { channel, ts };
    });
  }

  update(channel: string, ts: string, message: { text: string; blocks: unknown[] }) {
    return this.did({ method: 'update', channel, ts, text: message.text }, () => {
      const found = this.messages.find((one) => one.channel === channel && one.ts === ts);
      if (!found) throw platformError('message_not_found');
      Object.assign(found, message);
    });
  }

  postPrivate(message: {
    channel: string;
    user: string;
    threadTs?: string | undefined;
    text: string;
    blocks?: unknown;
  }) {
    const { channel, user, text, threadTs } = message;
    return this.did({ method: 'postPrivate', channel, user, text, threadTs }, () => {
      this.whispers.push({ channel, user, text, blocks: message.blocks });
    });
  }

  openDm(user: string) {
    return this.did({ method: 'openDm', user, channel: `D${user}` }, () => `D${user}`);
  }

  openView(triggerId: string) {
    return this.did({ method: 'openView', text: triggerId }, () => `V${triggerId}`);
  }

  updateView(viewId: string) {
    return this.did({ method: 'updateView', text: viewId }, () => undefined);
  }

  /** What stands in Home, by person, and how often it was published. */
  readonly homes = new Map<string, unknown>();

  publishView(user: string, view: unknown) {
    return this.did({ method: 'publishView', user, text: JSON.stringify(view) }, () => {
      this.homes.set(user, view);
    });
  }

  findByKey(channel: string, threadTs: string | undefined, key: string) {
    return this.did({ method: 'findByKey', channel, text: key, threadTs }, () => {
      const found = this.messages.find((one) => one.channel === channel && one.key === key);
      return found && !this.hidden.has(key) ? { channel, ts: found.ts } : undefined;
    });
  }

  user(id: string) {
    return this.did({ method: 'user', user: id }, () => known(this.knownUsers, id, 'user_not_found'));
  }

  channel(id: string) {
    return this.did({ method: 'channel', channel: id }, () =>
      known(this.knownChannels, id, 'channel_not_found'),
    );
  }

  message(channel: string, ts: string): Promise<MessageFacts | undefined> {
    return this.did({ method: 'message', channel, ts }, () => undefined);
  }

  /** What stood in channels before, for reading back; a reply has the thread that it stands in. */
  readonly past: { channel: string; message: HistoryMessage }[] = [];

  history(channel: string, oldest: string, threadTs?: string, latest = '9') {
    return this.did({ method: 'history', channel, ts: oldest, threadTs }, () =>
      this.past
        .filter((one) => one.channel === channel && one.message.ts > oldest && one.message.ts < latest)
        .map(({ message }) => message)
        .filter((m) =>
          threadTs === undefined ? m.threadTs === null || m.threadTs === m.ts : m.threadTs === threadTs,
        )
        .sort((a, b) => (a.ts < b.ts ? -1 : 1)),
    );
  }

  users() {
    return this.did({ method: 'users' }, () => [...this.knownUsers.values()]);
  }

  channels() {
    return this.did({ method: 'channels' }, () =>
      [...this.knownChannels.values()].map(({ members, ...facts }) => ({
        ...facts,
        creator: members[0] ?? null,
      })),
    );
  }

  members(channel: string) {
    return this.did(
      { method: 'members', channel },
      () => known(this.knownChannels, channel, 'channel_not_found').members,
    );
  }

  /** A number that never repeats. */
  next(): number {
    this.serial += 1;
    return this.serial;
  }
}

function known<T>(map: Map<string, T>, id: string, code: string): T {
  const found = map.get(id);
  if (!found) throw platformError(code);
  return structuredClone(found);
}

/** `ok: false` with a code. */
export function platformError(code: string): Error {
  return new WebAPIPlatformError({ ok: false, error: code });
}

/** HTTP 429 with Retry-After. */
export function rateLimited(seconds: number): Error {
  return new WebAPIRateLimitedError(seconds);
}

/** HTTP 500: nobody knows what became of it. */
export function serverError(): Error {
  return new WebAPIHTTPError(500, 'Internal Server Error', {});
}
