import { isFriction } from '../../src/issues/rules/capture.js';
import { rowsOf } from '../support/rows.js';
import { byCustomer, type Expectation, isPost, loadWeek } from './load.js';
import { channelOf, type Played } from './replay.js';

/** Holds what Baton made of the week against what a careful human wants. Every difference is named. */

export interface Score {
  what: string;
  right: number;
  of: number;
  atLeast: number;
  /** The differences, a line each. */
  wrong: string[];
}

type Rows<K extends Parameters<typeof rowsOf>[1]> = Awaited<ReturnType<typeof rowsOf<K>>>;

export interface Made {
  messages: Rows<'messages'>;
  contacts: Rows<'contacts'>;
  issues: Rows<'issues'>;
  sources: Rows<'issueSources'>;
  suggestions: Rows<'suggestions'>;
  log: Rows<'log'>;
  /** Person and instant of what could not be pressed. */
  skipped: string[];
  /** Line id of a message by channel and ts. */
  lineAt: (channel: string, ts: string) => string | undefined;
}

export async function readMade({ store, tsOf, skipped }: Played): Promise<Made> {
  const { lines } = loadWeek();
  const byPlace = new Map(
    lines.filter(isPost).map((line) => [`${channelOf(line.channel)} ${tsOf.get(line.id)}`, line.id]),
  );
  return {
    messages: await rowsOf(store, 'messages'),
    contacts: await rowsOf(store, 'contacts'),
    issues: await rowsOf(store, 'issues'),
    sources: await rowsOf(store, 'issueSources'),
    suggestions: await rowsOf(store, 'suggestions'),
    log: await rowsOf(store, 'log'),
    skipped: skipped.map(({ line }) => `${line.by} ${line.at}`),
    lineAt: (channel, ts) => byPlace.get(`${channel} ${ts}`),
  };
}

function score(what: string, atLeast: number, cases: { id: string; right: boolean; words: string }[]): Score {
  const wrong = cases.filter((one) => !one.right).map((one) => `${one.id}: ${one.words}`);
  return { what, right: cases.length - wrong.length, of: cases.length, atLeast, wrong };
}

/** What Baton decided of each message: the line that opened its contact, or none. */
function decisionsOf(made: Made): Map<string, { is: 'opens' | 'joins' | 'none'; contact?: string }> {
  const opener = new Map(made.contacts.map((one) => [one.id, made.lineAt(one.channel, one.firstTs) ?? '?']));
  const decided = new Map<string, { is: 'opens' | 'joins' | 'none'; contact?: string }>();
  for (const row of made.messages) {
    const id = made.lineAt(row.channel, row.ts);
    if (id === undefined) continue;
    const contact = row.contactId === null ? undefined : opener.get(row.contactId);
    if (contact === undefined) decided.set(id, { is: 'none' });
    else decided.set(id, { is: contact === id ? 'opens' : 'joins', contact });
  }
  return decided;
}

export function judgeContacts(made: Made): Score[] {
  const { team, lines, expected } = loadWeek();
  const ignored = new Set(team.channels.filter((one) => one.capture === 'ignore').map((one) => one.id));
  const spoken = lines.filter(
    (line) => isPost(line) && line.kind !== 'join' && byCustomer(line) && !ignored.has(line.channel),
  );
  const decided = decisionsOf(made);
  const cases = spoken.map(({ id }) => {
    const label = expected.decisions[id] as Expectation['decisions'][string];
    const is = decided.get(id) ?? { is: 'none' as const };
    const sameContact = is.is !== 'joins' || is.contact === label.contact;
    const right = (is.is === label.is && sameContact) || (label.or ?? []).includes(is.is);
    return {
      id,
      right,
      words: `${is.is} ${is.contact ?? ''}, wanted ${label.is} ${label.contact ?? label.why ?? ''}`,
    };
  });
  const wanted = expected.contacts.map((one) => one.id);
  const opened = [...decided].filter(([, is]) => is.is === 'opens').map(([id]) => id);
  const found = wanted.map((id) => ({ id, right: opened.includes(id), words: 'not opened' }));
  const right = opened.map((id) => {
    const label = expected.decisions[id];
    return { id, right: wanted.includes(id) || (label?.or ?? []).includes('opens'), words: 'opened' };
  });
  return [
    score('messages decided as labelled', 0.97, cases),
    score('contacts found', 0.98, found),
    score('contacts right of those found', 0.98, right),
    ...judgeReplies(made),
  ];
}

