import { afterEach, beforeEach, expect, it } from 'vitest';
import { beginObserving, endObserving } from '../../src/signals/observe.js';
import type { Store } from '../../src/store/transact.js';
import { DAY_MS, HOUR_MS } from '../../src/time/index.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';
import { rowsOf } from '../support/rows.js';

onEveryDatabase('the first week, message by message', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store, { mornings: true });
    await store.transact(['company'], (tx) => beginObserving(tx, office.now()));
  });
  afterEach(() => store.close());

  it('Baton begins nothing by itself; what people set going works; what is still owed comes afterwards', async () => {
    await office.writes('globex', 'gus', 'Nobody can log in, can you look?');
    const ts = await office.writes('acme', 'joe', 'The export drops rows');
    await office.reacts('acme', ts, 'sam', 'ticket');
    await office.travel(3 * HOUR_MS);
    // The issue that Sam logged has its card; nobody else was written to, and no line of who waits stands in triage.
    expect(office.slack.posts().map((post) => post.channel)).toEqual(
      expect.arrayContaining(['CTRIAGE', 'CACMEINTERNAL']),
    );
    expect(office.slack.posts()).toHaveLength(2);
    expect((await office.command('ana', 'triage', '/baton', 'followup acme: call Joe'))?.say).toBeDefined();
    await office.command('eli', 'triage', '/baton', 'fix live B-1');
    await office.travel(DAY_MS);
    expect(office.slack.posts('DUANA')).toHaveLength(1);
    expect(office.slack.posts('DUSAM')).toEqual([]);
    expect(await office.opensHome('ana')).toContain('Baton only watches until Tue');
    await office.travel(7 * DAY_MS);
    expect(JSON.stringify(office.slack.posts('DUSAM'))).toContain('Export'.toLowerCase());
    expect((await rowsOf(store, 'outbox')).filter((row) => row.state === 'quiet')).toEqual([]);
    expect(office.slack.posts('CTRIAGE').filter((post) => post.text.includes('Globex'))).toEqual([]);
  });

  it('the admin is written to all the same, and may end it before its time', async () => {
    await office.command('sam', 'acme-internal', '/issue', 'log The export drops rows');
    await office.command('lea', 'triage', '/issue', 'take B-1');
    await office.command('eli', 'triage', '/baton', 'fix live B-1');
    await office.travel(2 * HOUR_MS);
    expect(office.slack.posts('DULEA').length).toBeGreaterThan(0);
    await store.transact(['company'], (tx) => endObserving(tx, { who: 'ULEA', at: office.now() }));
    expect(await office.opensHome('ana')).not.toContain('only watches');
  });
});
