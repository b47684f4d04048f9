import { findAccount } from '../../accounts/find.js';
import { accountById, activeAccounts, channelOf } from '../../accounts/store.js';
import type { Person } from '../../people/rules.js';
import { setting } from '../../settings/store.js';
import { readIncoming } from '../../slack/blocks/index.js';
import type { Answer, Surface } from '../../slack/dispatch.js';
import type { Command, Shortcut, Submit } from '../../slack/interactions.js';
import { permalink } from '../../slack/permalink.js';
import type { SubCommand } from '../../slack/subcommands.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { logged } from '../messages/answers.js';
import { type LogMemory, logModal } from '../messages/modals.js';
import { TITLE_MAX, titleFrom } from '../rules/issue.js';
import { attachContact, logIssue } from '../store/issues.js';
import { messageAt, newestUnlogged } from '../store/read.js';

const RECENT_MS = 2 * 3_600_000;

/** `/issue log` opens the form; with a title, in a channel of an account, it logs at once. */
export const logCommand: SubCommand<Person> = {
  may: 'issue.log',
  usage: 'log [title]',
  about: 'logs an issue; without a title it opens a form',
  keys: async (tx, it) => keyOfChannel(tx, it.channel),
  run: async (tx, person, it, now) => {
    const channel = await channelOf(tx, it.channel);
    const title = it.text.replace(/\s+/gu, ' ').trim();
    if (!channel || title === '' || Array.from(title).length > TITLE_MAX)
      return { open: await form(tx, it, channel?.accountId ?? null) };
    return { say: await logAtOnce(tx, person, channel.accountId, title, now) };
  },
};

async function keyOfChannel(tx: ReadTx, channel: string): Promise<string[]> {
  const known = await channelOf(tx, channel);
  return known ? [`account:${known.accountId}`] : [];
}

async function form(tx: ReadTx, it: Command, accountId: number | null) {
  const account = accountId === null ? null : ((await accountById(tx, accountId)) ?? null);
  // A title too long for a title is not lost: it waits in the form, whole, as the detail.
  const isLong = Array.from(it.text).length > TITLE_MAX;
  return logModal({
    accounts: await activeAccounts(tx),
    account,
    title: titleFrom(it.text),
    ...(isLong ? { detail: it.text } : {}),
    memory: { channel: it.channel, source: null, accountId },
  });
}

async function logAtOnce(tx: Tx, person: Person, accountId: number, title: string, now: number) {
  const contact = await newestUnlogged(tx, accountId, now - RECENT_MS);
  const request = { accountId, title, by: person, how: 'command', now };
  const { issue } = await logIssue(tx, request);
  if (contact) await attachContact(tx, issue, contact, request);
  const account = await accountById(tx, accountId);
  const words = contact && (await messageAt(tx, contact.channel, contact.firstTs));
  const url = contact && permalink(await setting(tx, 'workspaceUrl'), contact.channel, contact.firstTs);
  return logged(
    issue,
    account?.name ?? '',
    false,
    words && url ? { text: titleFrom(words.text), url } : null,
  );
}

/** The form was sent. What is wrong is said at its field, and what was typed stays. */
export const logSubmit: Surface<Person, Submit> = {
  may: 'issue.log',
  keys: async (tx, it) => {
    const picked = await pickAccount(tx, it);
    return 'id' in picked ? [`account:${picked.id}`] : [];
  },
  run: async (tx, person, it, now): Promise<Answer> => {
    const memory = readMemory(it);
    const title = titleFrom(it.values.title ?? '');
    const picked = await pickAccount(tx, it);
    const errors = {
      ...('problem' in picked ? { account: picked.problem } : {}),
      ...(title === '' ? { title: 'A title says in a few words what is broken or wanted.' } : {}),
    };
    if ('problem' in picked || Object.keys(errors).length > 0) return { errors };
    const { issue, existed } = await logIssue(tx, {
      accountId: picked.id,
      title,
      detail: it.values.detail ?? null,
      source: memory.source,
      by: person,
      how: 'form',
      now,
    });
    const account = await accountById(tx, picked.id);
    return { say: logged(issue, account?.name ?? '', existed), sayIn: memory.channel };
  },
};

function readMemory(it: Submit): LogMemory {
  return JSON.parse(it.metadata) as LogMemory;
}

async function pickAccount(tx: ReadTx, it: Submit): Promise<{ id: number } | { problem: string }> {
  const known = readMemory(it).accountId;
  if (known !== null) return { id: known };
  const value = it.values.account ?? '';
  if (value === '') return { problem: 'Choose the account that this is about.' };
  const accounts = await activeAccounts(tx);
  const byId = accounts.find((account) => String(account.id) === value);
  if (byId) return { id: byId.id };
  const found = findAccount(value, accounts);
  if ('account' in found) return { id: found.account.id };
  const hint = found.nearest ? ` Did you mean ${found.nearest.name}?` : '';
  return { problem: `No account is called ${value.slice(0, 60)}.${hint}` };
}

/** The message shortcut: the account comes from the channel; where there is none, the form asks. */
export const logMessageShortcut: Surface<Person, Shortcut> = {
  may: 'issue.log',
  keys: async (tx, it) => (it.channel ? keyOfChannel(tx, it.channel) : []),
  run: async (tx, _person, it) => {
    const channel = it.channel ? await channelOf(tx, it.channel) : undefined;
    const text = readIncoming(it.message?.text ?? '');
    return {
      open: logModal({
        accounts: await activeAccounts(tx),
        account: channel ? ((await accountById(tx, channel.accountId)) ?? null) : null,
        title: titleFrom(text),
        memory: {
          channel: it.channel,
          source: it.channel && it.message ? { channel: it.channel, ts: it.message.ts } : null,
          accountId: channel?.accountId ?? null,
        },
      }),
    };
  },
};

/** The global shortcut: the same form with nothing filled in. */
export const logGlobalShortcut: Surface<Person, Shortcut> = {
  may: 'issue.log',
  run: async (tx) => ({
    open: logModal({
      accounts: await activeAccounts(tx),
      account: null,
      memory: { channel: null, source: null, accountId: null },
    }),
  }),
};
