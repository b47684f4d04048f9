import { describe, expect, it } from 'vitest';
import { logModal, otherMessageModal } from '../../../src/issues/messages/modals.js';
import { suggestionCard } from '../../../src/issues/messages/suggestion.js';
import {
  answeredBy,
  isFriction,
  isLineFresh,
  offeredAt,
  waitsAgain,
  workingTimeOf,
} from '../../../src/issues/rules/capture.js';
import { HOUR_MS, MINUTE_MS } from '../../../src/time/index.js';
import { checkMessageBlocks, checkView } from '../../support/fake-slack/index.js';
import { expectInert } from '../../support/hostile.js';

const NINE_TO_FIVE = [{ from: '09:00', to: '17:00' }];
const hours = {
  zone: 'Europe/Berlin',
  days: { 1: NINE_TO_FIVE, 2: NINE_TO_FIVE, 5: NINE_TO_FIVE },
  holidays: [],
};
const tuesday = (clock: string) => Date.parse(`2026-11-03T${clock}:00+01:00`);
const base = { issueId: null, waitsSince: null, waitedAt: null, settled: null, settledAt: null };

describe('waiting', () => {
  it.each([
    ['in the morning', '10:00', '2026-11-03T10:15:00+01:00'],
    ['before work', '07:00', '2026-11-03T09:15:00+01:00'],
    ['just before the end', '16:50', '2026-11-06T09:05:00+01:00'],
  ])('is too long after 15 working minutes: %s', (_, at, wanted) =>
    expect(offeredAt(tuesday(at), hours)).toBe(Date.parse(wanted)),
  );

  it('counts by the calendar where the hours say nothing', () => {
    const never = { ...hours, days: {} };
    expect(offeredAt(tuesday('10:00'), never)).toBe(tuesday('10:15'));
    expect(workingTimeOf(tuesday('10:00'), tuesday('11:00'), never)).toBeNull();
    expect(workingTimeOf(tuesday('16:00'), tuesday('19:00'), hours)).toBe(HOUR_MS);
  });

  it('begins again four hours after our last word, never while an issue holds it', () => {
    const at = tuesday('15:00');
    const answered = { ...base, settled: 'answered' as const, settledAt: at - 4 * HOUR_MS };
    expect(waitsAgain(answered, at)).toBe(false);
    expect(waitsAgain(answered, at + MINUTE_MS)).toBe(true);
    expect(waitsAgain({ ...answered, issueId: 1 }, at + MINUTE_MS)).toBe(false);
    expect(waitsAgain({ ...base, waitsSince: at }, at + MINUTE_MS)).toBe(false);
  });

  it('waits again at once after a person decided about what stood there before', () => {
    for (const settled of ['chat', 'no_reply'] as const) {
      const decided = { issueId: null, waitsSince: null, waitedAt: null, settled, settledAt: HOUR_MS };
      expect(waitsAgain(decided, HOUR_MS - MINUTE_MS)).toBe(false);
      expect(waitsAgain(decided, HOUR_MS + MINUTE_MS)).toBe(true);
    }
  });

  it('is friction, as is what was logged; what was answered in time is not', () => {
    expect(isFriction({ issueId: null, waitedAt: null })).toBe(false);
    expect(isFriction({ issueId: null, waitedAt: 1 })).toBe(true);
    expect(isFriction({ issueId: 1, waitedAt: null })).toBe(true);
  });

  it('a line takes in what comes for twelve hours', () => {
    expect(isLineFresh(0, 12 * HOUR_MS - 1)).toBe(true);
    expect(isLineFresh(0, 12 * HOUR_MS)).toBe(false);
  });

  it('our word in the channel answers those whom it names, else the newest', () => {
    const joe = { author: 'UJOE', startedAt: 1 };
    const jill = { author: 'UJILL', startedAt: 2 };
    expect(answeredBy('@UJOE yes', [joe, jill])).toEqual([joe]);
    expect(answeredBy('yes', [joe, jill])).toEqual([jill]);
    expect(answeredBy('yes', [])).toEqual([]);
  });
});

const LENGTHS = [0, 1, 2_999, 3_000, 3_001, 50_000];
const texts = LENGTHS.flatMap((n) => ['x'.repeat(n), '&'.repeat(n), '😀'.repeat(Math.ceil(n / 2))]);
const many = (n: number, text: string) =>
  Array.from({ length: n }, (_, i) => ({
    number: i + 1,
    title: text,
    isOver: false,
    contactId: i + 1,
    author: text,
    text,
    when: text,
    url: null,
    outcome: null,
    id: i + 1,
    name: text || 'x',
  }));

describe('whatever people type', () => {
  it('C3, C4, C5: the line is valid at every length and number, its push text at most 3,000', () => {
    for (const text of texts) {
      for (const n of [0, 1, 49, 50, 500]) {
        const shown = suggestionCard({
          account: text,
          since: 'Tue 14:05',
          contacts: many(n, text),
          issues: many(n, text),
        });
        expect(checkMessageBlocks(shown.blocks)).toEqual([]);
        expect(shown.text.length).toBeLessThanOrEqual(3_000);
      }
    }
  });

  it('B3, B4: the forms are valid with 0, 1, 100 and 650 choices and very long names', () => {
    for (const text of texts) {
      for (const n of [0, 1, 100, 650]) {
        const list = many(n, text);
        const memory = {
          channel: 'C1',
          source: { channel: 'C1', ts: '1.000100', threadTs: '1.000100', author: 'UJOE' },
          accountId: null,
        };
        const asked = logModal({ accounts: list, account: null, title: text, detail: text, memory });
        const known = logModal({ accounts: [], account: { id: 1, name: text }, issues: list, memory });
        const other = otherMessageModal({ number: 1, title: text }, list, {
          number: 1,
          contactId: 1,
          channel: 'C1',
        });
        for (const view of [asked, known, other]) {
          expect(checkView(view, 'modal')).toEqual([]);
          expect(view.private_metadata?.length ?? 0).toBeLessThanOrEqual(3_000);
        }
      }
    }
  });

  it('C12: commands and fake links in what customers wrote do nothing', () => {
    const text = '<!channel> & <@U1> <http://x|y>';
    const contact = {
      contactId: 1,
      author: text,
      text,
      url: 'https://ours.slack.com/archives/C1/p1',
      outcome: null,
    };
    expectInert(suggestionCard({ account: text, since: 'Tue', contacts: [contact], issues: many(5, text) }));
    expectInert(
      suggestionCard({ account: text, since: 'Tue', contacts: [{ ...contact, outcome: text }], issues: [] }),
    );
  });
});
