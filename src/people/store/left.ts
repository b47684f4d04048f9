import { and, eq } from 'drizzle-orm';
import { emit } from '../../store/log.js';
import type { Tx } from '../../store/transact.js';

declare module '../../store/log.js' {
  interface EventKinds {
    /** One of ours was deactivated in Slack, where what is posted to them reaches nobody, or has no role any more. */
    'person.left': { personId: number };
    /** Somebody has a role for the first time, or again. */
    'person.returned': { personId: number };
  }
}

/** Somebody was deactivated in Slack, or is back there. @returns false when none of ours is it, or it was so before */
export async function setLeft(tx: Tx, slackId: string, hasLeft: boolean, now: number): Promise<boolean> {
  const { people } = tx.t;
  const [person] = await tx.db
    .update(people)
    .set({ isActive: !hasLeft })
    .where(and(eq(people.slackId, slackId), eq(people.isActive, hasLeft)))
    .returning({ id: people.id });
  if (!person) return false;
  await sayLeft(tx, { id: person.id, slackId }, hasLeft, { now, source: 'slack' });
  return true;
}

/** Says that somebody has no role any more, or one again: whoever writes several people at once says it of each. */
export async function sayLeft(
  tx: Tx,
  person: { id: number; slackId: string },
  hasLeft: boolean,
  change: { now: number; source: string },
): Promise<void> {
  await emit(tx, {
    kind: hasLeft ? 'person.left' : 'person.returned',
    at: change.now,
    source: change.source,
    after: person.slackId,
    data: { personId: person.id },
  });
}
