import { accountById } from '../../accounts/store.js';
import type { Person } from '../../people/rules.js';
import type { Answer, Surface } from '../../slack/dispatch.js';
import type { Submit } from '../../slack/interactions.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { added, logged } from '../messages/answers.js';
import type { LogMemory } from '../messages/modals.js';
import { alreadyHeld } from '../messages/suggestion.js';
import {
  CATEGORIES,
  type Issue,
  issueName,
  parseIssueNumber,
  parsePriority,
  titleFrom,
} from '../rules/issue.js';
import { foldIssue, issueMeant } from '../store/folded.js';
import { addToIssue, holderOf, type LogRequest, logIssue } from '../store/issues.js';
import { pickAccount } from './account-field.js';
import { likelyContact, logTyped } from './attach.js';
import { takeIn } from './take-in.js';

function memoryOf(it: Submit): LogMemory {
  return JSON.parse(it.metadata) as LogMemory;
}

/** The form was sent. What is wrong is said at its field, and what was typed stays. */
export const logSubmit: Surface<Person, Submit> = {
  may: 'issue.log',
  keys: async (tx, it) => {
    const picked = await pickAccount(tx, memoryOf(it).accountId, it.values.account);
    return 'id' in picked ? [`account:${picked.id}`] : [];
  },
  run: async (tx, person, it, now): Promise<Answer> => {
    const memory = memoryOf(it);
    const title = titleFrom(it.values.title ?? '');
    const picked = await pickAccount(tx, memory.accountId, it.values.account);
    const same = 'id' in picked ? await readSame(tx, it.values.same, picked) : { issue: null };
    const errors = {
      ...('problem' in picked ? { account: picked.problem } : {}),
      ...(title === '' ? { title: 'A title says in a few words what is broken or wanted.' } : {}),
      ...('problem' in same ? { same: same.problem } : {}),
    };
    if ('problem' in picked || 'problem' in same || Object.keys(errors).length > 0) return { errors };
    const category = CATEGORIES.find((one) => one === it.values.category) ?? null;
    const request: LogRequest = {
      accountId: picked.id,
      title,
      detail: it.values.detail ?? null,
      priority: parsePriority(it.values.priority ?? '') ?? 'normal',
      category,
      source: memory.source && { channel: memory.source.channel, ts: memory.source.ts },
      by: person,
      how: memory.source ? 'shortcut' : 'form',
      now,
    };
    if (memory.source) await takeIn(tx, picked.id, memory.source, now);
    const say = same.issue ? await addTo(tx, same.issue, request) : await log(tx, request);
    return { say, sayIn: memory.channel };
  },
};

async function log(tx: Tx, request: LogRequest) {
  if (!request.source) return (await logTyped(tx, request)).say;
  const { issue, existed } = await logIssue(tx, request);
  const account = await accountById(tx, issue.accountId);
  return logged(issue, account?.name ?? '', existed);
}

async function readSame(
  tx: ReadTx,
  typed: string | null | undefined,
  account: { id: number; name: string },
): Promise<{ issue: Issue | null } | { problem: string }> {
  const words = (typed ?? '').trim();
  if (words === '') return { issue: null };
  const meant = await issueMeant(tx, parseIssueNumber(words));
  if (!meant) return { problem: `There is no issue ${words}. Write its number, like B-17.` };
  if (meant.issue.accountId !== account.id)
    return { problem: `${issueName(meant.issue.number)} is not an issue of ${account.name}.` };
  return meant;
}

/** It is about an issue that there is: its message goes there; where there is none, the two become one. */
async function addTo(tx: Tx, issue: Issue, request: LogRequest) {
  const account = await accountById(tx, issue.accountId);
  const contact = request.source ? undefined : await likelyContact(tx, request.accountId, request.now);
  const source = request.source ?? (contact && { channel: contact.channel, ts: contact.firstTs });
  if (source) {
    // Somebody else may have logged it while the form stood open.
    const held = await holderOf(tx, source);
    if (held && held.id !== issue.id) return alreadyHeld(held.number, held.title);
    await addToIssue(tx, issue, source, request);
    return added(issue, account?.name ?? '');
  }
  const made = await logIssue(tx, request);
  const change = { by: request.by, now: request.now, source: request.how };
  await foldIssue(tx, made.issue, issue, change);
  return added(issue, account?.name ?? '');
}
