import { nameOf } from '../accounts/store.js';
import type { CustomerPromise } from '../issues/rules/promise.js';
import { setting } from '../settings/store.js';
import type { ReadTx } from '../store/transact.js';
import { dateInWords, wallOf } from '../time/index.js';

/** Open promises as cards show them: who, by when, what. */
export async function promisedOf(
  tx: ReadTx,
  promises: readonly CustomerPromise[],
  now: number,
): Promise<{ by: string; day: string; what: string }[]> {
  const today = wallOf(now, await setting(tx, 'zone')).date;
  return Promise.all(
    promises.map(async (promise) => ({
      by: await nameOf(tx, promise.byUser),
      day: dateInWords(promise.dueOn, today),
      what: promise.what,
    })),
  );
}
