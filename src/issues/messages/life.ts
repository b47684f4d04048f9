import {
  actions,
  bold,
  button,
  LIMITS,
  lines,
  link,
  type Message,
  md,
  message,
  section,
} from '../../slack/blocks/index.js';
import { type Issue, issueName, PRIORITIES, type Priority } from '../rules/issue.js';

/** What the commands and buttons that move an issue through its life answer, one function each. */

/** A button that does something with an issue: `issue.do:resolve`, its value `resolve:42`. */
export const ISSUE_DO = 'issue.do';

export type Done = 'take' | 'wait' | 'resolve' | 'reopen' | 'close';

const DONE: Readonly<Record<Done, (name: string, title: string, account: string) => Message>> = {
  take: (name, title) => said(md`You have ${bold(name)}: ${title}`),
  wait: (name, title, account) =>
    said(
      lines([
        md`${bold(name)} waits on ${account} now: ${title}`,
        md`Their answer in its thread opens it again.`,
      ]),
    ),
  resolve: (name, title, account) =>
    said(
      lines([
        md`${bold(name)} is resolved: ${title}`,
        md`If ${account} answers in its thread within 30 days, it is open again.`,
      ]),
    ),
  reopen: (name, title) => said(md`${bold(name)} is open again: ${title}`),
  close: (name, title) => said(md`${bold(name)} is closed: ${title}`),
};

export function moved(done: Done, issue: Pick<Issue, 'number' | 'title'>, account: string): Message {
  return DONE[done](issueName(issue.number), issue.title, account);
}

/** What was not done, and why; `typed` is what would be lost otherwise. */
export function refused(reason: string, typed?: string): Message {
  return said(lines([md`${reason}`, typed ? md`You wrote: ${typed.slice(0, 300)}` : undefined]));
}

export function hasIt(issue: Pick<Issue, 'number' | 'title'>, by: { name: string; isYou: boolean }): Message {
  const name = bold(issueName(issue.number));
  if (by.isYou) return said(md`You have ${name}: ${issue.title}`);
  return said(
    md`${by.name} has ${name} already. To change that: \`/issue give ${issueName(issue.number)} @name\`.`,
  );
}

export function given(issue: Pick<Issue, 'number' | 'title'>, to: string): Message {
  return said(md`${to} has ${bold(issueName(issue.number))} now, and hears of it: ${issue.title}`);
}

/** A button of a card that shows what is past. */
export function movedOn(issue: Pick<Issue, 'number' | 'title'>, line: string): Message {
  const head = md`This moved on. Here is how it stands:`;
  const now = md`${bold(issueName(issue.number))} · ${issue.title} · ${line}`;
  return message({ text: lines([head, now]), blocks: [section(lines([head, now]))] });
}

/** Says first that the number asked for is part of another issue. */
export function withFoldedNote(answer: Message, folded: Pick<Issue, 'number'> | null, into: number): Message {
  if (!folded) return answer;
  const note = md`${issueName(folded.number)} was folded into ${bold(issueName(into))}, which goes on for both.`;
  const text = `${note.mrkdwn} ${answer.text}`;
  return {
    text: text.length <= LIMITS.messageText ? text : answer.text,
    blocks: [section(note), ...answer.blocks].slice(0, LIMITS.blocksPerMessage),
  };
}

/** `/issue give B-42` without somebody, or somebody unknown. */
export function giveUsage(name: string, typed: string, near: string | null): Message {
  const who = typed === '' ? md`To whom?` : md`Baton knows nobody called ${typed.slice(0, 40)}.`;
  return said(
    near
      ? md`${who} Did you mean \`/issue give ${name} @${near}\`? Nothing was changed.`
      : md`${who} \`/issue give ${name} @name\`, with the name of one of our people. Nothing was changed.`,
  );
}

export function priorityUsage(name: string, typed: string, near: string | null): Message {
  const what = typed === '' ? md`Which priority?` : md`There is no priority ${typed.slice(0, 40)}.`;
  const hint = near
    ? md`Did you mean \`/issue priority ${name} ${near}\`?`
    : md`There are: ${PRIORITIES.join(', ')}.`;
  return said(md`${what} ${hint}`);
}

export function priorityNow(issue: Pick<Issue, 'number' | 'title'>, is: Priority, changed: boolean): Message {
  const name = bold(issueName(issue.number));
  return said(
    changed ? md`${name} is ${is} now: ${issue.title}` : md`${name} was ${is} before. Nothing changed.`,
  );
}

export function edited(issue: Pick<Issue, 'number' | 'title'>, fields: readonly string[]): Message {
  const name = bold(issueName(issue.number));
  if (fields.length === 0) return said(md`Nothing changed on ${name}: ${issue.title}`);
  return said(md`Changed on ${name}: ${fields.join(', ')}.`);
}

export function sameUsage(typed: string): Message {
  return said(
    lines([
      md`Write which is the same as which: \`/issue same B-42 as B-17\`. B-17 then goes on for both.`,
      typed ? md`You wrote: ${typed.slice(0, 100)}` : undefined,
    ]),
  );
}

export function foldedNow(from: Pick<Issue, 'number'>, into: Pick<Issue, 'number' | 'title'>): Message {
  return said(
    lines([
      md`${issueName(from.number)} is part of ${bold(issueName(into.number))} now, with all that it held: ${into.title}`,
      md`Whoever asks for ${issueName(from.number)} is shown ${issueName(into.number)}.`,
    ]),
  );
}

/** Asked in private where a customer reads, since nothing may be said there aloud. */
export function askResolve(issue: Pick<Issue, 'number' | 'title'>): Message {
  const ask = md`Resolve ${bold(issueName(issue.number))}? ${issue.title}`;
  return message({
    text: ask,
    blocks: [
      section(ask),
      actions('issue_resolve', [
        button({
          id: `${ISSUE_DO}:resolve`,
          text: 'Resolve',
          value: `resolve:${issue.number}`,
          style: 'primary',
        }),
      ]),
    ],
  });
}

/** To whoever has an issue from now on without having asked for it. */
export function yoursNow(view: {
  name: string;
  account: string;
  title: string;
  /** Who gave it, or whose answer brought it back. */
  by: string;
  why: 'given' | 'customer wrote' | 'reopened';
  url: string | null;
}): Message {
  const what = md`${bold(view.name)} · ${view.account} · ${view.title}`;
  const head = {
    given: md`${view.by} gave you ${what}`,
    'customer wrote': md`${view.by} wrote again, so it is open again and yours: ${what}`,
    reopened: md`${view.by} reopened what you have: ${what}`,
  }[view.why];
  return said(view.url === null ? head : md`${head} ${link(view.url, '↗')}`);
}

function said(text: Parameters<typeof message>[0]['text']): Message {
  return message({ text, blocks: [] });
}
