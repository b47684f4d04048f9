import { activeAccounts, channelOf, whoIs } from '../../accounts/store.js';
import type { Person } from '../../people/rules.js';
import { escapeText, readIncoming } from '../../slack/blocks/index.js';
import type { Answer, Surface } from '../../slack/dispatch.js';
import type { Command, Shortcut } from '../../slack/interactions.js';
import type { SubCommand } from '../../slack/subcommands.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { instantOfTs } from '../../time/index.js';
import { keptWhole } from '../messages/answers.js';
import { type LogMemory, logModal } from '../messages/modals.js';
import { alreadyHeld } from '../messages/suggestion.js';
import { DETAIL_MAX, TITLE_MAX, titleFrom } from '../rules/issue.js';
import { recordCustomerMessage } from '../store/contacts.js';
import { accountOfMessage } from '../store/find.js';
import { holderOf } from '../store/issues.js';
import { messageAt } from '../store/read.js';
import { issuesToJoin } from '../store/suggestions.js';
import { logTyped } from './attach.js';

/** `/issue log` opens the form; with a title, in a channel of an account, it logs at once. */
export const logCommand: SubCommand<Person> = {
  may: 'issue.log',
  usage: 'log [title]',
  about: 'logs an issue; without a title it opens a form',
  keys: async (tx, it) => keyOf(await accountOfMessage(tx, it.channel, null)),
  run: async (tx, person, it, now) => {
    const account = await accountOfMessage(tx, it.channel, null);
    const title = it.text.replace(/\s+/gu, ' ').trim();
    if (!account || title === '' || Array.from(title).length > TITLE_MAX)
      return {
        open: await typedForm(tx, it, account, now),
        ...(escapeText(it.text).length > DETAIL_MAX ? { say: keptWhole(it.text) } : {}),
      };
    const { say } = await logTyped(tx, { accountId: account.id, title, by: person, how: 'command', now });
    return { say };
  },
};

type Named = { id: number; name: string } | null;

function keyOf(account: Named): string[] {
  return account ? [`account:${account.id}`] : [];
}

async function typedForm(tx: ReadTx, it: Command, account: Named, now: number) {
  // A title too long for a title is not lost: it waits in the form, whole, as the detail.
  const isLong = Array.from(it.text).length > TITLE_MAX;
  const memory = { channel: it.channel, source: null, accountId: account?.id ?? null };
  return form(tx, {
    account,
    memory,
    title: titleFrom(it.text),
    now,
    ...(isLong ? { detail: it.text } : {}),
  });
}

async function form(
  tx: ReadTx,
  given: { account: Named; memory: LogMemory; title?: string; detail?: string; now: number },
) {
  const { account, now, ...rest } = given;
  const issues = account ? await issuesToJoin(tx, account.id, now, 100) : [];
  return logModal({ accounts: await activeAccounts(tx), account, issues, ...rest });
}

/**
 * The message shortcut, wherever a message can be: the account comes from the channel, else from the author, else the
 * form asks. What an issue holds already is said at once.
 */
export const logMessageShortcut: Surface<Person, Shortcut> = {
  may: 'issue.log',
  keys: async (tx, it) => keyOf(await accountOfMessage(tx, it.channel, it.message?.user ?? null)),
  run: async (tx, _person, it, now): Promise<Answer> => {
    const { channel, message } = it;
    const source = channel && message ? { channel, ts: message.ts } : null;
    const held = source && (await holderOf(tx, source));
    if (held) return { say: alreadyHeld(held.number, held.title) };
    const account = await accountOfMessage(tx, channel, message?.user ?? null);
    const isKept = await keepHere(tx, it, now);
    const text = readIncoming(message?.text ?? '');
    const author = message?.user ?? null;
    const memory: LogMemory = {
      channel,
      source: source && { ...source, threadTs: message?.threadTs ?? null, author },
      accountId: account?.id ?? null,
    };
    const title = titleFrom(text);
    // Where the words are kept with the message, they need not stand in the issue as well.
    const detail = isKept || text.trim() === title ? {} : { detail: text };
    return { open: await form(tx, { account, memory, title, now, ...detail }) };
  },
};

/** In a channel of an account a message that is older than Baton's memory is taken in as it would have been. */
async function keepHere(tx: Tx, it: Shortcut, now: number): Promise<boolean> {
  const { message } = it;
  const channel = it.channel ? await channelOf(tx, it.channel) : undefined;
  if (!channel || !message || channel.kind !== 'customer' || channel.capture === 'ignore') return false;
  if (await messageAt(tx, channel.channel, message.ts)) return true;
  const who = message.user ? await whoIs(tx, message.user) : undefined;
  if (!message.user || !who || (who.kind !== 'customer' && who.kind !== 'external')) return false;
  await recordCustomerMessage(tx, channel.accountId, {
    channel: channel.channel,
    ts: message.ts,
    threadTs: message.threadTs && message.threadTs !== message.ts ? message.threadTs : null,
    author: message.user,
    text: readIncoming(message.text),
    files: [],
    at: Math.min(instantOfTs(message.ts), now),
  });
  return true;
}

/** The global shortcut: the same form with nothing filled in. */
export const logGlobalShortcut: Surface<Person, Shortcut> = {
  may: 'issue.log',
  run: async (tx, _person, _it, now) => ({
    open: await form(tx, { account: null, memory: { channel: null, source: null, accountId: null }, now }),
  }),
};
