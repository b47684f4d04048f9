/** What people are going to do, in the order of its time. */
export class Agenda {
  private readonly heap: { at: number; order: number; deed: () => Promise<void> }[] = [];
  private order = 0;

  /** When the next deed is, UTC ms; Infinity when nobody has anything to do. */
  get nextAt(): number {
    return this.heap[0]?.at ?? Number.POSITIVE_INFINITY;
  }

  /** Has something done at an instant. */
  add(at: number, deed: () => Promise<void>): void {
    const { heap } = this;
    heap.push({ at, order: this.order++, deed });
    for (let i = heap.length - 1; i > 0; ) {
      const up = (i - 1) >> 1;
      if (!this.swapIfBefore(i, up)) break;
      i = up;
    }
  }

  /** Takes the next deed out. */
  take(): (() => Promise<void>) | undefined {
    const { heap } = this;
    const [first] = heap;
    const last = heap.pop();
    if (!first || !last) return undefined;
    if (heap.length > 0) heap[0] = last;
    for (let i = 0; ; ) {
      const left = 2 * i + 1;
      const next = this.isBefore(left + 1, left) ? left + 1 : left;
      if (!this.swapIfBefore(next, i)) break;
      i = next;
    }
    return first.deed;
  }

  private isBefore(a: number, b: number): boolean {
    const [x, y] = [this.heap[a], this.heap[b]];
    if (!x || !y) return false;
    return x.at < y.at || (x.at === y.at && x.order < y.order);
  }

  private swapIfBefore(a: number, b: number): boolean {
    if (!this.isBefore(a, b)) return false;
    const { heap } = this;
    [heap[a], heap[b]] = [heap[b] as (typeof heap)[number], heap[a] as (typeof heap)[number]];
    return true;
  }
}
