/** Words of titles that say nothing about what a matter is. */
const EMPTY: ReadonlySet<string> = new Set(
  `about after again also because before cannot could does doesn from have help into just more need needs only please
  problem question should since some still that their them then there these they this those today when where which while
  will with without would your auch aber beim bitte dass eine einen einer frage haben kann keine mehr nach nicht noch oder
  problem schon seit sind über unser wenn werden wird wieder`.split(/\s+/),
);
const TELLING = 2;

/**
 * What a title is about, so that two that say the same come out alike: its two longest telling words in order of the
 * alphabet, and the category. Null when fewer than two words tell anything.
 */
export function topicOf(title: string, category: string | null): string | null {
  const words = title.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? [];
  const telling = [...new Set(words.map(stem))].filter((word) => !EMPTY.has(word));
  if (telling.length < TELLING) return null;
  const longest = telling.sort((a, b) => b.length - a.length || a.localeCompare(b)).slice(0, TELLING);
  return [category ?? '', ...longest.sort()].join(' ').trim();
}

/** "exports" and "export" are one word. */
function stem(word: string): string {
  return word.length > 4 ? word.replace(/(?<=[a-z]{3})(s|en)$/u, '') : word;
}
