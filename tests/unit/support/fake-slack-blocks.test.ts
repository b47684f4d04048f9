import { describe, expect, it } from 'vitest';
import { checkMessageBlocks, checkView } from '../../support/fake-slack/index.js';

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const x = (n: number) => 'x'.repeat(n);
const times = <T>(n: number, make: (i: number) => T) => Array.from({ length: n }, (_, i) => make(i));
const option = (i: number, over: object = {}) => ({ text: plain(`o${i}`), value: `v${i}`, ...over });
const button = (i = 0, over: object = {}) => ({
  type: 'button',
  action_id: `b${i}`,
  text: plain('Go'),
  ...over,
});
const section = (over: object = {}) => ({ type: 'section', text: mrkdwn('hi'), ...over });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const select = (over: object = {}) => ({
  type: 'static_select',
  action_id: 's',
  options: [option(1)],
  ...over,
});
const input = (element: object, over: object = {}) => ({
  type: 'input',
  label: plain('L'),
  element,
  ...over,
});
const field = (over: object = {}) => ({ type: 'plain_text_input', action_id: 't', ...over });
const modal = (over: object = {}) => ({
  type: 'modal',
  title: plain('T'),
  submit: plain('S'),
  blocks: [section()],
  ...over,
});

/** [what, the largest that is fine, the smallest that is not] */
const MESSAGE_LIMITS: [string, object[], object[]][] = [
  ['50 blocks', times(50, () => ({ type: 'divider' })), times(51, () => ({ type: 'divider' }))],
  ['section text', [section({ text: mrkdwn(x(3000)) })], [section({ text: mrkdwn(x(3001)) })]],
  [
    'section fields',
    [section({ fields: times(10, () => mrkdwn(x(2000))) })],
    [section({ fields: times(11, () => mrkdwn('x')) })],
  ],
  ['field text', [section({ fields: [plain(x(2000))] })], [section({ fields: [plain(x(2001))] })]],
  ['header', [{ type: 'header', text: plain(x(150)) }], [{ type: 'header', text: plain(x(151)) }]],
  [
    'context elements',
    [{ type: 'context', elements: times(10, () => mrkdwn('x')) }],
    [{ type: 'context', elements: times(11, () => mrkdwn('x')) }],
  ],
  ['actions elements', [actions(...times(25, (i) => button(i)))], [actions(...times(26, (i) => button(i)))]],
  ['button text', [actions(button(0, { text: plain(x(75)) }))], [actions(button(0, { text: plain(x(76)) }))]],
  ['button value', [actions(button(0, { value: x(2000) }))], [actions(button(0, { value: x(2001) }))]],
  [
    'button url',
    [actions(button(0, { url: `https://${x(2992)}` }))],
    [actions(button(0, { url: `https://${x(2993)}` }))],
  ],
  ['action_id', [actions(button(0, { action_id: x(255) }))], [actions(button(0, { action_id: x(256) }))]],
  ['block_id', [section({ block_id: x(255) })], [section({ block_id: x(256) })]],
  [
    'options',
    [actions(select({ options: times(100, option) }))],
    [actions(select({ options: times(101, option) }))],
  ],
  [
    'option text',
    [actions(select({ options: [option(1, { text: plain(x(75)) })] }))],
    [actions(select({ options: [option(1, { text: plain(x(76)) })] }))],
  ],
  [
    'option value',
    [actions(select({ options: [option(1, { value: x(150) })] }))],
    [actions(select({ options: [option(1, { value: x(151) })] }))],
  ],
  [
    'placeholder',
    [actions(select({ placeholder: plain(x(150)) }))],
    [actions(select({ placeholder: plain(x(151)) }))],
  ],
  [
    'overflow options',
    [actions({ type: 'overflow', options: times(5, option) })],
    [actions({ type: 'overflow', options: times(6, option) })],
  ],
  [
    'radio options',
    [actions({ type: 'radio_buttons', options: times(10, option) })],
    [actions({ type: 'radio_buttons', options: times(11, option) })],
  ],
  [
    'image alt',
    [{ type: 'image', image_url: 'https://x.test/a.png', alt_text: x(2000) }],
    [{ type: 'image', image_url: 'https://x.test/a.png', alt_text: x(2001) }],
  ],
  [
    'markdown in all',
    [
      { type: 'markdown', text: x(6000) },
      { type: 'markdown', text: x(6000) },
    ],
    [
      { type: 'markdown', text: x(6000) },
      { type: 'markdown', text: x(6001) },
    ],
  ],
  [
    'confirm title',
    [
      actions(
        button(0, {
          confirm: { title: plain(x(100)), text: plain(x(300)), confirm: plain(x(30)), deny: plain(x(30)) },
        }),
      ),
    ],
    [actions(button(0, { confirm: { title: plain(x(101)), text: plain('x') } }))],
  ],
  [
    'table rows',
    [{ type: 'table', rows: times(100, () => [{ type: 'raw_text', text: 'x' }]) }],
    [{ type: 'table', rows: times(101, () => [{ type: 'raw_text', text: 'x' }]) }],
  ],
];

