/**
 * Says what Slack would refuse in a payload. Written from the fact sheet with its own numbers and its own walk, so that
 * a wrong number in the builders' table does not hide behind itself.
 */
type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const INVISIBLE = /^[\s\u200b-\u200f\u2060\ufeff]*$/;

/** Longest text of a text object by where it stands; the rest is 3,000. */
const TEXT_MAX: Record<string, number> = {
  'section.text': 3000,
  'context.elements': 3000,
  'header.text': 150,
  'button.text': 75,
  'option.text': 75,
  'option.description': 75,
  'confirm.title': 100,
  'confirm.text': 300,
  'confirm.confirm': 30,
  'confirm.deny': 30,
  'input.label': 2000,
  'input.hint': 2000,
  'modal.title': 24,
  'modal.submit': 24,
  'modal.close': 24,
};
const STRING_MAX: Record<string, number> = {
  block_id: 255,
  action_id: 255,
  callback_id: 255,
  private_metadata: 3000,
  accessibility_label: 75,
  url: 3000,
  initial_value: 3000,
};
const COUNT: Record<string, [number, number]> = {
  'context.elements': [1, 10],
  'actions.elements': [1, 25],
  'overflow.options': [1, 5],
  'static_select.options': [1, 100],
  'radio_buttons.options': [1, 10],
  'checkboxes.options': [1, 10],
  'modal.blocks': [1, 100],
  'home.blocks': [1, 100],
  'message.blocks': [1, 50],
};

/** All refusals, as "path: why"; empty when Slack would take it. */
export function refusals(payload: object): string[] {
  const found: string[] = [];
  const root: Json = 'type' in payload ? { ...payload } : { ...payload, type: 'message' };
  walk(root, 'message', 'payload', found);
  if (root.type === 'message') {
    const text = String(root.text ?? '');
    if (INVISIBLE.test(text)) found.push('payload.text: empty');
    if (text.length > 3000) found.push(`payload.text: ${text.length}`);
    if (JSON.stringify(root.blocks).length > 13_000) found.push('payload: msg_blocks_too_long');
  } else if (Buffer.byteLength(JSON.stringify(root)) > 250_000) found.push('payload: view_too_large');
  const ids = list(root.blocks)
    .map((block) => (isObject(block) ? block.block_id : undefined))
    .filter(Boolean);
  if (new Set(ids).size !== ids.length) found.push('payload: block_id twice');
  if (
    root.type === 'modal' &&
    list(root.blocks).some((b) => isObject(b) && b.type === 'input') &&
    !root.submit
  ) {
    found.push('payload: submit is missing');
  }
  return found;
}

function walk(node: Json, role: string, path: string, found: string[]): void {
  const type = typeof node.type === 'string' ? node.type : role;
  for (const [key, value] of Object.entries(node)) {
    const at = `${path}.${key}`;
    const place = `${type}.${key}`;
    if (value === undefined) found.push(`${at}: undefined`);
    if (typeof value === 'string') checkString(node, key, value, at, found);
    const count = COUNT[place];
    if (count && (list(value).length < count[0] || list(value).length > count[1]))
      found.push(`${at}: ${list(value).length}`);
    for (const [i, child] of (Array.isArray(value) ? value : [value]).entries()) {
      if (!isObject(child)) continue;
      if (child.type === 'plain_text' || child.type === 'mrkdwn')
        checkText(child, place, `${at}[${i}]`, found);
      else walk(child, childRole(key), `${at}[${i}]`, found);
    }
  }
}

function childRole(key: string): string {
  if (key === 'options' || key.startsWith('initial_option')) return 'option';
  return key;
}

function checkText(text: Json, place: string, at: string, found: string[]): void {
  const value = String(text.text);
  const max = place.endsWith('.placeholder') ? 150 : (TEXT_MAX[place] ?? 3000);
  if (value.length > max) found.push(`${at}: ${value.length} > ${max}`);
  if (INVISIBLE.test(value)) found.push(`${at}: empty`);
  if (/\p{Surrogate}/u.test(value)) found.push(`${at}: half a character`);
  if (text.type === 'mrkdwn') checkMrkdwn(text, value, at, found);
}

function checkMrkdwn(text: Json, value: string, at: string, found: string[]): void {
  if (text.verbatim !== true) found.push(`${at}: not verbatim`);
  const outside = value.replace(/<[^<>]*>/g, '').replace(/^>+/gm, '');
  if (/[<>]/.test(outside)) found.push(`${at}: cut or unescaped <>`);
  if (/&(?!(?:amp|lt|gt);)/.test(outside)) found.push(`${at}: cut or unescaped &`);
}

function checkString(node: Json, key: string, value: string, at: string, found: string[]): void {
  const max = key === 'value' ? (node.type === 'button' ? 2000 : 150) : STRING_MAX[key];
  if (max !== undefined && (value.length > max || value.length === 0)) found.push(`${at}: ${value.length}`);
  if (/\p{Surrogate}/u.test(value)) found.push(`${at}: half a character`);
  if (key === 'initial_value' && value.length > Number(node.max_length ?? 3000))
    found.push(`${at}: longer than max_length`);
}
