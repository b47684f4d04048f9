import { accountById, nameOf } from '../../accounts/store.js';
import type { Person } from '../../people/rules.js';
import { findCard, touchCards } from '../../queue/cards.js';
import { clearDue } from '../../queue/due.js';
import type { Answer, Surface } from '../../slack/dispatch.js';
import type { Press } from '../../slack/interactions.js';
import type { ReadTx } from '../../store/transact.js';
import { promiseKeys } from '../jobs/promise.js';
import { promiseEnded } from '../messages/promise.js';
import { endProblem } from '../rules/promise.js';
import { endPromise, promiseById } from '../store/promises.js';

const find = (tx: ReadTx, value: string) => promiseById(tx, /^\d{1,9}$/.test(value) ? Number(value) : -1);

/** *Kept* and *Broken*, by the promiser, by who was asked while they were away, or by a lead. */
function endPress(outcome: 'kept' | 'broken'): Surface<Person, Press> {
  return {
    may: 'promise.end',
    keys: async (tx, it) => {
      const promise = await find(tx, it.value);
      return promise ? [`account:${promise.accountId}`] : [];
    },
    run: async (tx, person, it, now): Promise<Answer> => {
      const promise = await find(tx, it.value);
      if (!promise) return { say: promiseEnded('gone') };
      const wasAsked = (await findCard(tx, 'promise', promise.id, person.slackId)) !== undefined;
      const problem = endProblem(promise, outcome, person, wasAsked);
      if (problem === 'not yours')
        return { say: promiseEnded({ notYours: await nameOf(tx, promise.byUser) }) };
      const ended = problem ? undefined : await endPromise(tx, promise, outcome, person, now);
      await touchCards(tx, 'promise', promise.id, now);
      if (!ended) return { say: promiseEnded({ over: promise.state }) };
      for (const key of promiseKeys(promise.id)) await clearDue(tx, key);
      const account = await accountById(tx, promise.accountId);
      return { say: promiseEnded({ outcome, account: account?.name ?? '' }) };
    },
  };
}

export const promiseKeptPress = endPress('kept');
export const promiseBrokenPress = endPress('broken');
