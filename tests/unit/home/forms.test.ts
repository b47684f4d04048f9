import { describe, expect, it } from 'vitest';
import { hoursTyped, rolesOf } from '../../../src/home/rules/forms.js';

const user = (more: object = {}) => ({
  name: 'n',
  realName: 'Nora',
  isBot: false,
  isGuest: false,
  isExternal: false,
  isDeleted: false,
  ...more,
});

describe('who is who', () => {
  it('gives one person as many functions as they were chosen for, and leads their role', () => {
    const found = new Map(['U1', 'U2', 'U3', 'U4'].map((id) => [id, user()]));
    const { roles, errors } = rolesOf(
      { support: ['U1', 'U2'], success: ['U2'], supportLeads: ['U3'], viewers: ['U3', 'U4'] },
      found,
    );
    expect(errors).toEqual({});
    expect(Object.fromEntries(roles)).toEqual({
      U1: { role: 'support', functions: ['support'] },
      U2: { role: 'support', functions: ['support', 'success'] },
      U3: { role: 'lead', functions: ['support'] },
      U4: { role: 'viewer', functions: [] },
    });
  });

  it.each([
    [{ isBot: true }, 'is a bot'],
    [{ isGuest: true }, 'is a guest'],
    [{ isExternal: true }, 'of another company'],
    [{ isDeleted: true }, 'deactivated'],
  ])('refuses %j by name, at its field', (more, words) => {
    const { errors } = rolesOf({ success: ['U1'] }, new Map([['U1', user(more)]]));
    expect(errors.success).toContain(words);
  });

  it('refuses whom nobody knows', () => {
    expect(rolesOf({ support: ['U9'] }, new Map()).errors.support).toContain('does not know');
  });
});

describe('working hours as typed', () => {
  const typed = (more: Record<string, string | null>) =>
    hoursTyped({ zone: 'Europe/Berlin', days: '1,2', from: '09:00', to: '17:00', holidays: null, ...more });

  it('reads them', () => {
    expect(typed({ holidays: '2026-12-25\n2026-12-24 2026-12-25' })).toEqual({
      hours: {
        zone: 'Europe/Berlin',
        days: { 1: [{ from: '09:00', to: '17:00' }], 2: [{ from: '09:00', to: '17:00' }] },
        holidays: ['2026-12-24', '2026-12-25'],
      },
    });
  });

  it.each([
    [{ zone: 'Mars' }, 'zone'],
    [{ days: null }, 'days'],
    [{ from: null }, 'from'],
    [{ to: '09:00' }, 'to'],
    [{ holidays: '25.12.' }, 'holidays'],
  ])('names the wrong field of %j', (more, field) => {
    expect(Object.keys((typed(more) as { errors: object }).errors)).toEqual([field]);
  });
});
