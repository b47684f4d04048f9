import { describe, expect, it } from 'vitest';
import { freeSlug } from '../../../src/accounts/rules/edit.js';
import {
  accountColumns,
  checkAccounts,
  type KnownAccount,
  type KnownAccounts,
} from '../../../src/imports/csv/accounts.js';
import { hoursCell } from '../../../src/imports/csv/others.js';
import { CsvError, readCsv } from '../../../src/imports/csv/read.js';
import { nextSize } from '../../../src/imports/csv/run.js';
import { readRows } from '../../../src/imports/csv/table.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const known = (): KnownAccounts => {
  const acme = { id: 1, slug: 'acme', name: 'Acme', externalId: 'A1' };
  return {
    byExternalId: new Map([['A1', acme]]),
    bySlug: new Map([['acme', acme]]),
    takenSlugs: new Set(['acme', 'globex']),
    byName: new Map<string, KnownAccount>([
      ['acme', acme],
      ['umbra', { id: 2, slug: 'umbrella', name: 'Umbrella', externalId: null }],
    ]),
    byId: new Map([[1, acme]]),
    byDomain: new Map([['acme.com', 1]]),
    people: new Map([['ana', 3]]),
  };
};
const check = (text: string) => {
  const { header, rows } = readCsv(bytes(text), 'f.csv');
  const read = readRows(header, rows, accountColumns);
  const checked = checkAccounts(read.rows, known(), '2026-11-03');
  const problems = [...read.problems, ...(read.problems.length > 0 ? [] : checked)];
  const line = (p: { row: number | null; column: string | null; text: string }) =>
    `${p.row} ${p.column}: ${p.text}`;
  return { problems: problems.map(line), rows: read.rows };
};
const refused = (text: string | Uint8Array): string => {
  try {
    readCsv(typeof text === 'string' ? bytes(text) : text, 'f.csv');
  } catch (err) {
    if (err instanceof CsvError) return err.message;
    throw err;
  }
  return 'taken';
};

describe('reading a CSV file', () => {
  it('takes UTF-8 with a byte order mark, quotes, commas and line breaks in cells', () => {
    const { header, rows } = readCsv(
      bytes('\uFEFFexternal_id,name\r\n1,"Müller, ""Söhne"""\r\n\r\n3,"a\nb"\r\n'),
      'f.csv',
    );
    expect(header).toEqual(['external_id', 'name']);
    expect(rows).toEqual([
      { row: 2, cells: ['1', 'Müller, "Söhne"'] },
      { row: 4, cells: ['3', 'a\nb'] },
    ]);
  });

  it('takes cells that are set apart by semicolons', () => {
    const { header, rows } = readCsv(bytes('external_id;name;domains\n1;Foo, Ltd;"a.com;b.com"\n'), 'f.csv');
    expect(header).toEqual(['external_id', 'name', 'domains']);
    expect(rows).toEqual([{ row: 2, cells: ['1', 'Foo, Ltd', 'a.com;b.com'] }]);
  });

  it('refuses what is no UTF-8 and names the line; UTF-16 and an empty file too', () => {
    const latin = new Uint8Array([...bytes('external_id,name\n1,ok\n2,M'), 0xfc, ...bytes('ller\n')]);
    expect(refused(latin)).toContain('row 3, name: this line is not UTF-8');
    const [quoted, second] = [bytes('id;name\n1;"a;b"\n2;"a'), bytes('";"M')];
    const inQuotes = new Uint8Array([...quoted.slice(0, -4), ...bytes('2;"a;b'), 0xfc, ...bytes('"\n')]);
    expect(refused(inQuotes)).toContain('row 3, name: this line');
    expect(refused(new Uint8Array([...quoted, 10, ...second, 0xfc, 10]))).toContain('row 4: this line');
    expect(refused(new Uint8Array([...bytes('na'), 0xfc, 10]))).toContain('row 1: this line');
    expect(refused(new Uint8Array([0xff, 0xfe, 65, 0]))).toContain('UTF-16');
    expect(refused('')).toContain('the file is empty');
  });

  it('refuses wrong quoting near its line', () => {
    expect(refused('external_id,name\n1,x\n2,"open\n3,x\n')).toContain(
      'f.csv row 3, name: the quotes do not match',
    );
    expect(refused('external_id,name\n1,"a"b\n')).toContain('f.csv row 2, name: the quotes do not match');
    expect(refused('"external_id"x,name\n1,a\n')).toContain('f.csv row 1: the quotes do not match');
    expect(refused('external_id,name\n1,a\n2,a\0b\n')).toContain('f.csv row 3: this line has a character');
  });
});

