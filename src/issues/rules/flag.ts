import type { Person } from '../../people/rules.js';
import { HOUR_MS } from '../../time/index.js';
import { earliest } from './escalation.js';

export type FlagKind = 'problem' | 'pattern';
export type FlagState = 'offered' | 'accepted' | 'returned' | 'declined';
export type FlagAct = 'accept' | 'return' | 'decline' | 'resend';

/** Something that success hands to support. */
export interface Flag {
  id: number;
  accountId: number;
  kind: FlagKind;
  detail: string;
  evidence: string[];
  isSevere: boolean;
  channel: string | null;
  ts: string | null;
  byUser: string;
  offeredAt: number;
  state: FlagState;
  decidedBy: string | null;
  decidedAt: number | null;
  answer: string | null;
  issueId: number | null;
  climbedAt: number | null;
}

export const DETAIL_MAX = 1000;
export const ANSWER_MAX = 500;
const EVIDENCE_MAX = 10;
const PATTERN_LINKS = 2;
const LINK_MAX = 1000;
/** How long support has until a flag climbs to its lead, in the lead's working time. */
const WAIT_MS = 4 * HOUR_MS;

const NEXT: Record<FlagState, Partial<Record<FlagAct, FlagState>>> = {
  offered: { accept: 'accepted', return: 'returned', decline: 'declined' },
  returned: { resend: 'offered' },
  accepted: {},
  declined: {},
};

/** Where an act leads from a state; null when it is not possible there (any more). */
export function nextState(state: FlagState, act: FlagAct): FlagState | null {
  return NEXT[state][act] ?? null;
}

/** Support decides about flags: whoever acts in support, and admins. */
export function mayDecide(person: Pick<Person, 'functions' | 'isAdmin'>): boolean {
  return person.isAdmin || person.functions.includes('support');
}

/** When a flag that nobody decided about climbs; null when there is no support lead. */
export function flagClimbsAt(offeredAt: number, leads: readonly Person[]): number | null {
  return earliest(offeredAt, WAIT_MS, leads);
}

/** The addresses in what was typed, each once, and the first word that is none. */
export function readEvidence(typed: string): { links: string[]; wrong: string | null } {
  const words = typed.split(/[\s,]+/u).filter(Boolean);
  const isLink = (word: string) =>
    /^https?:\/\/[^\s<>]+$/i.test(word) && word.length <= LINK_MAX && URL.canParse(word);
  return {
    links: [...new Set(words.filter(isLink))],
    wrong: words.find((word) => !isLink(word)) ?? null,
  };
}

/** What is wrong with the form, by field; empty when nothing is. */
export function flagProblems(form: {
  kind: string;
  detail: string;
  evidence: string;
  isSevere: boolean;
}): Record<string, string> {
  const { links, wrong } = readEvidence(form.evidence);
  const length = Array.from(form.detail.trim()).length;
  const problems: Record<string, string> = {};
  if (form.kind !== 'problem' && form.kind !== 'pattern')
    problems.kind = 'Choose whether support takes over one problem, or looks into a pattern.';
  if (length === 0) problems.detail = 'Say what is wrong; the first line becomes the title.';
  if (length > DETAIL_MAX) problems.detail = `${length} characters; ${DETAIL_MAX} fit.`;
  if (wrong !== null)
    problems.evidence = `"${wrong.slice(0, 60)}" is no link. Give addresses that begin with https://, one per line.`;
  else if (links.length > EVIDENCE_MAX)
    problems.evidence = `${links.length} links; the best ${EVIDENCE_MAX} are enough.`;
  else if (form.kind === 'pattern' && links.length < PATTERN_LINKS && !form.isSevere)
    problems.evidence =
      'A pattern needs at least two links that show it, or tick that one severe case is enough.';
  return problems;
}
