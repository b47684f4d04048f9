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
  section,
} from '../slack/blocks/index.js';

export const CLAIM = 'alert.claim';
export const NOT_NEEDED = 'alert.not_needed';

export interface AlertView {
  id: number;
  account: string;
  severity: string;
  csm: string | null;
  /** One line per signal, with the message it points at. */
  why: readonly { line: string; url: string | null }[];
  openIssues: readonly { name: string; title: string; age: string }[];
  tier: string | null;
  renews: string | null;
  goal: string | null;
  next: string;
  state: 'open' | 'claimed' | 'ended';
  owner: string | null;
  /** "by Thu 17:00", or "was due …"; null when nobody claimed it. */
  dueText: string | null;
  endText: string | null;
}

/** The living card of one account in the team channel. Its first line is what a phone shows. */
export function alertCard(view: AlertView): Message {
  if (view.state === 'ended') return endedCard(view);
  const head = join([
    md`${bold(view.account)} ${view.state === 'claimed' ? 'is being followed up' : 'needs a call'}`,
    md`${view.severity}`,
    view.state === 'claimed' && view.owner !== null
      ? md`${view.owner} has it`
      : view.csm !== null && md`for ${view.csm}`,
  ]);
  return message({
    text: head,
    blocks: [
      section(lines([head, ...whyLines(view), openLine(view), whoLine(view), nextLine(view)])),
      view.state === 'open' ? openButtons(view) : claimedButton(view),
    ],
  });
}

function openButtons(view: AlertView) {
  return actions('alert', [
    button({ id: CLAIM, text: 'Claim follow-up', value: String(view.id), style: 'primary' }),
    button({ id: NOT_NEEDED, text: 'Not needed', value: String(view.id) }),
  ]);
}

/** Slack has no greyed-out button: whoever was about to press still finds it, and is told who was first. */
function claimedButton(view: AlertView) {
  const text = `Claimed by ${view.owner ?? 'somebody'}`;
  return actions('alert', [button({ id: CLAIM, text, value: String(view.id) })]);
}

function whyLines(view: AlertView): Md[] {
  return view.why.slice(0, 3).map((why, i) => {
    const arrow = why.url === null ? md`` : md` ${link(why.url, '↗')}`;
    return i === 0 ? md`Why now: ${why.line}${arrow}` : md`and: ${why.line}${arrow}`;
  });
}

function openLine(view: AlertView): Md | undefined {
  if (view.openIssues.length === 0) return undefined;
  const shown = view.openIssues.slice(0, 3).map((issue) => md`${issue.name} ${issue.title} (${issue.age})`);
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

function nextLine(view: AlertView): Md {
  if (view.state === 'claimed' && view.dueText !== null) return md`Follow-up ${view.dueText}`;
  return md`Next: ${view.next}`;
}

function endedCard(view: AlertView): Message {
  const head = md`${bold(view.account)} · ${view.endText ?? 'over'}`;
  return message({ text: head, blocks: [section(lines([head, ...whyLines(view)]))] });
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

export function dismissed(view: { account: string }): Message {
  return message({
    text: md`Ended: ${view.account} needs no call for this. It comes back only for something new.`,
    blocks: [],
  });
}
