import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/slack/errors.js';

const platform = (error: string) => new WebAPIPlatformError({ ok: false, error });

describe('what a failed call means', () => {
  it.each([
    ['ratelimited', 'limited'],
    ['message_limit_exceeded', 'limited'],
    ['accesslimited', 'retry'],
    ['internal_error', 'unknown'],
    ['fatal_error', 'unknown'],
    ['service_unavailable', 'unknown'],
    ['request_timeout', 'unknown'],
    ['is_archived', 'gone'],
    ['channel_not_found', 'gone'],
    ['not_in_channel', 'gone'],
    ['user_not_found', 'gone'],
    ['restricted_action_thread_locked', 'gone'],
    ['message_not_found', 'missing'],
    ['cant_update_message', 'missing'],
    ['hash_conflict', 'missing'],
    ['expired_trigger_id', 'missing'],
    ['token_revoked', 'auth'],
    ['invalid_auth', 'auth'],
    ['missing_scope', 'auth'],
    ['already_reacted', 'done'],
    ['invalid_blocks', 'bad'],
    ['msg_too_long', 'bad'],
    ['an_error_nobody_knows_yet', 'bad'],
  ])('%s is %s', (code, expected) => {
    expect(classify(platform(code))).toMatchObject({ class: expected, code });
  });

  it('429 waits as long as Slack said, and half a minute where it said nothing', () => {
    expect(classify(new WebAPIRateLimitedError(17))).toEqual({
      class: 'limited',
      code: 'ratelimited',
      retryAfterMs: 17_000,
    });
    expect(classify(platform('ratelimited')).retryAfterMs).toBe(30_000);
    const bare = new Error('Retry header did not contain a valid timeout (url: x, retry-after header: null)');
    expect(classify(bare)).toMatchObject({ class: 'limited', retryAfterMs: 30_000 });
  });

  it('what broke on the way may have been done', () => {
    expect(classify(new WebAPIHTTPError(503, 'x', {}))).toEqual({ class: 'unknown', code: 'http_503' });
    expect(classify(new WebAPIRequestError(new Error('ECONNRESET'))).class).toBe('unknown');
    expect(classify(new TypeError('terminated')).class).toBe('unknown');
    expect(classify(platform('<!DOCTYPE html><html>'))).toEqual({ class: 'unknown', code: 'not_json' });
  });

  it('never throws, whatever was thrown', () => {
    for (const thrown of [undefined, null, 'text', 7, {}, Object.create(null), platform('')])
      expect(['unknown', 'bad']).toContain(classify(thrown).class);
  });
});
