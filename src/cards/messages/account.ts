import type { ModalView } from '@slack/types';
import { OWN_HEALTH } from '../../accounts/rules.js';
import { FLAG_OPEN } from '../../issues/messages/flag.js';
import { promiseLine } from '../../issues/messages/promise.js';
import {
  actions,
  type Block,
  bold,
  button,
  context,
  join,
  lines,
  type Md,
  type Message,
  md,
  message,
  modal,
  section,
  sparkline,
} from '../../slack/blocks/index.js';
import { TOUCH_OPEN } from './touch.js';

/** A conversation as the card shows it; outcome and note are null for whoever may not see them. */
export interface SpokeView {
  by: string;
  /** Null when nobody said. */
  how: string | null;
  day: string;
  outcome: string | null;
  note: string | null;
}

export interface HealthView {
  band: 'green' | 'yellow' | 'red' | null;
  value: number | null;
  source: string | null;
  asOf: string | null;
  /** Why it is what it is, e.g. "3 reopenings". */
  reasons: readonly string[];
  /** How much of it is known, in percent, where Baton computes it; null for what was imported. */
  coverage: number | null;
}

/** All that the card of an account shows; what is null is not known. */
export interface AccountView {
  id: number;
  name: string;
  tier: string | null;
  segment: string | null;
  lifecycle: string | null;
  goal: string | null;
  renews: string | null;
  csm: string | null;
  csmBackup: string | null;
  support: string | null;
  supportBackup: string | null;
  issues: { items: readonly { name: string; title: string; line: string }[]; total: number };
  contacts: {
    month: number;
    quarter: number;
    /** Contacts per week, oldest first. */
    weeks: readonly number[];
    /** How many of the ninety days Baton knows. */
    knownDays: number;
  };
  escalations: number;
  reopenings: number;
  /** Of 90 days; null when there is none. */
  ratings: { count: number; bad: number; last: { value: number; issue: string | null; day: string } } | null;
  promised: readonly { by: string; day: string; what: string }[];
  spoke: { support: SpokeView | null; success: SpokeView | null };
  /** What support and success have in hand, in whole sentences. */
  working: readonly string[];
  /** What viewers do not see; null for them. */
  inside: { revenue: string | null; health: HealthView | null } | null;
  mayLog: boolean;
  mayFlag: boolean;
}

const PROMISES_SHOWN = 3;

/** The card of an account as a message; the first line says who looks after it. */
export function accountMessage(view: AccountView): Message {
  const head = join([bold(view.name), ownersLine(view)]);
  return message({ text: head, blocks: accountParts(view) });
}

/** The same over whatever is on screen. */
export function accountModal(view: AccountView): ModalView {
  return modal({
    callbackId: 'account.card',
    title: 'Account',
    close: 'Close',
    blocks: accountParts(view),
  });
}

function accountParts(view: AccountView): (Block | undefined)[] {
  return [
    section(
      lines([
        whoLine(view),
        view.goal !== null && md`Wants: ${view.goal}`,
        ownersLine(view),
        ...insideLines(view),
      ]),
    ),
    section(lines([contactsLine(view), troubleLine(view), ratingsLine(view)])),
    section(lines(issueLines(view))),
    doingPart(view),
    context([unknownLine(view)]),
    actions('account', [
      view.mayLog && button({ id: TOUCH_OPEN, text: 'Log a conversation', value: String(view.id) }),
      view.mayFlag && button({ id: FLAG_OPEN, text: 'Flag to support', value: String(view.id) }),
    ]),
  ];
}

function whoLine(view: AccountView): Md {
  return join([
    bold(view.name),
    view.tier !== null && md`tier ${view.tier}`,
    view.segment !== null && md`${view.segment}`,
    view.lifecycle !== null && md`${view.lifecycle}`,
    view.renews !== null && md`${view.renews}`,
  ]);
}

function ownersLine(view: AccountView): Md {
  return join([owner('CSM', view.csm, view.csmBackup), owner('Support', view.support, view.supportBackup)]);
}

function owner(what: string, name: string | null, backup: string | null): Md {
  if (name === null) return md`${what}: nobody`;
  return backup === null ? md`${what}: ${name}` : md`${what}: ${name} (${backup} covers)`;
}

function insideLines({ inside }: AccountView): (Md | false)[] {
  if (inside === null) return [];
  const { revenue, health } = inside;
  return [revenue !== null && md`Revenue: ${revenue} a year`, health !== null && healthLine(health)];
}

