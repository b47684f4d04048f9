/** Everything the workspace remembers: people, channels, messages. No protocol in here. */
import type { Block, FakeChannel, FakeMessage, FakeUser, Identity, NewChannel, NewUser } from './types.js';

export interface Usergroup {
  id: string;
  handle: string;
  name: string;
  users: string[];
}

export class World {
  readonly users = new Map<string, FakeUser>();
  readonly channels = new Map<string, FakeChannel>();
  readonly usergroups: Usergroup[] = [];
  readonly ephemerals: FakeMessage[] = [];
  readonly #messages = new Map<string, FakeMessage[]>();
  /** Earlier blocks of each message, for people who press what their screen still shows. */
  readonly #pastBlocks = new Map<string, Block[][]>();
  readonly #removed = new Map<string, FakeMessage>();
  #lastMicros = 0;
  #serial = 0;

  constructor(
    readonly identity: Identity,
    readonly now: () => number,
  ) {
    this.addUser({ id: identity.botUserId, name: 'baton', realName: 'Baton', isBot: true });
    // Slack says of its own bot that it is none.
    this.addUser({ id: 'USLACKBOT', name: 'slackbot', realName: 'Slackbot', isBot: false });
  }

  /** A number that never repeats in this workspace. */
  serial(): number {
    this.#serial += 1;
    return this.#serial;
  }

