import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeExport } from '../../src/main/apply.js';
import type { Store } from '../../src/store/transact.js';
import { DAY_MS, HOUR_MS } from '../../src/time/index.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';
import { eventsOf, rowsOf } from '../support/rows.js';

onEveryDatabase('health', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
  });
  afterEach(() => store.close());

  const card = async (who = 'ana') =>
    JSON.stringify((await office.command(who, 'triage', '/account', 'acme'))?.say?.blocks);
  const acme = async () => (await rowsOf(store, 'accounts')).find((row) => row.slug === 'acme');
  const switchIt = async (word: string) => {
    const answer = await office.command('lea', 'triage', '/baton', `health ${word}`);
    await office.travel(1000);
    return answer?.say?.text ?? '';
  };
  async function knowThem(): Promise<void> {
    const ts = await office.writes('acme', 'joe', 'The export drops rows');
    await office.reacts('acme', ts, 'sam', 'ticket');
    await office.command('sam', 'triage', '/issue', 'take B-1');
    await office.travel(20 * DAY_MS);
    await store.transact([], async (tx) => {
      const { touches } = tx.t;
      const touch = { accountId: 1, byId: 1, func: 'success', how: 'call' } as const;
      await tx.db.insert(touches).values({ ...touch, at: office.now(), loggedAt: office.now() });
      await tx.db.update(tx.t.accounts).set({ renewalOn: '2026-11-30' });
    });
  }

  it('is not computed until an admin says so; what is imported is shown with its source and day', async () => {
    await knowThem();
    expect((await acme())?.healthSource).toBeNull();
    expect(await card()).toMatch(/No data: [^"]*health/);
    await store.transact([], async (tx) => {
      const imported = {
        healthValue: 72,
        healthBand: 'green',
        healthSource: 'Vitally',
        healthAsOf: '2026-11-20',
      } as const;
      await tx.db.update(tx.t.accounts).set(imported);
    });
    expect(await card()).toMatch(/Health: 72 \*green\* · from Vitally · as of Fri/);
    await switchIt('on');
    expect(await card()).toContain('Health: 72 *green* · from Vitally');
  });

  it('is computed each morning once it is switched on, with reasons; viewers see none of it', async () => {
    await knowThem();
    expect(await switchIt('on')).toContain('Noted. Baton computes the health');
    expect((await acme())?.healthSource).toBe('baton');
    // One late answer among four good measures, a conversation today, a renewal within the month.
    expect(await card()).toMatch(
      /Health: \d+ \*(green|yellow)\* · from Baton · as of [^·]+ · 1 late answer in 90 days, renews 30 Nov/,
    );
    expect(await card('eli')).not.toContain('Health');
    const before = (await acme())?.healthValue;
    await office.command('sam', 'triage', '/issue', 'resolve B-1');
    await office.command('sam', 'triage', '/issue', 'reopen B-1');
    await office.command('sam', 'triage', '/issue', 'resolve B-1');
    await office.command('sam', 'triage', '/issue', 'reopen B-1');
    await office.travel(DAY_MS);
    expect((await acme())?.healthValue).toBeLessThan(before ?? 0);
    expect(await card()).toContain('2 reopenings in 90 days');
    // It is nobody's decision: the file of the company does not hold it.
    expect(await writeExport(store)).not.toContain('source: baton');
    await switchIt('off');
    expect(await acme()).toMatchObject({ healthValue: null, healthBand: null, healthSource: null });
    await office.travel(2 * DAY_MS);
    expect((await acme())?.healthSource).toBeNull();
  });

  it('says that it knows too little, and gives no colour', async () => {
    await office.travel(HOUR_MS);
    await switchIt('on');
    expect(await acme()).toMatchObject({ healthSource: 'baton', healthValue: null, healthBand: null });
    expect(await card()).toMatch(/Health: insufficient data, \d+ % is known/);
  });

  it('is switched by admins only, and goes over every account', async () => {
    const refused = await office.command('sam', 'triage', '/baton', 'health on');
    expect(refused?.say?.text).toContain('does not include this');
    await store.transact([], async (tx) => {
      for (let n = 0; n < 45; n += 1)
        await tx.db.insert(tx.t.accounts).values({ slug: `a${n}`, name: `A ${n}` });
    });
    await switchIt('on');
    expect((await rowsOf(store, 'accounts')).every((row) => row.healthSource === 'baton')).toBe(true);
    expect(await eventsOf(store, 'account.changed')).toEqual([]);
  });
});
