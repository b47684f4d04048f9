import type { IssueState } from './issue.js';

/** One entry of the card's menu. */
export interface MenuChoice {
  verb: string;
  text: string;
}

/** The ⋯ menu of a card: five at most, what is rarer stands behind *More…*. */
export function menuOf(state: IssueState): MenuChoice[] {
  if (state === 'merged') return [{ verb: 'history', text: 'History' }];
  if (state === 'resolved' || state === 'closed')
    return [
      { verb: 'reopen', text: 'Reopen' },
      { verb: 'history', text: 'History' },
      { verb: 'more', text: 'More…' },
    ];
  return [
    { verb: 'resolve', text: 'Resolve' },
    state === 'waiting'
      ? { verb: 'reopen', text: 'Not waiting any more' }
      : { verb: 'wait', text: 'Waiting on customer' },
    { verb: 'escalate', text: 'Escalate…' },
    { verb: 'link', text: 'Link fix…' },
    { verb: 'more', text: 'More…' },
  ];
}

/** What stands behind *More…*. */
export function moreOf(state: IssueState): MenuChoice[] {
  if (state === 'merged') return [];
  const edit = { verb: 'edit', text: 'Edit…' };
  const followup = { verb: 'followup', text: 'Open a follow-up…' };
  if (state === 'closed') return [edit, followup];
  const close = { verb: 'close', text: 'Close' };
  if (state === 'resolved') return [edit, followup, close];
  return [
    edit,
    { verb: 'give', text: 'Give to…' },
    { verb: 'same', text: 'Same as…' },
    { verb: 'promise', text: 'Note a promise…' },
    followup,
    { verb: 'history', text: 'History' },
    close,
  ];
}
