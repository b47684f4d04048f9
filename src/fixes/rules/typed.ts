/** What somebody wants of `/baton fix`. */
export type FixAsk =
  | { verb: 'list'; page: number }
  | { verb: 'when'; rest: string }
  | { verb: 'show' | 'live' | 'decline' | 'broke'; ref: string; rest: string };

const VERBS: Readonly<Record<string, 'live' | 'decline' | 'broke'>> = {
  live: 'live',
  decline: 'decline',
  declined: 'decline',
  broke: 'broke',
  'broke-again': 'broke',
  broken: 'broke',
};

/**
 * Reads `live B-7 for Acme`, `B-7 live`, `decline ENG-311 why`, `broke again B-7`, `B-7`, or nothing; undefined for
 * what cannot be meant, such as a verb without a fix.
 */
export function readFixCommand(text: string): FixAsk | undefined {
  const words = text.trim().split(/\s+/).filter(Boolean);
  const first = (words[0] ?? '').toLowerCase();
  if (first === '') return { verb: 'list', page: 0 };
  if (first === 'when') return { verb: 'when', rest: words.slice(1).join(' ') };
  const [verb, others] = verbOf(words);
  const [ref, ...more] = others;
  if (ref === undefined) return undefined;
  if (verb === undefined)
    return more.length === 0 && /\d/.test(ref) ? { verb: 'show', ref, rest: '' } : undefined;
  const rest = more.join(' ');
  return { verb, ref, rest: verb === 'live' ? rest.replace(/^for\s+/i, '') : rest };
}

/** True for a word that says something about a fix, which it wants after it. */
export function isFixVerb(word: string): boolean {
  return Object.hasOwn(VERBS, word.toLowerCase());
}

/** The verb stands first or after the fix; *again* belongs to *broke*. */
function verbOf(words: readonly string[]): ['live' | 'decline' | 'broke' | undefined, string[]] {
  for (const at of [0, 1]) {
    const word = (words[at] ?? '').toLowerCase();
    if (!Object.hasOwn(VERBS, word)) continue;
    const verb = VERBS[word];
    const isAgain = verb === 'broke' && (words[at + 1] ?? '').toLowerCase() === 'again';
    return [verb, [...words.slice(0, at), ...words.slice(at + (isAgain ? 2 : 1))]];
  }
  return [undefined, [...words]];
}
