/** Commands, clicks, shortcuts: what people do that reaches the app as an interactive payload. */
import type { Asked, Asking } from './asking.js';
import type { Core } from './core.js';
import { SlackError } from './errors.js';
import { applyResponse } from './response-urls.js';
import type {
  FakeChannel,
  FakeMessage,
  FakeUser,
  FieldValue,
  Interaction,
  JsonObject,
  PressOptions,
  StateEntry,
  StateValues,
  View,
} from './types.js';
import { currentValues, enteredEntry, type Placed, placedElements } from './view-state.js';

export class Interactions {
  /** What each person has picked in the inputs of each message. */
  readonly #picked = new Map<string, StateValues>();

  constructor(
    private readonly core: Core,
    private readonly asking: Asking,
  ) {}

  async command(userRef: string, channelRef: string, command: string, text: string): Promise<Interaction> {
    const user = this.#insider(userRef, 'run a slash command');
    const channel = this.core.world.channel(channelRef);
    const { interaction, ack } = await this.asking.send('slash_commands', { user, channel }, (common) => ({
      token: 'verification-token',
      team_id: user.teamId,
      team_domain: 'fake',
      channel_id: channel.id,
      channel_name:
        channel.type === 'im' ? 'directmessage' : channel.isPrivate ? 'privategroup' : channel.name,
      user_id: user.id,
      user_name: user.name,
      command,
      text,
      api_app_id: this.core.identity.appId,
      is_enterprise_install: 'false',
      response_url: common.responseUrl,
      trigger_id: common.triggerId,
    }));
    if (ack.acked && hasContent(ack.payload)) this.#showAck(interaction, user, channel, ack.payload);
    return interaction;
  }

  async press(
    userRef: string,
    channelRef: string,
    ts: string,
    actionId: string,
    opts: PressOptions = {},
  ): Promise<Interaction> {
    const { world } = this.core;
    const user = world.user(userRef);
    const channel = world.channel(channelRef);
    const message = this.messageOnScreen(channel, ts, opts.stale ?? false);
    const placed = this.#find(message, actionId, opts);
    const action = await this.#action(
      placed,
      opts,
      { user, channel, source: message },
      { message: this.#shown(message) },
    );
    const { interaction } = await this.asking.send(
      'interactive',
      { user, channel, source: message },
      (common) => ({
        ...this.asking.base('block_actions', user, common.triggerId),
        container: {
          type: 'message',
          message_ts: message.ts,
          channel_id: channel.id,
          is_ephemeral: message.ephemeralTo !== undefined,
          ...(message.thread_ts ? { thread_ts: message.thread_ts } : {}),
        },
        channel: { id: channel.id, name: channel.type === 'im' ? 'directmessage' : channel.name },
        // Slack does not hand ephemeral messages back.
        ...(message.ephemeralTo ? {} : { message: this.#shown(message) }),
        state: { values: this.#messageState(user, message, placed, action) },
        response_url: common.responseUrl,
        actions: [action],
      }),
    );
    return interaction;
  }

  async pressInView(
    userRef: string,
    view: View,
    actionId: string,
    opts: PressOptions = {},
  ): Promise<Interaction> {
    const user = this.core.world.user(userRef);
    const placed = placedElements(view.blocks).find(
      (one) => one.element.action_id === actionId && fits(one, opts),
    );
    if (!placed)
      throw new Error(
        `fake Slack: the ${view.type} of ${user.name} has no element "${actionId}"; it has: ${names(view.blocks)}`,
      );
    const action = await this.#action(placed, opts, { user }, { view });
    if (!['button', 'overflow'].includes(placed.element.type)) {
      this.core.views.enter(view, placed.block.block_id ?? '', actionId, entryIn(action));
    }
    const { interaction } = await this.asking.send('interactive', { user }, (common) => ({
      ...this.asking.base('block_actions', user, common.triggerId),
      container: { type: 'view', view_id: view.id },
      view: structuredClone(view),
      actions: [action],
    }));
    return interaction;
  }

  async messageShortcut(
    userRef: string,
    channelRef: string,
    ts: string,
    callbackId: string,
  ): Promise<Interaction> {
    const user = this.#insider(userRef, 'use a message shortcut');
    const channel = this.core.world.channel(channelRef);
    const message = this.messageOnScreen(channel, ts, false);
    const { interaction } = await this.asking.send('interactive', { user, channel }, (common) => ({
      ...this.asking.base('message_action', user, common.triggerId),
      callback_id: callbackId,
      message_ts: message.ts,
      action_ts: this.core.world.nextTs(),
      channel: { id: channel.id, name: channel.type === 'im' ? 'directmessage' : channel.name },
      message: this.#shown(message),
      response_url: common.responseUrl,
    }));
    return interaction;
  }

  async globalShortcut(userRef: string, callbackId: string): Promise<Interaction> {
    const user = this.#insider(userRef, 'use a global shortcut');
    const { interaction } = await this.asking.send('interactive', { user }, (common) => ({
      ...this.asking.base('shortcut', user, common.triggerId),
      callback_id: callbackId,
      action_ts: this.core.world.nextTs(),
    }));
    return interaction;
  }

  messageOnScreen(channel: FakeChannel, ts: string, stale: boolean): FakeMessage {
    const { world } = this.core;
    const live =
      world.findMessage(channel.id, ts) ??
      world.ephemerals.find((one) => one.ts === ts && one.channel === channel.id);
    const found = live ?? (stale ? world.findRemoved(channel.id, ts) : undefined);
    if (!found)
      throw new Error(
        `fake Slack: no message ${ts} in #${channel.name} (a deleted one can be pressed with {stale: true})`,
      );
    return found;
  }

  #find(message: FakeMessage, actionId: string, opts: PressOptions): Placed {
    const inAttachments = (message.attachments ?? []).flatMap(
      (one) => (one.blocks as FakeMessage['blocks']) ?? [],
    );
    const current = [...(message.blocks ?? []), ...inAttachments];
    const past = opts.stale ? this.core.world.pastBlocks(message.channel, message.ts).reverse().flat() : [];
    const placed = placedElements([...current, ...past]).find(
      (one) => one.element.action_id === actionId && fits(one, opts),
    );
    if (placed) return placed;
    throw new Error(
      `fake Slack: message ${message.ts} has no element "${actionId}"; it has: ${names(current)}`,
    );
  }

  async #action(placed: Placed, opts: PressOptions, asked: Asked, place: JsonObject): Promise<JsonObject> {
    const { block, element } = placed;
    const head = {
      type: element.type,
      action_id: element.action_id,
      block_id: block.block_id,
      action_ts: this.core.world.nextTs(),
    };
    if (element.type === 'button') {
      const value = opts.value ?? element.value;
      return {
        ...head,
        text: element.text,
        ...(value === undefined ? {} : { value }),
        ...(element.style ? { style: element.style } : {}),
      };
    }
    const given: FieldValue = opts.selected ?? opts.value ?? null;
    const external = element.type === 'external_select' || element.type === 'multi_external_select';
    const offered =
      external && given !== null
        ? await this.asking.suggest(asked.user, placed, String([given].flat()[0]), place)
        : undefined;
    const { type: _type, ...entry } = enteredEntry(element, given, offered);
    return { ...head, ...entry, ...(element.placeholder ? { placeholder: element.placeholder } : {}) };
  }

  #messageState(user: FakeUser, message: FakeMessage, placed: Placed, action: JsonObject): StateValues {
    const key = `${user.id}:${message.channel}:${message.ts}`;
    const picked = this.#picked.get(key) ?? {};
    const blockId = placed.block.block_id ?? '';
    picked[blockId] = { ...picked[blockId], [placed.element.action_id]: entryIn(action) };
    this.#picked.set(key, picked);
    return currentValues(message.blocks ?? [], picked);
  }

