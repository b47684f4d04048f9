import { bold, join, lines, type Md, type Message, md, message, section } from '../slack/blocks/index.js';

export interface FixView {
  name: string;
  state: 'planned' | 'merged' | 'live' | 'declined';
  issues: readonly string[];
  accounts: readonly {
    account: string;
    isTold: boolean;
    who: string | null;
    /** When they were told, or "by Thu 17:00", or "was due …". */
    when: string | null;
  }[];
}

/** `/baton fix`: every fix that somebody still waits for or has not heard of. */
export function fixList(views: readonly FixView[]): Message {
  if (views.length === 0)
    return message({
      text: 'Nobody waits for a fix, and everybody was told of those that shipped.',
      blocks: [],
    });
  const head = md`Fixes that customers wait for or have not heard of:`;
  return message({ text: head, blocks: [section(head), ...views.map((view) => section(fixLines(view)))] });
}

export function fixShown(issue: string, view: FixView | null): Message {
  if (view) return message({ text: md`The fix of ${issue}`, blocks: [section(fixLines(view))] });
  return message({
    text: md`No fix is linked to ${issue} yet. When customers can use it: \`/baton fix live ${issue}\`.`,
    blocks: [],
  });
}

function fixLines(view: FixView): Md {
  const state = { planned: 'not live yet', merged: 'merged, not live', live: 'live', declined: 'declined' }[
    view.state
  ];
  return lines([
    join([bold(view.issues.join(', ')), md`${state}`, md`${view.name}`]),
    ...view.accounts.map(accountLine),
  ]);
}

function accountLine(account: FixView['accounts'][number]): Md {
  if (account.who === null) return md`${account.account}: waits`;
  if (account.isTold) return md`${account.account}: told by ${account.who}, ${account.when ?? ''}`;
  return md`${account.account}: ${account.who} tells them ${account.when ?? ''}`;
}

/** The answer to `/baton fix live B-42`. */
export function fixLive(view: {
  name: string;
  title: string;
  isNew: boolean;
  accounts: FixView['accounts'];
}): Message {
  const head = view.isNew
    ? md`The fix of ${bold(view.name)} is live: ${view.title}`
    : md`The fix of ${bold(view.name)} was live before; nothing changed.`;
  const owed = view.accounts.filter((account) => !account.isTold && account.who !== null);
  const asked = owed.map(
    (account) => md`${account.who ?? ''} tells ${account.account} ${account.when ?? ''}`,
  );
  return message({ text: lines([head, asked.length > 0 && join(asked.slice(0, 20), '; ')]), blocks: [] });
}

export function fixUsage(word: string): Message {
  return message({
    text: md`Baton does not know \`/baton fix ${word.slice(0, 40)}\`. Try \`/baton fix\`, \`/baton fix B-42\` or \`/baton fix live B-42\`.`,
    blocks: [],
  });
}

export function mayNotMarkLive(): Message {
  return message({
    text: 'Your role in Baton does not say that fixes are live. Nothing was changed; an admin can change your role.',
    blocks: [],
  });
}