function judgeReplies(made: Made): Score[] {
  const { expected } = loadWeek();
  const byLine = new Map(made.contacts.map((one) => [made.lineAt(one.channel, one.firstTs) ?? '', one]));
  const both = expected.contacts.filter((one) => byLine.has(one.id));
  const replies = both.map((one) => {
    const at = byLine.get(one.id)?.firstReplyAt ?? null;
    const wanted = one.firstReplyAt === null ? null : Date.parse(one.firstReplyAt);
    return { id: one.id, right: at === wanted, words: `replied ${stamp(at)}, wanted ${one.firstReplyAt}` };
  });
  const fact = (key: 'waited' | 'friction', read: (row: Made['contacts'][number]) => boolean) =>
    both.map((one) => {
      const row = byLine.get(one.id) as Made['contacts'][number];
      const is = read(row) ? 'yes' : 'no';
      return {
        id: one.id,
        right: one[key] === 'either' || one[key] === is,
        words: `${is}, wanted ${one[key]}`,
      };
    });
  return [
    score('first reply', 0.97, replies),
    score(
      'waited',
      0.97,
      fact('waited', (row) => row.waitedAt !== null),
    ),
    score('friction', 0.97, fact('friction', isFriction)),
  ];
}

const stamp = (at: number | null) => (at === null ? 'never' : new Date(at).toISOString());

const BECAME: Record<string, string> = {
  logged: 'logged',
  added: 'added',
  chat: 'not an issue',
  answered: 'answered',
  seen: 'seen',
  deleted: 'withdrawn',
};

/** What became of a contact on the lines, and when it was first offered. */
export function offersOf(made: Made): Map<string, { at: number; became: string }> {
  const found = new Map<string, { at: number; became: string }>();
  for (const contact of made.contacts) {
    const id = made.lineAt(contact.channel, contact.firstTs) ?? '?';
    const items = made.suggestions.flatMap((line) =>
      line.items.filter((item) => item.contactId === contact.id),
    );
    if (items.length === 0) continue;
    const opened = made.log.find((row) => row.kind === 'contact.waited' && row.contactId === contact.id);
    const logged = made.log.find((row) => row.kind === 'issue.source_added' && row.contactId === contact.id);
    const last = contact.settled ?? items.at(-1)?.settled ?? null;
    const became = last === null ? 'open' : (BECAME[last] ?? last);
    const isFolded = became === 'logged' && logged?.source !== 'suggestion';
    found.set(id, { at: opened?.at ?? 0, became: isFolded ? 'folded' : became });
  }
  return found;
}

const MINUTE = 60_000;

export function judgeSuggestions(made: Made): Score[] {
  const { expected } = loadWeek();
  const made_ = offersOf(made);
  const wanted = new Map(expected.suggestions.map((one) => [one.contact, one]));
  const spared = new Set(expected.notSuggested.map((one) => one.contact));
  const both = expected.suggestions.filter((one) => made_.has(one.contact));
  return [
    score(
      'suggestions offered',
      0.95,
      expected.suggestions.map((one) => ({
        id: one.contact,
        right: made_.has(one.contact),
        words: `not offered (${one.became})`,
      })),
    ),
    score(
      'suggestions wanted of those offered',
      0.95,
      [...made_].map(([id, one]) => ({
        id,
        right: wanted.has(id) && !spared.has(id),
        words: `offered ${stamp(one.at)}, ${one.became}`,
      })),
    ),
    score(
      'suggestions: what became of them',
      0.97,
      both.map((one) => {
        const became = made_.get(one.contact)?.became ?? '';
        return { id: one.contact, right: became === one.became, words: `${became}, wanted ${one.became}` };
      }),
    ),
    score(
      'suggestions: at the minute',
      0.95,
      both.map((one) => {
        const late = (made_.get(one.contact)?.at ?? 0) - Date.parse(one.at);
        return {
          id: one.contact,
          right: late >= -1000 && late <= 2 * MINUTE,
          words: `${late / 1000} s after ${one.at}`,
        };
      }),
    ),
  ];
}
