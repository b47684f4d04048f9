import type { Args } from '../args.js';
import type { Core } from '../core.js';
import { SlackError } from '../errors.js';
import { shownMetadata } from '../metadata.js';
import { page } from '../paging.js';
import type { FakeChannel, FakeMessage, JsonObject } from '../types.js';
import { type Method, needMembership, needScope, scopeFamily, visibleChannel } from './method.js';

const open: Method = (core, args) => {
  needScope(core, 'im:write', 'mpim:write');
  if (args.has('channel')) return { channel: channelJson(core, visibleChannel(core, args)) };
  const users = args.list('users').map((id) => core.world.users.get(id)?.id ?? fail('user_not_found'));
  if (users.length === 0) throw new SlackError('users_list_not_supplied');
  if (users.some((id) => core.world.user(id).isBot)) throw new SlackError('cannot_dm_bot');
  const { channel, alreadyOpen } = core.world.openDm(users);
  const shown = args.flag('return_im') ? channelJson(core, channel) : { id: channel.id };
  return { ...(alreadyOpen ? { no_op: true, already_open: true } : {}), channel: shown };
};

const info: Method = (core, args) => {
  const channel = visibleChannel(core, args);
  needScope(core, `${scopeFamily(channel)}:read`);
  const count = args.flag('include_num_members') ? { num_members: channel.members.size } : {};
  return { channel: { ...channelJson(core, channel), ...count } };
};

const members: Method = (core, args) => {
  const channel = visibleChannel(core, args);
  const { items, nextCursor } = page([...channel.members], args, 100);
  return { members: items, response_metadata: { next_cursor: nextCursor } };
};

const list: Method = (core, args) => {
  const { items, nextCursor } = page(listed(core, args, core.identity.botUserId, false), args, 100);
  return {
    channels: items.map((channel) => channelJson(core, channel)),
    response_metadata: { next_cursor: nextCursor },
  };
};

/** users.conversations: only those the user is a member of. */
export const usersConversations: Method = (core, args) => {
  const user = args.text('user') ?? core.identity.botUserId;
  const { items, nextCursor } = page(listed(core, args, user, true), args, 100);
  return {
    channels: items.map((channel) => channelJson(core, channel)),
    response_metadata: { next_cursor: nextCursor },
  };
};

const history: Method = (core, args) => {
  const channel = readableChannel(core, args);
  const top = core.world.messagesOf(channel.id).filter(isTopLevel);
  const found = inRange(top, args).reverse();
  const { items, nextCursor } = page(found, args, 100, 999);
  return {
    messages: items.map((message) => historyJson(core, message, args)),
    has_more: nextCursor !== '',
    ...(nextCursor === '' ? {} : { response_metadata: { next_cursor: nextCursor } }),
  };
};

const replies: Method = (core, args) => {
  const channel = readableChannel(core, args);
  const asked = core.world.findMessage(channel.id, args.required('ts'));
  if (!asked) throw new SlackError('thread_not_found');
  const root = core.world.findMessage(channel.id, asked.thread_ts ?? asked.ts) ?? asked;
  const thread = core.world.repliesTo(channel.id, root.ts);
  const { items, nextCursor } = page([root, ...inRange(thread, args)], args, 100, 999);
  return {
    messages: items.map((message) => historyJson(core, message, args)),
    has_more: nextCursor !== '',
    ...(nextCursor === '' ? {} : { response_metadata: { next_cursor: nextCursor } }),
  };
};

const join: Method = (core, args) => {
  needScope(core, 'channels:join');
  const channel = visibleChannel(core, args);
  if (channel.type !== 'channel') throw new SlackError('method_not_supported_for_channel_type');
  if (channel.isArchived) throw new SlackError('is_archived');
  if (channel.members.has(core.identity.botUserId)) {
    return {
      channel: channelJson(core, channel),
      warning: 'already_in_channel',
      response_metadata: { warnings: ['already_in_channel'] },
    };
  }
  channel.members.add(core.identity.botUserId);
  void core.events.membership('member_joined_channel', channel, core.identity.botUserId);
  return { channel: channelJson(core, channel) };
};

