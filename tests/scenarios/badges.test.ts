import { afterEach, beforeEach, expect, it } from 'vitest';
import { askBadge, askBadges, badgesSpent, heldBack, heldFrom } from '../../src/people/badges.js';
import { personBySlackId } from '../../src/people/store.js';
import type { Store } from '../../src/store/transact.js';
import { DAY_MS, HOUR_MS } from '../../src/time/index.js';
import { TUESDAY_9 } from '../support/baton.js';
import { onEveryDatabase, onRealPostgres } from '../support/databases.js';
import { openOffice } from '../support/office.js';
import { rowsOf } from '../support/rows.js';

const idOf = async (store: Store, name: string) =>
  (await store.read((tx) => personBySlackId(tx, `U${name.toUpperCase()}`)))?.id ?? 0;

const asking =
  (store: Store, personId: number) =>
  (n: number, at: number, more: { isCritical?: boolean; kind?: string; step?: number } = {}) =>
    store.transact([], (tx) =>
      askBadge(tx, { personId, at, isCritical: false, kind: 'nudge', about: `followup:${n}`, ...more }),
    );

onEveryDatabase('the noise budget', (database) => {
  let store: Store;
  let sam: number;
  let ask: ReturnType<typeof asking>;
  beforeEach(async () => {
    store = await database.open();
    await openOffice(store);
    sam = await idOf(store, 'sam');
    ask = asking(store, sam);
  });
  afterEach(() => store.close());

  const held = (since: number) => store.read((tx) => heldBack(tx, sam, since));

  it('lights three a day over every feature, and keeps what it held back', async () => {
    for (const [n, kind] of ['followup', 'alert', 'escalation'].entries())
      expect(await ask(n, TUESDAY_9, { kind })).toBe('lit');
    expect(await ask(4, TUESDAY_9 + HOUR_MS)).toBe('held');
    expect(await held(TUESDAY_9)).toMatchObject([
      { kind: 'nudge', about: 'followup:4', askedAt: TUESDAY_9 + HOUR_MS, timesHeld: 1 },
    ]);
    expect(await held(TUESDAY_9 + 2 * HOUR_MS)).toEqual([]);
  });

  it('asked again the next day, what was held back is lit and no longer listed', async () => {
    for (const n of [1, 2, 3, 4]) await ask(n, TUESDAY_9);
    expect(await ask(4, TUESDAY_9 + 4 * HOUR_MS)).toBe('held');
    expect((await held(TUESDAY_9))[0]).toMatchObject({ askedAt: TUESDAY_9, timesHeld: 2 });
    expect(await ask(4, TUESDAY_9 + DAY_MS)).toBe('lit');
    expect(await held(TUESDAY_9)).toEqual([]);
    expect(await rowsOf(store, 'badges')).toHaveLength(4);
  });

  it('asked twice for the same thing it lights once; another step is another badge', async () => {
    for (let i = 0; i < 5; i += 1) expect(await ask(1, TUESDAY_9)).toBe('lit');
    expect(await store.read((tx) => badgesSpent(tx, sam, TUESDAY_9))).toMatchObject({ today: 1 });
    expect(await ask(1, TUESDAY_9, { step: 2 })).toBe('lit');
    expect(await store.read((tx) => badgesSpent(tx, sam, TUESDAY_9))).toMatchObject({ today: 2 });
  });

  it('lights eight a week, from Monday to Sunday in their zone', async () => {
    const answers = [];
    for (let day = 0; day < 5; day += 1)
      for (let n = 0; n < 2; n += 1) answers.push(await ask(10 * day + n, TUESDAY_9 + day * DAY_MS));
    expect(answers.filter((answer) => answer === 'lit')).toHaveLength(8);
    expect(answers.slice(-2)).toEqual(['held', 'held']);
    // Sunday 23:30 in Berlin is still the old week, half an hour later is not.
    const sundayNight = Date.parse('2026-11-08T22:30:00Z');
    expect(await ask(90, sundayNight)).toBe('held');
    expect(await ask(90, sundayNight + HOUR_MS)).toBe('lit');
  });

  it('lets two critical ones a day pass when there is no room, and no third', async () => {
    for (const n of [1, 2, 3]) await ask(n, TUESDAY_9);
    const critical = [];
    for (const n of [4, 5, 6]) critical.push(await ask(n, TUESDAY_9, { isCritical: true }));
    expect(critical).toEqual(['lit', 'lit', 'held']);
    expect(await ask(7, TUESDAY_9 + DAY_MS)).toBe('lit');
  });

  it('asks for several people at once, each with their own budget', async () => {
    for (const n of [1, 2, 3]) await ask(n, TUESDAY_9);
    const ana = await idOf(store, 'ana');
    const lit = await store.transact([], (tx) =>
      askBadges(tx, [{ id: ana }, { id: sam }], {
        at: TUESDAY_9,
        isCritical: false,
        kind: 'escalation',
        about: 'escalation:1',
      }),
    );
    expect([...lit]).toEqual([ana]);
    expect([...(await store.read((tx) => heldFrom(tx, 'escalation:1', 'escalation')))]).toEqual([sam]);
  });

  it('gives nothing away when the transaction that asked is rolled back', async () => {
    const failing = store.transact([], async (tx) => {
      for (const n of [1, 2, 3])
        await askBadge(tx, {
          personId: sam,
          at: TUESDAY_9,
          isCritical: false,
          kind: 'nudge',
          about: `followup:${n}`,
        });
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    expect(await store.read((tx) => badgesSpent(tx, sam, TUESDAY_9))).toMatchObject({ today: 0 });
    expect(await rowsOf(store, 'badges')).toEqual([]);
  });
});

onRealPostgres('two processes and one badge', (database) => {
  let stores: [Store, Store];
  beforeEach(async () => {
    stores = [await database.open(), await database.another()];
    await openOffice(stores[0]);
  });
  afterEach(async () => {
    for (const store of stores) await store.close();
  });

  it('spend the last one once, fifty times over', async () => {
    const sam = await idOf(stores[0], 'sam');
    for (let round = 0; round < 50; round += 1) {
      const at = TUESDAY_9 + round * 7 * DAY_MS;
      const [one, two] = stores.map((store) => asking(store, sam)) as [
        ReturnType<typeof asking>,
        ReturnType<typeof asking>,
      ];
      for (const n of [1, 2]) await one(1000 * round + n, at);
      const answers = await Promise.all([
        one(1000 * round + 3, at),
        two(1000 * round + 4, at),
        one(1000 * round + 5, at),
        two(1000 * round + 6, at),
      ]);
      expect(answers.filter((answer) => answer === 'lit')).toHaveLength(1);
    }
  }, 60_000);

  it('ask for two people in opposite orders: both come to an end, within both budgets', async () => {
    const [sam, ana] = [await idOf(stores[0], 'sam'), await idOf(stores[0], 'ana')];
    const both = (store: Store, ids: number[], n: number) =>
      store.transact([], async (tx) => {
        for (const personId of ids)
          await askBadge(tx, {
            personId,
            at: TUESDAY_9,
            isCritical: false,
            kind: 'alert',
            about: `alert:${n}`,
          });
      });
    const asks = Array.from({ length: 6 }, (_, n) =>
      both(stores[n % 2] as Store, n % 2 ? [sam, ana] : [ana, sam], n),
    );
    await Promise.all(asks);
    for (const id of [sam, ana])
      expect(await stores[0].read((tx) => badgesSpent(tx, id, TUESDAY_9))).toMatchObject({ today: 3 });
  }, 60_000);
});
