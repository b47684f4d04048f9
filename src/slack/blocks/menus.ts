import type {
  Checkboxes,
  ConversationsSelect,
  ExternalSelect,
  MultiStaticSelect,
  MultiUsersSelect,
  PlainTextOption,
  RadioButtons,
  StaticSelect,
  UsersSelect,
} from '@slack/types';
import { atMost, LIMITS, own } from './limits.js';
import { fitOptions, type OptionItem, option } from './options.js';
import { plain } from './text.js';

interface MenuSpec {
  id: string;
  placeholder?: string | undefined;
}

/**
 * A menu of at most 100 choices; undefined when there is none (`input` then says so). Of a longer list the first 100
 * are kept and the placeholder says "(100 of 650)"; a list that can grow that long belongs in {@link externalSelect}.
 * @param spec.initial value of the chosen option; ignored when no option has it
 * @throws BlockMisuse on too long an id or option value
 */
export function staticSelect(
  spec: MenuSpec & { options: readonly OptionItem[]; initial?: string | undefined },
): StaticSelect | undefined {
  const { items, dropped } = fitOptions(spec.options, LIMITS.selectOptions, spec.initial);
  if (items.length === 0) return undefined;
  const note = dropped === 0 ? '' : ` (${items.length} of ${spec.options.length})`;
  const words = spec.placeholder ?? (dropped === 0 ? undefined : 'Choose');
  const options = items.map(option);
  const initial = options.find((made) => made.value === spec.initial);
  return {
    type: 'static_select',
    action_id: own('action_id', spec.id, LIMITS.id),
    ...(words !== undefined && { placeholder: noted(words, note) }),
    options,
    ...(initial && { initial_option: initial }),
  };
}

/** {@link staticSelect} for several choices at once. */
export function multiStaticSelect(
  spec: MenuSpec & { options: readonly OptionItem[] },
): MultiStaticSelect | undefined {
  const one = staticSelect(spec);
  if (one?.options === undefined) return undefined;
  const { action_id, placeholder, options } = one;
  return {
    type: 'multi_static_select',
    ...(action_id !== undefined && { action_id }),
    ...(placeholder && { placeholder }),
    options,
  };
}

/** A menu whose choices are asked from us while typing; `minQuery` is the number of letters before the first asking. */
export function externalSelect(
  spec: MenuSpec & { minQuery?: number; initial?: OptionItem | undefined },
): ExternalSelect {
  return {
    type: 'external_select',
    ...menu(spec),
    min_query_length: spec.minQuery ?? 0,
    ...(spec.initial && { initial_option: option(spec.initial) }),
  };
}

/** A menu of the workspace's people, external ones among them: what comes back is checked. */
export function usersSelect(spec: MenuSpec & { initial?: string | undefined }): UsersSelect {
  return { type: 'users_select', ...menu(spec), ...(spec.initial && { initial_user: spec.initial }) };
}

/** {@link usersSelect} for several people. */
export function multiUsersSelect(spec: MenuSpec & { initial?: readonly string[] }): MultiUsersSelect {
  return {
    type: 'multi_users_select',
    ...menu(spec),
    ...(spec.initial?.length && { initial_users: [...spec.initial] }),
  };
}

/** A menu of the channels that the person who opens it can see; `include` names the kinds, by default both. */
export function channelSelect(
  spec: MenuSpec & { initial?: string | undefined; include?: readonly ('public' | 'private')[] },
): ConversationsSelect {
  const [first = 'public', ...rest] = spec.include ?? ['public', 'private'];
  return {
    type: 'conversations_select',
    ...menu(spec),
    filter: { include: [first, ...rest], exclude_bot_users: true },
    ...(spec.initial && { initial_conversation: spec.initial }),
  };
}

/**
 * One choice of at most ten, all in view; undefined when there is none.
 * @throws BlockMisuse with more than ten: use a menu
 */
export function radio(spec: {
  id: string;
  options: readonly OptionItem[];
  initial?: string | undefined;
}): RadioButtons | undefined {
  const options = choices('radio options', spec.options);
  if (options.length === 0) return undefined;
  const initial = options.find((made) => made.value === spec.initial);
  return {
    type: 'radio_buttons',
    action_id: own('action_id', spec.id, LIMITS.id),
    options,
    ...(initial && { initial_option: initial }),
  };
}

/**
 * Any of at most ten choices; undefined when there is none. A list that can be longer goes through `fitOptions` first.
 * @throws BlockMisuse with more than ten
 */
export function checkboxes(spec: {
  id: string;
  options: readonly OptionItem[];
  initial?: readonly string[];
}): Checkboxes | undefined {
  const options = choices('checkboxes', spec.options);
  if (options.length === 0) return undefined;
  const initial = options.filter((made) => spec.initial?.includes(made.value ?? ''));
  return {
    type: 'checkboxes',
    action_id: own('action_id', spec.id, LIMITS.id),
    options,
    ...(initial.length > 0 && { initial_options: initial }),
  };
}

function choices(what: string, items: readonly OptionItem[]): PlainTextOption[] {
  atMost(what, items.length, LIMITS.choiceOptions);
  return items.map(option);
}

function menu(spec: MenuSpec) {
  return {
    action_id: own('action_id', spec.id, LIMITS.id),
    ...(spec.placeholder !== undefined && { placeholder: plain(spec.placeholder, LIMITS.placeholder) }),
  };
}

function noted(words: string, note: string) {
  const placeholder = plain(words, LIMITS.placeholder - note.length);
  return { ...placeholder, text: placeholder.text + note };
}
