import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeSlack, startFakeSlack } from '../support/fake-slack/index.js';

/** What the client waits before it connects anew, and the start of a process, on a slow machine. */
const PATIENCE_MS = 60_000;

describe('`baton start` over Socket Mode', () => {
  const folder = mkdtempSync(join(tmpdir(), 'baton-reconnect-'));
  let slack: FakeSlack;
  let baton: ChildProcess;
  let printed = '';
  let ended: Promise<number | null>;
  beforeEach(async () => {
    slack = await startFakeSlack({ seed: 1 });
    printed = '';
    baton = spawn(process.execPath, ['--import', 'tsx', 'src/cli.ts', 'start'], {
      env: {
        PATH: process.env.PATH,
        SLACK_BOT_TOKEN: slack.botToken,
        SLACK_APP_TOKEN: slack.appToken,
        SLACK_API_URL: slack.url,
        DATABASE_URL: `sqlite:${join(folder, 'baton.db')}`,
        BATON_PORT: '0',
        LOG_LEVEL: 'error',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [baton.stdout, baton.stderr])
      stream?.on('data', (chunk) => {
        printed += String(chunk);
      });
    ended = new Promise((resolve) => {
      baton.once('exit', resolve);
    });
  });
  afterEach(async () => {
    baton.kill('SIGKILL');
    await ended;
    await slack.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it(
    'ends with one clear line when a lost connection is refused for good',
    async () => {
      await slack.waitFor(() => slack.connections() === 2, 'both connections', PATIENCE_MS);
      for (let n = 0; n < 4; n += 1) slack.faults.next('apps.connections.open', { error: 'invalid_auth' });
      slack.disconnectAll({ hard: true });
      expect(await ended).toBe(1);
      const line = printed.split('\n').find((one) => one.startsWith('Slack refuses the token'));
      expect(line).toContain('(invalid_auth)');
      expect(line).toContain('copy it anew from your Slack app');
    },
    2 * PATIENCE_MS,
  );

  it(
    'takes up a lost connection that Slack opens again',
    async () => {
      await slack.waitFor(() => slack.connections() === 2, 'both connections', PATIENCE_MS);
      const opened = slack.calls('apps.connections.open').length;
      slack.disconnectAll({ hard: true });
      await slack.waitFor(
        () => slack.connections() === 2 && slack.calls('apps.connections.open').length > opened,
        'both connections again',
        PATIENCE_MS,
      );
      expect(baton.exitCode).toBeNull();
    },
    2 * PATIENCE_MS,
  );
});
