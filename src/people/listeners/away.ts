import { post } from '../../queue/enqueue.js';
import type { Message } from '../../slack/blocks/index.js';
import type { Answer } from '../../slack/dispatch.js';
import type { Command } from '../../slack/interactions.js';
import { nearest, type SubCommand } from '../../slack/subcommands.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { dateInWords, instantOf, wallOf } from '../../time/index.js';
import { askBadge } from '../badges.js';
import { may } from '../may.js';
import { awayNoted, awayProblem, welcomeBack, youCover } from '../messages/away.js';
import { isAway } from '../rules/absence.js';
import { type AwayTyped, readAway, readBackOn } from '../rules/away.js';
import type { Person } from '../rules.js';
import { insteadOf, setAway, setBack } from '../store/absence.js';
import { activePeople, personBySlackId } from '../store.js';

const keys = async (tx: ReadTx, it: Command) => {
  const person = await personBySlackId(tx, it.userId);
  return person ? [`person:${person.id}`] : [];
};

/** `/baton away until Monday @ben covers`. */
const away: SubCommand<Person> = {
  may: 'absence.set',
  usage: 'away until Monday @ben covers',
  about: 'your reminders wait, and what cannot goes to whoever covers',
  keys,
  run: async (tx, person, it, now): Promise<Answer> => {
    const typed = readAway(it.text);
    const today = wallOf(now, person.hours.zone).date;
    const day = readBackOn(typed.until, today);
    if ('problem' in day) return { say: awayProblem(day.problem, it.text) };
    const found = await coverOf(tx, typed.cover, person, day.backOn);
    if ('problem' in found) return { say: awayProblem(found.problem, it.text) };
    const absence = { backOn: day.backOn, cover: found.cover };
    return { say: await noteAway(tx, person, absence, { now, source: 'command' }) };
  },
};

/** Somebody is away from now on: written down, and whoever covers is told. @returns what they are answered */
export async function noteAway(
  tx: Tx,
  person: Person,
  { backOn, cover }: { backOn: string; cover: Person | null },
  { now, source }: { now: number; source: string },
): Promise<Message> {
  const change = { actor: person.slackId, now, source };
  await setAway(tx, person, { backOn, delegateId: cover?.id ?? null }, change);
  if (cover) await tellCover(tx, person, cover, now, backOn);
  const back = dateInWords(backOn, wallOf(now, person.hours.zone).date);
  return awayNoted({ back, cover: cover?.name ?? null, instead: await insteadOf(tx, person, now) });
}

async function tellCover(tx: Tx, person: Person, cover: Person, now: number, backOn: string): Promise<void> {
  const step = `${person.id}:${backOn}`;
  const ask = {
    personId: cover.id,
    at: now,
    isCritical: false,
    kind: 'cover',
    about: `person:${person.id}`,
    step,
  };
  if ((await askBadge(tx, ask)) === 'held') return;
  const back = dateInWords(backOn, wallOf(now, cover.hours.zone).date);
  await post(tx, cover.slackId, youCover({ who: person.name, back }), now, {
    key: `cover:${person.id}:${cover.id}:${backOn}`,
  });
}

/** Finds who covers: one of our people who may do it, and who is there until then. */
export async function coverOf(
  tx: ReadTx,
  typed: AwayTyped['cover'],
  person: Person,
  backOn: string,
): Promise<{ cover: Person | null } | { problem: string }> {
  if (typed === null) return { cover: null };
  const people = await activePeople(tx);
  const found =
    'slackId' in typed ? people.find((one) => one.slackId === typed.slackId) : byName(typed.name, people);
  if (!found) return { problem: unknown(typed, people) };
  if (found.id === person.id) return { problem: 'You cannot cover for yourself.' };
  if (!may(found, 'issue.take'))
    return { problem: `${found.name} only looks on in Baton, so they cannot cover.` };
  const until = instantOf({ date: backOn, time: '00:00', zone: person.hours.zone });
  const absence = { awaySince: found.awaySince ?? null, backOn: found.backOn ?? null, hours: found.hours };
  if (isAway(absence, until - 1)) return { problem: `${found.name} is away then too. Name somebody else.` };
  return { cover: found };
}

function byName(name: string, people: readonly Person[]): Person | undefined {
  const wanted = name.toLowerCase();
  return people.find((one) =>
    [one.handle, one.name, one.name.split(' ')[0] ?? ''].some((known) => known.toLowerCase() === wanted),
  );
}

function unknown(typed: NonNullable<AwayTyped['cover']>, people: readonly Person[]): string {
  if ('slackId' in typed) return 'Whoever you named is none of our people in Baton.';
  const near = nearest(
    typed.name,
    people.map((one) => one.handle),
  );
  // Two letters off are too many of a short name: Ben is no Lea.
  const isLike = near?.charAt(0) === typed.name.charAt(0).toLowerCase();
  return `Nobody is called @${typed.name.slice(0, 40)}.${near && isLike ? ` Did you mean @${near}?` : ''}`;
}

/** `/baton back`. */
const back: SubCommand<Person> = {
  may: 'absence.set',
  usage: 'back',
  about: 'you are there again',
  keys,
  run: async (tx, person, _it, now): Promise<Answer> => {
    const wasAway = await setBack(tx, person, { actor: person.slackId, now, source: 'command' });
    return { say: welcomeBack(wasAway) };
  },
};

/** Subcommands of `/baton` about oneself. */
export const peopleCommands = { away, back };
