import {
  actions,
  bold,
  button,
  context,
  join,
  lines,
  link,
  linkButton,
  type Message,
  md,
  message,
  overflow,
  section,
} from '../../slack/blocks/index.js';
import type { Priority } from '../rules/issue.js';

export const TAKE_ISSUE = 'issue.take';
export const ISSUE_MORE = 'issue.more';

/** All that an issue's card shows; what is null or zero leaves no trace. */
export interface IssueCardView {
  name: string;
  number: number;
  account: string;
  title: string;
  priority: Priority;
  /** The derived line. */
  line: string;
  isOwned: boolean;
  isOver: boolean;
  /** The customer's words, as far as they still stand in Slack. */
  words: { author: string; text: string; url: string } | null;
  /** How often the customer wrote about it. */
  asked: number;
  csm: string | null;
  fix: string | null;
  escalations: readonly { group: string; answeredBy: string | null }[];
  channelName: string | null;
  openUrl: string | null;
}

/** The living card of an issue. Its first line is what a phone shows. */
export function issueCard(view: IssueCardView): Message {
  const head = join([bold(view.name), md`${view.account}`, bold(view.title)]);
  const priority = view.priority === 'normal' ? undefined : md`${capital(view.priority)}`;
  return message({
    text: join([md`${view.name}`, md`${view.account}`, md`${view.title}`, md`${view.line}`]),
    blocks: [
      section(
        lines([
          head,
          join([priority, md`${view.line}`]),
          wordsLine(view),
          asksLine(view),
          fixLine(view),
          ...escalationLines(view),
        ]),
      ),
      actions('issue', [
        !view.isOwned &&
          !view.isOver &&
          button({ id: TAKE_ISSUE, text: "I'll take it", value: view.name, style: 'primary' }),
        view.openUrl !== null &&
          linkButton({
            id: 'issue.open',
            text: view.channelName ? `Open in #${view.channelName}` : 'Open',
            url: view.openUrl,
          }),
        !view.isOver &&
          overflow({ id: ISSUE_MORE, options: [{ text: 'Escalate…', value: `escalate:${view.number}` }] }),
      ]),
    ],
  });
}

function wordsLine(view: IssueCardView) {
  if (!view.words) return undefined;
  const { author, text, url } = view.words;
  // Logged as it was written: the title above says it already.
  if (plainly(text) === plainly(view.title)) return md`${author} wrote it ${link(url, '↗')}`;
  return md`${author}: "${cut(text, 160)}" ${link(url, '↗')}`;
}

function asksLine(view: IssueCardView) {
  return join([
    view.asked > 1 ? md`Asked ${view.asked} times` : undefined,
    view.csm ? md`CSM: ${view.csm}` : undefined,
  ]);
}

function fixLine(view: IssueCardView) {
  return view.fix ? md`Fix: ${view.fix}` : undefined;
}

function escalationLines(view: IssueCardView) {
  return view.escalations
    .slice(-2)
    .map((e) =>
      e.answeredBy
        ? md`${e.answeredBy} of ${e.group} is on it`
        : md`${e.group} was asked, nobody is on it yet`,
    );
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function plainly(text: string): string {
  return text
    .replace(/\s+/gu, ' ')
    .replace(/[\s.!…]+$/u, '')
    .trim()
    .toLowerCase();
}

function cut(text: string, max: number): string {
  const points = Array.from(text);
  return points.length <= max
    ? text
    : `${points
        .slice(0, max - 1)
        .join('')
        .trimEnd()}…`;
}

/** `/issue list`: one line each. */
export function issueList(view: {
  heading: string;
  items: readonly { name: string; account: string; title: string; line: string }[];
  left: number;
}): Message {
  const rows = view.items.map(
    (item) => md`${bold(item.name)} · ${item.account} · ${item.title} · ${item.line}`,
  );
  const heading = md`${view.heading}`;
  return message({
    text: heading,
    blocks: [
      section(view.items.length > 0 ? heading : md`${view.heading}: none.`),
      ...rows.map((row) => section(row)),
      context([view.left > 0 && md`… and ${view.left} more`]),
    ],
  });
}
