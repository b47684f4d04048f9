import { startDemo, Undo } from './demo.js';
import type { Parts } from './parts.js';
import { DemoProblem } from './problem.js';
import { openingLines } from './tour.js';

const STOPS_WITHIN_MS = 10_000;
const PARENT_EVERY_MS = 500;

/**
 * `npm run demo`: starts everything, says where and what to try, and stays until Ctrl-C.
 * @throws DemoProblem, or whatever broke, after all that was started has ended
 */
export async function runDemo(
  options: { port: string; fresh: boolean; data: string },
  parts: Parts,
): Promise<void> {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const undo = new Undo();
  endOnSignals(undo);
  endWithParent(undo);
  try {
    const port = portOf(options.port);
    const demo = await startDemo({ port, folder: options.data, isFresh: options.fresh, say }, parts, undo);
    openingLines(demo).forEach(say);
    void demo.slack.ended.then(async () => {
      if (undo.isRunning) return;
      process.stderr.write(`The local Slack ended by itself; ${options.data}/local-slack.log says why.\n`);
      await end(undo, 1);
    });
  } catch (err) {
    // Ctrl-C while it starts makes the start fail: that is no problem to tell of.
    if (undo.isRunning) return;
    await undo.run();
    throw err;
  }
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new DemoProblem(`--port ${text} is no port: write a number from 1 to 65535, e.g. --port 4000.`);
}

/** The first Ctrl-C ends all in order, the second one at once. */
function endOnSignals(undo: Undo): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (undo.isRunning) process.exit(1);
      void end(undo, 0);
    });
}

/** `npm run` does not pass on what ends it: without this, a killed npm would leave the demo behind, on its port. */
function endWithParent(undo: Undo): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent && !undo.isRunning) void end(undo, 0);
  }, PARENT_EVERY_MS).unref();
}

async function end(undo: Undo, code: number): Promise<void> {
  setTimeout(() => process.exit(1), STOPS_WITHIN_MS).unref();
  await undo.run().catch((err: unknown) => {
    process.stderr.write(`${err instanceof Error ? err.message : String(err)}\n`);
  });
  process.exit(code);
}
