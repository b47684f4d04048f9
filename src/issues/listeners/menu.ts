import { NOT_YOUR_ROLE } from '../../accounts/gate.js';
import { may } from '../../people/may.js';
import type { Person } from '../../people/rules.js';
import { touchCards } from '../../queue/cards.js';
import type { Answer, Surface } from '../../slack/dispatch.js';
import type { Press, Submit } from '../../slack/interactions.js';
import { placeOf } from '../../slack/place.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { noSuchIssue } from '../messages/answers.js';
import { moreModal } from '../messages/forms.js';
import { movedOn, refused } from '../messages/life.js';
import { type Issue, isOver, issueName } from '../rules/issue.js';
import { moreOf } from '../rules/menu.js';
import { rootOf } from '../store/folded.js';
import type { Change } from '../store/life.js';
import { issueByNumber } from '../store/read.js';
import { keyOfNumber, memoryOf } from './meant.js';

/** Where something was chosen, and by whom. */
export interface ChosenAt {
  /** Where an answer to a form is shown: a place, see `slack/place.ts`. */
  channel: string | null;
  change: Change & { by: Person };
}

/** One thing that can be chosen on an issue's card. */
export interface MenuEntry {
  may: string;
  /** When it makes sense: on an issue that somebody works on, or always. Else the press is past. */
  fits: 'live' | 'any';
  run: (tx: Tx, issue: Issue, at: ChosenAt) => Promise<Answer>;
}

/** Where an issue stands, in one line: only a later room knows all of it. */
export type LineOf = (tx: ReadTx, issue: Issue, now: number) => Promise<string>;

/** What was chosen on which issue. */
interface Choice {
  verb: string;
  number: number;
  channel: string | null;
}

/** The menu of an issue in the two shapes in which it is chosen from. */
export interface Menu {
  /**
   * The card's buttons and its ⋯ menu, and the buttons of private questions. A press says what and on which issue
   * (`resolve:42`, `B-42` for *I'll take it*).
   */
  press: Surface<Person, Press>;
  /** The form behind *More…*. */
  submit: Surface<Person, Submit>;
}

/** Both check the entry against who chooses it and how the issue stands now. */
export function issueMenu(entries: Readonly<Record<string, MenuEntry>>, lineOf: LineOf): Menu {
  return {
    press: {
      may: 'issue.see',
      keys: (tx, it) => keyOfNumber(tx, readChoice(it).number),
      run: (tx, by, it, now) => choose(tx, readChoice(it), { by, now, source: 'button' }, entries, lineOf),
    },
    submit: {
      may: 'issue.see',
      keys: (tx, it) => keyOfNumber(tx, memoryOf(it).number),
      run: async (tx, by, it, now): Promise<Answer> => {
        const { number, channel } = memoryOf(it);
        const verb = it.values.what ?? '';
        if (verb === '') return { errors: { what: 'Choose what you want to do.' } };
        const change = { by, now, source: 'form' };
        return { ...(await choose(tx, { verb, number, channel }, change, entries, lineOf)), sayIn: channel };
      },
    },
  };
}

async function choose(
  tx: Tx,
  { verb, number, channel }: Choice,
  change: Change & { by: Person },
  entries: Readonly<Record<string, MenuEntry>>,
  lineOf: LineOf,
): Promise<Answer> {
  const issue = await issueByNumber(tx, number);
  if (!issue) return { say: noSuchIssue(number < 0 ? '' : issueName(number)) };
  const entry = verb === 'more' ? more : Object.hasOwn(entries, verb) ? entries[verb] : undefined;
  if (!entry)
    return { say: refused('This button is from another version of Baton and does nothing any more.') };
  if (!may(change.by, entry.may)) return { say: NOT_YOUR_ROLE };
  // A folded issue is past for every button; what it became is shown instead.
  const isPast = issue.state === 'merged' ? verb !== 'history' : isOver(issue.state) && entry.fits === 'live';
  if (isPast) {
    await touchCards(tx, 'issue', issue.id, change.now);
    const root = await rootOf(tx, issue);
    return { say: movedOn(root, await lineOf(tx, root, change.now)) };
  }
  return entry.run(tx, issue, { channel, change });
}

/** *More…*: what the menu of five has no room for. */
const more: MenuEntry = {
  may: 'issue.see',
  fits: 'any',
  run: async (_tx, issue, at) => ({ open: moreModal(issue, moreOf(issue.state), at.channel) }),
};

/** Reads `resolve:42` and, of *I'll take it*, `B-42`. */
function readChoice(it: Press): Choice {
  const take = /^B-(\d{1,9})$/.exec(it.value);
  if (take) return { verb: 'take', number: Number(take[1]), channel: placeOf(it) };
  const [verb = '', number = ''] = it.value.split(':');
  return { verb, number: /^\d{1,9}$/.test(number) ? Number(number) : -1, channel: placeOf(it) };
}
