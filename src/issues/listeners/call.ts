import { accountById } from '../../accounts/store.js';
import { askBadge, callPeople } from '../../people/badges.js';
import type { Group, Person } from '../../people/rules.js';
import { groupByKey, leadsOf, personById, personBySlackId } from '../../people/store.js';
import { findCard, placeCard, touchCards } from '../../queue/cards.js';
import { post } from '../../queue/enqueue.js';
import { setting } from '../../settings/store.js';
import type { Message } from '../../slack/blocks/index.js';
import type { Answer, Surface } from '../../slack/dispatch.js';
import type { Press } from '../../slack/interactions.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { postInThread } from '../jobs/escalation.js';
import { NO_TRIAGE, noSuchIssue } from '../messages/answers.js';
import {
  authorityAsked,
  escalated,
  escalateUsage,
  escalationAnswered,
  somebodyCame,
  takenBack,
} from '../messages/escalation.js';
import { isAsked, isForCsm, mayAnswer, takeBackProblem } from '../rules/escalation.js';
import { type Issue, isOver, issueName } from '../rules/issue.js';
import {
  answerEscalation,
  authorityKey,
  type EscalationRow,
  escalationById,
  openEscalation,
  takeBackEscalation,
} from '../store/escalations.js';
import { issueById } from '../store/read.js';

interface Ask {
  groupKey: string;
  reason: string;
  isCustomerWish: boolean;
  now: number;
  source: string;
  /** The message became an issue by this. */
  logged?: boolean;
}

/** Calls a group in the issue's thread, once; the success manager is told where it concerns them. */
export async function callGroup(tx: Tx, by: Person, issue: Issue, ask: Ask): Promise<Message> {
  const group = await groupByKey(tx, ask.groupKey);
  const triage = await setting(tx, 'triageChannel');
  if (!group) return escalateUsage('no groups');
  if (triage === null) return NO_TRIAGE;
  const { escalation, existed } = await openEscalation(tx, issue, group, { ...ask, by });
  let notCalled: string[] = [];
  if (!existed) {
    notCalled = (
      await callPeople(tx, group.slackGroup ? [] : group.people, badge(issue, escalation, ask.now))
    ).named;
    await placeCall(tx, triage, issue, escalation, group, ask.now);
    if (isForCsm(escalation)) await tellCsm(tx, issue, escalation, group, by, ask.now);
  }
  const answeredBy = escalation.answeredBy && (await personBySlackId(tx, escalation.answeredBy))?.name;
  const { logged = false } = ask;
  const isOfGroup = escalation.answeredBy !== null && isAsked(group, escalation.answeredBy);
  return escalated({
    issue,
    group: group.name,
    existed,
    answeredBy: answeredBy ?? null,
    isOfGroup,
    logged,
    notCalled,
  });
}

/** What the budget of each person is asked about a call; only what a person marked urgent is critical. */
const badge = (issue: Issue, escalation: EscalationRow, at: number) => ({
  at,
  isCritical: issue.priority === 'urgent',
  kind: 'escalation',
  about: `escalation:${escalation.id}`,
});

/** The call shows who came, so it is a card of its own; its clock starts when it is delivered. */
async function placeCall(
  tx: Tx,
  triage: string,
  issue: Issue,
  escalation: EscalationRow,
  group: Group,
  now: number,
): Promise<void> {
  const parent = await findCard(tx, 'issue', issue.id, triage);
  await placeCard(
    tx,
    {
      kind: 'escalation',
      subjectId: escalation.id,
      target: triage,
      accounts: [issue.accountId],
      threadCardId: parent?.id ?? null,
      fallbackUserId: group.people[0] ?? null,
      onDelivered: `escalation:${escalation.id}`,
    },
    now,
  );
}

