import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEMO_BEGINS, DemoClock } from '../../../src/demo/clock.js';

const REAL = Date.UTC(2027, 0, 5, 12, 0, 0);
const HOUR = 3_600_000;

describe('the demo’s clock', () => {
  const folder = mkdtempSync(join(tmpdir(), 'baton-clock-'));
  const file = join(folder, 'clock.json');

  beforeEach(() => {
    vi.useFakeTimers({ now: REAL, toFake: ['Date', 'setInterval', 'clearInterval'] });
  });
  afterEach(() => {
    vi.useRealTimers();
    rmSync(file, { force: true });
  });

  /** What the local Slack calls a message of now: whole seconds and a counter. */
  const ts = () => `${Math.floor(Date.now() / 1000)}.000001`;

  it('shows the time that was set, and goes on with the machine', () => {
    const clock = DemoClock.at(DEMO_BEGINS);
    expect(clock.business.now()).toBe(DEMO_BEGINS);
    vi.advanceTimersByTime(90_000);
    expect(clock.business.now()).toBe(DEMO_BEGINS + 90_000);
  });

  it('leaves the machine’s clock alone', () => {
    const clock = DemoClock.at(DEMO_BEGINS);
    const before = clock.machine.now();
    clock.set(DEMO_BEGINS + 24 * HOUR);
    expect(clock.machine.now() - before).toBeLessThan(HOUR);
  });

  it('reads a ts with the offset that was in force when it was written', () => {
    const clock = DemoClock.at(DEMO_BEGINS);
    const early = ts();
    vi.advanceTimersByTime(60_000);
    clock.set(DEMO_BEGINS + 24 * HOUR);
    vi.advanceTimersByTime(2_000);
    expect(clock.business.of(early)).toBe(DEMO_BEGINS);
    expect(clock.business.of(ts())).toBe(DEMO_BEGINS + 24 * HOUR + 2_000);
  });

  it('takes a message in the very second of a journey’s end as one of its end', () => {
    const clock = DemoClock.at(DEMO_BEGINS);
    vi.advanceTimersByTime(700);
    clock.set(DEMO_BEGINS + 5 * HOUR);
    clock.set(DEMO_BEGINS + 9 * HOUR);
    expect(DEMO_BEGINS + 9 * HOUR - clock.business.of(ts())).toBeLessThan(1_000);
  });

  it('goes on at the next start from where it stopped, and still reads the old ts', () => {
    const clock = DemoClock.at(DEMO_BEGINS);
    const old = ts();
    clock.keepIn(file);
    vi.advanceTimersByTime(30_000);
    clock.stop();
    vi.advanceTimersByTime(8 * HOUR);
    const next = DemoClock.resume(file);
    expect(next?.business.now()).toBe(DEMO_BEGINS + 30_000);
    expect(next?.business.of(old)).toBe(DEMO_BEGINS);
  });

  it('is written down every few seconds, so that a killed demo loses no more', () => {
    DemoClock.at(DEMO_BEGINS).keepIn(file);
    vi.advanceTimersByTime(61_000);
    expect(JSON.parse(readFileSync(file, 'utf8')).stoppedAt).toBeGreaterThan(DEMO_BEGINS + 50_000);
  });

  it('is no clock when nothing was kept, or it is damaged', () => {
    expect(DemoClock.resume(file)).toBeUndefined();
    for (const text of ['', '{', '{"stoppedAt":"x","jumps":[]}']) {
      writeFileSync(file, text);
      expect(DemoClock.resume(file)).toBeUndefined();
    }
  });
});
