import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { ensureFree, findProgram } from '../../../src/demo/local-slack.js';

describe('the demo’s local Slack', () => {
  const here = { platform: 'linux', arch: 'x64' };

  it('is looked for in its package', () => {
    expect(findProgram(here, () => '/somewhere/pkg/package.json')).toBe('/somewhere/pkg/bin/local-slack');
  });

  it('says in one line what to do on another platform', () => {
    for (const [platform, arch] of [
      ['darwin', 'arm64'],
      ['win32', 'x64'],
      ['linux', 'arm64'],
    ] as const)
      expect(() => findProgram({ platform, arch })).toThrow(
        new RegExp(
          `^The demo's local Slack runs on Linux x64 only, and this is ${platform} ${arch}: .*README[^\\n]*$`,
        ),
      );
  });

  it('says in one line what to do when it was not installed', () => {
    const notThere = () => {
      throw new Error('not found');
    };
    expect(() => findProgram(here, notThere)).toThrow(
      /^The demo's local Slack is not installed: run npm ci [^\n]*$/,
    );
  });

  it('says in one line that its port is taken, and names another', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await expect(ensureFree(port)).rejects.toThrow(new RegExp(`^Port ${port} is taken: .*--port \\d+$`));
    await new Promise((resolve) => server.close(resolve));
    await expect(ensureFree(port)).resolves.toBeUndefined();
  });
});
