import { afterEach, beforeEach, expect, it } from 'vitest';
import { changeSetting, writeVersion } from '../../src/settings/store.js';
import { evaluateSoon } from '../../src/signals/jobs.js';
import { endInhibition, inhibit } from '../../src/signals/store/inhibitions.js';
import { snoozeSignals } from '../../src/signals/store/signals.js';
import { readTeam } from '../../src/signals/store/team.js';
import type { Store, Tx } from '../../src/store/transact.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/time/index.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';
import { eventsOf, rowsOf } from '../support/rows.js';

onEveryDatabase('the life of signals', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
  });
  afterEach(() => store.close());

  const alerts = () => rowsOf(store, 'alerts');
  const signals = () => rowsOf(store, 'signals');
  const write = (fn: (tx: Tx) => Promise<unknown>) => store.transact(['account:1', 'company'], fn);
  const change = (why: string) => ({ who: 'ULEA', at: office.now(), why });
  const tune = (id: string, value: unknown) =>
    write((tx) => writeVersion(tx, 'rules', id, value, change('test')));
  async function look(): Promise<void> {
    await write((tx) => evaluateSoon(tx, 1, office.now()));
    await office.settle();
  }
  async function writesIn(times: number): Promise<void> {
    for (let i = 0; i < times; i += 1) {
      await office.writes('acme', 'joe', `The export number ${i} misses rows since Monday`);
      await office.travel(2.25 * HOUR_MS);
    }
  }

  it('how often support needs help counts calls for skill, not those for authority', async () => {
    for (const [n, group] of ['engineering', 'executive'].entries()) {
      await office.command('sam', 'acme-internal', '/issue', `log Problem number ${n}`);
      const value = JSON.stringify({ n: n + 1, g: group, r: 'too hard' });
      await office.press('sam', `issue.escalate_to:${group}`, value);
      await office.command('sam', 'triage', '/issue', `resolve B-${n + 1}`);
    }
    const { solved } = await store.read((tx) => readTeam(tx, office.now()));
    expect(solved.map((one) => one.wasEscalated)).toEqual([true, false]);
  });

  it('while observing, rules note what they would have said, and say nothing; then what still holds is said', async () => {
    const until = office.now() + 3 * DAY_MS;
    await write((tx) => changeSetting(tx, 'observeUntil', until, change('new')));
    await writesIn(4);
    expect(await signals()).toMatchObject([{ rule: 'S01', state: 'firing', isShadow: true, alertId: null }]);
    expect(await alerts()).toEqual([]);
    expect(office.slack.posts('CSUPPORTSUCCESS')).toEqual([]);
    await office.travel(3 * DAY_MS);
    await look();
    expect(await signals()).toMatchObject([{ isShadow: false, alertId: 1 }]);
    expect(await eventsOf(store, 'signal.fired', 'signal.raised')).toMatchObject([
      { data: { raises: false } },
      { data: { raises: true } },
    ]);
    await office.travel(HOUR_MS);
    expect(office.slack.posts('CSUPPORTSUCCESS')).toHaveLength(1);
  });

  it('an open signal keeps the numbers that it began with; the next one has the new', async () => {
    await writesIn(4);
    await tune('S01', { numbers: { fire: 9, clear: 4 } });
    await look();
    expect(await signals()).toMatchObject([
      { state: 'firing', version: '3', spec: { numbers: { fire: 4 } } },
    ]);
    await office.travel(20 * DAY_MS);
    expect(await signals()).toMatchObject([{ state: 'cleared' }]);
    await writesIn(5);
    expect(await signals()).toHaveLength(1);
    await writesIn(5);
    expect((await signals()).at(-1)).toMatchObject({ state: 'firing', version: '3.1' });
  });

  it('a rule that is switched off ends what it began, and begins nothing', async () => {
    await tune('S01', { mode: 'off' });
    await writesIn(4);
    expect(await signals()).toEqual([]);
    await tune('S01', { mode: 'on' });
    await look();
    expect(await signals()).toHaveLength(1);
    await tune('S01', { mode: 'off' });
    await office.travel(9 * DAY_MS);
    expect(await signals()).toMatchObject([{ state: 'cleared' }]);
  });

  it('what speaks for an account holds its signals back, and lets go of those that still hold', async () => {
    await write((tx) => inhibit(tx, 'account:1', 'incident:3', office.now()));
    await writesIn(4);
    expect(await signals()).toMatchObject([{ state: 'firing', inhibitedBy: 'incident:3', alertId: null }]);
    expect(await alerts()).toEqual([]);
    await write(async (tx) => {
      expect(await endInhibition(tx, 'incident:3', office.now())).toEqual(['account:1']);
      expect(await endInhibition(tx, 'incident:3', office.now())).toEqual([]);
    });
    await look();
    expect(await alerts()).toMatchObject([{ state: 'open', scope: 'account:1' }]);
  });

  it('snoozed it stays silent until its time, and then shows how it stands', async () => {
    await writesIn(4);
    await write((tx) => snoozeSignals(tx, 1, office.now() + DAY_MS, office.now()));
    await writesIn(1);
    await office.travel(15 * HOUR_MS);
    expect(await eventsOf(store, 'signal.changed')).toEqual([]);
    await office.travel(DAY_MS);
    expect(await eventsOf(store, 'signal.changed')).toHaveLength(1);
    expect(JSON.stringify(office.slack.posts('CSUPPORTSUCCESS'))).toContain('wrote in 5 times');
  });

  it('an account that was added today has no past: it takes six', async () => {
    await write((tx) => tx.db.update(tx.t.accounts).set({ addedAt: office.now() }));
    await writesIn(5);
    await office.travel(15 * HOUR_MS);
    expect(await signals()).toEqual([]);
    await writesIn(1);
    expect(await signals()).toMatchObject([
      { rule: 'S01', evidence: { line: 'wrote in 6 times in 2 days' } },
    ]);
  });

  it('an urgent issue is critical and posted at once; a solved one ends it', async () => {
    await office.command('sam', 'acme-internal', '/issue', 'log Payroll is down');
    await write((tx) => tx.db.update(tx.t.issues).set({ priority: 'urgent' }));
    await look();
    expect(await alerts()).toMatchObject([{ severity: 'critical', place: 'interruptive' }]);
    expect(office.slack.posts('CSUPPORTSUCCESS')).toHaveLength(1);
    await office.command('sam', 'triage', '/issue', 'resolve B-1');
    await office.settle();
    expect(await alerts()).toMatchObject([{ state: 'ended', endReason: 'quiet again' }]);
  });

  it('a customer who waits over a working day is said; a reaction of ours ends it', async () => {
    const ts = await office.writes('acme', 'joe', 'Can you tell us when the export is right again?');
    await office.travel(25 * HOUR_MS);
    // Repeat contact and waiting speak by default; no first reply is only observed.
    expect(await signals()).toMatchObject([
      { rule: 'S04', state: 'firing', isShadow: true },
      { rule: 'S20', state: 'firing', isShadow: false },
    ]);
    expect(await alerts()).toMatchObject([{ place: 'card' }]);
    await office.reacts('acme', ts, 'sam', 'eyes');
    await office.settle();
    expect(await signals()).toMatchObject([{ state: 'cleared' }, { state: 'cleared' }]);
  });

  it('what was said below of a logged matter, and answered there, does not wait', async () => {
    const begin = async (channel: string, by: string) => {
      const ts = await office.writes(channel, by, 'The import misses half of our rows');
      await office.writes(channel, 'sam', 'We look into the import');
      await office.reacts(channel, ts, 'sam', 'ticket');
      await office.travel(HOUR_MS);
      await office.writes(channel, by, 'Since this morning the search shows nothing either');
    };
    await begin('acme', 'joe');
    await begin('globex', 'gus');
    await office.travel(10 * MINUTE_MS);
    await office.writes('acme', 'sam', 'We look into the search as well');
    await office.travel(26 * HOUR_MS);
    const waiting = (await signals()).filter((row) => row.rule === 'S20');
    expect(waiting).toMatchObject([{ accountId: 2, state: 'firing' }]);
  });
});
