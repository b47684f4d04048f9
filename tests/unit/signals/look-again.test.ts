import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factsAsOf } from '../../../src/signals/rules/as-of.js';
import { nextLook, readAccount } from '../../../src/signals/rules/evaluate.js';
import type { EventRow, History } from '../../../src/signals/rules/history.js';
import { RULES } from '../../../src/signals/rules/registry.js';
import { addDays, DAY_MS, wallOf } from '../../../src/time/index.js';
import { HOURS, inForce, NOON } from './made-up.js';

/*
 * Nobody looks at an account but after a change, and when a rule asked for it. So nothing that the rules say may change
 * between the two: what begins, ends or grows graver with time alone must have been asked for.
 */

const RULES_IN_FORCE = RULES.filter(({ scope }) => scope === 'account' || scope === 'issue').map(({ id }) =>
  inForce(id),
);
/** How long nothing happens. */
const WATCHED_DAYS = 130;

const days = (max: number) => fc.integer({ min: 0, max });
const someDays = (max: number, count: number) => fc.array(days(max), { maxLength: count });

/** What happened to one account before noon, in whole days before it; times of day are its own. */
const stories = fc.record({
  tier: fc.constantFrom('A', 'B', 'C', null),
  lifecycle: fc.constantFrom('onboarding', 'live'),
  health: fc.constantFrom('red', 'green', null),
  renewsIn: fc.option(fc.integer({ min: -2, max: 140 })),
  wrote: someDays(90, 14),
  unanswered: someDays(16, 2),
  issues: fc.array(
    fc.record({
      opened: days(40),
      priority: fc.constantFrom('normal', 'high', 'urgent'),
      category: fc.constantFrom('bug', 'billing', null),
      solved: fc.option(days(40)),
      reopened: fc.option(days(20)),
    }),
    { maxLength: 4 },
  ),
  called: fc.option(days(15)),
  broken: someDays(16, 2),
  rated: fc.array(fc.record({ day: days(119), value: fc.integer({ min: 1, max: 5 }) }), { maxLength: 16 }),
  words: someDays(9, 2),
});
type Story = typeof stories extends fc.Arbitrary<infer T> ? T : never;

/** Nothing happens on the minute at which something else is due. */
const at = (day: number, i = 0) => NOON - day * DAY_MS - i * 61_000;

function historyOf(it: Story): History {
  const contacts = [...it.wrote.map((day) => ({ day, isOpen: false })), ...waiting(it)].map(
    ({ day, isOpen }, i) => ({
      id: i + 1,
      ...{ channel: 'C1', firstTs: `${i}.000100`, threadTs: `${i}.000100`, startedAt: at(day, i) },
      ...{
        waitedAt: at(day, i),
        firstReplyAt: isOpen ? null : at(day, i) + 1,
        settled: null,
        settledAt: null,
      },
      issueId: null,
    }),
  );
  const today = wallOf(NOON, 'UTC').date;
  return {
    account: {
      ...{ tier: it.tier, lifecycle: it.lifecycle, health: it.health as 'red' | 'green' | null },
      renewalOn: it.renewsIn === null ? null : addDays(today, it.renewsIn),
    },
    ...{ hours: HOURS, zone: 'UTC', knownSince: NOON - 60 * DAY_MS, contacts },
    messages: contacts.map(({ id, startedAt, firstTs }) => ({
      ...{ contactId: id, isCustomer: true, at: startedAt, channel: 'C1', ts: firstTs, threadTs: null },
      ...{ isQuestion: true, isCourtesy: false },
    })),
    issues: it.issues.map((one, i) => ({
      ...{ id: i + 1, number: i + 1, createdAt: at(one.opened, i) },
      ...{ priority: one.priority as 'normal', category: one.category as 'bug' | null },
    })),
    calls:
      it.called === null
        ? []
        : [
            {
              ...{ issueId: 1, group: 'Executive', kind: 'authority', isCustomerWish: true },
              ...{ at: at(it.called, 7), takenBackAt: null },
            },
          ],
    promises: it.broken.map((_, i) => ({ id: i + 1, issueId: null, what: 'a template' })),
    events: eventsOf(it),
  };
}

const waiting = ({ unanswered }: Story) => unanswered.map((day) => ({ day, isOpen: true }));

function eventsOf(it: Story): EventRow[] {
  const event = (kind: string, when: number, more: Partial<EventRow> = {}): EventRow => ({
    ...{ kind, at: when, issueId: null, contactId: null, before: null, after: null, data: {}, ...more },
  });
  return [
    ...it.issues.flatMap(({ opened, solved, reopened }, i) => {
      const of = { issueId: i + 1 };
      const end = solved === null || solved > opened ? [] : [event('issue.resolved', at(solved, 20 + i), of)];
      const again =
        end.length === 0 || reopened === null || reopened > (solved ?? 0)
          ? []
          : [event('issue.reopened', at(reopened, 10 + i), of)];
      return [event('issue.opened', at(opened, 30 + i), of), ...end, ...again];
    }),
    ...it.broken.map((day, i) => event('promise.broken', at(day, 40 + i), { data: { promiseId: i + 1 } })),
    ...it.rated.map(({ day, value }, i) => event('rating.received', at(day, 50 + i), { data: { value } })),
    ...it.words.map((day, i) =>
      event('words.matched', at(day, 70 + i), {
        data: { channel: 'C1', ts: `w${i}`, phrases: ['en-churn-1'], categories: ['churn'] },
      }),
    ),
  ].sort((a, b) => a.at - b.at);
}

/** What the rules say at an instant, as far as it decides anything; `asked`: when they want to look again. */
function look(history: History, now: number) {
  const said = readAccount(factsAsOf(history, now), RULES_IN_FORCE, [], now);
  const saying = said
    .filter(({ reading }) => reading.level > reading.clearAt)
    .map(({ by, about, reading, severity, place }) => {
      const isOn = reading.level >= reading.fireAt;
      return `${by.rule.id} ${about} ${isOn ? `fires, ${severity}, ${place}` : 'is between'}`;
    });
  return { saying, asked: nextLook(said, [], now) };
}

describe('rules', () => {
  it('are asked again before what they say changes with time alone', () => {
    let spoke = 0;
    fc.assert(
      fc.property(stories, (story) => {
        const history = historyOf(story);
        let last = look(history, NOON);
        spoke += last.saying.length;
        for (let now = NOON; now <= NOON + WATCHED_DAYS * DAY_MS; now += DAY_MS) {
          while (last.asked !== null && last.asked <= now) last = look(history, last.asked);
          expect([now, ...look(history, now).saying]).toEqual([now, ...last.saying]);
        }
      }),
      { numRuns: Number(process.env.LAW_ROUNDS ?? 20) },
    );
    expect(spoke).toBeGreaterThan(0);
  }, 120_000);
});
