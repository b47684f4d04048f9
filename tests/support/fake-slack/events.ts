/** The shapes of Events API payloads, and the rules for who hears of what. */
import type { Deliveries } from './deliveries.js';
import { SlackError } from './errors.js';
import type { Delivery, FakeChannel, FakeMessage, JsonObject } from './types.js';
import type { World } from './world.js';

export class Events {
  constructor(
    private readonly world: World,
    private readonly deliveries: Deliveries,
  ) {}

  /** Wraps an inner event the way Slack does. */
  envelope(event: JsonObject, overrides: JsonObject = {}): JsonObject {
    const { identity } = this.world;
    const channel = this.#channelOf(event);
    return {
      token: 'verification-token',
      team_id: identity.teamId,
      context_team_id: identity.teamId,
      context_enterprise_id: null,
      api_app_id: identity.appId,
      event,
      type: 'event_callback',
      event_id: newEventId(this.world),
      event_time: Math.floor(this.world.now() / 1000),
      authorizations: [
        {
          enterprise_id: null,
          team_id: identity.teamId,
          user_id: identity.botUserId,
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      is_ext_shared_channel: channel?.isExtShared ?? false,
      event_context: `4-fake-${this.world.serial()}`,
      ...overrides,
    };
  }

  /** Delivers any event, membership or not. */
  deliver(event: JsonObject, overrides?: JsonObject): Promise<Delivery> {
    return this.deliveries.event(this.envelope(event, overrides));
  }

  /** Delivers an event of a channel, if the bot is there to hear it. */
  async inChannel(channel: FakeChannel, event: JsonObject): Promise<Delivery> {
    const envelope = this.envelope(event);
    if (!channel.members.has(this.world.identity.botUserId))
      return this.deliveries.skip(envelope, 'the bot is not in the channel');
    return this.deliveries.event(envelope);
  }

  message(message: FakeMessage): Promise<Delivery> {
    const channel = this.world.channel(message.channel);
    return this.inChannel(channel, { ...this.messageEvent(message, channel), event_ts: message.ts });
  }

  mention(message: FakeMessage): Promise<Delivery> {
    const channel = this.world.channel(message.channel);
    const event = this.messageEvent(message, channel);
    delete event.channel_type;
    return this.inChannel(channel, { ...event, type: 'app_mention', event_ts: message.ts });
  }

  changed(message: FakeMessage, previous: FakeMessage): Promise<Delivery> {
    return this.#hidden(message, {
      subtype: 'message_changed',
      message: this.storedMessage(message),
      previous_message: this.storedMessage(previous),
    });
  }

  deletedMessage(message: FakeMessage): Promise<Delivery> {
    return this.#hidden(message, {
      subtype: 'message_deleted',
      deleted_ts: message.ts,
      previous_message: this.storedMessage(message),
    });
  }

  reaction(
    type: 'reaction_added' | 'reaction_removed',
    message: FakeMessage,
    user: string,
    name: string,
  ): Promise<Delivery> {
    return this.inChannel(this.world.channel(message.channel), {
      type,
      user,
      reaction: name,
      item: { type: 'message', channel: message.channel, ts: message.ts },
      ...(message.user === undefined ? {} : { item_user: message.user }),
      event_ts: this.world.nextTs(),
    });
  }

  membership(
    type: 'member_joined_channel' | 'member_left_channel',
    channel: FakeChannel,
    user: string,
    inviter?: string,
  ): Promise<Delivery> {
    return this.deliver({
      type,
      user,
      channel: channel.id,
      channel_type: channel.isPrivate ? 'G' : 'C',
      team: this.world.user(user).teamId,
      ...(inviter === undefined ? {} : { inviter }),
      event_ts: this.world.nextTs(),
    });
  }

  /** The event of a new message. */
  messageEvent(message: FakeMessage, channel: FakeChannel): JsonObject {
    const parent =
      message.thread_ts === undefined ? undefined : this.world.findMessage(channel.id, message.thread_ts);
    const root = parent && message.subtype === 'thread_broadcast' ? { root: this.storedMessage(parent) } : {};
    return { ...this.storedMessage(message), ...root, channel: channel.id, channel_type: channel.type };
  }

  /** A message as it stands in history, in events and in interaction payloads. */
  storedMessage(message: FakeMessage): JsonObject {
    const { channel: _channel, ephemeralTo: _ephemeralTo, deleted: _deleted, ...fields } = message;
    const channel = this.world.channel(message.channel);
    const author = message.user === undefined ? undefined : this.world.findUser(message.user);
    const shared =
      channel.isExtShared && author ? { user_team: author.teamId, source_team: author.teamId } : {};
    return { type: 'message', ...structuredClone(fields), ...this.#parentAuthor(message), ...shared };
  }

  #parentAuthor(message: FakeMessage): JsonObject {
    if (message.thread_ts === undefined || message.thread_ts === message.ts) return {};
    const author = this.world.findMessage(message.channel, message.thread_ts)?.user;
    return author === undefined ? {} : { parent_user_id: author };
  }

  /** An edit or a removal: an event without a user of its own, with a ts of its own. */
  #hidden(message: FakeMessage, fields: JsonObject): Promise<Delivery> {
    const channel = this.world.channel(message.channel);
    const ts = this.world.nextTs();
    return this.inChannel(channel, {
      type: 'message',
      ...fields,
      channel: channel.id,
      channel_type: channel.type,
      hidden: true,
      ts,
      event_ts: ts,
    });
  }

  #channelOf(event: JsonObject): FakeChannel | undefined {
    const item = event.item as JsonObject | undefined;
    const id = event.channel ?? item?.channel;
    return typeof id === 'string' ? this.world.channels.get(id) : undefined;
  }
}

/** Event ids never repeat. */
export function newEventId(world: World): string {
  return `Ev${String(world.serial()).padStart(9, '0')}`;
}

/** Finds a message or answers `message_not_found`. */
export function requireMessage(
  world: World,
  channel: FakeChannel,
  ts: string,
  code = 'message_not_found',
): FakeMessage {
  const found = world.findMessage(channel.id, ts);
  if (!found) throw new SlackError(code);
  return found;
}
