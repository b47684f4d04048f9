import {
  bold,
  context,
  input,
  join,
  lines,
  type Md,
  md,
  modal,
  radio,
  section,
  staticSelect,
  textInput,
} from '../../slack/blocks/index.js';
import type { DismissedAs } from '../rules.js';

export const NOT_NEEDED_MODAL = 'alert.not_needed';
export const SNOOZE_MODAL = 'alert.snooze';
export const GIVE_MODAL = 'alert.give';
export const NOTE_MODAL = 'alert.note';

/** What a form of one alert must remember: ids only, since it comes back from the client. */
export interface AlertMemory {
  id: number;
  /** Where the answer is shown: a place, see `slack/place.ts`. */
  channel: string | null;
}

interface About {
  account: string;
  memory: AlertMemory;
}

/** Why nobody has to call, in the order of the form. */
const DISMISSALS: Readonly<Record<DismissedAs, string>> = {
  noise: 'Noise: nothing is wrong there',
  known: 'Known: somebody deals with it already',
  wrong_account: 'Wrong account',
  other: 'Another reason',
};

export const REASON_MAX = 300;
export const NOTE_MAX = 300;

const form = (spec: About, callbackId: string, title: string, submit: string) => ({
  ...{ callbackId, title, submit, close: 'Cancel', privateMetadata: JSON.stringify(spec.memory) },
});

/** *Not needed*: why; the rules are judged by it. */
export function notNeededModal(spec: About) {
  return modal({
    ...form(spec, NOT_NEEDED_MODAL, 'Not needed', 'End it'),
    blocks: [
      section(bold(spec.account)),
      input({
        blockId: 'why',
        label: 'Why does nobody have to call?',
        hint: 'It comes back only for something new or graver.',
        element: radio({
          id: 'why',
          options: Object.entries(DISMISSALS).map(([value, text]) => ({ text, value })),
        }),
      }),
      input({
        blockId: 'reason',
        label: 'In a few words',
        optional: true,
        hint: 'Needed for another reason.',
        element: textInput({ id: 'reason', max: REASON_MAX }),
      }),
    ],
  });
}

/** *Snooze…*: until when nothing is said of it. */
export function snoozeModal(spec: About & { isCritical: boolean }) {
  return modal({
    ...form(spec, SNOOZE_MODAL, 'Snooze', 'Snooze'),
    blocks: [
      section(bold(spec.account)),
      input({
        blockId: 'until',
        label: 'Until when?',
        hint: spec.isCritical
          ? 'What is critical can wait four hours at most.'
          : 'It stays open for everybody, and wakes at once when it gets graver.',
        element: radio({
          id: 'until',
          initial: '4h',
          options: [
            { text: '4 working hours', value: '4h' },
            ...(spec.isCritical
              ? []
              : [
                  { text: 'The next working day', value: 'tomorrow' },
                  { text: 'Monday', value: 'monday' },
                  { text: 'Until it changes', value: 'change' },
                ]),
          ],
        }),
      }),
    ],
  });
}

/** *Give to…* of what nobody has: they have it once they claim it. */
export function giveAlertModal(spec: About & { people: readonly { id: number; name: string }[] }) {
  return modal({
    ...form(spec, GIVE_MODAL, 'Give to…', 'Ask them'),
    blocks: [
      section(bold(spec.account)),
      input({
        blockId: 'person',
        label: 'Who could call them?',
        hint: 'It stays open until somebody claims it.',
        element: staticSelect({
          id: 'person',
          options: spec.people.map((person) => ({ text: person.name, value: String(person.id) })),
        }),
      }),
    ],
  });
}

/** *Note…*: what came of it so far, on the card for everybody who reads it. */
export function noteModal(spec: About & { note: string | null }) {
  return modal({
    ...form(spec, NOTE_MODAL, 'Note', 'Save'),
    blocks: [
      section(bold(spec.account)),
      input({
        blockId: 'note',
        label: 'What came of it so far?',
        hint: 'It stands on the card, and keeps a claim alive.',
        element: textInput({
          id: 'note',
          max: NOTE_MAX,
          multiline: true,
          initial: spec.note ?? undefined,
          placeholder: 'Spoke with Joe; he wants a date by Friday',
        }),
      }),
    ],
  });
}

export interface WhyView {
  account: string;
  signals: readonly {
    /** "S01 repeat contact". */
    rule: string;
    version: string;
    severity: string;
    line: string;
    since: string;
    /** The facts it was read from: "contacts 4". */
    facts: readonly string[];
  }[];
  /** Why this person, and nobody else. */
  who: string;
}

/** *Why this alert?*: the rules that speak, with what they read; and why whoever is called. */
export function whyModal(view: WhyView) {
  return modal({
    callbackId: 'alert.why',
    title: 'Why this alert?',
    close: 'Close',
    blocks: [
      section(bold(view.account)),
      ...view.signals.flatMap((one) => [
        section(lines([md`${bold(one.rule)}: ${one.line}`, factsLine(one.facts)])),
        context([join([md`version ${one.version}`, md`${one.severity}`, md`since ${one.since}`])]),
      ]),
      section(md`${bold('Who')}: ${view.who}`),
    ],
  });
}

function factsLine(facts: readonly string[]): Md | undefined {
  return facts.length === 0 ? undefined : md`Read: ${facts.join(', ')}`;
}
