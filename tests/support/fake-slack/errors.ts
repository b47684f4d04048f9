import type { JsonObject } from './types.js';

/** Slack says no: becomes `{ok: false, error}`. */
export class SlackError extends Error {
  constructor(
    readonly code: string,
    readonly extra: JsonObject = {},
  ) {
    super(code);
    this.name = 'SlackError';
  }
}
