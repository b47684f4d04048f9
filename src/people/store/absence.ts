import { and, eq, isNotNull } from 'drizzle-orm';
import { emit } from '../../store/log.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import type { Person } from '../rules.js';
import { personBySlackId, standIn } from '../store.js';

declare module '../../store/log.js' {
  interface EventKinds {
    'person.away': { personId: number; backOn: string; delegateId: number | null };
    'person.back': { personId: number };
  }
}

/** Somebody is away from `now` (UTC ms) until the day `backOn` begins in their zone; a later word replaces it. */
export async function setAway(
  tx: Tx,
  person: Pick<Person, 'id' | 'slackId'>,
  absence: { backOn: string; delegateId: number | null },
  change: { actor: string; now: number; source: string },
): Promise<void> {
  const { people } = tx.t;
  await tx.db
    .update(people)
    .set({ awaySince: change.now, ...absence })
    .where(eq(people.id, person.id));
  await emit(tx, {
    kind: 'person.away',
    at: change.now,
    actor: change.actor,
    source: change.source,
    after: person.slackId,
    data: { personId: person.id, ...absence },
  });
}

/** Somebody is there again. @returns whether they were away. */
export async function setBack(
  tx: Tx,
  person: Pick<Person, 'id' | 'slackId'>,
  change: { actor: string; now: number; source: string },
): Promise<boolean> {
  const { people } = tx.t;
  const ended = await tx.db
    .update(people)
    .set({ awaySince: null, backOn: null, delegateId: null })
    .where(and(eq(people.id, person.id), isNotNull(people.awaySince)))
    .returning({ id: people.id });
  if (ended.length === 0) return false;
  await emit(tx, {
    kind: 'person.back',
    at: change.now,
    actor: change.actor,
    source: change.source,
    after: person.slackId,
    data: { personId: person.id },
  });
  return true;
}

/** The name of who gets what cannot wait while somebody is away (`now`: UTC ms); null when nobody is left. */
export async function insteadOf(tx: ReadTx, person: Person, now: number): Promise<string | null> {
  const gone = await personBySlackId(tx, person.slackId);
  const found = gone && (await standIn(tx, gone, now));
  return found && found.why !== 'there' ? found.person.name : null;
}
