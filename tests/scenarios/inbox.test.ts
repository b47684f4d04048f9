import { afterEach, beforeEach, expect, it } from 'vitest';
import { forgetOldKeys } from '../../src/queue/health.js';
import { type Handling, Inbox } from '../../src/queue/inbox.js';
import { Intake } from '../../src/queue/intake.js';
import type { Store } from '../../src/store/transact.js';
import { DAY_MS } from '../../src/time/index.js';
import { quietLog } from '../support/baton.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';
import { platformError, rateLimited, serverError } from '../support/paper-slack.js';
import { rowsOf } from '../support/rows.js';

onEveryDatabase('the inbox', (database) => {
  let store: Store;
  let office: Office;
  let handled: string[] = [];
  let handling: (name: string) => Handling | undefined = () => undefined;
  let inbox: Inbox;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
    handled = [];
    handling = (name) => ({
      run: async () => {
        handled.push(name);
      },
    });
    inbox = new Inbox({
      store,
      slack: office.slack,
      lookups: office.lookups,
      route: (_kind, body) => handling(String(body.name)),
      now: office.clock.machine.now,
      log: quietLog,
      onParked: async () => undefined,
    });
  });
  afterEach(() => store.close());

  const put = (lane: string, name: string) =>
    office.intake.put({ key: `${lane}:${name}`, kind: 'test', lane, body: { name } });
  const states = async () => (await rowsOf(store, 'inbox')).map((row) => row.state);
  function failing(name: string, error: Error, times = Number.POSITIVE_INFINITY): void {
    let left = times;
    const before = handling;
    handling = (asked) => {
      if (asked !== name || left <= 0) return before(asked);
      left -= 1;
      return { run: () => Promise.reject(error) };
    };
  }

  it('keeps the order of a lane, also of what came in one commit', async () => {
    const names = Array.from({ length: 40 }, (_, i) => `n${i}`);
    await Promise.all(names.map((name) => put('C1', name)));
    await inbox.step();
    expect(handled).toEqual(names);
    expect(new Set(await states())).toEqual(new Set(['done']));
  });

  it('a burst of three hundred is stored whole and handled whole', async () => {
    await Promise.all(Array.from({ length: 300 }, (_, i) => put(`C${i % 7}`, `n${i}`)));
    await inbox.step();
    expect(new Set(handled).size).toBe(300);
    const bodies = (await rowsOf(store, 'inbox')).map((row) => row.body);
    expect(new Set(bodies)).toEqual(new Set([null]));
  });

  it('a failing row holds its own lane until it works, and no other', async () => {
    failing('first', new Error('database hiccup'), 1);
    await put('C1', 'first');
    await put('C1', 'second');
    await put('C2', 'elsewhere');
    const retryAt = await inbox.step();
    expect(handled).toEqual(['elsewhere']);
    expect(retryAt).toBe(office.clock.machine.now() + 500);
    await inbox.step();
    expect(handled).toEqual(['elsewhere']);
    office.clock.wait(500);
    await inbox.step();
    expect(handled).toEqual(['elsewhere', 'first', 'second']);
  });

  it('nothing of a failed handling is left, and its key is not lost', async () => {
    const [, error] = ['x', new Error('half-way')];
    handling = () => ({
      run: async (tx) => {
        await tx.db.insert(tx.t.counters).values({ name: 'half', value: 1 });
        throw error;
      },
    });
    await put('C1', 'first');
    await inbox.step();
    expect((await rowsOf(store, 'counters')).map((row) => row.name)).not.toContain('half');
    expect(await rowsOf(store, 'inbox')).toMatchObject([
      { state: 'new', attempts: 1, error: 'Error: half-way' },
    ]);
  });

  it('what fails for two minutes is parked with its error, and its lane goes on', async () => {
    failing('poison', new Error('cannot be understood'));
    await put('C1', 'poison');
    await put('C1', 'after it');
    const began = office.clock.machine.now();
    while (handled.length === 0) {
      const next = await inbox.step();
      office.clock.wait(Math.max(1, (next ?? 0) - office.clock.machine.now()));
    }
    expect(handled).toEqual(['after it']);
    expect(office.clock.machine.now() - began).toBeLessThanOrEqual(121_000);
    expect(office.clock.machine.now() - began).toBeGreaterThan(60_000);
    expect(await rowsOf(store, 'inbox')).toMatchObject([
      { state: 'parked', error: 'Error: cannot be understood' },
      { state: 'done' },
    ]);
  });

  it('a parked event is told to the admins once, and shows in the readiness', async () => {
    // A body that is not what it claims: the real routes cannot read it.
    await office.intake.put({ key: 'bad', kind: 'channel_id_changed', lane: 'C1', body: { event: {} } });
    for (let round = 0; round < 20; round += 1) {
      await office.settle();
      office.clock.wait(30_000);
    }
    expect(await rowsOf(store, 'inbox')).toMatchObject([{ state: 'parked' }]);
    expect(office.slack.posts('DULEA')).toHaveLength(1);
    expect(office.slack.posts('DULEA')[0]?.text).toContain('could not handle an event (channel_id_changed');
  });

  it('a look-up that fails for a moment delays the row, and the row is handled with what it found', async () => {
    const ts = '1793692000.000100';
    office.slack.fail('user', serverError());
    office.slack.knownUsers.delete('UJOE');
    office.slack.addUser('joe', { teamId: 'Tacme' });
    await office.writes('acme', 'joe', 'The export misses rows', { ts });
    expect(await rowsOf(store, 'contacts')).toEqual([]);
    office.clock.wait(500);
    await office.inbox.step();
    expect(await rowsOf(store, 'contacts')).toMatchObject([{ firstTs: ts }]);
  });

  it('a look-up that is told to wait waits that long', async () => {
    office.slack.fail('user', rateLimited(20));
    await office.writes('acme', 'joe', 'The export misses rows');
    office.clock.wait(19_000);
    await office.inbox.step();
    expect(await rowsOf(store, 'contacts')).toEqual([]);
    office.clock.wait(1_000);
    await office.inbox.step();
    expect(await rowsOf(store, 'contacts')).toHaveLength(1);
  });

  it('a look-up that finds nobody makes an outsider, who is heard as a customer', async () => {
    office.slack.fail('user', platformError('user_not_found'));
    await office.writes('acme', 'UNOBODY', 'The export misses rows');
    expect(await rowsOf(store, 'contacts')).toMatchObject([{ author: 'UNOBODY' }]);
  });

  it('the same delivery is one row, whoever stores it; keys are forgotten after thirty days', async () => {
    const other = new Intake(store, office.clock.machine.now);
    await Promise.all([put('C1', 'same'), other.put({ key: 'C1:same', kind: 'test', lane: 'C1', body: {} })]);
    await inbox.step();
    await put('C1', 'same');
    await inbox.step();
    expect(handled).toHaveLength(1);
    expect(await forgetOldKeys(store, office.clock.machine.now() + 29 * DAY_MS)).toBe(0);
    expect(await forgetOldKeys(store, office.clock.machine.now() + 31 * DAY_MS)).toBe(1);
  });

  it('what cannot be stored is not taken for stored', async () => {
    const broken = new Intake(
      { ...store, transact: () => Promise.reject(new Error('disk full')) },
      office.clock.machine.now,
    );
    await expect(broken.put({ key: 'k', kind: 'test', lane: 'C1', body: {} })).rejects.toThrow('disk full');
    expect(await rowsOf(store, 'inbox')).toEqual([]);
  });
});
