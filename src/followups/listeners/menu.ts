import { cleanReason } from '../../issues/rules/escalation.js';
import { type Person, workingHours } from '../../people/rules.js';
import { personById } from '../../people/store.js';
import type { Answer, Surface } from '../../slack/dispatch.js';
import type { Press, Submit } from '../../slack/interactions.js';
import type { Tx } from '../../store/transact.js';
import { dayAndClock } from '../../time/index.js';
import { ended, gone, snoozed } from '../messages/answers.js';
import {
  NOT_NEEDED_MODAL,
  notNeededModal,
  REASON_MAX,
  SNOOZE_MODAL,
  snoozeModal,
} from '../messages/forms.js';
import { dueAfterSnooze, readSnooze } from '../rules/snooze.js';
import { dueInWords, type Followup } from '../rules.js';
import { notNeeded } from '../store/end.js';
import { setOpen, snoozeFollowup } from '../store/hold.js';
import { openDraft } from './draft.js';
import { openGive } from './give.js';
import {
  about,
  keysOfFollowup,
  type Meant,
  meant,
  memoryOf,
  onOpen,
  over,
  refuse,
  refuseOthers,
} from './meant.js';

type Choice = (tx: Tx, found: Meant, person: Person, it: Press, now: number) => Promise<Answer>;

const CHOICES: Readonly<Record<string, Choice>> = {
  draft: (tx, found, person, _it, now) => openDraft(tx, found, person, now),
  give: (tx, found, person, it) => openGive(tx, found, person, it.channel),
  snooze: async (tx, found, person, it) => {
    const others = await refuseOthers(tx, found.followup, person, 'snooze it');
    if (others) return others;
    if (found.followup.snoozes >= 2)
      return refuse(
        'It was snoozed twice already. Tell them, give it to somebody, or say that it is not needed.',
      );
    return {
      open: snoozeModal({
        ...(await about(tx, found, it.channel)),
        isCritical: found.followup.severity === 'critical',
        left: 2 - found.followup.snoozes,
      }),
    };
  },
  not_needed: async (tx, found, person, it) => {
    const others = await refuseOthers(tx, found.followup, person, 'say that it is not needed');
    if (others) return others;
    if (found.followup.severity === 'critical') return refuse(NOT_FOR_CRITICAL);
    return { open: notNeededModal(await about(tx, found, it.channel)) };
  },
  // It opened an address.
  issue: async () => ({}),
};

const NOT_FOR_CRITICAL = 'This is critical: somebody has to tell them. Give it to somebody if you cannot.';

/** The ⋯ menu: `snooze:7`. */
export const morePress = onOpen({
  may: 'followup.see',
  idOf: (it) => Number(it.value.split(':')[1]),
  run: async (tx, found, person, it, now) => {
    const [verb = ''] = it.value.split(':');
    const choice = Object.hasOwn(CHOICES, verb) ? CHOICES[verb] : undefined;
    return choice ? choice(tx, found, person, it, now) : { say: gone() };
  },
});

const snoozeSubmit: Surface<Person, Submit> = {
  may: 'followup.snooze',
  keys: (tx, it) => keysOfFollowup(tx, memoryOf(it).id),
  run: async (tx, person, it, now): Promise<Answer> => {
    const { id, channel } = memoryOf(it);
    const found = await meant(tx, id);
    if (!found) return { say: gone(), sayIn: channel };
    if (found.followup.state !== 'open') return { ...(await over(tx, found, person, now)), sayIn: channel };
    const { followup, account } = found;
    const hours = workingHours(((await personById(tx, followup.ownerId)) ?? person).hours);
    const chosen = { choice: it.values.until ?? '', day: it.values.day ?? '' };
    const snooze = readSnooze(chosen, followup, hours, now);
    if ('problem' in snooze) return { errors: { [snooze.problem.field]: snooze.problem.text } };
    const dueAt = await sleep(tx, followup, snooze.until, { by: person, now, source: 'form' });
    const { zone } = person.hours;
    const view = {
      account: account.name,
      until: dayAndClock(snooze.until, zone, now),
      due: dueInWords(dueAt, zone, now),
    };
    return { say: snoozed(view), sayIn: channel };
  },
};

/** Nothing is said until then; it is due at the end of that day, and its ladder begins anew. @returns when it is due */
async function sleep(
  tx: Tx,
  followup: Followup,
  until: number,
  act: { by: Person; now: number; source: string },
): Promise<number> {
  const owner = await personById(tx, followup.ownerId);
  const dueAt = dueAfterSnooze(until, followup.dueAt, workingHours((owner ?? act.by).hours));
  await setOpen(tx, followup, { dueAt, nudges: 0, nudgedAt: null });
  await snoozeFollowup(tx, followup, until, act);
  return dueAt;
}

const notNeededSubmit: Surface<Person, Submit> = {
  may: 'followup.not_needed',
  keys: (tx, it) => keysOfFollowup(tx, memoryOf(it).id),
  run: async (tx, person, it, now): Promise<Answer> => {
    const { id, channel } = memoryOf(it);
    const found = await meant(tx, id);
    if (!found) return { say: gone(), sayIn: channel };
    const reason = cleanReason(it.values.reason ?? '').replace(/\s+/gu, ' ');
    if (reason === '') return { errors: { reason: 'Say why, in a few words: others will read it.' } };
    if (Array.from(reason).length > REASON_MAX)
      return { errors: { reason: `${Array.from(reason).length} characters; ${REASON_MAX} fit.` } };
    if (found.followup.severity === 'critical') return { errors: { reason: NOT_FOR_CRITICAL } };
    const isEnded = await notNeeded(tx, found.followup, { by: person, reason, now, source: 'form' });
    if (!isEnded) return { ...(await over(tx, found, person, now)), sayIn: channel };
    return { say: ended({ account: found.account.name }), sayIn: channel };
  },
};

export const menuSubmits = { [SNOOZE_MODAL]: snoozeSubmit, [NOT_NEEDED_MODAL]: notNeededSubmit };
