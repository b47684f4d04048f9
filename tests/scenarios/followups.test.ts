import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Store } from '../../src/store/transact.js';
import { DAY_MS, HOUR_MS } from '../../src/time/index.js';
import { companyText } from '../support/baton.js';
import { onEveryDatabase } from '../support/databases.js';
import { Office, openOffice } from '../support/office.js';
import { countOf, eventsOf, rowsOf } from '../support/rows.js';

onEveryDatabase('follow-ups', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
  });
  afterEach(() => store.close());

  const personId = async (handle: string) =>
    (await rowsOf(store, 'people')).find((person) => person.handle === handle)?.id;
  const followups = () => rowsOf(store, 'followups');
  const dms = (name: string) => office.slack.posts(`DU${name.toUpperCase()}`);

  async function live(number = 1, by = 'eli'): Promise<void> {
    await office.command(by, 'triage', '/baton', `fix live B-${number}`);
    await office.settle();
  }
  const log = (account: string, title: string, by = 'priya') =>
    office.command(by, `${account}-internal`, '/issue', `log ${title}`);

  async function ownerOf(prepare: () => Promise<unknown>): Promise<number | undefined> {
    await log('acme', 'Export drops rows');
    await prepare();
    await live();
    const owed = await followups();
    expect(owed).toHaveLength(1);
    return owed[0]?.ownerId;
  }

  it('a fix that goes live owes the news once, however often and by whomever it is said', async () => {
    await log('acme', 'Export drops rows');
    await live();
    await live(1, 'ana');
    await live();
    expect(await followups()).toHaveLength(1);
    expect(dms('sam')).toHaveLength(1);
    expect(await eventsOf(store, 'fix.live')).toHaveLength(1);
    expect(await rowsOf(store, 'issues')).toMatchObject([{ state: 'resolved' }]);
  });

  it('a fix of several accounts owes each of them one word, whatever number of issues it waits with', async () => {
    await log('acme', 'Export drops rows');
    await log('globex', 'Export drops rows too');
    await log('globex', 'Export is short');
    await live();
    await store.transact([], async (tx) => {
      await tx.db.update(tx.t.fixes).set({ state: 'planned' });
      await tx.db.insert(tx.t.fixIssues).values([
        { fixId: 1, issueId: 2 },
        { fixId: 1, issueId: 3 },
      ]);
      await tx.db.delete(tx.t.followups);
    });
    await live(2);
    const owed = await followups();
    expect(new Set(owed.map((followup) => followup.accountId)).size).toBe(2);
    expect(owed).toHaveLength(2);
  });

  it('who has the issue tells them', async () => {
    const owner = await ownerOf(() => office.press('priya', 'issue.take', 'B-1'));
    expect(owner).toBe(await personId('priya'));
  });

  it("else the account's support owner does, else who logged it", async () => {
    expect(await ownerOf(async () => undefined)).toBe(await personId('sam'));
    await log('initech', 'Login loops');
    await live(2);
    expect((await followups())[1]?.ownerId).toBe(await personId('priya'));
  });

  it('else the CSM does, where nobody of support had anything to do with it', async () => {
    await log('initech', 'Login loops', 'luis');
    await live();
    expect((await followups())[0]?.ownerId).toBe(await personId('luis'));
  });

  it('the CSM tells them where an authority was asked for', async () => {
    const owner = await ownerOf(() =>
      office.press(
        'sam',
        'issue.escalate_to:executive',
        JSON.stringify({ n: 1, g: 'executive', r: 'angry' }),
      ),
    );
    expect(owner).toBe(await personId('ana'));
  });

  it('the CSM does not where only more skill was asked for', async () => {
    const owner = await ownerOf(() =>
      office.press(
        'sam',
        'issue.escalate_to:engineering',
        JSON.stringify({ n: 1, g: 'engineering', r: 'how' }),
      ),
    );
    expect(owner).toBe(await personId('sam'));
  });

  it('the CSM tells them where the account has an open alert', async () => {
    const owner = await ownerOf(async () => {
      for (const text of ['The export misses rows', 'Dashboards are slow', 'Who reads invoices?']) {
        await office.writes('acme', 'joe', text);
        await office.travel(3 * HOUR_MS);
      }
    });
    expect(await rowsOf(store, 'alerts')).toMatchObject([{ state: 'open' }]);
    expect(owner).toBe(await personId('ana'));
  });

  it('the CSM tells them inside the renewal window of the tier', async () => {
    await office.apply(companyText().replace('    tier: A\n', '    tier: A\n    renewal: 2027-02-14\n'));
    expect(await ownerOf(async () => undefined)).toBe(await personId('ana'));
  });

  it('told once by anybody, it is settled: no reminder, seven days of watching, then the loop is closed', async () => {
    await ownerOf(async () => undefined);
    const first = await office.press('ana', 'followup.told', '1');
    const second = await office.press('sam', 'followup.told', '1');
    expect(first?.say?.text).toContain('Acme was told');
    expect(second?.say?.text).toContain('Ana Lopez told Acme');
    expect(await eventsOf(store, 'followup.told')).toHaveLength(1);
    await office.travel(7 * DAY_MS - HOUR_MS);
    expect(await rowsOf(store, 'issues')).toMatchObject([{ state: 'resolved', loopClosedAt: null }]);
    await office.travel(2 * HOUR_MS);
    expect(await rowsOf(store, 'issues')).toMatchObject([{ state: 'closed' }]);
    expect(await eventsOf(store, 'followup.nudged')).toEqual([]);
    expect(dms('sam')).toHaveLength(1);
  });

  it('untold, it is reminded of once, on the working day after it was due', async () => {
    await ownerOf(async () => undefined);
    const [owed] = await followups();
    expect(new Date(owed?.dueAt ?? 0).toISOString()).toBe('2026-11-04T16:00:00.000Z');
    await office.travel(2 * DAY_MS - HOUR_MS);
    expect(dms('sam')).toHaveLength(1);
    await office.travel(2 * HOUR_MS);
    expect(dms('sam')).toHaveLength(2);
    await office.travel(20 * DAY_MS);
    expect(dms('sam')).toHaveLength(2);
    expect(await eventsOf(store, 'followup.nudged')).toHaveLength(1);
  });

  it('the reminder comes once over a restart, a tick days late and a clock that is set back', async () => {
    await ownerOf(async () => undefined);
    const again = () => new Office({ store, clock: office.clock, slack: office.slack });
    const monday = office.now() + 6 * DAY_MS;
    office.clock.set(monday);
    await again().settle();
    expect(dms('sam')).toHaveLength(2);
    office.clock.set(monday - 5 * DAY_MS);
    await again().settle();
    await again().travel(9 * DAY_MS);
    expect(dms('sam')).toHaveLength(2);
    expect(await eventsOf(store, 'followup.nudged')).toHaveLength(1);
  });

  it('the reminder waits for the first message: what was never shown is not nagged about', async () => {
    office.slack.addUser('sam', { isDeleted: false });
    office.slack.fail('openDm', new Error('away'));
    await log('acme', 'Export drops rows');
    await office.command('eli', 'triage', '/baton', 'fix live B-1');
    await office.outbox.step();
    await office.travel(5 * DAY_MS);
    expect(dms('sam')).toEqual([]);
    expect(await eventsOf(store, 'followup.nudged')).toEqual([]);
    office.clock.wait(10_000);
    await office.settle();
    expect(dms('sam')).toHaveLength(1);
    await office.travel(3 * DAY_MS);
    expect(dms('sam')).toHaveLength(2);
  });

  it('a claimed alert owes a call, which ends it when it was held', async () => {
    for (const text of ['The export misses rows', 'Dashboards are slow', 'Who reads invoices?']) {
      await office.writes('acme', 'joe', text);
      await office.travel(3 * HOUR_MS);
    }
    await office.press('ana', 'alert.claim', '1');
    await office.settle();
    expect(await followups()).toMatchObject([{ kind: 'restore', alertId: 1, fixId: null }]);
    await office.press('ana', 'followup.told', '1');
    await office.settle();
    expect(await rowsOf(store, 'alerts')).toMatchObject([{ state: 'ended', endedBy: 'UANA' }]);
    expect(await countOf(store, 'followups')).toBe(1);
  });
});
