import { z } from 'zod';
import type { Group, Person } from '../../people/rules.js';
import { escalationGroups, groupByKey, personBySlackId } from '../../people/store.js';
import { findCard, placeCard, touchCards } from '../../queue/cards.js';
import { setting } from '../../settings/store.js';
import type { Answer, Surface } from '../../slack/dispatch.js';
import type { Command, Press, Submit } from '../../slack/interactions.js';
import { firstWord } from '../../slack/subcommands.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import {
  escalated,
  escalateToWhom,
  escalateUsage,
  escalationAnswered,
  NO_TRIAGE,
  noSuchIssue,
  reasonTooLong,
} from '../messages/answers.js';
import { type EscalateMemory, escalateModal } from '../messages/modals.js';
import { issueName, parseIssueNumber, REASON_MAX } from '../rules/issue.js';
import { answerEscalation, escalationById, openEscalation } from '../store/escalations.js';
import { issueById, issueByNumber } from '../store/read.js';

/** The key of an issue's account, by number. */
export async function keyOfIssue(tx: ReadTx, number: number | null): Promise<string[]> {
  const issue = number === null ? undefined : await issueByNumber(tx, number);
  return issue ? [`account:${issue.accountId}`] : [];
}

/** `/escalate B-42 why` asks to whom; without a reason it opens the form, since a reason is owed. */
export const escalateCommand: Surface<Person, Command> = {
  may: 'issue.escalate',
  run: async (tx, _person, it): Promise<Answer> => {
    const { word, rest } = firstWord(it.text);
    if (word === '') return { say: escalateUsage('no issue') };
    const issue = await issueByNumber(tx, parseIssueNumber(word) ?? -1);
    if (!issue) return { say: noSuchIssue(word) };
    if ((await setting(tx, 'triageChannel')) === null) return { say: NO_TRIAGE };
    const groups = await escalationGroups(tx);
    if (groups.length === 0) return { say: escalateUsage('no groups') };
    const length = Array.from(rest).length;
    if (length > REASON_MAX) return { say: reasonTooLong(length, rest) };
    if (rest !== '') return { say: escalateToWhom(issue, rest, groups) };
    const memory: EscalateMemory = { number: issue.number, channel: it.channel };
    return { open: escalateModal({ name: issueName(issue.number), title: issue.title, groups, memory }) };
  },
};

const Choice = z.object({ n: z.number().int(), g: z.string(), r: z.string().min(1).max(2000) });

/** A group was chosen for a reason given before. */
export const escalateToPress: Surface<Person, Press> = {
  may: 'issue.escalate',
  keys: async (tx, it) => keyOfIssue(tx, readChoice(it.value)?.n ?? null),
  run: async (tx, person, it, now): Promise<Answer> => {
    const choice = readChoice(it.value);
    const say = choice ? await escalate(tx, person, choice, now, 'command') : noSuchIssue('');
    return { say };
  },
};

function readChoice(value: string): z.infer<typeof Choice> | undefined {
  try {
    return Choice.parse(JSON.parse(value));
  } catch {
    return undefined;
  }
}

export const escalateSubmit: Surface<Person, Submit> = {
  may: 'issue.escalate',
  keys: async (tx, it) => keyOfIssue(tx, (JSON.parse(it.metadata) as EscalateMemory).number),
  run: async (tx, person, it, now): Promise<Answer> => {
    const memory = JSON.parse(it.metadata) as EscalateMemory;
    const reason = (it.values.reason ?? '').trim();
    const group = it.values.group ?? '';
    const errors = {
      ...(group === '' ? { group: 'Choose who should help.' } : {}),
      ...(reason === '' ? { reason: 'Say why: the group decides by it how fast to come.' } : {}),
    };
    if (Object.keys(errors).length > 0) return { errors };
    return {
      say: await escalate(tx, person, { n: memory.number, g: group, r: reason }, now, 'form'),
      sayIn: memory.channel,
    };
  },
};

async function escalate(
  tx: Tx,
  by: Person,
  choice: { n: number; g: string; r: string },
  now: number,
  source: string,
) {
  const issue = await issueByNumber(tx, choice.n);
  const group = await groupByKey(tx, choice.g);
  const triage = await setting(tx, 'triageChannel');
  if (!issue) return noSuchIssue(issueName(choice.n));
  if (!group) return escalateUsage('no groups');
  if (triage === null) return NO_TRIAGE;
  const { escalation, existed } = await openEscalation(tx, issue, group, {
    reason: choice.r,
    by,
    now,
    source,
  });
  if (!existed) await callGroup(tx, triage, issue.id, issue.accountId, escalation.id, group, now);
  return escalated(issue, group.name, existed);
}

/** Calls the group in the issue's thread; the call shows who came, so it is a card of its own. */
async function callGroup(
  tx: Tx,
  triage: string,
  issueId: number,
  accountId: number,
  escalationId: number,
  group: Group,
  now: number,
) {
  const parent = await findCard(tx, 'issue', issueId, triage);
  await placeCard(
    tx,
    {
      kind: 'escalation',
      subjectId: escalationId,
      target: triage,
      accounts: [accountId],
      threadCardId: parent?.id ?? null,
      fallbackUserId: group.people[0] ?? null,
    },
    now,
  );
}

/** *I'm on it*: the first of the group wins, everybody else learns who it is. */
export const answerPress: Surface<Person, Press> = {
  may: 'escalation.answer',
  keys: async (tx, it) => [`escalation:${it.value}`, ...(await keyOfEscalation(tx, it.value))],
  run: async (tx, person, it, now): Promise<Answer> => {
    const escalation = await escalationById(tx, Number(it.value));
    const issue = escalation && (await issueById(tx, escalation.issueId));
    if (!escalation || !issue) return { say: noSuchIssue('') };
    const answered = await answerEscalation(tx, escalation, issue, person, now);
    await touchCards(tx, 'escalation', escalation.id, now);
    const by = answered.answeredBy ?? person.slackId;
    const isYou = by === person.slackId;
    return {
      say: escalationAnswered(
        isYou ? person.name : ((await personBySlackId(tx, by))?.name ?? 'Somebody'),
        isYou,
      ),
    };
  },
};

async function keyOfEscalation(tx: ReadTx, value: string): Promise<string[]> {
  const escalation = await escalationById(tx, Number(value));
  const issue = escalation && (await issueById(tx, escalation.issueId));
  return issue ? [`account:${issue.accountId}`] : [];
}
