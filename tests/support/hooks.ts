import { createHmac } from 'node:crypto';
import type { TrackerAccess } from '../../src/fixes/ask/index.js';

/** Secrets of the three trackers, as an admin would set them. */
export const SECRETS = {
  github: 'a secret for github',
  linear: 'a secret for linear',
  jira: 'a secret for jira',
} as const;

export type HookName = keyof typeof SECRETS;

/** What is set up for the trackers; their addresses lead nowhere unless a test says where. */
export function access(more: Partial<TrackerAccess> = {}): TrackerAccess {
  return {
    github: { secret: SECRETS.github, apiUrl: 'http://127.0.0.1:9' },
    linear: { secret: SECRETS.linear, apiUrl: 'http://127.0.0.1:9' },
    jira: { secret: SECRETS.jira },
    ...more,
  };
}

export interface HookRequest {
  event?: string;
  /** The delivery's id; one of its own unless said. */
  id?: string;
  secret?: string;
  type?: string;
  /** Headers to leave out. */
  without?: readonly string[];
}

let last = 0;

/** Headers of a webhook, signed as its source signs. */
export function hookHeaders(
  name: HookName,
  body: string,
  {
    event = '',
    id = `delivery-${++last}`,
    secret = SECRETS[name],
    type = 'application/json',
  }: HookRequest = {},
): Record<string, string> {
  const hex = createHmac('sha256', secret).update(body).digest('hex');
  const own: Record<HookName, Record<string, string>> = {
    github: { 'x-hub-signature-256': `sha256=${hex}`, 'x-github-event': event, 'x-github-delivery': id },
    linear: { 'linear-signature': hex, 'linear-event': event, 'linear-delivery': id },
    jira: { 'x-hub-signature': `sha256=${hex}`, 'x-atlassian-webhook-identifier': id },
  };
  return { 'content-type': type, ...own[name] };
}

/** Sends a webhook. @returns the status and what was answered */
export async function sendHook(
  port: number,
  name: HookName,
  body: unknown,
  request: HookRequest = {},
): Promise<{ status: number; said: Record<string, unknown> }> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const headers = hookHeaders(name, text, request);
  for (const header of request.without ?? []) delete headers[header];
  const response = await fetch(`http://127.0.0.1:${port}/hooks/${name}`, {
    method: 'POST',
    headers,
    body: text,
  });
  const said = await response.text();
  return { status: response.status, said: said.startsWith('{') ? JSON.parse(said) : { text: said } };
}
