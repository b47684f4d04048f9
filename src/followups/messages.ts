import { promiseLine } from '../issues/messages/promise.js';
import {
  actions,
  bold,
  button,
  join,
  lines,
  type Message,
  md,
  message,
  section,
} from '../slack/blocks/index.js';

export const I_TOLD_THEM = 'followup.told';

/** All that the message to whoever owes the news shows; what is null leaves no trace. */
export interface FollowupView {
  id: number;
  account: string;
  /** What was broken, in the words; null for a claimed alert. */
  title: string | null;
  /** "by Thu 17:00", or "was due …". */
  dueText: string;
  liveText: string | null;
  waitedText: string | null;
  waiting: readonly string[];
  /** What we promised the account and has not ended. */
  promised: readonly { by: string; day: string; what: string }[];
  why: string;
  told: { by: string; at: string } | null;
}

/** The first message: tell them, by when, and what there is to tell. */
export function followupCard(view: FollowupView): Message {
  if (view.told) return toldCard(view, view.told);
  const head =
    view.title === null
      ? md`Follow up with ${bold(view.account)} · ${view.dueText}`
      : md`Tell ${bold(view.account)}: "${view.title}" is fixed · ${view.dueText}`;
  const since = join([
    view.liveText !== null && md`Live since ${view.liveText}`,
    view.waitedText !== null && md`they waited ${view.waitedText}`,
  ]);
  return message({
    text: head,
    blocks: [
      section(
        lines([
          head,
          since,
          view.waiting.length > 0 && md`Waiting: ${view.waiting.slice(0, 5).join(', ')}`,
          ...view.promised.slice(0, 2).map(promiseLine),
          md`${view.why}`,
        ]),
      ),
      tellButton(view.id),
    ],
  });
}

function tellButton(id: number) {
  return actions('followup', [
    button({ id: I_TOLD_THEM, text: 'I told them', value: String(id), style: 'primary' }),
  ]);
}

function toldCard(view: FollowupView, told: { by: string; at: string }): Message {
  const what =
    view.title === null
      ? md`Spoke with ${bold(view.account)}`
      : md`${bold(view.account)} knows: "${view.title}" is fixed`;
  return message({
    text: what,
    blocks: [section(lines([what, md`Told by ${told.by}, ${told.at} (their word)`]))],
  });
}

/** The one reminder; it says what comes next. */
export function nudgeCard(view: FollowupView & { next: string }): Message {
  if (view.told) return toldCard(view, view.told);
  const about =
    view.title === null ? md`has not heard from us yet` : md`has not heard that "${view.title}" is fixed`;
  const head = md`${bold(view.account)} ${about} · ${view.dueText}`;
  return message({
    text: head,
    blocks: [
      section(lines([head, md`Told them elsewhere? One press closes this.`, md`${view.next}`])),
      tellButton(view.id),
    ],
  });
}

export function thanks(view: {
  account: string;
  title: string | null;
  watchedUntil: string | null;
}): Message {
  const told = md`Good: ${view.account} was told.`;
  const watch =
    view.watchedUntil !== null && md`Baton watches until ${view.watchedUntil} whether it stays quiet.`;
  return message({ text: join([told, watch], ' '), blocks: [] });
}

export function alreadyTold(view: { account: string; by: string; at: string }): Message {
  return message({
    text: md`${view.by} told ${view.account} ${view.at} already. Nothing is left to do.`,
    blocks: [],
  });
}

export function gone(): Message {
  return message({ text: 'This follow-up is over. The message shows how it stands.', blocks: [] });
}
