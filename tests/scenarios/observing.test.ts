import { afterEach, beforeEach, expect, it } from 'vitest';
import { beginObserving } from '../../src/signals/observe.js';
import type { Store } from '../../src/store/transact.js';
import { DAY_MS, HOUR_MS } from '../../src/time/index.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';
import { rowsOf } from '../support/rows.js';

onEveryDatabase('the first week', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
  });
  afterEach(() => store.close());

  const begin = () => store.transact(['company'], (tx) => beginObserving(tx, office.now()));

  it('raises nothing, then tells each lead once what rules would have said; a restart begins nothing anew', async () => {
    await begin();
    await begin();
    for (let i = 0; i < 4; i += 1) {
      await office.writes('acme', 'joe', `The export number ${i} misses rows since Monday`);
      await office.travel(2.5 * HOUR_MS);
    }
    expect(await rowsOf(store, 'alerts')).toEqual([]);
    await office.submit('lea', await office.command('lea', 'triage', '/baton', 'rules'), { S01: 'observe' });
    await office.travel(7 * DAY_MS);
    await begin();
    const reports = (await rowsOf(store, 'outbox')).filter((row) => row.key.startsWith('observed:'));
    expect(reports.length).toBeGreaterThan(0);
    expect(reports.every((row) => row.state === 'sent')).toBe(true);
    expect(JSON.stringify(office.slack.callsOf('post'))).toContain(
      'what those of success would have said in 7 days',
    );
    const report = JSON.stringify(office.slack.posts('DULEA'));
    expect(report).toMatch(/\*S\d\d\* [a-z ]+: \d+ times? · to Ana Lopez [\d.]+ a week/);
    expect(report).toContain('rules.on:S01');
    expect((await office.press('lea', 'rules.on:S16', 'S16'))?.say?.text).toContain('Changed: S16 is on.');
    expect((await office.press('lea', 'rules.on:S16', 'S16'))?.say?.text).toBe('Nothing changed.');
    expect((await office.press('sam', 'rules.on:S17', 'S17'))?.say?.text).not.toContain('is on');
    await office.travel(7 * DAY_MS);
    expect((await rowsOf(store, 'outbox')).filter((row) => row.key.startsWith('observed:'))).toHaveLength(
      reports.length,
    );
  });

  it('tells the lead of support what the rules of the team would have said', async () => {
    await begin();
    office.slack.addUser('zoe', { teamId: 'Tzoe' });
    await office.writes('acme', 'zoe', 'Is the export broken for you too?');
    await office.travel(8 * DAY_MS);
    const report = JSON.stringify(office.slack.posts('DULEA'));
    expect(report).toMatch(/\*S27\* unmatched: 1 time · to Lea Novak [\d.]+ a week/);
  });

  it('lets a lead switch a rule on, as a new version with who; others may not', async () => {
    const asked = await office.command('lea', 'triage', '/baton', 'rules');
    expect(JSON.stringify(asked?.open)).toContain('S16 bug load');
    await office.submit('lea', asked, { S16: 'on', S01: 'off' });
    const rows = (await rowsOf(store, 'settings')).filter((row) => row.scope === 'rules');
    expect(rows).toMatchObject([
      { key: 'S01', version: 1, who: 'ULEA', value: { mode: 'off' } },
      { key: 'S16', version: 1, who: 'ULEA', value: { mode: 'on' } },
    ]);
    expect((await office.command('sam', 'triage', '/baton', 'rules'))?.open).toBeUndefined();
  });
});