const WRONG: [string, object[]][] = [
  ['empty text', [section({ text: mrkdwn('') })]],
  ['neither text nor fields', [{ type: 'section' }]],
  ['no elements', [actions()]],
  ['no options', [actions(select({ options: [] }))]],
  ['options and groups', [actions(select({ option_groups: [{ label: plain('g'), options: [option(1)] }] }))]],
  ['no overflow options', [actions({ type: 'overflow', options: [] })]],
  ['unknown initial option', [actions(select({ initial_option: option(2) }))]],
  ['action_id twice in a block', [actions(button(1), button(1))]],
  ['block_id twice', [section({ block_id: 'a' }), section({ block_id: 'a' })]],
  ['text input in actions', [actions(field())]],
  ['button in input', [input(button())]],
  ['datetimepicker as accessory', [section({ accessory: { type: 'datetimepicker' } })]],
  ['mrkdwn header', [{ type: 'header', text: mrkdwn('x') }]],
  ['mrkdwn button', [actions(button(0, { text: mrkdwn('x') }))]],
  ['unknown field', [section({ colour: 'red' })]],
  ['unknown block', [{ type: 'marquee' }]],
  ['alert in a message', [{ type: 'alert', text: plain('x') }]],
  ['url that is none', [actions(button(0, { url: 'no url' }))]],
  [
    'two image sources',
    [{ type: 'image', alt_text: 'a', image_url: 'https://x.test', slack_file: { id: 'F1' } }],
  ],
  ['emoji on mrkdwn', [section({ text: { ...mrkdwn('x'), emoji: true } })]],
];

describe('blocks of a message', () => {
  it.each(MESSAGE_LIMITS)('%s: takes the limit, refuses one more', (_what, fine, tooMuch) => {
    expect(checkMessageBlocks(fine)).toEqual([]);
    expect(checkMessageBlocks(tooMuch)).not.toEqual([]);
  });

  it.each(WRONG)('refuses %s', (_what, blocks) => {
    expect(checkMessageBlocks(blocks)).not.toEqual([]);
  });

  it('names the place and the reason', () => {
    expect(checkMessageBlocks([section(), actions(button(0, { text: plain(x(76)) }))])).toEqual([
      '[ERROR] must be less than 76 characters [json-pointer:/blocks/1/elements/0/text/text]',
    ]);
  });
});

const VIEW_LIMITS: [string, object, object][] = [
  [
    '100 blocks',
    modal({ blocks: times(100, () => section()) }),
    modal({ blocks: times(101, () => section()) }),
  ],
  ['title', modal({ title: plain(x(24)) }), modal({ title: plain(x(25)) })],
  ['submit', modal({ submit: plain(x(24)) }), modal({ submit: plain(x(25)) })],
  ['close', modal({ close: plain(x(24)) }), modal({ close: plain(x(25)) })],
  ['private_metadata', modal({ private_metadata: x(3000) }), modal({ private_metadata: x(3001) })],
  ['callback_id', modal({ callback_id: x(255) }), modal({ callback_id: x(256) })],
  [
    'label',
    modal({ blocks: [input(field(), { label: plain(x(2000)) })] }),
    modal({ blocks: [input(field(), { label: plain(x(2001)) })] }),
  ],
  [
    'initial text',
    modal({ blocks: [input(field({ initial_value: x(3000) }))] }),
    modal({ blocks: [input(field({ initial_value: x(3001) }))] }),
  ],
  [
    'max_length',
    modal({ blocks: [input(field({ max_length: 3000 }))] }),
    modal({ blocks: [input(field({ max_length: 3001 }))] }),
  ],
  [
    'initial within max_length',
    modal({ blocks: [input(field({ max_length: 5, initial_value: x(5) }))] }),
    modal({ blocks: [input(field({ max_length: 5, initial_value: x(6) }))] }),
  ],
];

describe('views', () => {
  it.each(VIEW_LIMITS)('%s: takes the limit, refuses one more', (_what, fine, tooMuch) => {
    expect(checkView(fine, 'modal')).toEqual([]);
    expect(checkView(tooMuch, 'modal')).not.toEqual([]);
  });

  it('wants a submit where there are inputs', () => {
    expect(checkView(modal({ blocks: [input(field())], submit: undefined }), 'modal').join()).toContain(
      'submit is required',
    );
    expect(checkView({ type: 'home', blocks: [input(field())] }, 'home')).toEqual([]);
  });

  it('wants a title in a modal and none in a Home', () => {
    expect(checkView(modal({ title: undefined }), 'modal')).toHaveLength(1);
    expect(checkView({ type: 'home', title: plain('T'), blocks: [] }, 'home')).toHaveLength(1);
    expect(checkView(modal(), 'home')).not.toEqual([]);
  });
});
