import { describe, expect, test } from 'vitest';
import {
  actions,
  BlockMisuse,
  button,
  checkboxes,
  confirm,
  context,
  datePicker,
  fitOptions,
  input,
  LIMITS,
  md,
  message,
  modal,
  overflow,
  section,
  staticSelect,
  textInput,
  timePicker,
} from '../../../../src/slack/blocks/index.js';
import { refusals } from './slack-checker.js';

describe('our own mistakes', () => {
  const long = 'v'.repeat(5000);
  test.each<[string, () => unknown]>([
    ['action_id', () => button({ id: long, text: 'x' })],
    ['button value', () => button({ id: 'x', text: 'x', value: long })],
    ['url', () => button({ id: 'x', text: 'x', url: 'javascript:1' })],
    ['option value', () => staticSelect({ id: 'x', options: [{ text: 'x', value: long }] })],
    [
      'overflow options',
      () =>
        overflow({ id: 'x', options: Array.from({ length: 6 }, (_, i) => ({ text: 'x', value: `${i}` })) }),
    ],
    [
      'checkboxes',
      () =>
        checkboxes({
          id: 'x',
          options: Array.from({ length: 11 }, (_, i) => ({ text: 'x', value: `${i}` })),
        }),
    ],
    ['private_metadata', () => modal({ callbackId: 'x', title: 'x', blocks: [], privateMetadata: long })],
    ['callback_id', () => modal({ callbackId: '', title: 'x', blocks: [] })],
    [
      'block_id',
      () =>
        message({ text: 'x', blocks: [section(md`a`, { blockId: 'b' }), section(md`b`, { blockId: 'b' })] }),
    ],
    ['action_id', () => actions('a', [button({ id: 'x', text: 'a' }), button({ id: 'x', text: 'b' })])],
    [
      'actions',
      () =>
        actions(
          'a',
          Array.from({ length: 26 }, (_, i) => button({ id: `x${i}`, text: 'a' })),
        ),
    ],
    ['text input', () => textInput({ id: 'x', max: 3001 })],
    ['date picker', () => datePicker({ id: 'x', initial: '2026-02-30' })],
    ['time picker', () => timePicker({ id: 'x', initial: '24:00' })],
    ['input block', () => modal({ callbackId: 'x', title: 'x', blocks: manyFields(101) })],
  ])('too long or too many: %s', (what, build) => {
    expect(build).toThrow(BlockMisuse);
    expect(build).toThrow(what);
  });

  const manyFields = (count: number) =>
    Array.from({ length: count }, (_, i) =>
      input({ blockId: `b${i}`, label: 'x', element: textInput({ id: 'v' }) }),
    );
});

describe('lists', () => {
  const people = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ text: `Person ${i} ${'x'.repeat(90)}`, value: `${i}` }));

  test.each([0, 1, 100, 101, 650])('B4: a menu of %i', (count) => {
    const element = staticSelect({ id: 'x', options: people(count), initial: '600', placeholder: 'Who' });
    expect(
      refusals(
        modal({ callbackId: 'x', title: 'x', blocks: [input({ blockId: 'b', label: 'Who', element })] }),
      ),
    ).toEqual([]);
    expect(element?.options?.length).toBe(count === 0 ? undefined : Math.min(count, 100));
    if (count > 100) expect(element?.placeholder?.text).toBe(`Who (100 of ${count})`);
    if (count === 650) expect(element?.initial_option?.value).toBe('600');
  });

  test('fitOptions says what it left out', () => {
    expect(fitOptions(people(12), LIMITS.choiceOptions)).toMatchObject({ dropped: 2 });
    expect(fitOptions(people(3))).toEqual({ items: people(3), dropped: 0 });
  });

  test('a menu without choices becomes a line, not a refusal', () => {
    const field = input({ blockId: 'b', label: 'Fix', element: staticSelect({ id: 'x', options: [] }) });
    expect(field).toMatchObject({
      type: 'section',
      block_id: 'b',
      text: { text: '*Fix*: nothing to choose from yet' },
    });
  });

  test('context beyond ten says how many are left', () => {
    const made = context(Array.from({ length: 25 }, (_, i) => md`${i}`));
    expect(made?.elements).toHaveLength(10);
    expect(made?.elements[9]).toMatchObject({ text: '… and 16 more' });
    expect(context([undefined, md``, false])).toBeUndefined();
  });

  test('what is conditional may be missing', () => {
    expect(actions('a', [false, undefined])).toBeUndefined();
    expect(overflow({ id: 'x', options: [false] })).toBeUndefined();
    expect(confirm({ title: '', text: '', confirm: '', deny: '' }).text.text).toBe('–');
    expect(modal({ callbackId: 'x', title: 'x', blocks: [false, undefined] }).blocks).toHaveLength(1);
  });
});
