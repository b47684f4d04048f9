import { describe, expect, it } from 'vitest';
import { parseCommand, parsePress, parseShortcut, parseSubmit } from '../../../src/slack/interactions.js';

const command = (more: Record<string, unknown> = {}) => ({
  user_id: 'U1',
  team_id: 'T1',
  channel_id: 'C1',
  command: '/issue',
  text: ' log Export &amp; &lt;import&gt; ',
  trigger_id: 't1',
  ...more,
});
const press = (action: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
  user: { id: 'U1', team_id: 'T1' },
  trigger_id: 't1',
  channel: { id: 'C1' },
  message: { ts: '1.000100', thread_ts: '0.000100' },
  actions: [{ action_id: 'issue.take', action_ts: '9.1', ...action }],
  ...more,
});

describe('what people do', () => {
  it('a command: its text decoded and trimmed, one key per trigger', () => {
    expect(parseCommand(command())).toMatchObject({
      text: 'log Export & <import>',
      key: 'command:t1',
      channel: 'C1',
    });
    expect(parseCommand(command({ text: undefined })).text).toBe('');
  });

  it('a press: where, by whom, on what, and one key per press', () => {
    const it1 = parsePress(press({ value: 'B-1' }));
    expect(it1).toMatchObject({ value: 'B-1', channel: 'C1', messageTs: '1.000100', threadTs: '0.000100' });
    expect(parsePress(press({ value: 'B-1' })).key).toBe(it1.key);
    expect(parsePress(press({ value: 'B-1', action_ts: '9.2' })).key).not.toBe(it1.key);
    expect(parsePress(press({ value: 'B-1' }, { user: { id: 'U2' } })).key).not.toBe(it1.key);
  });

  it.each([
    [{ selected_option: { value: 'escalate:42' } }, 'escalate:42'],
    [{ selected_user: 'U9' }, 'U9'],
    [{ selected_date: '2026-11-03' }, '2026-11-03'],
    [{}, ''],
  ])('a choice is its value: %j', (action, value) => {
    expect(parsePress(press(action)).value).toBe(value);
  });

  it('a press in an ephemeral message has no message, but its place', () => {
    const container = { message_ts: '5.000100', channel_id: 'C7', thread_ts: '4.000100' };
    const it1 = parsePress(press({}, { message: undefined, channel: undefined, container }));
    expect(it1).toMatchObject({ channel: 'C7', messageTs: '5.000100', threadTs: '4.000100' });
  });

  it('a shortcut, with and without a message', () => {
    const base = { user: { id: 'U1' }, callback_id: 'issue.log_message', trigger_id: 't1' };
    const message = { ts: '1.000100', user: 'U2', text: 'broken' };
    expect(parseShortcut({ ...base, channel: { id: 'C1' }, message })).toMatchObject({
      channel: 'C1',
      message: { ts: '1.000100', threadTs: null, text: 'broken' },
    });
    expect(parseShortcut(base)).toMatchObject({ channel: null, message: null });
  });

  it('a submitted form: a value per block, null for what is empty, one key per view and hash', () => {
    const values = {
      title: { title: { type: 'plain_text_input', value: 'Slow' } },
      account: { account: { type: 'static_select', selected_option: { value: '2' } } },
      detail: { detail: { type: 'plain_text_input', value: null } },
      who: { who: { type: 'users_select', selected_user: 'U9' } },
      when: { when: { type: 'datepicker', selected_date: '2026-11-03' } },
      nothing: {},
    };
    const view = {
      id: 'V1',
      hash: 'h1',
      callback_id: 'issue.log',
      private_metadata: '{}',
      state: { values },
    };
    expect(parseSubmit({ user: { id: 'U1' }, view })).toMatchObject({
      key: expect.stringContaining('V1:h1'),
      values: { title: 'Slow', account: '2', detail: null, who: 'U9', when: '2026-11-03', nothing: null },
    });
  });

  it.each([null, {}, { user: {} }, press({}, { actions: [] }), { ...press({}), user: undefined }])(
    'what is none of these is refused: %j',
    (raw) => {
      for (const parse of [parseCommand, parsePress, parseShortcut, parseSubmit])
        expect(() => parse(raw)).toThrow();
    },
  );
});
