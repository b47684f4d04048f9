/** What people do that reaches the app as events: posts, edits, reactions, coming and going. */
import type { Core } from './core.js';
import { changeReaction } from './methods/people.js';
import type { Delivery, FakeMessage, JsonObject, PostOptions } from './types.js';

export class People {
  constructor(private readonly core: Core) {}

  async post(
    channelRef: string,
    userRef: string,
    text: string,
    opts: PostOptions = {},
  ): Promise<{ ts: string; delivery: Delivery; mention?: Delivery }> {
    const { world, events, identity } = this.core;
    const user = world.user(userRef);
    const channel = world.channel(channelRef);
    // An upload is a message with a subtype of its own, which bots are tempted to ignore.
    const subtype = opts.subtype ?? (opts.files ? 'file_share' : undefined);
    const message: FakeMessage = {
      channel: channel.id,
      ts: opts.ts ?? world.nextTs(),
      user: user.id,
      text: slackText(text),
      team: user.teamId,
      ...(user.isBot ? { bot_id: `B${user.id.slice(1)}` } : { client_msg_id: `msg-${world.serial()}` }),
      ...(opts.threadTs === undefined ? {} : { thread_ts: opts.threadTs }),
      ...(subtype === undefined ? {} : { subtype }),
      ...(opts.files === undefined ? {} : { files: opts.files }),
      ...(opts.blocks === undefined ? {} : { blocks: opts.blocks }),
    };
    world.store(message);
    const mentioned = message.text.includes(`<@${identity.botUserId}>`) && channel.type !== 'im';
    const [delivery, mention] = await Promise.all([
      events.message(message),
      mentioned ? events.mention(message) : undefined,
    ]);
    return { ts: message.ts, delivery, ...(mention ? { mention } : {}) };
  }

  edit(channelRef: string, ts: string, text: string): Promise<Delivery> {
    const message = this.#message(channelRef, ts);
    const previous = structuredClone(message);
    message.text = slackText(text);
    message.edited = { user: message.user ?? '', ts: this.core.world.nextTs() };
    return this.core.events.changed(message, previous);
  }

  /** Deletes a message; a parent with replies stays behind as a tombstone. */
  remove(channelRef: string, ts: string): Promise<Delivery> {
    const message = this.#message(channelRef, ts);
    const { world, events } = this.core;
    if (world.repliesTo(message.channel, ts).length === 0) {
      world.removeMessage(message);
      return events.deletedMessage(message);
    }
    const previous = structuredClone(message);
    world.replaceBlocks(message, undefined);
    for (const field of ['files', 'attachments', 'reactions', 'metadata', 'bot_id', 'app_id'] as const)
      delete message[field];
    Object.assign(message, {
      subtype: 'tombstone',
      text: 'This message was deleted.',
      user: 'USLACKBOT',
      deleted: true,
    });
    return events.changed(message, previous);
  }

  unfurl(
    channelRef: string,
    ts: string,
    attachment: JsonObject = { id: 1, title: 'A page', from_url: 'https://example.com/' },
  ): Promise<Delivery> {
    const message = this.#message(channelRef, ts);
    const previous = structuredClone(message);
    message.attachments = [...(message.attachments ?? []), attachment];
    return this.core.events.changed(message, previous);
  }

  react(channelRef: string, ts: string, userRef: string, name: string): Promise<Delivery> {
    return this.#changeReaction(channelRef, ts, userRef, name, 'add');
  }

  unreact(channelRef: string, ts: string, userRef: string, name: string): Promise<Delivery> {
    return this.#changeReaction(channelRef, ts, userRef, name, 'remove');
  }

  join(channelRef: string, userRef: string): Promise<Delivery> {
    const { world, events } = this.core;
    const channel = world.channel(channelRef);
    const user = world.user(userRef);
    channel.members.add(user.id);
    return events.membership('member_joined_channel', channel, user.id);
  }

  leave(channelRef: string, userRef: string): Promise<Delivery> {
    const { world, events } = this.core;
    const channel = world.channel(channelRef);
    const user = world.user(userRef);
    channel.members.delete(user.id);
    return events.membership('member_left_channel', channel, user.id);
  }

  openHome(userRef: string): Promise<Delivery> {
    const { world, events, views } = this.core;
    const user = world.user(userRef);
    const view = views.home(user.id);
    return events.deliver({
      type: 'app_home_opened',
      user: user.id,
      channel: world.openDm([user.id]).channel.id,
      tab: 'home',
      ...(view ? { view: structuredClone(view) } : {}),
      event_ts: world.nextTs(),
    });
  }

  #changeReaction(
    channelRef: string,
    ts: string,
    userRef: string,
    name: string,
    change: 'add' | 'remove',
  ): Promise<Delivery> {
    const message = this.#message(channelRef, ts);
    const user = this.core.world.user(userRef);
    changeReaction(message, user.id, name, change);
    return this.core.events.reaction(
      change === 'add' ? 'reaction_added' : 'reaction_removed',
      message,
      user.id,
      name,
    );
  }

  #message(channelRef: string, ts: string): FakeMessage {
    const channel = this.core.world.channel(channelRef);
    const found = this.core.world.findMessage(channel.id, ts);
    if (!found) throw new Error(`fake Slack: no message ${ts} in #${channel.name}`);
    return found;
  }
}

const CONTROL = /(<(?:[@#!][^<>\s]*|(?:https?:\/\/|mailto:)[^<>]*)>)/;
const BARE_URL = /https?:\/\/[^\s<>]+[^\s<>.,;:!?)]/g;

/**
 * What Slack makes of typed text: `&`, `<` and `>` become entities, addresses become links.
 * Mentions and links written as control sequences stay, since people pick those from a menu.
 */
export function slackText(typed: string): string {
  return typed
    .split(CONTROL)
    .map((part, index) =>
      index % 2 === 1 ? part : escapeEntities(part).replace(BARE_URL, (url) => `<${url}>`),
    )
    .join('');
}

function escapeEntities(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
