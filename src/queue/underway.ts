/** Work under way by key (a lane, a target), so that one slow piece does not hold up what comes meanwhile. */
export class Underway {
  private readonly keys = new Set<string>();
  private readonly rounds = new Set<Promise<unknown>>();

  has(key: string): boolean {
    return this.keys.has(key);
  }

  isBusy(): boolean {
    return this.keys.size > 0;
  }

  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    this.keys.add(key);
    try {
      return await work();
    } finally {
      this.keys.delete(key);
    }
  }

  /** Waits for a round of work, at most `patienceMs` if given; then it goes on by itself. @throws what it throws till then */
  async wait(round: Promise<unknown>, patienceMs: number | undefined): Promise<void> {
    const tracked = round.finally(() => this.rounds.delete(tracked));
    this.rounds.add(tracked);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      if (patienceMs !== undefined) timer = setTimeout(resolve, patienceMs);
    });
    try {
      await Promise.race([tracked, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Resolves when nothing goes on any more. */
  async ended(): Promise<void> {
    await Promise.allSettled(this.rounds);
  }
}
