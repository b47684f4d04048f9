import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { whoIs } from '../../src/accounts/store.js';
import type { Store } from '../../src/store/transact.js';
import { DAY_MS, HOUR_MS } from '../../src/time/index.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';
import { countsOf, eventsOf, rowsOf } from '../support/rows.js';

onEveryDatabase('/account', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
  });
  afterEach(() => store.close());

  const account = async (text: string, user = 'lea') =>
    (await office.command(user, 'triage', '/account', text))?.say?.text;
  const row = async (slug: string) => (await rowsOf(store, 'accounts')).find((one) => one.slug === slug);

  it('lists the accounts of whoever asks', async () => {
    expect(await account('', 'ana')).toContain(
      '2 accounts are yours:\n*Acme* (acme) · CSM\n*Globex* (globex) · CSM',
    );
    expect(await account('', 'eli')).toContain(
      'No account is yours; there are 3:\n*Acme* (acme)\n*Globex* (globex)',
    );
  });

  it('shows the one that was meant, and names the nearest', async () => {
    const card = (await office.command('eli', 'triage', '/account', 'acme'))?.say;
    expect(JSON.stringify(card?.blocks)).toContain('CSM: Ana Lopez · Support: Sam Okafor');
    expect(await account('acne')).toContain('There is no account "acne". Did you mean *acme*?');
    expect(await account('nothing like it')).toContain('`/account` lists yours');
  });

  it('its help says that a name shows an account; so does show', async () => {
    expect(await account('help', 'eli')).toContain('`/account [acme]`  your accounts, or one');
    const card = (await office.command('eli', 'triage', '/account', 'show acme'))?.say;
    expect(JSON.stringify(card?.blocks)).toContain('CSM: Ana Lopez');
    expect(await account('show', 'ana')).toContain('2 accounts are yours');
  });

  it('understands its other names, and the beginning of only one', async () => {
    expect(await account('edit globex aka Globex Corporation, GX')).toContain(
      'aka is Globex Corporation, GX now',
    );
    const csm = async (typed: string) =>
      JSON.stringify((await office.command('eli', 'triage', '/account', typed))?.say?.blocks);
    for (const typed of ['gx', 'globex corporation', 'glob', 'corpo'])
      expect([typed, await csm(typed)]).toEqual([typed, expect.stringContaining('*Globex*')]);
    expect(await account('edit glob tier B')).toContain(
      'Did you mean *globex*? `/account edit globex tier B`',
    );
    expect(await account('link glob <#CHOOLI|hooli> internal')).toContain(
      '`/account link globex #hooli internal`',
    );
    expect(await account('edit glob csm <@UANA>')).toContain('`/account edit globex csm @ana`');
    expect(await account('merge acme into glob')).toContain('`/account merge acme into globex`');
    await account('add Globalist');
    expect(await account('glob')).toContain('There is no account "glob"');
  });

  it('what is put away offers nothing and reminds nobody; adding it again brings it back', async () => {
    await office.command('ana', 'triage', '/baton', 'followup globex: call Gus');
    await account('archive globex');
    expect(await rowsOf(store, 'followups')).toMatchObject([{ state: 'not_needed' }]);
    expect(await account('globex')).toContain('*Globex* was put away. `/account add globex` brings it back');
    await office.writes('globex', 'gus', 'The dashboards are slow, can you help?');
    await office.travel(HOUR_MS);
    expect(await rowsOf(store, 'contacts')).toEqual([]);
    expect(office.slack.posts('CTRIAGE')).toEqual([]);
    expect(await account('add globex')).toContain('Globex was put away, and is back now');
    await office.writes('globex', 'gus', 'The dashboards are slow again');
    expect(await rowsOf(store, 'contacts')).toHaveLength(1);
    expect(await rowsOf(store, 'accounts')).toHaveLength(3);
    await account('archive globex');
    expect(await account('link acme <#CGLOBEX|globex>')).toContain('the channel of Acme now');
  });

  it('takes a domain away from one, for another to have it', async () => {
    await account('edit acme domain acme.io');
    expect(await account('edit globex domain acme.io')).toContain('acme.io belongs to Acme');
    expect(await account('edit globex domain not acme.io')).toContain("acme.io is not Globex's");
    expect(await account('edit acme domain not acme.io')).toContain("acme.io is not Acme's any more");
    expect(await account('edit globex domain acme.io')).toContain("acme.io is Globex's now");
  });

  it('knows customers by the longest domain of their address that is an account’s', async () => {
    for (const typed of ['edit acme domain acme.com', 'edit globex domain eu.acme.com']) await account(typed);
    const mails = {
      una: 'una@acme.com',
      uwe: 'uwe@de.acme.com',
      eva: 'eva@mail.eu.acme.com',
      ned: 'ned@notacme.com',
    };
    for (const [name, email] of Object.entries(mails)) {
      office.slack.addUser(name, { email, teamId: 'TELSEWHERE' });
      await office.writes('initech', name, `Hello from ${name}, can you help?`);
    }
    const whose = await store.read((tx) =>
      Promise.all(Object.keys(mails).map((name) => whoIs(tx, `U${name.toUpperCase()}`))),
    );
    expect(whose).toMatchObject([{ accountId: 1 }, { accountId: 1 }, { accountId: 2 }, { kind: 'external' }]);
  });

  it('adds one, edits it, links its channel and puts it away', async () => {
    expect(await account('add Hooli Inc hooli.com')).toContain('Hooli Inc is there now, as hooli-inc');
    expect(await row('hooli-inc')).toMatchObject({ name: 'Hooli Inc', isArchived: false });
    for (const typed of [
      'edit hooli inc csm @luis',
      'edit hooli-inc tier b',
      'edit hooli-inc renewal 2027-02-14',
      'edit hooli-inc revenue 120 000 eur',
      'edit hooli-inc lifecycle Onboarding',
      'edit hooli-inc cadence 10',
      'edit hooli-inc zone America/New_York',
      'edit hooli-inc domain https://www.hooli.de/x',
      'edit hooli-inc goal fewer sheets',
      'edit hooli-inc support-backup priya',
    ])
      expect([typed, await account(typed)]).toEqual([typed, expect.stringMatching(/ now\.$/)]);
    expect(await row('hooli-inc')).toMatchObject({
      csmId: 4,
      tier: 'B',
      renewalOn: '2027-02-14',
      revenue: 120000,
      currency: 'EUR',
      lifecycle: 'onboarding',
      touchEveryDays: 10,
      zone: 'America/New_York',
      goal: 'fewer sheets',
      backupSupportId: 2,
    });
    expect(await account('edit hooli-inc goal none')).toBe('Hooli Inc: goal is nothing now.');
    for (const [typed, said] of [
      ['csm <@UANA>', 'csm is Ana Lopez now'],
      ['renewal 14 March 2027', 'renewal is 2027-03-14 now'],
      ['revenue 120,000 EUR', 'revenue is 120,000 EUR now'],
      ['revenue 1.5k eur', 'Write revenue as'],
      ['revenue 130k eur', 'revenue is 130,000 EUR now'],
    ])
      expect(await account(`edit hooli-inc ${typed}`)).toContain(said);
    expect(await account('link hooli-inc <#CHOOLI|hooli>')).toContain(
      '#hooli is the channel of Hooli Inc now',
    );
    expect(await account('archive hooli-inc')).toContain('is put away');
    expect(await row('hooli-inc')).toMatchObject({ isArchived: true, goal: null });
    expect(
      (await eventsOf(store, 'account.added', 'account.channel_linked', 'account.archived')).map(
        (one) => one.kind,
      ),
    ).toEqual(['account.added', 'account.channel_linked', 'account.archived']);
  });

  describe('merge', () => {
    it('takes everything along: channels, people, issues, what is owed; the history of both', async () => {
      await office.writes('globex', 'gus', 'Invoices are wrong this month');
      await office.command('sam', 'globex-internal', '/issue', 'log Invoices are wrong');
      await office.command('eli', 'triage', '/baton', 'fix live B-1');
      await office.travel(HOUR_MS);
      expect(await account('merge globex into acme')).toContain('Globex is part of Acme now');
      expect(await row('globex')).toMatchObject({ isArchived: true, mergedIntoId: 1 });
      expect(await row('acme')).toMatchObject({ otherNames: ['Globex'] });
      for (const table of ['issues', 'contacts', 'followups', 'accountChannels'] as const) {
        const rows = (await rowsOf(store, table)) as { accountId: number }[];
        expect([table, rows.filter((one) => one.accountId === 2)]).toEqual([table, []]);
      }
      expect((await rowsOf(store, 'followups'))[0]?.openKey).toBe('1:fix:1');
      expect((await rowsOf(store, 'cards')).flatMap((card) => card.accounts)).not.toContain(2);
      await office.writes('globex', 'gus', 'And the export is broken too, is it not?');
      expect((await rowsOf(store, 'contacts')).every((one) => one.accountId === 1)).toBe(true);
      await office.travel(DAY_MS);
    });
  });

  it('merged, it has what was known of either; what it says of itself stays', async () => {
    for (const typed of [
      'add Hooli',
      'edit hooli goal fewer sheets',
      'edit hooli revenue 10k EUR',
      'edit hooli tier B',
    ])
      await account(typed);
    await account('edit initech tier A');
    await account('merge hooli into initech');
    expect(await row('initech')).toMatchObject({
      tier: 'A',
      goal: 'fewer sheets',
      revenue: 10000,
      currency: 'EUR',
    });
  });

  describe('bad input changes nothing, and is answered', () => {
    it.each([
      ['add', 'Write its name'],
      ['add 🎉🎉', 'A name needs a letter or a digit'],
      [`add ${'x'.repeat(300)}`, '300 characters; 80 fit'],
      ['add Acme', 'Acme is there already'],
      ['edit acme', 'Say what to set: name, tier'],
      ['edit acme renewl 2027-01-01', 'Did you mean renewal?'],
      ['edit acme renewal soon', 'Write renewal as YYYY-MM-DD'],
      ['edit acme renewal 2026-11-02', '2026-11-02 is past'],
      ['edit acme name globex', 'Globex is there already'],
      ['edit acme aka 🎉', 'needs a letter or a digit'],
      ['edit acme tier D', 'one of A, B, C'],
      ['edit acme zone Berlin', 'Did you mean Europe/Berlin?'],
      ['edit acme csm @nobody', 'nobody of ours is called @nobody'],
      ['edit acme csm @eli', 'Eli Stone only looks on'],
      ['edit acme cadence 0', '1 to 365'],
      ['edit acme revenue lots', 'Write revenue as 120000 EUR'],
      ['edit acme domain gmail.com', 'free mail provider'],
      ['edit nowhere tier A', 'There is no account "nowhere"'],
      ['archive', 'Write which account.'],
      ['link acme', 'Name the channel with #'],
      ['link acme <#CGLOBEX|globex>', "That channel is Globex's."],
      ['link acme <#CTRIAGE|triage>', 'where we work on every account'],
      ['merge acme', 'Write which account goes into which'],
      ['merge acme into acme', 'That is one account already'],
    ])('%s', async (typed, problem) => {
      const before = await countsOf(store);
      expect(await account(typed)).toContain(problem);
      expect(await countsOf(store)).toEqual(before);
    });

    it('a viewer changes nothing, support puts nothing away, a customer gets no answer', async () => {
      expect(await account('edit acme tier B', 'eli')).toContain('Your role');
      expect(await account('archive acme', 'sam')).toContain('Your role');
      expect(await account('acme', 'joe')).toBeUndefined();
    });
  });

  describe('who belongs to nobody', () => {
    const unmatched = async (text = '') =>
      (await office.command('sam', 'triage', '/baton', `unmatched ${text}`))?.say?.text;

    it('is put before somebody who decides, and known from then on', async () => {
      expect(await unmatched()).toContain('Everybody who wrote belongs to an account');
      office.slack.addUser('zoe', { teamId: 'Tzoe' });
      await office.writes('acme', 'zoe', 'Is the export broken for you too?');
      await office.writes('acme', 'zoe', 'It misses rows');
      expect(await unmatched()).toMatch(/1\. \*.*zoe.*\* · in #acme · 2 times · could be Acme/i);
      expect(await unmatched('7 acme')).toContain('Nothing open has the number 7');
      expect(await unmatched('1 acne')).toContain('Did you mean *acme*?');
      expect(await unmatched('1 acme')).toContain('belongs to Acme');
      expect(await unmatched()).toContain('Everybody who wrote');
      expect((await rowsOf(store, 'customers')).at(-1)).toMatchObject({ slackId: 'UZOE', accountId: 1 });
      await office.writes('acme', 'zoe', 'And again');
      expect(await unmatched()).toContain('Everybody who wrote');
    });

    it('a customer of one account in the channel of another is a conflict; said to be nobody it rests', async () => {
      await office.writes('globex', 'joe', 'Hello from Acme, can you help us here?');
      expect(await unmatched()).toContain('claimed by Acme or Globex');
      expect(await unmatched('1 nobody')).toContain('belongs to nobody');
      await office.writes('globex', 'joe', 'One more thing');
      expect(await unmatched()).toContain('Everybody who wrote');
    });

    it('a domain that two accounts claim is refused, and decided', async () => {
      await account('edit acme domain shared.com');
      expect(await account('edit globex domain shared.com')).toContain('shared.com belongs to Acme');
      expect(await unmatched()).toContain('*shared.com* · claimed by Acme or Globex');
      await unmatched('1 globex');
      expect(await rowsOf(store, 'accountDomains')).toMatchObject([{ accountId: 2, domain: 'shared.com' }]);
    });
  });
});
