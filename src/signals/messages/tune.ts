import {
  bold,
  input,
  lines,
  type Message,
  md,
  message,
  modal,
  section,
  staticSelect,
  textInput,
} from '../../slack/blocks/index.js';
import { type Mode, modeOptions } from '../rules/registry.js';
import { numberName } from '../rules/tuning.js';

export const TUNE_RULE = 'rules.tune';
export const TUNE_MODAL = 'rules.tuned';

/** What the form of a rule remembers: the rule, and whether it was opened in Home. */
export interface TuneMemory {
  id: string;
  home: boolean;
}

/** One rule with its mode and its numbers, and why they change. */
export function tuneModal(
  view: {
    id: string;
    name: string;
    mode: Mode;
    when: string;
    unit?: string | undefined;
    nextStep: string;
    /** Each number as it holds and as it comes. */
    numbers: readonly { name: string; value: number; comes: number }[];
  },
  memory: TuneMemory,
) {
  return modal({
    callbackId: TUNE_MODAL,
    title: `Rule ${view.id}`,
    submit: 'Save',
    close: 'Cancel',
    privateMetadata: JSON.stringify(memory),
    blocks: [
      section(
        lines([
          md`${bold(view.name)}: when ${view.when}`,
          md`Proposes: ${view.nextStep}`,
          view.unit !== undefined && md`Begins and is over at: in ${view.unit}`,
        ]),
      ),
      input({
        blockId: 'mode',
        label: 'What it does',
        element: staticSelect({ id: 'mode', options: modeOptions(), initial: view.mode }),
      }),
      ...view.numbers.map(({ name, value, comes }) =>
        input({
          blockId: `n.${name}`,
          label: numberName(name),
          ...(value === comes ? {} : { hint: `Comes as ${comes}.` }),
          element: textInput({ id: `n.${name}`, initial: String(value), max: 10 }),
        }),
      ),
      input({
        blockId: 'why',
        label: 'Why',
        hint: 'Stands in the history, with your name.',
        element: textInput({ id: 'why', max: 200, min: 1 }),
      }),
    ],
  });
}

export function ruleTuned(view: { id: string; name: string; changed: boolean }): Message {
  return message({
    text: view.changed
      ? md`${bold(view.id)} ${view.name} is changed. What is open ends by the rule that it began with.`
      : md`Nothing changed on ${bold(view.id)} ${view.name}.`,
    blocks: [],
  });
}
