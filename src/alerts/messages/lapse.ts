import { toldButton } from '../../followups/buttons.js';
import {
  actions,
  bold,
  button,
  type Md,
  type Message,
  md,
  message,
  section,
} from '../../slack/blocks/index.js';

/** Opens the form for a note; the value is the alert's id. */
export const NOTE = 'alert.note';

/** What became of a claim, to whoever had it. */
export interface LapseView {
  id: number;
  account: string;
  followupId: number | null;
  /** `warned`: it lapses at `when`; `kept`: they got on with it; `open`: it lapsed; `other`: somebody has it by now. */
  state: 'warned' | 'kept' | 'open' | 'other' | 'over';
  /** "Thu 14:00"; when it lapses. */
  when: string;
  /** "Tue 9:02"; since when nothing came of it. */
  since: string;
  owner: string | null;
}

/** Before a claim lapses, to its owner only; and what became of it. */
export function lapseCard(view: LapseView): Message {
  const head = headOf(view);
  if (view.state !== 'warned') return message({ text: head, blocks: [section(head)] });
  return message({
    text: head,
    blocks: [
      section(head),
      section(
        md`A logged conversation, a note, or a message of yours in their channel keeps it yours. Else others can claim it again.`,
      ),
      actions('alert_lapse', [
        ...(view.followupId === null ? [] : [toldButton(view.followupId)]),
        button({ id: NOTE, text: 'Note…', value: String(view.id) }),
      ]),
    ],
  });
}

function headOf({ account, state, when, since, owner }: LapseView): Md {
  const name = bold(account);
  if (state === 'warned') return md`Your claim of ${name} lapses ${when}: nothing came of it since ${since}`;
  if (state === 'kept') return md`${name} stays yours`;
  if (state === 'over') return md`${name} is done`;
  if (state === 'other') return md`${owner ?? 'Somebody else'} has ${name} now`;
  return md`Your claim of ${name} lapsed: it is open again for everybody`;
}
