import { coverOf, noteAway } from '../../people/listeners/away.js';
import { welcomeBack } from '../../people/messages/away.js';
import { readBackOn } from '../../people/rules/away.js';
import type { Person } from '../../people/rules.js';
import { setBack } from '../../people/store/absence.js';
import { personBySlackId } from '../../people/store.js';
import type { Answer, Surface } from '../../slack/dispatch.js';
import type { Press, Submit } from '../../slack/interactions.js';
import type { ReadTx } from '../../store/transact.js';
import { addDays, wallOf } from '../../time/index.js';
import { AWAY, AWAY_MODAL, awayModal, BACK } from '../messages/absence.js';

const keys = async (tx: ReadTx, it: { userId: string }) => {
  const person = await personBySlackId(tx, it.userId);
  return person ? [`person:${person.id}`] : [];
};

/** *I'm away…* on Home. */
const awayPress: Surface<Person, Press> = {
  may: 'absence.set',
  run: async (_tx, person, _it, now) => ({
    open: awayModal(addDays(wallOf(now, person.hours.zone).date, 1)),
  }),
};

const awaySubmit: Surface<Person, Submit> = {
  may: 'absence.set',
  keys,
  run: async (tx, person, it, now): Promise<Answer> => {
    const day = readBackOn(it.values.back_on ?? '', wallOf(now, person.hours.zone).date);
    if ('problem' in day) return { errors: { back_on: day.problem } };
    const slackId = it.values.cover || null;
    const found = await coverOf(tx, slackId === null ? null : { slackId }, person, day.backOn);
    if ('problem' in found) return { errors: { cover: found.problem } };
    const absence = { backOn: day.backOn, cover: found.cover };
    return { say: await noteAway(tx, person, absence, { now, source: 'modal' }), sayIn: 'home' };
  },
};

/** *I'm back*. */
const backPress: Surface<Person, Press> = {
  may: 'absence.set',
  keys,
  run: async (tx, person, _it, now): Promise<Answer> => {
    const change = { actor: person.slackId, now, source: 'button' };
    return { say: welcomeBack(await setBack(tx, person, change)) };
  },
};

export const absenceSurfaces = {
  presses: { [AWAY]: awayPress, [BACK]: backPress },
  submits: { [AWAY_MODAL]: awaySubmit },
};
