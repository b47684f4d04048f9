import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  changeSetting,
  setting,
  settingHistory,
  valuesOf,
  versionedValue,
  writeVersion,
} from '../../src/settings/store.js';
import type { Store } from '../../src/store/transact.js';
import { onEveryDatabase } from '../support/databases.js';

onEveryDatabase('versioned settings', (database) => {
  let store: Store;
  beforeEach(async () => {
    store = await database.open();
  });
  afterEach(() => store.close());

  it('hold what the registry says until somebody decides', async () => {
    expect(await store.read((tx) => setting(tx, 'logReaction'))).toBe('ticket');
    expect(await store.read((tx) => setting(tx, 'teamChannel'))).toBeNull();
  });

  it('keep every version, readable newest first, with who, when and why', async () => {
    const change = (value: string, who: string, at: number) =>
      store.transact(['company'], (tx) => changeSetting(tx, 'logReaction', value, { who, at, why: 'asked' }));
    await change('bug', 'ULEA', 1_000);
    await change('ladybug', 'USAM', 2_000);
    const history = await store.read((tx) => settingHistory(tx, { key: 'logReaction' }));
    expect(history).toMatchObject([
      { value: 'ladybug', version: 2, who: 'USAM', at: 2_000, isCurrent: true, why: 'asked' },
      { value: 'bug', version: 1, who: 'ULEA', at: 1_000, isCurrent: false },
    ]);
    expect(await store.read((tx) => settingHistory(tx, { limit: 1 }))).toHaveLength(1);
  });

  it('refuse what does not fit, whoever writes it', async () => {
    await expect(
      store.transact(['company'], (tx) => changeSetting(tx, 'zone', 'Mars', { who: 'U1', at: 0 })),
    ).rejects.toThrow('zone: no IANA zone');
    expect(await store.read((tx) => setting(tx, 'zone'))).toBe('UTC');
  });

  it('of another scope are kept apart', async () => {
    const write = (scope: string, value: unknown) =>
      store.transact(['rules'], (tx) => writeVersion(tx, scope, 'level', value, { who: 'U1', at: 0 }));
    expect(await write('rule:S01', 4)).toBe(true);
    expect(await write('rule:S02', 5)).toBe(true);
    expect(await write('rule:S01', 4)).toBe(false);
    expect(await store.read((tx) => versionedValue(tx, 'rule:S01', 'level'))).toBe(4);
    expect([...(await store.read((tx) => valuesOf(tx, 'rule:S02')))]).toEqual([['level', 5]]);
  });
});
