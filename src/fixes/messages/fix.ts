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
  message,
  overflow,
  section,
} from '../../slack/blocks/index.js';
import { type FixState, fixStateInWords } from '../rules/fix.js';

export const FIX_LIVE = 'fix.live';
export const FIX_MORE = 'fix.more';
export const FIX_PAGE = 'fix.page';
export const FIX_NOT_YET = 'fix.not_yet';
/** For a lead: brings it to the mind of those who have not told. */
export const FIX_REMIND = 'fix.remind';

/** How one account that waits for a fix stands. */
export interface FixAccountView {
  account: string;
  /** How the fix stands for it. */
  state: FixState;
  /** It said so itself; that the fix broke again, others may have said. */
  saysBroken: boolean;
  isTold: boolean;
  /** Who told them or is to tell them; null while nobody owes them a word. */
  who: string | null;
  /** When they were told, or "by Thu 17:00", or "was due …". */
  when: string | null;
  /** An address, or that it is the teller's word; null while they were not told. */
  proof: { url: string } | 'word' | null;
  /** Why nobody has to tell them; null when nobody said so. */
  spared: string | null;
}

/** A fix with everybody who waits for it. */
export interface FixView {
  id: number;
  name: string;
  title: string;
  url: string | null;
  state: FixState;
  /** "Tue 14:05 (4.12)" */
  liveText: string | null;
  /** "1 of 12 says still broken" */
  brokenText: string | null;
  reason: string | null;
  issues: readonly string[];
  accounts: readonly FixAccountView[];
}

/** What is read at a glance; the rest is counted. */
const ACCOUNTS_SHOWN = 20;
/** Asked for by name, every one is shown, some to a section: more than a message of Slack holds are counted. */
const PER_SECTION = 10;
const ACCOUNTS_MAX = 400;

/**
 * The card of a fix: who waits, who tells whom, told or not, by what proof.
 * @param isWhole whether every account is shown, not only as many as are read at a glance
 */
export function fixCard(view: FixView, isWhole = false): Message {
  const shown = view.accounts.slice(0, isWhole ? ACCOUNTS_MAX : ACCOUNTS_SHOWN);
  const more = view.accounts.length - shown.length;
  const head = headLine(view);
  return message({
    text: head,
    blocks: [
      section(head),
      section(
        lines([
          // What an incident hit waits for its fix without an issue.
          view.issues.length > 0 &&
            md`Mends ${view.issues.slice(0, 12).join(', ')}${view.issues.length > 12 ? md` and ${view.issues.length - 12} more` : ''}`,
          view.reason !== null && view.state === 'declined' && md`Declined: ${view.reason}`,
          ...(isWhole ? [] : shown.map(accountLine)),
          !isWhole &&
            more > 0 &&
            md`… and ${more} more: \`/baton fix ${view.issues[0] ?? view.name}\` shows all`,
        ]),
      ),
      ...(isWhole ? sectionsOf(shown) : []),
      isWhole && more > 0 && section(md`… and ${more} more`),
      fixButtons(view),
    ],
  });
}

function sectionsOf(accounts: readonly FixAccountView[]) {
  const parts = Array.from({ length: Math.ceil(accounts.length / PER_SECTION) }, (_, i) =>
    accounts.slice(i * PER_SECTION, (i + 1) * PER_SECTION),
  );
  return parts.map((part) => section(lines(part.map(accountLine))));
}

/** "app#12 Export drops rows · live since Tue 14:05 (4.12) · 3 of 12 told". */
function headLine(view: FixView): Md {
  const told = view.accounts.filter((account) => account.isTold).length;
  const name = view.url === null ? bold(view.title) : link(view.url, view.name);
  return join([
    view.url === null ? name : md`${name} ${view.title}`,
    md`${fixStateInWords(view.state)}${view.liveText === null ? '' : md` since ${view.liveText}`}`,
    owed(view) > 0 && md`${told} of ${view.accounts.length} told`,
    view.brokenText !== null && md`${view.brokenText}`,
  ]);
}

const owed = (view: FixView) => view.accounts.filter((account) => account.who !== null).length;

function fixButtons(view: FixView) {
  const waiting = view.accounts.filter((account) => account.state !== 'live').length;
  const value = String(view.id);
  return actions('fix', [
    waiting > 0 &&
      view.state !== 'declined' &&
      button({
        id: FIX_LIVE,
        text: "It's live",
        value,
        style: view.state === 'merged' ? 'primary' : undefined,
      }),
    isOwed(view) && remindButton(view),
    overflow({
      id: FIX_MORE,
      options: [
        waiting > 1 && view.state !== 'declined' && { text: 'Live for some…', value: `some:${value}` },
        view.state !== 'live' && view.state !== 'declined' && { text: 'Decline…', value: `decline:${value}` },
        view.state === 'live' && { text: 'Broke again', value: `broke:${value}` },
        { text: 'Show all', value: `show:${value}` },
      ],
    }),
  ]);
}

/** Somebody was asked to tell an account, and has not. */
const isOwed = (view: FixView) => view.accounts.some((account) => account.who !== null && !account.isTold);

const remindButton = (view: FixView) =>
  button({
    id: FIX_REMIND,
    text: 'Remind',
    value: String(view.id),
    label: `Remind who has not told: ${view.name}`,
  });

/** "Acme: Sam tells them by Thu 17:00". */
function accountLine(account: FixAccountView): Md {
  const name = account.account;
  if (account.saysBroken) return md`${name}: says it is still broken`;
  // What it was told of a refusal says nothing of what it waits for since.
  if (['planned', 'in_progress', 'merged'].includes(account.state)) return md`${name}: waits`;
  if (account.isTold)
    return md`${name}: told by ${account.who ?? 'somebody'}, ${account.when ?? ''} (${proofOf(account)})`;
  if (account.who !== null) return md`${name}: ${account.who} tells them ${account.when ?? ''}`;
  const isOver = account.state === 'live' || account.state === 'declined';
  if (isOver && account.spared !== null) return md`${name}: not needed (${account.spared})`;
  if (account.state === 'live') return md`${name}: live, nobody is asked to tell them`;
  return md`${name}: waits`;
}

function proofOf({ proof }: FixAccountView): Md {
  return proof === null || proof === 'word' ? md`their word` : link(proof.url, 'proof');
}

/** `/baton fix`: a page of the fixes that somebody still waits for or has not heard of. */
export function fixList(
  views: readonly FixView[],
  more: { page: number; left: number; mayRemind: boolean },
): Message {
  if (views.length === 0)
    return message({
      text: 'Nobody waits for a fix, and everybody was told of those that shipped.',
      blocks: [],
    });
  const head = md`Fixes that customers wait for or have not heard of:`;
  return message({
    text: head,
    blocks: [
      section(head),
      ...views.map((view) =>
        section(
          listLines(view),
          more.mayRemind && isOwed(view) ? { accessory: remindButton(view) } : undefined,
        ),
      ),
      more.left > 0 &&
        actions('fixes', [button({ id: FIX_PAGE, text: `${more.left} more`, value: String(more.page + 1) })]),
    ],
  });
}

const LIST_ACCOUNTS = 6;

function listLines(view: FixView): Md {
  const left = view.accounts.length - LIST_ACCOUNTS;
  return lines([
    join([bold(view.issues.slice(0, 6).join(', ')), headLine(view)]),
    ...view.accounts.slice(0, LIST_ACCOUNTS).map(accountLine),
    left > 0 && md`… and ${left} more`,
  ]);
}
