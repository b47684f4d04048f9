import {
  actions,
  bold,
  button,
  clip,
  join,
  lines,
  type Message,
  md,
  message,
  section,
} from '../../slack/blocks/index.js';
import type { FollowupView } from './card.js';

export const ACCEPT = 'followup.accept';
export const DECLINE = 'followup.decline';

const REASON_MAX = 150;

/** Below the message of whoever had it: it is somebody else's now. */
export function passedOn(view: { account: string; to: string; why: 'passed' | 'taken' | 'csm' }): Message {
  const text = {
    passed: md`${bold(view.to)} tells ${view.account} now: nobody had by the time it was due. If you told them after all, press *I told them* above.`,
    taken: md`${bold(view.to)} took this up and tells ${view.account}.`,
    csm: md`${bold(view.to)} looks after ${view.account} now and tells them.`,
  }[view.why];
  return message({ text, blocks: [] });
}

export interface OfferView extends FollowupView {
  /** Who asks. */
  from: string;
  /** "You have it", "Sam kept it", "it is over"; null while it is asked. */
  settled: string | null;
}

/** To whom a follow-up was offered: it is theirs once they accept. */
export function offerCard(view: OfferView): Message {
  const about = view.title === null ? md`` : md` about "${view.title}"`;
  const head =
    view.settled === null
      ? md`${bold(view.from)} asks: can you ${view.kind === 'restore' ? 'follow up with' : 'tell'} ${bold(view.account)}${about}? · ${view.dueText}`
      : md`${bold(view.account)}${about} · ${view.settled}`;
  const since = join([
    view.liveText !== null && md`Live since ${view.liveText}`,
    view.waitedText !== null && md`they waited ${view.waitedText}`,
  ]);
  const value = String(view.id);
  return message({
    text: head,
    blocks: [
      section(
        lines([
          head,
          view.settled === null && since,
          ...(view.settled === null
            ? view.reasons.slice(0, 3).map((reason) => md`${clip(reason, REASON_MAX)}`)
            : []),
          view.settled === null &&
            view.waiting.length > 0 &&
            md`Waiting: ${view.waiting.slice(0, 5).join(', ')}`,
          view.settled === null && md`Until you accept, it stays with ${view.from}.`,
        ]),
      ),
      view.settled === null &&
        actions('offer', [
          button({ id: ACCEPT, text: "I'll take it", value, style: 'primary' }),
          button({ id: DECLINE, text: 'No', value }),
        ]),
    ],
  });
}
