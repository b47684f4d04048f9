import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from '../support/baton.js';
import { sqliteDatabase } from '../support/databases.js';
import { countOf } from '../support/rows.js';

describe('an event, over the wire,', () => {
  let world: World;
  const database = sqliteDatabase();
  beforeAll(async () => {
    world = await startWorld(database);
  });
  afterAll(async () => {
    await world.stop();
    await database.dispose();
  });

  const ignored = async () => (await world.baton.readiness()).details.ignored as Record<string, number>;

  it('of an unknown type is acked, counted and forgotten', async () => {
    const rows = await countOf(world.store, 'inbox');
    const delivery = await world.slack.deliverEvent({ type: 'emoji_changed', subtype: 'add', name: 'x' });
    expect(delivery.acked).toBe(true);
    expect((await ignored())['unknown type']).toBe(1);
    expect(await countOf(world.store, 'inbox')).toBe(rows);
  });

  it('of another team is acked, counted and forgotten', async () => {
    const rows = await countOf(world.store, 'inbox');
    const delivery = await world.slack.deliverEvent(
      { type: 'message', channel: 'C1', user: 'U1', text: 'x', ts: '1.000100' },
      { team_id: 'T_WRONG', context_team_id: 'T_WRONG', authorizations: [{ team_id: 'T_WRONG' }] },
    );
    expect(delivery.acked).toBe(true);
    expect((await ignored())['other team']).toBe(1);
    expect(await countOf(world.store, 'inbox')).toBe(rows);
  });

  it('that cannot be read at all is acked and counted', async () => {
    const sent = await world.slack.deliverRaw({
      envelope_id: 'unreadable',
      type: 'events_api',
      accepts_response_payload: false,
      payload: { type: 'event_callback', event: { type: 7 } },
    });
    expect(sent.acked).toBe(true);
    expect((await ignored()).unreadable).toBe(1);
  });
});
