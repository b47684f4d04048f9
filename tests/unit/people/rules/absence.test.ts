import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysAway, isAway, standInOf, withDaysOff } from '../../../../src/people/rules/absence.js';
import type { HoursSpec, Person } from '../../../../src/people/rules.js';

const HOURS: HoursSpec = {
  zone: 'Europe/Berlin',
  days: { 1: [{ from: '09:00', to: '17:00' }] },
  holidays: ['2026-12-25'],
};
/** Thursday, 09:00 in Berlin. */
const THURSDAY = Date.parse('2026-11-05T08:00:00Z');

const person = (id: number, more: Partial<Person> = {}): Person => ({
  id,
  slackId: `U${id}`,
  handle: `p${id}`,
  name: `Person ${id}`,
  role: 'support',
  functions: ['support'],
  isAdmin: false,
  isActive: true,
  hours: HOURS,
  backupId: null,
  ...more,
});
const away = { awaySince: THURSDAY, backOn: '2026-11-09' };
const office = (...all: Person[]) => ({
  byId: (id: number) => all.find((one) => one.id === id),
  leadsOf: () => all.filter((one) => one.role === 'lead'),
});

describe('absence', () => {
  it('lasts until the first day back begins, in the zone of whoever is away', () => {
    const monday = Date.parse('2026-11-08T23:00:00Z');
    expect(isAway({ ...away, hours: HOURS }, THURSDAY - 1)).toBe(false);
    expect(isAway({ ...away, hours: HOURS }, THURSDAY)).toBe(true);
    expect(isAway({ ...away, hours: HOURS }, monday - 1)).toBe(true);
    expect(isAway({ ...away, hours: HOURS }, monday)).toBe(false);
    expect(isAway({ ...away, hours: { zone: 'Asia/Tokyo' } }, monday - 1)).toBe(false);
    expect(isAway({ awaySince: null, backOn: null, hours: HOURS }, THURSDAY)).toBe(false);
    expect(isAway({ awaySince: THURSDAY, backOn: null, hours: HOURS }, monday)).toBe(true);
  });

  it('is so many days off, besides those of calendars', () => {
    expect(daysAway(away, 'Europe/Berlin')).toEqual(['2026-11-05', '2026-11-06', '2026-11-07', '2026-11-08']);
    expect(daysAway({ awaySince: THURSDAY, backOn: null }, 'Europe/Berlin')).toEqual([]);
    expect(withDaysOff(HOURS, ['2026-12-26', '2026-12-25'], { awaySince: null, backOn: null })).toEqual({
      ...HOURS,
      holidays: ['2026-12-25', '2026-12-26'],
    });
  });
});

describe('who stands in', () => {
  const name = (who: Person, ...all: Person[]) => {
    const found = standInOf(who, THURSDAY, office(who, ...all));
    return found && [found.why, found.person.id];
  };

  it('nobody, while they are there', () =>
    expect(name(person(1, { backupId: 2 }), person(2))).toEqual(['there', 1]));

  it('the delegate of whoever is away; without one their backup; without one a lead', () => {
    const lead = person(9, { role: 'lead' });
    expect(name(person(1, { ...away, delegateId: 2, backupId: 3 }), person(2), person(3), lead)).toEqual([
      'delegate',
      2,
    ]);
    expect(name(person(1, { ...away, backupId: 3 }), person(3), lead)).toEqual(['backup', 3]);
    expect(name(person(1, away), lead)).toEqual(['lead', 9]);
    expect(name(person(1, away))).toBeNull();
  });

  it('the backup of whoever is deactivated, whatever delegate was named; else a lead', () => {
    const gone = { isActive: false, ...away, delegateId: 2 };
    expect(name(person(1, { ...gone, backupId: 3 }), person(2), person(3))).toEqual(['backup', 3]);
    expect(name(person(1, gone), person(2), person(9, { role: 'lead' }))).toEqual(['lead', 9]);
  });

  it('the delegate of a delegate who is away too; two who name each other leave it to the lead', () => {
    const second = person(2, { ...away, delegateId: 3 });
    expect(name(person(1, { ...away, delegateId: 2 }), second, person(3))).toEqual(['delegate', 3]);
    const circle = person(2, { ...away, delegateId: 1 });
    expect(name(person(1, { ...away, delegateId: 2 }), circle, person(9, { role: 'lead' }))).toEqual([
      'lead',
      9,
    ]);
  });

  it('is always somebody who is there, and it always ends', () => {
    const ids = fc.option(fc.integer({ min: 1, max: 6 }), { nil: null });
    const someone = fc.record({
      isActive: fc.boolean(),
      isAway: fc.boolean(),
      delegateId: ids,
      backupId: ids,
    });
    fc.assert(
      fc.property(fc.array(someone, { minLength: 1, maxLength: 6 }), (list) => {
        const all = list.map(({ isAway: gone, ...one }, i) =>
          person(i + 1, { ...one, ...(gone ? away : {}), role: i === 5 ? 'lead' : 'support' }),
        );
        const found = standInOf(all[0] as Person, THURSDAY, office(...all));
        if (!found) return;
        expect(found.person.isActive).toBe(true);
        expect(
          isAway(
            {
              awaySince: found.person.awaySince ?? null,
              backOn: found.person.backOn ?? null,
              hours: HOURS,
            },
            THURSDAY,
          ),
        ).toBe(false);
      }),
    );
  });
});
