import { z } from 'zod';
import { findAccount } from '../../accounts/find.js';
import { accountById, activeAccounts } from '../../accounts/store.js';
import { pickAccount } from '../../issues/listeners/account-field.js';
import type { MenuEntry } from '../../issues/listeners/menu.js';
import { cleanReason } from '../../issues/rules/escalation.js';
import { type Issue, issueName, parseIssueNumber } from '../../issues/rules/issue.js';
import { accountOfMessage } from '../../issues/store/find.js';
import { rootOf } from '../../issues/store/folded.js';
import { issueByNumber } from '../../issues/store/read.js';
import { may } from '../../people/may.js';
import { type Person, workingHours } from '../../people/rules.js';
import { activePeople, personById } from '../../people/store.js';
import type { Message } from '../../slack/blocks/index.js';
import type { Answer, Surface } from '../../slack/dispatch.js';
import type { Command, Submit } from '../../slack/interactions.js';
import type { SubCommand } from '../../slack/subcommands.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { addDays, endOfNextWorkingDay, instantOf, parseDay, wallOf } from '../../time/index.js';
import { opened, openUsage } from '../messages/answers.js';
import { OPEN_MODAL, openModal, WHY_MAX } from '../messages/forms.js';
import { dueInWords, followupDueAt } from '../rules.js';
import { openFollowup } from '../store.js';
import { ask } from './give.js';

interface About {
  account: { id: number; name: string };
  issue: Issue | null;
}

/** What a word names: an issue and its account, or an account. */
async function readAbout(tx: ReadTx, word: string): Promise<About | { problem: string }> {
  const number = parseIssueNumber(word);
  if (number !== null) {
    const found = await issueByNumber(tx, number);
    const issue = found && (await rootOf(tx, found));
    const account = issue && (await accountById(tx, issue.accountId));
    return issue && account ? { account, issue } : { problem: `There is no issue ${word.slice(0, 20)}.` };
  }
  const found = findAccount(word, await activeAccounts(tx));
  if ('account' in found) return { account: found.account, issue: null };
  const hint = found.nearest ? ` Did you mean ${found.nearest.name}?` : '';
  return { problem: `"${word.slice(0, 60)}" is no account and no issue.${hint}` };
}

/** `acme call Joe`, `acme: call Joe`, `Acme Ltd: call Joe`. */
function readLine(text: string): { about: string; why: string } {
  const colon = /^([^:]{1,80}):\s*([\s\S]*)$/u.exec(text);
  if (colon) return { about: (colon[1] ?? '').trim(), why: (colon[2] ?? '').trim() };
  const [, about = '', why = ''] = /^(\S*)\s*([\s\S]*)$/u.exec(text) ?? [];
  return { about, why };
}

/** `/baton followup acme call Joe about the slow exports`; with less a form asks for the rest. */
export const followupCommand: SubCommand<Person> = {
  may: 'followup.open',
  usage: 'followup acme: call Joe about the slow exports',
  about: 'notes what you owe a customer; you are reminded until they heard',
  keys: async (tx, it) => {
    const about = await readAbout(tx, readLine(it.text).about);
    return 'account' in about ? [`account:${about.account.id}`] : [];
  },
  run: (tx, person, it, now) => command(tx, person, it, now),
};

async function command(tx: Tx, person: Person, it: Command, now: number): Promise<Answer> {
  const { about: word, why } = readLine(it.text);
  if (word === '') {
    const account = await accountOfMessage(tx, it.channel, null);
    return openForm(tx, person, { account: account ?? null, issue: null, why: '', channel: it.channel });
  }
  const about = await readAbout(tx, word);
  if ('problem' in about) return { say: openUsage(about.problem, it.text) };
  const words = cleanReason(why).replace(/\s+/gu, ' ');
  if (words === '') return openForm(tx, person, { ...about, why: '', channel: it.channel });
  if (Array.from(words).length > WHY_MAX)
    return { say: openUsage(`${Array.from(words).length} characters; ${WHY_MAX} fit.`, it.text) };
  const dueAt = followupDueAt(now, workingHours(person.hours));
  return {
    say: await open(
      tx,
      { ...about, why: words, dueAt },
      { person, ownerId: person.id, now, source: 'command' },
    ),
  };
}

