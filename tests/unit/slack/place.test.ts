import { describe, expect, it } from 'vitest';
import { parsePress, parseShortcut, parseSubmit } from '../../../src/slack/interactions.js';
import { placeOf, readPlace } from '../../../src/slack/place.js';

const press = (message: Record<string, unknown> | undefined, more: Record<string, unknown> = {}) =>
  parsePress({
    user: { id: 'U1' },
    trigger_id: 't1',
    channel: { id: 'C1' },
    message,
    actions: [{ action_id: 'a', action_ts: '1.0' }],
    ...more,
  });

describe('where an answer is shown', () => {
  it('is the thread in which something was pressed', () =>
    expect(placeOf(press({ ts: '2.000100', thread_ts: '1.000100' }))).toBe('C1:1.000100'));

  it('is the channel for the root of a thread: there the press was seen', () =>
    expect(placeOf(press({ ts: '1.000100', thread_ts: '1.000100' }))).toBe('C1'));

  it('is the thread of a private message that was pressed on', () => {
    const container = { message_ts: '5.000100', channel_id: 'C7', thread_ts: '4.000100' };
    expect(placeOf(press(undefined, { channel: undefined, container }))).toBe('C7:4.000100');
  });

  it('is the thread of the message of a shortcut, its channel for what stands there', () => {
    const on = (message: Record<string, unknown>) =>
      placeOf(
        parseShortcut({
          user: { id: 'U1' },
          callback_id: 'x',
          trigger_id: 't',
          channel: { id: 'C1' },
          message: { user: 'U2', text: '', ...message },
        }),
      );
    expect(on({ ts: '2.000100', thread_ts: '1.000100' })).toBe('C1:1.000100');
    expect(on({ ts: '1.000100', thread_ts: '1.000100' })).toBe('C1');
    expect(on({ ts: '1.000100' })).toBe('C1');
  });

  it('is nowhere for what has no channel', () => {
    expect(placeOf(parseShortcut({ user: { id: 'U1' }, callback_id: 'x', trigger_id: 't' }))).toBeNull();
    const view = { id: 'V1', callback_id: 'x', state: { values: {} } };
    expect(placeOf(parseSubmit({ user: { id: 'U1' }, view }))).toBeNull();
  });

  it('is read back from what a form remembers', () => {
    expect(readPlace('C1:1.000100')).toEqual({ channel: 'C1', threadTs: '1.000100' });
    expect(readPlace('C1')).toEqual({ channel: 'C1', threadTs: null });
    expect(readPlace(null)).toEqual({ channel: null, threadTs: null });
  });
});

describe('a form that was sent', () => {
  const input = (id: string, element: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
    type: 'input',
    block_id: id,
    element: { action_id: id, ...element },
    ...more,
  });
  const values = (blocks: unknown[], sent: Record<string, Record<string, unknown>>) =>
    parseSubmit({ user: { id: 'U1' }, view: { id: 'V1', callback_id: 'x', blocks, state: { values: sent } } })
      .values;

  it('gives a required field that nobody touched as it was shown, where Slack sends it empty', () => {
    const blocks = [
      input('title', { initial_value: 'Slow search' }),
      input('by', { initial_date: '2026-11-20' }),
      input('kind', { initial_option: { value: 'problem' } }),
    ];
    expect(values(blocks, { title: { title: { value: null } }, by: { by: {} }, kind: { kind: {} } })).toEqual(
      {
        title: 'Slow search',
        by: '2026-11-20',
        kind: 'problem',
      },
    );
  });

  it('keeps what was typed, also white space, and an optional field that was emptied is empty', () => {
    const blocks = [
      input('title', { initial_value: 'Slow search' }),
      input('detail', { initial_value: 'x' }, { optional: true }),
    ];
    const sent = { title: { title: { value: ' ' } }, detail: { detail: { value: null } } };
    expect(values(blocks, sent)).toEqual({ title: ' ', detail: null });
  });

  it('is read without its blocks, and with blocks of other shapes', () => {
    const sent = { title: { title: { value: 'x' } } };
    expect(values([{ type: 'divider' }, null, 7, { type: 'input' }], sent)).toEqual({ title: 'x' });
  });
});