/** One direct message; not to whoever asked, nor to whoever is called in the thread anyway. */
async function tellCsm(
  tx: Tx,
  issue: Issue,
  escalation: EscalationRow,
  group: Group,
  by: Person,
  now: number,
): Promise<void> {
  const account = await accountById(tx, issue.accountId);
  const csm = account?.csmId == null ? undefined : await personById(tx, account.csmId);
  const told = csm?.isActive ? [csm] : await leadsOf(tx, 'success');
  const { reason, isCustomerWish } = escalation;
  for (const { id, slackId } of told) {
    if (slackId === by.slackId || group.people.includes(slackId)) continue;
    const ask = { ...badge(issue, escalation, now), personId: id, step: 'csm' };
    if ((await askBadge(tx, ask)) === 'held') continue;
    await post(
      tx,
      slackId,
      authorityAsked({
        account: account?.name ?? '',
        by: by.name,
        group: group.name,
        issueName: issueName(issue.number),
        title: issue.title,
        reason,
        isCustomerWish,
      }),
      now,
      { key: authorityKey(escalation.id, slackId), accounts: [issue.accountId] },
    );
  }
}

interface Found {
  escalation: EscalationRow;
  issue: Issue;
}

async function find(tx: ReadTx, value: string): Promise<Found | undefined> {
  const escalation = /^\d{1,9}$/.test(value) ? await escalationById(tx, Number(value)) : undefined;
  const issue = escalation && (await issueById(tx, escalation.issueId));
  return escalation && issue && { escalation, issue };
}

async function keys(tx: ReadTx, it: Press): Promise<string[]> {
  const found = await find(tx, it.value);
  return found ? [`account:${found.issue.accountId}`] : [];
}

const nameOf = async (tx: ReadTx, slackId: string | null) =>
  (slackId === null ? undefined : await personBySlackId(tx, slackId))?.name ?? 'Somebody';

/** *I'm on it*: the first wins, whoever asked is told in the thread, everybody else learns who it is. */
export const answerPress: Surface<Person, Press> = {
  may: 'escalation.answer',
  keys,
  run: async (tx, person, it, now): Promise<Answer> => {
    const found = await find(tx, it.value);
    if (!found) return { say: noSuchIssue('') };
    const { issue } = found;
    if (isOver(issue.state) && found.escalation.answeredBy === null && found.escalation.takenBackAt === null)
      return { say: escalationAnswered({ state: issue.state }) };
    const group = await groupByKey(tx, found.escalation.groupKey);
    if (group && !mayAnswer(group, person)) return { say: escalationAnswered({ asked: group.name }) };
    const { escalation, won } = await answerEscalation(tx, found.escalation, issue, person, now);
    if (won && escalation.byUser !== person.slackId) await tellAsker(tx, issue, escalation, person, now);
    if (escalation.takenBackAt !== null)
      return { say: escalationAnswered({ takenBackBy: await nameOf(tx, escalation.takenBackBy) }) };
    const isYou = escalation.answeredBy === person.slackId;
    return { say: escalationAnswered({ on: await nameOf(tx, escalation.answeredBy), isYou }) };
  },
};

async function tellAsker(
  tx: Tx,
  issue: Issue,
  escalation: EscalationRow,
  by: Person,
  now: number,
): Promise<void> {
  const { mentioned } = await callPeople(tx, [escalation.byUser], {
    ...badge(issue, escalation, now),
    step: 'answered',
  });
  const reply = somebodyCame({
    asker: mentioned[0] ?? null,
    by: by.name,
    issueName: issueName(issue.number),
  });
  await postInThread(tx, issue, escalation, reply, { now, key: `escalation:${escalation.id}:answered` });
}

/** *Take back*: the asker or a lead ends a call that nobody has answered. */
export const takeBackPress: Surface<Person, Press> = {
  may: 'escalation.take_back',
  keys,
  run: async (tx, person, it, now): Promise<Answer> => {
    const found = await find(tx, it.value);
    if (!found) return { say: noSuchIssue('') };
    const problem = takeBackProblem(found.escalation, person);
    if (!problem) await takeBackEscalation(tx, found.escalation, found.issue, person, now);
    else await touchCards(tx, 'escalation', found.escalation.id, now);
    return { say: takenBack(problem, await nameOf(tx, found.escalation.byUser)) };
  },
};
