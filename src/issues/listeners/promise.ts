import { z } from 'zod';
import { findAccount } from '../../accounts/find.js';
import { accountById, activeAccounts, channelOf, nameOf, whoIs } from '../../accounts/store.js';
import type { Person } from '../../people/rules.js';
import { personBySlackId } from '../../people/store.js';
import { readIncoming } from '../../slack/blocks/index.js';
import type { Answer, Surface } from '../../slack/dispatch.js';
import type { Command, Press, Shortcut, Submit } from '../../slack/interactions.js';
import { placeOf } from '../../slack/place.js';
import type { SubCommand } from '../../slack/subcommands.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { dateInWords, parseDay, wallOf } from '../../time/index.js';
import { schedulePromise } from '../jobs/promise.js';
import type { AccountGuess } from '../messages/account-field.js';
import { promiseModal, promiseNoted, promiseProblem } from '../messages/promise.js';
import { cleanReason } from '../rules/escalation.js';
import { type Issue, issueName, parseIssueNumber } from '../rules/issue.js';
import { promiseProblems, readPromise, WHAT_MAX } from '../rules/promise.js';
import { accountOfMessage, issueAt } from '../store/find.js';
import { type NewPromise, notePromise } from '../store/promises.js';
import { pickAccount } from './account-field.js';
import { issueNumbered, keyOfIssue } from './escalate.js';
import { openWithAccount } from './late-account.js';
import type { MenuEntry } from './menu.js';

interface About extends AccountGuess {
  issue: Issue | null;
}

/** What a promise is about: an issue and its account, or an account by name. */
async function readAbout(tx: ReadTx, text: string): Promise<About | { problem: string }> {
  const number = parseIssueNumber(text);
  if (number !== null) {
    const issue = (await issueNumbered(tx, number)) ?? null;
    if (!issue) return { problem: `There is no issue ${text.slice(0, 40)}.` };
    return { issue, account: (await accountById(tx, issue.accountId)) ?? null };
  }
  const found = findAccount(text, await activeAccounts(tx));
  if ('account' in found) return { issue: null, account: found.account };
  const hint = found.nearest ? ` Did you mean ${found.nearest.name}?` : '';
  return { problem: `"${text.slice(0, 60)}" is no issue and no account.${hint}` };
}

/** The account of the channel where nothing else is said. */
async function aboutOf(tx: ReadTx, text: string, channel: string): Promise<About | { problem: string }> {
  if (text !== '') return readAbout(tx, text);
  const account = await accountOfMessage(tx, channel, null);
  return account ? { account, issue: null } : { problem: 'Say which, like B-42 or acme.' };
}

const splitWhom = (about: string) => {
  const [, name = about, whom = ''] = /^(.*?)\s+to\s+(.+)$/i.exec(about) ?? [];
  return { name: name.trim(), whom: whom.trim() };
};

/** `/baton promise B-42 by Friday: CSV template` notes it at once; with less a form asks for the rest. */
export const promiseCommand: SubCommand<Person> = {
  may: 'promise.note',
  usage: 'promise B-42 by Friday: CSV template',
  about: 'notes what you promised a customer, and by when',
  keys: async (tx, it) => {
    const about = await aboutOf(tx, splitWhom(readPromise(it.text).about).name, it.channel);
    return 'account' in about && about.account ? [`account:${about.account.id}`] : [];
  },
  run: (tx, person, it, now) => command(tx, person, it, now),
};

async function command(tx: Tx, person: Person, it: Command, now: number): Promise<Answer> {
  const { about: typed, by, what } = readPromise(it.text);
  if (by === '') return unfinished(tx, it);
  const { name, whom } = splitWhom(typed);
  const about = await aboutOf(tx, name, it.channel);
  const today = wallOf(now, person.hours.zone).date;
  const problems = {
    ...('problem' in about ? { about: about.problem } : {}),
    ...promiseProblems({ what: cleanReason(what), by, toWhom: whom }, today),
  };
  const day = parseDay(by, today);
  if ('problem' in about || !about.account || 'problem' in day || Object.keys(problems).length > 0)
    return { say: promiseProblem(problems, it.text) };
  const wanted = { accountId: about.account.id, issueId: about.issue?.id ?? null, toWhom: whom || null };
  const promise = {
    ...wanted,
    what: cleanReason(what),
    dueOn: day.date,
    byUser: person.slackId,
    source: null,
  };
  return { say: await note(tx, person, promise, about.issue, now, 'command') };
}

/** `B-42`, `acme`, a few words or nothing: the form with what was understood, the rest as what was promised. */
async function unfinished(tx: ReadTx, it: Command): Promise<Answer> {
  const [first = '', ...rest] = it.text.split(/\s+/u);
  const named = first === '' ? { problem: '' } : await readAbout(tx, first);
  const about =
    'problem' in named ? { account: await accountOfMessage(tx, it.channel, null), issue: null } : named;
  const what = 'problem' in named ? it.text : rest.join(' ');
  return openForm(tx, { ...about, channel: it.channel, what });
}

