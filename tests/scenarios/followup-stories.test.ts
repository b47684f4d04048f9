import { afterEach, beforeEach, expect, it } from 'vitest';
import { fixById } from '../../src/fixes/store/fixes.js';
import { declineFix } from '../../src/fixes/store/state.js';
import { openFollowup } from '../../src/followups/store.js';
import type { Store } from '../../src/store/transact.js';
import { DAY_MS, HOUR_MS } from '../../src/time/index.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';
import { eventsOf, rowsOf } from '../support/rows.js';

onEveryDatabase('what is owed to a customer', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
  });
  afterEach(() => store.close());

  const followups = () => rowsOf(store, 'followups');
  const personId = async (handle: string) =>
    (await rowsOf(store, 'people')).find((person) => person.handle === handle)?.id ?? 0;
  const dms = (name: string) =>
    office.slack
      .posts(`DU${name.toUpperCase()}`)
      .filter((one) => !/Your (accounts|day)|Good morning/.test(one.text));
  const shown = (name: string, n = 0) => JSON.stringify(dms(name)[n]?.blocks ?? null);
  const log = (account: string, title: string, by = 'priya') =>
    office.command(by, `${account}-internal`, '/issue', `log ${title}`);
  const link = (number: number) =>
    office.command('sam', 'triage', '/issue', `link B-${number} https://github.com/acme/app/issues/12`);
  async function live(number = 1): Promise<void> {
    await office.command('eli', 'triage', '/baton', `fix live B-${number}`);
    await office.settle();
  }
  /** One fix of Acme and Globex, live. */
  async function liveForTwo(): Promise<void> {
    await log('acme', 'Export drops rows');
    await log('globex', 'Export is short');
    await link(1);
    await link(2);
    await live();
  }

  it('merged on Tuesday, live on Thursday: nobody hears before Thursday', async () => {
    await log('acme', 'Export drops rows');
    await link(1);
    await store.transact([], async (tx) => {
      await tx.db.update(tx.t.fixes).set({ state: 'merged', mergedAt: office.now() });
    });
    await office.travel(2 * DAY_MS);
    expect(await followups()).toEqual([]);
    expect(dms('sam')).toEqual([]);
    await live();
    const [owed] = await followups();
    expect(new Date(owed?.createdAt ?? 0).toISOString()).toBe('2026-11-05T08:00:00.000Z');
    expect(new Date(owed?.dueAt ?? 0).toISOString()).toBe('2026-11-06T16:00:00.000Z');
    expect(dms('sam')).toHaveLength(1);
  });

  it('live at night, it is shown when the owner begins to work, and its clock starts then', async () => {
    await log('acme', 'Export drops rows');
    await office.travel(12 * HOUR_MS);
    await live();
    expect(dms('sam')).toEqual([]);
    expect(await followups()).toMatchObject([{ deliveredAt: null }]);
    await office.travel(12 * HOUR_MS);
    expect(dms('sam')).toHaveLength(1);
    const [owed] = await followups();
    expect(new Date(owed?.deliveredAt ?? 0).toISOString()).toBe('2026-11-04T08:00:00.000Z');
  });

  it('one "still broken" brings back its own account, and disturbs no other', async () => {
    await liveForTwo();
    await office.press('sam', 'followup.told', '1');
    await office.press('sam', 'followup.told', '2');
    await office.settle();
    const before = dms('sam').length;
    const said = await office.press('sam', 'followup.outcome:still_broken', '1');
    expect(said?.say?.text).toContain('Nobody else is disturbed');
    await office.travel(HOUR_MS);
    expect(await rowsOf(store, 'issues')).toMatchObject([
      { reopened: 1, resolvedAt: null },
      { state: 'resolved', reopened: 0 },
    ]);
    expect(await rowsOf(store, 'fixes')).toMatchObject([{ state: 'live' }]);
    expect(dms('sam').length).toBe(before);
    expect(shown('sam')).toContain('they say it is still broken');
    // Globex stays told and watched.
    await office.travel(8 * DAY_MS);
    expect((await rowsOf(store, 'issues'))[1]).toMatchObject({ state: 'closed' });
  });

  it('what came back before they heard is no news any more', async () => {
    await log('acme', 'Export drops rows');
    await live();
    await office.command('sam', 'triage', '/issue', 'reopen B-1');
    await office.travel(10 * DAY_MS);
    expect(await followups()).toMatchObject([{ state: 'not_needed', endedBy: null }]);
    expect(shown('sam')).toContain('B-1 came back before they heard');
    expect(dms('sam').length).toBeLessThanOrEqual(2);
    expect(await eventsOf(store, 'followup.nudged')).toEqual([]);
  });

  it('a declined fix owes a word, too; the draft says so plainly', async () => {
    await log('acme', 'Export drops rows');
    await link(1);
    await store.transact([], async (tx) => {
      const fix = await fixById(tx, 1);
      if (fix) await declineFix(tx, fix, 'too few want it', { by: null, now: office.now(), source: 'test' });
    });
    await office.settle();
    const owed = await followups();
    expect(owed).toMatchObject([{ kind: 'tell_declined' }]);
    expect(shown('sam')).toContain('will not come');
    const draft = await office.press('sam', 'followup.draft', '1');
    expect(JSON.stringify(draft?.open)).toContain('not to change it for now');
    const line = async () =>
      JSON.stringify((await office.command('sam', 'triage', '/issue', 'show B-1'))?.say);
    expect(await line()).toContain('Declined, Acme not told');
    await office.press('sam', 'followup.told', '1');
    expect(await line()).toContain('Declined, Acme was told');
  });

  it('an alert, the issue that it names and its fix are one story: one owner, one message, a line for each reason', async () => {
    const ts = await office.writes('acme', 'joe', 'The export misses rows');
    await office.reacts('acme', ts, 'sam', 'ticket');
    await office.command('ana', 'triage', '/baton', 'followup B-1 Joe wants a call about it');
    await office.settle();
    expect(dms('ana')).toHaveLength(1);
    await live();
    expect(await followups()).toMatchObject([
      { kind: 'tell_fix', ownerId: await personId('ana'), state: 'open' },
    ]);
    expect(await followups()).toHaveLength(1);
    expect(dms('ana')).toHaveLength(1);
    expect(dms('sam')).toEqual([]);
    expect(shown('ana')).toContain('is fixed');
    expect(shown('ana')).toContain('Joe wants a call about it');
    expect(shown('ana')).toContain('Wants: month-end close without sheets');
  });

  it('asked for a manager and solved, the CSM is owed a word with the account', async () => {
    await log('acme', 'Export drops rows');
    await office.press(
      'sam',
      'issue.escalate_to:executive',
      JSON.stringify({ n: 1, g: 'executive', r: 'angry' }),
    );
    await office.command('sam', 'triage', '/issue', 'resolve B-1');
    await office.settle();
    expect(await followups()).toMatchObject([{ kind: 'restore', ownerId: await personId('ana') }]);
    expect(dms('ana').map((one) => one.text)).toContainEqual(
      expect.stringContaining('Follow up with *Acme*'),
    );
  });

  it('a broken promise is put right: what, by whom, to whom', async () => {
    await log('acme', 'Export drops rows');
    await office.command('sam', 'triage', '/baton', 'promise B-1 to Joe Park by tomorrow: CSV template');
    await office.travel(DAY_MS + HOUR_MS);
    await office.press('sam', 'promise.broken', '1');
    await office.settle();
    expect(await followups()).toMatchObject([{ kind: 'restore', ownerId: await personId('ana') }]);
    const cards = dms('ana').map((one) => JSON.stringify(one.blocks));
    expect(cards.join()).toContain('Sam Okafor promised to Joe Park, and it was not kept: CSV template');
  });

  it('offers a message of ours in the thread as proof, once a day, and says which proof it was', async () => {
    const ts = await office.writes('acme', 'joe', 'The export misses rows');
    await office.reacts('acme', ts, 'sam', 'ticket');
    await office.writes('acme', 'sam', 'Looking into it', { threadTs: ts });
    await live();
    expect(shown('sam')).not.toContain('Was this it?');
    const before = dms('sam').length;
    await office.writes('acme', 'priya', 'Lunch was great, see you Friday');
    await office.settle();
    expect(shown('sam')).not.toContain('Was this it?');
    const told = await office.writes('acme', 'priya', 'Joe, please try again now', { threadTs: ts });
    await office.settle();
    expect(shown('sam')).toContain('Was this it? Priya Nair');
    await office.writes('acme', 'priya', 'The export has all rows again');
    await office.settle();
    expect(shown('sam')).toContain('please try again now');
    expect(dms('sam')).toHaveLength(before);
    await office.press('sam', 'followup.proof', '1');
    await office.settle();
    expect(await followups()).toMatchObject([{ state: 'told', endedBy: 'UPRIYA', how: 'chat' }]);
    expect((await followups())[0]?.proof).toContain(told.replace('.', ''));
    expect(shown('sam')).toContain('Told by Priya Nair');
    expect(shown('sam')).toContain('the message to them');
    expect(await rowsOf(store, 'touches')).toMatchObject([
      { byId: await personId('priya'), how: 'chat', permalink: (await followups())[0]?.proof },
    ]);
  });

  it('a word of the owner counts as that', async () => {
    await log('acme', 'Export drops rows');
    await live();
    await office.press('sam', 'followup.told', '1');
    await office.press('sam', 'followup.how:call', '1');
    await office.press('sam', 'followup.outcome:happy', '1');
    await office.settle();
    expect(shown('sam')).toContain('Proof: Sam Okafor says so');
    expect(shown('sam')).toContain('by call · they are happy');
    // It is the conversation with them that was last: one, however much is said of it.
    expect(await rowsOf(store, 'touches')).toMatchObject([
      {
        byId: await personId('sam'),
        func: 'support',
        how: 'call',
        outcome: 'they are happy',
        permalink: null,
      },
    ]);
    const account = await office.command('ana', 'triage', '/account', 'acme');
    expect(JSON.stringify(account)).toContain('Support last spoke: Sam Okafor, call, Tue');
  });

  it('given to somebody, it is theirs once they accept, with a message of their own', async () => {
    await log('acme', 'Export drops rows');
    await live();
    const priya = await personId('priya');
    const form = await office.press('sam', 'followup.more', 'give:1');
    await office.submit('sam', form, { person: String(priya) });
    await office.settle();
    expect(await followups()).toMatchObject([{ ownerId: await personId('sam'), offeredToId: priya }]);
    expect(shown('priya')).toContain('can you tell *Acme*');
    expect((await office.press('luis', 'followup.accept', '1'))?.say?.text).toContain('not asked');
    await office.press('priya', 'followup.accept', '1');
    await office.settle();
    expect(await followups()).toMatchObject([{ ownerId: priya, offeredToId: null }]);
    expect(dms('priya')).toHaveLength(2);
    expect(dms('sam')[0]?.text).toContain('*Priya Nair* tells *Acme*');
  });

  it('declined, it stays; asked of whoever is away or has it, it says so', async () => {
    await log('acme', 'Export drops rows');
    await live();
    const form = await office.press('sam', 'followup.more', 'give:1');
    const own = await office.submit('sam', form, { person: String(await personId('sam')) });
    expect(own?.errors?.person).toContain('has it already');
    await office.submit('sam', form, { person: String(await personId('priya')) });
    await office.settle();
    await office.press('priya', 'followup.decline', '1');
    await office.settle();
    expect(await followups()).toMatchObject([{ ownerId: await personId('sam'), offeredToId: null }]);
    expect(shown('priya')).toContain('Sam Okafor has it');
  });

  it('sleeps as long as was chosen, twice at most, and wakes once', async () => {
    await log('acme', 'Export drops rows');
    await live();
    const form = await office.press('sam', 'followup.more', 'snooze:1');
    const past = await office.submit('sam', form, { until: 'day', day: '2026-11-01' });
    expect(past?.errors?.day).toContain('past');
    const far = await office.submit('sam', form, { until: 'day', day: '2027-01-01' });
    expect(far?.errors?.day).toContain('at most 14 days');
    await office.submit('sam', form, { until: 'monday', day: null });
    await office.travel(5 * DAY_MS + 23 * HOUR_MS);
    expect(dms('sam')).toHaveLength(1);
    expect(await followups()).toMatchObject([{ ownerId: await personId('sam') }]);
    await office.travel(2 * HOUR_MS);
    expect(dms('sam')).toHaveLength(2);
    await office.submit('sam', await office.press('sam', 'followup.more', 'snooze:1'), { until: '4h' });
    const third = await office.press('sam', 'followup.more', 'snooze:1');
    expect(third?.say?.text).toContain('snoozed twice already');
  });

  it('not needed wants a reason, and is refused for what is critical', async () => {
    await log('acme', 'Export drops rows');
    await live();
    const form = await office.press('sam', 'followup.more', 'not_needed:1');
    expect((await office.submit('sam', form, { reason: ' ' }))?.errors?.reason).toContain('Say why');
    await store.transact([], async (tx) => {
      await tx.db.update(tx.t.followups).set({ severity: 'critical' });
    });
    expect((await office.submit('sam', form, { reason: 'gone' }))?.errors?.reason).toContain('critical');
    expect((await office.press('luis', 'followup.more', 'snooze:1'))?.say?.text).toContain('Only Sam Okafor');
    await store.transact([], async (tx) => {
      await tx.db.update(tx.t.followups).set({ severity: 'medium' });
    });
    await office.submit('sam', form, { reason: 'They closed the account' });
    await office.settle();
    expect(shown('sam')).toContain('They closed the account');
    const line = JSON.stringify((await office.command('sam', 'triage', '/issue', 'show B-1'))?.say);
    expect(line).toContain('Resolved');
    expect(line).not.toContain('not told');
    const fix = JSON.stringify((await office.command('lea', 'triage', '/baton', 'fix B-1'))?.say);
    expect(fix).toContain('Acme: not needed (They closed the account)');
    expect(await followups()).toMatchObject([{ state: 'not_needed', endedBy: 'USAM' }]);
  });

  it('opened by hand, with a clear answer to what cannot be read', async () => {
    const bad = await office.command('ana', 'triage', '/baton', 'followup acmee call Joe');
    expect(JSON.stringify(bad?.say)).toContain('Did you mean Acme?');
    expect(JSON.stringify(bad?.say)).toContain('acmee call Joe');
    const good = await office.command('ana', 'triage', '/baton', 'followup acme: call Joe about the exports');
    expect(good?.say?.text).toContain('by Wed 17:00');
    const form = await office.command('ana', 'triage', '/baton', 'followup');
    const empty = await office.submit('ana', form, {
      account: null,
      why: '',
      by: '2026-11-01',
      owner: '999',
    });
    expect(Object.keys(empty?.errors ?? {}).sort()).toEqual(['account', 'by', 'owner', 'why']);
    await office.settle();
    expect(await followups()).toHaveLength(1);
    expect(shown('ana')).toContain('call Joe about the exports');
  });

  it('several that are due at once are one message; told, each is settled in it', async () => {
    for (const account of ['acme', 'globex']) {
      await office.command('ana', 'triage', '/baton', `followup ${account}: call them`);
    }
    await office.settle();
    expect(dms('ana')).toHaveLength(2);
    // Down over the due time and a week more: one message says what waits.
    office.clock.advance(9 * DAY_MS);
    await office.travel(HOUR_MS);
    expect(dms('ana')).toHaveLength(3);
    expect(dms('ana')[2]?.text).toContain('2 customers have not heard from you yet');
    await office.press('ana', 'followup.told', '1');
    await office.settle();
    expect(dms('ana')[2]?.text).toContain('1 customer has not heard from you yet');
    expect(shown('ana', 2)).toContain('told by Ana Lopez');
  });

  it('whoever is away has a delegate tell them, and who leaves hands over what is due', async () => {
    await log('acme', 'Export drops rows');
    await live();
    await office.command('sam', 'triage', '/baton', 'away until Monday @priya covers');
    await office.settle();
    expect(await followups()).toMatchObject([{ ownerId: await personId('priya'), insteadWhy: 'delegate' }]);
    expect(shown('priya')).toContain('For Sam Okafor, who is away.');
  });

  it('a lead reminds from the fix: each teller once a day, in one message; nobody else does', async () => {
    await liveForTwo();
    await log('initech', 'No export at all', 'luis');
    await office.command('priya', 'triage', '/issue', 'take B-3');
    await link(3);
    await office.settle();
    expect((await office.press('ana', 'fix.remind', '1'))?.say?.text).toContain('Your role');
    const said = (await office.press('lea', 'fix.remind', '1'))?.say?.text;
    expect(said).toContain(
      'Reminded, in their working time: *Sam Okafor* (Acme, Globex), *Priya Nair* (Initech)',
    );
    await office.settle();
    expect(dms('sam')).toHaveLength(3);
    expect(dms('sam')[2]?.text).toContain('2 customers have not heard from you yet');
    expect(dms('priya')).toHaveLength(2);
    await office.travel(HOUR_MS);
    expect((await office.press('lea', 'fix.remind', '1'))?.say?.text).toContain(
      'Reminded today already, so left alone: *Sam Okafor* (Acme, Globex), *Priya Nair* (Initech)',
    );
    await office.travel(HOUR_MS);
    expect(dms('sam')).toHaveLength(3);
    // It went through the budget of badges.
    expect((await rowsOf(store, 'badges')).filter((one) => one.kind === 'nudge')).toHaveLength(2);
    await office.press('sam', 'followup.told', '1');
    await office.press('sam', 'followup.told', '2');
    await office.press('priya', 'followup.told', '3');
    expect((await office.press('lea', 'fix.remind', '1'))?.say?.text).toContain('nobody to remind');
  });

  it('a lead’s reminder waits for working time, leaves alone what sleeps and what nobody was shown', async () => {
    await log('acme', 'Export drops rows');
    await link(1);
    await office.travel(12 * HOUR_MS);
    await live();
    expect((await office.press('lea', 'fix.remind', '1'))?.say?.text).toContain('when they begin work');
    await office.travel(DAY_MS - 12 * HOUR_MS);
    await office.travel(10 * HOUR_MS);
    expect((await office.press('lea', 'fix.remind', '1'))?.say?.text).toContain('Reminded, in their');
    await office.settle();
    expect(dms('sam')).toHaveLength(1);
    await office.travel(15 * HOUR_MS);
    expect(dms('sam')).toHaveLength(2);
    await office.submit('sam', await office.press('sam', 'followup.more', 'snooze:1'), { until: '4h' });
    expect((await office.press('lea', 'fix.remind', '1'))?.say?.text).toContain('put it off themselves');
  });

  it('what is critical passes the night only to whoever opted in; what is not, to nobody', async () => {
    const on = await office.command('priya', 'triage', '/baton', 'oncall on');
    expect(on?.say?.text).toContain('at any hour');
    await office.travel(14 * HOUR_MS);
    const owe = async (handle: string, severity: 'critical' | 'high', words: string) => {
      const ownerId = await personId(handle);
      const from = { now: office.now(), source: 'test', actor: null, dueAt: office.now() + DAY_MS };
      const reason = { kind: 'hand' as const, words };
      await store.transact(['account:1'], (tx) =>
        openFollowup(tx, { accountId: 1, kind: 'restore', reason, severity, ownerId, ...from }),
      );
    };
    await owe('priya', 'high', 'that can wait');
    await owe('sam', 'critical', 'nobody asked him to be called');
    await owe('priya', 'critical', 'production is down');
    await office.settle();
    expect(dms('sam')).toEqual([]);
    expect(dms('priya')).toHaveLength(1);
    expect(shown('priya')).toContain('production is down');
    await office.travel(10 * HOUR_MS);
    expect(dms('sam')).toHaveLength(1);
    expect(dms('priya')).toHaveLength(2);
  });

  it('the words of the drafts are an admin’s to change', async () => {
    await log('acme', 'Export drops rows');
    await live();
    expect((await office.command('sam', 'triage', '/baton', 'drafts'))?.say?.text).toContain('Your role');
    const form = await office.command('lea', 'triage', '/baton', 'drafts');
    const wrong = await office.submit('lea', form, { live: 'Hi {name}', declined: '' });
    expect(wrong?.errors?.live).toContain('{name} stands for nothing');
    expect(wrong?.errors?.declined).toContain('Write what');
    await office.submit('lea', form, { live: 'Dear {customer}: {problem}, done.', declined: 'No.' });
    const draft = await office.press('sam', 'followup.draft', '1');
    expect(JSON.stringify(draft?.open)).toContain('Export drops rows, done.');
  });
});
