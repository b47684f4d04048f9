import { describe, expect, it } from 'vitest';
import { accountNameOf, byInviter, type ChannelSeen, coverageOf } from '../../../src/home/rules/coverage.js';

const seen = (name: string, more: Partial<ChannelSeen> = {}): ChannelSeen => ({
  channel: `C_${name}`,
  name,
  isShared: true,
  isArchived: false,
  isMember: true,
  isVisible: true,
  isIgnored: false,
  creator: null,
  members: [],
  ...more,
});
const linked = (name: string, owners: string[] = [], isArchived = false) => ({
  isArchived,
  channel: `C_${name}`,
  name,
  accountId: 1,
  account: 'Acme',
  owners,
});
const COLLEAGUES = { people: new Set(['UANA', 'USAM']), members: new Set(['UANA', 'USAM', 'UMAX']) };

describe('accounts proposed by the names of channels', () => {
  it.each([
    ['ext-acme', 'Acme'],
    ['acme-support', 'Acme'],
    ['shared-acme-corp-help', 'Acme Corp'],
    ['acme', 'Acme'],
    ['ext-support', 'Support'],
    ['customer_big_co', 'Big Co'],
    ['ext', 'Ext'],
    ['-', ''],
    ['münchen-ext', 'München'],
  ])('#%s is %s', (channel, account) => expect(accountNameOf(channel)).toBe(account));

  it('leaves our own name out', () => {
    expect(accountNameOf('acme-ours', ['ours'])).toBe('Acme');
    expect(accountNameOf('ours-x-acme', ['ours'])).toBe('Acme');
    expect(accountNameOf('ours', ['ours'])).toBe('Ours');
  });
});

describe('coverage', () => {
  it('sorts what Baton hears, what it could hear and what needs a colleague', () => {
    const coverage = coverageOf(
      [
        seen('acme'),
        seen('globex'),
        seen('initech', { isMember: false, members: ['UEXT', 'UMAX', 'UANA'] }),
        seen('gone', { isArchived: true }),
        seen('ours', { isShared: false, isMember: false }),
        seen('party', { isIgnored: true }),
        seen('old', { isVisible: false, isMember: false }),
        seen('away'),
      ],
      [linked('away', [], true), linked('acme'), linked('gone'), linked('unknown'), linked('old', ['USAM'])],
      COLLEAGUES,
    );
    expect(coverage.covered.map((one) => one.name)).toEqual(['acme', 'unknown']);
    expect(coverage.uncovered.map((one) => one.name)).toEqual(['globex']);
    expect(coverage.impossible).toMatchObject([
      { name: 'gone', why: 'archived', inviter: null },
      { name: 'initech', why: 'not invited', inviter: 'UANA' },
      { name: 'old', why: 'not visible', inviter: 'USAM' },
    ]);
  });

  it('asks whoever looks after the account, if they are in it, else somebody with a role, else a colleague, else its maker', () => {
    const inviter = (members: string[], owners: string[] = [], creator: string | null = null) =>
      coverageOf([seen('a', { isMember: false, members, creator })], [linked('a', owners)], COLLEAGUES)
        .impossible[0]?.inviter;
    expect(inviter(['USAM', 'UANA'], ['UANA'])).toBe('UANA');
    expect(inviter(['USAM'], ['UANA'])).toBe('USAM');
    expect(inviter(['UEXT', 'UMAX'])).toBe('UMAX');
    expect(inviter(['UEXT'], [], 'UMAX')).toBe('UMAX');
    expect(inviter(['UEXT'], [], 'UEXT')).toBeNull();
    expect(inviter([], ['UANA'])).toBe('UANA');
  });

  it('puts one list before each colleague', () => {
    const { impossible } = coverageOf(
      ['a', 'b', 'c'].map((name) => seen(name, { isMember: false, members: name === 'c' ? [] : ['UANA'] })),
      [],
      COLLEAGUES,
    );
    const groups = byInviter(impossible);
    expect(groups.get('UANA')?.map((one) => one.name)).toEqual(['a', 'b']);
    expect(groups.get(null)?.map((one) => one.name)).toEqual(['c']);
  });
});
