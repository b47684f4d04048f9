import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { logTouch } from '../../src/accounts/store/touches.js';
import { askBadge } from '../../src/people/badges.js';
import type { Store } from '../../src/store/transact.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/time/index.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';
import { eventsOf, rowsOf } from '../support/rows.js';

onEveryDatabase('the nine o’clock message', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store, { mornings: true });
  });
  afterEach(() => store.close());

  const mornings = (name: string) =>
    office.slack
      .posts(`DU${name.toUpperCase()}`)
      .filter((post) => /^(Good morning|Since )/.test(post.text))
      .map((post) => `${post.text} ${JSON.stringify(post.blocks)}`);
  const fixLive = async () => {
    await office.command('sam', 'acme-internal', '/issue', 'log Export drops rows');
    await office.command('eli', 'triage', '/baton', 'fix live B-1');
    await office.settle();
  };
  const spend = async (personId: number, about: string[]) => {
    await store.transact([], async (tx) => {
      for (const one of about)
        await askBadge(tx, { personId, at: office.now(), isCritical: false, kind: 'test', about: one });
    });
  };

  it('is skipped when there is nothing to say, and comes to nobody on a day off', async () => {
    await office.travel(7 * DAY_MS);
    expect(await eventsOf(store, 'morning.sent')).toEqual([]);
  });

  it('brings the news until its day, then says that it waits; once each working morning', async () => {
    await office.travel(7 * HOUR_MS);
    await fixLive();
    await office.travel(17 * HOUR_MS + MINUTE_MS);
    expect(mornings('sam')).toEqual([expect.stringContaining('1 waiting on you')]);
    expect(mornings('sam')[0]).toContain('Tell Acme: \\"Export drops rows\\" is fixed, by Wed 17:00');
    await office.travel(DAY_MS);
    // It passed to Ana when its day was over.
    expect(mornings('sam')).toHaveLength(1);
    await office.press('ana', 'followup.told', '1');
    await office.travel(5 * DAY_MS);
    expect(mornings('sam')).toHaveLength(1);
  });

  it('support tells: the CSM gets a line, not a task', async () => {
    await office.travel(HOUR_MS);
    await fixLive();
    await office.press('sam', 'followup.told', '1');
    await office.press('sam', 'followup.outcome:happy', '1');
    await office.travel(DAY_MS);
    expect(mornings('ana')).toEqual([expect.stringContaining('1 of your accounts heard from us')]);
    expect(mornings('ana')[0]).toContain('Told by others, nothing to do');
    expect(mornings('ana')[0]).toContain(
      'Acme knows that \\"Export drops rows\\" is fixed (Sam Okafor, Tue 10:00; they are happy)',
    );
    expect(office.slack.posts('DUANA')).toHaveLength(1);
    expect((await rowsOf(store, 'followups')).map((one) => one.ownerId)).toEqual([1]);
    await office.travel(2 * DAY_MS);
    expect(mornings('ana')).toHaveLength(1);
  });

  it('what a reminder of its own brings to mind that morning is not said twice', async () => {
    await office.command('ana', 'triage', '/baton', 'followup acme: call Joe');
    await office.travel(2 * DAY_MS - HOUR_MS);
    expect(mornings('ana')).toHaveLength(1);
    await office.travel(2 * HOUR_MS);
    const last = office.slack.posts('DUANA').slice(-1);
    expect(last[0]?.text).toContain('has not heard');
    expect(mornings('ana')).toHaveLength(1);
    // The next day it waits on her as before.
    await office.travel(DAY_MS);
    expect(mornings('ana')).toHaveLength(2);
  });

  it('what comes as a message of its own that morning is not listed, whichever is sent first', async () => {
    await office.travel(HOUR_MS);
    await fixLive();
    // Untold by Wednesday evening, it is Ana's from Thursday at nine.
    await office.travel(2 * DAY_MS);
    const sent = office.slack.posts('DUANA').map((post) => post.text);
    expect(sent).toEqual([expect.stringContaining('Tell *Acme*: "Export drops rows" is fixed')]);
  });

  it('where the budget of the week holds the reminder back, the morning says it', async () => {
    await office.command('ana', 'triage', '/baton', 'followup acme: call Joe');
    const ana = (await rowsOf(store, 'people')).find((one) => one.handle === 'ana')?.id ?? 0;
    await spend(ana, ['test:1', 'test:2', 'test:3']);
    await office.travel(DAY_MS);
    await spend(ana, ['test:4', 'test:5', 'test:6']);
    await office.travel(DAY_MS - HOUR_MS);
    await spend(ana, ['test:7', 'test:8']);
    const before = mornings('ana').length;
    await office.travel(2 * HOUR_MS);
    expect(mornings('ana')).toHaveLength(before + 1);
    expect(mornings('ana').at(-1)).toContain('1 waiting on you');
  });

  it('what it listed was shown: the reminder counts from there', async () => {
    await office.travel(7 * HOUR_MS);
    await fixLive();
    await office.travel(17 * HOUR_MS + MINUTE_MS);
    const [row] = await rowsOf(store, 'mornings');
    expect(row).toMatchObject({ personId: 1, followups: [1] });
    expect((await rowsOf(store, 'followups'))[0]?.deliveredAt).not.toBeNull();
  });

  it('what the week has no room for as a message can be closed where the morning lists it', async () => {
    const sam = (await rowsOf(store, 'people')).find((one) => one.handle === 'sam')?.id ?? 0;
    for (const day of ['tue', 'wed']) {
      await spend(
        sam,
        [1, 2, 3].map((n) => `${day}:${n}`),
      );
      await office.travel(DAY_MS);
    }
    await spend(sam, ['thu:1', 'thu:2']);
    await office.travel(6 * HOUR_MS);
    await fixLive();
    await office.travel(18 * HOUR_MS + MINUTE_MS);
    const [listed] = office.slack.posts('DUSAM');
    expect(office.slack.posts('DUSAM')).toHaveLength(1);
    expect(JSON.stringify(listed?.blocks)).toContain('Tell Acme: \\"Export drops rows\\" is fixed');
    expect(JSON.stringify(listed?.blocks)).toContain('"action_id":"followup.told"');
    expect((await office.press('sam', 'followup.told', '1'))?.say?.text).toContain('Acme was told');
  });

  it('counts and lists what the budget held back', async () => {
    await office.command('sam', 'acme-internal', '/issue', 'log Export drops rows');
    await spend(2, ['t:1', 't:2', 't:3']);
    await office.command('sam', 'triage', '/issue', 'give B-1 @priya');
    await office.travel(DAY_MS + MINUTE_MS);
    expect(mornings('priya')).toHaveLength(1);
    expect(mornings('priya')[0]).toContain('B-1 Export drops rows (Acme)');
    expect(mornings('priya')[0]).toContain('1 message was held back');
    await office.travel(DAY_MS);
    expect(mornings('priya')).toHaveLength(1);
  });

  describe('a card that pinged nobody', () => {
    const card = 'Acme needs a call, nobody has it: wrote in 4 times in 1 day (usually 0)';
    beforeEach(async () => {
      for (const text of ['The export misses rows', 'Dashboards are slow', 'The login fails', 'Help us!']) {
        await office.writes('acme', 'joe', text);
        await office.travel(2.25 * HOUR_MS);
      }
    });

    it('is in the next message of the CSM while nobody took it, and said once', async () => {
      expect(await rowsOf(store, 'alerts')).toMatchObject([{ place: 'card', calledId: null }]);
      await office.travel(DAY_MS);
      expect(mornings('ana')).toEqual([expect.stringContaining(card)]);
      expect(mornings('luis').join()).not.toContain('needs a call');
      await office.travel(DAY_MS);
      expect(mornings('ana').filter((one) => one.includes('nobody has it'))).toHaveLength(1);
    });

    it('is not, once somebody took it', async () => {
      await office.press('luis', 'alert.claim', '1');
      await office.travel(DAY_MS);
      expect(mornings('ana').join()).not.toContain('nobody has it');
    });
  });

  it('keeps warm what nobody spoke with for longer than it wants', async () => {
    await store.transact(['account:1'], (tx) =>
      logTouch(tx, {
        accountId: 1,
        byId: 3,
        func: 'success',
        how: 'call',
        at: office.now(),
        outcome: null,
        note: null,
        permalink: null,
        actor: 'UANA',
        source: 'button',
        now: office.now(),
      }),
    );
    await office.travel(13 * DAY_MS + 23 * HOUR_MS);
    expect(mornings('ana')).toEqual([]);
    await office.travel(2 * HOUR_MS);
    expect(mornings('ana').slice(-1)).toEqual([
      expect.stringContaining('Acme: last spoke 14 days ago, wanted every 14 days'),
    ]);
    const before = mornings('ana').length;
    await office.travel(3 * DAY_MS);
    expect(mornings('ana')).toHaveLength(before);
  });

  it('an absence: nothing while away, everything once on the first day back', async () => {
    await office.command('ana', 'triage', '/baton', 'followup acme: call Joe');
    await office.settle();
    // What is due later than that waits for her.
    await store.transact([], async (tx) => {
      await tx.db.update(tx.t.followups).set({ dueAt: office.now() + 7 * DAY_MS });
    });
    await office.command('ana', 'triage', '/baton', 'away until Tuesday');
    await office.travel(6 * DAY_MS + 23 * HOUR_MS);
    expect(mornings('ana')).toEqual([]);
    await office.travel(2 * HOUR_MS);
    expect(mornings('ana')).toEqual([expect.stringContaining('1 waiting on you')]);
  });

  it('after downtime there is one, which says what it covers', async () => {
    await office.command('ana', 'triage', '/baton', 'followup acme: call Joe');
    await office.settle();
    await store.transact([], async (tx) => {
      await tx.db.update(tx.t.followups).set({ dueAt: office.now() + 3 * DAY_MS + 8 * HOUR_MS });
    });
    // Down from Tuesday nine o'clock to Friday noon.
    office.clock.advance(3 * DAY_MS + 3 * HOUR_MS);
    await office.settle();
    expect(mornings('ana')).toHaveLength(1);
    expect(mornings('ana')[0]).toMatch(/^Since Tue/);
    expect(mornings('ana')[0]).toContain('Follow up with Acme, by Fri 17:00');
    await office.travel(DAY_MS);
    expect(mornings('ana')).toHaveLength(1);
  });
});
