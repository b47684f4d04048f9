import type { Args } from '../args.js';
import { type Content, isEmpty, readContent } from '../content.js';
import type { Core } from '../core.js';
import { SlackError } from '../errors.js';
import { requireMessage } from '../events.js';
import type { FakeChannel, FakeMessage } from '../types.js';
import { type Method, needMembership, needScope, visibleChannel } from './method.js';

const MOST_TEXT = 40_000;
const MOST_UPDATE_TEXT = 4000;

const postMessage: Method = (core, args) => {
  needScope(core, 'chat:write');
  const channel = destination(core, args);
  const content = readContent(core, args);
  if (isEmpty(content)) throw new SlackError('no_text');
  const warnings = truncate(content);
  const message = core.world.store(botMessage(core, channel, content, threadOf(core, channel, args)));
  if (args.flag('reply_broadcast') && message.thread_ts) message.subtype = 'thread_broadcast';
  void core.events.message(message);
  return {
    channel: channel.id,
    ts: message.ts,
    message: core.events.storedMessage(message),
    ...(warnings.length > 0 ? { warning: warnings.join(), response_metadata: { warnings } } : {}),
  };
};

const update: Method = (core, args) => {
  needScope(core, 'chat:write');
  const message = ownMessage(core, args, 'cant_update_message');
  if (core.world.channel(message.channel).isArchived) throw new SlackError('is_inactive');
  const content = readContent(core, args);
  if (isEmpty(content)) throw new SlackError('no_text');
  if ((content.text?.length ?? 0) > MOST_UPDATE_TEXT) throw new SlackError('msg_too_long');
  const previous = structuredClone(message);
  message.text = content.text ?? '';
  // Text alone takes the blocks away; so do explicitly empty blocks.
  core.world.replaceBlocks(message, content.blocks);
  if (content.attachments) message.attachments = content.attachments;
  if (content.metadata === null) delete message.metadata;
  else if (content.metadata) message.metadata = content.metadata;
  // The "edited" mark is shown for plain text only.
  if (!message.blocks) message.edited = { user: core.identity.botUserId, ts: core.world.nextTs() };
  void core.events.changed(message, previous);
  return {
    channel: message.channel,
    ts: message.ts,
    text: message.text,
    message: core.events.storedMessage(message),
  };
};

const remove: Method = (core, args) => {
  needScope(core, 'chat:write');
  const message = ownMessage(core, args, 'cant_delete_message');
  core.world.removeMessage(message);
  void core.events.deletedMessage(message);
  return { channel: message.channel, ts: message.ts };
};

const postEphemeral: Method = (core, args) => {
  needScope(core, 'chat:write');
  const channel = visibleChannel(core, args);
  const user = core.world.findUser(args.required('user', 'user_not_in_channel'));
  if (!user || user.deleted || !channel.members.has(user.id)) throw new SlackError('user_not_in_channel');
  if (channel.isArchived) throw new SlackError('is_archived');
  needMembership(core, channel);
  const content = readContent(core, args);
  if (isEmpty(content)) throw new SlackError('no_text');
  if (content.attachments?.some((one) => one.blocks !== undefined))
    throw new SlackError('invalid_attachments');
  const message = {
    ...botMessage(core, channel, content, threadOf(core, channel, args)),
    ephemeralTo: user.id,
  };
  core.world.storeEphemeral(message);
  return { message_ts: message.ts };
};

const getPermalink: Method = (core, args) => {
  const channel = visibleChannel(core, args);
  const message = requireMessage(core.world, channel, args.required('message_ts', 'message_not_found'));
  const thread =
    message.thread_ts && message.thread_ts !== message.ts
      ? `?thread_ts=${message.thread_ts}&cid=${channel.id}`
      : '';
  return {
    channel: channel.id,
    permalink: `https://fake.slack.com/archives/${channel.id}/p${message.ts.replace('.', '')}${thread}`,
  };
};

/** A message by the app, ready to be stored. */
export function botMessage(
  core: Core,
  channel: FakeChannel,
  content: Content,
  threadTs: string | undefined,
): FakeMessage {
  const { identity } = core;
  return {
    channel: channel.id,
    ts: core.world.nextTs(),
    user: identity.botUserId,
    bot_id: identity.botId,
    app_id: identity.appId,
    team: identity.teamId,
    text: content.text ?? '',
    ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
    ...(content.blocks?.length ? { blocks: content.blocks } : {}),
    ...(content.attachments?.length ? { attachments: content.attachments } : {}),
    ...(content.metadata ? { metadata: content.metadata } : {}),
  };
}

/** Where a post goes: a channel, or the direct conversation with a user. */
function destination(core: Core, args: Args): FakeChannel {
  const target = args.required('channel', 'channel_not_found');
  const user = core.world.users.get(target);
  if (user) return core.world.openDm([user.id]).channel;
  const named = target.startsWith('#') ? core.world.findChannel(target) : undefined;
  const channel = named && !named.isPrivate ? named : visibleChannel(core, args);
  if (channel.isArchived) throw new SlackError('is_archived');
  const member = channel.members.has(core.identity.botUserId);
  if (!member && !core.scopes.includes('chat:write.public')) throw new SlackError('not_in_channel');
  return channel;
}

/** The thread a post lands in. A number has lost its trailing zeros: Slack takes it and misses the thread. */
function threadOf(core: Core, channel: FakeChannel, args: Args): string | undefined {
  const given = args.raw.thread_ts;
  if (given === undefined || given === null || given === '') return undefined;
  if (typeof given !== 'string' || !/^\d+\.\d{6}$/.test(given)) {
    core.violations.push(`thread_ts is not a timestamp string: ${JSON.stringify(given)}`);
    return undefined;
  }
  const parent = core.world.findMessage(channel.id, given);
  if (parent?.thread_ts && parent.thread_ts !== parent.ts) {
    core.violations.push(`thread_ts ${given} is a reply, not the parent of its thread`);
  }
  return given;
}

function ownMessage(core: Core, args: Args, notOwn: string): FakeMessage {
  const channel = visibleChannel(core, args);
  const message = requireMessage(core.world, channel, args.required('ts', 'message_not_found'));
  if (message.bot_id !== core.identity.botId) throw new SlackError(notOwn);
  return message;
}

function truncate(content: Content): string[] {
  if ((content.text?.length ?? 0) <= MOST_TEXT) return [];
  content.text = content.text?.slice(0, MOST_TEXT);
  return ['message_truncated'];
}

export const chatMethods: Record<string, Method> = {
  'chat.postMessage': postMessage,
  'chat.update': update,
  'chat.delete': remove,
  'chat.postEphemeral': postEphemeral,
  'chat.getPermalink': getPermalink,
};
