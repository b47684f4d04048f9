import {
  actions,
  bold,
  button,
  lines,
  type Message,
  md,
  message,
  section,
} from '../../slack/blocks/index.js';
import { moreMenu, toldButton } from '../buttons.js';
import { owedInWords } from '../rules.js';
import { type FollowupView, followupCard } from './card.js';

export const GIVE_TO = 'followup.give_to';

/** The reminder shows what the first message showed of the matter, and what comes next. */
export interface NudgeView extends FollowupView {
  /** Who covers for the owner, and would have to accept. */
  backup: { id: number; name: string } | null;
  /** "Nothing more until Mon; then it is on Lea's list." */
  next: string | null;
}

/** Brings one to mind; it says what comes next. */
export function nudgeCard(view: NudgeView): Message {
  if (view.told || view.notNeeded || view.owner !== null) return followupCard(view);
  const head = md`${bold(view.account)} ${owedInWords(view.kind, view.title)} · ${view.dueText}`;
  return message({
    text: head,
    blocks: [
      section(
        lines([
          head,
          md`Told them elsewhere? One press closes this.`,
          view.backup !== null && md`No time? ${view.backup.name} is your backup.`,
          ...view.notes.map((note) => md`${note}`),
          view.next !== null && md`${view.next}`,
        ]),
      ),
      actions('followup', [
        toldButton(view.id),
        view.backup !== null &&
          button({
            id: GIVE_TO,
            text: `Give to ${view.backup.name.split(' ')[0] ?? ''}`,
            value: `${view.id}:${view.backup.id}`,
          }),
        moreMenu({ ...view, isDraftHere: true }),
      ]),
    ],
  });
}

/** Several at once, in one message to one person. */
export interface NudgeRoundView {
  items: readonly {
    id: number;
    account: string;
    kind: FollowupView['kind'];
    title: string | null;
    dueText: string;
    /** "told by Sam", "Ana has it"; null while it waits for the reader. */
    settled: string | null;
  }[];
}

/** A message shows so many; the rest is counted, and stands in its own messages. */
const ITEMS_MAX = 15;

export function nudgeRound(view: NudgeRoundView): Message {
  const left = view.items.filter((item) => item.settled === null).length;
  const head =
    left === 0
      ? md`All of these are settled.`
      : left === 1
        ? md`1 customer has not heard from you yet`
        : md`${left} customers have not heard from you yet`;
  const more = view.items.length - ITEMS_MAX;
  return message({
    text: head,
    blocks: [
      section(lines([bold(head), left > 0 && md`Told them elsewhere? One press closes it.`])),
      ...view.items.slice(0, ITEMS_MAX).map((item) => {
        const line = md`${bold(item.account)} ${owedInWords(item.kind, item.title)}`;
        return item.settled === null
          ? section(md`${line} · ${item.dueText}`, { accessory: toldButton(item.id) })
          : section(md`${bold(item.account)} · ${item.settled}`);
      }),
      more > 0 && section(md`… and ${more} more, each in its own message above.`),
    ],
  });
}
