import { distance } from 'fastest-levenshtein';
import type { z } from 'zod';

/** Something wrong in a file: where, and what to write instead. */
export interface Found {
  path: readonly PropertyKey[];
  text: string;
}

/**
 * Reads what an admin wrote by a schema. Where the schema has no words of its own, what is missing, of the wrong kind or
 * unknown is said in words that tell what to write, each at its own place.
 */
export function readBy<T>(schema: z.ZodType<T>, raw: unknown): { data: T } | { found: Found[] } {
  const parsed = schema.safeParse(raw, { error: inWords });
  if (parsed.success) return { data: parsed.data };
  return {
    found: parsed.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({ path: [...issue.path, key], text: unknown(key, issue.message) }))
        : [{ path: issue.path, text: issue.message }],
    ),
  };
}

/** Of unknown keys it says the known ones; `readBy` makes a sentence of them for each. */
function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  const isMissing = issue.input === undefined;
  const say = (what: string) => `${isMissing ? 'missing: ' : ''}write ${what}`;
  if (issue.code === 'unrecognized_keys') return Object.keys(shapeOf(issue.inst)).join('\n');
  if (issue.code === 'invalid_type') return say(KINDS[issue.expected] ?? `a ${issue.expected}`);
  if (issue.code === 'invalid_value') return say(oneOf(issue.values.map(String)));
  if (issue.code === 'too_small' && issue.minimum === 1 && issue.origin === 'string')
    return 'write something';
  if (issue.code === 'too_big' && issue.origin === 'string') return `at most ${issue.maximum} characters`;
  return undefined;
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list, like [a, b]',
  object: 'its parts, like { name: … }',
  record: 'its parts, like { name: … }',
};

const oneOf = (all: readonly string[]): string =>
  all.length === 1 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} or ${all.at(-1)}`;

function shapeOf(schema: unknown): object {
  const { def } = (schema ?? {}) as { def?: { shape?: object } };
  return def?.shape ?? {};
}

const unknown = (key: string, known: string): string =>
  `nothing is called so here; ${suggestion(key, known.split('\n'))}`;

/** "did you mean …?", or everything that there is. */
export function suggestion(word: string, known: readonly string[]): string {
  const near = known
    .map((candidate) => ({
      candidate,
      off: distance(word.slice(0, 60).toLowerCase(), candidate.toLowerCase()),
    }))
    .sort((a, b) => a.off - b.off)[0];
  return near && near.off <= 3 ? `did you mean ${near.candidate}?` : `there are ${known.join(', ')}`;
}

/** A path as people write it: `counting[2].fire`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i > 0 ? '.' : ''}${String(part)}`))
    .join('');
}
