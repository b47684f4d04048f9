/** What Baton asks of Slack, in its own words; `client.ts` is the only one who speaks to it. */

export interface Identity {
  teamId: string;
  enterpriseId: string | undefined;
  botUserId: string;
  botId: string;
  /** Base address of the workspace, for permalinks. */
  url: string;
  scopes: string[];
}

export interface UserFacts {
  id: string;
  teamId: string | null;
  name: string;
  realName: string;
  email: string | null;
  zone: string | null;
  isBot: boolean;
  isGuest: boolean;
  /** A workspace admin or owner. */
  isAdmin: boolean;
  isDeleted: boolean;
  isStranger: boolean;
}

export interface ChannelFacts {
  id: string;
  name: string;
  /** Externally shared, or about to be. */
  isShared: boolean;
  isPrivate: boolean;
  isArchived: boolean;
  isMember: boolean;
  members: string[];
}

/** A channel as lists of them describe it. */
export interface ListedChannel extends Omit<ChannelFacts, 'members'> {
  /** Who made it; a user id. */
  creator: string | null;
}

export interface MessageFacts {
  channel: string;
  ts: string;
  threadTs: string | null;
  user: string | null;
  botId: string | null;
  text: string;
  /** Names and permalinks of files, never their content. */
  files: { name: string; permalink: string | null }[];
}

export interface SlackMessage {
  channel: string;
  threadTs?: string | undefined;
  text: string;
  blocks?: unknown[] | undefined;
  /** Goes out as metadata, so that a post of unknown outcome can be found again. */
  key: string;
}

export interface Sent {
  channel: string;
  ts: string;
}

/** A message as the history gives it, for catching up. */
export interface HistoryMessage {
  ts: string;
  threadTs: string | null;
  /** As an event would have brought it. */
  raw: Record<string, unknown>;
  editedTs: string | null;
  reactions: { name: string; users: string[] }[];
  latestReply: string | null;
}

/** Every method rejects with what the Web API client throws; `errors.ts` classes it. */
export interface SlackApi {
  identity(): Promise<Identity>;
  post(message: SlackMessage): Promise<Sent>;
  update(channel: string, ts: string, message: { text: string; blocks: unknown[] }): Promise<void>;
  postPrivate(message: {
    channel: string;
    user: string;
    threadTs?: string | undefined;
    text: string;
    blocks?: unknown[] | undefined;
  }): Promise<void>;
  openDm(user: string): Promise<string>;
  /** @returns the id of the view */
  openView(triggerId: string, view: unknown): Promise<string>;
  updateView(viewId: string, hash: string | undefined, view: unknown): Promise<void>;
  /** Puts a Home tab before one person; the same again changes nothing. */
  publishView(user: string, view: unknown): Promise<void>;
  findByKey(
    channel: string,
    threadTs: string | undefined,
    key: string,
    since: number,
  ): Promise<Sent | undefined>;
  user(id: string): Promise<UserFacts>;
  channel(id: string): Promise<ChannelFacts>;
  message(channel: string, ts: string): Promise<MessageFacts | undefined>;
  /** Messages of a channel, or of a thread, later than `oldest` and earlier than `latest` (ts), oldest first. */
  history(channel: string, oldest: string, threadTs?: string, latest?: string): Promise<HistoryMessage[]>;
  users(): Promise<UserFacts[]>;
  /** Channels that Baton can see, archived ones too: public ones, and private ones that it is in. Nobody's members. */
  channels(): Promise<ListedChannel[]>;
  /** Who is in a channel; user ids. */
  members(channel: string): Promise<string[]>;
}
