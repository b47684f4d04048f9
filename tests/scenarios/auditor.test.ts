import { afterEach, beforeEach, expect, it } from 'vitest';
import { audit } from '../../src/home/audit.js';
import { logAudit } from '../../src/main/auditor.js';
import { storeChecks } from '../../src/main/doctor/house.js';
import { setDue } from '../../src/queue/due.js';
import { post } from '../../src/queue/enqueue.js';
import type { Store } from '../../src/store/transact.js';
import { DAY_MS, MINUTE_MS } from '../../src/time/index.js';
import { quietLog } from '../support/baton.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';

onEveryDatabase('the auditor', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
  });
  afterEach(() => store.close());

  const found = () => store.read((tx) => audit(tx, office.now()));

  it('finds nothing in a house that works', async () => {
    await office.writes('acme', 'joe', 'Can you look at the export?');
    await office.travel(3 * DAY_MS);
    expect(await found()).toEqual({ alerts: [], due: [], outbox: [] });
  });

  it('names timed work that was not done, a message that nobody sends and an alert without progress', async () => {
    await office.command('sam', 'acme-internal', '/issue', 'log Payroll is down');
    await store.transact([], (tx) => tx.db.update(tx.t.issues).set({ priority: 'urgent' }));
    await office.command('sam', 'triage', '/issue', 'take B-1');
    await office.travel(10 * DAY_MS);
    await store.transact([], (tx) => tx.db.delete(tx.t.log));
    await store.transact([], async (tx) => {
      await setDue(tx, 'survey', 'survey', 0, office.now());
      await post(tx, 'CTRIAGE', { text: 'hello', blocks: [] }, office.now(), { key: 'test:1' });
    });
    office.clock.advance(20 * MINUTE_MS);
    const { alerts, due, outbox } = await found();
    expect(alerts).toEqual([
      expect.stringMatching(/^The alert of Acme \(\d+\) has had no progress for 10 days$/),
    ]);
    expect(due).toEqual(['Timed work survey is late by 20 minutes']);
    expect(outbox).toEqual(['A message to CTRIAGE has waited for 20 minutes']);
    // The first time an admin finds the set-up there.
    await office.opensHome('lea');
    const home = await office.opensHome('lea');
    expect(home).toContain('3 things need a look');
    expect(home).toContain('Timed work survey is late');
    expect(await office.opensHome('sam')).not.toContain('Timed work');
    const check = (await storeChecks(store, office.now())).find((one) => one.name === 'standing still');
    expect(check).toMatchObject({ isOk: false });
    const warned: object[] = [];
    await logAudit(store, office.now(), { ...quietLog, warn: (it: object) => warned.push(it) } as never);
    expect(warned).toMatchObject([
      { kind: 'alerts', count: 1 },
      { kind: 'due', count: 1 },
      { kind: 'outbox', count: 1 },
    ]);
  });
});
