import { may } from '../../people/may.js';
import type { Person } from '../../people/rules.js';
import { md, readIncoming } from '../../slack/blocks/index.js';
import type { Answer } from '../../slack/dispatch.js';
import { nearest, type SubCommand } from '../../slack/subcommands.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { wallOf } from '../../time/index.js';
import { findAccount } from '../find.js';
import { accountProblem, accountSaid } from '../messages/account.js';
import { FIELDS, type Field, PERSON_FIELDS, readDomain, readField } from '../rules/edit.js';
import { type AccountDetails, isFreeMail } from '../rules.js';
import { type AccountFields, changeAccount } from '../store/edit.js';
import { addDomain, holderOfDomain, removeDomain } from '../store/links.js';
import { noteDomain } from '../store/matches.js';
import { accountById, activeAccounts } from '../store.js';
import { asTyped, by, keyOfTyped, meantOrAnswer, personTyped } from './meant.js';

/** `acme csm @ana`: the account may have several words, so the field decides where it ends. */
function splitEdit(text: string): { name: string; field: Field | null; value: string; word: string } {
  const words = text.trim().split(/\s+/);
  const at = words.findIndex(
    (word, i) => i > 0 && (FIELDS as readonly string[]).includes(word.toLowerCase()),
  );
  if (at < 0) return { name: words[0] ?? '', field: null, value: '', word: words[1] ?? '' };
  return {
    name: words.slice(0, at).join(' '),
    field: (words[at] ?? '').toLowerCase() as Field,
    value: words.slice(at + 1).join(' '),
    word: '',
  };
}

/** `/account edit acme renewal 2027-02-14`. */
export const editCommand: SubCommand<Person> = {
  may: 'account.edit',
  usage: 'edit acme csm @ana',
  about: `sets ${FIELDS.join(', ')}`,
  keys: (tx, it) => keyOfTyped(tx, splitEdit(it.text).name),
  run: async (tx, person, it, now): Promise<Answer> => {
    const { name, field, value, word } = splitEdit(it.text);
    const rest = (await asTyped(tx, it.text)).slice(name.length);
    const found = await meantOrAnswer(tx, name, (slug) => `/account edit ${slug}${rest}`);
    if ('say' in found) return found;
    if (field === null) return { say: accountProblem(whichField(word), it.text) };
    if (field === 'domain') return { say: await setDomain(tx, found.account, value, person, now, it.text) };
    const read =
      PERSON_FIELDS[field] && !/^(none|-)$/i.test(value)
        ? await readPerson(tx, field, value)
        : shownAs(readField(field, value, wallOf(now, person.hours.zone).date));
    if ('problem' in read) return { say: accountProblem(read.problem, it.text) };
    if (field === 'name') {
      const there = findAccount(value, await activeAccounts(tx));
      if ('account' in there && there.account.id !== found.account.id)
        return { say: accountProblem(`${there.account.name} is there already.`, it.text) };
    }
    await changeAccount(tx, found.account, read.set as AccountFields, by(person, now));
    return { say: accountSaid(`${found.account.name}: ${field} is ${read.shown} now.`) };
  },
};

/** What was read with how it is said again, so that whoever typed it sees how it was understood. */
function shownAs(read: ReturnType<typeof readField>) {
  if ('problem' in read) return read;
  const values = Object.values(read.set).flat();
  const words = values.flatMap((one) =>
    one === null ? [] : [typeof one === 'number' ? numberText(one) : one],
  );
  return { set: read.set, shown: words.join(typeof values[0] === 'number' ? ' ' : ', ') || 'nothing' };
}

const numberText = (value: number) => value.toLocaleString('en-GB');

function whichField(word: string): string {
  const near = nearest(word, FIELDS);
  const hint = near ? ` Did you mean ${near}?` : '';
  return `Say what to set: ${FIELDS.join(', ')}.${hint}`;
}

async function readPerson(
  tx: ReadTx,
  field: Field,
  typed: string,
): Promise<{ set: Record<string, number>; shown: string } | { problem: string }> {
  const found = await personTyped(tx, typed);
  const column = PERSON_FIELDS[field];
  if (!found || !column)
    return { problem: `${field}: nobody of ours is called ${readIncoming(typed).slice(0, 40) || 'that'}.` };
  if (!may(found, 'issue.take')) return { problem: `${field}: ${found.name} only looks on in Baton.` };
  return { set: { [column]: found.id }, shown: found.name };
}

async function takeDomain(tx: Tx, account: AccountDetails, domain: string, text: string) {
  if ((await holderOfDomain(tx, domain)) !== account.id)
    return accountProblem(`${domain} is not ${account.name}'s.`, text);
  await removeDomain(tx, domain);
  return accountSaid(`${domain} is not ${account.name}'s any more.`);
}

async function setDomain(
  tx: Tx,
  account: AccountDetails,
  typed: string,
  person: Person,
  now: number,
  text: string,
) {
  const [, gone] = /^(?:not|remove|-)\s*(\S.*)$/i.exec(typed) ?? [];
  const domain = readDomain(gone ?? typed);
  if (domain === null)
    return accountProblem(md`Write *domain* like acme.com, or *not acme.com* to take it away.`, text);
  if (gone !== undefined) return takeDomain(tx, account, domain, text);
  if (isFreeMail(domain))
    return accountProblem(`${domain} is a free mail provider: it says nothing about a company.`, text);
  const holder = await holderOfDomain(tx, domain);
  if (holder === account.id) return accountSaid(`${domain} is ${account.name}'s already.`);
  if (holder !== null) {
    await noteDomain(tx, { domain, accounts: [holder, account.id], at: now });
    const name = (await accountById(tx, holder))?.name ?? 'another account';
    return accountProblem(
      md`${domain} belongs to ${name}. Somebody decides with \`/baton unmatched\`.`,
      text,
    );
  }
  await addDomain(tx, account.id, domain);
  await changeAccount(tx, account, {}, by(person, now));
  return accountSaid(`${domain} is ${account.name}'s now.`);
}
