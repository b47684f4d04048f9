import { afterEach, beforeEach, expect, it } from 'vitest';
import { rateAccount } from '../../src/accounts/store/health.js';
import { accountById } from '../../src/accounts/store.js';
import { writeVersion } from '../../src/settings/store.js';
import type { Store, Tx } from '../../src/store/transact.js';
import { addDays, DAY_MS, HOUR_MS, MINUTE_MS, wallOf } from '../../src/time/index.js';
import { companyText } from '../support/baton.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';
import { eventsOf, rowsOf } from '../support/rows.js';

onEveryDatabase('an account is looked at', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
  });
  afterEach(() => store.close());

  const write = (fn: (tx: Tx) => Promise<unknown>) => store.transact(['account:1', 'company'], fn);
  const switchOn = (id: string, more: object = {}) =>
    write((tx) =>
      writeVersion(tx, 'rules', id, { mode: 'on', ...more }, { who: 'ULEA', at: office.now(), why: 'test' }),
    );
  const firing = async () =>
    (await rowsOf(store, 'signals')).filter((row) => row.state === 'firing' && !row.isShadow);

  it('when its stage, tier or renewal changes, in Slack or by a file, and nothing else happens', async () => {
    await switchOn('S15');
    for (const text of ['The export misses rows', 'The import stands still']) {
      await office.command('sam', 'acme-internal', '/issue', `log ${text}`);
      await office.travel(2 * HOUR_MS);
    }
    await office.travel(DAY_MS);
    expect(await firing()).toEqual([]);
    const edited = companyText().replace('name: Acme\n', 'name: Acme\n    lifecycle: onboarding\n');
    await office.apply(edited);
    await office.travel(MINUTE_MS);
    expect(await firing()).toMatchObject([{ rule: 'S15', accountId: 1 }]);
    await office.command('lea', 'triage', '/account', 'edit acme lifecycle live');
    await office.travel(MINUTE_MS);
    expect(await firing()).toEqual([]);
  });

  it('when its health turns, computed overnight', async () => {
    await write((tx) => tx.db.update(tx.t.accounts).set({ healthBand: 'red', healthSource: 'baton' }));
    const account = await store.read((tx) => accountById(tx, 1));
    if (!account) throw new Error('no account');
    await write((tx) => rateAccount(tx, account, office.now()));
    expect(await eventsOf(store, 'account.changed')).toMatchObject([{ data: { fields: ['healthBand'] } }]);
    const due = (await rowsOf(store, 'due')).find((row) => row.key === 'evaluate:account:1');
    expect(due?.dueAt).toBe(office.now());
  });

  it('when its renewal comes near, with nobody having said a word', async () => {
    await switchOn('S14');
    const renewalOn = addDays(wallOf(office.now(), 'UTC').date, 93);
    await write((tx) => tx.db.update(tx.t.accounts).set({ renewalOn }));
    await office.command('sam', 'acme-internal', '/issue', 'log The export misses rows');
    await office.command('sam', 'triage', '/issue', 'priority B-1 high');
    await office.travel(2 * DAY_MS);
    expect((await firing()).filter((row) => row.rule === 'S14')).toEqual([]);
    await office.travel(2 * DAY_MS);
    expect((await firing()).filter((row) => row.rule === 'S14')).toMatchObject([
      { evidence: { line: expect.stringMatching(/^renews \d+ \w+( \d+)?, and B-1 is open$/) } },
    ]);
  });

  it.each([
    ['promise.noted', 'promise B-1 by Friday: CSV template', {}],
    ['flag.offered', 'flag', { kind: 'problem', detail: 'It is wrong each month' }],
    ['followup.opened', 'followup acme: call Joe', {}],
  ])('by a rule of the company that counts %s', async (count, text, form) => {
    const spec = {
      ...{ id: 'X-own', name: 'own', count, windowDays: 7, fire: 1, clear: 0, cooldownDays: 7 },
      ...{ severity: 'medium', func: 'success', place: 'card', next: 'look' },
    } as const;
    await office.command('sam', 'acme-internal', '/issue', 'log The export misses rows');
    await office.settle();
    await switchOn('X-own', { counting: spec });
    const answer = await office.command('ana', 'acme-internal', '/baton', text);
    if (answer?.open) expect(await office.submit('ana', answer, form)).not.toHaveProperty('errors');
    await office.travel(MINUTE_MS);
    expect(await firing()).toMatchObject([{ rule: 'X-own', accountId: 1 }]);
  });
});
