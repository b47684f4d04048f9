import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importCsv } from '../../src/imports/csv/run.js';
import { accountsImport } from '../../src/imports/store/account-rows.js';
import { channelsImport } from '../../src/imports/store/channels.js';
import { customersImport } from '../../src/imports/store/customers.js';
import { issuesImport } from '../../src/imports/store/issues.js';
import { peopleImport } from '../../src/imports/store/people.js';
import { afterImport, takeCalendar } from '../../src/main/imports.js';
import { personBySlackId } from '../../src/people/store.js';
import type { Store } from '../../src/store/transact.js';
import { onEveryDatabase, onRealPostgres, sqliteDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';
import { countsOf, eventsOf, rowsOf } from '../support/rows.js';

const KINDS = {
  accounts: accountsImport,
  people: peopleImport,
  customers: customersImport,
  channels: channelsImport,
  issues: issuesImport,
};

onEveryDatabase('files', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
  });
  afterEach(() => store.close());

  const take = (
    kind: keyof typeof KINDS,
    text: string,
    more: { apply?: boolean; onProgress?: (n: number) => void } = {},
  ) =>
    // biome-ignore lint/suspicious/noExplicitAny: each kind has columns of its own
    importCsv(KINDS[kind] as any, {
      store,
      file: `${kind}.csv`,
      bytes: new TextEncoder().encode(text),
      name: kind,
      apply: more.apply ?? true,
      who: 'test',
      now: office.now(),
      today: '2026-11-03',
      machineNow: () => performance.now(),
      ...(more.onProgress ? { onProgress: more.onProgress } : {}),
    });
  const account = async (slug: string) => (await rowsOf(store, 'accounts')).find((row) => row.slug === slug);

  const ACCOUNTS =
    'external_id,name,domains,tier,csm,renewal_date,revenue,currency,lifecycle,health,health_source,health_as_of\n' +
    'c1,Acme,acme.com,B,luis,2027-02-14,120000,EUR,live,72,Planhat,2026-11-01\n' +
    'c9,Umbrella,umbrella.com;umbrella.de,C,ana,,,,onboarding,,,\n';

  it('says first what it would do, and writes nothing', async () => {
    const before = await countsOf(store);
    const report = await take('accounts', ACCOUNTS, { apply: false });
    expect(report).toMatchObject({ added: 1, changed: 1, same: 0, applied: false });
    expect(await countsOf(store)).toEqual(before);
    expect(await account('acme')).toMatchObject({ tier: 'A' });
  });

  it('takes accounts: new ones are added, known ones changed, a second time nothing', async () => {
    expect(await take('accounts', ACCOUNTS)).toMatchObject({ added: 1, changed: 1, applied: true });
    expect(await account('acme')).toMatchObject({
      externalId: 'c1',
      tier: 'B',
      goal: 'month-end close without sheets',
      revenue: 120000,
      currency: 'EUR',
      healthValue: 72,
      healthSource: 'Planhat',
    });
    expect(await account('umbrella')).toMatchObject({ lifecycle: 'onboarding', csmId: 3 });
    expect((await rowsOf(store, 'accountDomains')).map((row) => row.domain)).toEqual([
      'acme.com',
      'umbrella.com',
      'umbrella.de',
    ]);
    expect(await take('accounts', ACCOUNTS)).toMatchObject({ added: 0, changed: 0, same: 2 });
    expect(await eventsOf(store, 'account.csm_changed')).toMatchObject([{ data: { from: 3, to: 4 } }]);
  });

  it('a changed CSM gets what was owed, and both are told', async () => {
    await office.command('ana', 'acme-internal', '/issue', 'log Export drops rows');
    await office.command('sam', 'triage', '/escalate', 'B-1');
    await office.press(
      'sam',
      'issue.escalate_to:executive',
      JSON.stringify({ n: 1, g: 'executive', r: 'a manager, please' }),
    );
    await office.command('eli', 'triage', '/baton', 'fix live B-1');
    await office.settle();
    expect(await rowsOf(store, 'followups')).toMatchObject([{ ownerId: 3 }]);
    await take('accounts', ACCOUNTS);
    await office.settle();
    expect(await rowsOf(store, 'followups')).toMatchObject([{ ownerId: 4 }]);
    const texts = (name: string) => office.slack.posts(name).map((post) => post.text);
    expect(texts('DULUIS').sort()).toEqual([
      '*Acme* is yours now, from Ana Lopez. 1 open follow-up came along, each with its day.',
      expect.stringContaining('Export drops rows'),
    ]);
    expect(texts('DUANA').at(-1)).toContain('*Acme* is with *Luis Weber* now. 1 open follow-up went along');
  });

  it('is refused whole when one row is wrong', async () => {
    const before = await countsOf(store);
    await expect(take('accounts', `${ACCOUNTS}c3,Hooli,,,nobody,,,,,,,\n`)).rejects.toThrow(
      'accounts.csv row 4, csm: nobody of ours has the handle nobody\nNothing was applied.',
    );
    expect(await countsOf(store)).toEqual(before);
  });

  it('a row of what was merged into an account keeps its id; both in one file are two rows for one account', async () => {
    const two = 'external_id,name\nc1,Acme\nc2,Globex\n';
    await take('accounts', two);
    await office.command('lea', 'triage', '/account', 'merge globex into acme');
    await expect(take('accounts', two)).rejects.toThrow(
      'accounts.csv row 3, external_id: this is Acme, as row 2 is; keep one',
    );
    expect(await take('accounts', 'external_id,name,tier\nc2,Acme,C\n')).toMatchObject({ changed: 1 });
    expect(await account('acme')).toMatchObject({ externalId: 'c1', tier: 'C' });
    await expect(take('accounts', 'external_id,name\nc9,Globex\n')).rejects.toThrow(
      'row 2, name: Acme is there already, with the external id c1',
    );
    expect(await take('accounts', 'external_id,name\nc9,Globex!\n')).toMatchObject({ added: 1 });
    expect(await account('globex-2')).toMatchObject({ name: 'Globex!' });
  });

  it('names at once what is wrong with cells and what they refer to', async () => {
    const text = 'external_id,name,tier,csm\n1,Foo,Z,zorro\n2,Bar,A,zorro\n';
    const lines = await take('accounts', text).then(
      () => 'taken',
      (err: Error) => err.message,
    );
    expect(lines).toContain('accounts.csv row 2, tier: "Z" is none of A, B, C');
    expect(lines).toContain('accounts.csv row 3, csm: nobody of ours has the handle zorro');
  });

  it('two rows for one, whatever each calls it, are refused', async () => {
    await expect(take('accounts', 'external_id,name,slug\nc1,One,acme\nc2,Acme,\n')).rejects.toThrow(
      'row 3, external_id: this is Acme, as row 2 is; keep one',
    );
    await expect(take('people', 'person,zone\nana,UTC\nUANA,Europe/Paris\n')).rejects.toThrow(
      'row 3, person: this is UANA, as row 2 is; keep one',
    );
    await take(
      'customers',
      'external_id,account,name,email\np1,acme,Jo,jo@acme.com\np2,acme,Al,al@acme.com\n',
    );
    await expect(
      take('customers', 'external_id,account,name,email\np1,acme,Jo,\n,acme,Jo,jo@acme.com\n'),
    ).rejects.toThrow('row 3, name: this is Jo, as row 2 is; keep one');
    await expect(
      take('customers', 'external_id,account,name,email\np1,acme,Jo,al@acme.com\n'),
    ).rejects.toThrow("row 2, email: al@acme.com is Al's, and the row is about Jo");
    await expect(
      take('issues', 'external_id,account,title,created_at\nt1,acme,From the future,2026-12-24\n'),
    ).rejects.toThrow('row 2, created_at: has not come yet');
  });

  it('goes on where it was interrupted', async () => {
    const rows = Array.from({ length: 90 }, (_, i) => `x${i},Company ${i}`).join('\n');
    const stop = take('accounts', `external_id,name\n${rows}`, {
      onProgress: (done) => {
        if (done >= 40) throw new Error('pulled the plug');
      },
    });
    await expect(stop).rejects.toThrow('pulled the plug');
    const there = (await rowsOf(store, 'accounts')).length - 3;
    expect(there).toBeGreaterThanOrEqual(40);
    const report = await take('accounts', `external_id,name\n${rows}`);
    expect(report).toMatchObject({ resumedAt: there, added: 90 - there, same: 0 });
    expect(await rowsOf(store, 'accounts')).toHaveLength(93);
  });

  it('takes customers, channels and people', async () => {
    const customers = 'external_id,account,name,email,role\np1,Acme,Jo Bell,JO@acme.com,champion\n';
    expect(await take('customers', customers)).toMatchObject({ added: 1 });
    expect(await take('customers', customers.replace('Jo Bell', 'Jo Bell-Reed'))).toMatchObject({
      changed: 1,
    });
    expect((await rowsOf(store, 'customers')).at(-1)).toMatchObject({
      name: 'Jo Bell-Reed',
      email: 'jo@acme.com',
    });
    await expect(
      take('customers', 'external_id,account,name,email\np2,Globex,Jo,jo@acme.com\n'),
    ).rejects.toThrow('customers.csv row 2, email: jo@acme.com belongs to Acme');
    expect(await take('channels', 'channel,account,kind\nCNEW,acme,customer\n')).toMatchObject({ added: 1 });
    await expect(take('channels', 'channel,account,kind\nCNEW,globex,customer\n')).rejects.toThrow(
      'belongs to Acme',
    );
    await expect(take('channels', 'channel,account,kind\n#new,globex,customer\n')).rejects.toThrow(
      'is no channel id',
    );
    await expect(take('channels', 'channel,account,kind\nCTRIAGE,acme,internal\n')).rejects.toThrow(
      'channels.csv row 2, channel: CTRIAGE is where we work on every account',
    );
    await expect(take('customers', 'account,name,slack\nacme,Sam,USAM\n')).rejects.toThrow(
      'customers.csv row 2, slack: USAM is Sam',
    );
    const people = 'person,zone,hours,backup\nana,America/New_York,Mon-Thu 08:00-16:00,luis\n';
    expect(await take('people', people)).toMatchObject({ changed: 1 });
    const ana = await store.read((tx) => personBySlackId(tx, 'UANA'));
    expect(ana).toMatchObject({
      backupId: 4,
      hours: { zone: 'America/New_York', days: { 4: [{ from: '08:00' }] } },
    });
    expect(ana?.hours.days['5']).toBeUndefined();
  });

  it('gives whoever goes to a team its hours, unless they have their own; an unknown team is refused', async () => {
    const text = 'person,team\nana,apac\n';
    await expect(take('people', text)).rejects.toThrow('people.csv row 2, team: no team has the key apac');
    const hours = { zone: 'Asia/Tokyo', days: { '1': [{ from: '10:00', to: '18:00' }] }, holidays: [] };
    await store.transact([], (tx) => tx.db.insert(tx.t.teams).values({ key: 'apac', name: 'APAC', hours }));
    expect(await take('people', text)).toMatchObject({ changed: 1 });
    expect(await store.read((tx) => personBySlackId(tx, 'UANA'))).toMatchObject({ team: 'apac', hours });
    expect(await take('people', text)).toMatchObject({ changed: 0, same: 1 });
    expect(await take('people', 'person,hours\nsam,Fri 08:00-12:00\n')).toMatchObject({ changed: 1 });
    expect(await take('people', 'person,team\nsam,apac\n')).toMatchObject({ changed: 1 });
    const sam = await store.read((tx) => personBySlackId(tx, 'USAM'));
    expect(sam?.hours.days).toEqual({ '5': [{ from: '08:00', to: '12:00' }] });
  });

  it('takes issues as history: nobody is told of any of it', async () => {
    const text =
      'external_id,account,title,created_at,resolved_at,priority\n' +
      't1,acme,Exports fail,2026-08-01T10:00:00Z,2026-08-03,high\nt2,acme,Slow,2026-10-01,,\n';
    expect(await take('issues', text)).toMatchObject({ added: 2 });
    expect(await take('issues', text)).toMatchObject({ added: 0, same: 2 });
    await office.settle();
    expect(await rowsOf(store, 'outbox')).toEqual([]);
    expect(await rowsOf(store, 'issues')).toMatchObject([
      { number: 1, state: 'closed', externalId: 't1' },
      { number: 2, state: 'open', externalId: 't2' },
    ]);
    expect(await eventsOf(store, 'issue.opened')).toHaveLength(2);
    await expect(
      take('issues', text.replace('2026-08-03', '2026-07-03').replaceAll('t1', 't3')),
    ).rejects.toThrow('row 2, resolved_at: lies before created_at');
  });

  it('holidays of everybody, and of one person', async () => {
    const holidays = async (name: string) =>
      (await store.read((tx) => personBySlackId(tx, name)))?.hours.holidays;
    await takeCalendar(store, [{ date: '2026-12-25', name: 'Christmas' }], { now: office.now() });
    await takeCalendar(store, [{ date: '2026-11-20', name: 'Own' }], { person: 'ana', now: office.now() });
    expect(await holidays('UANA')).toEqual(['2026-11-20', '2026-12-25']);
    expect(await holidays('USAM')).toEqual(['2026-12-25']);
    await expect(takeCalendar(store, [], { person: 'nobody', now: 0 })).rejects.toThrow('Nobody of ours');
    await expect(takeCalendar(store, [], { team: 'night', now: 0 })).rejects.toThrow('in a team night');
    // A company file that is applied again does not lose them.
    await office.apply();
    await afterImport(store, office.now());
    expect(await holidays('USAM')).toEqual(['2026-12-25']);
  });

  /** The whole length takes minutes: it is played with LONG_TESTS=1, a tenth of it always. */
  const LONG = process.env.LONG_TESTS ? 200_000 : 20_000;
  describe(`a file of ${LONG} rows`, () => {
    it.runIf(database.name !== 'pglite')(
      'is applied in short transactions, while the bot goes on answering',
      async () => {
        const rows = Array.from({ length: LONG }, (_, i) => `x${i},Company number ${i},c${i}.example`);
        let isDone = false;
        const longest: number[] = [];
        const bot = (async () => {
          for (let n = 0; !isDone; n += 1) {
            const begun = performance.now();
            await office.command('sam', 'acme-internal', '/issue', `log Matter ${n}`);
            longest.push(performance.now() - begun);
            await new Promise((resolve) => setTimeout(resolve, 50));
          }
        })();
        const report = await take('accounts', `external_id,name,domains\n${rows.join('\n')}`, {
          onProgress: () => undefined,
        });
        isDone = true;
        await bot;
        expect(report).toMatchObject({ added: LONG, applied: true });
        expect(await rowsOf(store, 'accounts')).toHaveLength(LONG + 3);
        expect(longest.length).toBeGreaterThan(5);
        // Chunks adapt to the machine; on a busy one an answer waits for a few of them.
        longest.sort((a, b) => a - b);
        expect(longest[Math.floor(longest.length / 2)]).toBeLessThan(1_000);
      },
      600_000,
    );
  });
});

