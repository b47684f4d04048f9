import type { HomeView } from '@slack/types';
import { TUNE_RULE } from '../../signals/messages/tune.js';
import { numberName } from '../../signals/rules/tuning.js';
import {
  type Block,
  bold,
  button,
  context,
  divider,
  homeView,
  join,
  lines,
  type Md,
  md,
  section,
} from '../../slack/blocks/index.js';
import { backToMain, GO } from './lists.js';

type Mode = 'on' | 'observe' | 'off';

export interface RuleCounts {
  on: number;
  observe: number;
  off: number;
}

/** One rule as a lead sees it. */
export interface RuleItem {
  id: string;
  name: string;
  /** When it speaks, e.g. "several bugs are open at one account". */
  when: string;
  /** What it proposes, e.g. "call them today". */
  nextStep: string;
  mode: Mode;
  /** Numbers that differ from how they come. */
  tuned: readonly { name: string; value: number; comes: number }[];
  /** The newest change, in words; null when it is as it comes. */
  changed: { who: string; day: string; why: string | null } | null;
}

const MODES: Record<Mode, string> = { on: 'speaks', observe: 'watches', off: 'is off' };

/** On the first page: how many of their rules speak, and the way to them. */
export function rulesPart(rules: RuleCounts | null): (Block | undefined)[] {
  if (rules === null) return [];
  const counted = join(
    [
      md`${rules.on} speak`,
      rules.observe > 0 && md`${rules.observe} watch`,
      rules.off > 0 && md`${rules.off} off`,
    ],
    ', ',
  );
  return [
    divider(),
    section(md`${bold('Rules')}: ${counted}`, {
      accessory: button({ id: `${GO}:rules`, text: 'Rules', value: JSON.stringify({ name: 'rules' }) }),
    }),
  ];
}

/** Far more than there are: the page of a view takes a hundred blocks. */
const SHOWN = 40;

/** The rules of somebody's functions, each with what it does and *Change*. */
export function rulesPage(view: {
  note: readonly Block[];
  /** Until when the installation only observes, in words; null when it does not. */
  observingUntil: string | null;
  rules: readonly RuleItem[];
}): HomeView {
  const rest = view.rules.length - SHOWN;
  return homeView([
    ...view.note,
    backToMain('Rules'),
    view.observingUntil === null
      ? undefined
      : section(
          md`Until ${view.observingUntil} every rule only watches; what you choose holds from then on.`,
        ),
    ...view.rules.slice(0, SHOWN).map(ruleBlock),
    rest > 0 && context([md`and ${rest} more; \`/baton rules\` lists them all`]),
  ]);
}

function ruleBlock(rule: RuleItem): Block {
  const { tuned, changed } = rule;
  return section(
    lines([
      md`${bold(rule.id)} ${rule.name} · ${MODES[rule.mode]}`,
      md`When ${rule.when}`,
      md`Proposes: ${rule.nextStep}`,
      tuned.length > 0 && join(tuned.map(tunedWords), ', '),
      changed !== null && changedWords(changed),
    ]),
    { accessory: button({ id: `${TUNE_RULE}:${rule.id}`, text: 'Change', value: rule.id }) },
  );
}

function tunedWords({ name, value, comes }: RuleItem['tuned'][number]): Md {
  return md`${numberName(name)} ${value} (comes as ${comes})`;
}

function changedWords({ who, day, why }: NonNullable<RuleItem['changed']>): Md {
  return why === null ? md`${who}, ${day}` : md`${who}, ${day}: ${why}`;
}