async function openForm(
  tx: ReadTx,
  given: About & {
    channel: string | null;
    what?: string;
    toWhom?: string;
    source?: { channel: string; ts: string } | null;
    promiser?: Person | null;
  },
): Promise<Answer> {
  const { account, issue, channel, source = null, promiser = null } = given;
  const accounts = await activeAccounts(tx);
  return {
    open: promiseModal({
      account: { account, guess: given.guess ?? null, isLooking: given.isLooking ?? false, accounts },
      issue,
      promiser: promiser?.name ?? null,
      what: Array.from(given.what ?? '')
        .slice(0, WHAT_MAX)
        .join(''),
      toWhom: given.toWhom,
      memory: {
        channel,
        source,
        accountId: account?.id ?? null,
        number: issue?.number ?? null,
        byUser: promiser?.slackId ?? null,
      },
    }),
  };
}

/** *Note a promise…* behind the card's menu. */
export const promiseEntry: MenuEntry = {
  may: 'promise.note',
  fits: 'any',
  run: async (tx, issue, at) => {
    const account = (await accountById(tx, issue.accountId)) ?? null;
    return openForm(tx, { account, issue, channel: at.channel });
  },
};

/** A button elsewhere, with the number of an issue: the form for it. */
export const promiseOpenPress: Surface<Person, Press> = {
  may: 'promise.note',
  run: async (tx, _person, it): Promise<Answer> => {
    const issue = (await issueNumbered(tx, parseIssueNumber(it.value))) ?? null;
    const account = issue && ((await accountById(tx, issue.accountId)) ?? null);
    return openForm(tx, { account, issue, channel: placeOf(it) });
  },
};

/** The message shortcut: who wrote the message promised it, if that is one of us. */
export const promiseMessageShortcut: Surface<Person, Shortcut> = {
  may: 'promise.note',
  run: async (tx, person, it): Promise<Answer> => {
    const { channel, message } = it;
    const issue = (channel && message && (await issueAt(tx, { channel, ...message }))) || null;
    const author = message?.user ? await whoIs(tx, message.user) : undefined;
    const isOther = author?.kind === 'person' && author.person.slackId !== person.slackId;
    const known = channel ? await channelOf(tx, channel) : undefined;
    const account =
      issue && !known
        ? ((await accountById(tx, issue.accountId)) ?? null)
        : await accountOfMessage(tx, channel, message?.user ?? null);
    const given = {
      issue: issue?.accountId === account?.id ? issue : null,
      channel: placeOf(it),
      what: readIncoming(message?.text ?? ''),
      source: channel && message ? { channel, ts: message.ts } : null,
      promiser: isOther ? author.person : null,
      ...(author?.kind === 'customer' && message?.user ? { toWhom: await nameOf(tx, message.user) } : {}),
    };
    return openWithAccount(tx, it, async (reader, known) => {
      // Where the issue names the account, nothing is asked.
      const { open } = await openForm(reader, { ...given, ...(account ? { account } : known) });
      return open;
    });
  },
};

const Memory = z.object({
  channel: z.string().nullable(),
  source: z.object({ channel: z.string(), ts: z.string() }).nullable(),
  accountId: z.number().int().nullable(),
  number: z.number().int().nullable(),
  byUser: z.string().nullable(),
});

const memoryOf = (it: Submit) => Memory.parse(JSON.parse(it.metadata));

/** The form was sent. What is wrong is said at its field, and what was typed stays. */
export const promiseSubmit: Surface<Person, Submit> = {
  may: 'promise.note',
  keys: async (tx, it) => {
    const { accountId, number } = memoryOf(it);
    if (number !== null) return keyOfIssue(tx, number);
    const picked = await pickAccount(tx, accountId, it.values.account);
    return 'id' in picked ? [`account:${picked.id}`] : [];
  },
  run: async (tx, person, it, now): Promise<Answer> => {
    const { channel, source, accountId, number, byUser } = memoryOf(it);
    const issue = (await issueNumbered(tx, number)) ?? null;
    const picked = await pickAccount(tx, issue?.accountId ?? accountId, it.values.account);
    const what = cleanReason(it.values.what ?? '');
    const toWhom = cleanReason(it.values.to_whom ?? '').replace(/\s+/gu, ' ');
    const today = wallOf(now, person.hours.zone).date;
    const by = it.values.by ?? '';
    const errors = {
      ...('problem' in picked ? { [accountId === null ? 'account' : 'what']: picked.problem } : {}),
      ...promiseProblems({ what, by, toWhom }, today),
    };
    if ('problem' in picked || Object.keys(errors).length > 0) return { errors };
    const promiser = byUser === null ? person : ((await personBySlackId(tx, byUser)) ?? person);
    const fields = { accountId: picked.id, issueId: issue?.id ?? null, toWhom: toWhom || null };
    const promise = { ...fields, what, dueOn: by, byUser: promiser.slackId, source };
    return { say: await note(tx, person, promise, issue, now, 'form'), sayIn: channel };
  },
};

async function note(
  tx: Tx,
  person: Person,
  wanted: NewPromise,
  issue: Issue | null,
  now: number,
  how: string,
) {
  const promise = await notePromise(tx, wanted, person, now, how);
  await schedulePromise(tx, promise, now);
  const promiser = wanted.byUser === person.slackId ? null : await nameOf(tx, wanted.byUser);
  const account = await accountById(tx, wanted.accountId);
  return promiseNoted({
    account: account?.name ?? '',
    toWhom: wanted.toWhom,
    what: wanted.what,
    day: dateInWords(wanted.dueOn, wallOf(now, person.hours.zone).date),
    issueName: issue ? issueName(issue.number) : null,
    promiser,
  });
}
