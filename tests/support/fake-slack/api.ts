/** The whole of what a test can see and do. */
import type { FaultPlan } from './faults.js';
import type {
  ApiCall,
  Delivery,
  DisconnectOptions,
  DrainOptions,
  FakeChannel,
  FakeMessage,
  FakeUser,
  FieldValue,
  Interaction,
  JsonObject,
  NewChannel,
  NewUser,
  PostOptions,
  PressOptions,
  View,
} from './types.js';

export interface FakeSlack {
  readonly url: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly teamId: string;
  readonly botUserId: string;
  readonly botId: string;
  readonly appId: string;
  stop(): Promise<void>;

  addUser(user: NewUser): FakeUser;
  addChannel(channel: NewChannel): FakeChannel;
  channel(idOrName: string): FakeChannel;
  user(idOrName: string): FakeUser;
  /** The direct message channel between the bot and a user, opened if need be. */
  dm(user: string): FakeChannel;
  addUsergroup(group: { id: string; handle: string; name: string; users: string[] }): void;
  messages(channel: string): FakeMessage[];
  ephemerals(): FakeMessage[];
  log: ApiCall[];
  calls(method: string): ApiCall[];
  deliveries: Delivery[];
  violations: string[];
  openViews(user: string): View[];
  home(user: string): View | undefined;
  revokeToken(): void;
  restoreToken(): void;

  post(
    channel: string,
    user: string,
    text: string,
    opts?: PostOptions,
  ): Promise<{ ts: string; delivery: Delivery; mention?: Delivery }>;
  edit(channel: string, ts: string, text: string): Promise<Delivery>;
  remove(channel: string, ts: string): Promise<Delivery>;
  /** Slack adds a link preview: `message_changed` with the text as it was. */
  unfurl(channel: string, ts: string, attachment?: JsonObject): Promise<Delivery>;
  react(channel: string, ts: string, user: string, name: string): Promise<Delivery>;
  unreact(channel: string, ts: string, user: string, name: string): Promise<Delivery>;
  /** Someone (or the bot) joins or leaves; sends member_joined_channel / member_left_channel. */
  join(channel: string, user: string): Promise<Delivery>;
  leave(channel: string, user: string): Promise<Delivery>;
  openHome(user: string): Promise<Delivery>;
  command(user: string, channel: string, command: string, text: string): Promise<Interaction>;
  press(
    user: string,
    channel: string,
    ts: string,
    actionId: string,
    opts?: PressOptions,
  ): Promise<Interaction>;
  pressInView(user: string, actionId: string, opts?: PressOptions): Promise<Interaction>;
  pressInHome(user: string, actionId: string, opts?: PressOptions): Promise<Interaction>;
  /** Types into the open modal without sending anything. */
  fillView(user: string, values: Record<string, FieldValue>): Promise<void>;
  submitView(
    user: string,
    values?: Record<string, FieldValue>,
    opts?: { force?: boolean },
  ): Promise<Interaction>;
  closeView(user: string, opts?: { clear?: boolean }): Promise<Interaction | undefined>;
  /** Asks the app for the options of an external select, as typing into it does. */
  suggest(
    user: string,
    actionId: string,
    query: string,
    at?: { channel: string; ts: string },
  ): Promise<JsonObject[]>;
  messageShortcut(user: string, channel: string, ts: string, callbackId: string): Promise<Interaction>;
  globalShortcut(user: string, callbackId: string): Promise<Interaction>;
  deliverEvent(innerEvent: JsonObject, envelopeOverrides?: JsonObject): Promise<Delivery>;
  deliverRaw(envelope: JsonObject): Promise<{ acked: boolean; ackPayload?: unknown; ackMs: number }>;

  connections(): number;
  deliverOver(mode: 'socket' | { url: string }): void;
  verifyUrl(): Promise<{ status: number; body: string; ok: boolean }>;
  disconnectAll(opts?: DisconnectOptions): void;
  faults: FaultPlan;
  waitFor(predicate: () => unknown, what: string, timeoutMs?: number): Promise<void>;
  drainDeliveries(opts?: DrainOptions): Promise<void>;
}
