/** Words that tell: matching a customer's own words against a list of phrases. No general sentiment, by design. */

export const CATEGORIES = [
  'blocker',
  'waiting',
  'repeat',
  'escalate',
  'churn',
  'legal_finance',
  'praise',
] as const;
export type PhraseCategory = (typeof CATEGORIES)[number];

export interface Phrase {
  /** Stays when the phrase is reworded: it is what is kept of a match. */
  id: string;
  category: PhraseCategory;
  /** Small letters; `*` stands for up to three words. */
  phrase: string;
  /** A kind counts when its phrases in a message weigh two or more. */
  weight: number;
  /** So many words before it are searched for a negation; 0: it is one itself. */
  negationWindow: number;
  examples: readonly string[];
}

export interface PhraseList {
  /** ISO 639-1. */
  language: string;
  version: number;
  negations: readonly string[];
  phrases: readonly Phrase[];
}

const GAP = 3;
const ENOUGH = 2;

/** What is left of a message once quoted replies and signatures are taken away. */
export function ownWords(text: string): string {
  const lines = text.split('\n');
  const signature = lines.findIndex(
    (line, i) => /^\s*(--|__+|—)\s*$/u.test(line) || (i > 0 && /^\s*sent from my\b/iu.test(line)),
  );
  const quoted = lines.findIndex((line, i) => i > 0 && isQuoteHead(line));
  const end = Math.min(...[signature, quoted, lines.length].filter((at) => at >= 0));
  return lines
    .slice(0, end)
    .filter((line) => !/^\s*(>|&gt;)/u.test(line))
    .join('\n');
}

/** "On 3 Nov 2026 Sam wrote:", "Am 3.11. schrieb Sam:", "-----Original Message-----". */
function isQuoteHead(line: string): boolean {
  return /^\s*(on\b.*\bwrote:|am\b.*\bschrieb.*:|-{3,}\s*(original message|ursprüngliche nachricht))/iu.test(
    line,
  );
}

/**
 * Finds the phrases of some lists in what a customer wrote.
 * @returns ids of the phrases, and the kinds that weigh enough, both without doubles; never any text
 */
export function matchPhrases(
  text: string,
  lists: readonly PhraseList[],
): { phrases: string[]; categories: PhraseCategory[] } {
  const sentences = sentencesOf(ownWords(text));
  const known = new Set(['*', ...sentences.flat()]);
  const found = lists.flatMap((list) =>
    list.phrases
      .filter(({ phrase }) => known.has(firstWord(phrase)))
      .filter((phrase) => sentences.some((words) => stands(phrase, words, list.negations))),
  );
  const weights = new Map<PhraseCategory, number>();
  for (const { category, weight } of found) weights.set(category, (weights.get(category) ?? 0) + weight);
  const categories = CATEGORIES.filter((kind) => (weights.get(kind) ?? 0) >= ENOUGH);
  const phrases = found.filter(({ category }) => categories.includes(category)).map(({ id }) => id);
  return { phrases: [...new Set(phrases)], categories };
}

/** Words of each sentence, in small letters; an apostrophe inside a word belongs to it, typographic or not. */
function sentencesOf(text: string): string[][] {
  return text
    .toLowerCase()
    .replaceAll('’', "'")
    .split(/[.!?\n;]+/u)
    .map((sentence) => sentence.match(/[\p{L}\p{N}]+(?:'[\p{L}]+)*/gu) ?? [])
    .filter((words) => words.length > 0);
}

function firstWord(phrase: string): string {
  const end = phrase.indexOf(' ');
  return end < 0 ? phrase : phrase.slice(0, end);
}

function stands(phrase: Phrase, words: readonly string[], negations: readonly string[]): boolean {
  const parts = phrase.phrase.split(' ');
  return words.some((_, start) => {
    if (!matchesFrom(parts, words, start)) return false;
    const before = words.slice(Math.max(0, start - phrase.negationWindow), start);
    return !before.some((word) => negations.includes(word));
  });
}

function matchesFrom(parts: readonly string[], words: readonly string[], start: number): boolean {
  const [part, ...rest] = parts;
  if (part === undefined) return true;
  if (part !== '*') return words[start] === part && matchesFrom(rest, words, start + 1);
  for (let skipped = 0; skipped <= GAP; skipped += 1)
    if (matchesFrom(rest, words, start + skipped)) return true;
  return false;
}
