import { parseIssueNumber } from './issue.js';

/** What people type behind `/issue give`, `/issue same` and their like. */

export interface Numbered {
  /** Null when no word is a number of an issue. */
  number: number | null;
  /** What was taken for the number, for an answer that says it is none. */
  typed: string;
  /** Everything else. */
  rest: string;
}

/** Finds the issue's number, wherever it stands: `B-42 high` and `high B-42` are the same. The first one counts. */
export function splitNumber(text: string): Numbered {
  const words = text.trim().split(/\s+/u).filter(Boolean);
  const at = words.findIndex((word) => parseIssueNumber(word) !== null);
  if (at < 0) return { number: null, typed: words[0] ?? '', rest: words.slice(1).join(' ') };
  const typed = words[at] ?? '';
  return {
    number: parseIssueNumber(typed),
    typed,
    rest: words.filter((_, i) => i !== at).join(' '),
  };
}

/** Reads `42 as 17`, `B-42 B-17` or `42 = 17`; null for anything else. */
export function readPair(text: string): { from: number; into: number } | null {
  const words = text
    .trim()
    .split(/[\s,=]+/u)
    .filter((word) => word !== '' && !/^(as|and|is|to|into|with)$/i.test(word));
  const [from, into] = words.map(parseIssueNumber);
  return words.length === 2 && from != null && into != null ? { from, into } : null;
}

/** Somebody as typed: Slack writes `<@U123>` or `<@U123|sam>`, people write `@sam` or a name. */
export function readPersonRef(text: string): { slackId: string } | { name: string } {
  const words = text.trim().replace(/^to\s+/i, '');
  const mention = /^<@([A-Z0-9]+)(?:\|[^>]*)?>$/.exec(words);
  return mention?.[1] ? { slackId: mention[1] } : { name: words.replace(/^@/, '').trim() };
}

/** Why an issue cannot be given to somebody, in words; null when it can. */
export function assigneeProblem(whom: {
  kind: 'person' | 'left' | 'customer' | 'member' | 'bot' | 'external';
  name: string;
  mayTake: boolean;
}): string | null {
  const { name } = whom;
  if (whom.kind === 'bot') return `${name} is a bot. Issues go to people.`;
  if (whom.kind === 'left') return `${name} is deactivated, so nobody would see it.`;
  if (whom.kind === 'customer') return `${name} is a customer. Issues go to our own people.`;
  if (whom.kind === 'member')
    return `${name} has no role in Baton yet. An admin adds people on Baton's Home, under Set-up.`;
  if (whom.kind === 'external') return `${name} is nobody that Baton knows. Issues go to our own people.`;
  return whom.mayTake ? null : `${name} may look at issues, but not have one: an admin can change the role.`;
}
