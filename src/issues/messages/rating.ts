import { bold, type Message, md, message } from '../../slack/blocks/index.js';
import { type Issue, issueName } from '../rules/issue.js';

/** `/issue rate B-42 bad`: noted, and what comes of it. */
export function rated(
  issue: Pick<Issue, 'number' | 'title'>,
  view: { account: string; value: number; isBad: boolean },
): Message {
  const head = md`Noted: ${view.account} rated our help with ${bold(issueName(issue.number))} ${view.value} of 5.`;
  return message({
    text: view.isBad ? md`${head} Somebody owes them a word now.` : head,
    blocks: [],
  });
}

export function rateUsage(name: string, typed: string): Message {
  const what = typed === '' ? md`How did they rate it?` : md`${typed.slice(0, 60)} is no rating.`;
  return message({
    text: md`${what} Write \`/issue rate ${name} bad\` or \`good\`, or a number from 1 to 5; their words may follow.`,
    blocks: [],
  });
}
