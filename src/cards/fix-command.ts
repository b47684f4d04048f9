import {
  declineNeedsWhy,
  fixSaid,
  fixUsage,
  mayNotChangeFix,
  noFixYet,
  noSuchFix,
} from '../fixes/messages/answers.js';
import { declineModal } from '../fixes/messages/decline.js';
import { type FixAccountView, fixList } from '../fixes/messages/fix.js';
import { liveByChosen } from '../fixes/messages/link.js';
import { type Fix, fixName } from '../fixes/rules/fix.js';
import { fixStep } from '../fixes/rules/state.js';
import { type FixAsk, isFixVerb, readFixCommand } from '../fixes/rules/typed.js';
import { waitingAccounts } from '../fixes/store/accounts.js';
import { type FixMeant, fixMeant, keysOfFix } from '../fixes/store/find.js';
import { fixesInQuestion } from '../fixes/store/fixes.js';
import { ensureFix } from '../fixes/store/link.js';
import { chooseLiveBy } from '../fixes/store/live-by.js';
import { declineFix, markBrokeAgain } from '../fixes/store/state.js';
import { fixesOwed } from '../followups/store/matters.js';
import { withFoldedNote } from '../issues/messages/life.js';
import type { Issue } from '../issues/rules/issue.js';
import { issueName } from '../issues/rules/issue.js';
import type { Change } from '../issues/store/life.js';
import { type Action, may } from '../people/may.js';
import type { Person } from '../people/rules.js';
import type { Message } from '../slack/blocks/index.js';
import type { Answer } from '../slack/dispatch.js';
import type { SubCommand } from '../slack/subcommands.js';
import type { ReadTx, Tx } from '../store/transact.js';
import { fixView, renderWholeFix } from './fix.js';
import { askForWhom, forWhom, sayLive } from './fix-live.js';

const PAGE = 8;

const NEEDS: Readonly<Record<FixAsk['verb'], Action>> = {
  list: 'fix.see',
  show: 'fix.see',
  live: 'fix.mark_live',
  decline: 'fix.decline',
  broke: 'fix.broke_again',
  when: 'fix.choose_live',
};

/** `/baton fix …`: lists who waits, shows one fix, or says how it stands. */
export const fixCommand: SubCommand<Person> = {
  may: 'fix.see',
  usage: 'fix [B-42 | live B-42 [for some] | decline B-42 why | broke again B-42 | when github release]',
  about:
    'shows who waits for fixes and who tells them; says that one is live, declined or broke again, and what makes it live',
  keys: async (tx, it) => {
    const ask = readFixCommand(it.text);
    if (ask?.verb === 'when') return ['company'];
    if (!ask || ask.verb === 'list' || ask.verb === 'show') return [];
    const meant = await fixMeant(tx, ask.ref);
    if ('fix' in meant) return keysOfFix(tx, meant.fix);
    return 'issue' in meant ? [`account:${meant.issue.accountId}`] : [];
  },
  run: async (tx, by, it, now): Promise<Answer> => {
    const ask = readFixCommand(it.text);
    if (!ask) {
      const [word = ''] = it.text.trim().split(/\s+/);
      return { say: fixUsage(word, isFixVerb(word)) };
    }
    if (!may(by, NEEDS[ask.verb])) return { say: mayNotChangeFix() };
    if (ask.verb === 'list') return { say: await listFixes(tx, by, ask.page, now) };
    if (ask.verb === 'when') return { say: liveByChosen(await chooseLiveBy(tx, ask.rest, by.slackId, now)) };
    const meant = await fixMeant(tx, ask.ref);
    if ('several' in meant)
      return {
        say: noSuchFix(
          ask.ref,
          meant.several.flatMap((fix) => fix.url ?? []),
        ),
      };
    if ('none' in meant) return { say: noSuchFix(ask.ref) };
    const form = await formFor(tx, ask, meant, it.channel);
    if (form) return form;
    const say = await act(tx, ask, meant, { by, now, source: 'command' });
    const { issue, folded } = meant;
    return { say: issue && folded != null ? withFoldedNote(say, folded, issue.number) : say };
  },
};

/** What has to be asked before it can be done: for whom it is live, or why it is declined. */
async function formFor(
  tx: ReadTx,
  ask: Exclude<FixAsk, { verb: 'list' | 'when' }>,
  meant: Found,
  channel: string | null,
): Promise<Answer | undefined> {
  if (ask.verb === 'live' && ask.rest.toLowerCase() === 'some' && 'fix' in meant)
    return askForWhom(tx, meant.fix, fixName(meant.fix), channel);
  if (ask.verb !== 'decline' || ask.rest !== '') return undefined;
  if (!('fix' in meant)) return { say: declineNeedsWhy(issueName(meant.issue.number)) };
  const { fix } = meant;
  if (!('to' in fixStep(fix.state, 'decline'))) return undefined;
  return { open: declineModal({ id: fix.id, name: fixName(fix), channel }) };
}

type Found = Extract<FixMeant, { fix: Fix }> | Extract<FixMeant, { folded: Issue | null }>;
type By = Change & { by: Person };

async function act(tx: Tx, ask: FixAsk, meant: Found, change: By): Promise<Message> {
  const name = meant.issue ? issueName(meant.issue.number) : '';
  if (ask.verb === 'show')
    return 'fix' in meant ? renderWholeFix(tx, meant.fix, change.by.hours.zone, change.now) : noFixYet(name);
  // A fix that is kept by hand begins when somebody says how it stands.
  const fix = 'fix' in meant ? meant.fix : await ensureFix(tx, meant.issue, change);
  const called = name || fixName(fix);
  if (ask.verb === 'live') return sayLive(tx, fix, called, await forWhom(tx, fix, ask.rest), change);
  if (ask.verb === 'decline') return sayDeclined(tx, fix, called, ask.rest, change);
  return sayBrokeAgain(tx, fix, called, change);
}

export async function sayDeclined(
  tx: Tx,
  fix: Fix,
  called: string,
  why: string,
  change: By,
): Promise<Message> {
  const waiting = (await waitingAccounts(tx, fix.id)).length;
  const outcome = await declineFix(tx, fix, why === '' ? null : why.slice(0, 500), change);
  if (outcome.done) return fixSaid({ declined: called, accounts: waiting });
  return fixSaid(outcome.refused === null ? { already: called } : { refused: outcome.refused });
}

export async function sayBrokeAgain(tx: Tx, fix: Fix, called: string, change: By): Promise<Message> {
  const outcome = await markBrokeAgain(tx, fix, change);
  if (outcome.done) return fixSaid({ brokeAgain: called });
  return fixSaid(outcome.refused === null ? { already: called } : { refused: outcome.refused });
}

/** True while an account waits for it, or for word of it; with what was declined nobody waits for more than that word. */
const isOpenFor = (account: FixAccountView) =>
  (account.who !== null && !account.isTold) || !['live', 'declined'].includes(account.state);

/** One page of the fixes that somebody waits for or has not heard of, newest first. */
export async function listFixes(tx: ReadTx, by: Person, page: number, now: number): Promise<Message> {
  const views = [];
  for (const fix of await fixesInQuestion(tx, await fixesOwed(tx))) {
    const view = await fixView(tx, fix, by.hours.zone, now);
    if (view.accounts.some(isOpenFor)) views.push(view);
  }
  const from = Math.min(Math.max(0, page), Math.max(0, Math.ceil(views.length / PAGE) - 1)) * PAGE;
  const shown = views.slice(from, from + PAGE);
  return fixList(shown, {
    page: from / PAGE,
    left: views.length - from - shown.length,
    mayRemind: may(by, 'followup.remind'),
  });
}
