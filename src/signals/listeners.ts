import type { Person } from '../people/rules.js';
import type { Answer, Surface } from '../slack/dispatch.js';
import type { Command, Press, Submit } from '../slack/interactions.js';
import type { SubCommand } from '../slack/subcommands.js';
import type { ReadTx } from '../store/transact.js';
import {
  CHOOSE_RULES,
  noRules,
  RULES_MODAL,
  rulesModal,
  rulesSaved,
  SWITCH_ON,
} from './messages/observed.js';
import { ruleTuned, TUNE_MODAL, TUNE_RULE, type TuneMemory, tuneModal } from './messages/tune.js';
import type { RuleInForce } from './rules/in-force.js';
import { defaultMode, type Mode } from './rules/registry.js';
import { readNumbers } from './rules/tuning.js';
import { changeRule } from './store/change-rules.js';
import { currentRules, ruleSettings } from './store/settings.js';

const MODES: readonly Mode[] = ['on', 'observe', 'off'];

/** The rules that somebody may switch: a lead those of their functions, an admin all. */
export async function rulesOf(tx: ReadTx, person: Person, now: number): Promise<RuleInForce[]> {
  const rules = await currentRules(tx, now);
  return rules.filter(({ rule }) => person.isAdmin || person.functions.includes(rule.func));
}

/** The mode that was chosen, whatever the first week makes of it. */
export async function chosenModes(tx: ReadTx): Promise<(id: string) => Mode> {
  const settings = await ruleSettings(tx);
  return (id) => settings.get(id)?.value.mode ?? defaultMode(id);
}

async function open(tx: ReadTx, person: Person, now: number): Promise<Answer> {
  const rules = await rulesOf(tx, person, now);
  if (rules.length === 0) return { say: noRules() };
  const modeOf = await chosenModes(tx);
  return {
    open: rulesModal({
      rules: rules.map(({ rule }) => ({
        id: rule.id,
        name: rule.name,
        mode: modeOf(rule.id),
        what: `Speaks when ${rule.when}.`,
      })),
    }),
  };
}

const choosePress: Surface<Person, Press> = {
  may: 'rules.switch',
  run: (tx, person, _it, now) => open(tx, person, now),
};

/** `/baton rules`: which rules speak, watch or are off. */
const rulesCommand: SubCommand<Person> = {
  may: 'rules.switch',
  usage: 'rules',
  about: 'which rules speak, watch or are off (leads)',
  run: (tx: ReadTx, person: Person, _it: Command, now: number) => open(tx, person, now),
};

/** Each change is a new version with who; what is open ends by the rule that it began with. */
const rulesSubmit: Surface<Person, Submit> = {
  may: 'rules.switch',
  keys: async () => ['rules'],
  run: async (tx, person, it, now): Promise<Answer> => {
    const changed: string[] = [];
    const modeOf = await chosenModes(tx);
    for (const { rule } of await rulesOf(tx, person, now)) {
      const mode = MODES.find((one) => one === it.values[rule.id]);
      if (!mode || mode === modeOf(rule.id)) continue;
      await changeRule(tx, rule.id, { mode }, { who: person.slackId, at: now, why: 'switched in Slack' });
      changed.push(`${rule.id} ${mode === 'observe' ? 'watches' : `is ${mode}`}`);
    }
    return { say: rulesSaved({ changed }) };
  },
};

/** *Switch on* beside one rule of the report. */
const switchOnPress: Surface<Person, Press> = {
  may: 'rules.switch',
  keys: async () => ['rules'],
  run: async (tx, person, it, now): Promise<Answer> => {
    const found = await ruleMeant(tx, person, it.value, now);
    if (!found) return { say: noRules() };
    const { id } = found.rule;
    const change = { who: person.slackId, at: now, why: 'switched on after what it would have said' };
    const isNew = (await chosenModes(tx))(id) !== 'on' && (await changeRule(tx, id, { mode: 'on' }, change));
    return { say: rulesSaved({ changed: isNew ? [`${id} is on`] : [] }) };
  },
};

async function ruleMeant(tx: ReadTx, person: Person, id: string, now: number) {
  return (await rulesOf(tx, person, now)).find(({ rule }) => rule.id === id);
}

/** *Change…* on one rule: what it does, and its numbers. */
const tunePress: Surface<Person, Press> = {
  may: 'rules.switch',
  run: async (tx, person, it, now): Promise<Answer> => {
    const found = await ruleMeant(tx, person, it.value, now);
    if (!found) return { say: noRules() };
    const { rule, numbers } = found;
    const view = {
      id: rule.id,
      name: rule.name,
      mode: (await chosenModes(tx))(rule.id),
      when: rule.when,
      unit: rule.unit,
      nextStep: rule.nextStep,
      numbers: Object.entries(rule.numbers).map(([name, comes]) => ({
        name,
        value: numbers[name] ?? comes,
        comes,
      })),
    };
    return { open: tuneModal(view, { id: rule.id, home: it.isHome === true }) };
  },
};

const tuneSubmit: Surface<Person, Submit> = {
  may: 'rules.switch',
  keys: async () => ['rules'],
  run: async (tx, person, it, now): Promise<Answer> => {
    const memory = JSON.parse(it.metadata) as TuneMemory;
    const sayIn = memory.home ? 'home' : null;
    const found = await ruleMeant(tx, person, memory.id, now);
    if (!found) return { say: noRules(), sayIn };
    const { rule } = found;
    const typed = Object.fromEntries(
      Object.keys(rule.numbers).map((name) => [name, it.values[`n.${name}`] ?? null]),
    );
    const read = readNumbers(rule.numbers, typed);
    if ('errors' in read)
      return {
        errors: Object.fromEntries(Object.entries(read.errors).map(([name, text]) => [`n.${name}`, text])),
      };
    const standing = (await chosenModes(tx))(rule.id);
    const mode = MODES.find((one) => one === it.values.mode) ?? standing;
    const why = it.values.why?.trim() || null;
    const set = { mode, numbers: read.numbers };
    const isSame = mode === standing && sameNumbers(found, read.numbers);
    const changed = !isSame && (await changeRule(tx, rule.id, set, { who: person.slackId, at: now, why }));
    return { say: ruleTuned({ id: rule.id, name: rule.name, changed }), sayIn };
  },
};

function sameNumbers({ rule, numbers }: RuleInForce, set: Readonly<Record<string, number>>): boolean {
  return Object.keys(rule.numbers).every((name) => numbers[name] === (set[name] ?? rule.numbers[name]));
}

export const signalSurfaces = {
  presses: { [CHOOSE_RULES]: choosePress, [SWITCH_ON]: switchOnPress, [TUNE_RULE]: tunePress },
  submits: { [RULES_MODAL]: rulesSubmit, [TUNE_MODAL]: tuneSubmit },
};
export const signalCommands = { rules: rulesCommand };
