/** Commands, clicks, shortcuts: what people do that reaches the app as an interactive payload. */
import type { Core } from './core.js';
import { SlackError } from './errors.js';
import { applyResponse } from './response-urls.js';
import type { Ack, PayloadKind } from './transport.js';
import type { FakeChannel, FakeMessage, FakeUser, FieldValue, Interaction, JsonObject, PressOptions, View } from './types.js';
import { enteredEntry, type Placed, placedElements } from './view-state.js';

interface Asked {
  user: FakeUser;
  channel?: FakeChannel;
  source?: FakeMessage;
}

export class Interactions {
  constructor(private readonly core: Core) {}

  async command(userRef: string, channelRef: string, command: string, text: string): Promise<Interaction> {
    const user = this.#insider(userRef, 'run a slash command');
    const channel = this.core.world.channel(channelRef);
    const { interaction, ack } = await this.send('slash_commands', { user, channel }, (common) => ({
      token: 'verification-token',
      team_id: user.teamId,
      team_domain: 'fake',
      channel_id: channel.id,
      channel_name: channel.type === 'im' ? 'directmessage' : channel.isPrivate ? 'privategroup' : channel.name,
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

  async press(userRef: string, channelRef: string, ts: string, actionId: string, opts: PressOptions = {}): Promise<Interaction> {
    const { world } = this.core;
    const user = world.user(userRef);
    const channel = world.channel(channelRef);
    const message = this.messageOnScreen(channel, ts, opts.stale ?? false);
    const placed = this.#find(message, actionId, opts);
    const action = await this.#action(placed, opts, { user, channel, source: message }, { message: this.#shown(message) });
    const { interaction } = await this.send('interactive', { user, channel, source: message }, (common) => ({
      ...this.base('block_actions', user, common.triggerId),
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
      state: { values: {} },
      response_url: common.responseUrl,
      actions: [action],
    }));
    return interaction;
  }

  async pressInView(userRef: string, view: View, actionId: string, opts: PressOptions = {}): Promise<Interaction> {
    const user = this.core.world.user(userRef);
    const placed = placedElements(view.blocks).find((one) => one.element.action_id === actionId && fits(one, opts));
    if (!placed) throw new Error(`fake Slack: the ${view.type} of ${user.name} has no element "${actionId}"; it has: ${names(view.blocks)}`);
    const action = await this.#action(placed, opts, { user }, { view });
    if (!['button', 'overflow'].includes(placed.element.type)) {
      const { type, ...rest } = action;
      const { action_id: _id, block_id: _block, action_ts: _ts, placeholder: _placeholder, ...entry } = rest;
      this.core.views.enter(view, placed.block.block_id ?? '', actionId, { type: String(type), ...entry });
    }
    const { interaction } = await this.send('interactive', { user }, (common) => ({
      ...this.base('block_actions', user, common.triggerId),
      container: { type: 'view', view_id: view.id },
      view: structuredClone(view),
      actions: [action],
    }));
    return interaction;
  }

  async messageShortcut(userRef: string, channelRef: string, ts: string, callbackId: string): Promise<Interaction> {
    const user = this.#insider(userRef, 'use a message shortcut');
    const channel = this.core.world.channel(channelRef);
    const message = this.messageOnScreen(channel, ts, false);
    const { interaction } = await this.send('interactive', { user, channel }, (common) => ({
      ...this.base('message_action', user, common.triggerId),
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
    const { interaction } = await this.send('interactive', { user }, (common) => ({
      ...this.base('shortcut', user, common.triggerId),
      callback_id: callbackId,
      action_ts: this.core.world.nextTs(),
    }));
    return interaction;
  }

  /** Asks the app for the options of an external select. */
  async suggest(user: FakeUser, placed: Placed, query: string, place: JsonObject): Promise<JsonObject[]> {
    const ack = await this.core.deliveries.interactive('interactive', {
      ...this.base('block_suggestion', user, undefined),
      action_id: placed.element.action_id,
      block_id: placed.block.block_id,
      value: query,
      ...place,
    });
    if (!ack.acked) throw new Error(`fake Slack: the app did not answer the suggestions for "${placed.element.action_id}"`);
    const answer = (ack.payload ?? {}) as { options?: JsonObject[]; option_groups?: { options: JsonObject[] }[] };
    const options = answer.options ?? (answer.option_groups ?? []).flatMap((group) => group.options);
    if (options.length > 100) this.core.violations.push(`[ERROR] ${options.length} suggested options, at most 100 [json-pointer:/options]`);
    return options;
  }

  /** Sends one interactive payload and describes what came of it. */
  async send(
    kind: PayloadKind,
    asked: Asked,
    build: (common: { triggerId: string; responseUrl: string | undefined }) => JsonObject,
  ): Promise<{ interaction: Interaction; ack: Ack }> {
    const triggerId = this.core.triggers.issue(asked.user.id);
    const hook = asked.channel ? this.core.responseUrls.issue(asked.channel.id, asked.user.id, asked.source) : undefined;
    const ack = await this.core.deliveries.interactive(kind, build({ triggerId, responseUrl: hook?.url }));
    const interaction: Interaction = {
      acked: ack.acked,
      ackPayload: ack.payload,
      ackMs: ack.ms,
      triggerId,
      responseUrlMessages: hook?.received ?? [],
      ...(hook ? { responseUrl: hook.url } : {}),
      ...(ack.acked ? {} : { problem: 'the app did not respond' }),
    };
    return { interaction, ack };
  }

  /** The part all interactive payloads share. */
  base(type: string, user: FakeUser, triggerId: string | undefined): JsonObject {
    const { identity } = this.core;
    return {
      type,
      team: { id: user.teamId, domain: user.teamId === identity.teamId ? 'fake' : 'elsewhere' },
      user: { id: user.id, username: user.name, name: user.name, team_id: user.teamId },
      api_app_id: identity.appId,
      token: 'verification-token',
      enterprise: null,
      is_enterprise_install: false,
      ...(triggerId === undefined ? {} : { trigger_id: triggerId }),
    };
  }

  messageOnScreen(channel: FakeChannel, ts: string, stale: boolean): FakeMessage {
    const { world } = this.core;
    const live = world.findMessage(channel.id, ts) ?? world.ephemerals.find((one) => one.ts === ts && one.channel === channel.id);
    const found = live ?? (stale ? world.findRemoved(channel.id, ts) : undefined);
    if (!found) throw new Error(`fake Slack: no message ${ts} in #${channel.name} (a deleted one can be pressed with {stale: true})`);
    return found;
  }

  #find(message: FakeMessage, actionId: string, opts: PressOptions): Placed {
    const inAttachments = (message.attachments ?? []).flatMap((one) => (one['blocks'] as FakeMessage['blocks']) ?? []);
    const current = [...(message.blocks ?? []), ...inAttachments];
    const past = opts.stale ? this.core.world.pastBlocks(message.channel, message.ts).reverse().flat() : [];
    const placed = placedElements([...current, ...past]).find((one) => one.element.action_id === actionId && fits(one, opts));
    if (placed) return placed;
    throw new Error(`fake Slack: message ${message.ts} has no element "${actionId}"; it has: ${names(current)}`);
  }

  async #action(placed: Placed, opts: PressOptions, asked: Asked, place: JsonObject): Promise<JsonObject> {
    const { block, element } = placed;
    const head = { type: element.type, action_id: element.action_id, block_id: block.block_id, action_ts: this.core.world.nextTs() };
    if (element.type === 'button') {
      const value = opts.value ?? element['value'];
      return { ...head, text: element['text'], ...(value === undefined ? {} : { value }), ...(element['style'] ? { style: element['style'] } : {}) };
    }
    const given: FieldValue = opts.selected ?? opts.value ?? null;
    const external = element.type === 'external_select' || element.type === 'multi_external_select';
    const offered = external && given !== null ? await this.suggest(asked.user, placed, String([given].flat()[0]), place) : undefined;
    const { type: _type, ...entry } = enteredEntry(element, given, offered);
    return { ...head, ...entry, ...(element['placeholder'] ? { placeholder: element['placeholder'] } : {}) };
  }

  #shown(message: FakeMessage): JsonObject {
    const { metadata: _metadata, ...shown } = this.core.events.storedMessage(message);
    return shown;
  }

  #insider(userRef: string, what: string): FakeUser {
    const user = this.core.world.user(userRef);
    if (user.teamId !== this.core.identity.teamId) throw new Error(`fake Slack: ${user.name} is of another workspace and cannot ${what} of this app`);
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

function hasContent(payload: unknown): payload is JsonObject {
  return typeof payload === 'object' && payload !== null && Object.keys(payload).length > 0;
}

function fits(placed: Placed, opts: PressOptions): boolean {
  if (opts.blockId !== undefined && placed.block.block_id !== opts.blockId) return false;
  // Of several buttons with one action_id, the value says which.
  return opts.value === undefined || placed.element.type !== 'button' || placed.element['value'] === opts.value;
}

function names(blocks: FakeMessage['blocks']): string {
  return placedElements(blocks ?? []).map(({ element }) => element.action_id).join(', ') || 'none';
}
