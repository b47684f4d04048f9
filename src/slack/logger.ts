import { LogLevel, type Logger as SlackLogger } from '@slack/web-api';
import type { Logger } from 'pino';
import { failureText } from '../store/failure.js';

export type ClientLogger = SlackLogger;

/**
 * Slack's libraries log through pino. Their debug and info lines are dropped: they repeat payloads, and logs
 * carry no message text.
 */
export function slackLogger(log: Logger): SlackLogger {
  const say =
    (level: 'warn' | 'error') =>
    (...parts: unknown[]) => {
      log[level]({ detail: parts.map(describe).join(' ').slice(0, 500) }, 'slack library');
    };
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: say('warn'),
    error: say('error'),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}

function describe(part: unknown): string {
  return failureText(part);
}
