import { completeTouch, logTouch } from '../accounts/store/touches.js';
import { type How, OUTCOMES, type Outcome } from '../followups/rules.js';
import { followupById } from '../followups/store.js';
import { actingFunction } from '../people/rules.js';
import { personBySlackId } from '../people/store.js';
import type { LoggedEvent } from '../store/log.js';
import type { Tx } from '../store/transact.js';

/** A customer was told: that is a conversation with them, which the account keeps. */

const aboutOf = (followupId: number) => `followup:${followupId}`;

/** Whoever told them last spoke with the account; how is said afterwards, unless the message itself shows it. */
export async function logTheTelling(tx: Tx, event: LoggedEvent): Promise<void> {
  const followup = event.followupId == null ? undefined : await followupById(tx, event.followupId);
  if (!followup) return;
  // Somebody without a role may have written the message; then it is on the word of whoever pressed.
  const teller = followup.endedBy ? await personBySlackId(tx, followup.endedBy) : undefined;
  const by = teller ?? (event.actor ? await personBySlackId(tx, event.actor) : undefined);
  if (!by) return;
  const permalink = followup.proof === 'word' ? null : followup.proof;
  await logTouch(tx, {
    accountId: followup.accountId,
    byId: by.id,
    func: actingFunction(by) ?? 'support',
    how: permalink === null ? 'unsaid' : 'chat',
    at: followup.endedAt ?? event.at,
    outcome: null,
    note: null,
    permalink,
    about: aboutOf(followup.id),
    actor: by.slackId,
    source: event.source,
    now: event.at,
  });
}

/** How it went, said with a press. */
export async function completeTheTelling(
  tx: Tx,
  event: LoggedEvent & { data: { how: How | null; outcome: Outcome | null } },
): Promise<void> {
  if (event.followupId == null) return;
  const { how, outcome } = event.data;
  await completeTouch(tx, aboutOf(event.followupId), {
    how,
    outcome: outcome === null ? null : OUTCOMES[outcome],
  });
}
