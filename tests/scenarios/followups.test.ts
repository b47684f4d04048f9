import { afterEach, beforeEach, expect, it } from 'vitest';
import { standupItems } from '../../src/followups/store/standup.js';
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
  const shown = (message: { blocks?: unknown[] | undefined } | undefined) =>
    JSON.stringify(message?.blocks ?? null);
  const listed = () => store.read((tx) => standupItems(tx, 'success'));
  /** Direct messages but for the scheduled ones. */
  const dms = (name: string) =>
    office.slack.posts(`DU${name.toUpperCase()}`).filter((one) => !/Your (accounts|day)/.test(one.text));

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
    for (const number of [1, 2, 3])
      await office.command(
        'sam',
        'triage',
        '/issue',
        `link B-${number} https://github.com/acme/app/issues/12`,
      );
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

  /** Acme needs help more often within a day than it ever did, and nobody answers. */
  async function writesInOften(): Promise<void> {
    const words = ['The export misses rows', 'Dashboards are slow', 'Who reads invoices?'];
    for (const [n, text] of [...words, ...words.map((one) => `Still: ${one}`)].entries()) {
      await office.writes('acme', n % 2 === 0 ? 'joe' : 'jill', text);
      await office.travel(1.1 * HOUR_MS);
    }
  }

  it('the CSM tells them where the account has an open alert', async () => {
    const owner = await ownerOf(async () => {
      await writesInOften();
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

  it('untold by the end of the next working day, it passes to the CSM once, and both read so', async () => {
    await ownerOf(async () => undefined);
    const [owed] = await followups();
    expect(new Date(owed?.dueAt ?? 0).toISOString()).toBe('2026-11-04T16:00:00.000Z');
    await office.travel(owed ? owed.dueAt - office.now() - 1 : 0);
    expect(dms('ana')).toHaveLength(0);
    await office.travel(DAY_MS);
    expect(await followups()).toMatchObject([{ ownerId: await personId('ana'), state: 'open' }]);
    expect(dms('ana')).toHaveLength(1);
    expect(shown(dms('ana')[0])).toContain('Sam Okafor had not told them');
    // The message of who had it shows who has it, and a line below it says so.
    expect(dms('sam')).toHaveLength(2);
    expect(dms('sam')[0]?.text).toContain('*Ana Lopez* tells *Acme*');
    expect(dms('sam')[1]).toMatchObject({ threadTs: dms('sam')[0]?.ts });
    await office.travel(30 * DAY_MS);
    expect(await eventsOf(store, 'followup.moved')).toHaveLength(1);
    expect(dms('sam')).toHaveLength(2);
  });

  it('whom it passed to is reminded once, then it is on the list of the lead, until it is told', async () => {
    await ownerOf(async () => undefined);
    await office.travel(3 * DAY_MS);
    expect(dms('ana')).toHaveLength(1);
    await office.travel(3 * DAY_MS);
    expect(dms('ana')).toHaveLength(2);
    expect(shown(dms('ana')[1])).toContain("then it is on Lea Novak's list");
    expect(await listed()).toEqual([]);
    await office.travel(10 * DAY_MS);
    expect(await listed()).toMatchObject([{ kind: 'followup', subjectId: 1 }]);
    await office.travel(20 * DAY_MS);
    expect(dms('ana')).toHaveLength(2);
    await office.press('sam', 'followup.told', '1');
    expect(await listed()).toEqual([]);
  });

  it('the reminder comes once over a restart, a tick days late and a clock that is set back', async () => {
    await ownerOf(async () => undefined);
    const again = () => new Office({ store, clock: office.clock, slack: office.slack });
    const start = office.now();
    office.clock.set(start + 6 * DAY_MS);
    await again().settle();
    expect(dms('ana')).toHaveLength(1);
    office.clock.set(start + DAY_MS);
    await again().settle();
    await again().travel(30 * DAY_MS);
    expect(dms('ana')).toHaveLength(2);
    expect(await eventsOf(store, 'followup.moved')).toHaveLength(1);
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
    expect(await followups()).toMatchObject([{ ownerId: await personId('ana') }]);
  });

  it('a claimed alert owes a call, which ends it when it was held', async () => {
    await writesInOften();
    await office.press('ana', 'alert.claim', '1');
    await office.settle();
    expect(await followups()).toMatchObject([{ kind: 'restore', alertId: 1, fixId: null }]);
    await office.press('ana', 'followup.told', '1');
    await office.settle();
    expect(await rowsOf(store, 'alerts')).toMatchObject([{ state: 'ended', endedBy: 'UANA' }]);
    expect(await countOf(store, 'followups')).toBe(1);
  });
});
