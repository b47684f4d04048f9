import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureAdmins } from '../../src/home/store/roles.js';
import { writeExport } from '../../src/main/apply.js';
import { setting } from '../../src/settings/store.js';
import type { Store } from '../../src/store/transact.js';
import { DAY_MS } from '../../src/time/index.js';
import { onEveryDatabase } from '../support/databases.js';
import { checkView } from '../support/fake-slack/index.js';
import { Office } from '../support/office.js';
import { platformError } from '../support/paper-slack.js';
import { rowsOf } from '../support/rows.js';

/** A company of which Baton knows nothing but who administers the workspace: Lea. */
onEveryDatabase('setting up in Slack', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = new Office({ store });
    await office.lookups.saveUsers(await office.slack.users());
    await store.transact(['company'], (tx) => ensureAdmins(tx, []));
    await office.surveys();
  });
  afterEach(() => store.close());

  const goTo = (name: string, user = 'lea') =>
    office.pressesInHome(user, 'home.go', JSON.stringify({ name, from: 0 }));
  const expectValid = (user = 'lea') => expect(checkView(JSON.parse(office.home(user)), 'home')).toEqual([]);
  const step = (name: string) => office.press('lea', 'setup.step', name);
  const send = async (name: string, values: Record<string, string | null>) =>
    office.submit('lea', await step(name), values);
  const mark = (page: string, title: string) => new RegExp(`(.)  \\*${title}\\*`).exec(page)?.[1];

  it('the first admin who opens Home sees what is to be done; nobody else may', async () => {
    const page = await office.opensHome('lea');
    expect(page).toContain('9 of 9 left');
    for (const title of ['Team channel', 'Triage channel', 'Working hours', 'Accounts', 'Escalation groups'])
      expect(mark(page, title)).toBe('○');
    expectValid();
    expect(await office.opensHome('lea')).toContain('9 steps of the set-up left');
    expect(await office.opensHome('sam')).toContain('You have no role in Baton yet');
    expect((await office.press('sam', 'setup.step', 'team'))?.say?.text).toContain('You have no role');
  });

  it('a whole company, without a company.yml', async () => {
    await office.opensHome('lea');
    await send('team', { channel: 'CSUPPORTSUCCESS' });
    await send('triage', { channel: 'CTRIAGE' });
    await send('people', {
      support: 'USAM,UPRIYA',
      success: 'UANA,ULUIS',
      supportLeads: 'ULEA',
      successLeads: 'ULEA',
      viewers: null,
    });
    await send('groups', {
      'senior-support': 'UPRIYA',
      engineering: 'UELI',
      'support-lead': 'ULEA',
      executive: 'ULEA',
    });
    await send('hours', {
      zone: 'Europe/Berlin',
      days: '1,2,3,4,5',
      from: '09:00',
      to: '17:00',
      holidays: null,
    });
    await send('trackers', { live: 'release' });
    const proposed = JSON.stringify((await step('accounts'))?.open);
    expect(proposed).toContain('#acme');
    await send('accounts', { accounts_0: 'CACME,CGLOBEX' });
    for (const name of ['rules', 'digests']) await step(name);
    await office.surveys();
    const page = await goTo('setup');
    for (const title of [
      'Team channel',
      'Triage channel',
      'Support, success and their leads',
      'Escalation groups',
      'Working hours',
      'Accounts',
      'When a fix is live',
      'Rules',
      'Digests',
    ])
      expect([title, mark(page, title)]).toEqual([title, '✓']);
    expectValid();
    expect(page).toContain('Everything is set up');
    expect(page).toMatch(/\d+ of \d+ rules speak, the others only count/);
    expect(page).toContain('A lead posts the stand-up with /baton standup 9:15');
    expect(await rowsOf(store, 'accounts')).toMatchObject([
      { slug: 'acme', name: 'Acme', addedAt: office.now() },
      { slug: 'globex' },
    ]);
    const added = (await rowsOf(store, 'log')).filter((row) => row.kind.startsWith('account.'));
    expect(added.map((row) => row.kind)).toEqual([
      ...['account.added', 'account.channel_linked', 'account.added', 'account.channel_linked'],
    ]);
    expect(await store.read((tx) => setting(tx, 'liveMeans'))).toBe('release');
    // It works: a customer is heard, and an issue stands in triage.
    const ts = await office.writes('acme', 'joe', 'The export drops rows');
    await office.reacts('acme', ts, 'sam', 'ticket');
    await office.settle();
    expect(office.slack.posts('CTRIAGE')).toHaveLength(1);
    const text = await writeExport(store);
    const before = await rowsOf(store, 'people');
    await office.apply(text);
    expect(await rowsOf(store, 'people')).toEqual(before);
    expect(await writeExport(store)).toBe(text);
  });

  it('a channel that customers read is refused, whichever way it comes out', async () => {
    await office.opensHome('lea');
    const answer = await send('team', { channel: 'CACME' });
    expect(answer?.errors?.channel).toContain('Customers read this channel');
    expect(await store.read((tx) => setting(tx, 'teamChannel'))).toBeNull();
    office.slack.addChannel('mixed', ['lea', 'joe']);
    await send('team', { channel: 'CMIXED' });
    await office.surveys();
    expect(await goTo('setup')).toContain('1 person from outside read this channel');
    expect(mark(await goTo('setup'), 'Team channel')).toBe('✗');
  });

  it('each thing that is wrong says how to mend it', async () => {
    await office.opensHome('lea');
    office.slack.addChannel('quiet', ['lea'], { isMember: false });
    await send('team', { channel: 'CQUIET' });
    await send('triage', { channel: 'CQUIET' });
    await send('people', {
      support: 'USAM',
      success: null,
      supportLeads: null,
      successLeads: null,
      viewers: null,
    });
    await office.surveys();
    const page = await goTo('setup');
    expect(page).toContain('Type /invite @Baton in the channel');
    expect(page).toContain('Nobody leads support');
    office.slack.addChannel('quiet', ['lea']);
    await office.surveys();
    expect(await goTo('setup')).toContain('Team and triage are the same channel');
  });

  it('bad input keeps the form open and names the field', async () => {
    expect((await send('team', { channel: null }))?.errors).toHaveProperty('channel');
    expect((await send('people', { support: 'UJOE' }))?.errors).toHaveProperty('support');
    expect((await send('people', { viewers: 'UNOBODY' }))?.errors).toHaveProperty('viewers');
    expect(
      Object.keys((await send('groups', { 'senior-support': 'USAM', engineering: 'UJOE' }))?.errors ?? {}),
    ).toEqual(['engineering']);
    expect((await send('hours', { zone: 'Mars', days: null }))?.errors).toMatchObject({
      zone: /.*/,
      days: /.*/,
    });
    expect((await send('trackers', { live: 'soon' }))?.errors).toHaveProperty('live');
    expect((await step('nonsense'))?.say?.text).toContain('not there any more');
  });

  describe('coverage', () => {
    it('shows what is not covered, and gives a channel to an account', async () => {
      await office.opensHome('lea');
      const page = await goTo('coverage');
      expect(page).toContain('*0* channels covered, 3 not covered');
      const form = await office.press('lea', 'coverage.channel', 'link:CACME');
      expect((await office.submit('lea', form, { new_account: ' ' }))?.errors).toHaveProperty('new_account');
      for (const name of ['🎉🎉', 'x'.repeat(300)])
        expect((await office.submit('lea', form, { new_account: name }))?.errors).toHaveProperty(
          'new_account',
        );
      await office.submit('lea', form, { new_account: 'ACME Corp' });
      const other = await office.press('lea', 'coverage.channel', 'link:CINITECH');
      expect(
        (await office.submit('lea', other, { new_account: 'acme corp' }))?.errors?.new_account,
      ).toContain('ACME Corp is there already');
      await office.press('lea', 'coverage.channel', 'ignore:CGLOBEX');
      const after = await goTo('coverage');
      expect(after).toContain('*1* channel covered, 1 not covered');
      expect(after).toContain('#acme (ACME Corp)');
      expectValid();
      expect((await office.submit('lea', form, { new_account: 'Again' }))?.say?.text).toContain(
        'has an account already',
      );
    });

    it('whoever writes in a shared channel of no account is put before somebody who decides', async () => {
      await office.opensHome('lea');
      await office.writes('acme', 'joe', 'Is anybody there?');
      await office.writes('acme', 'sam', 'Yes');
      const home = await office.opensHome('lea');
      expect(home).toContain('One belongs to no account, or to two');
      expect(home).toMatch(/joe[^"]* · in #acme/i);
      for (const table of ['contacts', 'messages'] as const) expect(await rowsOf(store, table)).toEqual([]);
      await office.press('lea', 'coverage.channel', 'ignore:CGLOBEX');
      await office.writes('globex', 'gus', 'And here?');
      expect(await rowsOf(store, 'openMatches')).toHaveLength(1);
    });

    it('asks each colleague once a week, with their whole list', async () => {
      for (const name of ['ext-big', 'ext-small'])
        office.slack.addChannel(name, ['ana', 'joe'], { isShared: true, isMember: false });
      office.slack.addChannel('ext-lone', ['joe'], { isShared: true, isMember: false });
      await office.surveys();
      await office.opensHome('lea');
      expect(await goTo('coverage')).toContain('<@UANA> can invite Baton to #ext-big, #ext-small');
      expect(office.home('lea')).toContain('#ext-lone: nobody is known who could invite Baton');
      await office.pressesInHome('lea', 'coverage.ask', 'UANA');
      await office.settle();
      const asked = office.slack.posts('DUANA').filter((one) => one.text.includes('Please invite'));
      expect(asked).toHaveLength(1);
      expect(JSON.stringify(asked[0]?.blocks)).toContain('ext-small');
      expect(office.home('lea')).toContain('Asked in the last seven days');
      await office.pressesInHome('lea', 'coverage.ask', 'all');
      await office.settle();
      expect(office.slack.posts('DUANA').filter((one) => one.text.includes('Please invite'))).toHaveLength(1);
    });

    it('tells the admins of new shared channels, once, and waits when Slack says so', async () => {
      const told = () => office.slack.posts('DULEA').filter((one) => one.text.includes('new shared'));
      office.slack.addChannel('ext-new', ['ana', 'joe'], { isShared: true, isMember: false });
      office.clock.advance(DAY_MS);
      office.slack.fail('channels', platformError('ratelimited'));
      await office.surveys();
      await office.surveys();
      await office.settle();
      expect(told().map((one) => one.text)).toEqual([
        expect.stringContaining('1 new shared channel: #ext-new'),
      ]);
      await office.surveys();
      await office.settle();
      expect(told()).toHaveLength(1);
    });
  });
});
