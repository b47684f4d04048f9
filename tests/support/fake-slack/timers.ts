/**
 * Timers taken once, at load: a test that fakes the global timers must not stop Slack itself.
 * None of them keeps the process alive.
 */
const realSetTimeout = globalThis.setTimeout;
const realClearTimeout = globalThis.clearTimeout;
const realSetInterval = globalThis.setInterval;
const realClearInterval = globalThis.clearInterval;
const realPerformance = globalThis.performance;
const realMillis = realPerformance.now.bind(realPerformance);

export type Timer = NodeJS.Timeout;

/** Runs a job later, in real time. */
export function after(ms: number, job: () => void): Timer {
  const timer = realSetTimeout(job, ms);
  timer.unref();
  return timer;
}

/** Runs a job again and again, in real time. */
export function every(ms: number, job: () => void): Timer {
  const timer = realSetInterval(job, ms);
  timer.unref();
  return timer;
}

export function cancel(timer: Timer | undefined): void {
  realClearTimeout(timer);
  realClearInterval(timer);
}

/** Resolves after real time has passed; unlike `after`, it does keep the process alive. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    realSetTimeout(resolve, ms);
  });
}

/** Monotonic real milliseconds, for measuring how long an ack took. */
export function stopwatch(): () => number {
  const start = realMillis();
  return () => realMillis() - start;
}
