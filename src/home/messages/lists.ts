import { OPEN_ACCOUNT } from '../../accounts/names.js';
import { CLAIM } from '../../alerts/messages.js';
import { I_TOLD_THEM } from '../../followups/buttons.js';
import { ISSUE_DO } from '../../issues/messages/life.js';
import type { IssueState } from '../../issues/rules/issue.js';
import { menuOf } from '../../issues/rules/menu.js';
import {
  actions,
  type Block,
  bold,
  button,
  context,
  header,
  join,
  lines,
  md,
  overflow,
  section,
} from '../../slack/blocks/index.js';

/** A button that goes to another page of Home; its value is the page. */
export const GO = 'home.go';
/** Changes the function in which somebody who has both acts; its value is the function. */
export const ACT_AS = 'home.act_as';

/** One page of a list, and how many there are in all. */
export interface Part<T> {
  items: readonly T[];
  total: number;
}

export interface FollowupItem {
  id: number;
  account: string;
  /** What there is to tell, e.g. `"Export drops rows" is fixed`; null where nothing is news. */
  news: string | null;
  /** Else what to follow up on, behind those words. */
  about: string | null;
  dueText: string;
  isOverdue: boolean;
}

export interface AlertItem {
  id: number;
  account: string;
  severity: string;
  /** Why now, in one line. */
  why: string | null;
  /** "until Mon 09:00", "until it changes"; null while it is awake. */
  sleeps: string | null;
  isMine: boolean;
}

export interface IssueItem {
  number: number;
  name: string;
  account: string;
  title: string;
  line: string;
  state: IssueState;
}

export interface AccountItem {
  id: number;
  name: string;
  /** What it needs, each a few words, e.g. "2 open issues". */
  needs: readonly string[];
}

/** The parts that are lists, by their name as a page. */
export type ListName = 'followups' | 'alerts' | 'issues' | 'asked' | 'accounts';

export function followupBlocks(item: FollowupItem): Block {
  const what =
    item.news === null
      ? md`Follow up with ${bold(item.account)}${item.about ?? ''}`
      : md`Tell ${bold(item.account)}: ${item.news}`;
  return section(join([what, item.isOverdue ? bold(item.dueText) : md`${item.dueText}`]), {
    accessory: button({ id: I_TOLD_THEM, text: 'I told them', value: String(item.id) }),
  });
}

export function alertBlocks(item: AlertItem): Block {
  const head = join([
    bold(item.account),
    md`${item.severity}`,
    item.isMine && md`your account`,
    item.sleeps !== null && md`snoozed ${item.sleeps}`,
  ]);
  return section(lines([head, item.why !== null && md`${item.why}`]), {
    accessory: button({ id: CLAIM, text: 'Claim follow-up', value: String(item.id) }),
  });
}

export function issueBlocks(item: IssueItem): Block {
  return section(lines([join([bold(item.name), md`${item.account}`, md`${item.title}`]), md`${item.line}`]), {
    accessory: overflow({
      id: ISSUE_DO,
      options: menuOf(item.state).map(({ verb, text }) => ({ text, value: `${verb}:${item.number}` })),
    }),
  });
}

export function accountBlocks(item: AccountItem): Block {
  const needs = item.needs.map((need) => md`${need}`);
  return section(join([bold(item.name), ...needs]), {
    accessory: button({
      id: OPEN_ACCOUNT,
      text: 'Account',
      value: String(item.id),
      label: `Open ${item.name}`,
    }),
  });
}

/** A heading, its entries, and where there are more a button that shows them all; what to say when there is none. */
export function listPart<T>(
  spec: {
    name: ListName;
    title: string;
    part: Part<T>;
    /** Said instead of entries; without it an empty part is not shown at all. */
    none?: string;
  },
  draw: (item: T) => Block,
): Block[] {
  const { part, none } = spec;
  if (part.total === 0) return none === undefined ? [] : [headingLine(spec.title, 0), section(md`${none}`)];
  const rest = part.total - part.items.length;
  const more =
    rest > 0
      ? actions(`more_${spec.name}`, [
          button({
            id: `${GO}:${spec.name}`,
            text: `All ${part.total}`,
            value: JSON.stringify({ name: spec.name, from: 0 }),
          }),
        ])
      : undefined;
  return [headingLine(spec.title, part.total), ...part.items.map(draw), ...(more ? [more] : [])];
}

function headingLine(title: string, total: number): Block {
  return header(total > 1 ? `${title} (${total})` : title);
}

/** One page of a list: where one is, and the ways back and on. */
export function listPage<T>(
  spec: { name: ListName; title: string; part: Part<T>; from: number; size: number },
  draw: (item: T) => Block,
): (Block | undefined)[] {
  const { part, from, size, name } = spec;
  const last = from + part.items.length;
  const to = (at: number, text: string) =>
    button({ id: `${GO}:${at < from ? 'back' : 'on'}`, text, value: JSON.stringify({ name, from: at }) });
  return [
    backToMain(spec.title),
    context([part.total === 0 ? md`There is none.` : md`${from + 1} to ${last} of ${part.total}`]),
    ...part.items.map(draw),
    actions('pages', [
      from > 0 && to(Math.max(0, from - size), 'Earlier'),
      last < part.total && to(last, 'More'),
    ]),
  ];
}

/** The title of a page that is not the first, with the way back. */
export function backToMain(title: string): Block {
  return section(bold(title), {
    accessory: button({ id: `${GO}:main`, text: 'Back', value: JSON.stringify({ name: 'main' }) }),
  });
}
