import { createHmac, timingSafeEqual } from 'node:crypto';

/** Slack's signature is refused when its time is off by more than this, in the past or in the future. */
const MAX_SKEW_S = 5 * 60;

/**
 * Whether a request was signed by Slack with our secret, recently: HMAC-SHA256 over `v0:<timestamp>:<raw body>`.
 * @param nowMs wall time, ms
 */
export function isSignedBySlack(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  rawBody: Buffer,
  signingSecret: string,
  nowMs: number,
): boolean {
  const timestamp = headers['x-slack-request-timestamp'];
  const signature = headers['x-slack-signature'];
  if (typeof timestamp !== 'string' || typeof signature !== 'string') return false;
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(nowMs / 1000 - Number(timestamp)) > MAX_SKEW_S) return false;
  const expected = createHmac('sha256', signingSecret)
    .update(`v0:${timestamp}:`)
    .update(rawBody)
    .digest('hex');
  return sameText(signature, `v0=${expected}`);
}

/** How a source signs: HMAC-SHA256 over the raw body, in hexadecimal, after a prefix. */
export interface HookSignature {
  /** In lower case. */
  header: string;
  prefix: string;
}

/** Whether a webhook was signed with our secret. */
export function isSignedHook(
  scheme: HookSignature,
  signature: string | string[] | undefined,
  rawBody: Buffer,
  secret: string,
): boolean {
  if (typeof signature !== 'string') return false;
  const expected = createHmac('sha256', secret).update(rawBody).digest('hex');
  return sameText(signature, `${scheme.prefix}${expected}`);
}

/** Compares in constant time. */
function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
