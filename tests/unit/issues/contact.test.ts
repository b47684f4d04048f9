import { describe, expect, it } from 'vitest';
import {
  type ChannelMemory,
  type CustomerMessage,
  placeMessage,
  saysSomething,
} from '../../../src/issues/rules/contact.js';
import { HOUR_MS, MINUTE_MS } from '../../../src/time/index.js';

const NOW = Date.UTC(2026, 10, 3, 12);
const nothing: ChannelMemory = { threadContact: null, contacts: [], ours: null };
const said = (more: Partial<CustomerMessage> = {}): CustomerMessage => ({
  author: 'UJOE',
  text: 'The export misses rows since Monday',
  threadTs: null,
  hasFile: false,
  at: NOW,
  ...more,
});
const ours = (ago: number, text = 'Which browser do you use?') => ({
  ...nothing,
  ours: { at: NOW - ago, text },
});
const open = (lastBy: Record<string, number>) => ({ ...nothing, contacts: [{ id: 7, lastBy }] });

describe('a message of a customer', () => {
  it('opens a contact', () => expect(placeMessage(said(), nothing)).toEqual({ open: true }));

  it.each([
    ['same author, two hours', { UJOE: NOW - 2 * HOUR_MS }, { join: 7, asks: true }],
    ['same author, a minute later', { UJOE: NOW - 2 * HOUR_MS - MINUTE_MS }, { open: true }],
    ['another author, one hour', { UJILL: NOW - HOUR_MS }, { join: 7, asks: true }],
    ['another author, a minute later', { UJILL: NOW - HOUR_MS - MINUTE_MS }, { open: true }],
    [
      'second author of it, by their own two hours',
      { UJILL: NOW - 3 * HOUR_MS, UJOE: NOW - 100 * MINUTE_MS },
      { join: 7, asks: true },
    ],
    ['one that was written before the last of it', { UJOE: NOW + MINUTE_MS }, { join: 7, asks: true }],
  ])('joins within the window: %s', (_, lastBy, wanted) =>
    expect(placeMessage(said(), open(lastBy))).toEqual(wanted),
  );

  it('joins the contact of its thread, however late', () =>
    expect(placeMessage(said({ threadTs: '1' }), { ...nothing, threadContact: 3 })).toEqual({
      join: 3,
      asks: true,
    }));

  it('in the thread of another contact does not join what was written in the channel', () =>
    expect(placeMessage(said({ threadTs: '1' }), open({ UJOE: NOW - MINUTE_MS }))).toEqual({ open: true }));

  it('thanks in a thread belong to its contact and ask for nothing', () =>
    expect(placeMessage(said({ threadTs: '1', text: 'Thanks!' }), { ...nothing, threadContact: 3 })).toEqual({
      join: 3,
      asks: false,
    }));

  it.each([
    ['within four hours of ours', 4 * HOUR_MS, said(), { none: 'answer' }],
    ['a minute later', 4 * HOUR_MS + MINUTE_MS, said(), { open: true }],
    ['four words within a day', 24 * HOUR_MS, said({ text: 'yes, since last Wednesday' }), { none: 'short' }],
    ['five words', 23 * HOUR_MS, said({ text: 'yes, since last Wednesday evening' }), { open: true }],
    [
      'four words a day later',
      24 * HOUR_MS + MINUTE_MS,
      said({ text: 'yes, since last Wednesday' }),
      { open: true },
    ],
    ['four words with a question mark', 5 * HOUR_MS, said({ text: 'is it live?' }), { open: true }],
    ['four words with a link', 5 * HOUR_MS, said({ text: 'see https://x.example' }), { open: true }],
    ['four words with a file', 5 * HOUR_MS, said({ text: 'see this', hasFile: true }), { open: true }],
    [
      'Japanese has words without spaces',
      5 * HOUR_MS,
      said({ text: '請求書の金額が先月から間違っています' }),
      { open: true },
    ],
  ])('after a message of ours: %s', (_, ago, message, wanted) =>
    expect(placeMessage(message, ours(ago))).toEqual(wanted),
  );

  it('a question put under what asked nothing is no answer', () => {
    const asks = said({ text: 'Since then the plan is blank, can you look?' });
    expect(placeMessage(asks, ours(HOUR_MS, 'Version 4 is live.'))).toEqual({ open: true });
    expect(placeMessage(asks, ours(HOUR_MS, 'Does it work for you?'))).toEqual({ none: 'answer' });
  });

  it('to a colleague is none, also while a contact is open', () =>
    expect(placeMessage(said({ isToColleague: true }), open({ UJOE: NOW }))).toEqual({ none: 'colleague' }));
});

it.each([
  ['login broken', false, false],
  ['login broken', true, true],
  ['is it down?', false, true],
  ['The export misses rows again', false, true],
])('%s (file: %s) says something by itself: %s', (text, hasFile, wanted) =>
  expect(saysSomething(text, hasFile)).toBe(wanted),
);
