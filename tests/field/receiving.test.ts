import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forgetOldKeys } from '../../src/queue/health.js';
import { startWorld, type World } from '../support/baton.js';
import { onEveryDatabase } from '../support/databases.js';
import { countOf, rowsOf } from '../support/rows.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

onEveryDatabase('receiving, over the wire,', (database) => {
  let world: World;
  let serial = 0;

  beforeAll(async () => {
    world = await startWorld(database);
  });
  afterAll(() => world.stop());

  /** A customer's message, and the event of Sam's `:ticket:` on it, which a test delivers as it likes. */
  async function ticket(text: string) {
    // Late enough to be a contact of its own.
    await world.travel(3 * HOUR);
    const { ts } = await world.slack.post('acme', 'joe', text);
    await world.settle();
    serial += 1;
    const item = { type: 'message', channel: world.slack.channel('acme').id, ts };
    const event = { type: 'reaction_added', user: world.id('sam'), reaction: 'ticket', item, event_ts: ts };
    return { eventId: `EvTicket${serial}`, event };
  }

  const whispers = () => world.slack.ephemerals().length;
  /** A reaction is known by what it is, since Slack may send it again under another event id. */
  const deliveries = async (event: { item: { ts: string } }) =>
    (await rowsOf(world.store, 'inbox')).filter((row) => row.key.includes(`:${event.item.ts}:`));

  async function expectOneEffect(
    event: { item: { ts: string } },
    deliver: () => Promise<unknown>,
  ): Promise<void> {
    const before = { issues: await countOf(world.store, 'issues'), whispers: whispers() };
    await deliver();
    await world.settle();
    expect(await deliveries(event)).toMatchObject([{ state: 'done' }]);
    expect(await countOf(world.store, 'issues')).toBe(before.issues + 1);
    expect(whispers()).toBe(before.whispers + 1);
  }

  it('A1: the same event three times, one after another, is one inbox row, one issue, one reply', async () => {
    const { event, eventId } = await ticket('The export misses rows');
    await expectOneEffect(event, async () => {
      for (let copy = 0; copy < 3; copy += 1) {
        const delivery = await world.slack.deliverEvent(event, { event_id: eventId });
        expect(delivery.acked).toBe(true);
        await world.settle();
      }
    });
  });

  it('A1: the same event three times at once is one inbox row, one issue, one reply', async () => {
    const { event, eventId } = await ticket('The import stops half-way');
    await expectOneEffect(event, async () => {
      const copies = [1, 2, 3].map(() => world.slack.deliverEvent(event, { event_id: eventId }));
      for (const delivery of await Promise.all(copies)) expect(delivery.acked).toBe(true);
    });
  });

  it('A2: an event of which only the second retry arrives is handled', async () => {
    const { event, eventId } = await ticket('The login page is blank');
    await expectOneEffect(event, async () => {
      const sent = await world.slack.deliverRaw({
        envelope_id: 'envelope-of-a-retry',
        type: 'events_api',
        accepts_response_payload: false,
        retry_attempt: 2,
        retry_reason: 'timeout',
        payload: { type: 'event_callback', team_id: world.slack.teamId, event_id: eventId, event },
      });
      expect(sent.acked).toBe(true);
    });
  });

  it('A3: a copy that comes six minutes later is still recognised, and one 29 days later too', async () => {
    const { event, eventId } = await ticket('Invoices show the wrong month');
    await expectOneEffect(event, async () => {
      await world.slack.deliverEvent(event, { event_id: eventId });
      await world.settle();
      world.clock.wait(6 * MINUTE);
      await world.slack.deliverEvent(event, { event_id: eventId });
      await world.settle();
      await forgetOldKeys(world.store, world.clock.machine.now() + 29 * DAY);
      await world.slack.deliverEvent(event, { event_id: eventId });
    });
  });

  describe('A6: app_mention and message for one message', () => {
    async function mentioned(order: readonly ('message' | 'app_mention')[], atOnce: boolean): Promise<void> {
      const before = { issues: await countOf(world.store, 'issues'), whispers: whispers() };
      serial += 1;
      const ts = `1793692800.${String(serial).padStart(6, '0')}`;
      const text = `<@${world.slack.botUserId}> log Charts are empty (${serial})`;
      const channel = world.slack.channel('acme-internal').id;
      const common = { channel, user: world.id('sam'), text, ts, event_ts: ts };
      const send = (type: string) => world.slack.deliverEvent({ type, ...common });
      if (atOnce) await Promise.all(order.map(send));
      else for (const type of order) await send(type);
      await world.settle();
      expect(await countOf(world.store, 'issues')).toBe(before.issues + 1);
      expect(whispers()).toBe(before.whispers + 1);
      expect((await rowsOf(world.store, 'issues')).at(-1)?.title).toBe(`Charts are empty (${serial})`);
    }

    it('A6: message first → exactly one issue, and the mention was answered', () =>
      mentioned(['message', 'app_mention'], false));
    it('A6: mention first → exactly one issue, and the mention was answered', () =>
      mentioned(['app_mention', 'message'], false));
    it('A6: both at once → exactly one issue, and the mention was answered', () =>
      mentioned(['message', 'app_mention'], true));

    it('A6: in a customer channel the message is one contact and the mention logs nothing', async () => {
      const before = {
        issues: await countOf(world.store, 'issues'),
        contacts: await countOf(world.store, 'contacts'),
      };
      await world.slack.post('globex', 'gus', `<@${world.slack.botUserId}> the report is empty since Monday`);
      await world.settle();
      expect(await countOf(world.store, 'issues')).toBe(before.issues);
      expect(await countOf(world.store, 'contacts')).toBe(before.contacts + 1);
      expect(world.slack.messages('globex').filter((message) => message.bot_id)).toEqual([]);
    });
  });
});
