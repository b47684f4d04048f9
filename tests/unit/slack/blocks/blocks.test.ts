import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  actions,
  bold,
  button,
  channelSelect,
  checkboxes,
  context,
  datePicker,
  divider,
  externalSelect,
  header,
  homeView,
  input,
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
