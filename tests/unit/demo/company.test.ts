import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DEMO_BEGINS } from '../../../src/demo/clock.js';
import { HISTORY, HISTORY_BEGINS } from '../../../src/demo/history.js';
import { instantOfWall } from '../../../src/demo/seed.js';
import { instantInWords } from '../../../src/demo/time-machine.js';
import { openingLines, TOUR } from '../../../src/demo/tour.js';
import { workspaceOf } from '../../../src/demo/workspace.js';
import { parseCompany } from '../../../src/imports/company-file.js';
import { DAY_MS, HOUR_MS, isWorking } from '../../../src/time/index.js';
import { fires, factsOf as madeUp, read as readRule } from '../signals/made-up.js';

const text = readFileSync(new URL('../../../src/demo/company.yml', import.meta.url), 'utf8');
const { company } = parseCompany(text);
const { zone } = company;
const OFFICE = [{ from: '08:00', to: '18:00' }];
const HOURS = {
  zone,
  days: { 1: OFFICE, 2: OFFICE, 3: OFFICE, 4: OFFICE, 5: OFFICE },
  holidays: new Set<string>(),
};

const SLOWLY_MIN = 60;

/** What the rule of repeat contact reads of a channel, at an instant: what waited for an answer counts. */
const reading = (channel: string, now: number) => {
  const contacts = HISTORY.filter((one) => one.in === channel && (one.replies?.[0]?.[0] ?? 999) >= SLOWLY_MIN)
    .map((one) => ({
      ...{ at: instantOfWall(one.at, zone), channel, ts: one.at, issueId: null, issueName: null },
      ...{ waitedMs: HOUR_MS, isWaiting: false },
    }))
    .filter((one) => one.at <= now);
  const weeks = Math.floor((now - (contacts[0]?.at ?? now)) / (7 * DAY_MS)) - 1;
  return readRule('S01', madeUp({ contacts, weeksKnown: Math.max(0, weeks) }), now);
};

describe('the seeded company', () => {
  it('begins on a Tuesday at nine', () => {
    expect(instantInWords(DEMO_BEGINS, zone)).toBe('Tue 17 Nov 09:00');
  });

  it('has the people and places of the tour', () => {
    const { users, channels } = workspaceOf(company);
    expect(users.map(({ name }) => name)).toEqual([
      'sam',
      'priya',
      'ana',
      'luis',
      'lea',
      'eli',
      'joe',
      'jill',
      'gus',
      'ivy',
    ]);
    expect(channels.map(({ name }) => name)).toEqual([
      'support-success',
      'triage',
      ...['acme', 'acme-internal', 'globex', 'globex-internal', 'initech', 'initech-internal'],
    ]);
    expect(new Set([...users, ...channels].map(({ id }) => id)).size).toBe(users.length + channels.length);
  });

  it('lets customers read in their own channel alone', () => {
    const { users, channels } = workspaceOf(company);
    const ours = users.slice(0, company.people.length).map(({ id }) => id);
    for (const channel of channels) {
      const customers = channel.members.filter((id) => id !== 'U0BATON' && !ours.includes(id));
      const expected =
        { acme: ['U0JOE', 'U0JILL'], globex: ['U0GUS'], initech: ['U0IVY'] }[channel.name] ?? [];
      expect(customers).toEqual(expected);
    }
  });
});

describe('its history', () => {
  it('was written by people who are there, in office hours, before the demo begins', () => {
    const names = workspaceOf(company).users.map(({ name }) => name);
    for (const one of HISTORY) {
      const at = instantOfWall(one.at, zone);
      expect(names).toContain(one.by);
      for (const [, by] of one.replies ?? []) expect(names).toContain(by);
      expect([one.at, isWorking(at, HOURS)]).toEqual([one.at, true]);
      expect(at).toBeGreaterThan(instantOfWall(HISTORY_BEGINS, zone));
      expect(at).toBeLessThan(DEMO_BEGINS);
    }
  });

  it('leaves Acme with four times in five days, and a usual one', () => {
    const now = reading('acme', DEMO_BEGINS);
    expect(fires(now)).toBe(true);
    expect(now.evidence.line).toBe('wrote in 4 times in 5 days (usually 1)');
  });

  it('raised no alarm before that, nor for anybody else', () => {
    const last = instantOfWall('2026-11-16 15:20', zone);
    for (const channel of ['acme', 'globex', 'initech'])
      for (const at of HISTORY.filter((one) => one.in === channel).map((one) => instantOfWall(one.at, zone)))
        if (at < last) expect([channel, at, fires(reading(channel, at))]).toEqual([channel, at, false]);
    for (const channel of ['globex', 'initech']) expect(fires(reading(channel, DEMO_BEGINS))).toBe(false);
  });
});

describe('the tour', () => {
  it('has seven steps, each on one line', () => {
    expect(TOUR).toHaveLength(7);
    expect(TOUR.join('')).not.toContain('\n');
  });

  it('says on a later start what became of the messages', () => {
    const view = { address: 'http://localhost:3333', now: 'Thu 19 Nov 09:00' };
    expect(openingLines({ ...view, reposted: null }).join('\n')).not.toContain('Going on');
    expect(openingLines({ ...view, reposted: 1 }).join('\n')).toContain('the one open card is posted anew');
    expect(openingLines({ ...view, reposted: 7 }).join('\n')).toContain('the 7 open cards are posted anew');
  });
});