async function openForm(
  tx: ReadTx,
  person: Person,
  given: { account: About['account'] | null; issue: Issue | null; why: string; channel: string | null },
): Promise<Answer> {
  const { account, issue, channel } = given;
  return {
    open: openModal({
      account: { account, accounts: await activeAccounts(tx) },
      issue: issue && { name: issueName(issue.number), title: issue.title },
      people: (await activePeople(tx)).filter((one) => may(one, 'followup.tell')),
      owner: person.id,
      why: given.why,
      memory: { channel, accountId: account?.id ?? null, number: issue?.number ?? null },
    }),
  };
}

/** *Open a follow-up…* behind the card's menu. */
export const followupEntry: MenuEntry = {
  may: 'followup.open',
  fits: 'any',
  run: async (tx, issue, at) => {
    const account = (await accountById(tx, issue.accountId)) ?? null;
    return openForm(tx, at.change.by, { account, issue, why: '', channel: at.channel });
  },
};

const Memory = z.object({
  channel: z.string().nullable(),
  accountId: z.number().int().nullable(),
  number: z.number().int().nullable(),
});
const memoryOf = (it: Submit) => Memory.parse(JSON.parse(it.metadata));

const openSubmit: Surface<Person, Submit> = {
  may: 'followup.open',
  keys: async (tx, it) => {
    const picked = await pickAccount(tx, memoryOf(it).accountId, it.values.account);
    return 'id' in picked ? [`account:${picked.id}`] : [];
  },
  run: async (tx, person, it, now): Promise<Answer> => {
    const { channel, accountId, number } = memoryOf(it);
    const picked = await pickAccount(tx, accountId, it.values.account);
    const why = cleanReason(it.values.why ?? '').replace(/\s+/gu, ' ');
    const due = readDue(it.values.by ?? '', person, now);
    const ownerId = Number(it.values.owner ?? person.id);
    const errors = {
      ...('problem' in picked ? { [accountId === null ? 'account' : 'why']: picked.problem } : {}),
      ...(why === '' ? { why: 'Say what we owe them, in a few words.' } : {}),
      ...(Array.from(why).length > WHY_MAX
        ? { why: `${Array.from(why).length} characters; ${WHY_MAX} fit.` }
        : {}),
      ...('problem' in due ? { by: due.problem } : {}),
      ...((await personById(tx, ownerId))?.isActive ? {} : { owner: 'Choose somebody of our people.' }),
    };
    if ('problem' in picked || 'problem' in due || Object.keys(errors).length > 0) return { errors };
    const found = number === null ? undefined : await issueByNumber(tx, number);
    const issue = found ? await rootOf(tx, found) : null;
    const what = { account: picked, issue, why, dueAt: due.dueAt };
    return { say: await open(tx, what, { person, ownerId, now, source: 'form' }), sayIn: channel };
  },
};

/** The end of that working day; empty: of the next. */
function readDue(by: string, person: Person, now: number): { dueAt: number } | { problem: string } {
  const hours = workingHours(person.hours);
  if (by === '') return { dueAt: followupDueAt(now, hours) };
  const day = parseDay(by, wallOf(now, hours.zone).date);
  if ('problem' in day) return day;
  const eve = instantOf({ date: addDays(day.date, -1), time: '12:00', zone: hours.zone });
  const dueAt = endOfNextWorkingDay(eve, hours);
  return dueAt > now ? { dueAt } : { problem: 'That day is over. Choose a later one, or leave it empty.' };
}

async function open(
  tx: Tx,
  what: About & { why: string; dueAt: number },
  who: { person: Person; ownerId: number; now: number; source: string },
): Promise<Message> {
  const { person, now, source } = who;
  const { followup, existed } = await openFollowup(tx, {
    accountId: what.account.id,
    kind: 'restore',
    matters: what.issue ? [`issue:${what.issue.id}`] : [],
    reason: { kind: 'hand', words: what.why },
    ownerId: person.id,
    dueAt: what.dueAt,
    now,
    source,
    actor: person.slackId,
  });
  const account = await accountById(tx, what.account.id);
  const isForOther = !existed && who.ownerId !== person.id && account !== undefined;
  const asked = isForOther ? await ask(tx, { followup, account }, who.ownerId, person, now) : undefined;
  const other = asked && 'say' in asked ? await personById(tx, who.ownerId) : undefined;
  const owner = await personById(tx, followup.ownerId);
  return opened({
    account: what.account.name,
    due: dueInWords(followup.dueAt, person.hours.zone, now),
    existed,
    asked: other?.name ?? null,
    owner: owner?.id === person.id ? null : (owner?.name ?? null),
  });
}

export const openSubmits = { [OPEN_MODAL]: openSubmit };
