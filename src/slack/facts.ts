import { z } from 'zod';
import type { ChannelFacts, HistoryMessage, ListedChannel, MessageFacts, UserFacts } from './api.js';

/** Parses what Slack says of people, channels and messages: only the fields in use, all else ignored. */

const User = z.object({
  id: z.string(),
  team_id: z.string().nullish(),
  name: z.string().nullish(),
  real_name: z.string().nullish(),
  tz: z.string().nullish(),
  deleted: z.boolean().nullish(),
  is_bot: z.boolean().nullish(),
  is_admin: z.boolean().nullish(),
  is_owner: z.boolean().nullish(),
  is_restricted: z.boolean().nullish(),
  is_ultra_restricted: z.boolean().nullish(),
  is_stranger: z.boolean().nullish(),
  profile: z
    .object({
      real_name: z.string().nullish(),
      display_name: z.string().nullish(),
      email: z.string().nullish(),
    })
    .nullish(),
});

export function userFacts(raw: unknown): UserFacts {
  const u = User.parse(raw);
  return {
    id: u.id,
    teamId: u.team_id ?? null,
    name: u.name ?? u.id,
    realName: u.profile?.real_name || u.real_name || u.profile?.display_name || u.name || u.id,
    email: u.profile?.email?.toLowerCase() ?? null,
    zone: u.tz ?? null,
    isBot: u.is_bot ?? false,
    isGuest: Boolean(u.is_restricted || u.is_ultra_restricted),
    isAdmin: Boolean(u.is_admin || u.is_owner),
    isDeleted: u.deleted ?? false,
    isStranger: u.is_stranger ?? false,
  };
}

const Channel = z.object({
  id: z.string(),
  name: z.string().nullish(),
  is_private: z.boolean().nullish(),
  is_archived: z.boolean().nullish(),
  is_member: z.boolean().nullish(),
  is_ext_shared: z.boolean().nullish(),
  is_pending_ext_shared: z.boolean().nullish(),
  is_im: z.boolean().nullish(),
  creator: z.string().nullish(),
});

export function channelFacts(raw: unknown, members: string[]): ChannelFacts {
  const c = Channel.parse(raw);
  return {
    id: c.id,
    name: c.name ?? c.id,
    isShared: Boolean(c.is_ext_shared || c.is_pending_ext_shared),
    isPrivate: c.is_private ?? false,
    isArchived: c.is_archived ?? false,
    isMember: c.is_member ?? true,
    members,
  };
}

/** In a list, a channel that does not say so is one that Baton is not in. */
export function listedChannel(raw: unknown): ListedChannel {
  const c = Channel.parse(raw);
  const { members: _, ...facts } = channelFacts({ ...c, is_member: c.is_member ?? false }, []);
  return { ...facts, creator: c.creator ?? null };
}

const File = z.object({
  name: z.string().nullish(),
  title: z.string().nullish(),
  permalink: z.string().nullish(),
});

const Message = z.object({
  ts: z.string(),
  thread_ts: z.string().nullish(),
  user: z.string().nullish(),
  bot_id: z.string().nullish(),
  text: z.string().nullish(),
  files: z.array(File).nullish(),
});

export function messageFacts(channel: string, raw: unknown): MessageFacts {
  const m = Message.parse(raw);
  return {
    channel,
    ts: m.ts,
    threadTs: m.thread_ts ?? null,
    user: m.user ?? null,
    botId: m.bot_id ?? null,
    text: m.text ?? '',
    files: (m.files ?? []).map((f) => ({
      name: f.name ?? f.title ?? 'file',
      permalink: f.permalink ?? null,
    })),
  };
}

const History = z.looseObject({
  ts: z.string(),
  thread_ts: z.string().nullish(),
  latest_reply: z.string().nullish(),
  edited: z.object({ ts: z.string() }).nullish(),
  reactions: z.array(z.object({ name: z.string(), users: z.array(z.string()) })).nullish(),
});

export function historyMessage(raw: unknown): HistoryMessage {
  const m = History.parse(raw);
  return {
    ts: m.ts,
    threadTs: m.thread_ts ?? null,
    raw: m,
    editedTs: m.edited?.ts ?? null,
    reactions: m.reactions ?? [],
    latestReply: m.latest_reply ?? null,
  };
}
