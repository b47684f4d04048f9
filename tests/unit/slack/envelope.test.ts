import { describe, expect, it } from 'vitest';
import type { Identity } from '../../../src/slack/api.js';
import { sortDelivery } from '../../../src/slack/envelope.js';
import { EVENT_TYPES } from '../../../src/slack/surface.js';

const ME: Identity = {
  teamId: 'T1',
  enterpriseId: undefined,
  botUserId: 'UBOT',
  botId: 'BBOT',
  url: 'https://x.slack.com/',
  scopes: [],
};
const body = (event: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
  type: 'event_callback',
  event_id: 'Ev1',
  team_id: 'T1',
  event: { type: 'message', channel: 'C1', user: 'U1', event_ts: '1.000100', ...event },
  ...more,
});
const sort = (raw: unknown, me = ME) => sortDelivery(raw, me, EVENT_TYPES);

describe('a delivery of Slack', () => {
  it('is kept under its event id, in the lane of its channel', () => {
    expect(sort(body({}))).toMatchObject({ keep: { key: 'Ev1', kind: 'message', lane: 'C1' } });
  });

  it.each([
    [{ type: 'reaction_added', channel: undefined, item: { channel: 'C2' } }, 'C2'],
    [{ type: 'channel_rename', channel: { id: 'C3' } }, 'C3'],
    [{ type: 'channel_id_changed', channel: undefined, channel_id: 'C4', user: undefined }, 'C4'],
    [{ type: 'user_change', channel: undefined, user: { id: 'U9' } }, 'user:U9'],
    [{ type: 'tokens_revoked', channel: undefined, user: undefined }, 'team'],
  ])('finds its lane: %j', (event, lane) => {
    expect(sort(body(event))).toMatchObject({ keep: { lane } });
  });

  it('without an event id has a key of its own making', () => {
    expect(sort(body({}, { event_id: undefined }))).toMatchObject({ keep: { key: 'message:C1:1.000100' } });
  });

  it.each([
    undefined,
    null,
    'text',
    7,
    [],
    {},
    { type: 'app_rate_limited' },
    { type: 'event_callback' },
    body({ type: 7 }),
  ])('that cannot be read is ignored: %j', (raw) => {
    expect(sort(raw)).toEqual({ ignore: 'unreadable' });
  });

  it('of a type that nobody listens to is ignored', () => {
    expect(sort(body({ type: 'emoji_changed' }))).toEqual({ ignore: 'unknown type' });
    expect(sort(body({ type: 'constructor' }))).toEqual({ ignore: 'unknown type' });
  });

  it('of another team is ignored; in a shared channel the context or an authorization names ours', () => {
    expect(sort(body({}, { team_id: 'T2' }))).toEqual({ ignore: 'other team' });
    expect(sort(body({}, { team_id: 'T2', context_team_id: 'T1' }))).toHaveProperty('keep');
    expect(sort(body({}, { team_id: 'T2', authorizations: [{ team_id: 'T1' }] }))).toHaveProperty('keep');
    const grid = { ...ME, enterpriseId: 'E1' };
    expect(sort(body({}, { team_id: 'T2', enterprise_id: 'E1' }), grid)).toHaveProperty('keep');
    expect(sort(body({}, { team_id: 'T2', enterprise_id: 'E2' }), grid)).toEqual({ ignore: 'other team' });
  });

  it.each([
    [{ user: 'UBOT' }],
    [{ user: 'UBOT', bot_id: 'BBOT' }],
    [{ user: undefined, bot_id: 'BBOT', subtype: 'bot_message' }],
    [{ user: undefined, subtype: 'message_changed', message: { user: 'UBOT', bot_id: 'BBOT' } }],
  ])('that is our own message is ignored in each of its shapes: %j', (event) => {
    expect(sort(body(event))).toEqual({ ignore: 'own message' });
  });

  it('in which we joined a channel is not our own message', () => {
    expect(sort(body({ type: 'member_joined_channel', user: 'UBOT' }))).toHaveProperty('keep');
  });
});
