import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readinessOf } from '../../../src/main/readiness.js';
import type { Store } from '../../../src/store/transact.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('a database that says nothing at all is a problem after five seconds, and the answer comes', async () => {
  const never = () => new Promise<never>(() => undefined);
  const silent: Store = {
    dialect: 'postgres',
    transact: never,
    read: never,
    onWake: () => undefined,
    close: async () => undefined,
  };
  const answer = readinessOf({
    store: silent,
    machineNow: () => 0,
    businessNow: () => 0,
    openConnections: () => 1,
    lastFrameAt: () => 0,
    ignored: () => ({}),
    isDeaf: () => false,
    tokenProblem: () => null,
  });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await answer).toMatchObject({
    isReady: false,
    problems: ['the database cannot be written: Error: no answer for 5 seconds'],
  });
});
