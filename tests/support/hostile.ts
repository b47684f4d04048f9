import { expect } from 'vitest';
import { Md } from '../../src/slack/blocks/md.js';
import { checkMessageBlocks, checkView } from './fake-slack/index.js';

/** What people can type, and what must stay words wherever it is shown. */
export const HOSTILE: readonly string[] = [
  '<!channel>',
  '<@U1>',
  '<http://x|y>',
  '<!subteam^S1> <#C1> <mailto:a@b|c>',
  '&',
  '*_~`> & <!here> \u202e\u0000 \n\n- x',
  'x'.repeat(5_000),
  '&<>'.repeat(1_700),
  '👩‍👩‍👧‍👦😀'.repeat(600),
  '',
];

const CONTROL = /<(![a-z]|@U1>|#C1|http:\/\/x|mailto:)/;
const BARE_AMPERSAND = /&(?!(?:amp|lt|gt);)/;
const HALF_A_PAIR = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

interface Shown {
  text?: unknown;
  blocks?: unknown;
  type?: unknown;
}

/** Asserts that Slack would take it, and that nothing of what people typed does anything. */
export function expectInert(shown: unknown): void {
  const it = shown as Shown;
  if (shown instanceof Md) {
    expectInertText(shown.mrkdwn);
  } else if (it.type === 'modal' || it.type === 'home') {
    expect(checkView(it, it.type)).toEqual([]);
  } else if (it.blocks === undefined && it.type !== undefined) {
    const title = { type: 'plain_text', text: 't' };
    expect(checkView({ type: 'modal', title, submit: title, blocks: [it] }, 'modal')).toEqual([]);
  } else {
    expect(checkMessageBlocks(it.blocks)).toEqual([]);
    expect(typeof it.text).toBe('string');
    expectInertText(String(it.text));
    expect(String(it.text).length).toBeGreaterThan(0);
    expect(String(it.text).length).toBeLessThanOrEqual(3_000);
  }
  for (const piece of mrkdwnIn(it)) {
    expect(piece.verbatim).toBe(true);
    expectInertText(piece.text);
  }
  expect(JSON.stringify(it)).not.toMatch(/\\ud[89a-f]/i);
}

function expectInertText(text: string): void {
  expect(text).not.toMatch(CONTROL);
  expect(text).not.toMatch(BARE_AMPERSAND);
  expect(text).not.toMatch(HALF_A_PAIR);
}

/** Every piece that Slack would parse. */
function mrkdwnIn(value: unknown): { text: string; verbatim?: boolean }[] {
  if (Array.isArray(value)) return value.flatMap(mrkdwnIn);
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value).flatMap(mrkdwnIn);
  const { type, text } = value as Shown;
  return type === 'mrkdwn' && typeof text === 'string'
    ? [value as { text: string; verbatim?: boolean }, ...inside]
    : inside;
}
