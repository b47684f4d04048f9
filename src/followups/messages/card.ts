import { promiseLine } from '../../issues/messages/promise.js';
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
import { COPY_DRAFT, moreMenu, THAT_WAS_IT, toldButton } from '../buttons.js';
import type { FollowupKind, How, Outcome } from '../rules.js';
import { toldCard } from './told.js';

/** All that the message to whoever owes the news shows; what is null or empty leaves no trace. */
export interface FollowupView {
  id: number;
  account: string;
  kind: FollowupKind;
  /** What was broken or promised, in the issue's words; null for a claimed alert. */
  title: string | null;
  /** "by Thu 17:00", or "was due …". */
  dueText: string;
  /** Who has it, when that is not the reader. */
  owner: string | null;
  /** "Tue 14:05 (4.12)". */
  liveText: string | null;
  /** Why the fix was declined. */
  declinedText: string | null;
  waitedText: string | null;
  waiting: readonly string[];
  /** What we promised the account and has not ended. */
  promised: readonly { by: string; day: string; what: string; toWhom?: string | null }[];
  /** Why it is owed, besides what the first line says; e.g. `Joe asked for a manager on B-42, Tue`. */
  reasons: readonly string[];
  goal: string | null;
  /** How it came here and where it stands: passed on, for somebody away, asleep, offered. */
  notes: readonly string[];
  /** A message of ours that may be the proof. */
  offer: { author: string; words: string; url: string } | null;
  isCritical: boolean;
  /** Where the issue's card stands. */
  issue: { name: string; url: string } | null;
  told: ToldView | null;
  notNeeded: { by: string | null; at: string; reason: string } | null;
}

export interface ToldView {
  by: string;
  at: string;
  /** Where the message stands; null: `by` says so. */
  proofUrl: string | null;
  how: How | null;
  outcome: Outcome | null;
}

/** Read at a glance. */
const LINES_MAX = 8;

/** The first message: tell them, by when, and what there is to tell. */
export function followupCard(view: FollowupView): Message {
  if (view.told) return toldCard(view, view.told);
  if (view.notNeeded) return endedCard(view, view.notNeeded);
  const head = headLine(view);
  const present = [
    head,
    ...factLines(view),
    ...view.notes.map((note) => md`${note}`),
    offerLine(view),
  ].filter((line): line is Md => Boolean(line) && !(line as Md).isEmpty);
  // What was offered as proof is asked about: it stands, whatever else there is no room for.
  const offered = view.offer === null ? [] : present.slice(-1);
  return message({
    text: head,
    blocks: [
      section(
        lines([
          ...present.slice(0, LINES_MAX - offered.length).filter((line) => !offered.includes(line)),
          ...offered,
        ]),
      ),
      followupButtons(view),
    ],
  });
}

function headLine(view: FollowupView): Md {
  const who = view.owner === null ? null : bold(view.owner);
  if (view.kind === 'restore' || view.title === null) {
    const does = who === null ? md`Follow up with` : md`${who} follows up with`;
    return md`${does} ${bold(view.account)} · ${view.dueText}`;
  }
  const tells = who === null ? md`Tell` : md`${who} tells`;
  const news = view.kind === 'tell_fix' ? md`is fixed` : md`will not come`;
  return md`${tells} ${bold(view.account)}: "${view.title}" ${news} · ${view.dueText}`;
}

function factLines(view: FollowupView): (Md | false)[] {
  return [
    join([
      view.liveText !== null && md`Live since ${view.liveText}`,
      view.waitedText !== null && md`they waited ${view.waitedText}`,
    ]),
    view.declinedText !== null && md`Declined: ${cut(view.declinedText)}`,
    view.waiting.length > 0 && md`Waiting: ${view.waiting.slice(0, 5).join(', ')}`,
    ...view.promised.slice(0, 2).map(promiseLine),
    ...view.reasons.slice(0, 2).map((reason) => md`${cut(reason)}`),
    view.goal !== null && md`Wants: ${cut(view.goal)}`,
  ];
}

function offerLine(view: FollowupView): Md | false {
  if (view.offer === null) return false;
  const { author, words, url } = view.offer;
  return md`Was this it? ${author}: "${cut(words)}" ${link(url, '↗')}`;
}

function followupButtons(view: FollowupView) {
  const value = String(view.id);
  return actions('followup', [
    toldButton(view.id),
    view.offer === null
      ? view.kind !== 'restore' && button({ id: COPY_DRAFT, text: 'Copy draft', value })
      : button({ id: THAT_WAS_IT, text: 'Yes, that was it', value }),
    // A message that is offered as proof takes the place of the draft.
    moreMenu({ ...view, isDraftHere: view.offer !== null }),
  ]);
}

function endedCard(view: FollowupView, ended: { by: string | null; at: string; reason: string }): Message {
  const about = view.title === null ? md`Follow-up with` : md`"${view.title}":`;
  const head = md`${about} ${bold(view.account)} · not needed`;
  const who = ended.by === null ? md`${ended.at}` : md`${ended.by}, ${ended.at}`;
  return message({ text: head, blocks: [section(lines([head, md`${who}: ${ended.reason}`]))] });
}

const WORDS_MAX = 140;

function cut(text: string): string {
  const points = Array.from(text.replace(/\s+/gu, ' ').trim());
  return points.length <= WORDS_MAX ? points.join('') : `${points.slice(0, WORDS_MAX - 1).join('')}…`;
}
