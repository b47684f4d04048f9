import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const PATIENCE_MS = 60_000;

describe('the commands of the shell', () => {
  const folder = mkdtempSync(join(tmpdir(), 'baton-shell-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it(
    'end quietly when nobody reads what they print any more, as behind `| head`',
    async () => {
      const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli.ts', 'rules', 'phrases'], {
        env: { PATH: process.env.PATH, DATABASE_URL: `sqlite:${join(folder, 'baton.db')}` },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child.stdout.destroy();
      let complained = '';
      child.stderr.on('data', (chunk) => {
        complained += String(chunk);
      });
      const code = await new Promise((resolve) => child.once('close', resolve));
      expect({ code, complained }).toEqual({ code: 0, complained: '' });
    },
    PATIENCE_MS,
  );
});
