import { z } from 'zod';
import { activeAccounts } from '../../accounts/store.js';
import type { Person } from '../../people/rules.js';
import { escapeText, readIncoming } from '../../slack/blocks/index.js';
import type { Answer, Surface } from '../../slack/dispatch.js';
import type { Command, Press, Shortcut } from '../../slack/interactions.js';
import { placeOf } from '../../slack/place.js';
import type { SubCommand } from '../../slack/subcommands.js';
import type { ReadTx } from '../../store/transact.js';
import type { AccountGuess } from '../messages/account-field.js';
import { keptWhole } from '../messages/answers.js';
import { type LogMemory, logModal } from '../messages/modals.js';
import { alreadyHeld } from '../messages/suggestion.js';
import { DETAIL_MAX, TITLE_MAX, titleFrom } from '../rules/issue.js';
import { accountOfMessage } from '../store/find.js';
import { holderOf } from '../store/issues.js';
import { issuesToJoin } from '../store/suggestions.js';
import { logTyped } from './attach.js';
import { openWithAccount } from './late-account.js';
import { isKept, sourceOf } from './take-in.js';

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
  given: AccountGuess & { memory: LogMemory; title?: string; detail?: string; now: number },
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
  run: async (tx, _person, it, now): Promise<Answer> => {
    const source = await sourceOf(tx, it);
    const held = source && (await holderOf(tx, source));
    if (held) return { say: alreadyHeld(held.number, held.title) };
    const text = readIncoming(it.message?.text ?? '');
    const title = titleFrom(text);
    const detail = text.trim() === title || (source && (await isKept(tx, source))) ? {} : { detail: text };
    return openWithAccount(tx, it, (reader, known) => {
      const memory: LogMemory = { channel: placeOf(it), source, accountId: known.account?.id ?? null };
      return form(reader, { ...known, memory, title, now, ...detail });
    });
  },
};

/** The global shortcut: the same form with nothing filled in. */
export const logGlobalShortcut: Surface<Person, Shortcut> = {
  may: 'issue.log',
  run: async (tx, _person, _it, now) => ({
    open: await form(tx, { account: null, memory: { channel: null, source: null, accountId: null }, now }),
  }),
};

const FormValue = z.object({ title: z.string(), source: z.object({ channel: z.string(), ts: z.string() }) });

/** *Choose the account* below what was asked for by `@Baton log` where no account is known. */
export const logFormPress: Surface<Person, Press> = {
  may: 'issue.log',
  run: async (tx, _person, it, now) => {
    const { title, source } = FormValue.parse(JSON.parse(it.value));
    const held = await holderOf(tx, source);
    if (held) return { say: alreadyHeld(held.number, held.title) };
    const memory = { channel: placeOf(it), source, accountId: null };
    return { open: await form(tx, { account: null, memory, title: titleFrom(title), now }) };
  },
};
