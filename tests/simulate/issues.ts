import { addToIssue, logIssue } from '../../src/issues/store/issues.js';
import { issueByNumber, issueOfSource } from '../../src/issues/store/read.js';
import { personBySlackId } from '../../src/people/store.js';
import { addDays } from '../../src/time/index.js';
import { channelId, userId } from '../support/office.js';
import { type Account, isWorkday, sourness, startOf, workdaysAfter } from './company.js';
import { CUSTOMER, SOURING, SUPPORT } from './rates.js';
import { type Talk, waitForAnswer, write } from './talk.js';
import { matter, news, solved, stillBroken } from './words.js';
import { agentFor, today, workingHoursLater, workingMinutes, type Year } from './year.js';

/** An issue and where it is talked about; `talk` is null for what was logged by hand. */
interface Tracked {
  number: number;
  account: Account;
  about: string;
  talk: Talk | null;
  agent: string;
  isOver: boolean;
}

export async function issueOf(year: Year, { channel, ts }: Talk): Promise<number | null> {
  const found = await year.office.store.read((tx) => issueOfSource(tx, channelId(channel), ts));
  return found?.number ?? null;
}

/** `:ticket:` on what the customer wrote. */
export async function logByReaction(year: Year, talk: Talk, agent: string): Promise<void> {
  await year.office.reacts(talk.channel, talk.ts, agent, 'ticket');
  const number = await issueOf(year, talk);
  if (number === null || talk.issue !== null) return;
  talk.issue = number;
  await live(year, { number, account: talk.account, about: talk.about, talk, agent, isOver: false });
}

/** A further message about an issue is added to it. */
export async function addIssueMessage(year: Year, talk: Talk, agent: string): Promise<void> {
  const { office } = year;
  await office.store.transact([`account:${talk.account.id}`], async (tx) => {
    const issue = talk.issue === null ? undefined : await issueByNumber(tx, talk.issue);
    const by = await personBySlackId(tx, userId(agent));
    if (issue && by)
      await addToIssue(
        tx,
        issue,
        { channel: channelId(talk.channel), ts: talk.ts },
        { by, how: 'suggestion', now: office.now() },
      );
  });
}

/** An account without a channel called or mailed, and somebody wrote it down. */
export async function logByHand(year: Year, account: Account): Promise<void> {
  const { office } = year;
  const agent = agentFor(year, account);
  const { about, text } = matter(account.dice, false);
  const number = await office.store.transact([`account:${account.id}`], async (tx) => {
    const by = (await personBySlackId(tx, userId(agent))) ?? null;
    const how = { by, how: 'form', now: office.now() };
    return (await logIssue(tx, { ...how, accountId: account.id, title: text })).issue.number;
  });
  await live(year, { number, account, about, talk: null, agent, isOver: false });
}

const type = (year: Year, user: string, command: string, text: string) =>
  year.office.command(user, 'triage', command, text);

async function live(year: Year, issue: Tracked): Promise<void> {
  const { number, account, agent } = issue;
  const { dice } = account;
  await type(year, agent, '/issue', `take B-${number}`);
  if (dice.chance(SUPPORT.urgent)) await markUrgent(year, issue);
  if (dice.chance(SUPPORT.skill)) await escalate(year, issue, 'engineering');
  if (dice.chance(SUPPORT.authority)) await askForManager(year, issue);
  if (dice.chance(SUPPORT.promises)) await promise(year, issue);
  if (dice.chance(SUPPORT.needsFix)) fixLater(year, issue);
  solveLater(year, issue);
  newsLater(year, issue);
}

async function markUrgent(year: Year, { number, account, agent }: Tracked): Promise<void> {
  const now = year.office.now();
  year.truth.add(account.id, { what: 'urgent', from: now, until: workingHoursLater(now, 24) });
  await type(year, agent, '/issue', `priority B-${number} urgent`);
}