onRealPostgres('two processes that import at once', (database) => {
  it('one file, and two that overlap: every row once, nothing lost, nobody fails', async () => {
    const stores = [await database.open(), await database.another()];
    const rows = (from: number, name: string) =>
      Array.from({ length: 300 }, (_, i) => `c${from + i},${name} ${from + i},c${from + i}.example\n`).join(
        '',
      );
    const take = (store: Store, text: string) =>
      importCsv(accountsImport, {
        store,
        file: 'accounts.csv',
        bytes: new TextEncoder().encode(`external_id,name,domains\n${text}`),
        name: 'accounts',
        apply: true,
        who: 'test',
        now: 0,
        today: '2026-11-03',
        machineNow: () => performance.now(),
      });
    const [one, two] = stores as [Store, Store];
    try {
      const same = await Promise.all([take(one, rows(0, 'A')), take(two, rows(0, 'A'))]);
      expect(same.reduce((sum, report) => sum + report.added, 0)).toBe(300);
      await Promise.all([take(one, rows(200, 'B')), take(two, rows(400, 'C'))]);
      const there = await rowsOf(one, 'accounts');
      expect(there).toHaveLength(700);
      expect(new Set(there.map((row) => row.slug)).size).toBe(700);
      expect(await rowsOf(one, 'accountDomains')).toHaveLength(700);
      expect(
        (await rowsOf(one, 'imports')).every((row) => row.endedAt !== null && row.done === row.rows),
      ).toBe(true);
    } finally {
      for (const store of stores) await store.close();
    }
  });
});

describe('a running bot', () => {
  it('answers while a long file is applied: no transaction holds the database for long', async () => {
    const database = sqliteDatabase();
    const store = await database.open();
    const office = await openOffice(store);
    const rows = Array.from({ length: 4_000 }, (_, i) => `c${i},Company ${i}\n`).join('');
    let answers = 0;
    let isDone = false;
    const report = importCsv(accountsImport, {
      store,
      file: 'accounts.csv',
      bytes: new TextEncoder().encode(`external_id,name\n${rows}`),
      name: 'accounts',
      apply: true,
      who: 'test',
      now: office.now(),
      today: '2026-11-03',
      machineNow: () => performance.now(),
      pause: () => new Promise((resolve) => setImmediate(resolve)),
    }).finally(() => {
      isDone = true;
    });
    while (!isDone) {
      const said = await office.command('sam', 'triage', '/account', 'acme');
      expect(said?.say?.text).toContain('Acme');
      answers += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await report).toMatchObject({ added: 4_000 });
    // Between any two chunks somebody was answered.
    expect(answers).toBeGreaterThan((await report).chunks / 2);
    await store.close();
    await database.dispose();
  });
});
