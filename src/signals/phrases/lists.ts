import type { PhraseList } from '../rules/phrases.js';
import de from './de.json' with { type: 'json' };
import en from './en.json' with { type: 'json' };

/** The lists that Baton comes with; an admin's list of the same language takes the place of one. */
export const PHRASE_LISTS: readonly PhraseList[] = [en as PhraseList, de as PhraseList];
