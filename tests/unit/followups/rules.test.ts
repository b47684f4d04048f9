import { describe, expect, it } from 'vitest';
import type { Account } from '../../../src/accounts/rules.js';
import { followupDueAt, teller } from '../../../src/followups/rules.js';

const CSM = 1;
const SUPPORT_OWNER = 2;
const ISSUE_OWNER = 3;
const LOGGER = 4;

const account = (more: Partial<Account> = {}): Account => ({
  id: 1,
  slug: 'acme',
  name: 'Acme',
  tier: null,
  goal: null,
  renewalOn: null,
  csmId: CSM,
  supportOwnerId: SUPPORT_OWNER,
  ...more,
});
const facts = {
  account: account(),
  today: '2026-11-03',
  wasEscalatedToAuthority: false,
  hasOpenAlert: false,
  issueOwnerId: ISSUE_OWNER as number | null,
  loggedById: LOGGER as number | null,
};

describe('who tells the customer', () => {
  it('is who has the issue, else the support owner, else who logged it, else the CSM', () => {
    expect(teller(facts)).toBe(ISSUE_OWNER);
    expect(teller({ ...facts, issueOwnerId: null })).toBe(SUPPORT_OWNER);
    const ownerless = { ...facts, issueOwnerId: null, account: account({ supportOwnerId: null }) };
    expect(teller(ownerless)).toBe(LOGGER);
    expect(teller({ ...ownerless, loggedById: null })).toBe(CSM);
  });

  it('is the CSM where it is delicate: authority asked, an open alert, the renewal near', () => {
    expect(teller({ ...facts, wasEscalatedToAuthority: true })).toBe(CSM);
    expect(teller({ ...facts, hasOpenAlert: true })).toBe(CSM);
    expect(teller({ ...facts, account: account({ tier: 'A', renewalOn: '2027-03-03' }) })).toBe(CSM);
    expect(teller({ ...facts, account: account({ tier: 'A', renewalOn: '2027-03-04' }) })).toBe(ISSUE_OWNER);
  });

  it('is support all the same where there is no CSM, and nobody where there is nobody', () => {
    const noCsm = account({ csmId: null });
    expect(teller({ ...facts, account: noCsm, hasOpenAlert: true })).toBe(ISSUE_OWNER);
    const nobody = { ...facts, account: account({ csmId: null, supportOwnerId: null }) };
    expect(teller({ ...nobody, issueOwnerId: null, loggedById: null })).toBeNull();
  });
});

describe('when', () => {
  const shift = [{ from: '09:00', to: '17:00' }];
  const hours = {
    zone: 'Europe/Berlin',
    days: { 1: shift, 2: shift, 3: shift, 4: shift, 5: shift },
    holidays: new Set<string>(),
  };
  const at = (iso: string) => Date.parse(iso);

  it('it is due by the end of the next working day, over a weekend too', () => {
    expect(followupDueAt(at('2026-11-03T08:00:00Z'), hours)).toBe(at('2026-11-04T16:00:00Z'));
    expect(followupDueAt(at('2026-11-06T15:00:00Z'), hours)).toBe(at('2026-11-09T16:00:00Z'));
  });
});
