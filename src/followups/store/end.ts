import { and, eq, inArray } from 'drizzle-orm';
import { actingFunction, type Person } from '../../people/rules.js';
import { clearDue } from '../../queue/due.js';
import { emit } from '../../store/log.js';
import type { Tx } from '../../store/transact.js';
import type { Followup, How, Outcome } from '../rules.js';
import { courseKey, followupById } from '../store.js';
import { setOpen } from './hold.js';
import { closeMatters, mattersOf } from './matters.js';
import { NEWS_REASONS, reasonsOf } from './reasons.js';
import { takeOffStandup } from './standup.js';

declare module '../../store/log.js' {
  interface EventKinds {
    'followup.told': { matter: string };
    /** How it went, said afterwards. */
    'followup.outcome': { how: How | null; outcome: Outcome | null };
    'followup.not_needed': { reason: string };
    /** There is nothing to tell any more; what else it is owed for stands. */
    'followup.news_gone': { reason: string };
  }
}

/**
 * The customer was told; whoever told them first settles it, for everybody.
 * @param proof where the message stands, by whom and when; without it whoever presses says so, now
 * @returns false when it had ended
 */
export async function tell(
  tx: Tx,
  followup: Followup,
  by: Person,
  now: number,
  source: string,
  proof: { permalink: string; author: string; at: number } | null = null,
): Promise<boolean> {
  const told = { endedAt: proof?.at ?? now, endedBy: proof?.author ?? by.slackId };
  const isEnded = await end(tx, followup, { state: 'told', ...told, proof: proof?.permalink ?? 'word' }, now);
  if (!isEnded) return false;
  await emit(tx, {
    ...base(followup, by, now, source),
    kind: 'followup.told',
    before: 'open',
    after: 'told',
    data: { matter: (await mattersOf(tx, followup.id))[0] ?? '' },
  });
  return true;
}

/** Nothing has to be told. @param by null: by what happened since @returns false when it had ended */
export async function notNeeded(
  tx: Tx,
  followup: Followup,
  why: { by: Person | null; reason: string; now: number; source: string },
): Promise<boolean> {
  const { by, reason, now, source } = why;
  const ended = { state: 'not_needed' as const, endedAt: now, endedBy: by?.slackId ?? null, reason };
  if (!(await end(tx, followup, ended, now))) return false;
  await emit(tx, {
    ...base(followup, by, now, source),
    kind: 'followup.not_needed',
    before: 'open',
    after: 'not_needed',
    data: { reason },
  });
  return true;
}

/**
 * The news that was to be told is none any more. What was owed for that alone ends; where something else is owed, a call
 * or trust, that goes on without the news.
 */
export async function takeBackNews(
  tx: Tx,
  followup: Followup,
  why: { reason: string; now: number; source: string },
): Promise<void> {
  const { followupReasons: r } = tx.t;
  const isElse = (await reasonsOf(tx, followup.id)).some((reason) => !NEWS_REASONS.includes(reason.kind));
  if (!isElse) {
    await notNeeded(tx, followup, { by: null, ...why });
    return;
  }
  // Told of again later, it is a reason again.
  await tx.db.delete(r).where(and(eq(r.followupId, followup.id), inArray(r.kind, [...NEWS_REASONS])));
  if (!(await setOpen(tx, followup, { kind: 'restore', offer: null }))) return;
  await emit(tx, {
    ...base(followup, null, why.now, why.source),
    kind: 'followup.news_gone',
    data: { reason: why.reason },
  });
}

async function end(
  tx: Tx,
  followup: Followup,
  set: Partial<Followup> & { state: 'told' | 'not_needed' },
  now: number,
): Promise<boolean> {
  const { followups: f } = tx.t;
  const [ended] = await tx.db
    .update(f)
    .set({
      ...set,
      openKey: null,
      pending: null,
      offer: null,
      offeredToId: null,
      offeredById: null,
      snoozedUntil: null,
    })
    .where(and(eq(f.id, followup.id), eq(f.state, 'open')))
    .returning({ id: f.id });
  if (!ended) return false;
  await closeMatters(tx, followup.id);
  await clearDue(tx, courseKey(followup.id));
  await takeOffStandup(tx, { kind: 'followup', subjectId: followup.id }, now);
  return true;
}

/** How it went, said afterwards with one press each; what was said before may be put right. @returns it as it is now */
export async function sayOutcome(
  tx: Tx,
  followup: Followup,
  said: { how?: How; outcome?: Outcome },
  by: Person,
  now: number,
): Promise<Followup> {
  const { followups: f } = tx.t;
  await tx.db
    .update(f)
    .set(said)
    .where(and(eq(f.id, followup.id), eq(f.state, 'told')));
  const { how, outcome } = { how: followup.how, outcome: followup.outcome, ...said };
  await emit(tx, {
    ...base(followup, by, now, 'button'),
    kind: 'followup.outcome',
    after: said.outcome ?? said.how ?? null,
    data: { how, outcome },
  });
  return (await followupById(tx, followup.id)) ?? followup;
}

function base(followup: Followup, by: Person | null, now: number, source: string) {
  return {
    at: now,
    accountId: followup.accountId,
    fixId: followup.fixId,
    alertId: followup.alertId,
    followupId: followup.id,
    actor: by?.slackId ?? null,
    func: by ? actingFunction(by) : null,
    source,
  };
}
