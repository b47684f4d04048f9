import { type DueHandler, dueAtOf, setDue } from '../queue/due.js';
import { setting } from '../settings/store.js';
import type { Tx } from '../store/transact.js';
import { nextWallTime } from '../time/index.js';
import { accountsToRate, forgetRatings, rateAccount } from './store/health.js';

const HEALTH = 'account.health';
const DAILY = `${HEALTH}:0`;
/** Accounts of one transaction: about a millisecond each. */
const CHUNK = 20;
/** Before anybody's nine o'clock message. */
const DAILY_AT = '05:00';
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7] as const;

/** Has health computed from now on, each morning, or forgotten, where the setting says another thing than what is planned. */
export async function scheduleHealth(tx: Tx, now: number): Promise<void> {
  const isPlanned = (await dueAtOf(tx, DAILY)) !== null;
  if (isPlanned !== (await setting(tx, 'computeHealth'))) await setDue(tx, DAILY, HEALTH, 0, now);
}

/** Some accounts, then a row of its own for the next ones: no transaction looks at all of them. */
const rate: DueHandler = {
  keys: async (tx, row) => {
    const some = await accountsToRate(tx, row.subjectId, CHUNK);
    return ['company', ...some.map((account) => `account:${account.id}`)];
  },
  run: async (tx, row, now) => {
    if (!(await setting(tx, 'computeHealth'))) {
      await forgetRatings(tx);
      return null;
    }
    const some = await accountsToRate(tx, row.subjectId, CHUNK);
    for (const account of some) await rateAccount(tx, account, now);
    const last = some.at(-1);
    if (last && some.length === CHUNK) await setDue(tx, `${HEALTH}:${last.id}`, HEALTH, last.id, now);
    tx.wake('homes');
    if (row.subjectId !== 0) return null;
    const zone = await setting(tx, 'zone');
    return nextWallTime(now, { time: DAILY_AT, zone, weekdays: [...EVERY_DAY] });
  },
};

export const accountJobs = { [HEALTH]: rate };
