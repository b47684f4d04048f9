import { describe, expect, it } from 'vitest';
import { factsAsOf } from '../../../src/signals/rules/as-of.js';
import type { ContactRow } from '../../../src/signals/rules/history.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/time/index.js';
import { HOURS, NOON } from './made-up.js';

const BEGAN = NOON - 2 * HOUR_MS;

/** What is known at noon (or `at`) of one contact that began at ten and was seen to wait a quarter of an hour later. */
function seen(row: Partial<ContactRow>, at = NOON) {
  const contact: ContactRow = {
    ...{ id: 1, channel: 'C1', firstTs: '1.000100', threadTs: '1.000100', startedAt: BEGAN },
    ...{
      waitedAt: BEGAN + 15 * MINUTE_MS,
      firstReplyAt: null,
      settled: null,
      settledAt: null,
      issueId: null,
    },
    ...row,
  };
  const { contacts } = factsAsOf(
    {
      account: { tier: null, renewalOn: null, lifecycle: null, health: null },
      ...{ hours: HOURS, zone: 'UTC', knownSince: BEGAN - 90 * DAY_MS, contacts: [contact] },
      ...{ messages: [], issues: [], calls: [], promises: [], events: [] },
    },
    at,
  );
  return contacts.map(({ waitedMs, isWaiting }) => [waitedMs / MINUTE_MS, isWaiting]);
}

describe('how long a contact waited, as of an instant', () => {
  it('grows until it is answered, and stays', () => {
    expect(seen({})).toEqual([[120, true]]);
    const firstReplyAt = BEGAN + 40 * MINUTE_MS;
    const answered = { firstReplyAt, settled: 'answered' as const, settledAt: firstReplyAt };
    expect(seen(answered)).toEqual([[40, false]]);
    // What came later was not known then.
    expect(seen(answered, BEGAN + 30 * MINUTE_MS)).toEqual([[30, true]]);
  });

  it('is nothing before it was seen to wait', () => {
    expect(seen({}, BEGAN + 14 * MINUTE_MS)).toEqual([]);
  });

  it('counts working time only', () => {
    expect(seen({}, NOON + 22 * HOUR_MS)).toEqual([[8 * 60, true]]);
  });

  it('ends by a reaction of ours or *No reply needed*, not by being called no issue', () => {
    const settledAt = BEGAN + 50 * MINUTE_MS;
    expect(seen({ settled: 'seen', settledAt })).toEqual([[50, false]]);
    expect(seen({ settled: 'no_reply', settledAt })).toEqual([[50, false]]);
    expect(seen({ settled: 'chat', settledAt })).toEqual([[120, true]]);
  });

  it('of one that was answered before and waits again, counts what follows', () => {
    const again = { firstReplyAt: BEGAN + 5 * MINUTE_MS, waitedAt: BEGAN + 60 * MINUTE_MS };
    expect(seen(again)).toEqual([[75, true]]);
  });
});