describe('accounts.csv', () => {
  it.each([
    ['external_id,nam\n1,Acme', '1 nam: there is no such column; did you mean name?'],
    ['external_id,name,name\n1,Acme,x', '1 name: the column name stands here for the second time'],
    ['name\nAcme', '1 external_id: the column external_id is missing; it is needed'],
    ['external_id,name\n1', '2 null: 1 cells, but the header has 2; is a comma or a quote missing?'],
    ['external_id,name\n,Acme', '2 external_id: is empty, and needed'],
    ['external_id,name\n1,=HYPERLINK(x)', '2 name: is a formula; paste its value instead'],
    ['external_id,name\n1,+cmd|x', '2 name: is a formula; paste its value instead'],
    [`external_id,name\n1,${'x'.repeat(300)}`, '2 name: 300 characters; 80 fit'],
    ['external_id,name\n1,🎉🎉', '2 name: "🎉🎉" has no letter or digit, so nobody could type it'],
    [
      'external_id,name,zone\n1,New,Berlin',
      '2 zone: "Berlin" is not a time zone. Did you mean Europe/Berlin?',
    ],
    [
      'external_id,name,renewal_date\n1,New,14.2.2027',
      '2 renewal_date: "14.2.2027" is no date; write it as YYYY-MM-DD, such as 2026-11-20',
    ],
    [
      'external_id,name,renewal_date\n1,New,2026-01-31',
      '2 renewal_date: 2026-01-31 is past; write the next one, or nothing',
    ],
    ['external_id,name,tier\n1,New,D', '2 tier: "D" is none of A, B, C'],
    [
      'external_id,name,lifecycle\n1,New,dead',
      '2 lifecycle: "dead" is none of prospect, onboarding, live, renewing, offboarding, churned',
    ],
    ['external_id,name,revenue\n1,New,12', '2 currency: is empty, but there is a revenue; write EUR, USD, …'],
    [
      'external_id,name,revenue,currency\n1,New,1.5k,EUR',
      '2 revenue: "1.5k" is no whole number; write it without currency or commas',
    ],
    [
      'external_id,name,health\n1,New,50',
      '2 health_source: is empty, but there is a health; it is shown with its source and its date',
    ],
    ['external_id,name\n1,New\n1,Other', '3 external_id: "1" stands in row 2 too; keep one'],
    ['external_id,name\n1,New\n2,new', '3 name: "new" stands in row 2 too; keep one'],
    [
      'external_id,name,domains\n1,New,acme.com',
      '2 domains: acme.com belongs to Acme; take it from there first',
    ],
    [
      'external_id,name,domains\n1,New,gmail.com',
      '2 domains: gmail.com is a free mail provider: it says nothing about a company',
    ],
    [
      'external_id,name\n2,Acme',
      '2 name: Acme is there already, with the external id A1; use that, or another name',
    ],
    ['external_id,name,slug\n2,New,globex', '2 slug: globex was an account that is part of another now'],
    ['external_id,name\n2,Umbra\n3,UMBRA', '3 name: "umbra" stands in row 2 too; keep one'],
    [
      'external_id,name,slug\n2,New,acme',
      '2 slug: Acme is there already, with the external id A1; use that, or another name',
    ],
    ['external_id,name,csm\n1,New,bob', '2 csm: nobody of ours has the handle bob'],
    ['external_id,name,csm_email\n1,New,bob@x.com', '2 csm: nobody of ours has the e-mail bob@x.com'],
  ])('%s', (text, problem) => expect(check(text).problems).toContain(problem));

  it('takes what is right, and the past renewal of who has left', () => {
    const text =
      'ID,Account,Domains,Tier,CSM,Renewal Date,ARR,Currency\nA1,Acme,acme.com; acme.de,a,@Ana,2027-01-31,12 000,eur\n';
    const { problems, rows } = check(text);
    expect(problems).toEqual([]);
    expect(check('external_id,name,renewal_date,lifecycle\n1,New,2026-01-31,churned').problems).toEqual([]);
    expect(rows).toMatchObject([
      { external_id: 'A1', domains: ['acme.com', 'acme.de'], tier: 'A', revenue: 12000, currency: 'EUR' },
    ]);
  });

  it('makes slugs that nobody has', () => {
    expect(freeSlug('Müller & Söhne GmbH', () => false)).toBe('muller-sohne-gmbh');
    expect(freeSlug('株式会社', (slug) => slug === 'account')).toBe('account-2');
  });
});

it('reads weekly hours as people write them', () => {
  const shift = [{ from: '09:00', to: '17:00' }];
  expect(hoursCell('Mon-Wed 09:00-17:00; Sat 10:00-12:00')).toEqual({
    value: { 1: shift, 2: shift, 3: shift, 6: [{ from: '10:00', to: '12:00' }] },
  });
  for (const wrong of ['9 to 5', 'Fri-Mon 09:00-17:00', 'Mon 25:00-26:00', 'Mon 09:00-09:00', ''])
    expect(hoursCell(wrong)).toHaveProperty('problem');
});

it('a chunk that took long makes the next one smaller', () => {
  expect(nextSize(100, 60)).toBe(50);
  expect(nextSize(100, 3)).toBe(200);
  expect(nextSize(400, 1)).toBe(500);
  expect(nextSize(1, 90)).toBe(1);
});
