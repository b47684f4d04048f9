import { accountById } from '../accounts/store.js';
import { alertCard } from '../alerts/messages.js';
import type { Alert } from '../alerts/rules.js';
import { dueInWords } from '../followups/rules.js';
import { followupById } from '../followups/store.js';
import { issueName } from '../issues/rules/issue.js';
import { issuesOf } from '../issues/store/read.js';
import { personById } from '../people/store.js';
import { setting } from '../settings/store.js';
import { RULES } from '../signals/jobs.js';
import { signalsOfAlert } from '../signals/store/signals.js';
import type { Message } from '../slack/blocks/index.js';
import { permalink } from '../slack/permalink.js';
import type { ReadTx } from '../store/transact.js';
import { dateInWords, span, wallOf } from '../time/index.js';

/** Reads all that an alert's card shows and draws it. */
export async function renderAlert(tx: ReadTx, alert: Alert, now: number): Promise<Message> {
  const account = await accountById(tx, alert.accountId);
  const zone = await setting(tx, 'zone');
  const base = await setting(tx, 'workspaceUrl');
  // Whoever claimed it still needs to know why, also once it went quiet.
  const signals = (await signalsOfAlert(tx, alert.id)).filter(
    (signal) => alert.state !== 'open' || signal.openKey !== null,
  );
  const issues = await issuesOf(tx, alert.accountId, ['new', 'open', 'waiting']);
  const csm = account?.csmId == null ? undefined : await personById(tx, account.csmId);
  const owner = alert.claimedBy === null ? undefined : await personById(tx, alert.claimedBy);
  const followup = alert.followupId === null ? undefined : await followupById(tx, alert.followupId);
  const gravest = signals.at(-1);
  return alertCard({
    id: alert.id,
    account: account?.name ?? '',
    severity: alert.severity,
    csm: csm?.name ?? null,
    why: signals.map(({ evidence: e }) => ({
      line: e.line,
      url: e.channel && e.ts ? permalink(base, e.channel, e.ts) : null,
    })),
    openIssues: issues.map((issue) => ({
      name: issueName(issue.number),
      title: issue.title,
      age: span(now - issue.createdAt),
    })),
    tier: account?.tier ?? null,
    renews: account?.renewalOn ? dateInWords(account.renewalOn, wallOf(now, zone).date) : null,
    goal: account?.goal ?? null,
    next: (gravest && RULES[gravest.rule]?.nextStep) ?? 'call them',
    state: alert.state,
    owner: owner?.name ?? null,
    dueText: followup ? dueInWords(followup.dueAt, zone, now) : null,
    endText: alert.endReason,
  });
}
