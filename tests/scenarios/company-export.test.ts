import { afterEach, beforeEach, expect, it } from 'vitest';
import { logTouch } from '../../src/accounts/store/touches.js';
import { parseCompany } from '../../src/imports/company-file.js';
import { writeExport } from '../../src/main/apply.js';
import type { SettingKey, Settings } from '../../src/settings/registry.js';
import { changeSetting } from '../../src/settings/store.js';
import type { Store } from '../../src/store/transact.js';
import { companyText } from '../support/baton.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';
import { rowsOf } from '../support/rows.js';

/** A company with everything in it that a file can say. */
const FULL = companyText()
  .replace(
    'groups:',
    `hours: { zone: Europe/Vienna, days: { mon: [{ from: "08:30", to: "12:00" }, { from: "13:00", to: "24:00" }] }, holidays: [2026-12-25] }
log_reaction: bug
settings:
  live_means: release
  standup: { time: "09:30" }
  service_levels: { urgent: { first_reply: 30, resolve: null } }
  alert_routes: []
  drafts: null
teams:
  - { key: emea, name: EMEA, function: support, lead: lea, hours: { zone: Europe/Paris } }
groups:`,
  )
  .replace(
    'name: Priya Nair, role: support }',
    'name: "Priya: Nair # one", role: support, team: emea, backup: sam }',
  )
  .replace(
    'name: Luis Weber, role: success }',
    'name: Luis Weber, role: success, hours: { zone: America/New_York } }',
  )
  .replace('kind: authority, people: [lea] }', 'kind: authority, slack_group: S012ABC }')
  .replace(
    '    goal: month-end close without sheets\n',
    `    goal: "yes: 'no' & <!channel> 😀"
    renewal: 2027-02-14
    other_names: [ACME Corp]
    segment: Enterprise
    lifecycle: live
    csm_backup: luis
    support_backup: priya
    revenue: 1200000
    currency: EUR
    zone: America/Sao_Paulo
    touch_every_days: 10
    external_id: "0042"
    health: { value: 72, band: green, source: Vitally, as_of: 2026-11-02 }
    domains: [acme.com]
`,
  )
  .replace('channels: { customer: [globex]', 'channels: { customer: [{ channel: globex, capture: off }]')
  .replace(
    '{ name: Gus Hall, slack: gus }',
    '{ name: Gus Hall, slack: gus, role: champion, external_id: c-7 }',
  );

onEveryDatabase('exporting a company', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store, { company: FULL });
  });
  afterEach(() => store.close());

  /** All that a file decides; rows that are rewritten whole are told by what they say. */
  const state = async () => {
    const withoutIds = (rows: readonly object[]) =>
      rows.map((row) => JSON.stringify({ ...row, id: 0 })).sort();
    return {
      people: await rowsOf(store, 'people'),
      teams: await rowsOf(store, 'teams'),
      groups: await rowsOf(store, 'groups'),
      accounts: await rowsOf(store, 'accounts'),
      settings: await rowsOf(store, 'settings'),
      channels: withoutIds(await rowsOf(store, 'accountChannels')),
      domains: withoutIds(await rowsOf(store, 'accountDomains')),
      customers: withoutIds(await rowsOf(store, 'customers')),
    };
  };
  const exported = () => writeExport(store);

  it('applied again it changes nothing, and exported again it is the same file', async () => {
    const before = await state();
    const text = await exported();
    await office.apply(text);
    expect(await state()).toEqual(before);
    expect(await exported()).toBe(text);
    for (const words of ['live_means: release', 'resolve: null', 'external_id: "0042"', 'capture: off'])
      expect(text).toContain(words);
    expect(text).toContain('CACME # acme');
  });

  it('a setting that was emptied is written as it was decided, for another installation as well', async () => {
    const decide = <K extends SettingKey>(key: K, value: Settings[K]) =>
      store.transact(['company'], (tx) => changeSetting(tx, key, value, { who: 'ULEA', at: office.now() }));
    await decide('standup', null);
    await decide('alertRoutes', [{ channel: 'CTRIAGE', tier: 'A' }]);
    await decide('alertRoutes', []);
    const text = await exported();
    expect(text).toContain('standup: null');
    expect(text).toContain('alert_routes: []');
    const before = await state();
    await office.apply(text);
    expect(await state()).toEqual(before);
  });

  it('of an empty company it says so: people are missing, and nothing else is', async () => {
    await store.close();
    store = await database.open();
    const text = await exported();
    expect(text).toContain('zone: UTC');
    expect(() => parseCompany(text)).toThrow('people');
  });

  it('holds what was decided in Slack, and who left but is still named', async () => {
    await store.transact(['company'], (tx) =>
      changeSetting(tx, 'triageChannel', 'CACMEINTERNAL', { who: 'ULEA', at: office.now() }),
    );
    await office.apply(FULL.replace('role: success, hours', 'role: success, active: false, hours'));
    const text = await exported();
    expect(text).toMatch(/handle: luis[\s\S]*?active: false/);
    const before = await state();
    await office.apply(text);
    expect(await state()).toEqual(before);
  });

  it('what a file leaves out of an account stays, what it empties is gone', async () => {
    await office.apply(companyText());
    const acme = async () => (await rowsOf(store, 'accounts')).find((row) => row.slug === 'acme');
    expect(await acme()).toMatchObject({
      segment: 'Enterprise',
      revenue: 1_200_000,
      externalId: '0042',
      renewalOn: null,
    });
    await office.apply(
      companyText().replace('    tier: A\n', '    tier: A\n    segment: null\n    health: null\n'),
    );
    expect(await acme()).toMatchObject({ segment: null, healthValue: null, revenue: 1_200_000 });
  });

  it('an account that was archived, and what happened to it, is no part of the file', async () => {
    await store.transact([], (tx) =>
      logTouch(tx, {
        ...{ accountId: 1, byId: 3, func: 'success', how: 'call', at: office.now() },
        ...{
          outcome: null,
          note: 'SECRET',
          permalink: null,
          actor: 'UANA',
          source: 'test',
          now: office.now(),
        },
      }),
    );
    await office.apply(FULL.replace(/ {2}- slug: initech[\s\S]*$/, ''));
    const text = await exported();
    expect(text).not.toContain('initech');
    expect(text).not.toContain('SECRET');
  });
});