const invite: Method = (core, args) => {
  const channel = visibleChannel(core, args);
  needMembership(core, channel);
  for (const id of args.list('users')) {
    const user = core.world.users.get(id) ?? fail('user_not_found');
    if (channel.members.has(user.id)) throw new SlackError('already_in_channel');
    channel.members.add(user.id);
    void core.events.membership('member_joined_channel', channel, user.id, core.identity.botUserId);
  }
  return { channel: channelJson(core, channel) };
};

/** A channel as conversations.* describe it. */
export function channelJson(core: Core, channel: FakeChannel): JsonObject {
  const base = {
    id: channel.id,
    created: channel.created,
    is_archived: channel.isArchived,
    is_org_shared: channel.isOrgShared,
  };
  const context = { context_team_id: core.identity.teamId };
  if (channel.type === 'im') {
    const other = [...channel.members].find((id) => id !== core.identity.botUserId);
    return {
      ...base,
      ...context,
      is_im: true,
      user: other,
      is_user_deleted: core.world.findUser(other ?? '')?.deleted ?? false,
    };
  }
  return {
    ...base,
    ...context,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: channel.type === 'channel',
    is_group: channel.type === 'group',
    is_im: false,
    is_mpim: channel.type === 'mpim',
    is_private: channel.isPrivate,
    is_general: channel.name === 'general',
    is_shared: channel.isExtShared || channel.isOrgShared,
    is_ext_shared: channel.isExtShared,
    is_pending_ext_shared: channel.isPendingExtShared,
    is_member: channel.members.has(core.identity.botUserId),
    shared_team_ids: teamsOf(core, channel),
    ...(channel.isExtShared
      ? { connected_team_ids: teamsOf(core, channel).filter((id) => id !== core.identity.teamId) }
      : {}),
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
  };
}

function teamsOf(core: Core, channel: FakeChannel): string[] {
  const teams = [...channel.members].map((id) => core.world.findUser(id)?.teamId ?? core.identity.teamId);
  return [...new Set([core.identity.teamId, ...teams])];
}

function listed(core: Core, args: Args, user: string, onlyMine: boolean): FakeChannel[] {
  const wanted = new Set(args.has('types') ? args.list('types') : ['public_channel']);
  return [...core.world.channels.values()].filter((channel) => {
    if (!wanted.has(typeName(channel))) return false;
    if (channel.isArchived && args.flag('exclude_archived')) return false;
    if (onlyMine && !channel.members.has(user)) return false;
    return !channel.isPrivate || channel.members.has(core.identity.botUserId);
  });
}

function typeName(channel: FakeChannel): string {
  return { channel: 'public_channel', group: 'private_channel', im: 'im', mpim: 'mpim' }[channel.type];
}

function readableChannel(core: Core, args: Args): FakeChannel {
  const channel = visibleChannel(core, args);
  needScope(core, `${scopeFamily(channel)}:history`);
  needMembership(core, channel);
  return channel;
}

function isTopLevel(message: FakeMessage): boolean {
  return (
    message.thread_ts === undefined ||
    message.thread_ts === message.ts ||
    message.subtype === 'thread_broadcast'
  );
}

function inRange(messages: FakeMessage[], args: Args): FakeMessage[] {
  const oldest = Number(args.text('oldest') ?? 0);
  const latest = Number(args.text('latest') ?? Number.POSITIVE_INFINITY);
  const inclusive = args.flag('inclusive') ?? false;
  return messages.filter(({ ts }) => {
    const at = Number(ts);
    return inclusive ? at >= oldest && at <= latest : at > oldest && at < latest;
  });
}

function historyJson(core: Core, message: FakeMessage, args: Args): JsonObject {
  const json = core.events.storedMessage(message);
  if (message.metadata)
    json.metadata = shownMetadata(message.metadata, args.flag('include_all_metadata') ?? false);
  return json;
}

function fail(code: string): never {
  throw new SlackError(code);
}

export const conversationMethods: Record<string, Method> = {
  'conversations.open': open,
  'conversations.info': info,
  'conversations.members': members,
  'conversations.list': list,
  'conversations.history': history,
  'conversations.replies': replies,
  'conversations.join': join,
  'conversations.invite': invite,
};
