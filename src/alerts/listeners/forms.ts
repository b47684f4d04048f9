import { readSnooze } from '../../followups/rules/snooze.js';
import { cleanReason } from '../../issues/rules/escalation.js';
import { type Person, workingHours } from '../../people/rules.js';
import { personById } from '../../people/store.js';
import { evaluateSoon, evaluateTeamSoon } from '../../signals/jobs.js';
import { NO_ACCOUNT, snoozeSignals } from '../../signals/store/signals.js';
import { dayAndClock } from '../../time/index.js';
import { offerAlert } from '../call.js';
import { asked, dismissed, noted, snoozedAlert } from '../messages/answers.js';
import { NOTE_MAX, REASON_MAX } from '../messages/forms.js';
import type { DismissedAs } from '../rules.js';
import { noteAlert, snoozed } from '../store/course.js';
import { endAlert } from '../store.js';
import { alertForm, type Meant, taken } from './meant.js';

/** As the card and the history say it. */
const SHORT: Readonly<Record<DismissedAs, string>> = {
  ...{ noise: 'noise', known: 'known already', wrong_account: 'wrong account', other: '' },
};
const isDismissal = (value: string): value is DismissedAs => Object.hasOwn(SHORT, value);
const words = (text: string | null | undefined) => cleanReason(text ?? '').replace(/\s+/gu, ' ');
const tooLong = (text: string, max: number) =>
  Array.from(text).length > max ? `${Array.from(text).length} characters; ${max} fit.` : null;

/** *Not needed*: it ends, with the reason; its signals stay quiet until they were clear once. */
export const notNeededSubmit = alertForm('alert.dismiss', async (tx, found, person, it, now) => {
  const why = it.values.why ?? '';
  const reason = words(it.values.reason);
  if (!isDismissal(why)) return { errors: { why: 'Choose why.' } };
  if (why === 'other' && reason === '') return { errors: { reason: 'Say why, in a few words.' } };
  const long = tooLong(reason, REASON_MAX);
  if (long !== null) return { errors: { reason: long } };
  if (found.alert.state === 'claimed' && found.alert.claimedBy !== person.id)
    return taken(tx, found, person, now);
  const said = [SHORT[why], reason].filter((part) => part !== '').join(': ');
  const end = { reason: `not needed (${person.name}): ${said}`, why };
  await endAlert(tx, found.alert, { by: person, ...end, now, source: 'form' });
  return { say: dismissed({ account: found.name }) };
});

/** *Snooze…*: nothing is said until then, unless it gets graver. */
export const snoozeSubmit = alertForm('alert.snooze', async (tx, found, person, it, now) => {
  const { alert, name } = found;
  if (alert.state !== 'open') return taken(tx, found, person, now);
  const choice = it.values.until ?? '';
  if (choice === 'change' && alert.severity === 'critical')
    return { errors: { until: 'What is critical can wait four hours at most.' } };
  const until = choice === 'change' ? null : readUntil(choice, alert.severity, person, now);
  if (until !== null && typeof until !== 'number') return { errors: { until: until.problem } };
  await snoozeSignals(tx, alert.id, until, now);
  await snoozed(tx, alert, until, { by: person, now });
  if (alert.accountId === NO_ACCOUNT) await evaluateTeamSoon(tx, now);
  else await evaluateSoon(tx, alert.accountId, now);
  const when = until === null ? null : dayAndClock(until, person.hours.zone, now);
  return { say: snoozedAlert({ account: name, when }) };
});

function readUntil(
  choice: string,
  severity: Meant['alert']['severity'],
  person: Person,
  now: number,
): number | { problem: string } {
  if (choice === 'day') return { problem: 'Choose until when.' };
  const read = readSnooze({ choice, day: '' }, { severity, snoozes: 0 }, workingHours(person.hours), now);
  return 'until' in read ? read.until : { problem: read.problem.text };
}

/** *Give to…* of what nobody has: they are asked once, and have it once they claim it. */
export const giveSubmit = alertForm('alert.give', async (tx, found, person, it, now) => {
  if (found.alert.state !== 'open') return taken(tx, found, person, now);
  const id = Number(it.values.person ?? '');
  const to = Number.isSafeInteger(id) ? await personById(tx, id) : undefined;
  const offer = to && (await offerAlert(tx, found.alert, to, person, now));
  if (!to || !offer) return { errors: { person: 'Choose who could call them.' } };
  if ('problem' in offer) return { errors: { person: offer.problem } };
  return { say: asked({ account: found.name, to: to.name, isHeld: offer.isHeld }) };
});

/** *Note…*: it stands on the card, and is progress of whoever has it. */
export const noteSubmit = alertForm('alert.note', async (tx, found, person, it, now) => {
  const note = words(it.values.note);
  const long = tooLong(note, NOTE_MAX);
  if (long !== null) return { errors: { note: long } };
  if (note === '') return { errors: { note: 'Write what came of it, in a few words.' } };
  await noteAlert(tx, found.alert, note, { by: person, now });
  return { say: noted({ account: found.name }) };
});
