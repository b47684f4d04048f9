import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Store } from '../../src/store/transact.js';
import { DAY_MS, MINUTE_MS } from '../../src/time/index.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';
import { rowsOf } from '../support/rows.js';

onEveryDatabase('an alert and what is owed for the same reason', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
    await office.command('sam', 'acme-internal', '/issue', 'log Export drops rows');
    await office.command('sam', 'triage', '/issue', 'rate B-1 bad took a week');
    await office.travel(11 * MINUTE_MS);
  });
  afterEach(() => store.close());

  const card = () => office.slack.posts('CSUPPORTSUCCESS').at(-1)?.text;
  const dms = (name: string) => office.slack.posts(`DU${name.toUpperCase()}`).map((post) => post.text);
  const alert = async () => (await rowsOf(store, 'alerts')).at(-1);

  it('a bad rating that is claimed is one follow-up and one message; told, the alert is over', async () => {
    expect(dms('ana')).toEqual([expect.stringContaining('Follow up with *Acme*')]);
    await office.press('ana', 'alert.claim', '1', 'support-success');
    await office.settle();
    expect(dms('ana')).toHaveLength(1);
    expect(await rowsOf(store, 'followups')).toMatchObject([{ alertId: 1, state: 'open' }]);
    await office.press('ana', 'followup.told', '1');
    await office.settle();
    expect(await alert()).toMatchObject({ state: 'ended', endReason: 'followed up by Ana Lopez' });
  });

  it('told before anybody claimed it, nothing is left to claim', async () => {
    expect(card()).toContain('*Acme* needs a call');
    await office.press('ana', 'followup.told', '1');
    await office.settle();
    expect(await alert()).toMatchObject({ state: 'ended', endReason: 'followed up by Ana Lopez' });
    expect(card()).toContain('followed up by Ana Lopez');
  });

  it('says the gravest first, with the message that it is about, on its card and in Home', async () => {
    const ts = await office.writes('acme', 'joe', 'Nobody can log in');
    await office.reacts('acme', ts, 'sam', 'ticket');
    await office.command('sam', 'triage', '/issue', 'priority B-2 urgent');
    await office.travel(2 * MINUTE_MS);
    const blocks = JSON.stringify(office.slack.posts('CSUPPORTSUCCESS').at(-1)?.blocks);
    expect(blocks).toContain('Why now: B-2 is urgent <https://');
    expect(blocks).toContain('and: rated B-1 1 of 5');
    expect(await office.opensHome('luis')).toContain('B-2 is urgent');
  });

  it('told of only a part of what it says, it stays to be claimed', async () => {
    await office.command('sam', 'triage', '/issue', 'priority B-1 urgent');
    await office.travel(2 * MINUTE_MS);
    await office.press('ana', 'followup.told', '1');
    await office.travel(DAY_MS);
    expect(await alert()).toMatchObject({ state: 'open' });
  });
});
