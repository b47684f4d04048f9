import { z } from 'zod';
import { activeAccounts } from '../../accounts/store.js';
import type { Person } from '../../people/rules.js';
import { escalationGroups } from '../../people/store.js';
import { setting } from '../../settings/store.js';
import { readIncoming } from '../../slack/blocks/index.js';
import type { Answer, Surface } from '../../slack/dispatch.js';
import type { Command, Press, Shortcut, Submit } from '../../slack/interactions.js';
import { placeOf } from '../../slack/place.js';
import type { ReadTx } from '../../store/transact.js';
import { NO_TRIAGE, noSuchIssue } from '../messages/answers.js';
import { escalateToWhom, escalateUsage, notEscalated, reasonTooLong } from '../messages/escalation.js';
import { type EscalateMemory, escalateModal } from '../messages/escalation-form.js';
import { cleanReason } from '../rules/escalation.js';
import { type Issue, isOver, parseIssueNumber, REASON_MAX, titleFrom } from '../rules/issue.js';
import { issueAt } from '../store/find.js';
import { issueMeant, rootOf } from '../store/folded.js';
import { logIssue } from '../store/issues.js';
import { pickAccount } from './account-field.js';
import { callGroup } from './call.js';
import { openWithAccount } from './late-account.js';
import { sourceOf, takeIn } from './take-in.js';

/** The issue of a number as it goes on: what was folded answers as what it was folded into. */
export async function issueNumbered(tx: ReadTx, number: number | null): Promise<Issue | undefined> {
  return (await issueMeant(tx, number))?.issue;
}

/** The key of an issue's account, by number. */
export async function keyOfIssue(tx: ReadTx, number: number | null): Promise<string[]> {
  const issue = await issueNumbered(tx, number);
  return issue ? [`account:${issue.accountId}`] : [];
}

/** Why nobody can be called about anything, or about this issue; undefined when somebody can. */
async function obstacle(tx: ReadTx, issue?: Issue) {
  if ((await setting(tx, 'triageChannel')) === null) return NO_TRIAGE;
  if ((await escalationGroups(tx)).length === 0) return escalateUsage('no groups');
  return issue && isOver(issue.state) ? notEscalated(issue) : undefined;
}

/** The form for an issue; also what the card's menu opens. */
export async function openEscalateForm(
  tx: ReadTx,
  issue: Issue | undefined,
  channel: string | null,
  given: { reason?: string; isCustomerWish?: boolean } = {},
): Promise<Answer> {
  if (!issue) return { say: noSuchIssue('') };
  const problem = await obstacle(tx, issue);
  if (problem) return { say: problem };
  const memory: EscalateMemory = { number: issue.number, channel };
  return { open: escalateModal({ issue, groups: await escalationGroups(tx), memory, ...given }) };
}

/** `/escalate B-42 why` asks to whom; without a reason it opens the form, since a reason is owed. */
export const escalateCommand: Surface<Person, Command> = {
  may: 'issue.escalate',
  run: async (tx, _person, it): Promise<Answer> => {
    const [, typed = '', rest = ''] = /^(\S*)\s*([\s\S]*)$/u.exec(it.text) ?? [];
    if (typed === '') return { say: escalateUsage('no issue') };
    const issue = await issueNumbered(tx, parseIssueNumber(typed));
    if (!issue) return { say: noSuchIssue(typed, it.text) };
    const problem = await obstacle(tx, issue);
    if (problem) return { say: problem };
    const reason = cleanReason(rest);
    const length = Array.from(reason).length;
    if (length > REASON_MAX) return { say: reasonTooLong(length, reason) };
    if (reason !== '') return { say: escalateToWhom(issue, reason, await escalationGroups(tx)) };
    return openEscalateForm(tx, issue, it.channel);
  },
};

const Choice = z.object({ n: z.number().int(), g: z.string(), r: z.string().max(2000) });

function readChoice(value: string): z.infer<typeof Choice> | undefined {
  try {
    return Choice.parse(JSON.parse(value));
  } catch {
    return undefined;
  }
}

/** A group was chosen for a reason given before. */
export const escalateToPress: Surface<Person, Press> = {
  may: 'issue.escalate',
  keys: async (tx, it) => keyOfIssue(tx, readChoice(it.value)?.n ?? null),
  run: async (tx, person, it, now): Promise<Answer> => {
    const choice = readChoice(it.value);
    const issue = choice && (await issueNumbered(tx, choice.n));
    const reason = cleanReason(choice?.r ?? '');
    if (!choice || !issue || reason === '') return { say: noSuchIssue('') };
    const problem = await obstacle(tx, issue);
    const ask = { groupKey: choice.g, reason, isCustomerWish: false, now, source: 'command' };
    return { say: problem ?? (await callGroup(tx, person, issue, ask)) };
  },
};