  /** The next message timestamp: the clock's, pushed on by a microsecond when it stands still. */
  nextTs(): string {
    const micros = Math.max(Math.floor(this.now() * 1000), this.#lastMicros + 1);
    this.#lastMicros = micros;
    const seconds = Math.floor(micros / 1_000_000);
    return `${seconds}.${String(micros % 1_000_000).padStart(6, '0')}`;
  }

  addUser(user: NewUser): FakeUser {
    const id = user.id ?? this.#freeId('U', user.name, (candidate) => this.users.has(candidate));
    const record: FakeUser = {
      ...user,
      id,
      realName: user.realName ?? user.name,
      teamId: user.teamId ?? this.identity.teamId,
      tz: user.tz ?? 'Europe/Berlin',
    };
    this.users.set(id, record);
    return record;
  }

  addChannel(channel: NewChannel): FakeChannel {
    const id = channel.id ?? this.#freeId('C', channel.name, (candidate) => this.channels.has(candidate));
    const members = new Set((channel.members ?? []).map((member) => this.user(member).id));
    if (channel.botMember !== false) members.add(this.identity.botUserId);
    const record: FakeChannel = {
      id,
      name: channel.name,
      type: channel.isPrivate ? 'group' : 'channel',
      isPrivate: channel.isPrivate ?? false,
      isExtShared: channel.isExtShared ?? false,
      isPendingExtShared: channel.isPendingExtShared ?? false,
      isOrgShared: channel.isOrgShared ?? false,
      isArchived: channel.isArchived ?? false,
      members,
      created: Math.floor(this.now() / 1000),
    };
    this.channels.set(id, record);
    return record;
  }

  /** The direct conversation of the bot with these users, created on first use. */
  openDm(userIds: string[]): { channel: FakeChannel; alreadyOpen: boolean } {
    const wanted = [...new Set([...userIds, this.identity.botUserId])].sort().join();
    for (const channel of this.channels.values()) {
      const direct = channel.type === 'im' || channel.type === 'mpim';
      if (direct && [...channel.members].sort().join() === wanted) return { channel, alreadyOpen: true };
    }
    const single = userIds.length === 1;
    const names = userIds.map((id) => this.user(id).name);
    const channel = this.addChannel({
      id: this.#freeId(single ? 'D' : 'G', names.join(''), (candidate) => this.channels.has(candidate)),
      name: single ? userIds.join() : `mpdm-${names.join('--')}-1`,
      isPrivate: true,
      members: userIds,
    });
    channel.type = single ? 'im' : 'mpim';
    return { channel, alreadyOpen: false };
  }

  findUser(idOrName: string): FakeUser | undefined {
    const name = idOrName.replace(/^@/, '');
    return this.users.get(idOrName) ?? [...this.users.values()].find((user) => user.name === name);
  }

  findChannel(idOrName: string): FakeChannel | undefined {
    const name = idOrName.replace(/^#/, '');
    return (
      this.channels.get(idOrName) ?? [...this.channels.values()].find((channel) => channel.name === name)
    );
  }

  user(idOrName: string): FakeUser {
    const found = this.findUser(idOrName);
    if (!found)
      throw new Error(
        `fake Slack: no user "${idOrName}"; known: ${[...this.users.values()].map((u) => u.name).join(', ')}`,
      );
    return found;
  }

  channel(idOrName: string): FakeChannel {
    const found = this.findChannel(idOrName);
    if (!found)
      throw new Error(
        `fake Slack: no channel "${idOrName}"; known: ${[...this.channels.values()].map((c) => c.name).join(', ')}`,
      );
    return found;
  }

  messagesOf(channelId: string): FakeMessage[] {
    let list = this.#messages.get(channelId);
    if (!list) {
      list = [];
      this.#messages.set(channelId, list);
    }
    return list;
  }

  store(message: FakeMessage): FakeMessage {
    const list = this.messagesOf(message.channel);
    const index = list.findIndex((other) => other.ts > message.ts);
    if (index === -1) list.push(message);
    else list.splice(index, 0, message);
    const parent =
      message.thread_ts === undefined ? undefined : this.findMessage(message.channel, message.thread_ts);
    if (parent && parent !== message) this.#countReply(parent, message);
    return message;
  }

  storeEphemeral(message: FakeMessage): FakeMessage {
    this.ephemerals.push(message);
    return message;
  }

  findMessage(channelId: string, ts: string): FakeMessage | undefined {
    return this.messagesOf(channelId).find((message) => message.ts === ts);
  }

  findRemoved(channelId: string, ts: string): FakeMessage | undefined {
    return this.#removed.get(`${channelId}:${ts}`);
  }

  repliesTo(channelId: string, ts: string): FakeMessage[] {
    return this.messagesOf(channelId).filter((message) => message.thread_ts === ts && message.ts !== ts);
  }

  replaceBlocks(message: FakeMessage, blocks: Block[] | undefined): void {
    if (message.blocks) {
      const key = `${message.channel}:${message.ts}`;
      this.#pastBlocks.set(key, [...(this.#pastBlocks.get(key) ?? []), message.blocks]);
    }
    if (blocks && blocks.length > 0) message.blocks = blocks;
    else delete message.blocks;
  }

  pastBlocks(channelId: string, ts: string): Block[][] {
    return this.#pastBlocks.get(`${channelId}:${ts}`) ?? [];
  }

  removeMessage(message: FakeMessage): void {
    message.deleted = true;
    this.#removed.set(`${message.channel}:${message.ts}`, message);
    const list = this.messagesOf(message.channel);
    const index = list.indexOf(message);
    if (index !== -1) list.splice(index, 1);
    const at = this.ephemerals.indexOf(message);
    if (at !== -1) this.ephemerals.splice(at, 1);
  }

  #countReply(parent: FakeMessage, reply: FakeMessage): void {
    const author = reply.user ?? reply.bot_id ?? '';
    parent.thread_ts = parent.ts;
    parent.reply_count = (parent.reply_count ?? 0) + 1;
    parent.reply_users = [...new Set([...(parent.reply_users ?? []), author])];
    parent.latest_reply = reply.ts;
  }

  #freeId(prefix: string, name: string, taken: (id: string) => boolean): string {
    const stem = `${prefix}${name.toUpperCase().replace(/[^A-Z0-9]/g, '')}`.slice(0, 16);
    let id = stem;
    for (let n = 2; taken(id) || id.length < 2; n += 1) id = `${stem}${n}`;
    return id;
  }
}
