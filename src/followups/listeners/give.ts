import { may } from '../../people/may.js';
import { type Person, workingHours } from '../../people/rules.js';
import { activePeople, personById, standIn } from '../../people/store.js';
import { touchCards } from '../../queue/cards.js';
import type { Answer, Surface } from '../../slack/dispatch.js';
import type { Submit } from '../../slack/interactions.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { accepted, declined, followupRefused, gone, offered } from '../messages/answers.js';
import { GIVE_MODAL, giveFollowupModal } from '../messages/forms.js';
import { dueInWords, type Followup, followupDueAt } from '../rules.js';
import { endOffer, moveFollowup, offerFollowup } from '../store/hold.js';
import { about, keysOfFollowup, type Meant, meant, memoryOf, onOpen, over, refuseOthers } from './meant.js';

/** *Give to…*: the form with everybody who could tell them. */
export async function openGive(
  tx: ReadTx,
  found: Meant,
  person: Person,
  channel: string | null,
): Promise<Answer> {
  const others = await refuseOthers(tx, found.followup, person, 'give it to somebody');
  if (others) return others;
  const people = (await activePeople(tx)).filter(
    (one) => may(one, 'followup.tell') && one.id !== found.followup.ownerId,
  );
  return { open: giveFollowupModal({ ...(await about(tx, found, channel)), people }) };
}

/** Why somebody cannot be asked; null when they can. */
async function askProblem(tx: ReadTx, to: Person | undefined, now: number): Promise<string | null> {
  if (!to?.isActive) return 'They are not among our people any more. Choose somebody else.';
  if (!may(to, 'followup.tell'))
    return `${to.name}'s role does not include telling customers. Choose somebody else.`;
  const acting = await standIn(tx, to, now);
  if (acting && acting.person.id !== to.id)
    return `${to.name} is away; ${acting.person.name} stands in. Choose ${acting.person.name}, or somebody else.`;
  return null;
}

/** Asks, or says why that makes no sense. It stays whose it is until they accept. */
export async function ask(
  tx: Tx,
  { followup, account }: Meant,
  toId: number,
  by: Person,
  now: number,
): Promise<{ problem: string } | { say: ReturnType<typeof offered> }> {
  const to = Number.isSafeInteger(toId) ? await personById(tx, toId) : undefined;
  if (to && to.id === followup.ownerId) return { problem: `${to.name} has it already.` };
  const problem = await askProblem(tx, to, now);
  if (problem !== null || !to) return { problem: problem ?? 'Choose who could do it.' };
  if (to.id === by.id) {
    await take(tx, followup, to, now);
    const due = dueInWords(followup.dueAt, to.hours.zone, now);
    return { say: accepted({ account: account.name, due }) };
  }
  await offerFollowup(tx, followup, to, { by, now, source: 'button' });
  return { say: offered({ account: account.name, to: to.name }) };
}

async function take(tx: Tx, followup: Followup, to: Person, now: number): Promise<Followup | undefined> {
  const dueAt = Math.max(
    followup.dueAt,
    now >= followup.dueAt ? followupDueAt(now, workingHours(to.hours)) : 0,
  );
  return moveFollowup(tx, followup, { to, why: 'given', dueAt }, { by: to, now, source: 'button' });
}

const giveSubmit: Surface<Person, Submit> = {
  may: 'followup.give',
  keys: (tx, it) => keysOfFollowup(tx, memoryOf(it).id),
  run: async (tx, person, it, now): Promise<Answer> => {
    const { id, channel } = memoryOf(it);
    const found = await meant(tx, id);
    if (!found) return { say: gone(), sayIn: channel };
    if (found.followup.state !== 'open') return { ...(await over(tx, found, person, now)), sayIn: channel };
    const asked = await ask(tx, found, Number(it.values.person ?? ''), person, now);
    return 'problem' in asked ? { errors: { person: asked.problem } } : { say: asked.say, sayIn: channel };
  },
};

/** *Give to Ben* on a reminder: `7:3`. */
export const giveToPress = onOpen({
  may: 'followup.give',
  idOf: (it) => Number(it.value.split(':')[0]),
  run: async (tx, found, person, it, now) => {
    const others = await refuseOthers(tx, found.followup, person, 'give it to somebody');
    if (others) return others;
    const asked = await ask(tx, found, Number(it.value.split(':')[1]), person, now);
    return { say: 'problem' in asked ? followupRefused(asked.problem) : asked.say };
  },
});

/** *I'll take it*: only who was asked, while it is asked. */
export const acceptPress = onOpen({
  may: 'followup.accept',
  run: async (tx, { followup, account }, person, _it, now) => {
    if (followup.offeredToId !== person.id) return notAsked(tx, followup, now);
    const moved = await take(tx, followup, person, now);
    if (!moved) return { say: gone() };
    return { say: accepted({ account: account.name, due: dueInWords(moved.dueAt, person.hours.zone, now) }) };
  },
});

export const declinePress = onOpen({
  may: 'followup.accept',
  run: async (tx, { followup, account }, person, _it, now) => {
    if (followup.offeredToId !== person.id) return notAsked(tx, followup, now);
    await endOffer(tx, followup, { by: person, now, source: 'button' });
    const owner = await personById(tx, followup.ownerId);
    return { say: declined({ account: account.name, owner: owner?.name ?? 'who has it' }) };
  },
});

async function notAsked(tx: Tx, followup: Followup, now: number): Promise<Answer> {
  await touchCards(tx, 'followup_offer', followup.id, now);
  return { say: followupRefused('You are not asked about this any more. The message shows how it stands.') };
}

export const giveSubmits = { [GIVE_MODAL]: giveSubmit };
