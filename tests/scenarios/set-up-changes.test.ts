import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Store } from '../../src/store/transact.js';
import { HOUR_MS, MINUTE_MS } from '../../src/time/index.js';
import { companyText } from '../support/baton.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';
import { eventsOf, rowsOf } from '../support/rows.js';

/** It is Tuesday 3 November 2026, nine o'clock in Berlin. */
onEveryDatabase('what follows when the set-up changes while work goes on', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
    await office.lookups.saveUsers(await office.slack.users());
  });
  afterEach(() => store.close());

  const send = async (name: string, values: Record<string, string | null>) =>
    office.submit('lea', await office.press('lea', 'setup.step', name), values);
  const owners = async () => (await rowsOf(store, 'followups')).map((one) => one.ownerId);
  const posts = (name: string) => office.slack.posts(name).map((post) => post.text);
  const owesAna = async () => {
    await office.command('ana', 'triage', '/baton', 'followup acme: call Joe');
    await office.settle();
    expect(await owners()).toEqual([3]);
  };
  const people = (more: Record<string, string | null>) =>
    send('people', {
      support: 'USAM,UPRIYA',
      success: 'UANA,ULUIS',
      supportLeads: 'ULEA',
      successLeads: 'ULEA',
      viewers: 'UELI',
      ...more,
    });

  it('a company.yml with another CSM moves what is owed, and tells both', async () => {
    await owesAna();
    await office.apply(companyText().replace(/(slug: acme[\s\S]*?csm: )ana/, '$1luis'));
    await office.settle();
    expect(await owners()).toEqual([4]);
    expect(posts('DULUIS').join()).toContain(
      '*Acme* is yours now, from Ana Lopez. 1 open follow-up came along',
    );
    expect(posts('DUANA').join()).toContain('*Acme* is with *Luis Weber* now');
    await office.apply(companyText().replace(/(slug: acme[\s\S]*?csm: )ana/, '$1luis'));
    expect(await eventsOf(store, 'account.csm_changed')).toHaveLength(1);
  });

  it('an account that leaves company.yml is put away with what was owed to it', async () => {
    await owesAna();
    const text = companyText().replace(/ {2}- slug: acme\n[\s\S]*?(?= {2}- slug: globex)/, '');
    await office.apply(text);
    expect(await rowsOf(store, 'followups')).toMatchObject([
      { state: 'not_needed', reason: 'Acme was put away' },
    ]);
    await office.apply(text);
    expect(await eventsOf(store, 'account.archived')).toHaveLength(1);
  });

  it.each([
    [
      'left out of company.yml',
      (text: string) =>
        text.replace(/^ {2}- \{ handle: ana.*\n/m, '').replaceAll(/csm: ana\n/g, 'csm: luis\n'),
    ],
    [
      'said there to be gone',
      (text: string) =>
        text.replace(/(handle: ana, )/, '$1active: false, ').replaceAll(/csm: ana\n/g, 'csm: luis\n'),
    ],
  ])('what somebody owes who is %s goes to who covers', async (_, change) => {
    await owesAna();
    // Their own matter: it does not go along with the account.
    await store.transact([], (tx) => tx.db.update(tx.t.accounts).set({ csmId: 4 }));
    await office.apply(change(companyText()));
    expect(await owners()).not.toContain(3);
    expect(await eventsOf(store, 'person.left')).toMatchObject([{ data: { personId: 3 } }]);
  });

  it('what somebody owes who loses their role in Home goes to who covers', async () => {
    await owesAna();
    await people({ success: 'ULUIS' });
    expect(await owners()).toEqual([5]);
    await people({});
    expect(await eventsOf(store, 'person.returned')).toMatchObject([{ data: { personId: 3 } }]);
  });

  it('whoever gets a role in Home has their nine o\u2019clock message and the days off of everybody', async () => {
    await store.transact([], async (tx) => {
      await tx.db.insert(tx.t.holidays).values({ scope: 'company', date: '2026-12-25', name: 'Christmas' });
    });
    await people({ support: 'USAM' });
    office.slack.addUser('nora');
    await office.lookups.ensureUsers(['UNORA']);
    await people({ support: 'USAM,UNORA' });
    const nora = (await rowsOf(store, 'people')).find((one) => one.slackId === 'UNORA');
    expect(nora).toMatchObject({ calendar: ['2026-12-25'], isActive: true });
    expect((await rowsOf(store, 'due')).map((one) => one.key)).toContain(`digest:daily:${nora?.id}`);
  });

  it('other hours count every promise anew, without a restart', async () => {
    const ts = await office.writes('acme', 'joe', 'The export misses rows since Monday');
    await office.reacts('acme', ts, 'sam', 'ticket');
    await office.settle();
    const look = async () =>
      (await rowsOf(store, 'due')).find((one) => one.key.startsWith('level:issue:'))?.dueAt;
    const before = await look();
    expect(before).toBe(office.now() + 45 * MINUTE_MS);
    await send('hours', {
      zone: 'Europe/Berlin',
      days: '1,2,3,4,5',
      from: '11:00',
      to: '19:00',
      holidays: null,
    });
    expect(await look()).toBe((before ?? 0) + 2 * HOUR_MS);
    await office.travel(HOUR_MS);
    expect(posts('CTRIAGE').join()).not.toContain('no answer');
    await office.travel(2 * HOUR_MS - MINUTE_MS);
    expect(posts('CTRIAGE').join()).toContain('has no answer: first reply by 12:00');
  });
});
