import { after, cancel } from './timers.js';

/** "Something happened": lets waiters re-check without polling alone. */
export class Changes {
  #waiters = new Set<() => void>();

  notify(): void {
    const waiting = [...this.#waiters];
    this.#waiters.clear();
    for (const wake of waiting) wake();
  }

  /** Resolves at the next change, or after `ms` at the latest. */
  next(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        cancel(timer);
        this.#waiters.delete(wake);
        resolve();
      };
      const timer = after(ms, wake);
      // A waiting test is work to be done: the process must stay for it.
      timer.ref();
      this.#waiters.add(wake);
    });
  }
}
