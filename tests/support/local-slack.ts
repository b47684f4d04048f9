import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { findProgram } from '../../src/demo/local-slack.js';
import { channelId, userId } from '../../src/demo/workspace.js';

/** Why the local Slack cannot run here; undefined where it can. */
export function whyNoLocalSlack(): string | undefined {
  try {
    findProgram();
    return undefined;
  } catch (err) {
    return err instanceof Error ? err.message : String(err);
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || !address) throw new Error('no port was given');
  return address.port;
}

/** Asks again until the answer is not undefined. @throws after ten seconds, with what was waited for */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined>,
  withinMs = 10_000,
): Promise<T> {
  const until = performance.now() + withinMs;
  for (;;) {
    const found = await ask();
    if (found !== undefined) return found;
    if (performance.now() > until) throw new Error(`waited in vain for ${what}`);
    await delay(40);
  }
}

export interface ShownMessage {
  ts: string;
  text: string;
  user?: string;
  bot_id?: string;
  thread_ts?: string;
  /** Set on what Slack would show to one person only. */
  ephemeral_to?: string;
  blocks?: { block_id?: string; elements?: Element[] }[];
}

interface Element {
  type: string;
  action_id: string;
  value?: string;
}

interface View {
  blocks: {
    block_id?: string;
    element?: { action_id: string; options?: { text: { text: string }; value: string }[] };
  }[];
}

/** What people do in a local Slack, by user and channel name, over its control API. */
export class LocalSlackDriver {
  constructor(private readonly address: string) {}

  async say(user: string, channel: string, text: string): Promise<string> {
    const { message } = await this.ask<{ message: ShownMessage }>('message', {
      user: userId(user),
      channel: channelId(channel),
      text,
    });
    return message.ts;
  }

  async command(user: string, channel: string, line: string): Promise<void> {
    const [command, ...text] = line.split(' ');
    await this.ask('command', {
      user: userId(user),
      channel: channelId(channel),
      command,
      text: text.join(' '),
    });
  }

  async react(user: string, channel: string, ts: string, name: string): Promise<void> {
    await this.ask('reaction', { user: userId(user), channel: channelId(channel), ts, name });
  }

  /** Presses a button of a message; `place` is a channel id, as direct messages have no name of ours. */
  async press(user: string, place: string, message: ShownMessage, actionId: string): Promise<void> {
    for (const block of message.blocks ?? []) {
      const element = block.elements?.find((one) => one.action_id === actionId);
      if (!element) continue;
      const action = { ...element, block_id: block.block_id };
      await this.ask('interact', { user: userId(user), channel: place, messageTs: message.ts, action });
      return;
    }
    throw new Error(`no ${actionId} on: ${message.text}`);
  }

  /** Fills in the modal that is about to open, by block id (a choice by its words), and submits it. */
  async submit(user: string, filled: Record<string, string>): Promise<void> {
    const view = await eventually('a modal', () => this.openModal());
    const values: Record<string, Record<string, unknown>> = {};
    for (const { block_id: id, element } of view.blocks) {
      const words = id === undefined ? undefined : filled[id];
      if (id === undefined || words === undefined || !element) continue;
      const chosen = element.options?.find((option) => option.text.text === words);
      values[id] = { [element.action_id]: chosen ? { selected_option: chosen } : { value: words } };
    }
    // There is no control call for it, so it goes the way of the browser window.
    const socket = await this.window();
    socket.send(JSON.stringify({ t: 'view_submit', user: userId(user), values }));
    socket.close();
  }

  private async openModal(): Promise<View | undefined> {
    const socket = await this.window();
    const state = await new Promise<{ modalStack: View[] }>((resolve) =>
      socket.once('message', (data) => resolve(JSON.parse(String(data)).state)),
    );
    socket.close();
    return state.modalStack.at(-1);
  }

  private window(): Promise<WebSocket> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(`${this.address.replace('http', 'ws')}/ui`);
      // Its first message comes at once: whoever wants it must listen before the next turn.
      socket.once('open', () => resolve(socket)).once('error', reject);
    });
  }

  async messages(place: string): Promise<ShownMessage[]> {
    return (await this.ask<{ messages: ShownMessage[] }>(`messages/${place}`)).messages;
  }

  /** Waits for a message of a channel (by id) whose text and blocks hold these words. */
  async shown(
    place: string,
    words: string,
    also: (m: ShownMessage) => boolean = () => true,
  ): Promise<ShownMessage> {
    return eventually(`"${words}" in ${place}`, async () =>
      (await this.messages(place)).findLast(
        (one) => also(one) && (JSON.stringify(one.blocks ?? '') + one.text).includes(words),
      ),
    );
  }

  /** The place of somebody's direct messages with Baton; undefined as long as there are none. */
  async directMessagesOf(user: string): Promise<string | undefined> {
    const { channels } = await this.ask<{ channels: { id: string; is_im: boolean; members: string[] }[] }>(
      'state',
    );
    return channels.find((one) => one.is_im && one.members.includes(userId(user)))?.id;
  }

  private async ask<T>(what: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.address}/_control/${what}`, {
      ...(body === undefined
        ? {}
        : {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(body),
          }),
    });
    if (!response.ok) throw new Error(`${what}: ${response.status}`);
    return (await response.json()) as T;
  }
}
