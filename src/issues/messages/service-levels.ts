import {
  actions,
  bold,
  button,
  clip,
  join,
  lines,
  link,
  type Message,
  md,
  message,
  section,
} from '../../slack/blocks/index.js';
import type { Clock } from '../rules/service-levels.js';
import { TAKE_ISSUE } from './card.js';

const WORDS: Readonly<Record<Clock, string>> = {
  first_reply: 'first reply',
  next_reply: 'next reply',
  resolve: 'solution',
};

/** On the issue's card: "first reply by 11:40". `by` is the instant as people read it. */
export function levelInWords(clock: Clock, by: string, isPast: boolean): string {
  return isPast ? `${WORDS[clock]} was due ${by}` : `${WORDS[clock]} by ${by}`;
}

export interface LateAnswer {
  /** `B-42` */
  name: string;
  account: string;
  title: string;
  /** As `levelInWords` says it. */
  promise: string;
  /** Who has it; null: nobody. */
  owner: string | null;
  /** Of the issue's card. */
  url: string | null;
}

export interface LateAnswersView {
  /** Still without an answer, the longest first. */
  open: readonly LateAnswer[];
  /** Answered, or over, since support was warned. */
  done: readonly { name: string; account: string }[];
  /** A newer line stands below, and holds what still waits. */
  isOld: boolean;
}

/** What fits beside the heading and the last line. */
const SHOWN_MAX = 6;

/** In the triage channel: answers that are about to be late, or are. It calls nobody: the channel is support's own. */
export function lateAnswers(view: LateAnswersView): Message {
  const { open } = view;
  if (view.isOld || open.length === 0) return message({ text: folded(view), blocks: [] });
  const shown = open.slice(0, SHOWN_MAX);
  const more = open.length - shown.length;
  const free = open.find((one) => one.owner === null);
  const heading = open.length === 1 ? undefined : bold(`${open.length} issues have no answer`);
  const said = lines([
    heading,
    ...shown.map((one) => lineOf(one, open.length === 1)),
    more > 0 && md`and ${more} more`,
  ]);
  return message({
    text: heading ? join([heading, ...shown.slice(0, 2).map((one) => md`${one.name} ${one.account}`)]) : said,
    blocks: [
      section(said),
      free !== undefined &&
        actions('levels', [button({ id: TAKE_ISSUE, text: `I'll take ${free.name}`, value: free.name })]),
    ],
  });
}

function lineOf(one: LateAnswer, isAlone: boolean) {
  const what = join([md`${one.name}`, md`${one.account}`, md`${clip(one.title, 80)}`]);
  const when = isAlone ? md`has no answer: ${one.promise}` : md`${one.promise}`;
  const who = one.owner === null ? md`nobody has it` : md`${one.owner} has it`;
  return join([what, when, who, one.url === null ? undefined : link(one.url, '↗')]);
}

function folded({ open, done, isOld }: LateAnswersView) {
  const all = isOld ? [...open, ...done] : done;
  const names = all.slice(0, SHOWN_MAX).map((one) => `${one.name} ${clip(one.account, 40)}`);
  const more = all.length > names.length ? ' …' : '';
  return isOld
    ? md`Late answers so far: ${names.join(', ')}${more}. What still waits stands below.`
    : md`No late answers any more: ${names.join(', ')}${more}`;
}
