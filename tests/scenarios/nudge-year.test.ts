import { afterEach, beforeEach, expect, it } from 'vitest';
import { nextDueAt } from '../../src/queue/due.js';
import type { Store } from '../../src/store/transact.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/time/index.js';
import { TUESDAY_9 } from '../support/baton.js';
import { onEveryDatabase } from '../support/databases.js';
import { Office, paperSlack } from '../support/office.js';
import { eventsOf, type RowOf, rowsOf } from '../support/rows.js';
import { testClock } from '../support/time.js';

/** Three weeks unless the whole year is asked for: `BATON_FULL=1`. */
const DAYS = process.env.BATON_FULL ? 365 : 21;
const TIMEOUT = process.env.BATON_FULL ? 3_600_000 : 120_000;
/** Of each hundred ticks, so many do this; the rest are a few minutes late. */
const CHANCES = { back: 4, downForDays: 1, late: 10, restart: 6, works: 80 };

/** Numbers from 0 to 1, the same ones from the same seed. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * The clock goes from due time to due time, some minutes late; minutes in which nothing is due would find nothing to do.
 * It jumps back and ahead, processes die and begin anew, and two of them tick at once.
 */
onEveryDatabase('a long time of nudges', (database) => {
  let stores: Store[];
  let processes: Office[];
  const clock = testClock(TUESDAY_9, () => 0);
  const slack = paperSlack(clock);
  const roll = dice(20_261_103);
  const chance = (percent: number) => roll() * 100 < percent;
  const oneOf = <T>(all: readonly T[]): T => all[Math.floor(roll() * all.length)] as T;

  beforeEach(async () => {
    const store = await database.open();
    stores = [store, database.canRace ? await database.another() : store];
    processes = stores.map((one) => new Office({ store: one, clock, slack, mornings: true }));
    await processes[0]?.apply();
  });
  afterEach(async () => {
    for (const store of new Set(stores)) await store.close();
  });

  const store = () => stores[0] as Store;
  const office = () => oneOf(processes);
  const rows = <K extends Parameters<typeof rowsOf>[1]>(table: K) => rowsOf(store(), table);
  const open = async () => (await rows('followups')).filter((one) => one.state === 'open');
  const handleOf = async (id: number) => (await rows('people')).find((one) => one.id === id)?.handle ?? '';

  /** What is due now is done by both processes at once, each as often as its timers happen to call it. */
  async function beat(): Promise<void> {
    await Promise.all(processes.map((one) => one.settle()));
    await Promise.all(processes.map((one) => one.due.step()));
    await Promise.all(processes.map((one) => one.settle()));
  }

  /** Something that people do; it opens, ends, moves or puts off what is owed. */
  async function work(): Promise<void> {
    const some = oneOf(await open());
    const id = String(some?.id);
    const owner = some ? await handleOf(some.ownerId) : '';
    const acts: (() => Promise<unknown>)[] = [
      ...[1, 2, 3, 4].map(() => owe),
      () => office().press(owner, 'followup.told', id),
      () => office().press('lea', 'fix.remind', String(some?.fixId ?? 1)),
      () => snooze(owner, id),
      () => office().command(oneOf(['sam', 'ana']), 'triage', '/baton', 'away until tomorrow'),
      () => office().command(oneOf(['sam', 'ana']), 'triage', '/baton', 'back'),
    ];
    const act = oneOf(acts);
    if (some || act === acts[0]) await act();
    // Nobody lets it grow for a year.
    const all = await open();
    if (all.length > 15)
      for (const one of all.slice(0, 3))
        await office().press(await handleOf(one.ownerId), 'followup.told', String(one.id));
  }

  async function owe(): Promise<void> {
    const account = oneOf(['acme', 'globex', 'initech']);
    if (chance(50)) {
      const who = oneOf(['ana', 'luis']);
      await office().command(who, 'triage', '/baton', `followup ${account}: call about ${roll()}`);
      return;
    }
    await office().command('sam', `${account}-internal`, '/issue', `log Export ${roll()}`);
    await office().command('eli', 'triage', '/baton', `fix live B-${(await rows('issues')).length}`);
  }

  async function snooze(owner: string, id: string): Promise<void> {
    const form = await office().press(owner, 'followup.more', `snooze:${id}`);
    if (form?.open)
      await office().submit(owner, form, { until: oneOf(['4h', 'tomorrow', 'monday']), day: null });
  }

  async function live(): Promise<void> {
    const until = clock.business.now() + DAYS * DAY_MS;
    let last = clock.business.now();
    while (clock.business.now() < until) {
      const next = (await store().read(nextDueAt)) ?? last + HOUR_MS;
      const late = chance(CHANCES.late) ? roll() * 8 * HOUR_MS : roll() * 10 * MINUTE_MS;
      last = Math.max(clock.business.now(), next) + Math.floor(late);
      clock.set(Math.min(last, until));
      if (chance(CHANCES.downForDays)) clock.advance(3 * DAY_MS);
      if (chance(CHANCES.restart))
        processes = stores.map((one) => new Office({ store: one, clock, slack, mornings: true }));
      await beat();
      if (chance(CHANCES.works)) await work();
      if (chance(CHANCES.back)) {
        // Someone sets the clock back by up to a day and a half; it goes on from there.
        clock.advance(-Math.floor(roll() * 36 * HOUR_MS));
        await beat();
      }
    }
    // All that was still to be said is said.
    for (let day = 0; day < 14; day += 1) {
      clock.advance(DAY_MS);
      await beat();
    }
  }

  it(
    'every nudge comes once, none is lost',
    async () => {
      await live();
      const log = await rows('log');
      expectStepsOnce(log);
      expectOnceInSlack(await rows('cards'));
      await expectSentAsCounted(log);
      await expectNothingLost();
      // It was worth it.
      const count = (kind: string) => log.filter((one) => one.kind === kind).length;
      expect(count('followup.nudged')).toBeGreaterThan(DAYS / 6);
      expect(count('followup.listed')).toBeGreaterThan(0);
      expect(count('followup.moved')).toBeGreaterThan(0);
      expect(count('followup.snoozed')).toBeGreaterThan(0);
      expect(count('followup.told')).toBeGreaterThan(DAYS / 6);
    },
    TIMEOUT,
  );

  /** Each step of a ladder once; a ladder begins anew when it is put off or becomes somebody else's. */
  function expectStepsOnce(log: readonly RowOf<'log'>[]): void {
    const taken = new Map<number, number>();
    for (const event of log) {
      const id = event.followupId ?? 0;
      if (event.kind === 'followup.moved' || event.kind === 'followup.snoozed') taken.set(id, 0);
      const isStep =
        event.kind === 'followup.listed' ||
        (event.kind === 'followup.nudged' && event.data?.why === 'overdue');
      if (!isStep) continue;
      const step = Number(event.data?.step);
      expect(step, `step of follow-up ${id}, event ${event.id}`).toBe((taken.get(id) ?? 0) + 1);
      taken.set(id, step);
    }
  }

  /** Each card that was posted stands once. */
  function expectOnceInSlack(cards: readonly RowOf<'cards'>[]): void {
    const inDms = cards.filter((card) => card.target.startsWith('U') && card.ts !== null);
    expect(new Set(inDms.map((card) => `${card.channel} ${card.ts}`)).size).toBe(inDms.length);
    const isCard = (text: string) => !/^(Good morning|Since )|Your accounts|covers?\b|is back/.test(text);
    const posted = slack.messages.filter((one) => one.channel.startsWith('DU') && !one.threadTs);
    expect(posted.filter((one) => isCard(one.text)).length).toBe(inDms.length);
  }

  /** A follow-up was brought to mind no more often than was decided, and not less unless it ended, moved or slept first. */
  async function expectSentAsCounted(log: readonly RowOf<'log'>[]): Promise<void> {
    const shown = new Map<number, number>();
    const count = (id: number) => shown.set(id, (shown.get(id) ?? 0) + 1);
    const cards = await rows('cards');
    for (const card of cards) if (card.kind === 'nudge' && card.ts !== null) count(card.subjectId);
    const rounds = new Map((await rows('nudgeRounds')).map((round) => [round.id, round]));
    for (const card of cards)
      if (card.kind === 'nudge_round' && card.ts !== null)
        for (const id of rounds.get(card.subjectId)?.followupIds ?? []) count(id);
    const of = (id: number, ...kinds: string[]) =>
      log.filter((one) => one.followupId === id && kinds.includes(one.kind)).length;
    for (const { id, state } of await rows('followups')) {
      const sent = shown.get(id) ?? 0;
      const wanted = of(id, 'followup.nudged');
      const overtaken = of(id, 'followup.moved', 'followup.snoozed') + (state === 'open' ? 0 : 1);
      expect(sent, `reminders of follow-up ${id}`).toBeLessThanOrEqual(wanted);
      expect(sent, `reminders of follow-up ${id}`).toBeGreaterThanOrEqual(wanted - overtaken);
    }
  }

  /** Whatever is still owed was shown, and either has its next step before it or stands before the leads. */
  async function expectNothingLost(): Promise<void> {
    const due = new Map((await rows('due')).map((row) => [row.key, row.dueAt]));
    const listed = new Set(
      (await rows('standup')).filter((one) => one.openKey !== null).map((one) => one.subjectId),
    );
    for (const one of await open()) {
      const next = ['nudge', 'deliver'].map((kind) => due.get(`${kind}:followup:${one.id}`) ?? null);
      const round = one.pending === null ? null : (due.get(`round:person:${one.ownerId}`) ?? null);
      const isThere = listed.has(one.id) || [...next, round].some((at) => at !== null);
      expect(isThere, `what comes next of follow-up ${one.id}`).toBe(true);
    }
    expect(await eventsOf(store(), 'followup.opened')).toHaveLength((await rows('followups')).length);
  }
});
