import { WebClient } from '@slack/web-api';
import type { ClientLogger } from './logger.js';

/** What the doctor asks Slack besides what Baton asks every day. */
export interface SlackProbe {
  /** Slack's own time, UTC ms, from the header of an answer, and when it was asked by this machine's clock. */
  time(now: () => number): Promise<{ slackAt: number; askedAt: number }>;
  /** Asks for an address to connect to; nothing is connected. Rejects when the app-level token is refused. */
  openLine(appToken: string): Promise<void>;
}

const API = 'https://slack.com/api/';

export function createSlackProbe(options: { apiUrl?: string | undefined; logger: ClientLogger }): SlackProbe {
  return {
    async time(now) {
      const askedAt = now();
      const address = new URL('api.test', options.apiUrl ?? API);
      const answer = await fetch(address, { method: 'POST', signal: AbortSignal.timeout(10_000) });
      const date = answer.headers.get('date');
      const slackAt = date === null ? Number.NaN : Date.parse(date);
      if (Number.isNaN(slackAt)) throw new Error('Slack did not say what time it is');
      // Halfway between asking and hearing; the header has no more than whole seconds.
      return { slackAt, askedAt: (askedAt + now()) / 2 };
    },
    async openLine(appToken) {
      const web = new WebClient(appToken, {
        ...(options.apiUrl ? { slackApiUrl: options.apiUrl } : {}),
        logger: options.logger,
        retryConfig: { retries: 0 },
        timeout: 10_000,
      });
      await web.apps.connections.open({});
    },
  };
}
