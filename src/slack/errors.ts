import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';

/**
 * What a failed Web API call means for what was to be done:
 * - `limited`: not done; wait `retryAfterMs`.
 * - `retry`: not done; try again later.
 * - `unknown`: may have been done; look it up before any resend.
 * - `gone`: the place or person cannot be reached until somebody mends it.
 * - `missing`: the message or view to change is not there (any more).
 * - `auth`: the token no longer works; nothing can be sent.
 * - `bad`: what was sent is wrong; a bug of ours.
 * - `done`: the wanted state already holds.
 */
export type FailureClass = 'limited' | 'retry' | 'unknown' | 'gone' | 'missing' | 'auth' | 'bad' | 'done';

export interface Failure {
  class: FailureClass;
  /** Slack's code, or a short name of the transport failure. */
  code: string;
  retryAfterMs?: number;
}

const CLASSES: Record<FailureClass, readonly string[]> = {
  limited: ['ratelimited', 'rate_limited', 'message_limit_exceeded'],
  retry: ['team_added_to_org', 'accesslimited'],
  unknown: ['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout'],
  gone: [
    'is_archived',
    'channel_not_found',
    'not_in_channel',
    'channel_is_archived',
    'is_inactive',
    'user_not_found',
    'users_not_found',
    'user_disabled',
    'user_not_visible',
    'cannot_dm_bot',
    'messages_tab_disabled',
    'restricted_action',
    'restricted_action_read_only_channel',
    'restricted_action_thread_only_channel',
    'restricted_action_thread_locked',
    'restricted_action_non_threadable_channel',
    'user_not_in_channel',
    'no_permission',
    'ekm_access_denied',
  ],
  missing: [
    'message_not_found',
    'cant_update_message',
    'edit_window_closed',
    'not_found',
    'hash_conflict',
    'thread_not_found',
    'expired_trigger_id',
    'trigger_expired',
    'exchanged_trigger_id',
    'trigger_exchanged',
    'invalid_trigger_id',
  ],
  auth: [
    'not_authed',
    'invalid_auth',
    'account_inactive',
    'token_revoked',
    'token_expired',
    'org_login_required',
    'team_access_not_granted',
    'missing_scope',
  ],
  bad: [],
  done: ['already_reacted', 'no_reaction'],
};

const CLASS_OF = new Map<string, FailureClass>(
  (Object.entries(CLASSES) as [FailureClass, readonly string[]][]).flatMap(([name, codes]) =>
    codes.map((code) => [code, name] as const),
  ),
);

const DEFAULT_RETRY_AFTER_MS = 30_000;

/** Decides from an error thrown by the Web API client what happened; never throws. */
export function classify(err: unknown): Failure {
  if (err instanceof WebAPIRateLimitedError)
    return { class: 'limited', code: 'ratelimited', retryAfterMs: err.retryAfter * 1000 };
  if (err instanceof WebAPIPlatformError) return platformFailure(String(err.data.error ?? ''));
  if (err instanceof WebAPIHTTPError) return { class: 'unknown', code: `http_${err.statusCode}` };
  if (err instanceof WebAPIRequestError) return { class: 'unknown', code: 'request_failed' };
  // A 429 without Retry-After surfaces as a plain Error of the client.
  if (err instanceof Error && err.message.startsWith('Retry header did not contain a valid timeout')) {
    return { class: 'limited', code: 'ratelimited', retryAfterMs: DEFAULT_RETRY_AFTER_MS };
  }
  return { class: 'unknown', code: err instanceof Error ? err.name : 'unknown' };
}

function platformFailure(code: string): Failure {
  // An HTML body arrives as the "error" of a platform error: Slack's edge answered, nobody knows what became of it.
  if (!/^[a-z0-9_]{1,80}$/.test(code)) return { class: 'unknown', code: 'not_json' };
  const found = CLASS_OF.get(code) ?? 'bad';
  return found === 'limited'
    ? { class: found, code, retryAfterMs: DEFAULT_RETRY_AFTER_MS }
    : { class: found, code };
}

/** True for a failure of Slack or of the line to it, which passes; false for what would fail again for ever. */
export function isOutage(failure: Failure): boolean {
  if (failure.class === 'limited' || failure.class === 'retry' || failure.class === 'auth') return true;
  return (
    failure.class === 'unknown' && /^(http_\d+|request_failed|not_json)$|^[a-z]+_[a-z_]+$/.test(failure.code)
  );
}
