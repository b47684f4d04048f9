/** Block elements, and which block takes which. */
import { isDeepStrictEqual } from 'node:util';
import {
  confirm,
  conversationFilter,
  dispatchActionConfig,
  ID,
  imageSource,
  markedOption,
  optionGroup,
  overflowOption,
  plainText,
  richText,
  selectOption,
  URL_3000,
} from './objects.js';
import {
  anything,
  type Check,
  exactlyOne,
  flag,
  integer,
  isObject,
  type Json,
  list,
  object,
  oneOf,
  type Report,
  type Shape,
  string,
} from './schema.js';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const NUMBER = /^-?\d+(\.\d+)?$/;

const common = { action_id: ID, confirm, focus_on_load: flag };
const placeholder = plainText(150);
const typed = {
  action_id: ID,
  placeholder,
  focus_on_load: flag,
  dispatch_action_config: dispatchActionConfig,
};
const many = { max_selected_items: integer(1, 100) };
const ids = list(string(1, 255), 0, 100);

function element(type: string, shape: Shape): Check {
  return object({ ...shape, required: { type: oneOf(type), ...shape.required } });
}

function staticSelect(type: string, initial: Record<string, Check>): Check {
  return element(type, {
    optional: {
      ...common,
      placeholder,
      options: list(selectOption, 1, 100),
      option_groups: list(optionGroup, 1, 100),
      ...initial,
    },
    also: (value, at, report) => {
      exactlyOne('options', 'option_groups')(value, at, report);
      initialIsOffered(value, at, report);
    },
  });
}

/** An initial option must be one of the options, to the letter. */
function initialIsOffered(value: Json, at: string, report: Report): void {
  const groups = ((value.option_groups as Json[] | undefined) ?? []).flatMap(
    (group) => group.options as Json[],
  );
  const offered = [...((value.options as Json[] | undefined) ?? []), ...groups];
  const initial = value.initial_options ?? (value.initial_option === undefined ? [] : [value.initial_option]);
  for (const wanted of initial as Json[]) {
    if (!offered.some((option) => isDeepStrictEqual(option, wanted)))
      report(at, 'initial option is not one of the options');
  }
}

function textInputAgrees(value: Json, at: string, report: Report): void {
  const least = Number(value.min_length ?? 0);
  const most = Number(value.max_length ?? 3000);
  const initial = String(value.initial_value ?? '');
  if (least > most) report(at, 'min_length must not be greater than max_length');
  if (initial.length > most) report(`${at}/initial_value`, `must be less than ${most + 1} characters`);
}

const feedback: Check = object({
  required: { text: plainText(75), value: string(1, 2000) },
  optional: { accessibility_label: string(1, 75) },
});

