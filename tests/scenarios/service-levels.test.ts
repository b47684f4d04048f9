import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { rescheduleLevels } from '../../src/issues/jobs/service-levels.js';
import { setCalendar } from '../../src/people/store/calendar.js';
import { changeSetting } from '../../src/settings/store.js';
import type { Store } from '../../src/store/transact.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/time/index.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';
import { eventsOf } from '../support/rows.js';

onEveryDatabase('service levels', (database) => {
  let store: Store;
  let office: Office;
  let ts: string;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
    ts = await office.writes('acme', 'joe', 'The export misses rows since Monday');
    await office.reacts('acme', ts, 'sam', 'ticket');
    await office.settle();
  });
  afterEach(() => store.close());

  const warnings = () =>
    office.slack
      .posts('CTRIAGE')
      .map((post) => post.text)
      .filter((text) => /no answer|late answers/i.test(text));
  const card = () => JSON.stringify(office.slack.posts('CTRIAGE')[0]?.blocks);
  const missed = async () => (await eventsOf(store, 'level.missed')).map((event) => event.data.clock);

  it('the card says by when the first reply is promised; support is warned at 45 minutes, in triage only', async () => {
    expect(card()).toContain('first reply by 10:00');
    await office.travel(44 * MINUTE_MS);
    expect(warnings()).toEqual([]);
    await office.travel(2 * MINUTE_MS);
    expect(warnings()).toEqual([
      expect.stringContaining(
        'B-1 · Acme · The export misses rows since Monday · has no answer: first reply by 10:00 · nobody has it · ',
      ),
    ]);
    expect(warnings()[0]).not.toContain('<@');
    for (const dm of ['DUSAM', 'DUANA', 'DULEA', 'DUPRIYA']) expect(office.slack.posts(dm)).toEqual([]);
    await office.travel(3 * HOUR_MS);
    expect(warnings()).toEqual([expect.stringContaining('has no answer: first reply was due 10:00')]);
    expect(await missed()).toEqual(['first_reply']);
    expect(card()).toContain('first reply was due 10:00');
  });

  it('an answer ends it; what they ask next starts the next reply', async () => {
    await office.travel(20 * MINUTE_MS);
    await office.writes('acme', 'sam', 'I am looking into it', { threadTs: ts });
    await office.settle();
    expect(card()).not.toContain('reply by');
    await office.travel(HOUR_MS);
    expect(warnings()).toEqual([]);
    await office.writes('acme', 'joe', 'It is all our customers now, can you say when?', { threadTs: ts });
    await office.settle();
    expect(card()).toContain('next reply by tomorrow 10:20');
    await office.travel(6 * HOUR_MS + MINUTE_MS);
    expect(warnings()).toEqual([expect.stringContaining('has no answer: next reply by tomorrow 10:20')]);
    await office.writes('acme', 'sam', 'Tomorrow morning', { threadTs: ts });
    await office.travel(DAY_MS);
    expect(await missed()).toEqual([]);
    expect(warnings()).toHaveLength(1);
  });

  it('stands still while it waits on the customer', async () => {
    await office.travel(30 * MINUTE_MS);
    await office.command('sam', 'triage', '/issue', 'wait B-1');
    await office.travel(DAY_MS);
    expect(warnings()).toEqual([]);
    expect(card()).not.toContain('reply by');
    await office.command('sam', 'triage', '/issue', 'reopen B-1');
    await office.settle();
    expect(card()).toContain('first reply by 10:00');
    await office.travel(16 * MINUTE_MS);
    expect(warnings()).toHaveLength(1);
  });

  it('goes with the priority and with what the company set', async () => {
    await office.command('sam', 'triage', '/issue', 'priority B-1 low');
    await office.settle();
    expect(card()).toContain('first reply by 17:00');
    await store.transact(['company'], async (tx) => {
      const levels = { low: { first_reply: 120 } };
      await changeSetting(tx, 'serviceLevels', levels, { who: 'ULEA', at: office.now() });
      await rescheduleLevels(tx, office.now());
    });
    await office.travel(91 * MINUTE_MS);
    expect(warnings()).toEqual([expect.stringContaining('first reply by 11:00')]);
  });

  it('a holiday that is added moves every promise', async () => {
    const evening = await office.writes('globex', 'gus', 'Invoices are wrong');
    await store.transact(['company'], async (tx) => {
      await setCalendar(tx, 'company', [{ date: '2026-11-03', name: 'Founders day' }]);
      await rescheduleLevels(tx, office.now());
    });
    await office.reacts('globex', evening, 'sam', 'ticket');
    await office.travel(7 * HOUR_MS);
    expect(warnings()).toEqual([]);
    await office.travel(18 * HOUR_MS);
    expect(warnings()).toEqual([expect.stringContaining('2 issues have no answer')]);
  });

  it('warns of several on one line: edited while it is fresh, below when it stands long', async () => {
    await office.travel(40 * MINUTE_MS);
    await office.reacts(
      'globex',
      await office.writes('globex', 'gus', 'Invoices are wrong'),
      'sam',
      'ticket',
    );
    await office.travel(50 * MINUTE_MS);
    expect(warnings()).toEqual([expect.stringContaining('2 issues have no answer')]);
    const line = () =>
      JSON.stringify(
        office.slack.posts('CTRIAGE').filter((post) => /no answer|late answers/i.test(post.text)),
      );
    expect(line()).toMatch(
      /B-1 · Acme .*first reply was due 10:00 · nobody has it.*B-2 · Globex .*first reply by 10:40/,
    );
    await office.press('sam', 'issue.take', 'B-1');
    await office.writes('globex', 'sam', 'Looking', {});
    await office.settle();
    expect(warnings()).toEqual([expect.stringContaining('B-1 · Acme')]);
    expect(line()).toContain('Sam Okafor has it');
    const later = await office.writes('initech', 'ivy', 'The sync is stuck');
    await office.reacts('initech', later, 'sam', 'ticket');
    await office.travel(2 * HOUR_MS);
    expect(warnings()).toEqual([
      'Late answers so far: B-1 Acme, B-2 Globex. What still waits stands below.',
      expect.stringContaining('2 issues have no answer'),
    ]);
    await office.command('sam', 'triage', '/issue', 'resolve B-1');
    await office.command('sam', 'triage', '/issue', 'resolve B-3');
    await office.settle();
    expect(warnings()[1]).toBe('No late answers any more: B-1 Acme, B-3 Initech');
  });

  it('a solution that takes too long stands on the card and on the list of what is overdue, and posts nothing', async () => {
    await office.writes('acme', 'sam', 'I am looking into it', { threadTs: ts });
    await office.travel(6 * DAY_MS);
    expect(warnings()).toEqual([]);
    expect(card()).toMatch(/solution by /);
    await office.travel(4 * DAY_MS);
    expect(card()).toMatch(/solution was due /);
    expect(warnings()).toEqual([]);
    const list = await office.command('ana', 'triage', '/issue', 'list overdue');
    expect(JSON.stringify(list?.say?.blocks)).toContain('The export misses rows');
    await office.command('sam', 'triage', '/issue', 'resolve B-1');
    const after = await office.command('ana', 'triage', '/issue', 'list overdue');
    expect(JSON.stringify(after?.say)).not.toContain('The export misses rows');
  });

  it('after downtime, what was answered meanwhile is no warning', async () => {
    office.clock.advance(5 * HOUR_MS);
    await office.event('message', {
      channel: 'CACME',
      user: 'USAM',
      text: 'On it',
      ts: office.ts(),
      thread_ts: ts,
    });
    await office.due.step();
    expect(warnings()).toEqual([]);
    await office.inbox.step();
    await office.travel(HOUR_MS);
    expect(warnings()).toEqual([]);
  });

  it('runs in the hours of the team that should answer: of whoever has it, else of the support owner', async () => {
    const morning = [{ from: '10:00', to: '18:00' }];
    const hours = { zone: 'America/New_York', days: { 2: morning, 3: morning }, holidays: [] };
    await store.transact([], async (tx) => {
      await tx.db.insert(tx.t.teams).values({ key: 'us', name: 'US', hours });
      await tx.db.update(tx.t.people).set({ team: 'us' }).where(eq(tx.t.people.handle, 'priya'));
    });
    await office.command('lea', 'triage', '/account', 'edit acme support @priya');
    await office.travel(MINUTE_MS);
    // Ten in New York is four in Berlin.
    expect(card()).toContain('first reply by 17:00');
    await store.transact([], (tx) =>
      setCalendar(tx, 'team:us', [{ date: '2026-11-03', name: 'Election day' }]),
    );
    await store.transact([], (tx) => rescheduleLevels(tx, office.now()));
    await office.command('priya', 'triage', '/issue', 'take B-1');
    await office.settle();
    expect(card()).toContain('first reply by tomorrow 17:00');
    await office.command('priya', 'triage', '/issue', 'give B-1 @sam');
    await office.command('lea', 'triage', '/account', 'edit acme support none');
    await office.settle();
    expect(card()).toContain('first reply by 10:00');
  });
});
