import { accountById } from '../accounts/store.js';
import { linkCommand, linkEntry } from '../fixes/listeners.js';
import { fixName } from '../fixes/rules.js';
import { ensureFix, fixById, issuesOfFix, markLive, recentFixes } from '../fixes/store.js';
import { dueInWords, type Followup } from '../followups/rules.js';
import { followupOfFix, followupsOfFix } from '../followups/store.js';
import type { LaterRooms } from '../issues/listeners/index.js';
import { onIssue } from '../issues/listeners/meant.js';
import { noSuchIssue } from '../issues/messages/answers.js';
import { HISTORY_PAGE } from '../issues/messages/history.js';
import { withFoldedNote } from '../issues/messages/life.js';
import { type Issue, issueName, parseIssueNumber } from '../issues/rules/issue.js';
import { issueMeant } from '../issues/store/folded.js';
import { issueByNumber } from '../issues/store/read.js';
import { may } from '../people/may.js';
import type { Person } from '../people/rules.js';
import { personById, personBySlackId } from '../people/store.js';
import type { Message } from '../slack/blocks/index.js';
import type { Answer } from '../slack/dispatch.js';
import { firstWord, type SubCommand } from '../slack/subcommands.js';
import type { ReadTx, Tx } from '../store/transact.js';
import { dayAndClock } from '../time/index.js';
import { historyCommand, historyEntry, historyPress } from './history.js';
import { issueLine, renderIssue } from './issue.js';
import { listCommand, listPresses } from './list.js';
import { type FixView, fixList, fixLive, fixShown, fixUsage, mayNotMarkLive } from './messages.js';

/** `/issue show B-42`: the card as it stands; a folded number shows the issue that goes on for it. */
const showCommand = onIssue({
  may: 'issue.see',
  usage: 'show B-42',
  about: 'shows one issue as it stands',
  run: async (tx, { issue, change }) => ({ say: await renderIssue(tx, issue, change.now) }),
});

/** What `/issue` and the card's menu need of later rooms. */
export const issueReading: LaterRooms = {
  show: showCommand,
  list: listCommand,
  link: linkCommand,
  history: historyCommand,
  entries: { link: linkEntry, history: historyEntry },
  lineOf: issueLine,
};

/** Pages of lists and histories. */
export const readingPresses = { ...listPresses, [HISTORY_PAGE]: historyPress };

/** `/baton fix`: lists who waits; `/baton fix B-7` shows one; `/baton fix live B-7` says that customers can use it. */
export const fixCommand: SubCommand<Person> = {
  may: 'fix.see',
  usage: 'fix [live] [B-42]',
  about: 'shows who waits for fixes; with live, says that customers can use one now',
  keys: async (tx, it) => {
    const { word, rest } = firstWord(it.text);
    const issue = word === 'live' ? await issueByNumber(tx, parseIssueNumber(rest) ?? -1) : undefined;
    return issue ? [`account:${issue.accountId}`] : [];
  },
  run: async (tx, person, it, now): Promise<Answer> => {
    const { word, rest } = firstWord(it.text);
    if (word === '') return { say: await listFixes(tx, person, now) };
    const isLive = word === 'live';
    const typed = isLive ? rest : word;
    const number = parseIssueNumber(typed);
    if (number === null) return { say: isLive || /\d/.test(typed) ? noSuchIssue(typed) : fixUsage(word) };
    const meant = await issueMeant(tx, number);
    if (!meant) return { say: noSuchIssue(typed) };
    if (isLive && !may(person, 'fix.mark_live')) return { say: mayNotMarkLive() };
    const { issue, folded } = meant;
    const say = await (isLive ? makeLive : showFix)(tx, issue, person, now);
    return { say: withFoldedNote(say, folded, issue.number) };
  },
};

async function makeLive(tx: Tx, issue: Issue, person: Person, now: number): Promise<Message> {
  const fix = await ensureFix(tx, issue, person.slackId, now);
  const changed = await markLive(tx, fix, person.slackId, now, 'command');
  const asked = (await fixView(tx, fix.id, person, now)).accounts;
  return fixLive({ name: issueName(issue.number), title: issue.title, isNew: changed, accounts: asked });
}

async function showFix(tx: ReadTx, issue: Issue, person: Person, now: number): Promise<Message> {
  const views = await Promise.all(
    (await recentFixes(tx, 200)).map((fix) => fixView(tx, fix.id, person, now)),
  );
  const view = views.find((candidate) => candidate.issues.includes(issueName(issue.number)));
  return fixShown(issueName(issue.number), view ?? null);
}

async function listFixes(tx: ReadTx, person: Person, now: number): Promise<Message> {
  const views = await Promise.all(
    (await recentFixes(tx, 100)).map((fix) => fixView(tx, fix.id, person, now)),
  );
  return fixList(views.filter((view) => view.accounts.some((account) => !account.isTold)));
}

async function fixView(tx: ReadTx, fixId: number, person: Person, now: number): Promise<FixView> {
  const fix = await fixById(tx, fixId);
  const issues = await issuesOfFix(tx, fixId);
  const owed = await followupsOfFix(tx, fixId);
  const accounts = await Promise.all(
    [...new Set(issues.map((issue) => issue.accountId))].map(async (accountId) => {
      const followup = owed.some((one) => one.accountId === accountId)
        ? await followupOfFix(tx, fixId, accountId)
        : undefined;
      const teller = followup && (await personById(tx, followup.ownerId));
      const ended = followup?.endedBy ? await personBySlackId(tx, followup.endedBy) : undefined;
      return {
        account: (await accountById(tx, accountId))?.name ?? '',
        isTold: followup?.state === 'told',
        who: ended?.name ?? teller?.name ?? null,
        when: followup ? whenOf(followup, person.hours.zone, now) : null,
      };
    }),
  );
  return {
    name: fix ? fixName(fix) : '',
    state: fix?.state ?? 'planned',
    issues: issues.map((issue) => issueName(issue.number)),
    accounts,
  };
}

function whenOf(followup: Followup, zone: string, now: number): string {
  return followup.endedAt === null
    ? dueInWords(followup.dueAt, zone, now)
    : dayAndClock(followup.endedAt, zone, now);
}
