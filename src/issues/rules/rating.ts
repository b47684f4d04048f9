/** How a customer rated our help, of 5. */
export interface Rating {
  /** 1 to 5. */
  value: number;
  /** What they said with it; null when nothing. */
  words: string | null;
}

/** A plain bad or good, as most helpdesks ask for it, at the ends of the scale. */
const WORDS: Readonly<Record<string, number>> = { bad: 1, good: 5 };
/** Up to this a rating is bad: somebody owes the customer a word (`signals/rules/bad-rating.ts` counts the same). */
const BAD_UP_TO = 2;
const LONGEST = 500;

/** Reads `bad`, `good` or 1 to 5, and the customer's words behind it; null when it begins with neither. */
export function readRating(typed: string): Rating | null {
  const found = /^\s*(bad|good|[1-5])(?:\s*\/\s*5)?(?:[\s:,.]+([\s\S]*))?$/iu.exec(typed);
  if (!found) return null;
  const word = (found[1] ?? '').toLowerCase();
  const words = (found[2] ?? '').trim().replace(/^["“](.*)["”]$/su, '$1');
  return {
    value: WORDS[word] ?? Number(word),
    words: words === '' ? null : Array.from(words).slice(0, LONGEST).join(''),
  };
}

export const isBadRating = (value: number): boolean => value <= BAD_UP_TO;
