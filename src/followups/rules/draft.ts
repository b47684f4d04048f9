/** What a person may send to a customer: plain words, filled from what is known, never sent by Baton. */

/** The words of a draft, with names in braces where facts go. */
export interface DraftTemplates {
  live: string;
  declined: string;
}

export const DRAFTS: DraftTemplates = {
  live: 'Hi {customer}, good news: "{problem}" is fixed. It works for you since {since}{version}. Could you try it and tell me whether all is well now?',
  declined:
    'Hi {customer}, I want to be open with you about "{problem}": we have decided not to change it for now. I can explain why, and I would like to find another way with you. When may I call?',
};

/** What stands for what, as an admin reads it above the form. */
export const PLACEHOLDERS: Readonly<Record<string, string>> = {
  customer: 'first names of those who wrote',
  problem: "the issue's title",
  since: 'when it went live',
  version: 'the version, in brackets',
};

export const TEMPLATE_MAX = 2_000;

export interface DraftFacts {
  /** Names of those who wrote. */
  waiting: readonly string[];
  account: string;
  problem: string;
  since: string | null;
  version: string | null;
}

/** A draft with its facts in it. Words of people are put in once: a title with braces in it stays as it is. */
export function fillDraft(template: string, facts: DraftFacts): string {
  const values: Readonly<Record<string, string>> = {
    customer: greeted(facts),
    problem: facts.problem,
    since: facts.since ?? 'now',
    version: facts.version === null ? '' : ` (version ${facts.version})`,
  };
  return template.replace(/\{(\w+)\}/gu, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? '') : whole,
  );
}

function greeted({ waiting, account }: DraftFacts): string {
  const names = waiting.map((name) => name.split(/\s+/u)[0] ?? '').filter((name) => name !== '');
  if (names.length === 0 || names.length > 3) return `everybody at ${account}`;
  return names.length === 1 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** What is wrong with a template, with what would be right; null when nothing is. */
export function templateProblem(text: string): string | null {
  const length = Array.from(text.trim()).length;
  if (length === 0) return 'Write what people may send, or close the form.';
  if (length > TEMPLATE_MAX) return `${length} characters; ${TEMPLATE_MAX} fit.`;
  const unknown = [...text.matchAll(/\{([^{}]*)\}/gu)]
    .map((match) => match[1] ?? '')
    .find((name) => !Object.hasOwn(PLACEHOLDERS, name));
  if (unknown === undefined) return null;
  const known = Object.keys(PLACEHOLDERS).map((name) => `{${name}}`);
  return `{${unknown.slice(0, 30)}} stands for nothing. There are ${known.join(', ')}.`;
}
