import type {
  Datepicker,
  InputBlock,
  InputBlockElement,
  PlainTextInput,
  SectionBlock,
  Timepicker,
} from '@slack/types';
import { bold } from './inline.js';
import { BlockMisuse, LIMITS, own } from './limits.js';
import { md } from './md.js';
import { initialText, mrkdwn, plain } from './text.js';

/** What people type; `initial` and `placeholder` are human text and are cut, lengths are in characters. */
export interface TextInputSpec {
  id: string;
  multiline?: boolean | undefined;
  initial?: string | undefined;
  placeholder?: string | undefined;
  max?: number | undefined;
  min?: number | undefined;
}

/** @throws BlockMisuse when `min` and `max` are not 0 ≤ min ≤ max ≤ 3000, max ≥ 1 */
export function textInput(spec: TextInputSpec): PlainTextInput {
  const max = spec.max ?? LIMITS.inputText;
  const min = spec.min ?? 0;
  if (!(0 <= min && min <= max && 1 <= max && max <= LIMITS.inputText)) {
    throw new BlockMisuse(`text input lengths ${min} to ${max}, Slack allows 0 to ${LIMITS.inputText}`);
  }
  const initial = initialText(spec.initial, max);
  return {
    type: 'plain_text_input',
    action_id: own('action_id', spec.id, LIMITS.id),
    multiline: spec.multiline ?? false,
    max_length: max,
    ...(min > 0 && { min_length: min }),
    ...(initial !== undefined && { initial_value: initial }),
    ...(spec.placeholder !== undefined && { placeholder: plain(spec.placeholder, LIMITS.placeholder) }),
  };
}

/**
 * A day, `initial` as YYYY-MM-DD.
 * @throws BlockMisuse when `initial` is no such date
 */
export function datePicker(spec: {
  id: string;
  initial?: string | undefined;
  placeholder?: string | undefined;
}): Datepicker {
  if (spec.initial !== undefined && !isDate(spec.initial))
    throw new BlockMisuse('date picker: initial is not YYYY-MM-DD');
  return {
    type: 'datepicker',
    action_id: own('action_id', spec.id, LIMITS.id),
    ...(spec.initial !== undefined && { initial_date: spec.initial }),
    ...(spec.placeholder !== undefined && { placeholder: plain(spec.placeholder, LIMITS.placeholder) }),
  };
}

/**
 * A time of day, `initial` as HH:MM (24 hours), read in the zone that the caller names beside it.
 * @throws BlockMisuse when `initial` is no such time
 */
export function timePicker(spec: {
  id: string;
  initial?: string | undefined;
  placeholder?: string | undefined;
}): Timepicker {
  if (spec.initial !== undefined && !/^([01]\d|2[0-3]):[0-5]\d$/.test(spec.initial)) {
    throw new BlockMisuse('time picker: initial is not HH:MM');
  }
  return {
    type: 'timepicker',
    action_id: own('action_id', spec.id, LIMITS.id),
    ...(spec.initial !== undefined && { initial_time: spec.initial }),
    ...(spec.placeholder !== undefined && { placeholder: plain(spec.placeholder, LIMITS.placeholder) }),
  };
}

/** One field of a modal. Its errors on submit are named by `blockId`. */
export interface InputSpec {
  blockId: string;
  label: string;
  element: InputBlockElement | undefined;
  optional?: boolean | undefined;
  hint?: string | undefined;
  /** Send `block_actions` on each change. */
  dispatch?: boolean | undefined;
}

/** The field; without an element (a menu with no choices) a line that says there is nothing to choose yet. */
export function input(spec: InputSpec): InputBlock | SectionBlock {
  const blockId = own('block_id', spec.blockId, LIMITS.id);
  if (!spec.element) {
    const text = mrkdwn(md`${bold(spec.label)}: nothing to choose from yet`, LIMITS.sectionText);
    return { type: 'section', block_id: blockId, text };
  }
  return {
    type: 'input',
    block_id: blockId,
    label: plain(spec.label, LIMITS.inputLabel),
    element: spec.element,
    optional: spec.optional ?? false,
    ...(spec.hint && { hint: plain(spec.hint, LIMITS.inputHint) }),
    ...(spec.dispatch && { dispatch_action: true }),
  };
}

function isDate(text: string): boolean {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  return day !== undefined && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
