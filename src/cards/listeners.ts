import { findAccount } from '../accounts/find.js';
import { accountById, activeAccounts } from '../accounts/store.js';
import { fixName } from '../fixes/rules.js';
import { ensureFix, fixById, issuesOfFix, markLive, recentFixes } from '../fixes/store.js';
import { dueInWords, type Followup } from '../followups/rules.js';
import { followupOfFix, followupsOfFix } from '../followups/store.js';
import { noSuchIssue } from '../issues/messages/answers.js';
import { issueList } from '../issues/messages/card.js';
import { type Issue, issueName, parseIssueNumber } from '../issues/rules/issue.js';
import { issueByNumber, issuesOf } from '../issues/store/read.js';
import type { Person } from '../people/rules.js';
import { personById, personBySlackId } from '../people/store.js';
import { type Message, message } from '../slack/blocks/index.js';
import type { Answer } from '../slack/dispatch.js';
import { firstWord, type SubCommand } from '../slack/subcommands.js';
import type { ReadTx, Tx } from '../store/transact.js';
import { dayAndClock } from '../time/index.js';
import { issueLine, renderIssue } from './issue.js';
import { type FixView, fixList, fixLive, fixShown, fixUsage } from './messages.js';

const OPEN_STATES = ['new', 'open', 'waiting', 'resolved'] as const;
const PAGE = 20;

/** Subcommands of `/issue` that show what later rooms know too. */
export const issueReading: Record<string, SubCommand<Person>> = {
  show: {
    may: 'issue.see',
    usage: 'show B-42',
    about: 'shows one issue as it stands',
    run: async (tx, _person, it, now) => {
      const issue = await issueByNumber(tx, parseIssueNumber(it.text) ?? -1);
      return { say: issue ? await renderIssue(tx, issue, now) : noSuchIssue(it.text) };
    },
  },
  list: {
    may: 'issue.see',
    usage: 'list [mine | acme]',
    about: 'shows what is open, of everybody, of yours or of one account',
    run: async (tx, person, it, now) => ({ say: await list(tx, person, it.text, now) }),
  },
};

async function list(tx: ReadTx, person: Person, which: string, now: number): Promise<Message> {
  const isMine = which.toLowerCase() === 'mine';
  const found =
    which === '' || isMine || which === 'open' ? null : findAccount(which, await activeAccounts(tx));
  if (found && !('account' in found)) {
    const hint = found.nearest
      ? ` Did you mean /issue list ${found.nearest.slug}?`
      : ' Try /issue list, /issue list mine or the name of an account.';
    return message({ text: `Baton knows no account ${which.slice(0, 40)}.${hint}`, blocks: [] });
  }
  const all = await issuesOf(tx, found?.account.id ?? null, OPEN_STATES);
  const shown = isMine ? all.filter((issue) => issue.ownerId === person.id) : all;
  const items = await Promise.all(shown.slice(0, PAGE).map((issue) => item(tx, issue, now)));
  const heading = isMine ? 'Your issues' : found ? `Open issues of ${found.account.name}` : 'Open issues';
  return issueList({ heading, items, left: Math.max(0, shown.length - PAGE) });
}

async function item(tx: ReadTx, issue: Issue, now: number) {
  const account = await accountById(tx, issue.accountId);
  return {
    name: issueName(issue.number),
    account: account?.name ?? '',
    title: issue.title,
    line: await issueLine(tx, issue, now),
  };
}

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
    const issue = await issueByNumber(tx, number);
    if (!issue) return { say: noSuchIssue(typed) };
    return { say: isLive ? await makeLive(tx, issue, person, now) : await showFix(tx, issue, person, now) };
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