/** The customer asks for somebody who decides, and support calls the executives. */
async function askForManager(year: Year, issue: Tracked): Promise<void> {
  const now = year.office.now();
  year.truth.add(issue.account.id, { what: 'authority', from: now, until: workingHoursLater(now, 40) });
  await escalate(year, issue, 'executive');
}

async function escalate(year: Year, { number, agent }: Tracked, group: string): Promise<void> {
  const value = JSON.stringify({ n: number, g: group, r: 'they asked for more than we can do' });
  await year.office.press(agent, `issue.escalate_to:${group}`, value);
}

async function promise(year: Year, { number, agent }: Tracked): Promise<void> {
  const due = workdaysAfter(today(year), 3);
  await type(year, agent, '/baton', `promise B-${number} by ${due}: a word on how far it is`);
}

function fixLater(year: Year, { number, account, agent }: Tracked): void {
  const day = addDays(today(year), Math.round(account.dice.between(SUPPORT.fixDays)));
  const at = workingMinutes(startOf(isWorkday(day) ? day : workdaysAfter(day, 1)), 120);
  year.agenda.add(at, async () => {
    await type(year, agent, '/baton', `fix live B-${number}`);
  });
}

function solveLater(year: Year, issue: Tracked): void {
  const { number, account, agent, talk, about } = issue;
  const { dice } = account;
  const at = workingHoursLater(year.office.now(), Math.min(160, dice.lognormal(SUPPORT.solveHours)));
  year.agenda.add(at, async () => {
    issue.isOver = true;
    if (talk) await year.office.writes(talk.channel, agent, solved(about), { threadTs: talk.ts });
    await type(year, agent, '/issue', `resolve B-${number}`);
    comeBackLater(year, issue);
  });
}

/** It did not last: the customer says so, half of the time in the thread, half in the channel. */
function comeBackLater(year: Year, issue: Tracked): void {
  const { account, talk, about, number } = issue;
  const { dice } = account;
  const sour = account.souring?.how === 'reopens' ? sourness(account, today(year)) : 0;
  if (!talk || !dice.chance(Math.max(SUPPORT.comesBack, sour > 0 ? SOURING.comesBack : 0))) return;
  const at = workingHoursLater(year.office.now(), dice.between({ from: 2, to: 24 }));
  year.agenda.add(at, async () => {
    issue.isOver = false;
    const text = stillBroken(about);
    if (dice.chance(0.5)) {
      await year.office.writes(talk.channel, talk.author, text, { threadTs: talk.ts });
      waitForAnswer(year, talk);
    } else
      await write(year, account, {
        text,
        about,
        author: talk.author,
        issue: number,
        earlier: null,
        chases: 0,
      });
    solveLater(year, issue);
  });
}

/** What takes long is asked about, in the channel. */
function newsLater(year: Year, issue: Tracked): void {
  const { account, talk, about, number } = issue;
  const { dice } = account;
  if (!talk || !dice.chance(CUSTOMER.asksForNews)) return;
  const at = workingHoursLater(
    year.office.now(),
    CUSTOMER.asksForNewsAfterHours * dice.lognormal({ median: 1, sigma: 0.4 }),
  );
  year.agenda.add(at, async () => {
    if (issue.isOver) return;
    await write(year, account, {
      text: news(dice, about),
      about,
      author: talk.author,
      issue: number,
      earlier: null,
      chases: 0,
    });
    newsLater(year, issue);
  });
}

/** The planted day: they want somebody who decides, about what is open or, where nothing is, about how things go. */
export async function callForDecision(year: Year, account: Account): Promise<void> {
  const { office } = year;
  const agent = agentFor(year, account);
  const number = await office.store.transact([`account:${account.id}`], async (tx) => {
    const by = (await personBySlackId(tx, userId(agent))) ?? null;
    const how = { by, how: 'form', now: office.now() };
    return (await logIssue(tx, { ...how, accountId: account.id, title: 'They want to speak to a manager' }))
      .issue.number;
  });
  const issue = { number, account, about: 'how things go', talk: null, agent, isOver: false };
  await escalate(year, issue, 'executive');
  solveLater(year, issue);
}
