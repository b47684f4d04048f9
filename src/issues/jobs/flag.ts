import { accountById } from '../../accounts/store.js';
import { askBadge, callPeople } from '../../people/badges.js';
import { type Person, workingHours } from '../../people/rules.js';
import { leadsOf, personBySlackId } from '../../people/store.js';
import { findCard, placeCard, repostCard, touchCards } from '../../queue/cards.js';
import { clearDue, type DueHandler, setDue } from '../../queue/due.js';
import { post } from '../../queue/enqueue.js';
import { setting } from '../../settings/store.js';
import type { Message } from '../../slack/blocks/index.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { DAY_MS, hoursProblem, startOfNextWorkingDay } from '../../time/index.js';
import { flagChange, flagCompleted, flagWaits } from '../messages/flag.js';
import { type Flag, flagClimbsAt } from '../rules/flag.js';
import type { Issue } from '../rules/issue.js';
import { climbFlag, flagById, flagClimbKey, flagsOnIssue } from '../store/flags.js';

/** Puts the flag before support; its clock starts when it is delivered. */
export async function placeFlag(tx: Tx, flag: Flag, now: number): Promise<void> {
  const triage = await setting(tx, 'triageChannel');
  if (triage === null) return;
  await placeCard(
    tx,
    {
      kind: 'flag',
      subjectId: flag.id,
      target: triage,
      accounts: [flag.accountId],
      fallbackUserId: flag.byUser,
      onDelivered: `flag:${flag.id}`,
    },
    now,
  );
}

/** From `since` support has its time; then the flag climbs to its lead, once in its life. */
export async function clockFlag(tx: Tx, flag: Flag, since: number): Promise<void> {
  if (flag.climbedAt !== null || flag.state !== 'offered') return;
  const dueAt = flagClimbsAt(since, await leadsOf(tx, 'support'));
  if (dueAt !== null) await setDue(tx, flagClimbKey(flag.id), 'flag.climb', flag.id, dueAt);
}

const badge = (flag: Flag, step: string | number, at: number) => ({
  at,
  isCritical: false,
  kind: 'flag',
  about: `flag:${flag.id}`,
  step,
});

const tellKey = (flagId: number) => `tell:flag:${flagId}`;

/** The sender hears what support said; what came back waits for them. */
export async function tellSender(tx: Tx, flag: Flag, now: number): Promise<void> {
  const again = await showSender(tx, flag, now);
  if (again === null) return clearDue(tx, tellKey(flag.id));
  await setDue(tx, tellKey(flag.id), 'flag.tell', flag.id, again);
}

/**
 * A direct message of its own each time, the older one shows the same.
 * @returns null when it is on its way; else, since their day has no room for it, when their next working day begins:
 * until then it stands in their nine o'clock message
 */
async function showSender(tx: Tx, flag: Flag, now: number): Promise<number | null> {
  await touchCards(tx, 'flag_sender', flag.id, now);
  const sender = await personBySlackId(tx, flag.byUser);
  const ask = { ...badge(flag, `${flag.state}:${flag.decidedAt ?? now}`, now), personId: sender?.id ?? 0 };
  if (sender && (await askBadge(tx, ask)) === 'held') {
    const working = workingHours(sender.hours);
    return hoursProblem(working) ? now + DAY_MS : startOfNextWorkingDay(now, working);
  }
  const place = { kind: 'flag_sender', subjectId: flag.id, target: flag.byUser, accounts: [flag.accountId] };
  await repostCard(tx, place, now);
  return null;
}

/** An issue changed that was flagged: a line below what the sender was told, and no badge of its own. */
export async function tellWatchers(
  tx: Tx,
  issue: Issue,
  lineOf: () => Promise<string>,
  change: { eventId: number; actor: string | null; now: number },
): Promise<void> {
  for (const flag of await flagsOnIssue(tx, issue.id)) {
    const card = await findCard(tx, 'flag_sender', flag.id, flag.byUser);
    // Who did it knows it.
    if (!card || flag.byUser === change.actor) continue;
    await post(tx, flag.byUser, flagChange({ issueNumber: issue.number, line: await lineOf() }), change.now, {
      key: `flag:${flag.id}:event:${change.eventId}`,
      accounts: [flag.accountId],
      threadCardId: card.id,
    });
  }
}

/** A line below the flag's card in the triage channel. */
async function postBelowFlag(
  tx: Tx,
  flag: Flag,
  line: Message,
  { now, key }: { now: number; key?: string },
): Promise<void> {
  const triage = await setting(tx, 'triageChannel');
  const card = triage === null ? undefined : await findCard(tx, 'flag', flag.id, triage);
  if (triage === null || !card) return;
  await post(tx, triage, line, now, {
    ...(key === undefined ? {} : { key }),
    accounts: [flag.accountId],
    threadCardId: card.id,
  });
}

/** Whoever asked for more learns that it is there. */
export async function tellResent(tx: Tx, flag: Flag, by: Person, now: number): Promise<void> {
  const whom = flag.decidedBy === null ? [] : [flag.decidedBy];
  const { mentioned } = await callPeople(tx, whom, badge(flag, `completed:${now}`, now));
  await postBelowFlag(tx, flag, flagCompleted({ whom: mentioned[0] ?? null, by: by.name }), { now });
}

/** The flag stands before support: from now it climbs when nobody decides. */
export async function onFlagDelivered(tx: Tx, flagId: number, at: number): Promise<void> {
  const flag = await flagById(tx, flagId);
  if (flag) await clockFlag(tx, flag, at);
}

const keys = async (tx: ReadTx, row: { subjectId: number }): Promise<string[]> => {
  const flag = await flagById(tx, row.subjectId);
  return flag ? [`account:${flag.accountId}`] : [];
};

/** What support said yesterday, and their day had no room for. Sent again meanwhile, it is past. */
const tell: DueHandler = {
  keys,
  run: async (tx, row, now) => {
    const flag = await flagById(tx, row.subjectId);
    return flag && flag.state !== 'offered' ? showSender(tx, flag, now) : null;
  },
};

/** Nobody decided: the support leads are mentioned below the card, once. */
const climb: DueHandler = {
  keys,
  run: async (tx, row, now) => {
    const flag = await flagById(tx, row.subjectId);
    if (flag?.state !== 'offered') return null;
    const leads = (await leadsOf(tx, 'support'))
      .map((lead) => lead.slackId)
      .filter((slackId) => slackId !== flag.byUser);
    if (leads.length === 0 || !(await climbFlag(tx, flag, leads, now))) return null;
    const account = await accountById(tx, flag.accountId);
    const by = (await personBySlackId(tx, flag.byUser))?.name ?? 'somebody';
    const { mentioned, named } = await callPeople(tx, leads, badge(flag, 'climb', now));
    const line = flagWaits({
      leads: mentioned,
      notCalled: named,
      by,
      account: account?.name ?? '',
      detail: flag.detail,
    });
    await postBelowFlag(tx, flag, line, { now, key: flagClimbKey(flag.id) });
    return null;
  },
};

export const flagJobs = { 'flag.climb': climb, 'flag.tell': tell };
