import {
  actions,
  bold,
  button,
  lines,
  link,
  type Message,
  md,
  message,
  section,
  wholeText,
} from '../../slack/blocks/index.js';
import { type Issue, issueName } from '../rules/issue.js';

/** The answers that the issue commands and buttons can give, one function each. */

export const OTHER_MESSAGE = 'issue.other_message';

/** What was logged, and which message it holds; where Baton chose the message, it can be changed. */
export function logged(
  issue: Issue,
  account: string,
  existed: boolean,
  attached?: { text: string; url: string; contactId?: number } | null,
): Message {
  const name = issueName(issue.number);
  const first = existed
    ? md`That message is ${bold(name)} already, nothing was logged twice: ${issue.title} (${account})`
    : md`Logged ${bold(name)} for ${account}: ${issue.title}`;
  const about =
    attached && md`It holds ${link(attached.url, 'this message')}: ${attached.text.slice(0, 120)}`;
  const text = lines([first, about ?? undefined]);
  if (attached?.contactId === undefined) return message({ text, blocks: [] });
  const value = `${issue.number}:${attached.contactId}`;
  return message({
    text,
    blocks: [section(text), actions('logged', [button({ id: OTHER_MESSAGE, text: 'Other message', value })])],
  });
}

/** A message became part of an issue that there was. */
export function added(issue: Issue, account: string): Message {
  return message({
    text: md`Added to ${bold(issueName(issue.number))} of ${account}: ${issue.title}`,
    blocks: [],
  });
}

/** The issue holds another message from now on, or none. */
export function relinked(issue: Issue, holds: { text: string; url: string } | null): Message {
  const name = bold(issueName(issue.number));
  return message({
    text: holds
      ? md`${name} holds ${link(holds.url, 'this message')} now: ${holds.text.slice(0, 120)}`
      : md`${name} holds no message now.`,
    blocks: [],
  });
}

/**
 * No issue has that number.
 * @param typed all that was typed; given back where there is more to it than the number
 */
export function noSuchIssue(text: string, typed = ''): Message {
  const shown = text.slice(0, 40);
  const answer = shown
    ? md`There is no issue ${shown}. Write its number, like *B-42*; \`/issue list\` shows the open ones.`
    : md`Which issue? Write its number, like *B-42*; \`/issue list\` shows the open ones.`;
  if (typed.trim() === '' || typed.trim() === text.trim()) return message({ text: answer, blocks: [] });
  return message({
    text: answer,
    blocks: [section(lines([answer, md`Nothing was changed. You wrote:`])), ...wholeText(typed)],
  });
}

export const NO_TRIAGE = message({
  text: "Baton does not know your triage channel yet, so nobody would see this. An admin chooses it on Baton's Home, under Set-up.",
  blocks: [],
});

/** More was typed than the form's field holds: its beginning stands there, all of it here. */
export function keptWhole(typed: string): Message {
  const head = md`The form holds only the beginning of what you wrote. All of it, so that nothing is lost:`;
  return message({ text: head, blocks: [section(head), ...wholeText(typed)] });
}

/** *No reply needed* on a message of a customer. */
export function noReplyNoted(account: string): Message {
  return message({
    text: md`Noted: ${account} waits for no answer to this. What they write next counts again.`,
    blocks: [],
  });
}

/** *No reply needed* on something that is no contact. */
export function nothingToAnswer(): Message {
  return message({
    text: 'That is no message of a customer that Baton has counted: nobody waits there.',
    blocks: [],
  });
}

/** Opens the form with what was typed as its title, about the message that was meant. */
export const LOG_FORM = 'issue.log_form';

/** What the button *Choose the account* carries; it comes back from the client. */
export interface LogFormValue {
  title: string;
  source: { channel: string; ts: string };
}

/** What was to be logged belongs to no account that Baton could know: the form asks. */
export function whichAccount(value: LogFormValue): Message {
  const text = md`No account belongs to this channel.`;
  return message({
    text,
    blocks: [
      section(text, {
        accessory: button({ id: LOG_FORM, text: 'Choose the account', value: JSON.stringify(value) }),
      }),
    ],
  });
}
