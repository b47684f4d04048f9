import { HOUR_MS, MINUTE_MS } from '../../time/index.js';

/** So many accounts that write within so long look like one cause. */
const OFFER_ACCOUNTS = 5;
export const OFFER_WINDOW_MS = 30 * MINUTE_MS;
/** A busy desk hears five accounts in any half hour: then it takes so many times its usual. */
const TIMES_USUAL = 3;
/** After an offer, whatever was said to it, none follows for this long. */
export const OFFER_AGAIN_MS = 4 * HOUR_MS;
/** What was written so long before an incident was opened belongs to it as well. */
export const LOOK_BACK_MS = HOUR_MS;

/** Half hours of a usual working week: five days of eight hours. */
const HALF_HOURS_A_WEEK = 5 * 8 * 2;

/**
 * Whether so many accounts within half an hour are worth an offer.
 * @param lastWeek contacts of the seven days before
 */
export function looksLikeIncident(accounts: number, lastWeek: number): boolean {
  return accounts >= Math.max(OFFER_ACCOUNTS, (TIMES_USUAL * lastWeek) / HALF_HOURS_A_WEEK);
}

/** How many accounts it takes at least, whatever is usual. */
export const mayBeIncident = (accounts: number): boolean => accounts >= OFFER_ACCOUNTS;

/** Words that every outage is told with: they do not say which one it is. */
const GENERAL: ReadonlySet<string> = new Set(
  `about again all and are broken bug can cannot customers does doesn down error errors everybody everyone fail failing
  fails for from has have incident issue issues major not nothing now our outage partial please problem problems service
  since slow some still that the there this users was were with work working works you your
  alle aber auch ausfall bei dem den der die das ein eine für geht ist kein keine mit nicht problem probleme seit sind
  störung und wir`.split(/\s+/u),
);

/**
 * What an incident is recognised by in what customers write: the telling words of its title; all of them where none
 * tells anything.
 */
export function incidentWords(title: string): string[] {
  const words = [...new Set(wordsOf(title))];
  const telling = words.filter((word) => !GENERAL.has(word));
  return telling.length > 0 ? telling : words;
}

/** Whether a text names one of them. */
export function namesIncident(text: string, words: readonly string[]): boolean {
  const said = new Set(wordsOf(text));
  return words.some((word) => said.has(word));
}

/** Words of three letters or more, in small letters, without the ending of the plural. */
function wordsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];
  return words.map((word) => (word.length > 4 ? word.replace(/(?<=[a-z]{3})s$/u, '') : word));
}

/** The word that most of some texts have in common, as the beginning of a title; null when fewer than three have one. */
export function commonWord(texts: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const text of texts)
    for (const word of new Set(wordsOf(text)))
      if (!GENERAL.has(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const [most] = [...counts].sort(
    (a, b) => b[1] - a[1] || b[0].length - a[0].length || a[0].localeCompare(b[0]),
  );
  return most && most[1] >= 3 ? most[0] : null;
}

/** What was typed behind `/baton incident`. */
export type IncidentTyped =
  | { do: 'show' }
  | { do: 'open'; title: string }
  | { do: 'end'; title: string | null }
  | { do: 'add' | 'remove'; account: string };

const TITLE_MAX = 120;

/** Reads `API down`, `end`, `end The API answers again`, `add acme`, `remove acme`. */
export function readIncident(text: string): IncidentTyped {
  const [, word = '', rest = ''] = /^(\S*)\s*([\s\S]*)$/u.exec(text.trim()) ?? [];
  const said = word.toLowerCase();
  const title = (all: string) => Array.from(all.replace(/\s+/gu, ' ').trim()).slice(0, TITLE_MAX).join('');
  if (word === '') return { do: 'show' };
  if (said === 'end' || said === 'over') return { do: 'end', title: title(rest) || null };
  if ((said === 'add' || said === 'remove') && rest !== '') return { do: said, account: rest.trim() };
  return { do: 'open', title: title(text) };
}
