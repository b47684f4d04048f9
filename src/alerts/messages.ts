import {
  actions,
  bold,
  button,
  clip,
  join,
  lines,
  link,
  type Md,
  type Message,
  md,
  message,
  overflow,
  section,
} from '../slack/blocks/index.js';

export const CLAIM = 'alert.claim';
export const NOT_NEEDED = 'alert.not_needed';
export const NO_REPLY = 'alert.no_reply';
export const ALERT_MORE = 'alert.more';

/** What an alert that belongs to no account is called. */
export const TEAM = 'Support';

export interface AlertView {
  id: number;
  account: string;
  /** It belongs to no account: there is nobody to call. */
  isTeam?: boolean;
  severity: string;
  csm: string | null;
  /** One line per signal, with the message it points at. */
  why: readonly { line: string; url: string | null }[];
  /** All that it says is that they wait for an answer. */
  onlyWaits?: boolean;
  openIssues: readonly { name: string; title: string; age: string }[];
  tier: string | null;
  renews: string | null;
  goal: string | null;
  next: string;
  state: 'open' | 'claimed' | 'ended';
  owner: string | null;
  /** "by Thu 17:00", or "was due …"; null when nobody claimed it. */
  dueText: string | null;
  /** "followed up by Ana Lopez"; and "Thu 17:00". */
  endText: string | null;
  endedAt: string | null;
  /** "Ana, call, 12 Nov": the last conversation of success; null where none was logged. */
  spoke: string | null;
  /** "until Mon 9:00 (Luis Weber)", "until it changes"; null while it is awake. */
  sleeps: string | null;
  /** The newest note: who, when and what. */
  note: { by: string; when: string; text: string } | null;
  /** Who was asked to take it, and by whom; null when nobody was. */
  offer: { to: string; by: string } | null;
  /** Of a direct message: who is called by it, and why they. */
  call?: {
    /** The reader has it. */
    isYours?: boolean;
    /** Who asks the reader to take it; null when that is not why. */
    askedBy: string | null;
    /** The reader has the issue that makes it critical: B-42; null when that is not why. */
    rescue: string | null;
    /** Nobody has claimed it since the first message. */
    isAgain: boolean;
    /** Who was called first, and when; null when it is the reader. */
    asked: { name: string; at: string } | null;
    /** Who is away, so that the reader stands in; null when it is their own account. */
    instead: string | null;
  };
}

/** The living card of one account in the team channel. Its first line is what a phone shows. */
export function alertCard(view: AlertView): Message {
  if (view.state === 'ended') return endedCard(view);
  const head = headOf(view);
  return message({
    text: head,
    blocks: [
      section(
        lines([head, ...whyLines(view), openLine(view), whoLine(view), spokeLine(view), lastLine(view)]),
      ),
      view.state === 'open' ? openButtons(view) : claimedButton(view),
    ],
  });
}

function headOf(view: AlertView): Md {
  const { account, severity, csm, owner, call } = view;
  const needs = view.isTeam ? 'needs a look' : 'needs a call';
  if (view.state === 'claimed')
    return join([
      md`${bold(account)} is being followed up`,
      md`${severity}`,
      owner !== null && (call?.isYours ? md`you have it` : md`${owner} has it`),
    ]);
  if (!call) return join([md`${bold(account)} ${needs}`, md`${severity}`, csm !== null && md`for ${csm}`]);
  if (call.askedBy !== null)
    return join([md`${call.askedBy} asks you to take ${bold(account)}`, md`${severity}`]);
  if (call.rescue !== null)
    return join([
      md`${bold(account)} needs you on ${call.rescue}`,
      md`${severity}`,
      csm !== null && md`${csm} calls them`,
    ]);
  if (call.isAgain)
    return join([
      md`Nobody has ${bold(account)} yet`,
      md`${severity}`,
      call.asked !== null && md`${call.asked.name} was asked ${call.asked.at}`,
    ]);
  return join([
    md`${bold(account)} ${needs} from you`,
    md`${severity}`,
    call.instead !== null && md`${call.instead} is away`,
  ]);
}

/** An older posting: a line, and where it goes on. */
export function foldedAlert(view: { account: string; url: string }): Message {
  const head = md`${bold(view.account)} goes on below ${link(view.url, '↗')}`;
  return message({ text: head, blocks: [section(head)] });
}

function openButtons(view: AlertView) {
  const notNeeded = view.onlyWaits
    ? button({ id: NO_REPLY, text: 'No reply needed', value: String(view.id) })
    : button({ id: NOT_NEEDED, text: 'Not needed', value: String(view.id) });
  if (view.isTeam) return actions('alert', [notNeeded, more(view)]);
  const claim = button({ id: CLAIM, text: 'Claim follow-up', value: String(view.id), style: 'primary' });
  return actions('alert', [claim, notNeeded, more(view)]);
}

