/** The public vocabulary of the fake Slack: what tests see and pass in. */

export interface FakeSlackOptions {
  teamId?: string;
  botUserId?: string;
  botId?: string;
  appId?: string;
  signingSecret?: string;
  /** Wall time in ms: message timestamps, trigger and response_url expiry, rate buckets. */
  now?: () => number;
  /** Time put under HTTP signatures. Real time unless given, because receivers compare it with theirs. */
  signatureNow?: () => number;
  seed?: number;
  ackTimeoutMs?: number;
  triggerTtlMs?: number;
  retryDelaysMs?: number[];
  scopes?: string[];
  /** How often each socket is pinged, in real ms. */
  pingIntervalMs?: number;
}

/** Who the app is in this workspace. */
export interface Identity {
  teamId: string;
  botUserId: string;
  botId: string;
  appId: string;
  botToken: string;
  appToken: string;
  signingSecret: string;
}

export interface NewUser {
  id?: string;
  name: string;
  realName?: string;
  email?: string;
  teamId?: string;
  isBot?: boolean;
  isAdmin?: boolean;
  isOwner?: boolean;
  isRestricted?: boolean;
  isStranger?: boolean;
  deleted?: boolean;
  tz?: string;
}

/** A live record: change a field and Slack's answers change with it. */
export interface FakeUser extends NewUser {
  id: string;
  realName: string;
  teamId: string;
  tz: string;
}

export interface NewChannel {
  id?: string;
  name: string;
  isPrivate?: boolean;
  isExtShared?: boolean;
  isPendingExtShared?: boolean;
  isOrgShared?: boolean;
  isArchived?: boolean;
  /** User ids or names. The bot is a member unless `botMember: false`. */
  members?: string[];
  botMember?: boolean;
}

export type ChannelType = 'channel' | 'group' | 'im' | 'mpim';

/** A live record: change a field or the member set and Slack's answers change with it. */
export interface FakeChannel {
  id: string;
  name: string;
  type: ChannelType;
  isPrivate: boolean;
  isExtShared: boolean;
  isPendingExtShared: boolean;
  isOrgShared: boolean;
  isArchived: boolean;
  members: Set<string>;
  created: number;
}

export type Block = { type: string; block_id?: string; [field: string]: unknown };
export type JsonObject = Record<string, unknown>;

export interface MessageMetadata {
  event_type: string;
  event_payload: JsonObject;
}

export interface Reaction {
  name: string;
  users: string[];
  count: number;
}

export interface FakeMessage {
  channel: string;
  ts: string;
  thread_ts?: string;
  user?: string;
  bot_id?: string;
  app_id?: string;
  team?: string;
  client_msg_id?: string;
  subtype?: string;
  text: string;
  blocks?: Block[];
  attachments?: JsonObject[];
  files?: JsonObject[];
  metadata?: MessageMetadata;
  edited?: { user: string; ts: string };
  deleted?: boolean;
  ephemeralTo?: string;
  reactions?: Reaction[];
  reply_count?: number;
  reply_users?: string[];
  latest_reply?: string;
}

/** A modal or Home view as Slack describes it to the app. */
export interface View {
  id: string;
  team_id: string;
  type: 'modal' | 'home';
  blocks: Block[];
  private_metadata: string;
  callback_id: string;
  external_id: string;
  state: { values: StateValues };
  hash: string;
  title?: JsonObject;
  submit?: JsonObject | null;
  close?: JsonObject | null;
  clear_on_close: boolean;
  notify_on_close: boolean;
  previous_view_id: string | null;
  root_view_id: string;
  app_id: string;
  app_installed_team_id: string;
  bot_id: string;
}

export type StateEntry = { type: string; [field: string]: unknown };
export type StateValues = Record<string, Record<string, StateEntry>>;

export interface ApiCall {
  /** By the injected clock. */
  at: number;
  seq: number;
  method: string;
  /** Arguments after decoding, without the token. */
  args: JsonObject;
  /** HTTP status; 0 when no answer was given. */
  status: number;
  response: unknown;
  fault?: string;
}

/** One event on its way to the app. The record stays live: retries update it. */
export interface Delivery {
  eventId: string;
  eventType: string;
  envelope: JsonObject;
  acked: boolean;
  ackPayload?: unknown;
  ackMs: number;
  attempts: number;
  /** The fault that disturbed it, if any. */
  fault?: string;
  /** Why nothing was sent, e.g. the bot is not in the channel. */
  skipped?: string;
  /** Resolves when it was acked, or when the last retry failed. */
  settled: Promise<void>;
}

export interface Interaction {
  acked: boolean;
  ackPayload: unknown;
  ackMs: number;
  triggerId: string;
  /** Live: answers sent to the response_url later are added. */
  responseUrlMessages: unknown[];
  responseUrl?: string;
  /** What Slack would have shown the user as trouble with the app. */
  problem?: string;
  /** `response_action: errors`, by block_id. */
  viewErrors?: Record<string, string>;
}

export interface PostOptions {
  threadTs?: string;
  subtype?: string;
  files?: JsonObject[];
  ts?: string;
  blocks?: Block[];
}

export interface PressOptions {
  value?: string;
  /** Option by value or by text; a list for multi selects and checkboxes. */
  selected?: string | string[];
  blockId?: string;
  /** Press what an earlier version of the message (or a deleted one) still shows on a slow screen. */
  stale?: boolean;
}

export type FieldValue =
  | string
  | number
  | string[]
  | null
  | { selected: string | string[] | null }
  | { value: string | null }
  | { option: JsonObject };

export interface DisconnectOptions {
  reason?: 'warning' | 'refresh_requested' | 'link_disabled' | 'too_many_websockets';
  /** Cut the TCP connection without a close frame. */
  hard?: boolean;
}

export interface DrainOptions {
  /** Run what is scheduled for later (retries in 60 s, late copies) at once. Default true. */
  hurry?: boolean;
  timeoutMs?: number;
}
