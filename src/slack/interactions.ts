import { z } from 'zod';
import { shownAtFirst } from './untouched.js';

/** Presses, commands, shortcuts and submitted modals, parsed to what Baton uses. */

export interface Command {
  kind: 'command';
  key: string;
  userId: string;
  teamId: string | null;
  channel: string;
  command: string;
  text: string;
  triggerId: string;
}

export interface Press {
  kind: 'press';
  key: string;
  userId: string;
  teamId: string | null;
  actionId: string;
  /** What was pressed or chosen: an id made by us. It comes back from the client: check it again. */
  value: string;
  channel: string | null;
  messageTs: string | null;
  threadTs: string | null;
  viewId: string | null;
  /** True in an open modal: a form that is opened by it takes its place. */
  isModal?: boolean;
  /** True in the Home tab: what is answered is shown there. */
  isHome?: boolean;
  triggerId: string;
}

export interface Shortcut {
  kind: 'shortcut';
  key: string;
  userId: string;
  teamId: string | null;
  callbackId: string;
  channel: string | null;
  message: { ts: string; threadTs: string | null; user: string | null; text: string } | null;
  triggerId: string;
}

export interface Submit {
  kind: 'submit';
  key: string;
  userId: string;
  teamId: string | null;
  callbackId: string;
  metadata: string;
  /** By block id: text, chosen value (ticked ones and several people with commas), channel, date, time or user; null for what is empty. */
  values: Record<string, string | null>;
  triggerId: string;
}

export type Interaction = Command | Press | Shortcut | Submit;

const CommandBody = z.object({
  user_id: z.string(),
  team_id: z.string().nullish(),
  channel_id: z.string(),
  command: z.string(),
  text: z.string().nullish(),
  trigger_id: z.string(),
});

export function parseCommand(body: unknown): Command {
  const b = CommandBody.parse(body);
  return {
    kind: 'command',
    key: `command:${b.trigger_id}`,
    userId: b.user_id,
    teamId: b.team_id ?? null,
    channel: b.channel_id,
    command: b.command,
    text: decode(b.text ?? '').trim(),
    triggerId: b.trigger_id,
  };
}

const User = z.object({ id: z.string(), team_id: z.string().nullish() });
const Option = z.object({ value: z.string() }).nullish();

const PressBody = z.object({
  user: User,
  trigger_id: z.string().nullish(),
  channel: z.object({ id: z.string() }).nullish(),
  container: z
    .object({
      message_ts: z.string().nullish(),
      thread_ts: z.string().nullish(),
      channel_id: z.string().nullish(),
    })
    .nullish(),
  message: z.object({ ts: z.string(), thread_ts: z.string().nullish() }).nullish(),
  view: z.object({ id: z.string(), type: z.string().nullish() }).nullish(),
  actions: z
    .array(
      z.object({
        action_id: z.string(),
        action_ts: z.string().nullish(),
        value: z.string().nullish(),
        selected_option: Option,
        selected_user: z.string().nullish(),
        selected_date: z.string().nullish(),
      }),
    )
    .min(1),
});

export function parsePress(body: unknown): Press {
  const b = PressBody.parse(body);
  const action = b.actions[0] as (typeof b.actions)[number];
  const channel = b.channel?.id ?? b.container?.channel_id ?? null;
  const messageTs = b.message?.ts ?? b.container?.message_ts ?? null;
  return {
    kind: 'press',
    key: `press:${channel ?? b.view?.id ?? ''}:${messageTs ?? ''}:${action.action_id}:${b.user.id}:${action.action_ts ?? b.trigger_id ?? ''}`,
    userId: b.user.id,
    teamId: b.user.team_id ?? null,
    actionId: action.action_id,
    value:
      action.selected_option?.value ?? action.selected_user ?? action.selected_date ?? action.value ?? '',
    channel,
    messageTs,
    threadTs: b.message?.thread_ts ?? b.container?.thread_ts ?? null,
    viewId: b.view?.id ?? null,
    isModal: b.view?.type === 'modal',
    isHome: b.view?.type === 'home' || (!b.view && channel === null && messageTs === null),
    triggerId: b.trigger_id ?? '',
  };
}

const ShortcutBody = z.object({
  user: User,
  callback_id: z.string(),
  trigger_id: z.string(),
  channel: z.object({ id: z.string() }).nullish(),
  message: z
    .object({
      ts: z.string(),
      thread_ts: z.string().nullish(),
      user: z.string().nullish(),
      text: z.string().nullish(),
    })
    .nullish(),
});

export function parseShortcut(body: unknown): Shortcut {
  const b = ShortcutBody.parse(body);
  return {
    kind: 'shortcut',
    key: `shortcut:${b.trigger_id}`,
    userId: b.user.id,
    teamId: b.user.team_id ?? null,
    callbackId: b.callback_id,
    channel: b.channel?.id ?? null,
    message: b.message
      ? {
          ts: b.message.ts,
          threadTs: b.message.thread_ts ?? null,
          user: b.message.user ?? null,
          text: b.message.text ?? '',
        }
      : null,
    triggerId: b.trigger_id,
  };
}

const StateValue = z
  .object({
    value: z.string().nullish(),
    selected_option: Option,
    selected_options: z.array(z.object({ value: z.string() })).nullish(),
    selected_user: z.string().nullish(),
    selected_users: z.array(z.string()).nullish(),
    selected_conversation: z.string().nullish(),
    selected_date: z.string().nullish(),
    selected_time: z.string().nullish(),
  })
  .loose();

const SubmitBody = z.object({
  user: User,
  trigger_id: z.string().nullish(),
  view: z.object({
    id: z.string(),
    hash: z.string().nullish(),
    callback_id: z.string(),
    private_metadata: z.string().nullish(),
    blocks: z.array(z.unknown()).nullish(),
    state: z.object({ values: z.record(z.string(), z.record(z.string(), StateValue)) }),
  }),
});

export function parseSubmit(body: unknown): Submit {
  const { user, view, trigger_id } = SubmitBody.parse(body);
  const values: Record<string, string | null> = {};
  const shown = shownAtFirst(view.blocks ?? []);
  for (const [blockId, byAction] of Object.entries(view.state.values)) {
    const state = Object.values(byAction)[0];
    values[blockId] =
      state?.selected_option?.value ??
      ticked(state?.selected_options) ??
      state?.selected_user ??
      joined(state?.selected_users) ??
      state?.selected_conversation ??
      state?.selected_date ??
      state?.selected_time ??
      state?.value ??
      shown[blockId] ??
      null;
  }
  return {
    kind: 'submit',
    // A form that took the place of another has its view id, and on some Slacks no hash.
    key: `submit:${view.id}:${view.hash ?? ''}:${view.callback_id}`,
    userId: user.id,
    teamId: user.team_id ?? null,
    callbackId: view.callback_id,
    metadata: view.private_metadata ?? '',
    values,
    triggerId: trigger_id ?? '',
  };
}

function joined(ids: readonly string[] | null | undefined): string | null {
  return ids && ids.length > 0 ? ids.join(',') : null;
}

function ticked(options: readonly { value: string }[] | null | undefined): string | null {
  return options && options.length > 0 ? options.map((option) => option.value).join(',') : null;
}

/** Slack escapes three characters in what people type. */
function decode(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
