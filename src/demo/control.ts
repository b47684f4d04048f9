import { z } from 'zod';

const Posted = z.object({ message: z.object({ ts: z.string() }) });
const Messages = z.object({
  messages: z.array(z.object({ ts: z.string(), text: z.string().nullish() }).loose()),
});
const State = z.object({ workspace: z.object({ teamId: z.string() }) });

const ANSWERS_WITHIN_MS = 10_000;

/** The local Slack's own door for scripts: what a person would do in its browser window. */
export class Control {
  /** @param address e.g. `http://localhost:3333` */
  constructor(private readonly address: string) {}

  /** Somebody writes in a channel; resolves when the app has it. @returns the message's ts */
  async say(it: { user: string; channel: string; text: string; threadTs?: string }): Promise<string> {
    const body = {
      user: it.user,
      channel: it.channel,
      text: it.text,
      ...(it.threadTs ? { thread_ts: it.threadTs } : {}),
    };
    return Posted.parse(await this.ask('message', body)).message.ts;
  }

  /** The text of a message as it stands now; undefined when it is gone. */
  async textAt(channel: string, ts: string): Promise<string | undefined> {
    const { messages } = Messages.parse(await this.ask(`messages/${channel}`));
    return messages.find((message) => message.ts === ts)?.text ?? undefined;
  }

  /** The id of the workspace that answers there; undefined when none does. */
  async teamId(): Promise<string | undefined> {
    try {
      return State.parse(await this.ask('state')).workspace.teamId;
    } catch {
      return undefined;
    }
  }

  private async ask(what: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.address}/_control/${what}`, {
      signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
      ...(body === undefined
        ? {}
        : {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(body),
          }),
    });
    if (!response.ok) throw new Error(`the local Slack answered ${response.status} to ${what}`);
    return response.json();
  }
}