/** The ⋯ menu: what is wanted less often. */
function more(view: AlertView) {
  const of = (verb: string, text: string) => ({ text, value: `${verb}:${view.id}` });
  return overflow({
    id: ALERT_MORE,
    options: [
      view.state === 'open' && of('snooze', 'Snooze…'),
      !view.isTeam && of('give', 'Give to…'),
      of('note', 'Note…'),
      !view.isTeam && of('account', 'Account'),
      of('why', 'Why this alert?'),
    ],
  });
}

/** Slack has no greyed-out button: whoever was about to press still finds it, and is told who was first. */
function claimedButton(view: AlertView) {
  // To whoever has it the button could only say so.
  if (view.call?.isYours) return actions('alert', [more(view)]);
  const text = `Claimed by ${view.owner ?? 'somebody'}`;
  return actions('alert', [button({ id: CLAIM, text, value: String(view.id) }), more(view)]);
}

function whyLines(view: AlertView): Md[] {
  const left = view.why.length - WHY_SHOWN;
  return view.why.slice(0, WHY_SHOWN).map((why, i) => {
    const more = i === WHY_SHOWN - 1 && left > 0 ? md` · ${left} more` : md``;
    const arrow = why.url === null ? md`` : md` ${link(why.url, '↗')}`;
    const begins = view.state === 'ended' ? md`It said: ` : md`Why now: `;
    return md`${i === 0 ? begins : md`and: `}${why.line}${arrow}${more}`;
  });
}

function openLine(view: AlertView): Md | undefined {
  if (view.openIssues.length === 0) return undefined;
  const shown = view.openIssues
    .slice(0, 3)
    .map((issue) => md`${issue.name} ${clip(issue.title, TITLE_SHOWN)} (${issue.age})`);
  const left = view.openIssues.length - shown.length;
  return md`Open: ${join([...shown, left > 0 && md`${left} more`])}`;
}

function whoLine(view: AlertView): Md {
  return join([
    view.tier !== null && md`Tier ${view.tier}`,
    view.renews !== null && md`renews ${view.renews}`,
    view.goal !== null && md`wants: ${view.goal}`,
  ]);
}

function spokeLine(view: AlertView): Md | undefined {
  return view.spoke === null ? undefined : md`Last spoke: ${view.spoke}`;
}

/** Until when it is somebody's, or sleeps; then what was done, else what is to be. */
function lastLine(view: AlertView): Md {
  const { note, sleeps, offer } = view;
  const due = view.state === 'claimed' && view.dueText !== null && md`Follow-up ${view.dueText}`;
  const rest = due || (view.state === 'open' && sleeps !== null && md`Snoozed ${sleeps}`);
  if (note !== null) return join([rest, noteLine(note)]);
  const asked = offer !== null && md`${offer.by} asked ${offer.to} to take it`;
  return join([rest, asked, !rest && md`Next: ${view.next}`]);
}

const noteLine = (note: NonNullable<AlertView['note']>): Md =>
  md`${note.by}, ${note.when}: "${clip(note.text, NOTE_SHOWN)}"`;

/** A note is read on the card, and never grows over the screen of a phone; nor do the titles of three issues. */
const NOTE_SHOWN = 150;
const TITLE_SHOWN = 60;
/** The rest is in *Why this alert?*. */
const WHY_SHOWN = 3;

/** What came of it, when, and what it was about: nothing is "now" any more. */
function endedCard(view: AlertView): Message {
  const { endText, endedAt, note } = view;
  const head = join([bold(view.account), md`${endText ?? 'over'}`, endedAt !== null && md`${endedAt}`]);
  return message({
    text: head,
    blocks: [section(lines([head, ...whyLines(view), note !== null && noteLine(note)]))],
  });
}

export function claimed(view: { account: string; dueText: string }): Message {
  return message({
    text: md`${view.account} is yours: follow up by ${view.dueText}. Baton sent you the message to close it with.`,
    blocks: [],
  });
}

export function claimedBy(view: { account: string; owner: string; isYou: boolean }): Message {
  return message({
    text: view.isYou ? md`You have ${view.account} already.` : md`${view.owner} has ${view.account} already.`,
    blocks: [],
  });
}

export function alertOver(view: { account: string; endText: string }): Message {
  return message({ text: md`This alert of ${view.account} is over: ${view.endText}.`, blocks: [] });
}
