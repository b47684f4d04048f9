import { afterEach, beforeEach, expect, it } from 'vitest';
import { putOnStandup, standupItems, takeOffStandup } from '../../src/followups/store/standup.js';
import { readCompany, writeCompany } from '../../src/main/apply.js';
import type { Store } from '../../src/store/transact.js';
import { DAY_MS, HOUR_MS } from '../../src/time/index.js';
import { companyText } from '../support/baton.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';

onEveryDatabase('the stand-up', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
    await office.command('priya', 'acme-internal', '/issue', 'log Export drops rows');
    await office.command('eli', 'triage', '/baton', 'fix live B-1');
    await office.settle();
  });
  afterEach(() => store.close());

  const list = (func: 'support' | 'success' = 'success') =>
    store.transact([], (tx) =>
      putOnStandup(tx, { func, kind: 'followup', subjectId: 1, accountId: 1 }, office.now()),
    );
  const items = () => store.read((tx) => standupItems(tx, 'success'));
  const posted = () => office.slack.posts('CSUPPORTSUCCESS').filter((one) => one.text.includes('Stand-up'));

  it('holds each thing once, and is a list for each function', async () => {
    expect([await list(), await list(), await list('support')]).toEqual([true, false, true]);
    expect(await items()).toMatchObject([{ func: 'success', kind: 'followup', subjectId: 1 }]);
    await store.transact([], (tx) => takeOffStandup(tx, { kind: 'followup', subjectId: 1 }, office.now()));
    expect(await items()).toEqual([]);
    expect(await list()).toBe(true);
  });

  it('is shown to a lead, and to nobody else', async () => {
    await list();
    const shown = await office.command('lea', 'triage', '/baton', 'standup');
    expect(JSON.stringify(shown?.say)).toContain('has not heard that \\"Export drops rows\\" is fixed');
    expect((await office.command('sam', 'triage', '/baton', 'standup'))?.say?.text).toContain('Your role');
  });

  it('is posted when company.yml says so, and no more when it says so no more', async () => {
    const apply = async (standup: string) => {
      const text = companyText().replace(
        'groups:',
        `settings: { standup: ${standup} }
groups:`,
      );
      await writeCompany(store, await readCompany(text, office.slack, []), { who: 'x', now: office.now() });
    };
    await apply('{ time: "09:30" }');
    await list();
    await office.travel(HOUR_MS);
    expect(posted()).toHaveLength(1);
    await apply('null');
    await office.travel(3 * DAY_MS);
    expect(posted()).toHaveLength(1);
  });

  it('is posted every working morning once a lead asks for it, skipped when nothing waits', async () => {
    const asked = await office.command('lea', 'triage', '/baton', 'standup 9:15');
    expect(asked?.say?.text).toContain('From Tue 09:15 on');
    await office.travel(HOUR_MS);
    expect(posted()).toHaveLength(0);
    await list();
    await office.travel(DAY_MS);
    expect(posted()).toHaveLength(1);
    expect(posted()[0]?.text).toContain('1 thing waits');
    // Down over the weekend and longer: one, and the next on the next working morning.
    office.clock.advance(8 * DAY_MS);
    await office.settle();
    await list();
    await office.travel(DAY_MS);
    expect(posted()).toHaveLength(2);
    await office.command('lea', 'triage', '/baton', 'standup off');
    await office.travel(5 * DAY_MS);
    expect(posted()).toHaveLength(2);
  });

  it('says what would be right for what is no time', async () => {
    const answer = await office.command('lea', 'triage', '/baton', 'standup quarter past');
    expect(answer?.say?.text).toContain('is no time of day');
    expect(answer?.say?.text).toContain('standup 9:15');
  });
});
