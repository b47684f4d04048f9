import { describe, expect, it } from 'vitest';
import { sortDelivery } from '../../../src/slack/envelope.js';

const ME = {
  teamId: 'T1',
  enterpriseId: undefined,
  botUserId: 'UBATON',
  botId: 'BBATON',
  url: 'https://x.slack.com/',
  scopes: [],
};
const TYPES = new Set(['reaction_added', 'message']);

describe('the key of a delivery', () => {
  const keyOf = (eventId: string, event: Record<string, unknown>) => {
    const sorted = sortDelivery(
      { type: 'event_callback', team_id: 'T1', event_id: eventId, event },
      ME,
      TYPES,
    );
    return 'keep' in sorted ? sorted.keep.key : sorted.ignore;
  };
  const reaction = {
    type: 'reaction_added',
    user: 'U1',
    reaction: 'ticket',
    item: { type: 'message', channel: 'C1', ts: '1.000001' },
    event_ts: '2.000001',
  };

  it('is the event id', () => {
    expect(keyOf('Ev1', { type: 'message', channel: 'C1', user: 'U1', ts: '1.000001' })).toBe('Ev1');
  });

  it('is one for a reaction that comes again under another event id', () => {
    expect(keyOf('Ev1', reaction)).toBe(keyOf('Ev2', reaction));
  });

  it.each([
    ['put there again later', { event_ts: '3.000001' }],
    ['of somebody else', { user: 'U2' }],
    ['of another name', { reaction: 'eyes' }],
    ['on another message', { item: { type: 'message', channel: 'C1', ts: '1.000002' } }],
  ])('is another one for a reaction %s', (_how, change) => {
    expect(keyOf('Ev1', { ...reaction, ...change })).not.toBe(keyOf('Ev1', reaction));
  });

  it('is the event id for a reaction that does not say when it was put there', () => {
    expect(keyOf('Ev1', { ...reaction, event_ts: undefined })).toBe('Ev1');
  });
});
