import {
  actions,
  bold,
  button,
  type Md,
  type Message,
  md,
  message,
  modal,
  section,
} from '../../slack/blocks/index.js';

/** `issue.history` carries the issue and the page; `:older` and `:newer` keep two buttons apart. */
export const HISTORY_PAGE = 'issue.history';

export interface HistoryPlace {
  n: number;
  p: number;
}

/** One change, with names in place of ids. */
export interface HistoryLine {
  kind: string;
  /** Weekday and clock in the zone of whoever reads. */
  when: string;
  who: string;
  /** Only of people who have both. */
  func: 'support' | 'success' | null;
  from: string;
  before: string | null;
  after: string | null;
  data: Readonly<Record<string, unknown>>;
  /** `B-42`, when it happened to an issue that was folded into this one. */
  ofIssue: string | null;
}

export interface HistoryView {
  name: string;
  title: string;
  number: number;
  lines: readonly HistoryLine[];
  page: number;
  hasOlder: boolean;
}

const word = (value: unknown) => (typeof value === 'string' ? value : '');
const change = (line: HistoryLine) => md`: ${line.before ?? 'none'} → ${line.after ?? 'none'}`;

function clockWords(line: HistoryLine): string {
  if (line.data.clock === 'resolve') return 'the solution';
  return line.data.clock === 'next_reply' ? 'the next reply' : 'the first reply';
}

/** What each kind of event says. */
const WORDS: Readonly<Record<string, (line: HistoryLine) => Md>> = {
  'issue.opened': () => md`logged it`,
  'issue.source_added': () => md`added a message`,
  'issue.source_removed': () => md`took a message off it`,
  'contact.seen': () => md`reacted to what the customer wrote`,
  'contact.answered': () => md`answered the customer`,
  'contact.dismissed': () => md`said that no reply is needed`,
  'message.edited': () => md`changed a message of it`,
  'message.deleted': () => md`deleted a message of it`,
  'level.warned': (line) => md`warned that ${clockWords(line)} is due soon`,
  'level.missed': (line) => md`saw that ${clockWords(line)} is late`,
  'issue.taken': () => md`took it`,
  'issue.given': (line) => md`gave it${change({ ...line, before: line.before ?? 'nobody' })}`,
  'issue.waiting': (line) => md`set it to wait on the customer${change(line)}`,
  'issue.resumed': (line) => md`went on with it${change(line)}`,
  'issue.resolved': (line) => md`resolved it${change(line)}`,
  'issue.reopened': (line) => md`reopened it${change(line)}`,
  'issue.closed': (line) => md`closed it${change(line)}`,
  'issue.folded': (line) => md`folded it into ${line.after ?? 'another issue'}`,
  'issue.absorbed': (line) => md`folded ${line.after ?? 'another issue'} into it`,
  'issue.changed': (line) =>
    line.data.field === 'detail'
      ? md`changed the detail`
      : md`changed the ${word(line.data.field)}${change(line)}`,
  'rating.received': (line) => md`noted a rating of ${String(line.data.value)} of 5`,
  'loop.closed': () => md`closed the loop: told, and seven quiet days since`,
  'escalation.opened': (line) => md`asked ${word(line.data.group)} for help`,
  'escalation.answered': (line) => md`is on it, for ${word(line.data.group)}`,
  'escalation.climbed': (line) => md`called the support lead: nobody of ${word(line.data.group)} came`,
  'escalation.taken_back': (line) => md`took the question to ${word(line.data.group)} back`,
  'promise.noted': (line) => md`noted a promise, due ${word(line.data.dueOn)}`,
  'promise.kept': () => md`said that the promise was kept`,
  'promise.broken': () => md`noted the promise as broken`,
  'flag.accepted': () => md`took it over from success`,
  'fix.linked': (line) =>
    line.after === null ? md`began a fix that is kept by hand` : md`linked a fix${change(line)}`,
  'fix.offered': (line) => md`brought up ${line.after ?? 'an item'} as its fix`,
  'fix.carried': (line) => md`brought its fix along: ${line.after ?? ''}`,
  'fix.planned': () => md`put the fix back to planned`,
  'fix.started': () => md`began to work on the fix`,
  'fix.merged': () => md`merged the fix, which is not live yet`,
  'fix.called_off': () => md`called the item of the fix off`,
  'fix.declined': () => md`declined the fix`,
  'fix.live': () => md`said that the fix is live`,
  'fix.still_broken': () => md`said that it is still broken`,
  'fix.broke_again': () => md`said that what was fixed is broken again`,
  'followup.opened': () => md`asked for somebody to tell the customer`,
  'followup.grew': () => md`added a reason to tell the customer`,
  'followup.moved': () => md`passed the telling on to somebody else`,
  'followup.offered': () => md`asked a colleague to tell the customer`,
  'followup.offer_ended': (line) =>
    line.data.accepted === true ? md`tells the customer now` : md`did not take the telling over`,
  'followup.snoozed': () => md`put the telling off`,
  'followup.news_gone': () => md`took the news back, which are none any more`,
  'followup.told': () => md`told the customer`,
  'followup.outcome': () => md`noted what came of the telling`,
  'followup.not_needed': () => md`said that nobody needs to tell the customer`,
  'followup.nudged': () => md`reminded who tells the customer`,
  'followup.listed': () => md`put the telling on the leads’ list`,
};

/** One line of the history; a kind without words of its own is named as it is, so that nothing is missing. */
function historyLine(line: HistoryLine): Md {
  const what = Object.hasOwn(WORDS, line.kind)
    ? WORDS[line.kind]?.(line)
    : md`${line.kind.replace(/[._]/g, ' ')}${line.before === null && line.after === null ? md`` : change(line)}`;
  const as = line.func === null ? md`` : md` (as ${line.func === 'support' ? 'Support' : 'Success'})`;
  const of = line.ofIssue === null ? md`` : md` (${line.ofIssue})`;
  return md`${line.when} · ${bold(line.who)}${as} ${what ?? md``}${of} · ${line.from}`;
}

function blocksOf(view: HistoryView) {
  const value = (page: number) => JSON.stringify({ n: view.number, p: page } satisfies HistoryPlace);
  return [
    section(md`${bold(view.name)} ${view.title}: what happened`),
    ...view.lines.map((line) => section(historyLine(line))),
    actions('history', [
      view.hasOlder && button({ id: `${HISTORY_PAGE}:older`, text: 'Older', value: value(view.page + 1) }),
      view.page > 0 && button({ id: `${HISTORY_PAGE}:newer`, text: 'Newer', value: value(view.page - 1) }),
    ]),
  ];
}

/** `/issue history 42`, newest last. */
export function historyMessage(view: HistoryView): Message {
  return message({ text: md`${bold(view.name)} ${view.title}: what happened`, blocks: blocksOf(view) });
}

/** The card's *History*. */
export function historyModal(view: HistoryView) {
  return modal({
    callbackId: 'issue.history',
    title: `History of ${view.name}`,
    close: 'Close',
    blocks: blocksOf(view),
  });
}