  #shown(message: FakeMessage): JsonObject {
    const { metadata: _metadata, ...shown } = this.core.events.storedMessage(message);
    return shown;
  }

  #insider(userRef: string, what: string): FakeUser {
    const user = this.core.world.user(userRef);
    if (user.teamId !== this.core.identity.teamId)
      throw new Error(`fake Slack: ${user.name} is of another workspace and cannot ${what} of this app`);
    return user;
  }

  /** A command may answer inside its ack. */
  #showAck(interaction: Interaction, user: FakeUser, channel: FakeChannel, payload: JsonObject): void {
    try {
      applyResponse(this.core, { channel: channel.id, user: user.id, source: undefined }, payload);
    } catch (error) {
      if (!(error instanceof SlackError)) throw error;
      interaction.problem = error.code;
    }
  }
}

/** The state entry inside an action. */
function entryIn(action: JsonObject): StateEntry {
  const {
    action_id: _id,
    block_id: _block,
    action_ts: _ts,
    placeholder: _placeholder,
    type,
    ...entry
  } = action;
  return { type: String(type), ...entry };
}

function hasContent(payload: unknown): payload is JsonObject {
  return typeof payload === 'object' && payload !== null && Object.keys(payload).length > 0;
}

function fits(placed: Placed, opts: PressOptions): boolean {
  if (opts.blockId !== undefined && placed.block.block_id !== opts.blockId) return false;
  // Of several buttons with one action_id, the value says which.
  return opts.value === undefined || placed.element.type !== 'button' || placed.element.value === opts.value;
}

function names(blocks: FakeMessage['blocks']): string {
  return (
    placedElements(blocks ?? [])
      .map(({ element }) => element.action_id)
      .join(', ') || 'none'
  );
}
