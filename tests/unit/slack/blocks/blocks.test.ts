import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  actions,
  BlockMisuse,
  bold,
  button,
  channelSelect,
  checkboxes,
  confirm,
  context,
  datePicker,
  divider,
  externalSelect,
  fitOptions,
  header,
  homeView,
  input,
  LIMITS,
  lines,
  link,
  linkButton,
  md,
  mention,
  message,
  modal,
  multiline,
  multiUsersSelect,
  overflow,
  quote,
  radio,
  section,
  staticSelect,
  textInput,
  timePicker,
  usersSelect,
} from '../../../../src/slack/blocks/index.js';
import { anyText } from './any-text.js';
import { refusals } from './slack-checker.js';

const blocksOf = (text: string, other: string) => [
  header(text),
  section(md`${bold(text)} · ${other} ${link(other, text)}`, {
    accessory: overflow({
      id: 'x.more',
      options: [{ text, value: '1', url: other }, { text: other, value: '2' }, false],
    }),
  }),
  section(lines([quote(text), multiline(other), undefined])),
  context([md`${text}`, md`${other}`, mention(text)]),
  divider(),
  actions('x.actions', [
    button({
      id: 'x.go',
      text,
      value: '1',
      label: other,
      confirm: { title: text, text: other, confirm: text, deny: other },
    }),
    linkButton({ id: 'x.open', text, url: other }),
    staticSelect({ id: 'x.pick', placeholder: other, options: [{ text, value: 'a', description: other }] }),
    false,
  ]),
];

const fieldsOf = (text: string, other: string) => [
  input({
    blockId: 'title',
    label: text,
    hint: other,
    element: textInput({ id: 'v', initial: text, placeholder: other, max: 150 }),
  }),
  input({
    blockId: 'note',
    label: other,
    element: textInput({ id: 'v', multiline: true, initial: other }),
    optional: true,
  }),
  input({
    blockId: 'who',
    label: text,
    element: usersSelect({ id: 'v', placeholder: other, initial: 'U1' }),
  }),
  input({
    blockId: 'all',
    label: text,
    element: multiUsersSelect({ id: 'v', placeholder: other, initial: ['U1'] }),
  }),
  input({
    blockId: 'acc',
    label: text,
    element: externalSelect({ id: 'v', placeholder: other, initial: { text, value: '7' } }),
  }),
  input({
    blockId: 'room',
    label: text,
    element: channelSelect({ id: 'v', placeholder: other, initial: 'C1' }),
  }),
  input({
    blockId: 'day',
    label: text,
    element: datePicker({ id: 'v', placeholder: other, initial: '2026-02-28' }),
  }),
  input({
    blockId: 'time',
    label: text,
    element: timePicker({ id: 'v', placeholder: other, initial: '09:30' }),
  }),
  input({
    blockId: 'one',
    label: text,
    element: radio({ id: 'v', options: [{ text, value: 'a' }], initial: 'a' }),
  }),
  input({
    blockId: 'any',
    label: text,
    element: checkboxes({ id: 'v', options: [{ text, value: 'a' }], initial: ['a'] }),
  }),
  input({ blockId: 'none', label: text, element: staticSelect({ id: 'v', options: [] }) }),
];

describe('any human text', () => {
  test('C3, C5, C12: makes a message that Slack takes', () => {
    fc.assert(
      fc.property(anyText, anyText, (text, other) => {
        expect(refusals(message({ text, blocks: blocksOf(text, other) }))).toEqual([]);
        expect(refusals(message({ text: md`${other}`, blocks: [] }))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test('B4: makes a modal and a Home tab that Slack takes', () => {
    fc.assert(
      fc.property(anyText, anyText, (text, other) => {
        const view = modal({
          callbackId: 'x',
          title: text,
          submit: other,
          close: text,
          blocks: fieldsOf(text, other),
          privateMetadata: '7',
        });
        expect(refusals(view)).toEqual([]);
        expect(refusals(homeView(blocksOf(text, other)))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test.each([2999, 3000, 3001, 50_000])(
    'C3: %i characters, also where escaping makes five of one',
    (length) => {
      for (const unit of ['a', '&', '<', '🙂', '👩‍👩‍👧‍👦', '"', '\\', '漢']) {
        const text = unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
        expect(refusals(message({ text, blocks: blocksOf(text, text) }))).toEqual([]);
        expect(refusals(modal({ callbackId: 'x', title: text, blocks: fieldsOf(text, text) }))).toEqual([]);
      }
    },
  );

  test('a text just within the limit is not cut', () => {
    expect(section(md`${'a'.repeat(3000)}`).text?.text).toHaveLength(3000);
    expect(section(md`${'a'.repeat(3001)}`).text?.text.endsWith('aaa…')).toBe(true);
    expect(section(md`${'&'.repeat(600)}`).text?.text).toBe('&amp;'.repeat(600));
    expect(message({ text: 'a'.repeat(3000), blocks: [] }).text).toHaveLength(3000);
  });

  test('a cut closes the bold it cuts', () => {
    expect(section(bold('a'.repeat(4000))).text?.text).toMatch(/^\*a+…\*$/);
    expect(section(md`*x* \`${'b'.repeat(4000)}\``).text?.text).toMatch(/^\*x\* `b+…`$/);
  });

  test('a cut never opens a link', () => {
    const url = `https://acme.example/${'x'.repeat(900)}`;
    const text = section(lines(Array.from({ length: 9 }, () => link(url, 'here')))).text?.text ?? '';
    expect(text.replace(/<https[^<>]+\|here>/g, '')).toMatch(/^\n*…$/);
  });
});

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
