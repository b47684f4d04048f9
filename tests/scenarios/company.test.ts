import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { whoIs } from '../../src/accounts/store.js';
import { changeSetting, setting } from '../../src/settings/store.js';
import type { Store } from '../../src/store/transact.js';
import { companyText } from '../support/baton.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';
import { countsOf, rowsOf } from '../support/rows.js';

const BROKEN = readFileSync(new URL('../support/broken-company.yml', import.meta.url), 'utf8');

onEveryDatabase('company.yml and settings', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
  });
  afterEach(() => store.close());

  const person = async (handle: string) =>
    (await rowsOf(store, 'people')).find((row) => row.handle === handle);
  const account = async (slug: string) => (await rowsOf(store, 'accounts')).find((row) => row.slug === slug);

  it('applied again it changes nothing', async () => {
    const state = async () => ({
      people: await rowsOf(store, 'people'),
      groups: await rowsOf(store, 'groups'),
      accounts: await rowsOf(store, 'accounts'),
      settings: await rowsOf(store, 'settings'),
      due: await rowsOf(store, 'due'),
      counts: await countsOf(store),
    });
    const before = await state();
    await office.apply();
    expect(await state()).toEqual(before);
  });

  it('whoever left the file becomes inactive, may nothing any more, and keeps their place in history', async () => {
    await office.command('priya', 'acme-internal', '/issue', 'log Export drops rows');
    const text = companyText().replace(/^ {2}- \{ handle: priya.*\n/m, '');
    await office.apply(text);
    expect(await person('priya')).toMatchObject({ isActive: false });
    expect((await rowsOf(store, 'issues'))[0]?.createdBy).toBe('UPRIYA');
    await office.lookups.ensureUsers(['UPRIYA']);
    const answer = await office.command('priya', 'acme-internal', '/issue', 'log Another');
    expect(answer?.say?.text).toContain('You have no role in Baton yet');
    expect(await rowsOf(store, 'issues')).toHaveLength(1);
    await office.apply();
    expect(await person('priya')).toMatchObject({ isActive: true });
  });

  it('an account that left is archived: its channel is heard no more, its issues stay', async () => {
    await office.writes('globex', 'gus', 'Dashboards are slow');
    await office.command('sam', 'globex-internal', '/issue', 'log Slow');
    const text = companyText().replace(/ {2}- slug: globex[\s\S]*?(?= {2}- slug: initech)/, '');
    await office.apply(text);
    expect(await account('globex')).toMatchObject({ isArchived: true });
    await office.writes('globex', 'gus', 'Anybody there?');
    expect(await rowsOf(store, 'contacts')).toHaveLength(1);
    expect(await rowsOf(store, 'issues')).toHaveLength(1);
    await office.apply();
    expect(await account('globex')).toMatchObject({ isArchived: false });
  });

  it('a channel and a customer can move from one account to another in one go', async () => {
    const text = companyText()
      .replace('customer: [globex]', 'customer: [acme]')
      .replace('customer: [acme], internal: [acme-internal]', 'customer: [globex], internal: [acme-internal]')
      .replace('{ name: Gus Hall, slack: gus }', '{ name: Joe Park, slack: joe }')
      .replace('{ name: Joe Park, slack: joe }, {', '{');
    await office.apply(text);
    const [globex, channels] = [await account('globex'), await rowsOf(store, 'accountChannels')];
    expect(channels.find((row) => row.channel === 'CACME')?.accountId).toBe(globex?.id);
    const who = await store.read((tx) => whoIs(tx, 'UJOE'));
    expect(who).toMatchObject({ kind: 'customer', accountId: globex?.id });
  });

  it('a deactivated user is inactive although the file names them', async () => {
    office.slack.addUser('sam', { isDeleted: true });
    await office.apply();
    expect(await person('sam')).toMatchObject({ isActive: false });
  });

  it('of a broken file nothing at all is applied', async () => {
    const before = await countsOf(store);
    await expect(office.apply(BROKEN)).rejects.toThrow(/line \d+: /);
    expect(await countsOf(store)).toEqual(before);
  });

  it('a setting keeps every version with who and why; the last counts, and the same value is none', async () => {
    const change = (value: string, who: string) =>
      store.transact([], (tx) =>
        changeSetting(tx, 'logReaction', value, { who, at: office.now(), why: 'asked' }),
      );
    expect(await change('bug', 'ULEA')).toBe(true);
    expect(await change('bug', 'USAM')).toBe(false);
    expect(await change('ladybug', 'USAM')).toBe(true);
    expect(await store.read((tx) => setting(tx, 'logReaction'))).toBe('ladybug');
    const versions = (await rowsOf(store, 'settings')).filter((row) => row.key === 'logReaction');
    expect(versions).toMatchObject([
      { version: 1, value: 'bug', isCurrent: false, who: 'ULEA', why: 'asked' },
      { version: 2, value: 'ladybug', isCurrent: true, who: 'USAM' },
    ]);
  });

  it('another emoji logs once it is set, and the old one does no more', async () => {
    await office.apply(`${companyText()}log_reaction: bug\n`);
    const ts = await office.writes('acme', 'joe', 'The export misses rows');
    await office.reacts('acme', ts, 'sam', 'ticket');
    expect(await rowsOf(store, 'issues')).toEqual([]);
    await office.reacts('acme', ts, 'sam', 'bug');
    expect(await rowsOf(store, 'issues')).toHaveLength(1);
  });
});
