import { accountById } from '../accounts/store.js';
import { type FixAccountView, type FixView, fixCard } from '../fixes/messages/fix.js';
import { fixQuestion, type QuestionView } from '../fixes/messages/question.js';
import { brokenInWords, type Fix, fixName, fixStateInWords, stateFor } from '../fixes/rules/fix.js';
import { isOpenQuestion } from '../fixes/rules/question.js';
import { accountsOfFix, waitingAccounts } from '../fixes/store/accounts.js';
import { fixById, issuesOfFix } from '../fixes/store/fixes.js';
import { dueInWords, type Followup } from '../followups/rules.js';
import { followupsOfFix } from '../followups/store.js';
import { issueName } from '../issues/rules/issue.js';
import { personById, personBySlackId } from '../people/store.js';
import { setting } from '../settings/store.js';
import type { Message } from '../slack/blocks/index.js';
import type { ReadTx } from '../store/transact.js';
import { dayAndClock } from '../time/index.js';

/** A fix with everybody who waits for it: who tells whom, told or not, and by what proof. */

export async function renderFix(tx: ReadTx, fixId: number, now: number): Promise<Message | undefined> {
  const fix = await fixById(tx, fixId);
  return fix && fixCard(await fixView(tx, fix, await setting(tx, 'zone'), now));
}

/** The same for whoever asks: every account, times in their zone. */
export async function renderWholeFix(tx: ReadTx, fix: Fix, zone: string, now: number): Promise<Message> {
  return fixCard(await fixView(tx, fix, zone, now), true);
}

/** All that the card and the list of fixes show of one, its times in a zone; who still has to hear comes first. */
export async function fixView(tx: ReadTx, fix: Fix, zone: string, now: number): Promise<FixView> {
  const standing = await accountsOfFix(tx, fix.id);
  const owed = await followupsOfFix(tx, fix.id);
  const accounts: FixAccountView[] = [];
  for (const account of standing) {
    // The newest counts: what was told before it broke again says nothing of how it is now.
    const followup = owed.filter((one) => one.accountId === account.accountId).at(-1);
    accounts.push({
      account: (await accountById(tx, account.accountId))?.name ?? '',
      state: stateFor(fix, account),
      saysBroken: account.brokenAt !== null,
      ...(await tellingOf(tx, followup, zone, now)),
    });
  }
  const issues = await issuesOfFix(tx, fix.id);
  const version = fix.version === null ? '' : ` (${fix.version})`;
  return {
    id: fix.id,
    name: fixName(fix),
    title: fix.title,
    url: fix.url,
    state: fix.state,
    liveText:
      fix.state === 'live' && fix.liveAt !== null ? `${dayAndClock(fix.liveAt, zone, now)}${version}` : null,
    brokenText: brokenInWords(standing),
    reason: fix.reason,
    issues: issues.map((issue) => issueName(issue.number)),
    accounts: accounts.sort((a, b) => Number(a.isTold) - Number(b.isTold)),
  };
}

async function tellingOf(
  tx: ReadTx,
  followup: Followup | undefined,
  zone: string,
  now: number,
): Promise<Omit<FixAccountView, 'account' | 'state' | 'saysBroken'>> {
  const spared = followup?.state === 'not_needed' ? followup.reason : null;
  if (!followup || followup.state === 'not_needed')
    return { isTold: false, who: null, when: null, proof: null, spared };
  const isTold = followup.state === 'told';
  const ended = followup.endedBy ? await personBySlackId(tx, followup.endedBy) : undefined;
  const teller = await personById(tx, followup.ownerId);
  return {
    ...{ isTold, spared },
    who: (isTold ? ended?.name : undefined) ?? teller?.name ?? 'Somebody',
    when:
      followup.endedAt === null
        ? dueInWords(followup.dueAt, zone, now)
        : dayAndClock(followup.endedAt, zone, now),
    proof: !isTold ? null : /^https?:/.test(followup.proof ?? '') ? { url: followup.proof ?? '' } : 'word',
  };
}

/** What whoever linked a fix is asked, or how it stands since. */
export async function renderFixQuestion(
  tx: ReadTx,
  fixId: number,
  now: number,
): Promise<Message | undefined> {
  const fix = await fixById(tx, fixId);
  if (!fix) return undefined;
  const waiting: string[] = [];
  for (const account of await waitingAccounts(tx, fixId))
    waiting.push((await accountById(tx, account.accountId))?.name ?? '');
  const zone = await setting(tx, 'zone');
  const ask: QuestionView['ask'] =
    isOpenQuestion(fix) && fix.question !== null ? fix.question : { settled: fixStateInWords(fix.state) };
  return fixQuestion({
    id: fix.id,
    name: fixName(fix),
    title: fix.title,
    ask,
    since: fix.mergedAt === null ? null : dayAndClock(fix.mergedAt, zone, now),
    waiting,
  });
}
