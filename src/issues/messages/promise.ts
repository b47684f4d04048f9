import {
  actions,
  bold,
  button,
  datePicker,
  input,
  lines,
  type Md,
  type Message,
  md,
  message,
  modal,
  quote,
  section,
  textInput,
  wholeText,
} from '../../slack/blocks/index.js';
import { issueName } from '../rules/issue.js';
import { TO_WHOM_MAX, WHAT_MAX } from '../rules/promise.js';
import { type AccountChoice, accountBlock } from './account-field.js';

export const PROMISE_MODAL = 'promise.note';
export const PROMISE_OPEN = 'promise.open';
export const PROMISE_KEPT = 'promise.kept';
export const PROMISE_BROKEN = 'promise.broken';

export interface PromiseMemory {
  channel: string | null;
  source: { channel: string; ts: string } | null;
  accountId: number | null;
  number: number | null;
  /** Who promised, when it is not whoever notes it. */
  byUser: string | null;
}

/** The form of *Note a promise*: what, to whom, by when. */
export function promiseModal(spec: {
  account: AccountChoice;
  issue: { number: number; title: string } | null;
  /** Who promised, when it is not whoever notes it. */
  promiser: string | null;
  memory: PromiseMemory;
  what?: string | undefined;
  toWhom?: string | undefined;
  by?: string | undefined;
}) {
  return modal({
    callbackId: PROMISE_MODAL,
    title: 'Note a promise',
    submit: 'Note',
    close: 'Cancel',
    privateMetadata: JSON.stringify(spec.memory),
    blocks: [
      spec.promiser !== null && section(md`Promised by ${bold(spec.promiser)}`),
      spec.issue !== null && section(md`On ${bold(issueName(spec.issue.number))} ${spec.issue.title}`),
      accountBlock(spec.account),
      input({
        blockId: 'what',
        label: 'What was promised?',
        element: textInput({ id: 'what', max: WHAT_MAX, multiline: true, initial: spec.what }),
      }),
      input({
        blockId: 'by',
        label: 'By when?',
        hint: 'At nine on that day the promiser is asked whether it was kept.',
        element: datePicker({ id: 'by', initial: spec.by }),
      }),
      input({
        blockId: 'to_whom',
        label: 'To whom?',
        optional: true,
        hint: 'A name; empty means the account.',
        element: textInput({ id: 'to_whom', max: TO_WHOM_MAX, initial: spec.toWhom }),
      }),
    ],
  });
}

/** One line on the cards of the issue and of the follow-up. */
export function promiseLine(view: { by: string; day: string; what: string }): Md {
  return md`Promised (${view.by}, by ${view.day}): ${cut(view.what)}`;
}

const LINE_MAX = 120;

function cut(text: string): string {
  const points = Array.from(text.replace(/\s+/gu, ' '));
  return points.length <= LINE_MAX ? points.join('') : `${points.slice(0, LINE_MAX - 1).join('')}…`;
}

export interface PromiseView {
  id: number;
  account: string;
  toWhom: string | null;
  what: string;
  day: string;
  issueName: string | null;
  /** Who promised and is away; null when the reader did. */
  insteadOf: string | null;
  state: 'open' | 'kept' | 'broken';
  /** Who said how it ended; null when nobody did. */
  endedBy: string | null;
}

/** On the day, to the promiser alone, or to who stands in: was it kept? */
export function promiseCard(view: PromiseView): Message {
  const whom = view.toWhom ? md`${view.toWhom} of ${bold(view.account)}` : bold(view.account);
  const on = view.issueName ? md` (${view.issueName})` : md``;
  const promised = view.insteadOf
    ? md`${view.insteadOf} promised ${whom} by ${view.day}${on}`
    : md`promised to ${whom} by ${view.day}${on}`;
  const first = {
    open: view.insteadOf
      ? md`Was it kept? ${view.insteadOf}, who is away, promised ${whom} by ${view.day}${on}:`
      : md`Did you keep it? You promised ${whom} by ${view.day}${on}:`,
    kept: md`Kept${view.endedBy ? md`, said ${view.endedBy}` : md``}: ${promised}`,
    broken: view.endedBy
      ? md`Broken, said ${view.endedBy}: ${promised}`
      : md`Counts as broken, since nobody said that it was kept: ${promised}`,
  }[view.state];
  const value = String(view.id);
  const isUnanswered = view.state === 'broken' && view.endedBy === null;
  return message({
    text: first,
    blocks: [
      section(
        lines([
          first,
          quote(view.what, 5),
          view.state === 'open' && md`Not yet? Tell them today. Unanswered, it counts as broken tomorrow`,
        ]),
      ),
      (view.state === 'open' || isUnanswered) &&
        actions('promise', [
          button({
            id: PROMISE_KEPT,
            text: isUnanswered ? 'Kept after all' : 'Kept',
            value,
            style: 'primary',
          }),
          !isUnanswered && button({ id: PROMISE_BROKEN, text: 'Broken', value }),
        ]),
    ],
  });
}

/** To whoever noted it. */
export function promiseNoted(view: {
  account: string;
  toWhom: string | null;
  what: string;
  day: string;
  issueName: string | null;
  promiser: string | null;
}): Message {
  const whom = view.toWhom ? md`${view.toWhom} of ${view.account}` : md`${view.account}`;
  const who = view.promiser === null ? md`You promise` : md`${view.promiser} promises`;
  const on = view.issueName ? md` (${view.issueName})` : md``;
  return message({
    text: md`Noted. ${who} ${whom} by ${bold(view.day)}${on}: ${cut(view.what)}`,
    blocks: [],
  });
}

/** A line of `/baton promise` that cannot be noted: which part, and what was typed. */
export function promiseProblem(problems: Readonly<Record<string, string>>, typed: string): Message {
  const labels: Record<string, string> = {
    about: 'Issue or account',
    by: 'By when',
    what: 'What',
    to_whom: 'To whom',
  };
  const rows = Object.entries(problems).map(
    ([field, problem]) => md`${bold(labels[field] ?? field)}: ${problem}`,
  );
  const first = md`Nothing was noted. Write it like \`/baton promise B-42 by Friday: CSV template\`.`;
  return message({
    text: lines([first, ...rows]),
    blocks: [section(lines([first, ...rows, md`You wrote:`])), ...wholeText(typed)],
  });
}

export function promiseEnded(
  view: { outcome: 'kept' | 'broken'; account: string } | { over: string } | { notYours: string } | 'gone',
): Message {
  const text =
    view === 'gone'
      ? md`This promise is not there any more.`
      : 'over' in view
        ? md`This promise is ${view.over} already. Nothing was changed.`
        : 'notYours' in view
          ? md`Only ${view.notYours}, who promised it, or a lead can say so.`
          : view.outcome === 'kept'
            ? md`Good: noted as kept.`
            : md`Noted as broken. ${view.account} should hear a new date from you.`;
  return message({ text, blocks: [] });
}
