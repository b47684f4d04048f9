import type { JsonObject } from './types.js';

export type PayloadKind = 'events_api' | 'interactive' | 'slash_commands';

export interface Ack {
  acked: boolean;
  payload?: unknown;
  ms: number;
  /** Why it counts as failed, in the words Slack puts into retry_reason. */
  reason?: string;
  /** The app asked for no further tries (`x-slack-no-retry`). */
  noRetry?: boolean;
}

export interface SendOptions {
  retry?: { attempt: number; reason: string };
  /** Cut the connection right after sending, so that the ack cannot count. */
  cutAfterSend?: boolean;
}

/** A way to bring a payload to the app and to learn whether it was acked. */
export interface Transport {
  send(kind: PayloadKind, payload: JsonObject, options?: SendOptions): Promise<Ack>;
  /** Whether anybody is there to receive. */
  ready(): boolean;
}
