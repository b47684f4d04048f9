import { addWorkingDays } from '../../src/time/index.js';
import { type Account, HOURS, sourness } from './company.js';
import { addIssueMessage, issueOf, logByReaction } from './issues.js';
import { CUSTOMER, SOURING, SUPPORT } from './rates.js';
import type { Trouble } from './truth.js';
import { answer, askOn, chase, matter } from './words.js';
import { agentFor, today, workingHoursLater, workingMinutes, type Year } from './year.js';

/** A customer's matter in their channel. */
export interface Talk {
  account: Account;
  channel: string;
  author: string;
  about: string;
  /** The first message's ts, which is its thread. */
  ts: string;
  /** The issue that a further message about the same belongs to. */
  issue: number | null;
  /** Where they asked about the same before. */
  earlier: Talk | null;
  isAnswered: boolean;
  /** Since when what was said last waits for an answer, UTC ms. */
  waitsSince: number | null;
  /** It waits for too long. */
  trouble: Trouble | null;
}

/** What somebody writes about a matter that is known. */
export interface Again {
  text: string;
  about: string;
  author: string;
  issue: number | null;
  earlier: Talk | null;
  chases: number;
}

/** Somebody of an account writes about something, or once more about the same. */
export async function write(year: Year, account: Account, again?: Again): Promise<void> {
  const { dice, channel } = account;
  if (channel === null) return;
  const it = again ?? {
    ...matter(dice, dice.chance(CUSTOMER.isQuestion)),
    ...{ author: dice.pick(account.customers), issue: null, earlier: null, chases: 0 },
  };
  const ts = await year.office.writes(channel, it.author, it.text);
  const { about, author, issue, earlier } = it;
  const talk: Talk = {
    ...{ account, channel, author, about, ts, issue, earlier },
    ...{ isAnswered: false, waitsSince: null, trouble: null },
  };
  waitForAnswer(year, talk);
  chaseLater(year, talk, it.chases);
}

/** What was said in a talk waits: when support will answer, and from when on that is too late. */
export function waitForAnswer(year: Year, talk: Talk): void {
  const { account } = talk;
  const { dice } = account;
  const now = year.office.now();
  const sour = account.souring?.how === 'slow' ? sourness(account, today(year)) : 0;
  const isForgotten = dice.chance(SUPPORT.forgotten + sour * SOURING.slowForgotten);
  const minutes =
    dice.lognormal(SUPPORT.answerMinutes) * (1 - sour) +
    sour * SOURING.slowAnswerHours * 60 * dice.lognormal({ median: 1, sigma: 0.6 });
  const at = isForgotten
    ? workingHoursLater(now, dice.between(SUPPORT.forgottenDays) * 8)
    : workingMinutes(now, minutes);
  talk.waitsSince = now;
  year.agenda.add(at, async () => {
    if (talk.waitsSince !== null) await reply(year, talk, agentFor(year, account));
  });
  year.agenda.add(addWorkingDays(now, 1, HOURS), async () => {
    if (talk.waitsSince === now)
      talk.trouble = year.truth.add(account.id, {
        what: 'waiting',
        from: year.office.now(),
        until: year.until,
      });
  });
}

/** An answer: the first may stand in the channel, what is asked on in a thread is answered there. */
async function reply(year: Year, talk: Talk, agent: string): Promise<void> {
  const { account, channel, ts, about, isAnswered, earlier } = talk;
  const { dice } = account;
  const isInThread = isAnswered || dice.chance(SUPPORT.inThread);
  await year.office.writes(channel, agent, answer(about), isInThread ? { threadTs: ts } : {});
  const now = year.office.now();
  talk.isAnswered = true;
  talk.waitsSince = null;
  if (talk.trouble) talk.trouble.until = workingHoursLater(now, 8);
  talk.trouble = null;
  // "Did anybody see my message?": most look for it and answer there too.
  if (earlier && earlier.waitsSince !== null && dice.chance(SUPPORT.looksUp)) {
    earlier.isAnswered = true;
    year.agenda.add(workingMinutes(now, 2), () => reply(year, earlier, agent));
  }
  if (!isAnswered) goOn(year, talk, agent);
}

/** What follows from a first answer: it is logged or not, and the customer says thanks or asks on. */
function goOn(year: Year, talk: Talk, agent: string): void {
  const { account, channel, ts, about, author } = talk;
  const { dice } = account;
  const now = year.office.now();
  const share = account.kind === 'chatty' ? SUPPORT.logs.chatty : SUPPORT.logs.ordinary;
  if (talk.issue !== null) year.agenda.add(workingMinutes(now, 3), () => addIssueMessage(year, talk, agent));
  else if (dice.chance(share))
    year.agenda.add(workingMinutes(now, 5), () => logByReaction(year, talk, agent));
  if (dice.chance(CUSTOMER.saysThanks))
    year.agenda.add(workingMinutes(now, 12), async () => {
      await year.office.writes(channel, author, 'Thanks!', { threadTs: ts });
    });
  else if (dice.chance(CUSTOMER.asksOn))
    year.agenda.add(workingMinutes(now, 25), async () => {
      await year.office.writes(channel, author, askOn(about), { threadTs: ts });
      waitForAnswer(year, talk);
    });
}

/** Whoever gets no answer writes again, in the channel, where it is seen; three times at most. */
function chaseLater(year: Year, talk: Talk, chases: number): void {
  const { account, about, author } = talk;
  const { dice } = account;
  if (chases >= 3 || !dice.chance(CUSTOMER.chases)) return;
  year.agenda.add(workingHoursLater(year.office.now(), CUSTOMER.chasesAfterHours), async () => {
    if (talk.isAnswered) return;
    const issue = talk.issue ?? (await issueOf(year, talk));
    const text = chase(dice, about);
    await write(year, account, { text, about, author, issue, earlier: talk, chases: chases + 1 });
  });
}