export const elements: Record<string, Check> = {
  button: element('button', {
    required: { text: plainText(75) },
    optional: {
      action_id: ID,
      confirm,
      url: URL_3000,
      value: string(0, 2000),
      style: oneOf('primary', 'danger'),
      accessibility_label: string(1, 75),
    },
  }),
  workflow_button: element('workflow_button', {
    required: { text: plainText(75), workflow: anything },
    optional: {
      action_id: ID,
      confirm,
      style: oneOf('primary', 'danger'),
      accessibility_label: string(1, 75),
    },
  }),
  image: element('image', {
    required: { alt_text: string(1, 2000) },
    optional: imageSource,
    also: exactlyOne('image_url', 'slack_file'),
  }),
  overflow: element('overflow', {
    required: { options: list(overflowOption, 1, 5) },
    optional: { action_id: ID, confirm },
  }),
  checkboxes: element('checkboxes', {
    required: { options: list(markedOption, 1, 10) },
    optional: { ...common, initial_options: list(markedOption, 1, 10) },
    also: initialIsOffered,
  }),
  radio_buttons: element('radio_buttons', {
    required: { options: list(markedOption, 1, 10) },
    optional: { ...common, initial_option: markedOption },
    also: initialIsOffered,
  }),
  static_select: staticSelect('static_select', { initial_option: selectOption }),
  multi_static_select: staticSelect('multi_static_select', {
    initial_options: list(selectOption, 1, 100),
    ...many,
  }),
  external_select: element('external_select', {
    optional: { ...common, placeholder, initial_option: selectOption, min_query_length: integer(0, 3000) },
  }),
  multi_external_select: element('multi_external_select', {
    optional: {
      ...common,
      ...many,
      placeholder,
      initial_options: list(selectOption, 1, 100),
      min_query_length: integer(0, 3000),
    },
  }),
  users_select: element('users_select', {
    optional: { ...common, placeholder, initial_user: string(1, 255) },
  }),
  multi_users_select: element('multi_users_select', {
    optional: { ...common, ...many, placeholder, initial_users: ids },
  }),
  conversations_select: element('conversations_select', {
    optional: {
      ...common,
      placeholder,
      initial_conversation: string(1, 255),
      default_to_current_conversation: flag,
      response_url_enabled: flag,
      filter: conversationFilter,
    },
  }),
  multi_conversations_select: element('multi_conversations_select', {
    optional: {
      ...common,
      ...many,
      placeholder,
      initial_conversations: ids,
      default_to_current_conversation: flag,
      filter: conversationFilter,
    },
  }),
  channels_select: element('channels_select', {
    optional: { ...common, placeholder, initial_channel: string(1, 255), response_url_enabled: flag },
  }),
  multi_channels_select: element('multi_channels_select', {
    optional: { ...common, ...many, placeholder, initial_channels: ids },
  }),
  datepicker: element('datepicker', {
    optional: { ...common, placeholder, initial_date: string(10, 10, DATE) },
  }),
  timepicker: element('timepicker', {
    optional: { ...common, placeholder, initial_time: string(5, 5, TIME), timezone: string(1, 100) },
  }),
  datetimepicker: element('datetimepicker', {
    optional: { ...common, initial_date_time: integer(1_000_000_000, 9_999_999_999) },
  }),
  plain_text_input: element('plain_text_input', {
    optional: {
      ...typed,
      initial_value: string(0, 3000),
      multiline: flag,
      min_length: integer(0, 3000),
      max_length: integer(1, 3000),
    },
    also: textInputAgrees,
  }),
  number_input: element('number_input', {
    required: { is_decimal_allowed: flag },
    optional: {
      ...typed,
      initial_value: string(0, 100, NUMBER),
      min_value: string(1, 100, NUMBER),
      max_value: string(1, 100, NUMBER),
    },
  }),
  email_text_input: element('email_text_input', { optional: { ...typed, initial_value: string(0, 3000) } }),
  url_text_input: element('url_text_input', { optional: { ...typed, initial_value: string(0, 3000) } }),
  rich_text_input: element('rich_text_input', {
    optional: { ...typed, initial_value: richText, min_lines: integer(1, 100), max_lines: integer(1, 100) },
  }),
  file_input: element('file_input', {
    optional: { action_id: ID, filetypes: list(string(1, 50), 1, 100), max_files: integer(1, 10) },
  }),
  feedback_buttons: element('feedback_buttons', {
    required: { positive_button: feedback, negative_button: feedback },
    optional: { action_id: ID },
  }),
  icon_button: element('icon_button', {
    required: { icon: string(1, 255), text: plainText(75) },
    optional: {
      action_id: ID,
      confirm,
      accessibility_label: string(1, 75),
      value: string(0, 2000),
      visible_to_user_ids: ids,
    },
  }),
};

const SELECTS = [
  'static_select',
  'external_select',
  'users_select',
  'conversations_select',
  'channels_select',
];
const MULTI_SELECTS = SELECTS.map((name) => `multi_${name}`);
const CHOICES = ['checkboxes', 'radio_buttons', 'datepicker', 'timepicker', ...SELECTS, ...MULTI_SELECTS];

/** Which elements a place takes. */
export const PLACES = {
  accessory: ['button', 'workflow_button', 'image', 'overflow', ...CHOICES],
  actions: ['button', 'workflow_button', 'overflow', 'datetimepicker', 'rich_text_input', ...CHOICES],
  input: [
    'plain_text_input',
    'number_input',
    'email_text_input',
    'url_text_input',
    'rich_text_input',
    'file_input',
    'datetimepicker',
    ...CHOICES,
  ],
  contextActions: ['feedback_buttons', 'icon_button'],
} as const satisfies Record<string, readonly string[]>;

/** Two elements of one actions block must not share an action_id. */
export function uniqueActionIds(found: unknown, at: string, report: Report): void {
  const seen = new Set<unknown>();
  for (const one of Array.isArray(found) ? found.filter(isObject) : []) {
    const id = one.action_id;
    if (id !== undefined && seen.has(id)) report(at, `action_id ${String(id)} already exists in this block`);
    seen.add(id);
  }
}
