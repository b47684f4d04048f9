import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from '../support/baton.js';
import { sqliteDatabase } from '../support/databases.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('the loop, over the wire', () => {
  const database = sqliteDatabase();
  let world: World;
  const team = () => world.slack.messages('support-success');
  const triage = () => world.slack.messages('triage');
  const dmOf = (name: string) => world.slack.messages(world.slack.dm(name).id);

  beforeAll(async () => {
    world = await startWorld(database);
  });
  afterAll(async () => {
    await world.stop();
    await database.dispose();
  });

  it('raises one living alert when an account writes again and again', async () => {
    const { slack } = world;
    for (const text of [
      'The export misses rows since Monday',
      'The dashboard is slow again today',
      'Can somebody look at our invoices?',
    ]) {
      await slack.post('acme', 'joe', text);
      await world.travel(2 * DAY);
    }
    expect(team()).toHaveLength(1);
    expect(JSON.stringify(team()[0]?.blocks)).toContain('wrote in 3 times in 5 days (usually 0)');
  });
});
