import {
  actions,
  bold,
  button,
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
import type { Category, IssueState, Priority } from '../rules/issue.js';
import { menuOf } from '../rules/menu.js';
import { promiseLine } from './promise.js';

export const TAKE_ISSUE = 'issue.take';
export const ISSUE_MORE = 'issue.more';

/** All that an issue's card shows; what is null or zero leaves no trace. */
export interface IssueCardView {
  name: string;
  number: number;
  account: string;
  title: string;
  priority: Priority;
  category: Category | null;
  state: IssueState;
  /** The derived line. */
  line: string;
  /** "first reply by 11:40"; null when nothing is promised next. */
  promise?: string | null;
  isOwned: boolean;
  /** The customer's words, as far as they still stand in Slack. */
  words: { author: string; text: string; url: string } | null;
  /** How often the customer wrote about it. */
  asked: number;
  csm: string | null;
  fix: { name: string; url: string | null; state: string } | null;
  /** Names of the issues that were folded into it. */
  holds: readonly string[];
  /** What was promised on it and has not ended, the next due first. */
  promised: readonly { by: string; day: string; what: string }[];
  escalations: readonly { group: string; answeredBy: string | null; isOfGroup: boolean }[];
  channelName: string | null;
  openUrl: string | null;
}

/** What is read at a glance. */
const LINES_MAX = 8;

/** The living card of an issue. Its first line is what a phone shows. */
export function issueCard(view: IssueCardView): Message {
  const head = join([bold(view.name), md`${view.account}`, bold(view.title)]);
  const isLive = view.state === 'new' || view.state === 'open' || view.state === 'waiting';
  return message({
    text: join([md`${view.name}`, md`${view.account}`, md`${view.title}`, md`${view.line}`]),
    blocks: [
      section(
        lines(
          [
            head,
            kindLine(view),
            wordsLine(view),
            asksLine(view),
            fixLine(view, isLive),
            ...escalationLines(view, isLive),
            ...view.promised.slice(0, 2).map(promiseLine),
          ]
            .filter((line) => line !== undefined && line !== false && !line.isEmpty)
            .slice(0, LINES_MAX),
        ),
      ),
      actions('issue', [
        !view.isOwned &&
          isLive &&
          button({ id: TAKE_ISSUE, text: "I'll take it", value: view.name, style: 'primary' }),
        view.openUrl !== null &&
          linkButton({
            id: 'issue.open',
            text: view.channelName ? `Open in #${view.channelName}` : 'Open',
            url: view.openUrl,
          }),
        overflow({
          id: ISSUE_MORE,
          options: menuOf(view.state).map(({ verb, text }) => ({ text, value: `${verb}:${view.number}` })),
        }),
      ]),
    ],
  });
}

function kindLine(view: IssueCardView) {
  const kind = [view.priority === 'normal' ? '' : view.priority, view.category ?? '']
    .filter(Boolean)
    .join(' · ');
  return join([
    kind === '' ? undefined : md`${capital(kind)}`,
    md`${view.line}`,
    view.promise ? md`${view.promise}` : undefined,
  ]);
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
    view.holds.length > 0 &&
      md`with ${view.holds.slice(0, 5).join(', ')}${view.holds.length > 5 ? md` …` : ''}`,
    view.csm ? md`CSM: ${view.csm}` : undefined,
  ]);
}

function fixLine(view: IssueCardView, isLive: boolean) {
  // Who waits without a fix is worth a line: linking one is how they hear of it.
  if (!view.fix) return isLive && md`Fix: none linked`;
  const name = view.fix.url === null ? md`${view.fix.name}` : link(view.fix.url, view.fix.name);
  return md`Fix: ${name} (${view.fix.state})`;
}

function escalationLines(view: IssueCardView, isLive: boolean) {
  return view.escalations
    .filter((e) => isLive || e.answeredBy !== null)
    .slice(-2)
    .map((e) =>
      e.answeredBy
        ? md`${e.answeredBy}${e.isOfGroup ? md` of ${e.group}` : md``} is on it`
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
