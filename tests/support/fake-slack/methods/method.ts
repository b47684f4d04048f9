import type { Args } from '../args.js';
import type { Core } from '../core.js';
import { SlackError } from '../errors.js';
import type { FakeChannel, JsonObject } from '../types.js';

/** A Web API method: returns the answer's fields, or throws a SlackError. Always synchronous. */
export type Method = (core: Core, args: Args) => JsonObject;

/** The channel of an argument, by id. Private channels without the bot do not exist for it. */
export function visibleChannel(core: Core, args: Args, name = 'channel'): FakeChannel {
  const channel = core.world.channels.get(args.required(name, 'channel_not_found'));
  if (!channel || (channel.isPrivate && !channel.members.has(core.identity.botUserId)))
    throw new SlackError('channel_not_found');
  return channel;
}

export function needMembership(core: Core, channel: FakeChannel): void {
  if (!channel.members.has(core.identity.botUserId)) throw new SlackError('not_in_channel');
}

export function needScope(core: Core, ...anyOf: string[]): void {
  if (anyOf.some((scope) => core.scopes.includes(scope))) return;
  throw new SlackError('missing_scope', { needed: anyOf.join(','), provided: core.scopes.join(',') });
}

/** The suffix of `*:history` and `*:read` scopes for a kind of channel. */
export function scopeFamily(channel: FakeChannel): string {
  return { channel: 'channels', group: 'groups', im: 'im', mpim: 'mpim' }[channel.type];
}
