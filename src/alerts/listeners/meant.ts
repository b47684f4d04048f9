import { z } from 'zod';
import { accountById } from '../../accounts/store.js';
import type { Person } from '../../people/rules.js';
import { personById } from '../../people/store.js';
import { NO_ACCOUNT } from '../../signals/store/signals.js';
import type { Answer, Surface } from '../../slack/dispatch.js';
import type { Press, Submit } from '../../slack/interactions.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { alertOver, claimedBy, TEAM } from '../messages.js';
import { touchAlert } from '../post.js';
import type { Alert } from '../rules.js';
import { alertById } from '../store.js';

/** An alert that somebody chose something about. */
export interface Meant {
  alert: Alert;
  /** What it is called: its account; the support team for what belongs to no account. */
  name: string;
}

/** The key of what an alert is about. */
async function keysOfAlert(tx: ReadTx, id: number): Promise<string[]> {
  const alert = Number.isSafeInteger(id) ? await alertById(tx, id) : undefined;
  return alert ? [alert.scope] : [];
}

async function meant(tx: ReadTx, id: number): Promise<Meant | undefined> {
  const alert = Number.isSafeInteger(id) ? await alertById(tx, id) : undefined;
  if (!alert) return undefined;
  if (alert.accountId === NO_ACCOUNT) return { alert, name: TEAM };
  const account = await accountById(tx, alert.accountId);
  return account && { alert, name: account.name };
}

/** What is done about an alert that is not over; one that is says how it ended, and its messages are drawn anew. */
async function onAlert(
  tx: Tx,
  id: number,
  now: number,
  run: (found: Meant) => Promise<Answer>,
): Promise<Answer> {
  const found = await meant(tx, id);
  if (!found) return { say: alertOver({ account: 'the account', endText: 'it is gone' }) };
  if (found.alert.state !== 'ended') return run(found);
  await touchAlert(tx, id, now);
  return { say: alertOver({ account: found.name, endText: found.alert.endReason ?? 'ended' }) };
}

/** Somebody has it: who, and its messages show it. */
export async function taken(tx: Tx, { alert, name }: Meant, asking: Person, now: number): Promise<Answer> {
  await touchAlert(tx, alert.id, now);
  const owner = alert.claimedBy === null ? undefined : await personById(tx, alert.claimedBy);
  const view = { account: name, owner: owner?.name ?? 'Somebody', isYou: owner?.id === asking.id };
  return { say: claimedBy(view) };
}

/** A button of one alert, its id in the value. */
export function alertPress(
  may: string,
  run: (tx: Tx, found: Meant, person: Person, it: Press, now: number) => Promise<Answer>,
  idOf: (it: Press) => number = (it) => Number(it.value),
): Surface<Person, Press> {
  return {
    may,
    keys: (tx, it) => keysOfAlert(tx, idOf(it)),
    run: (tx, person, it, now) => onAlert(tx, idOf(it), now, (found) => run(tx, found, person, it, now)),
  };
}

const Memory = z.object({ id: z.number().int(), channel: z.string().nullable() });
const memoryOf = (it: Submit) => Memory.parse(JSON.parse(it.metadata));

/** A form of one alert; what it says is shown where it was opened. */
export function alertForm(
  may: string,
  run: (tx: Tx, found: Meant, person: Person, it: Submit, now: number) => Promise<Answer>,
): Surface<Person, Submit> {
  return {
    may,
    keys: (tx, it) => keysOfAlert(tx, memoryOf(it).id),
    run: async (tx, person, it, now) => {
      const { id, channel } = memoryOf(it);
      const answer = await onAlert(tx, id, now, (found) => run(tx, found, person, it, now));
      return { ...answer, sayIn: channel };
    },
  };
}