/** Opens the form with what is known already: from the answer to `/escalate`, and from what a reaction offered. */
export const escalateFormPress: Surface<Person, Press> = {
  may: 'issue.escalate',
  run: async (tx, _person, it): Promise<Answer> => {
    const choice = readChoice(it.value);
    const reason = cleanReason(choice?.r ?? '');
    const given = reason === '' ? {} : { reason, isCustomerWish: true };
    return openEscalateForm(tx, await issueNumbered(tx, choice?.n ?? null), placeOf(it), given);
  },
};

/** The message shortcut: the issue is found by the message; where it is none yet, the form logs it first. */
export const escalateMessageShortcut: Surface<Person, Shortcut> = {
  may: 'issue.escalate',
  run: async (tx, _person, it): Promise<Answer> => {
    const { channel, message } = it;
    const issue = channel && message ? await issueAt(tx, { channel, ...message }) : undefined;
    if (issue) return openEscalateForm(tx, issue, placeOf(it));
    const problem = await obstacle(tx);
    if (problem) return { say: problem };
    const source = await sourceOf(tx, it);
    return openWithAccount(tx, it, async (reader, known) => {
      const accountId = known.account?.id ?? null;
      const memory: EscalateMemory = { number: null, channel: placeOf(it), source, accountId };
      return escalateModal({
        issue: null,
        groups: await escalationGroups(reader),
        memory,
        account: { ...known, accounts: await activeAccounts(reader) },
        title: titleFrom(readIncoming(message?.text ?? '')),
      });
    });
  },
};

const Memory = z.object({
  number: z.number().int().nullable(),
  channel: z.string().nullable(),
  source: z
    .object({
      channel: z.string(),
      ts: z.string(),
      threadTs: z.string().nullish(),
      author: z.string().nullish(),
      text: z.string().optional(),
    })
    .nullish(),
  accountId: z.number().int().nullish(),
});

const memoryOf = (it: Submit) => Memory.parse(JSON.parse(it.metadata));

export const escalateSubmit: Surface<Person, Submit> = {
  may: 'issue.escalate',
  keys: async (tx, it) => {
    const memory = memoryOf(it);
    if (memory.number !== null) return keyOfIssue(tx, memory.number);
    const picked = await pickAccount(tx, memory.accountId, it.values.account);
    return 'id' in picked ? [`account:${picked.id}`] : [];
  },
  run: async (tx, person, it, now): Promise<Answer> => {
    const { number, channel, source, accountId } = memoryOf(it);
    const reason = cleanReason(it.values.reason ?? '');
    const title = titleFrom(it.values.title ?? '');
    const known = await issueNumbered(tx, number);
    const picked = known ? undefined : await pickAccount(tx, accountId, it.values.account);
    const length = Array.from(reason).length;
    const errors = {
      ...(picked && 'problem' in picked ? { account: picked.problem } : {}),
      ...(!known && title === '' ? { title: 'A title says in a few words what is broken or wanted.' } : {}),
      ...(it.values.group ? {} : { group: 'Choose who should help.' }),
      ...(reason === '' ? { reason: 'Say why: the group decides by it how fast to come.' } : {}),
      ...(length > REASON_MAX ? { reason: `${length} characters; ${REASON_MAX} fit.` } : {}),
    };
    if (Object.keys(errors).length > 0) return { errors };
    if (source && picked && 'id' in picked) await takeIn(tx, picked.id, source, now);
    const logged =
      picked && 'id' in picked
        ? await logIssue(tx, {
            accountId: picked.id,
            title,
            source: source ? { channel: source.channel, ts: source.ts } : null,
            by: person,
            how: 'escalation',
            now,
          })
        : undefined;
    const issue = known ?? (logged && (await rootOf(tx, logged.issue)));
    if (!issue) return { say: noSuchIssue(''), sayIn: channel };
    const ask = {
      groupKey: it.values.group ?? '',
      reason,
      isCustomerWish: it.values.customer === 'yes',
      now,
      source: 'form',
      logged: logged?.existed === false,
    };
    return { say: (await obstacle(tx, issue)) ?? (await callGroup(tx, person, issue, ask)), sayIn: channel };
  },
};
