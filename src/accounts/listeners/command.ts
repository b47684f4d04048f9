import type { Person } from '../../people/rules.js';
import { md } from '../../slack/blocks/index.js';
import type { Answer, Surface } from '../../slack/dispatch.js';
import type { Command } from '../../slack/interactions.js';
import { firstWord, type SubCommand, subcommands } from '../../slack/subcommands.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { dateInWords, wallOf } from '../../time/index.js';
import { accountBeginning, findAccount } from '../find.js';
import { accountList, accountProblem, accountSaid } from '../messages/account.js';
import { nameProblem, readDomain } from '../rules/edit.js';
import type { AccountDetails } from '../rules.js';
import { addAccount, archiveAccount, bringBack, putAway } from '../store/edit.js';
import { addDomain, holderOfDomain, mergeAccounts, slugFor } from '../store/links.js';
import { activeAccounts } from '../store.js';
import { editCommand } from './edit.js';
import { linkCommand } from './link.js';
import { by, keyOfTyped, meantOrAnswer } from './meant.js';

/** Shows an account's card; a later room draws it. */
export type ShowAccount = (
  tx: ReadTx,
  person: Person,
  account: AccountDetails,
  it: Command,
  now: number,
) => Promise<Answer>;

/** `/account`: the accounts of whoever asks; all of them for whoever has none. */
async function list(tx: ReadTx, person: Person, now: number): Promise<Answer> {
  const today = wallOf(now, person.hours.zone).date;
  const role = (account: AccountDetails) =>
    account.csmId === person.id
      ? 'CSM'
      : account.supportOwnerId === person.id
        ? 'support'
        : [account.backupCsmId, account.backupSupportId].includes(person.id)
          ? 'backup'
          : null;
  const all = (await activeAccounts(tx)).map((account) => ({ ...account, role: role(account) }));
  const mine = all.filter((account) => account.role !== null);
  const rows = mine.length > 0 ? mine : all;
  rows.sort((a, b) => (a.renewalOn ?? '9').localeCompare(b.renewalOn ?? '9') || a.name.localeCompare(b.name));
  return {
    say: accountList({
      areMine: mine.length > 0,
      rows: rows.map(({ name, slug, role: as, renewalOn }) => ({
        name,
        slug,
        role: as,
        renews: renewalOn === null ? null : dateInWords(renewalOn, today),
      })),
    }),
  };
}

const add: SubCommand<Person> = {
  may: 'account.edit',
  usage: 'add Acme Corp acme.com',
  about: 'adds an account, with its domains',
  keys: async () => ['company'],
  run: async (tx, person, it, now): Promise<Answer> => {
    const words = it.text.split(/\s+/).filter((word) => word !== '');
    const domains = words.flatMap((word) => (word.includes('.') ? (readDomain(word) ?? []) : []));
    const name = words.filter((word) => !word.includes('.') || readDomain(word) === null).join(' ');
    const problem =
      name === '' ? md`Write its name: \`/account add Acme Corp acme.com\`.` : nameProblem(name);
    if (problem) return { say: accountProblem(problem, it.text) };
    const there = findAccount(name, await activeAccounts(tx));
    if ('account' in there)
      return { say: accountProblem(`${there.account.name} is there already.`, it.text) };
    const away = await putAway(tx, name);
    if (away) {
      await bringBack(tx, away, by(person, now));
      return {
        say: accountSaid(
          `${away.name} was put away, and is back now, with its channels and all that was said.`,
        ),
      };
    }
    for (const domain of domains) {
      const holder = await holderOfDomain(tx, domain);
      if (holder !== null)
        return { say: accountProblem(`${domain} belongs to another account already.`, it.text) };
    }
    const slug = await slugFor(tx, name);
    const account = await addAccount(tx, { slug, name }, by(person, now));
    for (const domain of domains) await addDomain(tx, account.id, domain);
    return {
      say: accountSaid(
        `${name} is there now, as ${slug}. Next: /account link ${slug} #channel, /account edit ${slug} csm @ana.`,
      ),
    };
  },
};

const archive: SubCommand<Person> = {
  may: 'account.archive',
  usage: 'archive acme',
  about: 'puts an account away; what was said stays',
  keys: (tx, it) => keyOfTyped(tx, it.text),
  run: async (tx, person, it, now): Promise<Answer> => {
    const found = await meantOrAnswer(tx, it.text, (slug) => `/account archive ${slug}`);
    if ('say' in found) return found;
    await archiveAccount(tx, found.account, by(person, now));
    return {
      say: accountSaid(
        `${found.account.name} is put away. What was said stays; its channels offer nothing any more.`,
      ),
    };
  },
};

const splitMerge = (text: string) => {
  const [, from = '', into = ''] = /^(.*?)\s+into\s+(.+)$/i.exec(text.trim()) ?? [];
  return { from, into };
};

const merge: SubCommand<Person> = {
  may: 'account.archive',
  usage: 'merge acme-gmbh into acme',
  about: 'makes one account of two; everything goes along',
  keys: async (tx, it) => {
    const { from, into } = splitMerge(it.text);
    return ['company', ...(await keyOfTyped(tx, from)), ...(await keyOfTyped(tx, into))];
  },
  run: async (tx, person, it, now): Promise<Answer> => {
    const { from, into } = splitMerge(it.text);
    if (from === '')
      return {
        say: accountProblem(
          md`Write which account goes into which: \`/account merge acme-gmbh into acme\`.`,
          it.text,
        ),
      };
    const source = await meantOrAnswer(tx, from, (slug) => `/account merge ${slug} into ${into}`);
    if ('say' in source) return source;
    const target = await meantOrAnswer(tx, into, (slug) => `/account merge ${from} into ${slug}`);
    if ('say' in target) return target;
    if (source.account.id === target.account.id)
      return { say: accountProblem('That is one account already.', it.text) };
    await mergeAccounts(tx, source.account, target.account, by(person, now));
    return {
      say: accountSaid(
        `${source.account.name} is part of ${target.account.name} now: channels, people, issues and what is owed went along.`,
      ),
    };
  },
};

/** `/account`: alone it lists, with a name it shows, else it does what the first word says. */
export function accountCommand(show: ShowAccount) {
  const shown: SubCommand<Person> = {
    may: 'account.see',
    usage: '[acme]',
    about: 'your accounts, or one with all that is known of it',
    run: async (tx: Tx, person, it, now) => {
      const typed = it.text.trim();
      if (typed === '') return list(tx, person, now);
      const found = await meantOrAnswer(tx, typed);
      const account = 'account' in found ? found.account : accountBeginning(typed, await activeAccounts(tx));
      if (account) return show(tx, person, account, it, now);
      return found as Answer;
    },
  };
  const table = { show: shown, add, edit: editCommand, link: linkCommand, archive, merge };
  const split = subcommands<Person>('/account', table, 'help.see');
  return (it: Command): { surface: Surface<Person, Command>; it: Command } => {
    const { word } = firstWord(it.text);
    return word === 'help' || Object.hasOwn(table, word) ? split(it) : { surface: shown, it };
  };
}
