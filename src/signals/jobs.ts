import { type DueHandler, setDueBy } from '../queue/due.js';
import type { Tx } from '../store/transact.js';
import { HOUR_MS } from '../time/index.js';
import { evaluateAccount, evaluateTeam } from './evaluate.js';
import { observeJobs } from './observe.js';

const EVALUATE = 'signals.evaluate';
const EVALUATE_TEAM = 'signals.evaluate_team';
/** The team as a whole is looked at this often at most: its rules count days and weeks. */
const TEAM_EVERY_MS = HOUR_MS;

/** Has an account's rules looked at, in a transaction of their own, soon. */
export async function evaluateSoon(tx: Tx, accountId: number, now: number): Promise<void> {
  await setDueBy(tx, `evaluate:account:${accountId}`, EVALUATE, accountId, now);
}

/** Has the rules of the team looked at within the hour. */
export async function evaluateTeamSoon(tx: Tx, now: number): Promise<void> {
  await setDueBy(tx, 'evaluate:team', EVALUATE_TEAM, 0, now + TEAM_EVERY_MS);
}

/** Looks at one account: never at all of them, and never in the transaction of what changed. */
const evaluate: DueHandler = {
  keys: async (_tx, row) => [`account:${row.subjectId}`],
  run: (tx, row, now) => evaluateAccount(tx, row.subjectId, now),
};

const evaluateAll: DueHandler = {
  keys: async () => ['team:support', 'feed:unmatched'],
  run: (tx, _row, now) => evaluateTeam(tx, now),
};

export const signalJobs = { [EVALUATE]: evaluate, [EVALUATE_TEAM]: evaluateAll, ...observeJobs };
