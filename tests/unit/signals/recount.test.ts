import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factsAsOf } from '../../../src/signals/rules/as-of.js';
import { backtest, WARM_UP_MS } from '../../../src/signals/rules/backtest.js';
import type { History } from '../../../src/signals/rules/history.js';
import { DAY_MS, HOUR_MS } from '../../../src/time/index.js';
import { HOURS, inForce, NOON } from './made-up.js';

/** All is logged at once. Everything happens on the hour, so that a recount hour by hour misses nothing. */
const START = NOON - 200 * DAY_MS;
const LENGTH_H = 140 * 24;
const WEEK_MS = 7 * DAY_MS;

function historyOf(hours: readonly number[]): History {
  return {
    account: { tier: null, renewalOn: null, lifecycle: null, health: null },
    hours: HOURS,
    zone: 'UTC',
    knownSince: START,
    contacts: hours.map((hour, i) => ({
      id: i + 1,
      channel: 'C1',
      firstTs: `${hour}.000100`,
      threadTs: `${hour}.000100`,
      startedAt: START + hour * HOUR_MS,
      waitedAt: START + hour * HOUR_MS,
      firstReplyAt: null,
      settled: null,
      settledAt: null,
      issueId: i + 1,
    })),
    messages: [],
    issues: [],
    calls: [],
    promises: [],
    events: [],
  };
}

interface Span {
  firedAt: number;
  clearedAt: number | null;
}

/** The rule of repeat contact, hour by hour over everything that ever was, as one would do it by hand. */
function recount(hours: readonly number[], from: number, until: number): Span[] {
  const ats = hours.map((hour) => START + hour * HOUR_MS);
  const spans: Span[] = [];
  let open: Span | undefined;
  for (let now = from; now <= until; now += HOUR_MS) {
    const between = (after: number, to: number) => ats.filter((at) => at > after && at <= to).length;
    const count = between(now - WEEK_MS, now);
    const weeks = [];
    for (let week = 1; week <= 12 && now - WEEK_MS * (week + 1) >= START; week += 1)
      weeks.push(between(now - WEEK_MS * (week + 1), now - WEEK_MS * week));
    weeks.sort((a, b) => a - b);
    const n = weeks.length;
    const usual = n === 0 ? 0 : ((weeks[Math.floor((n - 1) / 2)] ?? 0) + (weeks[Math.floor(n / 2)] ?? 0)) / 2;
    const limit = n < 4 ? 6 : Math.max(4, Math.ceil(2 * usual), Math.ceil(usual + 2 * Math.sqrt(usual)));
    const last = spans.at(-1);
    if (open && count < limit && count < 2) {
      open.clearedAt = now;
      open = undefined;
    } else if (!open && count >= limit && (!last || now - (last.clearedAt ?? now) >= WEEK_MS)) {
      open = { firedAt: now, clearedAt: null };
      spans.push(open);
    }
  }
  return spans;
}

/** Bursts, so that something fires: a start, and how many follow it closely. */
const contacts = fc
  .array(
    fc.tuple(
      fc.integer({ min: 0, max: LENGTH_H }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 30 }),
    ),
    { minLength: 1, maxLength: 14 },
  )
  .map((bursts) =>
    bursts
      .flatMap(([start, count, step]) => Array.from({ length: count }, (_, i) => start + i * step))
      .filter((hour) => hour <= LENGTH_H)
      .sort((a, b) => a - b),
  );

const span = { from: START + WARM_UP_MS, until: START + (LENGTH_H + 14 * 24) * HOUR_MS };
const engine = (history: History) =>
  backtest(history, [inForce('S01')], span).map(({ firedAt, clearedAt }) => ({ firedAt, clearedAt }));

describe('signals, against a recount over all history', () => {
  it('fire and clear at the same instants', () => {
    let fired = 0;
    fc.assert(
      fc.property(contacts, (hours) => {
        const spans = recount(hours, START, span.until).filter((one) => one.firedAt >= span.from);
        expect(engine(historyOf(hours))).toEqual(spans);
        fired += spans.length;
      }),
      { numRuns: 60 },
    );
    expect(fired).toBeGreaterThan(20);
  });

  it('never fire again within the cooldown, whatever flaps', () => {
    fc.assert(
      fc.property(contacts, (hours) => {
        const spans = engine(historyOf(hours));
        spans.slice(1).forEach((one, i) => {
          expect(one.firedAt - (spans[i]?.clearedAt ?? Number.POSITIVE_INFINITY)).toBeGreaterThanOrEqual(
            WEEK_MS,
          );
        });
      }),
      { numRuns: 60 },
    );
  });

  it('know nothing of what came later: facts as of an instant are those of a history that ends there', () => {
    fc.assert(
      fc.property(contacts, fc.integer({ min: 0, max: LENGTH_H }), (hours, hour) => {
        const at = START + hour * HOUR_MS;
        expect(factsAsOf(historyOf(hours), at)).toEqual(
          factsAsOf(historyOf(hours.filter((one) => one <= hour)), at),
        );
      }),
      { numRuns: 100 },
    );
  });
});
