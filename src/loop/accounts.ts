import { accountIsYours, accountWentTo } from '../accounts/messages/account.js';
import { accountById } from '../accounts/store.js';
import { endAlert, openAlertOf } from '../alerts/store.js';
import { notNeeded } from '../followups/store/end.js';
import { moveFollowup } from '../followups/store/hold.js';
import { openFollowupsOf } from '../followups/store.js';
import { scheduleLevels } from '../issues/jobs/service-levels.js';
import { liveIssueIds } from '../issues/store/service-levels.js';
import { askBadge } from '../people/badges.js';
import { personById } from '../people/store.js';
import { touchCards } from '../queue/cards.js';
import { post } from '../queue/enqueue.js';
import type { LoggedEvent } from '../store/log.js';
import type { Tx } from '../store/transact.js';

import { lookAtAccount, lookAtTeam } from './signals.js';

/** What follows from a change of an account. */

type CsmChanged = LoggedEvent & { data: { from: number | null; to: number | null } };

/** A new CSM: what the old one still owed goes along, and both hear of it once. */
async function handOver(tx: Tx, event: CsmChanged): Promise<void> {
  const { from, to } = event.data;
  const account = event.accountId == null ? undefined : await accountById(tx, event.accountId);
  const next = to === null ? undefined : await personById(tx, to);
  const last = from === null ? undefined : await personById(tx, from);
  if (!account || !next) return;
  const theirs = (await openFollowupsOf(tx, account.id)).filter((one) => one.ownerId === from);
  const act = { by: null, now: event.at, source: event.source };
  const moved = [];
  for (const followup of theirs) {
    const why = { to: next, why: 'csm' as const, dueAt: followup.dueAt };
    if (await moveFollowup(tx, followup, why, act)) moved.push(followup);
  }
  const badge = {
    kind: 'account',
    about: `account:${account.id}`,
    step: event.id,
    isCritical: false,
    at: event.at,
  };
  const options = { key: `csm:${event.id}`, accounts: [account.id] };
  if (next.isActive && (await askBadge(tx, { ...badge, personId: next.id })) === 'lit') {
    const message = accountIsYours({ account: account.name, from: last?.name ?? null, owed: moved.length });
    await post(tx, next.slackId, message, event.at, { ...options, key: `${options.key}:to` });
  }
  if (last?.isActive && (await askBadge(tx, { ...badge, personId: last.id })) === 'lit') {
    const message = accountWentTo({ account: account.name, to: next.name, owed: moved.length });
    await post(tx, last.slackId, message, event.at, { ...options, key: `${options.key}:from` });
  }
}

/** It was put away: nobody is reminded any more of what it was owed, and nobody has to call it. */
async function endWhatIsOpen(tx: Tx, event: LoggedEvent): Promise<void> {
  const account = event.accountId == null ? undefined : await accountById(tx, event.accountId);
  if (!account) return;
  const why = { by: null, reason: `${account.name} was put away`, now: event.at, source: event.source };
  for (const followup of await openFollowupsOf(tx, account.id)) await notNeeded(tx, followup, why);
  const alert = await openAlertOf(tx, account.id);
  if (alert) await endAlert(tx, alert, why);
}

/** Another support owner may be of another team, which answers at other times. */
async function countAccountAnew(tx: Tx, event: LoggedEvent & { data: { fields: string[] } }): Promise<void> {
  if (event.accountId == null || !event.data.fields.includes('supportOwnerId')) return;
  for (const issueId of await liveIssueIds(tx, event.accountId)) {
    await touchCards(tx, 'issue', issueId, event.at);
    await scheduleLevels(tx, issueId, event.at);
  }
}

export const ACCOUNT_LOOP = {
  'account.added': [],
  'account.changed': [lookAtAccount, countAccountAnew],
  'account.csm_changed': [handOver],
  'account.archived': [endWhatIsOpen],
  'account.merged': [],
  'account.channel_linked': [],
  'match.decided': [lookAtTeam],
};
