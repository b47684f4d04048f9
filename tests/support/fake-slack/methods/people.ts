/** users.*, usergroups.*, reactions.*, and the small methods about the app itself. */
import type { Args } from '../args.js';
import type { Core } from '../core.js';
import { SlackError } from '../errors.js';
import { requireMessage } from '../events.js';
import { page } from '../paging.js';
import type { FakeMessage, FakeUser, JsonObject } from '../types.js';
import { usersConversations } from './conversations.js';
import { type Method, needMembership, needScope, visibleChannel } from './method.js';

const usersInfo: Method = (core, args) => {
  needScope(core, 'users:read');
  const user = core.world.users.get(args.required('user', 'user_not_found'));
  if (!user) throw new SlackError('user_not_found');
  return { user: userJson(core, user) };
};

const usersList: Method = (core, args) => {
  needScope(core, 'users:read');
  const own = [...core.world.users.values()].filter((user) => user.teamId === core.identity.teamId);
  const { items, nextCursor } = page(own, args, own.length || 1);
  return {
    members: items.map((user) => userJson(core, user)),
    response_metadata: { next_cursor: nextCursor },
  };
};

const lookupByEmail: Method = (core, args) => {
  needScope(core, 'users:read.email');
  const email = args.required('email', 'users_not_found').toLowerCase();
  const user = [...core.world.users.values()].find((one) => one.email?.toLowerCase() === email);
  if (!user || user.deleted || isExternal(core, user)) throw new SlackError('users_not_found');
  return { user: userJson(core, user) };
};

const usergroupsList: Method = (core, args) => {
  needScope(core, 'usergroups:read');
  const withUsers = args.flag('include_users') ?? false;
  const shown = core.world.usergroups.map(({ users, ...group }) => ({
    ...group,
    user_count: users.length,
    ...(withUsers ? { users } : {}),
  }));
  return { usergroups: shown };
};

const usergroupsUsers: Method = (core, args) => {
  needScope(core, 'usergroups:read');
  const group = core.world.usergroups.find((one) => one.id === args.text('usergroup'));
  if (!group) throw new SlackError('no_such_subteam');
  return { users: [...group.users] };
};

const addReaction: Method = (core, args) => {
  const { message, name } = reactable(core, args);
  changeReaction(message, core.identity.botUserId, name, 'add');
  void core.events.reaction('reaction_added', message, core.identity.botUserId, name);
  return {};
};

const removeReaction: Method = (core, args) => {
  const { message, name } = reactable(core, args);
  changeReaction(message, core.identity.botUserId, name, 'remove');
  void core.events.reaction('reaction_removed', message, core.identity.botUserId, name);
  return {};
};

function reactable(core: Core, args: Args): { message: FakeMessage; name: string } {
  needScope(core, 'reactions:write');
  const channel = visibleChannel(core, args);
  needMembership(core, channel);
  const name = args.required('name', 'invalid_name');
  if (!/^[a-z0-9_+'-]+(::skin-tone-[2-6])?$/.test(name)) throw new SlackError('invalid_name');
  return { message: requireMessage(core.world, channel, args.required('timestamp', 'bad_timestamp')), name };
}

/** Puts a reaction on a message or takes it away. */
export function changeReaction(
  message: FakeMessage,
  user: string,
  name: string,
  change: 'add' | 'remove',
): void {
  const all = message.reactions ?? [];
  const users = all.find((one) => one.name === name)?.users ?? [];
  if (change === 'add' && users.includes(user)) throw new SlackError('already_reacted');
  if (change === 'remove' && !users.includes(user)) throw new SlackError('no_reaction');
  const left = change === 'add' ? [...users, user] : users.filter((one) => one !== user);
  const others = all.filter((one) => one.name !== name);
  const kept = left.length > 0 ? [...others, { name, users: left, count: left.length }] : others;
  if (kept.length > 0) message.reactions = kept;
  else delete message.reactions;
}

function isExternal(core: Core, user: FakeUser): boolean {
  return user.teamId !== core.identity.teamId;
}

/** A user as users.* describe it; of external people Slack tells less. */
export function userJson(core: Core, user: FakeUser): JsonObject {
  const external = isExternal(core, user);
  const email =
    user.email !== undefined && !external && core.scopes.includes('users:read.email')
      ? { email: user.email }
      : {};
  return {
    id: user.id,
    team_id: user.teamId,
    name: user.name,
    deleted: user.deleted ?? false,
    ...(user.deleted ? {} : { real_name: user.realName, tz: user.tz, tz_label: user.tz, tz_offset: 0 }),
    profile: {
      real_name: user.realName,
      display_name: user.name,
      real_name_normalized: user.realName,
      team: user.teamId,
      ...email,
    },
    is_bot: user.isBot ?? false,
    is_app_user: false,
    ...(user.deleted || external
      ? {}
      : {
          is_admin: user.isAdmin ?? false,
          is_owner: user.isOwner ?? false,
          is_primary_owner: false,
          is_restricted: user.isRestricted ?? false,
          is_ultra_restricted: false,
        }),
    ...(external ? { is_stranger: user.isStranger ?? false } : {}),
    updated: 1_700_000_000,
  };
}

const authTest: Method = (core) => ({
  url: 'https://fake.slack.com/',
  team: 'Fake Workspace',
  user: core.world.user(core.identity.botUserId).name,
  team_id: core.identity.teamId,
  user_id: core.identity.botUserId,
  bot_id: core.identity.botId,
  is_enterprise_install: false,
});

const botsInfo: Method = (core, args) => {
  if (args.text('bot') !== core.identity.botId) throw new SlackError('bot_not_found');
  const { identity } = core;
  return {
    bot: {
      id: identity.botId,
      deleted: false,
      name: 'baton',
      app_id: identity.appId,
      user_id: identity.botUserId,
      updated: 1_700_000_000,
    },
  };
};

const teamInfo: Method = (core) => ({
  team: { id: core.identity.teamId, name: 'Fake Workspace', domain: 'fake', email_domain: '', icon: {} },
});

export const peopleMethods: Record<string, Method> = {
  'users.info': usersInfo,
  'users.list': usersList,
  'users.lookupByEmail': lookupByEmail,
  'users.conversations': usersConversations,
  'usergroups.list': usergroupsList,
  'usergroups.users.list': usergroupsUsers,
  'reactions.add': addReaction,
  'reactions.remove': removeReaction,
  'auth.test': authTest,
  'bots.info': botsInfo,
  'team.info': teamInfo,
  'api.test': (_core, args) => ({ args: args.raw }),
  'apps.connections.open': (core) => ({ url: core.issueSocketUrl() }),
};
