import { afterEach, beforeEach, expect, it } from 'vitest';
import { fixView } from '../../src/cards/fix.js';
import { fixById } from '../../src/fixes/store/fixes.js';
import { progressFix } from '../../src/fixes/store/state.js';
import type { Store } from '../../src/store/transact.js';
import { DAY_MS, HOUR_MS, wallOf } from '../../src/time/index.js';
import { TUESDAY_9 } from '../support/baton.js';
import { onEveryDatabase } from '../support/databases.js';
import { Office } from '../support/office.js';
import { accountNames, rolloutCompany, rolloutSlack, tellers } from '../support/rollout.js';
import { eventsOf, rowsOf } from '../support/rows.js';
import { testClock } from '../support/time.js';

const ADDRESS = 'https://github.com/acme/app/issues/12';
const PER_DAY = 3;
const PER_WEEK = 8;

onEveryDatabase('one fix, forty accounts, twelve tellers', (database) => {
  // Where there is no server, Postgres runs in this process and takes minutes for all of them.
  const count = database.name === 'pglite' && !process.env.BATON_FULL ? 15 : 40;
  const accounts = accountNames(count);
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    const clock = testClock(TUESDAY_9, () => 0);
    office = new Office({ store, clock, slack: rolloutSlack(clock, accounts), mornings: true });
    await office.apply(rolloutCompany(accounts));
  });
  afterEach(() => store.close());

  const followups = () => rowsOf(store, 'followups');
  const handles = async () => new Map((await rowsOf(store, 'people')).map((one) => [one.id, one.handle]));
  /** Direct messages about follow-ups, without the nine o'clock message, and what stands in threads. */
  const pings = (handle: string) =>
    office.slack
      .posts(`DU${handle.toUpperCase()}`)
      .filter((one) => !one.threadTs && !/^(Good morning|Since )|Your accounts|You cover for/.test(one.text));

  /** The list of `/baton fix` says of every account what the rows say. */
  async function listIsRight(broken = 0): Promise<void> {
    const view = await store.read(async (tx) => {
      const fix = await fixById(tx, 1);
      return fix && fixView(tx, fix, 'Europe/Berlin', office.now());
    });
    expect(view?.accounts).toHaveLength(count);
    const names = new Map((await rowsOf(store, 'people')).map((one) => [one.id, one.name]));
    const newest = new Map((await followups()).map((one) => [one.accountId, one]));
    const shown = new Map(view?.accounts.map((one) => [one.account, one]));
    for (const account of await rowsOf(store, 'accounts')) {
      const owed = newest.get(account.id);
      expect(shown.get(account.name)?.isTold).toBe(owed?.state === 'told');
      expect(shown.get(account.name)?.state).toBe(account.id === broken ? 'broke_again' : 'live');
      if (owed?.state === 'open') expect(shown.get(account.name)?.who).toBe(names.get(owed.ownerId));
    }
  }

  /** Nobody was pinged more often than their day and their week have room for. */
  function budgetsKept(): void {
    for (const channel of new Set(office.slack.messages.map((one) => one.channel))) {
      if (!channel.startsWith('DU')) continue;
      const counts = new Map<string, number>();
      for (const one of pings(channel.slice(2))) {
        const { date } = wallOf(Math.floor(Number(one.ts) * 1000), 'Europe/Berlin');
        const week = `week ${Math.floor((Date.parse(date) / DAY_MS + 3) / 7)}`;
        for (const key of [date, week]) counts.set(key, (counts.get(key) ?? 0) + 1);
      }
      for (const [key, times] of counts)
        expect(times, `${channel} on ${key}`).toBeLessThanOrEqual(
          key.startsWith('week') ? PER_WEEK : PER_DAY,
        );
    }
  }

  /** Whoever has it and was shown it tells some of their accounts: every n-th by id. */
  async function tellSome(every: number, at: number): Promise<void> {
    const who = await handles();
    for (const one of await followups()) {
      if (one.state !== 'open' || one.deliveredAt === null || one.id % every !== at % every) continue;
      await office.press(who.get(one.ownerId) ?? '', 'followup.told', String(one.id));
    }
    await office.settle();
  }

  async function shipOnThursday(): Promise<void> {
    for (const [i, account] of accounts.entries()) {
      await office.command('lea', `${account}-internal`, '/issue', 'log Export drops rows');
      await office.command('lea', 'triage', '/issue', `link B-${i + 1} ${ADDRESS}`);
    }
    await office.settle();
    await store.transact(['fix:1'], async (tx) => {
      const fix = await fixById(tx, 1);
      if (fix) await progressFix(tx, fix, 'merge', { by: null, now: office.now(), source: 'github' });
    });
    await office.travel(2 * DAY_MS);
    // Merged on Tuesday, not live yet: nobody heard of it.
    expect(await followups()).toEqual([]);
    for (const teller of tellers) expect(pings(teller)).toEqual([]);
    // Two are away, one by a delegate, one by a backup; one left.
    await office.command('tell1', 'triage', '/baton', 'away until Wednesday @tell2 covers');
    await office.command('tell3', 'triage', '/baton', 'away until Wednesday');
    const gone = { id: 'UTELL4', team_id: 'TOURS', name: 'tell4', deleted: true };
    await office.event('user_change', { user: gone, channel: 'team' });
    await office.travel(HOUR_MS);
    await office.command('eli', 'triage', '/baton', 'fix live B-1');
    await office.settle();
    expect(await followups()).toHaveLength(count);
  }

  /** One that was told says that it is still broken: it waits again, and nobody else is disturbed. @returns its account */
  async function oneSaysStillBroken(): Promise<number> {
    const before = await followups();
    const first = before.find((one) => one.state === 'told');
    const inDms = () => office.slack.messages.filter((one) => one.channel.startsWith('DU')).length;
    const sent = inDms();
    const teller = (await handles()).get(first?.ownerId ?? 0) ?? '';
    await office.press(teller, 'followup.outcome:still_broken', String(first?.id));
    await office.settle();
    const others = (all: typeof before) => all.filter((one) => one.id !== first?.id);
    expect(others(await followups())).toEqual(others(before));
    const back = (await rowsOf(store, 'issues')).filter((issue) => issue.state !== 'resolved');
    expect(back.map((issue) => issue.accountId)).toEqual([first?.accountId]);
    expect(inDms()).toBe(sent);
    expect((await rowsOf(store, 'fixes'))[0]).toMatchObject({ state: 'live' });
    return first?.accountId ?? 0;
  }

  it('every account is told exactly once, the list is right at each step, budgets are kept', async () => {
    await shipOnThursday();
    const who = await handles();
    const owners = new Set((await followups()).map((one) => who.get(one.ownerId)));
    for (const absent of ['tell1', 'tell3', 'tell4']) expect(owners.has(absent)).toBe(false);
    let broken = 0;
    for (let step = 0; step < 16; step += 1) {
      await tellSome(7, step);
      if (step === 3) broken = await oneSaysStillBroken();
      await listIsRight(broken);
      await office.travel(12 * HOUR_MS);
    }
    // Nobody who is off was asked: Germans not on their Friday, Spaniards not on their Monday.
    for (const [i, teller] of tellers.entries()) {
      const off = i % 2 === 0 ? '2026-11-06' : '2026-11-09';
      const on = pings(teller).map((one) => wallOf(Number(one.ts) * 1000, 'Europe/Berlin').date);
      expect(on, teller).not.toContain(off);
    }
    expect(pings('tell4')).toEqual([]);
    // Mended for the one, it alone hears again.
    await office.command('eli', 'triage', '/baton', 'fix live B-1');
    await office.settle();
    expect((await followups()).slice(count).map((one) => one.accountId)).toEqual([broken]);
    while ((await followups()).some((one) => one.state === 'open')) {
      await office.travel(DAY_MS);
      await tellSome(1, 0);
    }
    await listIsRight();
    budgetsKept();
    await everythingWasSaidOnce();
    await office.travel(8 * DAY_MS);
    expect((await rowsOf(store, 'issues')).map((issue) => issue.state)).toEqual(accounts.map(() => 'closed'));
  }, 180_000);

  async function everythingWasSaidOnce(): Promise<void> {
    const told = await eventsOf(store, 'followup.told');
    expect(new Set(told.map((event) => event.accountId)).size).toBe(count);
    expect(told).toHaveLength(count + 1);
    expect(new Set(told.map((event) => event.followupId)).size).toBe(told.length);
    // The first teller's accounts were more than whoever covers has room for: some waited, and some passed.
    expect((await rowsOf(store, 'badges')).filter((one) => one.timesHeld > 0).length).toBeGreaterThan(
      count / 15,
    );
    const moves = (await eventsOf(store, 'followup.moved')).filter((one) => one.data?.why === 'passed');
    expect(moves.length).toBeGreaterThan(count / 15);
    expect(new Set(moves.map((one) => one.followupId)).size).toBe(moves.length);
    // Nothing more was said of what was told.
    for (const nudge of await eventsOf(store, 'followup.nudged')) {
      const end = told.find((one) => one.followupId === nudge.followupId);
      expect(nudge.at).toBeLessThanOrEqual(end?.at ?? 0);
    }
  }
});
