import { describe, expect, it } from 'vitest';
import { findAccount } from '../../../src/accounts/find.js';
import { type Account, companyDomains, isFreeMail, isInRenewalWindow } from '../../../src/accounts/rules.js';

const account = (slug: string, name: string): Account => ({
  id: slug.length,
  slug,
  name,
  tier: null,
  goal: null,
  renewalOn: null,
  csmId: null,
  supportOwnerId: null,
});
const ACCOUNTS = [account('acme', 'Acme Inc'), account('globex', 'Globex'), account('initech', 'Initech')];

describe('the account that was meant', () => {
  it.each(['acme', 'ACME', ' Acme Inc ', 'acme inc'])('is found by slug or name: %j', (typed) => {
    expect(findAccount(typed, ACCOUNTS)).toMatchObject({ account: { slug: 'acme' } });
  });

  it.each(['globx', 'globexx', 'lobex', 'Glbx'])(
    'is guessed within two letters, never taken: %j',
    (typed) => {
      expect(findAccount(typed, ACCOUNTS)).toMatchObject({ nearest: { slug: 'globex' } });
    },
  );

  it.each(['hooli', '', 'x'.repeat(4_000)])('is nobody else', (typed) => {
    expect(findAccount(typed, ACCOUNTS)).toEqual({ nearest: null });
    expect(findAccount(typed, [])).toEqual({ nearest: null });
  });
});

describe('a domain', () => {
  it('names a company, unless anybody can have an address there', () => {
    expect(companyDomains('Joe@ACME.com')).toEqual(['acme.com']);
    expect(companyDomains('joe@mail.EU.acme.co.uk')).toEqual([
      'mail.eu.acme.co.uk',
      'eu.acme.co.uk',
      'acme.co.uk',
    ]);
    for (const nobody of ['joe@gmail.com', 'joe@eu.gmail.com', 'joe@localhost', 'joe@', 'joe', null])
      expect(companyDomains(nobody)).toEqual([]);
    expect(isFreeMail('GMX.de')).toBe(true);
    expect(isFreeMail('acme.com')).toBe(false);
  });
});

describe('the renewal window', () => {
  it.each([
    ['A', '2026-11-03', true],
    ['A', '2027-03-03', true],
    ['A', '2027-03-04', false],
    ['B', '2027-01-02', true],
    ['B', '2027-01-03', false],
    ['C', '2026-12-03', true],
    ['C', '2026-12-04', false],
    ['A', '2026-11-02', false],
    [null, '2026-11-10', false],
    ['A', null, false],
  ])('of tier %s with a renewal on %s, seen on 3 November: %s', (tier, renewalOn, isInside) => {
    expect(isInRenewalWindow({ tier, renewalOn }, '2026-11-03')).toBe(isInside);
  });
});
