import { CATEGORIES, DETAIL_MAX, type Issue, PRIORITIES, parsePriority, TITLE_MAX } from './issue.js';

export type EditedField = 'title' | 'detail' | 'priority' | 'category';
export type Edits = Partial<Pick<Issue, EditedField>>;

/** What the form showed when it was opened; long words as their fingerprint. */
export interface SeenFields {
  title: string;
  detail: string;
  priority: string;
  category: string;
}

/** Stands for words that are too long to be carried along. */
export function fingerprint(text: string): string {
  let hash = 5381;
  for (const char of text) hash = ((hash * 33) ^ (char.codePointAt(0) ?? 0)) >>> 0;
  return `${text.length}:${hash.toString(36)}`;
}

/**
 * What was edited: a field that comes back empty-handed (null) or as it was shown is as it was, also when somebody
 * else changed it meanwhile.
 */
export function readEdits(
  values: Readonly<Record<string, string | null>>,
  seen: SeenFields,
): { edits: Edits } | { errors: Record<string, string> } {
  const edits: Edits = {};
  const errors: Record<string, string> = {};
  const { title, detail, priority, category } = values;
  if (title != null && fingerprint(title) !== seen.title) {
    const line = title.replace(/\s+/gu, ' ').trim();
    const length = Array.from(line).length;
    if (line === '') errors.title = 'A title says in a few words what is broken or wanted.';
    else if (length > TITLE_MAX)
      errors.title = `The title has ${length} characters; ${TITLE_MAX} fit. The rest can stand in the detail.`;
    else edits.title = line;
  }
  if (detail != null && fingerprint(detail) !== seen.detail) {
    const length = Array.from(detail).length;
    if (length > DETAIL_MAX) errors.detail = `The detail has ${length} characters; ${DETAIL_MAX} fit.`;
    else edits.detail = detail.trim() === '' || detail.trim() === '-' ? null : detail.trim();
  }
  if (priority != null && priority !== seen.priority) {
    const known = parsePriority(priority);
    if (known) edits.priority = known;
    else errors.priority = `Choose one of ${PRIORITIES.join(', ')}.`;
  }
  if (category != null && category !== seen.category)
    edits.category = CATEGORIES.find((one) => one === category) ?? null;
  return Object.keys(errors).length > 0 ? { errors } : { edits };
}

/**
 * Whether kept words are a message's own: all of them, or their beginning where the field of a form ended.
 * @param max how many characters the field holds
 */
export function isTakenFrom(kept: string, said: string, max: number): boolean {
  const [own, whole] = [kept, said].map((text) => text.replace(/\s+/gu, ' ').trim()) as [string, string];
  if (own === '') return false;
  return own === whole || (own.length > max / 2 && whole.startsWith(own.replace(/…$/u, '')));
}
