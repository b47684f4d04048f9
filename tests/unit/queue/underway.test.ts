import { describe, expect, it } from 'vitest';
import { Underway } from '../../../src/queue/underway.js';

/** Work that ends when it is told to. */
function held(): { work: Promise<void>; end: () => void; fail: (err: Error) => void } {
  let end = () => {};
  let fail = (_err: Error) => {};
  const work = new Promise<void>((resolve, reject) => {
    end = resolve;
    fail = reject;
  });
  return { work, end, fail };
}

describe('work under way', () => {
  it('is waited for until it ends, when no patience is given', async () => {
    const underway = new Underway();
    const slow = held();
    let isOver = false;
    const waiting = underway.wait(slow.work, undefined).then(() => {
      isOver = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(isOver).toBe(false);
    slow.end();
    await waiting;
    expect(isOver).toBe(true);
  });

  it('goes on by itself when patience runs out, and is known by its key until it ends', async () => {
    const underway = new Underway();
    const slow = held();
    await underway.wait(
      underway.run('C1', () => slow.work),
      10,
    );
    expect([underway.has('C1'), underway.has('C2'), underway.isBusy()]).toEqual([true, false, true]);
    slow.end();
    await underway.ended();
    expect([underway.has('C1'), underway.isBusy()]).toEqual([false, false]);
  });

  it('is no crash when it fails after nobody waits for it any more', async () => {
    const underway = new Underway();
    const slow = held();
    await underway.wait(
      underway.run('C1', () => slow.work),
      10,
    );
    slow.fail(new Error('too late to tell'));
    await underway.ended();
    expect(underway.isBusy()).toBe(false);
  });

  it('tells at once when it fails in time', async () => {
    await expect(new Underway().wait(Promise.reject(new Error('no')), 1_000)).rejects.toThrow('no');
  });
});
