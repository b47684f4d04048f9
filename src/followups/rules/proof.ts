import type { SentMessage } from '../rules.js';

/** What a follow-up is about, as far as a message can be recognised by it. */
export interface ProofFacts {
  /** When the news was there to tell; what was said before is no proof. UTC ms. */
  liveAt: number;
  /** Where the waiting issues were written: channel and thread. */
  threads: readonly { channel: string; threadTs: string }[];
  titles: readonly string[];
  /** `B-42`, as people write it: numbers of the issues. */
  numbers: readonly number[];
  /** The tracker's name of the fix and its address, the version. */
  names: readonly string[];
}

/** Words of a title that say what it is about: longer ones, without those that stand everywhere. */
const EVERYWHERE = new Set(
  `about after again and are but can cannot could does doesn don every for from had has have help how into issue just more
  need not now our out over please problem should some still than that the their them then there they this too very was what
  when where which why will with work works worked working would you your still error fails failing broken wrong`.split(
    /\s+/u,
  ),
);
/** Shared by this many, or by all that there are. */
const SHARED_WORDS = 2;

/**
 * Whether a message of ours may be the one in which the customer was told: it stands in the thread of a waiting issue,
 * names its number, link or release, or shares words with its title. It is offered to a person, never counted by itself.
 */
export function mayBeProof(
  said: SentMessage & { threadTs: string | null; text: string },
  facts: ProofFacts,
): boolean {
  if (said.at < facts.liveAt) return false;
  if (
    said.threadTs !== null &&
    facts.threads.some((one) => one.channel === said.channel && one.threadTs === said.threadTs)
  )
    return true;
  const text = said.text.toLowerCase();
  if (facts.numbers.some((number) => new RegExp(`\\bb-?${number}\\b`, 'u').test(text))) return true;
  if (facts.names.some((name) => name.length >= 2 && names(text, name.toLowerCase()))) return true;
  return facts.titles.some((title) => sharesWords(text, title));
}

/** A whole name: `4.1` is not in `4.12`. */
function names(text: string, name: string): boolean {
  const at = text.indexOf(name);
  if (at === -1) return false;
  const isEdge = (char: string | undefined) => char === undefined || !/[\p{L}\p{N}]/u.test(char);
  const after = text.slice(at + name.length);
  return isEdge(text[at - 1]) && isEdge(after[0]) && !/^\.\d/u.test(after);
}

function sharesWords(text: string, title: string): boolean {
  const said = new Set(wordsOf(text));
  const wanted = [...new Set(wordsOf(title))];
  const shared = wanted.filter((word) => said.has(word)).length;
  return wanted.length > 0 && shared >= Math.min(SHARED_WORDS, wanted.length);
}

/** Words by their beginning, so that "exports" and "export" are one. */
function wordsOf(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [])
    .filter((word) => !EVERYWHERE.has(word))
    .map((word) => word.replace(/(?:s|ed|ing)$/u, ''));
}
