import { afterEach, beforeEach, expect, it } from 'vitest';
import { parseCompany } from '../../src/imports/company-file.js';
import type { Store } from '../../src/store/transact.js';
import { companyText } from '../support/baton.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';
import { eventsOf, rowsOf } from '../support/rows.js';

const OWN = `
settings:
  phrases:
    en:
      add: [{ category: churn, phrase: "moving to another tool" }]
`;

onEveryDatabase('the company’s own phrases', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
  });
  afterEach(() => store.close());

  const found = async () => (await eventsOf(store, 'words.matched')).map((row) => row.data.phrases);

  it('are read from company.yml, versioned with who, and found in what is written from then on', async () => {
    await office.writes('acme', 'joe', 'We are moving to another tool next month');
    expect(await found()).toEqual([]);
    await office.apply(companyText() + OWN);
    await office.writes('globex', 'gus', 'We are moving to another tool next month');
    expect(await found()).toEqual([['own-en-moving-to-another-tool']]);
    await office.apply(companyText() + OWN.replace('add: [', 'remove: [en-blocker-1]\n      add: ['));
    await office.writes('initech', 'ivy', 'Production is down for all of us');
    expect((await found()).flat()).not.toContain('en-blocker-1');
    const versions = (await rowsOf(store, 'settings')).filter((row) => row.key === 'phrases');
    expect(versions.map((row) => [row.version, row.who])).toEqual([
      [1, 'test'],
      [2, 'test'],
    ]);
  });

  it('a file with a mistake in them is refused with line and path, and the old ones stay', async () => {
    await office.apply(companyText() + OWN);
    const bad =
      companyText() + OWN.replace('churn', 'anger').replace('add', 'remove: [en-nothing]\n      add');
    expect(() => parseCompany(bad)).toThrow(/settings\.phrases\.en\.add\[0\]\.category/);
    expect(() => parseCompany(bad)).toThrow(/settings\.phrases\.en\.remove\[0\]: no phrase of that id/);
    await expect(office.apply(bad)).rejects.toThrow();
    await office.writes('globex', 'gus', 'We are moving to another tool');
    expect(await found()).toEqual([['own-en-moving-to-another-tool']]);
  });
});
