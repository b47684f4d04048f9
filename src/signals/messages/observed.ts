import {
  actions,
  bold,
  button,
  input,
  join,
  type Message,
  md,
  message,
  modal,
  section,
  staticSelect,
} from '../../slack/blocks/index.js';
import { type Mode, modeOptions } from '../rules/registry.js';
import type { RuleReport } from '../rules/report.js';

export const CHOOSE_RULES = 'rules.choose';
export const SWITCH_ON = 'rules.on';
export const RULES_MODAL = 'rules.modes';

const SHOWN = 5;
const PEOPLE_SHOWN = 3;
const MODES: Record<Mode, string> = { on: 'on', observe: 'watching', off: 'off' };

type Reported = Pick<RuleReport, 'rule' | 'name' | 'mode' | 'spoke' | 'before' | 'people'>;

/** What a lead is told after the first week: what each rule would have said, to whom, and before what. */
export function observedReport(view: {
  days: number;
  func: 'support' | 'success';
  rules: readonly Reported[];
}): Message {
  const spoke = view.rules.filter((one) => one.spoke > 0).sort((a, b) => b.spoke - a.spoke);
  const head = md`Choose which rules speak: what those of ${view.func} would have said in ${view.days} days`;
  const left = view.rules.length - Math.min(spoke.length, SHOWN);
  return message({
    text: head,
    blocks: [
      section(bold(head)),
      ...spoke.slice(0, SHOWN).map(ruleBlock),
      left > 0 ? section(restLine(left, spoke.length)) : undefined,
      actions('rules', [button({ id: CHOOSE_RULES, text: 'All rules…', value: view.func })]),
    ],
  });
}

/** What of the others, which are not shown. */
function restLine(left: number, spoke: number) {
  if (spoke === 0) return md`None of the ${left} had anything to say.`;
  return md`${left} more had ${spoke > SHOWN ? 'less' : 'nothing'} to say`;
}

/** One rule of the report; what does not speak yet can be switched on there. */
function ruleBlock(one: Reported) {
  const people = one.people
    .slice(0, PEOPLE_SHOWN)
    .map((person) => md`${person.name} ${person.perWeek} a week`);
  const text = join([
    md`${bold(one.rule)} ${one.name}: ${one.spoke} ${one.spoke === 1 ? 'time' : 'times'}`,
    people.length > 0 && md`to ${join(people, ', ')}`,
    one.before > 0 && md`${one.before} before an escalation or reopening`,
    md`now ${MODES[one.mode as Mode] ?? one.mode}`,
  ]);
  const on = button({ id: `${SWITCH_ON}:${one.rule}`, text: 'Switch on', value: one.rule });
  return section(text, one.mode === 'on' ? {} : { accessory: on });
}

/** Each rule of a lead's functions, with what it does now. */
export function rulesModal(view: {
  rules: readonly { id: string; name: string; mode: Mode; what: string }[];
}) {
  return modal({
    callbackId: RULES_MODAL,
    title: 'Rules',
    submit: 'Save',
    close: 'Cancel',
    blocks: view.rules.map((one) =>
      input({
        blockId: one.id,
        label: `${one.id} ${one.name}`,
        hint: one.what,
        element: staticSelect({ id: one.id, options: modeOptions(), initial: one.mode }),
      }),
    ),
  });
}

/** What became of the form. */
export function rulesSaved(view: { changed: readonly string[] }): Message {
  const what = view.changed.join(', ');
  return message({
    text:
      what === ''
        ? md`Nothing changed.`
        : md`Changed: ${what}. Open alerts end by the rules they began with.`,
    blocks: [],
  });
}

/** To whoever leads nothing. */
export function noRules(): Message {
  return message({ text: md`Leads and admins choose which rules speak. Ask a lead of yours.`, blocks: [] });
}
