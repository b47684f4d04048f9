/** Sending interactive payloads to the app, and the fields they share. */
import type { Core } from './core.js';
import type { Ack, PayloadKind } from './transport.js';
import type { FakeChannel, FakeMessage, FakeUser, Interaction, JsonObject } from './types.js';
import type { Placed } from './view-state.js';

/** Who asks, and where. A place makes for a response_url. */
export interface Asked {
  user: FakeUser;
  channel?: FakeChannel;
  source?: FakeMessage;
}

export class Asking {
  constructor(private readonly core: Core) {}

  /** Asks the app for the options of an external select. */
  async suggest(user: FakeUser, placed: Placed, query: string, place: JsonObject): Promise<JsonObject[]> {
    const ack = await this.core.deliveries.interactive('interactive', {
      ...this.base('block_suggestion', user, undefined),
      action_id: placed.element.action_id,
      block_id: placed.block.block_id,
      value: query,
      ...place,
    });
    if (!ack.acked)
      throw new Error(`fake Slack: the app did not answer the suggestions for "${placed.element.action_id}"`);
    const answer = (ack.payload ?? {}) as {
      options?: JsonObject[];
      option_groups?: { options: JsonObject[] }[];
    };
    const options = answer.options ?? (answer.option_groups ?? []).flatMap((group) => group.options);
    if (options.length > 100)
      this.core.violations.push(
        `[ERROR] ${options.length} suggested options, at most 100 [json-pointer:/options]`,
      );
    return options;
  }

  /** Sends one interactive payload and describes what came of it. */
  async send(
    kind: PayloadKind,
    asked: Asked,
    build: (common: { triggerId: string; responseUrl: string | undefined }) => JsonObject,
  ): Promise<{ interaction: Interaction; ack: Ack }> {
    const triggerId = this.core.triggers.issue(asked.user.id);
    const hook = asked.channel
      ? this.core.responseUrls.issue(asked.channel.id, asked.user.id, asked.source)
      : undefined;
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
}
