import { followupById } from '../followups/store.js';
import { leadsOf } from '../people/store.js';
import { clearDue, type DueHandler, setDue } from '../queue/due.js';
import { post } from '../queue/enqueue.js';
import { releaseObserved } from '../queue/quiet.js';
import { changeSetting, type SettingChange, versionedValue } from '../settings/store.js';
import type { Tx } from '../store/transact.js';
import { DAY_MS } from '../time/index.js';
import { observedReport } from './messages/observed.js';
import { summarise } from './rules/report.js';
import { isUsed, observedBetween } from './store/observed.js';
import { currentRules } from './store/settings.js';

/** How long a new installation only observes. */
const OBSERVE_MS = 7 * DAY_MS;
const REPORT = 'signals.report';
/** What a new installation reads in of the past: counts and times, which is what rules compare with. */
const BACKFILL = { days: 90, text: false };

/**
 * At the first start of an installation: its rules observe for seven days, and then each lead is told what they would
 * have said. One that is in use already goes on as it is. Callers hold the key `company`.
 */
export async function beginObserving(tx: Tx, now: number): Promise<void> {
  if ((await versionedValue(tx, 'company', 'observeUntil')) !== undefined) return;
  const until = (await isUsed(tx)) ? null : now + OBSERVE_MS;
  const why = until === null ? 'in use before rules were observed' : 'a new installation observes first';
  await changeSetting(tx, 'observeUntil', until, { who: 'baton', at: now, why });
  if (until === null) return;
  await setDue(tx, REPORT, REPORT, 0, until);
  if ((await versionedValue(tx, 'company', 'backfill')) === undefined)
    await changeSetting(tx, 'backfill', BACKFILL, { who: 'baton', at: now, why: 'what rules compare with' });
}

/** Ends the first week before its time, without a word to anybody. Callers hold the key `company`. */
export async function endObserving(tx: Tx, change: SettingChange): Promise<void> {
  await changeSetting(tx, 'observeUntil', null, change);
  await clearDue(tx, REPORT);
  await letGo(tx);
}

/** Of what was not sent in the first week only what is still owed to a customer is wanted. */
async function letGo(tx: Tx): Promise<void> {
  await releaseObserved(
    tx,
    async (kind, id) => kind === 'followup' && (await followupById(tx, id))?.state === 'open',
  );
}

/** Tells the leads of each function, once, what its rules would have said while they observed. */
const report: DueHandler = {
  keys: async () => ['company', 'rules'],
  run: async (tx, _row, now) => {
    const span = { from: now - OBSERVE_MS, until: now };
    const rules = await currentRules(tx, now);
    const heard = await observedBetween(tx, rules, span);
    for (const func of ['support', 'success'] as const) {
      const of = summarise(
        rules.filter(({ rule }) => rule.func === func),
        heard,
        span,
      );
      for (const lead of await leadsOf(tx, func))
        await post(tx, lead.slackId, observedReport({ days: 7, func, rules: of }), now, {
          key: `observed:${func}:${lead.id}`,
        });
    }
    await letGo(tx);
    return null;
  },
};

export const observeJobs = { [REPORT]: report };
