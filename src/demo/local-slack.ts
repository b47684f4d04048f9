import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Control } from './control.js';
import { DemoProblem } from './problem.js';
import { TEAM_ID } from './workspace.js';

/** The one package of the local Slack that there is a lock entry for. */
const PACKAGE = 'local-slack-linux-x64';
const REAL_WORKSPACE = 'or connect Baton to a real workspace (README.md)';

/** Where the local Slack's program lies. @throws DemoProblem where there is none, with what to do instead */
export function findProgram(
  machine: { platform: string; arch: string } = process,
  resolve: (name: string) => string = createRequire(import.meta.url).resolve,
): string {
  const { platform, arch } = machine;
  if (platform !== 'linux' || arch !== 'x64')
    throw new DemoProblem(
      `The demo's local Slack runs on Linux x64 only, and this is ${platform} ${arch}: use such a machine or container, ${REAL_WORKSPACE}.`,
    );
  try {
    return join(dirname(resolve(`${PACKAGE}/package.json`)), 'bin', 'local-slack');
  } catch {
    throw new DemoProblem(
      `The demo's local Slack is not installed: run npm ci without --omit=optional, ${REAL_WORKSPACE}.`,
    );
  }
}

/** @throws DemoProblem when something listens on the port already, or it may not be used */
export async function ensureFree(port: number): Promise<void> {
  const server = createServer();
  const code = await new Promise<string | undefined>((resolve) => {
    server.once('error', (err: NodeJS.ErrnoException) => resolve(err.code ?? 'unknown'));
    server.listen(port, () => server.close(() => resolve(undefined)));
  });
  if (code === undefined) return;
  const other = `npm run demo -- --port ${port < 65_535 ? Math.max(1024, port + 1) : 3333}`;
  if (code === 'EADDRINUSE')
    throw new DemoProblem(`Port ${port} is taken: stop what listens there (another demo?), or use ${other}`);
  throw new DemoProblem(`Port ${port} cannot be used here (${code}): use ${other}`);
}

export interface LocalSlack {
  address: string;
  control: Control;
  /** Resolves when it has ended, however that came. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

/**
 * A shell between: it ends the local Slack when its own standard input closes, and that closes when we end, even if we
 * are killed. Then no orphan keeps the port.
 */
const KEEPER = `exec 3<&0
"$0" "$@" </dev/null &
slack=$!
(cat <&3 >/dev/null; kill "$slack" 2>/dev/null) >/dev/null 2>&1 &
keeper=$!
wait "$slack"
code=$?
kill "$keeper" 2>/dev/null
exit "$code"`;

const STARTS_WITHIN_MS = 15_000;
const ENDS_WITHIN_MS = 3_000;

/** Starts the local Slack on a port; its words go to a file. @throws DemoProblem when it does not start */
export async function startLocalSlack(options: {
  program: string;
  config: string;
  port: number;
  logFile: string;
}): Promise<LocalSlack> {
  const log = openSync(options.logFile, 'w');
  const args = ['-c', KEEPER, options.program, '--config', options.config, '--port', String(options.port)];
  // In a group of its own, so that Ctrl-C reaches us alone: first Baton stops, then its Slack.
  const child = spawn('/bin/sh', args, { stdio: ['pipe', log, log], detached: true });
  closeSync(log);
  let isOver = false;
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  }).then(() => {
    isOver = true;
  });
  child.stdin?.on('error', () => undefined);
  const address = `http://localhost:${options.port}`;
  const control = new Control(address);
  for (let waited = 0; (await control.teamId()) !== TEAM_ID; waited += 50) {
    if (isOver || waited > STARTS_WITHIN_MS) {
      await end(child, ended);
      throw new DemoProblem(`The local Slack did not start: ${options.logFile} says why.`);
    }
    await delay(50);
  }
  return { address, control, ended, stop: () => end(child, ended) };
}

async function end(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.stdin?.end();
  const inTime = await Promise.race([ended.then(() => true), delay(ENDS_WITHIN_MS, false, { ref: false })]);
  if (inTime || child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has just ended by itself.
  }
  await ended;
}