function healthLine(health: HealthView): Md {
  if (health.value === null && health.band === null)
    return md`Health: insufficient data${health.coverage === null ? '' : `, ${health.coverage} % is known`}`;
  const value = [
    md`Health:`,
    health.value !== null && md`${health.value}`,
    health.band !== null && bold(health.band),
  ];
  return join([
    join(value, ' '),
    health.source !== null && md`from ${health.source === OWN_HEALTH ? 'Baton' : health.source}`,
    health.asOf !== null && md`as of ${health.asOf}`,
    health.reasons.length > 0 && md`${health.reasons.join(', ')}`,
  ]);
}

function contactsLine({ contacts }: AccountView): Md {
  if (contacts.knownDays === 0) return md`Never wrote in, as far as Baton knows`;
  if (contacts.quarter === 0)
    return md`Has not written in ${contacts.knownDays < 90 ? `since Baton knows it (${daysText(contacts.knownDays)})` : 'for 90 days'}`;
  const known = contacts.knownDays < 90 && md`known for ${daysText(contacts.knownDays)}`;
  return join([
    md`Wrote in ${times(contacts.month)} in 30 days, ${times(contacts.quarter)} in 90  ${sparkline(contacts.weeks)}`,
    known,
  ]);
}

const daysText = (n: number) => `${n} ${n === 1 ? 'day' : 'days'}`;

function times(n: number): string {
  return n === 1 ? 'once' : `${n} times`;
}

function troubleLine(view: AccountView): Md | false {
  const counted = (n: number, what: string) => n > 0 && md`${n} ${what}${n === 1 ? '' : 's'}`;
  const parts = join([counted(view.escalations, 'escalation'), counted(view.reopenings, 'reopening')], ', ');
  return !parts.isEmpty && md`${parts} in 90 days`;
}

function ratingsLine({ ratings }: AccountView): Md | false {
  if (ratings === null) return false;
  const { count, bad, last } = ratings;
  const what = last.issue === null ? md`` : md` for ${last.issue}`;
  return join([
    md`${count} ${count === 1 ? 'rating' : 'ratings'} in 90 days${bad > 0 ? md`, ${bad} bad` : md``}`,
    md`last: ${last.value} of 5${what}, ${last.day}`,
  ]);
}

function issueLines({ issues }: AccountView): Md[] {
  if (issues.total === 0) return [md`No open issue`];
  const rest = issues.total - issues.items.length;
  return [
    md`${issues.total} open ${issues.total === 1 ? 'issue' : 'issues'}:`,
    ...issues.items.map((issue) => md`${bold(issue.name)} ${issue.title} · ${issue.line}`),
    ...(rest > 0 ? [md`… and ${rest} more`] : []),
  ];
}

function doingPart(view: AccountView): Block | undefined {
  const { promised, spoke } = view;
  const rest = promised.length - PROMISES_SHOWN;
  const parts = lines([
    ...view.working.map((line) => md`${line}`),
    ...promised.slice(0, PROMISES_SHOWN).map(promiseLine),
    rest > 0 && md`… and ${rest} more promises`,
    spokeLine('Support', spoke.support),
    spokeLine('Success', spoke.success),
  ]);
  return parts.isEmpty ? undefined : section(parts);
}

function spokeLine(func: string, spoke: SpokeView | null): Md | false {
  if (spoke === null) return false;
  return join([
    md`${func} last spoke: ${spoke.by}, ${spoke.how === null ? '' : md`${spoke.how}, `}${spoke.day}`,
    spoke.outcome !== null && md`${spoke.outcome}`,
    spoke.note !== null && md`"${shortened(spoke.note)}"`,
  ]);
}

const NOTE_SHOWN = 200;

function shortened(text: string): string {
  const points = Array.from(text);
  return points.length <= NOTE_SHOWN ? text : `${points.slice(0, NOTE_SHOWN - 1).join('')}…`;
}

/** What nobody ever told Baton, said as such: an empty line would be read as nothing being wrong. */
function unknownLine(view: AccountView): Md | false {
  const missing = [
    view.goal === null && 'goal',
    view.renews === null && 'renewal',
    view.lifecycle === null && 'lifecycle',
    view.inside !== null && view.inside.revenue === null && 'revenue',
    view.inside !== null && view.inside.health === null && 'health',
    view.ratings === null && 'ratings',
    view.spoke.support === null && view.spoke.success === null && 'conversations',
    view.spoke.support === null && view.spoke.success !== null && 'conversations of support',
    view.spoke.success === null && view.spoke.support !== null && 'conversations of success',
  ].filter((word): word is string => word !== false);
  return missing.length > 0 && md`No data: ${missing.join(', ')}`;
}
