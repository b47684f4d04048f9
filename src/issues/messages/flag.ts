import {
  actions,
  bold,
  button,
  join,
  lines,
  link,
  type Md,
  type Message,
  md,
  mention,
  message,
  overflow,
  quote,
  section,
} from '../../slack/blocks/index.js';
import type { FlagKind, FlagState } from '../rules/flag.js';
import { issueName, titleFrom } from '../rules/issue.js';

export const FLAG_OPEN = 'flag.open';
export const FLAG_ACCEPT = 'flag.accept';
export const FLAG_RETURN = 'flag.return';
export const FLAG_MORE = 'flag.more';
export const FLAG_COMPLETE = 'flag.complete';

export interface FlagView {
  id: number;
  account: string;
  kind: FlagKind;
  detail: string;
  evidence: readonly string[];
  isSevere: boolean;
  by: string;
  sinceText: string;
  state: FlagState;
  decidedBy: string | null;
  answer: string | null;
  issueNumber: number | null;
  hasClimbed: boolean;
}

const KINDS = { problem: 'a problem to take over', pattern: 'a pattern to look into' } as const;

/** The card in the triage channel: support accepts, returns or declines. */
export function flagCard(view: FlagView): Message {
  const title = titleFrom(view.detail);
  const head = join([md`Flag`, bold(view.account), bold(title)]);
  const value = String(view.id);
  return message({
    text: join([md`Flag`, md`${view.account}`, md`${title}`, stateLine(view)]),
    blocks: [
      section(
        lines([
          head,
          stateLine(view),
          md`From ${view.by}: ${KINDS[view.kind]}${view.isSevere ? md`, a single severe case` : md``}`,
          title === view.detail.trim() ? undefined : quote(view.detail),
          evidenceLine(view.evidence),
        ]),
      ),
      view.state === 'offered' &&
        actions('flag', [
          button({ id: FLAG_ACCEPT, text: 'Accept', value, style: 'primary' }),
          button({ id: FLAG_RETURN, text: 'Return…', value }),
          overflow({ id: FLAG_MORE, options: [{ text: 'Decline…', value: `decline:${value}` }] }),
        ]),
    ],
  });
}

function stateLine(view: FlagView): Md {
  const who = view.decidedBy ?? 'Somebody';
  switch (view.state) {
    case 'offered':
      return join([
        md`Waits for support since ${view.sinceText}`,
        view.hasClimbed && md`the support lead was called`,
      ]);
    case 'accepted':
      return view.issueNumber === null
        ? md`${who} looks into it`
        : md`Accepted by ${who}: ${bold(issueName(view.issueNumber))}`;
    case 'returned':
      return md`Returned by ${who}, asks: ${firstLine(view.answer)}`;
    case 'declined':
      return md`Declined by ${who}: ${firstLine(view.answer)}`;
  }
}

function firstLine(text: string | null): string {
  return titleFrom(text ?? '');
}

function evidenceLine(evidence: readonly string[]): Md | undefined {
  if (evidence.length === 0) return undefined;
  const links = evidence.slice(0, 3).map((url, i) => link(url, `link ${i + 1}`));
  const more = evidence.length > 3 ? md`and ${evidence.length - 3} more` : undefined;
  return join([md`Seen in ${join(links, ', ')}`, more], ' ');
}

/** To the sender, as a direct message: what support said. Changes of the issue follow in its thread. */
export function flagOutcome(view: FlagView): Message {
  const who = view.decidedBy ?? 'Somebody';
  const about = md`${bold(view.account)} ${titleFrom(view.detail)}`;
  const first = {
    offered: md`Sent again, support looks at it: ${about}`,
    accepted:
      view.issueNumber === null
        ? md`${who} looks into the pattern you flagged: ${about}`
        : md`${who} accepted what you flagged, it is ${bold(issueName(view.issueNumber))} now: ${about}`,
    returned: md`Your flag came back, something is missing: ${about}`,
    declined: md`${who} declined your flag: ${about}`,
  }[view.state];
  const isWatched = view.state === 'accepted' && view.issueNumber !== null;
  return message({
    text: first,
    blocks: [
      section(
        lines([
          first,
          view.state === 'returned' && md`${who} asks:`,
          (view.state === 'returned' || view.state === 'declined') && quote(view.answer ?? '', 10),
          isWatched && md`Each change follows in this thread`,
        ]),
      ),
      view.state === 'returned' &&
        actions('flag_sender', [
          button({ id: FLAG_COMPLETE, text: 'Complete it…', value: String(view.id), style: 'primary' }),
        ]),
    ],
  });
}

/** In the thread of the sender's message: where the issue stands now. */
export function flagChange(view: { issueNumber: number; line: string }): Message {
  return message({ text: md`${bold(issueName(view.issueNumber))}: ${view.line}`, blocks: [] });
}

/** In the card's thread, once: nobody decided, so the support lead is called. */
export function flagWaits(view: {
  leads: readonly string[];
  /** Names of leads whose day is full. */
  notCalled?: readonly string[];
  by: string;
  account: string;
  detail: string;
}): Message {
  const { leads, notCalled = [] } = view;
  const whom = join(
    [...leads.slice(0, 5).map(mention), ...notCalled.slice(0, 5).map((name) => md`${name}:`)],
    ' ',
  );
  return message({
    text: md`${whom} nobody has answered ${view.by}'s flag on ${bold(view.account)} yet: ${titleFrom(view.detail)}. Accept, return or decline it above.`,
    blocks: [],
  });
}

/** In the card's thread: whoever asked for more learns that it is there. */
export function flagCompleted(view: { whom: string | null; by: string }): Message {
  const said = md`${view.by} added what was missing. The flag above waits for support again.`;
  return message({ text: view.whom ? join([mention(view.whom), said], ' ') : said, blocks: [] });
}

/** To whoever sent, decided or pressed too late. */
export function flagSaid(
  view:
    | { sent: string; again: boolean }
    | { did: 'accepted' | 'returned' | 'declined'; sender: string; issueNumber: number | null }
    | { movedOn: FlagState; by: string | null }
    | { refused: 'support decides' | 'sender completes' | 'gone' },
): Message {
  return message({ text: sentence(view), blocks: [] });
}

function sentence(view: Parameters<typeof flagSaid>[0]): Md {
  if ('sent' in view)
    return md`Sent to support${view.again ? md` again` : md``}: ${view.sent}. What they say comes to you as a direct message.`;
  if ('did' in view) {
    const issue = view.issueNumber === null ? md`` : md`It is ${bold(issueName(view.issueNumber))} now. `;
    return md`${view.did === 'accepted' ? 'Accepted' : view.did === 'returned' ? 'Returned' : 'Declined'}. ${issue}${view.sender} is told.`;
  }
  if ('movedOn' in view)
    return view.movedOn === 'offered'
      ? md`This flag waits for support already.`
      : md`This moved on: ${view.by ?? 'somebody'} ${view.movedOn} the flag. Nothing was changed.`;
  return {
    'support decides': md`Support decides about flags. Somebody of support accepts, returns or declines it.`,
    'sender completes': md`Only whoever sent this flag can complete it.`,
    gone: md`This flag is not there any more.`,
  }[view.refused];
}
