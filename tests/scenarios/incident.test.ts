import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Store } from '../../src/store/transact.js';
import { HOUR_MS, MINUTE_MS } from '../../src/time/index.js';
import { companyText } from '../support/baton.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice, paperSlack } from '../support/office.js';
import { eventsOf, rowsOf } from '../support/rows.js';
import { testClock } from '../support/time.js';

onEveryDatabase('an incident', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
  });
  afterEach(() => store.close());

  const baton = async (user: string, text: string) =>
    (await office.command(user, 'triage', '/baton', text))?.say?.text;
  const team = () => office.slack.posts('CSUPPORTSUCCESS');
  const card = () => JSON.stringify(team().find((post) => post.text.includes('ncident')));
  const hits = async () =>
    (await rowsOf(store, 'incidentAccounts'))
      .filter((row) => row.removedAt === null)
      .map((row) => [row.accountId, row.contactIds.length]);

  it('collects what matches on one card without pings, and at its end each hit account is told by one of us', async () => {
    await office.writes('acme', 'joe', 'The API gives us errors, can you look?');
    await office.travel(5 * MINUTE_MS);
    expect(await baton('sam', 'incident API down')).toContain('1 account hit so far');
    await office.writes('globex', 'gus', 'Is your api down?');
    await office.writes('globex', 'gus', 'api still down');
    await office.writes('initech', 'ivy', 'How do I change my invoice address?');
    await office.travel(HOUR_MS);
    expect(await hits()).toEqual([
      [1, 1],
      [2, 1],
    ]);
    expect(card()).toContain('2 accounts hit, wrote 2 times: Acme (1), Globex (1)');
    expect(card()).not.toContain('<@');
    // What is on the card is not offered in triage as well; what is not, is.
    const triage = JSON.stringify(office.slack.posts('CTRIAGE'));
    expect(triage).toContain('Initech');
    expect(triage).not.toContain('Globex');
    expect(await baton('ana', 'incident end API errors')).toContain(
      '2 accounts will be told that *API errors*',
    );
    await office.settle();
    expect(await rowsOf(store, 'fixes')).toMatchObject([{ title: 'API errors', state: 'live' }]);
    expect((await rowsOf(store, 'followups')).map((row) => [row.accountId, row.kind, row.fixId])).toEqual([
      [1, 'tell_fix', 1],
      [2, 'tell_fix', 1],
    ]);
    await office.travel(MINUTE_MS);
    expect(card()).toContain('over Tue 10:05 (Ana Lopez)');
    expect(JSON.stringify(office.slack.posts('DUSAM'))).toContain('API errors');
    const fix = JSON.stringify(
      office.slack.posts('CTRIAGE').find((post) => post.text.includes('API errors')),
    );
    expect(fix).toContain('Acme: Sam Okafor tells them');
    expect(fix).not.toContain('Mends');
    expect(await baton('ana', 'incident end')).toContain('There is no incident');
  });

  it('solves the issues that were logged of it, in the same follow-up', async () => {
    const ts = await office.writes('acme', 'joe', 'The API gives us errors');
    await office.reacts('acme', ts, 'sam', 'ticket');
    await baton('sam', 'incident API down');
    await baton('sam', 'incident end');
    await office.settle();
    expect(await rowsOf(store, 'issues')).toMatchObject([{ state: 'resolved' }]);
    expect(await rowsOf(store, 'followups')).toHaveLength(1);
    expect(await rowsOf(store, 'fixIssues')).toMatchObject([{ fixId: 1, issueId: 1 }]);
  });

  it('holds back the alerts of whom it hits, and its end counts them as handled', async () => {
    await baton('sam', 'incident API down');
    for (let i = 0; i < 7; i += 1) {
      await office.writes('acme', 'joe', `The api is away, time ${i}`);
      await office.travel(2.25 * HOUR_MS);
    }
    expect(await rowsOf(store, 'alerts')).toEqual([]);
    expect((await rowsOf(store, 'signals')).find((row) => row.rule === 'S01')).toMatchObject({
      state: 'firing',
      inhibitedBy: 'incident:1',
    });
    expect(card()).toContain('held back');
    await baton('sam', 'incident end');
    await office.travel(3 * HOUR_MS);
    expect(await rowsOf(store, 'alerts')).toEqual([]);
    expect((await rowsOf(store, 'signals')).filter((row) => row.state === 'firing' && !row.isShadow)).toEqual(
      [],
    );
    expect(await rowsOf(store, 'inhibitions')).toMatchObject([{ openKey: null }]);
  });

  it('people add and take out accounts; who was taken out stays out', async () => {
    await office.writes('acme', 'joe', 'The API gives us errors');
    await baton('sam', 'incident API down');
    expect(await baton('sam', 'incident add globex')).toBe('Globex is part of the incident.');
    expect(await baton('sam', 'incident add Globex')).toBe('Globex was part of it already.');
    expect(await baton('sam', 'incident add nobody')).toContain('No account is called nobody');
    const form = await office.press('ana', 'incident.accounts', '1', 'support-success');
    await office.submit('ana', form, { account: '1', is: 'remove' });
    await office.writes('acme', 'joe', 'api again?');
    expect(await hits()).toEqual([[2, 0]]);
    expect(await baton('sam', 'incident Logins fail')).toContain('There is an incident already: *API down*');
    const over = await office.press('ana', 'incident.end', '1', 'support-success');
    await office.submit('ana', over, { title: 'The API answers' });
    expect((await office.submit('ana', over, { title: 'The API answers' }))?.say?.text).toBe(
      'This incident is over.',
    );
    expect((await office.press('ana', 'incident.end', '1', 'support-success'))?.say?.text).toBe(
      'This incident is over.',
    );
    expect(await rowsOf(store, 'followups')).toMatchObject([{ accountId: 2 }]);
    expect((await eventsOf(store, 'incident.freed')).map((row) => [row.accountId, row.actor])).toEqual([
      [1, 'UANA'],
    ]);
  });

  it('is not for customers and viewers, and needs words', async () => {
    expect(await baton('eli', 'incident API down')).not.toContain('open');
    expect(await baton('sam', 'incident')).toContain('There is no incident');
    expect(await baton('sam', 'incident !?')).toContain('Say in a few words');
    expect(await rowsOf(store, 'incidents')).toEqual([]);
  });

  it('is offered in triage when five accounts write within half an hour; once, and either answer is shown', async () => {
    const names = ['one', 'two', 'three'];
    const clock = testClock(office.now(), () => 0);
    const slack = paperSlack(clock);
    for (const name of names) {
      slack.addUser(`c${name}`, { teamId: `T${name}` });
      slack.addChannel(name, ['sam', 'ana', `c${name}`], { isShared: true });
    }
    const company = `${companyText()}\n${names
      .map((name) => `  - { slug: ${name}, name: ${name}, channels: { customer: [${name}] } }`)
      .join('\n')}`;
    const other = await database.open();
    const busy = await openOffice(other, { clock, slack, company });
    const writers = [
      ['acme', 'joe'],
      ['globex', 'gus'],
      ['initech', 'ivy'],
      ['one', 'cone'],
    ] as const;
    for (const [channel, author] of writers) await busy.writes(channel, author, 'The login is broken');
    await busy.settle();
    const offers = () =>
      slack.posts('CTRIAGE').filter((post) => post.text.includes('wrote within 30 minutes'));
    expect(offers()).toEqual([]);
    await busy.writes('two', 'ctwo', 'login broken?');
    await busy.writes('three', 'cthree', 'login, hello?');
    await busy.settle();
    expect(offers()).toHaveLength(1);
    expect(JSON.stringify(offers())).toContain('Many of them say: login');
    const form = await busy.press('sam', 'incident.open', '1');
    expect(JSON.stringify(form?.open)).toContain('login');
    await busy.submit('sam', form, { title: 'Login broken' });
    await busy.settle();
    expect(JSON.stringify(offers())).toContain('Sam Okafor opened an incident: Login broken');
    expect((await rowsOf(other, 'incidentAccounts')).length).toBe(6);
    await other.close();
  });
});
