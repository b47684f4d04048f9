import { describe, expect, it } from 'vitest';
import { waitingInWords } from '../../../src/home/rules/trouble.js';

describe('messages that wait, in words', () => {
  it.each([
    [1, 'not_in_channel', 'A message to #acme waits: Baton is not in it; type /invite @Baton there'],
    [3, 'is_archived', '3 messages to #acme wait: it is archived; unarchive it in Slack, or unlink it'],
    [
      1,
      'audience: shared with another company',
      'A message to #acme waits: it is shared with another company',
    ],
    [1, 'some_new_error', 'A message to #acme waits: some_new_error'],
    [2, null, '2 messages to #acme wait'],
  ])('%s of %s', (count, error, words) =>
    expect(waitingInWords({ where: '#acme', error, count })).toBe(words),
  );
});
