/** The blocks, and on which surface each may stand. */
import { elements, PLACES, uniqueActionIds } from './elements.js';
import { anyText, ID, imageSource, mrkdwn, plainText, richText, URL_3000 } from './objects.js';
import {
  anything,
  byType,
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

export type Surface = 'message' | 'modal' | 'home';

function block(type: string, shape: Shape): Check {
  return object({
    ...shape,
    required: { type: oneOf(type), ...shape.required },
    optional: { block_id: ID, ...shape.optional },
  });
}

const imageElement = byType(elements, ['image']);
const rawText = object({ required: { type: oneOf('raw_text'), text: string(0, 10_000) } });
const rawNumber = object({
  required: { type: oneOf('raw_number'), value: anything },
  optional: { text: string(0, 10_000) },
});
const cell = byType({ raw_text: rawText, raw_number: rawNumber, rich_text: richText });
const headerCell = byType({ raw_text: rawText, raw_number: rawNumber });

const section = block('section', {
  optional: {
    text: anyText(3000),
    fields: list(anyText(2000), 1, 10),
    accessory: byType(elements, PLACES.accessory),
    expand: flag,
  },
  also: (value, at, report) => {
    if (value.text === undefined && value.fields === undefined) report(at, 'must have text or fields');
  },
});

const actions = block('actions', {
  required: { elements: list(byType(elements, PLACES.actions), 1, 25) },
  also: (value, at, report) => uniqueActionIds(value.elements, at, report),
});

const context = block('context', {
  required: {
    elements: list(byType({ image: imageElement, plain_text: plainText(3000), mrkdwn: mrkdwn(3000) }), 1, 10),
  },
});

const input = block('input', {
  required: { label: plainText(2000), element: byType(elements, PLACES.input) },
  optional: { hint: plainText(2000), optional: flag, dispatch_action: flag },
});

const image = block('image', {
  required: { alt_text: string(1, 2000) },
  optional: { ...imageSource, title: plainText(2000) },
  also: exactlyOne('image_url', 'slack_file'),
});

const video = block('video', {
  required: {
    video_url: URL_3000,
    thumbnail_url: URL_3000,
    alt_text: string(1, 2000),
    title: plainText(199),
  },
  optional: {
    title_url: URL_3000,
    author_name: string(1, 49),
    provider_name: string(1, 255),
    provider_icon_url: URL_3000,
    description: plainText(200),
  },
});

const columnSetting = object({ optional: { align: oneOf('left', 'center', 'right'), is_wrapped: flag } });

const table = block('table', {
  required: { rows: list(list(cell, 1, 20), 1, 100) },
  optional: { column_settings: list(columnSetting, 0, 20) },
  also: (value, at, report) => {
    const size = JSON.stringify(
      (value.rows as Json[][]).flat().map((one) => one.text ?? one.elements),
    ).length;
    if (size > 10_000) report(at, 'all cells together must be less than 10001 characters');
  },
});

const dataTable = block('data_table', {
  required: { rows: list(list(cell, 1, 20), 2, 101), caption: string(1, 3000) },
  optional: { page_size: integer(1, 100), row_header_column_index: integer(0, 19) },
  also: (value, at, report) => {
    const rows = value.rows as Json[][];
    const [header] = rows;
    for (const [index, one] of (header ?? []).entries()) headerCell(one, `${at}/rows/0/${index}`, report);
    if (rows.some((row) => row.length !== header?.length))
      report(`${at}/rows`, 'all rows must have the same length');
  },
});

const card = block('card', {
  optional: {
    hero_image: imageElement,
    icon: imageElement,
    title: mrkdwn(150),
    subtitle: mrkdwn(150),
    body: mrkdwn(200),
    subtext: mrkdwn(200),
    actions: list(byType(elements, ['button']), 1, 3),
  },
});

const taskCard = block('task_card', {
  required: {
    task_id: string(1, 255),
    title: string(1, 3000),
    status: oneOf('pending', 'in_progress', 'complete', 'error'),
  },
  optional: { details: richText, output: richText, sources: list(anything, 0, 100) },
});

const classic: Record<string, Check> = {
  actions,
  context,
  divider: block('divider', {}),
  header: block('header', { required: { text: plainText(150) } }),
  image,
  input,
  rich_text: richText,
  section,
  table,
  video,
};

const container = block('container', {
  required: { child_blocks: list(byType(classic), 1, 10) },
  optional: {
    title: plainText(150),
    rich_text_title: richText,
    subtitle: anyText(150),
    width: oneOf('narrow', 'standard', 'wide', 'full'),
    icon: imageElement,
    is_collapsible: flag,
    default_collapsed: flag,
    has_header_divider: flag,
  },
});

const blocks: Record<string, Check> = {
  ...classic,
  alert: block('alert', {
    required: { text: anyText(200) },
    optional: { level: oneOf('default', 'info', 'warning', 'error', 'success') },
  }),
  card,
  carousel: block('carousel', { required: { elements: list(card, 1, 10) } }),
  container,
  context_actions: block('context_actions', {
    required: { elements: list(byType(elements, PLACES.contextActions), 1, 5) },
    also: (value, at, report) => uniqueActionIds(value.elements, at, report),
  }),
  data_table: dataTable,
  markdown: block('markdown', { required: { text: string(1, 12_000) } }),
  plan: block('plan', { required: { title: string(1, 3000) }, optional: { tasks: list(taskCard, 0, 100) } }),
  task_card: taskCard,
};

/** Blocks that stand on some surfaces only; the others stand everywhere. */
const ONLY_ON: Record<string, Surface[]> = {
  alert: ['modal'],
  markdown: ['message'],
  table: ['message'],
  data_table: ['message'],
  card: ['message'],
  carousel: ['message'],
  context_actions: ['message'],
  plan: ['message'],
  task_card: ['message'],
};

/** One block, on one surface. */
export function blockOn(surface: Surface): Check {
  const check = byType(blocks);
  return (value, at, report) => {
    const type = isObject(value) ? String(value.type) : '';
    if (ONLY_ON[type] && !ONLY_ON[type].includes(surface))
      report(`${at}/type`, `unsupported type: ${type} in a ${surface}`);
    check(value, at, report);
  };
}

/** Rules between the blocks of one payload. */
export function acrossBlocks(found: Json[], at: string, report: Report): void {
  const seen = new Set<unknown>();
  found.forEach((one, index) => {
    const id = one.block_id;
    if (id !== undefined && seen.has(id))
      report(`${at}/${index}/block_id`, `block_id ${String(id)} already exists`);
    seen.add(id);
  });
  const markdown = found
    .filter((one) => one.type === 'markdown')
    .reduce((sum, one) => sum + String(one.text).length, 0);
  if (markdown > 12_000) report(at, 'all markdown blocks together must be less than 12001 characters');
  const focused = (JSON.stringify(found).match(/"focus_on_load":true/g) ?? []).length;
  if (focused > 1) report(at, 'only one element may have focus_on_load');
}
