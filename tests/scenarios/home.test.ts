import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/transact.js';
import { DAY_MS, HOUR_MS } from '../../src/time/index.js';
import { companyText } from '../support/baton.js';
import { onEveryDatabase } from '../support/databases.js';
import { checkView } from '../support/fake-slack/index.js';
import { type Office, openOffice } from '../support/office.js';
import { rowsOf } from '../support/rows.js';

/** It is Tuesday 3 November 2026, nine o'clock in Berlin. */
onEveryDatabase('Home', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
  });
  afterEach(() => store.close());

  const log = (text: string) => office.command('sam', 'acme-internal', '/issue', `log ${text}`);
  const expectValid = (user: string) => expect(checkView(JSON.parse(office.home(user)), 'home')).toEqual([]);

  it('says honestly that there is nothing', async () => {
    const home = await office.opensHome('ana');
    expect(home).toContain('Nobody waits for a word of yours.');
    expect(home).toContain('You have no open issue.');
    expect(home).toContain('*Acme*');
    expect(home).not.toContain('Alerts to claim');
    expectValid('ana');
  });

  it('shows what is owed, due first; one press settles it and says so there, not in a message', async () => {
    await log('Export drops rows');
    await log('SSO loops');
    await office.command('eli', 'triage', '/baton', 'fix live B-2');
    await office.travel(DAY_MS);
    await office.command('eli', 'triage', '/baton', 'fix live B-1');
    await office.settle();
    const home = await office.opensHome('sam');
    expect(home).toContain('Your follow-ups (2)');
    expect(home.indexOf('SSO loops')).toBeLessThan(home.indexOf('Export drops rows'));
    const messages = office.slack.posts().length;
    const after = await office.pressesInHome('sam', 'followup.told', '1');
    expect(after).toContain('Good: Acme was told.');
    expect(after).not.toContain('SSO loops\\" is fixed ·');
    await office.settle();
    expect(office.slack.posts().length).toBe(messages);
    expect(office.slack.whispers).toEqual([]);
    expectValid('sam');
  });

  it('follows what happens while somebody looks', async () => {
    await office.opensHome('sam');
    await log('Export drops rows');
    await office.command('sam', 'triage', '/issue', 'take B-1');
    office.clock.wait(2_000);
    await office.homes.step();
    expect(office.home('sam')).toContain('Sam Okafor has it');
    await office.pressesInHome('sam', 'issue.do', 'resolve:1');
    expect(office.home('sam')).toContain('You have no open issue.');
  });

  it('shows alerts that may be claimed, and lets claim them', async () => {
    for (const text of ['Broken export', 'Broken login', 'Broken chart'])
      for (const who of ['joe', 'jill']) {
        await office.writes('acme', who, `${text}, says ${who}`);
        await office.travel(1.1 * HOUR_MS);
      }
    expect(await rowsOf(store, 'alerts')).toHaveLength(1);
    expect(await office.opensHome('ana')).toContain('Claim follow-up');
    expect(office.home('ana')).toContain('your account');
    const form = await office.press('luis', 'alert.more', 'snooze:1', 'support-success');
    await office.submit('luis', form, { until: 'monday' });
    expect(await office.opensHome('ana')).toContain('your account · snoozed until Mon 09:00');
    const after = await office.pressesInHome('ana', 'alert.claim', '1');
    expect(after).not.toContain('Claim follow-up');
    expect(after).toContain('Follow up with *Acme*');
  });

  it('a viewer sees issues of their group and accounts, nothing of what success knows', async () => {
    const text = companyText().replace('goal: month-end', 'renewal: 2027-02-14\n    goal: month-end');
    await office.apply(text);
    await log('Export drops rows');
    await office.press(
      'sam',
      'issue.escalate_to:engineering',
      JSON.stringify({ n: 1, g: 'engineering', r: 'stuck' }),
    );
    const home = await office.opensHome('eli');
    expect(home).toContain('Your group was asked');
    expect(home).toContain('Export drops rows');
    expect(home).not.toMatch(/follow-up|renews|alert/i);
    expect(await office.opensHome('ana')).toContain('renews 14 Feb 2027');
  });

  it('whoever has no role is told whom to ask; a customer sees nothing', async () => {
    const max = await office.opensHome('max');
    expect(max).toContain('You have no role in Baton yet. Ask <@ULEA>');
    const joe = await office.opensHome('joe');
    expect(joe).toContain('Nothing is shown here');
    expect(joe).not.toContain('Acme');
  });

  it('the function switch is there for people with both only, and counts from then on', async () => {
    expect(await office.opensHome('sam')).not.toContain('Act as');
    // The first time an admin finds the set-up there.
    expect(await office.opensHome('lea')).toContain('*Set-up*');
    expect(await office.opensHome('lea')).toContain('Acting as *Support*');
    expect(await office.pressesInHome('lea', 'home.act_as', 'success')).toContain('Acting as *Success*');
    await office.command('lea', 'acme-internal', '/issue', 'log Slow');
    const opened = (await rowsOf(store, 'log')).find((row) => row.kind === 'issue.opened');
    expect(opened).toMatchObject({ actor: 'ULEA', func: 'success' });
    await office.pressesInHome('lea', 'home.act_as', 'nonsense');
    expect(office.home('lea')).toContain('Acting as *Success*');
    await office.apply();
    expect(await office.opensHome('lea')).toContain('Acting as *Success*');
  });

  it('lets people say that they are away, and that they are back', async () => {
    expect(await office.opensHome('sam')).toContain('You are here');
    const form = await office.press('sam', 'home.away', 'away');
    const past = await office.submit('sam', form, { back_on: '2026-11-02' });
    expect(past?.errors).toHaveProperty('back_on');
    expect((await office.submit('sam', form, { back_on: '2026-11-09', cover: 'UJOE' }))?.errors).toEqual({
      cover: 'Whoever you named is none of our people in Baton.',
    });
    const noted = await office.submit('sam', form, { back_on: '2026-11-09', cover: 'UPRIYA' });
    expect(noted).toMatchObject({ sayIn: 'home' });
    expect(noted?.say?.text).toContain('Priya');
    await office.settle();
    expect(office.slack.posts('DUPRIYA').map((one) => one.text)).toEqual([
      expect.stringContaining('You cover for'),
    ]);
    const away = await office.opensHome('sam');
    expect(away).toMatch(/You are away, back on \*(Mon|9 Nov)\* · Priya \w+ covers/);
    expectValid('sam');
    expect(await office.pressesInHome('sam', 'home.back', 'back')).toContain('Welcome back');
    expect(office.home('sam')).toContain('You are here');
    await office.submit('sam', form, { back_on: '2026-11-09' });
    expect(await office.opensHome('sam')).toContain('what cannot wait goes to Lea Novak');
    expect(await office.opensHome('eli')).not.toContain('You are here');
    expect((await office.press('eli', 'home.away', 'away'))?.say?.text).toContain('does not include this');
  });

  it('shows admins who belongs to no account, and lets them decide there', async () => {
    office.slack.addUser('zoe', { teamId: 'Tzoe' });
    office.slack.addUser('yan', { teamId: 'Tyan' });
    for (const who of ['zoe', 'yan']) await office.writes('acme', who, 'Is the export broken for you too?');
    await office.opensHome('lea');
    const home = await office.opensHome('lea');
    expect(home).toContain('2 belong to no account, or to two');
    expectValid('lea');
    expect(await office.opensHome('sam')).not.toContain('belong to no account');
    const form = await office.press('lea', 'home.decide_match', '1');
    expect(JSON.stringify(form?.open)).toMatch(
      /could be Acme.*"initial_option":\{[^}]*\{[^}]*\},"value":"1"/,
    );
    expect((await office.submit('lea', form, { account: '77' }))?.errors).toHaveProperty('account');
    expect((await office.submit('lea', form, { account: '1' }))?.say?.text).toContain('belongs to Acme');
    expect((await office.submit('lea', form, { account: '1' }))?.say?.text).toContain('decided this already');
    const second = await office.press('lea', 'home.decide_match', '2');
    expect((await office.submit('lea', second, { account: 'nobody' }))?.say?.text).toContain(
      'belongs to nobody',
    );
    expect(await office.opensHome('lea')).not.toContain('belong to no account');
    expect((await rowsOf(store, 'customers')).filter((row) => row.slackId === 'UZOE')).toHaveLength(1);
  });

  it('a message tab that is opened draws no Home', async () => {
    await office.event('app_home_opened', { user: 'USAM', tab: 'messages', channel: 'DUSAM' });
    await office.inbox.step();
    await office.homes.step();
    expect(office.home('sam')).toBe('""');
  });

  const everyPage = (n: number) => Array.from({ length: Math.floor(n / 20) + 1 }, (_, i) => i * 20);
  const seedMany = (n: number) =>
    store.transact([], async (tx) => {
      const all = Array.from({ length: n }, (_, i) => i + 1);
      if (n === 0) return;
      await tx.db.insert(tx.t.issues).values(
        all.map((i) => ({
          number: i,
          accountId: 1,
          title: `Issue ${i} ${'&'.repeat(140)}`,
          priority: 'normal' as const,
          state: 'open' as const,
          ownerId: 1,
          createdAt: office.now() + i,
          createdBy: 'USAM',
        })),
      );
      await tx.db.insert(tx.t.followups).values(
        all.map((i) => ({
          accountId: 1,
          kind: 'restore' as const,
          openKey: `1:alert:${i}`,
          alertId: i,
          ownerId: 1,
          createdAt: office.now(),
          dueAt: office.now() + i,
          state: 'open' as const,
        })),
      );
      await tx.db
        .insert(tx.t.accounts)
        .values(all.map((i) => ({ slug: `a${i}`, name: `Account ${i}`, csmId: 1 })));
    });

  describe.each([0, 1, 49, 50, 500])('with %i of everything', (n) => {
    it('is a view that Slack takes, first page and last', async () => {
      await seedMany(n);
      const home = await office.opensHome('sam');
      expectValid('sam');
      if (n > 5) expect(home).toContain(`All ${n}`);
      for (const name of ['followups', 'issues', 'accounts', 'alerts', 'asked']) {
        const all = new Set<string>();
        for (const from of name === 'issues' ? everyPage(n) : [0, Math.max(0, n - 3), n + 20]) {
          const page = await office.pressesInHome('sam', 'home.go', JSON.stringify({ name, from }));
          expectValid('sam');
          for (const [found] of page.matchAll(/Issue \d+/g)) all.add(found);
        }
        if (name === 'issues') expect(all.size).toBe(n);
      }
    });
  });

  it('a forged page is the first page', async () => {
    await office.opensHome('sam');
    for (const value of ['', 'x', '{"name":"nobody"}', '{"name":"issues","from":-4}', '[1]']) {
      expect(await office.pressesInHome('sam', 'home.go', value)).toMatch(/Your follow-ups|Your issues/);
      expectValid('sam');
    }
  });
});
