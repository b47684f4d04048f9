import type { Person } from '../../people/rules.js';
import { md } from '../../slack/blocks/index.js';
import type { Answer } from '../../slack/dispatch.js';
import type { SubCommand } from '../../slack/subcommands.js';
import { accountProblem, accountSaid } from '../messages/account.js';
import { unmatchedList } from '../messages/unmatched.js';
import { decideMatch, openMatchById, shownMatches } from '../store/matches.js';
import { by, meant, meantOrAnswer } from './meant.js';

const split = (text: string) => {
  const [, number = '', whose = ''] = /^#?(\d{1,9})\s*(?:is|are|=|:)?\s*(.*)$/i.exec(text.trim()) ?? [];
  return { number, whose: whose.trim() };
};

/** `/baton unmatched` lists who or what belongs to no account, or to two; with a number it decides. */
export const unmatchedCommand: SubCommand<Person> = {
  may: 'account.edit',
  usage: 'unmatched [3 acme | 3 nobody]',
  about: 'shows who writes without an account, and says whose they are',
  keys: async (tx, it) => {
    const found = await meant(tx, split(it.text).whose);
    return ['company', ...('account' in found ? [`account:${found.account.id}`] : [])];
  },
  run: async (tx, person, it, now): Promise<Answer> => {
    const { number, whose } = split(it.text);
    if (number === '') return { say: unmatchedList(await shownMatches(tx, 100)) };
    const match = await openMatchById(tx, Number(number));
    if (!match) return { say: accountProblem(`Nothing open has the number ${number}.`, it.text) };
    if (whose === '')
      return { say: accountProblem(md`Say whose: \`/baton unmatched ${number} acme\`, or nobody.`, it.text) };
    const isNobody = /^(nobody|none|no one)$/i.test(whose);
    const found = isNobody
      ? undefined
      : await meantOrAnswer(tx, whose, (slug) => `/baton unmatched ${number} ${slug}`);
    if (found && 'say' in found) return found;
    await decideMatch(tx, match, found?.account.id ?? null, by(person, now));
    return { say: accountSaid(decided(match.name, found?.account.name ?? null)) };
  },
};

/** What was decided of somebody, in words; `account` null: they are nobody's. */
export function decided(name: string, account: string | null): string {
  return account === null
    ? `${name} belongs to nobody; it is not asked again.`
    : `${name} belongs to ${account}.`;
}
