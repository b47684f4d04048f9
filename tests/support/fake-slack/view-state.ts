/** `state.values`: which elements have state, how it starts, and what an entry looks like. */
import type { Block, FieldValue, JsonObject, StateEntry, StateValues } from './types.js';

/** An element of a block, with the block it sits in. */
export interface Placed {
  block: Block;
  element: JsonObject & { type: string; action_id: string };
}

/** Per element type: the field of its state entry, and of its initial value. */
const FIELDS: Record<string, { field: string; initial: string; many?: true; options?: true }> = {
  plain_text_input: { field: 'value', initial: 'initial_value' },
  number_input: { field: 'value', initial: 'initial_value' },
  email_text_input: { field: 'value', initial: 'initial_value' },
  url_text_input: { field: 'value', initial: 'initial_value' },
  rich_text_input: { field: 'rich_text_value', initial: 'initial_value' },
  static_select: { field: 'selected_option', initial: 'initial_option', options: true },
  external_select: { field: 'selected_option', initial: 'initial_option', options: true },
  radio_buttons: { field: 'selected_option', initial: 'initial_option', options: true },
  overflow: { field: 'selected_option', initial: '', options: true },
  multi_static_select: { field: 'selected_options', initial: 'initial_options', many: true, options: true },
  multi_external_select: { field: 'selected_options', initial: 'initial_options', many: true, options: true },
  checkboxes: { field: 'selected_options', initial: 'initial_options', many: true, options: true },
  users_select: { field: 'selected_user', initial: 'initial_user' },
  conversations_select: { field: 'selected_conversation', initial: 'initial_conversation' },
  channels_select: { field: 'selected_channel', initial: 'initial_channel' },
  multi_users_select: { field: 'selected_users', initial: 'initial_users', many: true },
  multi_conversations_select: {
    field: 'selected_conversations',
    initial: 'initial_conversations',
    many: true,
  },
  multi_channels_select: { field: 'selected_channels', initial: 'initial_channels', many: true },
  datepicker: { field: 'selected_date', initial: 'initial_date' },
  timepicker: { field: 'selected_time', initial: 'initial_time' },
  datetimepicker: { field: 'selected_date_time', initial: 'initial_date_time' },
  file_input: { field: 'files', initial: '', many: true },
};

/** Every interactive element of these blocks, in order. */
export function placedElements(blocks: Block[]): Placed[] {
  return blocks.flatMap((block) => {
    const listed =
      block.type === 'actions' || block.type === 'context_actions' ? (block.elements as JsonObject[]) : [];
    const single = [block.accessory, block.element].filter((one) => typeof one === 'object' && one !== null);
    return [...listed, ...single]
      .filter(
        (element): element is Placed['element'] => typeof (element as JsonObject).action_id === 'string',
      )
      .map((element) => ({ block, element }));
  });
}

/** The state of a view: what was entered, else what the elements start with. Buttons and menus have none. */
export function currentValues(blocks: Block[], entered: StateValues): StateValues {
  const values: StateValues = {};
  for (const { block, element } of placedElements(blocks)) {
    const field = FIELDS[element.type];
    if (!field || element.type === 'overflow') continue;
    const blockId = block.block_id ?? '';
    const entry = entered[blockId]?.[element.action_id] ?? entryOf(element, element[field.initial]);
    values[blockId] = { ...values[blockId], [element.action_id]: entry };
  }
  return values;
}

/** The entry an element sends for what a person put into it. Throws when the element cannot hold it. */
export function enteredEntry(
  element: Placed['element'],
  given: FieldValue,
  offered?: JsonObject[],
): StateEntry {
  const field = FIELDS[element.type];
  if (!field) throw new Error(`fake Slack: nothing can be entered into a ${element.type}`);
  const plain = plainValue(given);
  if (plain === null || plain === '') return entryOf(element, undefined);
  if (isOption(plain)) return entryOf(element, field.many ? [plain] : plain);
  if (!field.options) return entryOf(element, field.many ? [plain].flat() : single(plain, element));
  const options = offered ?? optionsOf(element);
  if (field.many)
    return entryOf(
      element,
      [plain].flat().map((one) => pickOption(options, String(one), element)),
    );
  return entryOf(element, pickOption(options, String(single(plain, element)), element));
}

/** Whether a required input would still be empty. */
export function isBlank(entry: StateEntry | undefined): boolean {
  if (!entry) return true;
  const field = FIELDS[entry.type];
  const value = field ? entry[field.field] : undefined;
  return (
    value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

export function optionsOf(element: JsonObject): JsonObject[] {
  const groups = (element.option_groups as { options: JsonObject[] }[] | undefined) ?? [];
  return [
    ...((element.options as JsonObject[] | undefined) ?? []),
    ...groups.flatMap((group) => group.options),
  ];
}

function entryOf(element: JsonObject & { type: string }, value: unknown): StateEntry {
  const field = FIELDS[element.type];
  if (!field) return { type: element.type };
  const empty = field.many ? [] : null;
  return { type: element.type, [field.field]: normalised(element.type, value) ?? empty };
}

function normalised(type: string, value: unknown): unknown {
  if (value === undefined || value === null) return undefined;
  if (type === 'datetimepicker') return Number(value);
  return typeof value === 'number' ? String(value) : structuredClone(value);
}

function plainValue(given: FieldValue): string | number | string[] | JsonObject | null {
  if (given === null || typeof given !== 'object' || Array.isArray(given)) return given;
  if ('selected' in given) return given.selected;
  if ('value' in given) return given.value;
  return given.option;
}

function isOption(value: string | number | string[] | JsonObject): value is JsonObject {
  return typeof value === 'object' && !Array.isArray(value);
}

function single(value: string | number | string[] | JsonObject, element: JsonObject): unknown {
  if (Array.isArray(value))
    throw new Error(
      `fake Slack: ${String(element.type)} ${String(element.action_id)} takes one value, not a list`,
    );
  return value;
}

function pickOption(options: JsonObject[], wanted: string, element: JsonObject): JsonObject {
  const found =
    options.find((option) => option.value === wanted) ?? options.find((option) => textOf(option) === wanted);
  if (found) return structuredClone(found);
  const known = options.map((option) => `${String(option.value)} (${textOf(option)})`).join(', ');
  throw new Error(
    `fake Slack: ${String(element.action_id)} has no option "${wanted}"; it has: ${known || 'none'}`,
  );
}

function textOf(option: JsonObject): string {
  return String((option.text as JsonObject | undefined)?.text ?? '');
}
