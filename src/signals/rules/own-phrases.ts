import type { Settings } from '../../settings/registry.js';
import type { Phrase, PhraseList } from './phrases.js';

type Own = Settings['phrases'];
type OwnPhrase = NonNullable<Own[keyof Own]>['add'][number];

/** The id under which a phrase of the company's own is kept; without one of its own it is the phrase itself. */
function ownId(language: string, { id, phrase }: OwnPhrase): string {
  return id ?? `own-${language}-${phrase.replaceAll(' ', '-')}`;
}

/** Lists with the phrases that a company added and without those that it took out. */
export function withOwn(lists: readonly PhraseList[], own: Own): PhraseList[] {
  return lists.map((list) => {
    const { add = [], remove = [] } = own[list.language as keyof Own] ?? {};
    const added = add.map(
      (one): Phrase => ({
        id: ownId(list.language, one),
        category: one.category,
        phrase: one.phrase,
        weight: one.weight,
        negationWindow: one.negation_window,
        examples: [],
      }),
    );
    return { ...list, phrases: [...list.phrases.filter(({ id }) => !remove.includes(id)), ...added] };
  });
}

/** What is wrong with a company's own phrases that only the lists tell: where (below `phrases`), and why. */
export function ownPhraseProblems(
  lists: readonly PhraseList[],
  own: Own,
): { path: (string | number)[]; text: string }[] {
  return lists.flatMap((list) => {
    const { add = [], remove = [] } = own[list.language as keyof Own] ?? {};
    const kept = list.phrases.filter(({ id }) => !remove.includes(id));
    const ids = new Set(kept.map(({ id }) => id));
    const words = new Set(kept.map(({ phrase }) => phrase));
    const doubles = add.flatMap((one, i) => {
      const id = ownId(list.language, one);
      const path = [list.language, 'add', i];
      const isDouble = ids.has(id) || words.has(one.phrase);
      ids.add(id);
      words.add(one.phrase);
      return isDouble
        ? [{ path, text: `"${one.phrase}" stands in the list of ${list.language} already` }]
        : [];
    });
    const unknown = remove.flatMap((id, i) =>
      list.phrases.some((phrase) => phrase.id === id)
        ? []
        : [
            {
              path: [list.language, 'remove', i],
              text: `no phrase of that id in the list of ${list.language}: baton rules phrases shows them`,
            },
          ],
    );
    return [...doubles, ...unknown];
  });
}
