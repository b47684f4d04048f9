import type { Changes } from './changes.js';
import { stopwatch } from './timers.js';
import type { ApiCall } from './types.js';

const RECHECK_MS = 5;

/** Waits until a condition holds: looks again after every call and delivery, and every few ms. */
export async function waitFor(
  predicate: () => unknown,
  what: string,
  timeoutMs: number,
  changes: Changes,
  log: ApiCall[],
): Promise<void> {
  const elapsed = stopwatch();
  for (;;) {
    if (await predicate()) return;
    if (elapsed() > timeoutMs) throw new Error(`waited ${timeoutMs} ms for ${what}\n${lastCalls(log)}`);
    await changes.next(RECHECK_MS);
  }
}

function lastCalls(log: ApiCall[]): string {
  const lines = log.slice(-10).map((call) => {
    const answer = JSON.stringify(call.response)?.slice(0, 120) ?? 'no answer';
    return `  ${call.seq} ${call.method} ${JSON.stringify(call.args).slice(0, 200)} -> ${call.status} ${call.fault ?? ''} ${answer}`;
  });
  return lines.length > 0 ? `last calls:\n${lines.join('\n')}` : 'the app made no calls';
}
