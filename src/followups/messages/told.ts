import {
  actions,
  bold,
  button,
  join,
  lines,
  link,
  type Md,
  type Message,
  md,
  message,
  section,
} from '../../slack/blocks/index.js';
import { type FollowupKind, type How, OUTCOMES, type Outcome } from '../rules.js';
import type { ToldView } from './card.js';

export const HOW = 'followup.how';
export const OUTCOME = 'followup.outcome';

/** On the chips, and in a line afterwards. */
const HOWS: readonly { value: How; text: string; said: string }[] = [
  { value: 'call', text: 'Call', said: 'by call' },
  { value: 'mail', text: 'E-mail', said: 'by e-mail' },
  { value: 'meeting', text: 'Meeting', said: 'in a meeting' },
  { value: 'chat', text: 'In Slack', said: 'in Slack' },
];
const ANSWERS: readonly { value: Outcome; text: string; said: string }[] = [
  { value: 'happy', text: 'Happy', said: OUTCOMES.happy },
  { value: 'wants_more', text: 'Wants more', said: OUTCOMES.wants_more },
  { value: 'still_broken', text: 'Still broken', said: OUTCOMES.still_broken },
];

/** Told: by whom, when, what shows it; then, one press each, how and what they said. */
export function toldCard(
  view: { id: number; account: string; title: string | null; kind: FollowupKind },
  told: ToldView,
): Message {
  const head = headLine(view);
  const who = join([
    md`Told by ${told.by}, ${told.at}`,
    wordOf(HOWS, told.how),
    wordOf(ANSWERS, told.outcome),
  ]);
  const value = String(view.id);
  const chips = <T extends string>(id: string, of: readonly { value: T; text: string }[]) =>
    of.map((one) => button({ id: `${id}:${one.value}`, text: one.text, value }));
  return message({
    text: head,
    blocks: [
      section(lines([head, who, proofLine(told)])),
      told.how === null && actions('how', chips(HOW, HOWS)),
      told.outcome === null && actions('outcome', chips(OUTCOME, ANSWERS)),
    ],
  });
}

/** What shows that they were told: the message itself, or the word of whoever says so. */
function proofLine(told: { by: string; proofUrl: string | null }): Md {
  return told.proofUrl === null
    ? md`Proof: ${told.by} says so`
    : md`Proof: ${link(told.proofUrl, 'the message to them')}`;
}

function headLine(view: { account: string; title: string | null; kind: FollowupKind }): Md {
  if (view.title === null || view.kind === 'restore') return md`Spoke with ${bold(view.account)}`;
  const news = view.kind === 'tell_fix' ? md`is fixed` : md`will not come`;
  return md`${bold(view.account)} knows: "${view.title}" ${news}`;
}

function wordOf<T>(all: readonly { value: T; said: string }[], value: T | null): Md | false {
  const found = all.find((one) => one.value === value);
  return found !== undefined && md`${found.said}`;
}

/** Reads what a chip says; undefined for anything else. */
export function readHow(value: string): How | undefined {
  return HOWS.find((one) => one.value === value)?.value;
}

export function readOutcome(value: string): Outcome | undefined {
  return ANSWERS.find((one) => one.value === value)?.value;
}
