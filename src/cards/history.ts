import { z } from 'zod';
import { nameOf } from '../accounts/store.js';
import { onIssue } from '../issues/listeners/meant.js';
import type { MenuEntry } from '../issues/listeners/menu.js';
import { noSuchIssue } from '../issues/messages/answers.js';
import {
  type HistoryLine,
  type HistoryView,
  historyMessage,
  historyModal,
} from '../issues/messages/history.js';
import { type Issue, issueName } from '../issues/rules/issue.js';
import { foldedInto } from '../issues/store/folded.js';
import { historyOf, type LogRow } from '../issues/store/history.js';
import { issueByNumber } from '../issues/store/read.js';
import type { Person } from '../people/rules.js';
import { groupByKey, personBySlackId } from '../people/store.js';
import type { Surface } from '../slack/dispatch.js';
import type { Press } from '../slack/interactions.js';
import type { SubCommand } from '../slack/subcommands.js';
import type { ReadTx } from '../store/transact.js';
import { dayAndClock } from '../time/index.js';

const PAGE = 15;
const SLACK_USER = /^[UW][A-Z0-9]{2,}$/;

/** `/issue history B-42`: every change, in words. */
export const historyCommand: SubCommand<Person> = onIssue({
  may: 'issue.see',
  usage: 'history B-42',
  about: 'every change, with who and when',
  run: async (tx, { issue, change }) => ({
    say: historyMessage(await historyView(tx, issue, 0, change.by, change.now)),
  }),
});

/** *History* on the card. */
export const historyEntry: MenuEntry = {
  may: 'issue.see',
  fits: 'any',
  run: async (tx, issue, { change }) => ({
    open: historyModal(await historyView(tx, issue, 0, change.by, change.now)),
  }),
};

const Place = z.object({ n: z.number().int(), p: z.number().int().min(0) });

/** *Older*, *Newer*: in the form the page takes the place of the other, in a channel it is said privately. */
export const historyPress: Surface<Person, Press> = {
  may: 'issue.see',
  run: async (tx, person, it, now) => {
    const place = Place.safeParse(parsed(it.value));
    const issue = place.success ? await issueByNumber(tx, place.data.n) : undefined;
    if (!place.success || !issue) return { say: noSuchIssue('') };
    const view = await historyView(tx, issue, place.data.p, person, now);
    return it.isModal ? { open: historyModal(view) } : { say: historyMessage(view) };
  },
};

function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

async function historyView(
  tx: ReadTx,
  issue: Issue,
  wanted: number,
  reader: Person,
  now: number,
): Promise<HistoryView> {
  const parts = await foldedInto(tx, issue.id);
  const names = new Map(parts.map((part) => [part.id, issueName(part.number)]));
  const { rows, total, page } = await historyOf(
    tx,
    { issueIds: [issue.id, ...names.keys()], accountId: issue.accountId },
    { number: wanted, size: PAGE },
  );
  const lines: HistoryLine[] = [];
  for (const row of rows) {
    const ofIssue = row.issueId === null ? null : (names.get(row.issueId) ?? null);
    lines.push(await lineOf(tx, row, ofIssue, reader, now));
  }
  return {
    name: issueName(issue.number),
    title: issue.title,
    number: issue.number,
    lines,
    page,
    hasOlder: (page + 1) * PAGE < total,
  };
}

async function lineOf(
  tx: ReadTx,
  row: LogRow,
  ofIssue: string | null,
  reader: Person,
  now: number,
): Promise<HistoryLine> {
  const person = row.actor === null ? undefined : await personBySlackId(tx, row.actor);
  const named = async (value: string | null) =>
    value !== null && SLACK_USER.test(value) && isAboutPeople(row.kind) ? nameOf(tx, value) : value;
  return {
    kind: row.kind,
    when: dayAndClock(row.at, reader.hours.zone, now),
    who: row.actor === null ? 'Baton' : (person?.name ?? (await nameOf(tx, row.actor))),
    func: person && person.functions.length > 1 ? row.func : null,
    from: row.source,
    before: await named(row.before),
    after: await named(row.after),
    data: await withGroupNamed(tx, row.data),
    ofIssue,
  };
}

/** A group is known to people by its name, not by its key. */
async function withGroupNamed(tx: ReadTx, data: LogRow['data']): Promise<HistoryLine['data']> {
  const { group } = data;
  if (typeof group !== 'string') return data;
  return { ...data, group: (await groupByKey(tx, group))?.name ?? group };
}

/** Titles are free text: only where people stand as ids are ids read as people. */
function isAboutPeople(kind: string): boolean {
  return kind === 'issue.taken' || kind === 'issue.given';
}
