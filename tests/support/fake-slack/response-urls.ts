/** response_url: five uses in thirty minutes, ephemeral unless told otherwise. */
import { Args } from './args.js';
import { isEmpty, readContent } from './content.js';
import type { Core } from './core.js';
import { SlackError } from './errors.js';
import { botMessage } from './methods/chat.js';
import type { FakeMessage, JsonObject } from './types.js';

const MOST_USES = 5;
const TTL_MS = 30 * 60 * 1000;

interface Hook {
  channel: string;
  user: string;
  source: FakeMessage | undefined;
  expiresAt: number;
  uses: number;
  received: unknown[];
}

export class ResponseUrls {
  readonly #hooks = new Map<string, Hook>();

  constructor(
    private readonly now: () => number,
    private readonly base: () => string,
  ) {}

  /** A new response_url, and the live list of what is sent to it. */
  issue(
    channel: string,
    user: string,
    source: FakeMessage | undefined,
  ): { url: string; received: unknown[] } {
    const id = `hook${this.#hooks.size + 1}`;
    const hook: Hook = { channel, user, source, expiresAt: this.now() + TTL_MS, uses: 0, received: [] };
    this.#hooks.set(id, hook);
    return { url: `${this.base()}response/${id}`, received: hook.received };
  }

  /** Takes a post to a response_url. */
  use(core: Core, id: string, body: JsonObject): JsonObject {
    const hook = this.#hooks.get(id);
    if (!hook) throw new SlackError('no_such_hook');
    if (this.now() > hook.expiresAt) throw new SlackError('expired_url');
    hook.uses += 1;
    if (hook.uses > MOST_USES) throw new SlackError('used_url');
    applyResponse(core, hook, body);
    hook.received.push(structuredClone(body));
    return {};
  }
}

/** Shows a response: posts it, replaces the source message, or deletes it. */
export function applyResponse(
  core: Core,
  at: { channel: string; user: string; source: FakeMessage | undefined },
  body: JsonObject,
): void {
  const args = new Args(body);
  if (args.flag('delete_original') && at.source) {
    core.world.removeMessage(at.source);
    if (!at.source.ephemeralTo) void core.events.deletedMessage(at.source);
    return;
  }
  const content = readContent(core, args);
  if (isEmpty(content)) throw new SlackError('no_text');
  const channel = core.world.channel(at.channel);
  if (args.flag('replace_original') && at.source) {
    const previous = structuredClone(at.source);
    at.source.text = content.text ?? '';
    core.world.replaceBlocks(at.source, content.blocks);
    if (!at.source.ephemeralTo) void core.events.changed(at.source, previous);
    return;
  }
  const message = botMessage(core, channel, content, args.text('thread_ts'));
  if (args.text('response_type') === 'in_channel') void core.events.message(core.world.store(message));
  else core.world.storeEphemeral({ ...message, ephemeralTo: at.user });
}
