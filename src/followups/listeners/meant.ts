import { z } from 'zod';
import type { Account } from '../../accounts/rules.js';
import { accountById } from '../../accounts/store.js';
import type { Person } from '../../people/rules.js';
import { personById, personBySlackId } from '../../people/store.js';
import { touchCards } from '../../queue/cards.js';
import type { Answer, Surface } from '../../slack/dispatch.js';
import type { Press, Submit } from '../../slack/interactions.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { dayAndClock } from '../../time/index.js';
import { alreadyTold, followupRefused, gone, notYours } from '../messages/answers.js';
import type { Followup } from '../rules.js';
import { newsTitle } from '../store/news.js';
import { followupById } from '../store.js';

/** A follow-up that somebody chose something about. */
export interface Meant {
  followup: Followup;
  account: Account;
}

/** The key of the account that a follow-up is owed to. */
export async function keysOfFollowup(tx: ReadTx, id: number): Promise<string[]> {
  const followup = Number.isSafeInteger(id) ? await followupById(tx, id) : undefined;
  return followup ? [`account:${followup.accountId}`] : [];
}

export async function meant(tx: ReadTx, id: number): Promise<Meant | undefined> {
  const followup = Number.isSafeInteger(id) ? await followupById(tx, id) : undefined;
  const account = followup && (await accountById(tx, followup.accountId));
  return followup && account ? { followup, account } : undefined;
}

/** A button of one follow-up, its id in the value; what has ended says so and is drawn anew. */
export function onOpen(spec: {
  may: string;
  idOf?: (it: Press) => number;
  run: (tx: Tx, meant: Meant, person: Person, it: Press, now: number) => Promise<Answer>;
}): Surface<Person, Press> {
  const idOf = spec.idOf ?? ((it: Press) => Number(it.value));
  return {
    may: spec.may,
    keys: (tx, it) => keysOfFollowup(tx, idOf(it)),
    run: async (tx, person, it, now) => {
      const found = await meant(tx, idOf(it));
      if (!found) return { say: gone() };
      if (found.followup.state !== 'open') return over(tx, found, person, now);
      return spec.run(tx, found, person, it, now);
    },
  };
}

/** It had ended before: how, and the cards show it. */
export async function over(
  tx: Tx,
  { followup, account }: Meant,
  person: Person,
  now: number,
): Promise<Answer> {
  for (const kind of ['followup', 'nudge', 'followup_offer']) await touchCards(tx, kind, followup.id, now);
  if (followup.state !== 'told') return { say: gone() };
  const by = followup.endedBy ? await personBySlackId(tx, followup.endedBy) : undefined;
  const at = followup.endedAt === null ? '' : dayAndClock(followup.endedAt, person.hours.zone, now);
  return { say: alreadyTold({ account: account.name, by: by?.name ?? 'Somebody', at }) };
}

/** Whose it is may decide, and a lead or an admin. @returns the answer to anybody else */
export async function refuseOthers(
  tx: ReadTx,
  followup: Followup,
  person: Person,
  what: string,
): Promise<Answer | undefined> {
  if (followup.ownerId === person.id || person.role === 'lead' || person.isAdmin) return undefined;
  const owner = (await personById(tx, followup.ownerId))?.name ?? 'somebody';
  return { say: notYours({ owner, what }) };
}

export const refuse = (why: string, typed = ''): Answer => ({ say: followupRefused(why, typed) });

const Memory = z.object({ id: z.number().int(), channel: z.string().nullable() });

/** What a form of one follow-up remembers. */
export const memoryOf = (it: Submit) => Memory.parse(JSON.parse(it.metadata));

/** What a form says that it is about. */
export async function about(tx: ReadTx, { followup, account }: Meant, channel: string | null) {
  const title = await newsTitle(tx, followup);
  return { account: account.name, title, memory: { id: followup.id, channel } };
}
