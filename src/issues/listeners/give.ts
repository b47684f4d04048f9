import { whoIs } from '../../accounts/store.js';
import { may } from '../../people/may.js';
import type { Person } from '../../people/rules.js';
import { activePeople, personById, personBySlackId } from '../../people/store.js';
import { slackUser } from '../../queue/lookups.js';
import type { Message } from '../../slack/blocks/index.js';
import type { Answer, Surface } from '../../slack/dispatch.js';
import type { Submit } from '../../slack/interactions.js';
import { nearest } from '../../slack/subcommands.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { noSuchIssue } from '../messages/answers.js';
import { giveModal } from '../messages/forms.js';
import { given, giveUsage, hasIt, refused, withFoldedNote } from '../messages/life.js';
import { type Issue, issueName } from '../rules/issue.js';
import { assigneeProblem, readPersonRef } from '../rules/typed.js';
import { issueMeant } from '../store/folded.js';
import { type Change, giveIssue } from '../store/life.js';
import { keyOfNumber, memoryOf, onIssue } from './meant.js';
import type { MenuEntry } from './menu.js';
import { nameOfPerson } from './names.js';

type Found = { person: Person } | { problem: string } | { unknown: string | null };

/** `/issue give B-42 @sam`. */
export const giveCommand = onIssue({
  may: 'issue.give',
  usage: 'give B-42 @sam',
  about: 'makes somebody else the one who has it; they are told',
  run: async (tx, { issue, rest, change }) => {
    const found = await findPerson(tx, rest);
    if ('unknown' in found) return { say: giveUsage(issueName(issue.number), rest, found.unknown) };
    if ('problem' in found) return { say: refused(found.problem, rest) };
    return { say: await give(tx, issue, found.person, change) };
  },
});

async function give(tx: Tx, issue: Issue, to: Person, change: Change): Promise<Message> {
  const from = issue.ownerId === null ? undefined : await personById(tx, issue.ownerId);
  const result = await giveIssue(tx, issue, to, from, change);
  const isYou = to.id === change.by?.id;
  if (result.done) return isYou ? hasIt(issue, { name: to.name, isYou }) : given(issue, to.name);
  if ('refused' in result) return refused(result.refused);
  return hasIt(issue, { name: await nameOfPerson(tx, result.ownerId), isYou });
}

/** Finds who was meant by a mention, a handle or a name. */
async function findPerson(tx: ReadTx, typed: string): Promise<Found> {
  const ref = readPersonRef(typed);
  if ('slackId' in ref) return checkSlackUser(tx, ref.slackId);
  const wanted = ref.name.toLowerCase();
  if (wanted === '') return { unknown: null };
  const people = await activePeople(tx);
  const exact = people.filter((person) =>
    [person.handle, person.name, person.name.split(' ')[0] ?? ''].some(
      (name) => name.toLowerCase() === wanted,
    ),
  );
  const byHandle = exact.find((person) => person.handle.toLowerCase() === wanted);
  if (exact.length > 1 && !byHandle)
    return {
      problem: `${exact.length} people are called that: write @${exact.map((p) => p.handle).join(' or @')}.`,
    };
  const [found] = byHandle ? [byHandle] : exact;
  if (found) return checkSlackUser(tx, found.slackId);
  return {
    unknown: nearest(
      wanted,
      people.map((person) => person.handle),
    ),
  };
}

async function checkSlackUser(tx: ReadTx, slackId: string): Promise<Found> {
  const who = await whoIs(tx, slackId);
  const facts = await slackUser(tx, slackId);
  const known = await personBySlackId(tx, slackId);
  const hasLeft = facts?.isDeleted === true || (known !== undefined && !known.isActive);
  const person = who.kind === 'person' && !hasLeft ? who.person : undefined;
  const problem = assigneeProblem({
    kind: hasLeft ? 'left' : who.kind,
    name: known?.name ?? (facts?.realName || 'That'),
    mayTake: person !== undefined && may(person, 'issue.take'),
  });
  return person && problem === null ? { person } : { problem: problem ?? 'That is nobody of ours.' };
}

/** *Give to…*: the form with everybody who may have an issue. */
export const giveEntry: MenuEntry = {
  may: 'issue.give',
  fits: 'live',
  run: async (tx, issue, at) => {
    const people = (await activePeople(tx)).filter(
      (person) => may(person, 'issue.take') && person.id !== issue.ownerId,
    );
    return { open: giveModal(issue, people, at.channel) };
  },
};

export const giveSubmit: Surface<Person, Submit> = {
  may: 'issue.give',
  keys: (tx, it) => keyOfNumber(tx, memoryOf(it).number),
  run: async (tx, by, it, now): Promise<Answer> => {
    const { number, channel } = memoryOf(it);
    const meant = await issueMeant(tx, number);
    if (!meant) return { say: noSuchIssue(issueName(number)), sayIn: channel };
    const slackId = it.values.person ?? '';
    if (slackId === '') return { errors: { person: 'Choose who should have it.' } };
    const found = await checkSlackUser(tx, slackId);
    if (!('person' in found))
      return { errors: { person: 'problem' in found ? found.problem : 'Choose who should have it.' } };
    const say = await give(tx, meant.issue, found.person, { by, now, source: 'form' });
    return { say: withFoldedNote(say, meant.folded, meant.issue.number), sayIn: channel };
  },
};
