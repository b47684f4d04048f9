import type { Person } from '../../people/rules.js';
import { slackChannel } from '../../queue/lookups.js';
import { ownChannels } from '../../settings/store.js';
import { md } from '../../slack/blocks/index.js';
import type { Answer } from '../../slack/dispatch.js';
import type { SubCommand } from '../../slack/subcommands.js';
import { accountProblem, accountSaid } from '../messages/account.js';
import { readChannel } from '../rules/edit.js';
import { linkChannel } from '../store/links.js';
import { accountById, channelOf } from '../store.js';
import { asTyped, by, keyOfTyped, meantOrAnswer } from './meant.js';

const splitLink = (text: string) => {
  const name = text.replace(/<#[^>]*>.*$/s, '').trim();
  const kind = /\binternal\b/i.test(text.slice(name.length)) ? ('internal' as const) : ('customer' as const);
  return { name, kind, channel: readChannel(text) };
};

/** `/account link acme #acme`, with `internal` for a channel in which no customer reads. */
export const linkCommand: SubCommand<Person> = {
  may: 'account.edit',
  usage: 'link acme #channel [internal]',
  about: 'says that a channel is theirs; internal: ours, about them',
  keys: async (tx, it) => ['company', ...(await keyOfTyped(tx, splitLink(it.text).name))],
  run: async (tx, person, it, now): Promise<Answer> => {
    const { name, kind, channel } = splitLink(it.text);
    if (channel === null)
      return {
        say: accountProblem(
          md`Name the channel with #, so that Slack links it: \`/account link acme #acme\`.`,
          it.text,
        ),
      };
    const rest = (await asTyped(tx, it.text)).slice(name.length);
    const found = await meantOrAnswer(tx, name, (slug) => `/account link ${slug}${rest}`);
    if ('say' in found) return found;
    const holder = await channelOf(tx, channel.id);
    if (holder && holder.accountId !== found.account.id) {
      const other = await accountById(tx, holder.accountId);
      // What was put away gives its channel to whoever needs it.
      if (other && !other.isArchived)
        return { say: accountProblem(`That channel is ${other.name}'s.`, it.text) };
    }
    if ((await ownChannels(tx)).includes(channel.id))
      return { say: accountProblem('That is where we work on every account; it cannot be of one.', it.text) };
    const facts = await slackChannel(tx, channel.id);
    if (kind === 'internal' && facts?.isShared)
      return { say: accountProblem('Customers read in that channel, so it is not internal.', it.text) };
    const title = facts?.name ?? channel.name ?? channel.id;
    await linkChannel(tx, found.account, { channel: channel.id, name: title, kind }, by(person, now));
    return {
      say: accountSaid(
        `#${title} is ${kind === 'internal' ? 'where we talk about' : 'the channel of'} ${found.account.name} now. Invite Baton to it if it is not there.`,
      ),
    };
  },
};
