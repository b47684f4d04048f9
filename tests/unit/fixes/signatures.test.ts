import { LinearWebhookClient } from '@linear/sdk/webhooks';
import { sign, verify } from '@octokit/webhooks-methods';
import { describe, expect, it } from 'vitest';
import { isSignedHook } from '../../../src/http/signature.js';
import { hookHeaders, SECRETS } from '../../support/hooks.js';

const BODY = JSON.stringify({ action: 'closed', text: 'Zürich — “rows” 🚀', webhookTimestamp: Date.now() });
const HUB = { header: 'x-hub-signature-256', prefix: 'sha256=' };
const LINEAR = { header: 'linear-signature', prefix: '' };

describe('signatures, held against the libraries of GitHub and Linear', () => {
  it('takes what GitHub’s library signs, and its library takes what the tests sign', async () => {
    const signature = await sign(SECRETS.github, BODY);
    expect(isSignedHook(HUB, signature, Buffer.from(BODY), SECRETS.github)).toBe(true);
    const ours = hookHeaders('github', BODY)['x-hub-signature-256'] ?? '';
    expect(await verify(SECRETS.github, BODY, ours)).toBe(true);
  });

  it('takes what Linear’s library takes, and refuses what it refuses', () => {
    const client = new LinearWebhookClient(SECRETS.linear);
    const signature = hookHeaders('linear', BODY)['linear-signature'] ?? '';
    expect(client.verify(Buffer.from(BODY), signature)).toBe(true);
    expect(isSignedHook(LINEAR, signature, Buffer.from(BODY), SECRETS.linear)).toBe(true);
    const altered = Buffer.from(BODY.replace('closed', 'opened'));
    expect(() => client.verify(altered, signature)).toThrow();
    expect(isSignedHook(LINEAR, signature, altered, SECRETS.linear)).toBe(false);
  });

  it('refuses another secret, one altered byte, another prefix, no signature, two of them and an empty body', async () => {
    const raw = Buffer.from(BODY);
    const good = await sign(SECRETS.github, BODY);
    const altered = Buffer.from(raw);
    altered[3] = (altered[3] ?? 0) ^ 1;
    expect(isSignedHook(HUB, good, raw, 'another secret')).toBe(false);
    expect(isSignedHook(HUB, good, altered, SECRETS.github)).toBe(false);
    expect(isSignedHook(HUB, good.replace('sha256=', 'sha1='), raw, SECRETS.github)).toBe(false);
    expect(isSignedHook(HUB, good.slice(0, -1), raw, SECRETS.github)).toBe(false);
    expect(isSignedHook(HUB, undefined, raw, SECRETS.github)).toBe(false);
    expect(isSignedHook(HUB, [good, good], raw, SECRETS.github)).toBe(false);
    expect(isSignedHook(HUB, good, Buffer.alloc(0), SECRETS.github)).toBe(false);
  });
});
