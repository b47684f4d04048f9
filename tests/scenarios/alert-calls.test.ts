import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { onSignal } from '../../src/alerts/jobs.js';
import { askBadge, heldBack } from '../../src/people/badges.js';
import { personBySlackId } from '../../src/people/store.js';
import { writeVersion } from '../../src/settings/store.js';
import type { Store } from '../../src/store/transact.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/time/index.js';
import { companyText } from '../support/baton.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';
import { platformError } from '../support/paper-slack.js';
import { eventsOf, rowsOf } from '../support/rows.js';

/** Two issues in a month call whoever looks after the account, at a severity of the test's choice. */
const loud = (severity: 'medium' | 'high', place = 'interruptive') => ({
  mode: 'on',
  counting: {
    ...{
      id: 'X-loud',
      name: 'loud',
      count: 'issue.opened',
      windowDays: 30,
      fire: 2,
      clear: 0,
      cooldownDays: 1,
    },
    ...{ severity, func: 'success', place, next: 'call them' },
  },
});

onEveryDatabase('whom an alert calls', (database) => {
  let store: Store;
  let office: Office;
  const open = async (company = companyText(), mornings = false) => {
    office = await openOffice(store, { company, mornings });
  };
  beforeEach(async () => {
    store = await database.open();
  });
  afterEach(() => store.close());

  const dms = (name: string) =>
    office.slack
      .posts(`DU${name.toUpperCase()}`)
      .map((post) => post.text)
      .filter((text) => !text.startsWith('For you to know'));
  const alerts = () => rowsOf(store, 'alerts');
  const cards = () => office.slack.posts('CSUPPORTSUCCESS');
  const standup = async () =>
    JSON.stringify((await office.command('lea', 'triage', '/baton', 'standup'))?.say);
  const person = async (name: string) => {
    const found = await store.read((tx) => personBySlackId(tx, `U${name.toUpperCase()}`));
    if (!found) throw new Error(`nobody is called ${name}`);
    return found;
  };
  /** Spends what a person's day has room for. */
  const fill = async (name: string) => {
    const { id } = await person(name);
    const ask = { personId: id, at: office.now(), isCritical: false, kind: 'test' };
    await store.transact([], async (tx) => {
      for (let n = 0; n < 3; n += 1) await askBadge(tx, { ...ask, about: `test:${n}` });
    });
  };
  const held = async (name: string) => {
    const { id } = await person(name);
    return (await store.read((tx) => heldBack(tx, id, 0))).map((row) => row.about);
  };
  /** Acme has an alert that calls; its card stands. */
  async function alarm(severity: 'medium' | 'high' = 'high', place = 'interruptive'): Promise<void> {
    const value = loud(severity, place);
    const change = { who: 'ULEA', at: office.now(), why: 'test' };
    await store.transact(['rules'], (tx) => writeVersion(tx, 'rules', 'X-loud', value, change));
    for (const title of ['Export drops rows', 'Login fails'])
      await office.command('sam', 'acme-internal', '/issue', `log ${title}`);
    await office.travel(11 * MINUTE_MS);
  }
  async function urgent(): Promise<void> {
    await office.command('sam', 'acme-internal', '/issue', 'log Nobody can log in');
    await office.command('sam', 'triage', '/issue', 'priority B-1 urgent');
    await office.travel(2 * MINUTE_MS);
  }

  describe('the call', () => {
    beforeEach(() => open());

    it('is one direct message to the success manager, with the buttons; the card mentions nobody', async () => {
      await alarm();
      expect(dms('ana')).toEqual(['*Acme* needs a call from you · high']);
      const message = JSON.stringify(office.slack.posts('DUANA')[0]?.blocks);
      expect(message).toContain('Claim follow-up');
      expect(cards()).toHaveLength(1);
      expect(JSON.stringify(cards()[0])).not.toContain('<@');
      await office.command('sam', 'acme-internal', '/issue', 'log And a third');
      await office.travel(HOUR_MS);
      expect(dms('ana')).toHaveLength(1);
      expect(await eventsOf(store, 'alert.called')).toMatchObject([{ data: { step: 0 } }]);
    });

    it('is none for what is a card only, and for repeat contact alone; a second signal makes it one', async () => {
      for (const text of ['One, the export?', 'Two, the login?', 'Three, the bill?', 'Four, the chart?']) {
        await office.writes('acme', 'joe', text);
        await office.travel(2.2 * HOUR_MS);
      }
      expect(await alerts()).toMatchObject([{ place: 'card' }]);
      expect(cards()).toHaveLength(1);
      expect(dms('ana')).toEqual([]);
      await office.travel(16 * HOUR_MS);
      await alarm('medium', 'card');
      expect(await alerts()).toMatchObject([{ place: 'interruptive' }]);
      expect(dms('ana')).toEqual(['*Acme* needs a call from you · medium']);
      // Medium climbs nothing.
      await office.travel(3 * DAY_MS);
      expect(dms('ana')).toHaveLength(1);
    });

    it('waits for the working time of whoever is called, and is not made once somebody claimed', async () => {
      await office.travel(9 * HOUR_MS);
      await alarm();
      expect(cards()).toHaveLength(1);
      expect(dms('ana')).toEqual([]);
      await office.press('luis', 'alert.claim', '1');
      await office.travel(DAY_MS);
      expect(dms('ana')).toEqual([]);
    });

    it('goes to who covers while the success manager is away, and says so', async () => {
      await office.command('ana', 'triage', '/baton', 'away until 2026-11-20 @luis covers');
      await alarm();
      expect(dms('ana')).toEqual([]);
      expect(dms('luis')).toContain('*Acme* needs a call from you · high · Ana Lopez is away');
    });

    it('goes to the success lead where an account has no success manager', async () => {
      await open(companyText().replaceAll('    csm: ana\n', ''));
      await alarm();
      expect(dms('lea')).toEqual(['*Acme* needs a call from you · high']);
    });

    it('is the note that an account asked for more authority, where that is why: one event, one message', async () => {
      await office.command('sam', 'acme-internal', '/issue', 'log Export drops rows');
      const value = JSON.stringify({ n: 1, g: 'executive', r: 'they want a manager' });
      await office.press('sam', 'issue.escalate_to:executive', value);
      await office.travel(HOUR_MS);
      expect(await alerts()).toMatchObject([{ place: 'interruptive', severity: 'high' }]);
      expect(office.slack.posts('DUANA').map((post) => post.text)).toEqual([
        expect.stringContaining('For you to know'),
      ]);
      await office.travel(4 * HOUR_MS);
      expect(dms('ana')).toEqual(['Nobody has *Acme* yet · high']);
    });
  });

  describe('a full day', () => {
    beforeEach(() => open(companyText(), true));

    it('holds it back: nothing climbs, the nine o’clock message says so, the next day has room', async () => {
      await fill('ana');
      await alarm();
      expect(dms('ana')).toEqual([]);
      expect(await held('ana')).toEqual(['alert:1']);
      expect(await alerts()).toMatchObject([{ calledId: null, calledAt: null, step: 0 }]);
      await office.travel(DAY_MS - 5 * MINUTE_MS);
      expect(dms('ana')[0]).toBe('*Acme* needs a call from you · high');
      expect(dms('ana').filter((text) => text.includes('Good morning'))).toEqual([]);
    });

    it('that has room again by nine is a message of its own, with none beside it that only counts', async () => {
      await fill('ana');
      await alarm();
      const { id } = await person('ana');
      await store.transact([], (tx) =>
        askBadge(tx, { personId: id, at: office.now(), isCritical: false, kind: 'test', about: 'test:more' }),
      );
      await office.travel(DAY_MS);
      expect(dms('ana')).toEqual(['*Acme* needs a call from you · high']);
    });

    it('that somebody was asked to take is listed at nine: by whom, why, and where', async () => {
      await fill('luis');
      await alarm('medium', 'card');
      const form = await office.press('ana', 'alert.more', 'give:1', 'support-success');
      const asked = await office.submit('ana', form, { person: String((await person('luis')).id) });
      expect(asked?.say?.text).toContain('reads of *Acme* in the morning');
      await office.travel(DAY_MS);
      const morning = JSON.stringify(office.slack.posts('DULUIS')[0]?.blocks);
      expect(morning).toContain('Ana Lopez asks you to take Acme: loud: 2 issues in 30 days <https:');
    });

    it('that has no room the next morning either is listed at nine, and still climbs nothing', async () => {
      const { id } = await person('ana');
      await fill('ana');
      await alarm();
      // The whole week is spent.
      await store.transact([], async (tx) => {
        for (let n = 0; n < 8; n += 1)
          await askBadge(tx, {
            ...{ personId: id, at: office.now() + (n < 3 ? 1 : 2) * DAY_MS, isCritical: false },
            ...{ kind: 'test', about: `later:${n}` },
          });
      });
      await office.travel(DAY_MS);
      expect(dms('ana')).toEqual([expect.stringContaining('Good morning: 1 waiting on you')]);
      expect(JSON.stringify(office.slack.posts('DUANA')[0]?.blocks)).toContain(
        'Acme needs a call (high), nobody has it: loud: 2 issues in 30 days <https:',
      );
      await office.travel(DAY_MS);
      expect(await eventsOf(store, 'alert.called', 'alert.listed')).toEqual([]);
    });
  });

  describe('the ladder', () => {
    beforeEach(() => open());

    it('of high: one reminder after four working hours, then the leads’ list of both functions', async () => {
      await alarm();
      await office.travel(4 * HOUR_MS + MINUTE_MS);
      expect(dms('ana')).toHaveLength(2);
      expect(dms('ana')[1]).toBe('Nobody has *Acme* yet · high');
      // The first message became a line.
      expect(JSON.stringify(office.slack.posts('DUANA')[0])).toContain('goes on below');
      expect(await standup()).toContain('nothing waits');
      await office.travel(DAY_MS);
      expect(await standup()).toContain('needs a call (high), nobody has it');
      // Before both functions, and said once.
      expect(await standup()).toContain('1 thing waits');
      await office.travel(5 * DAY_MS);
      expect(dms('ana')).toHaveLength(2);
      expect(await rowsOf(store, 'standup')).toHaveLength(2);
      await office.press('luis', 'alert.claim', '1');
      expect(await standup()).toContain('nothing waits');
    });

    it('ends with a claim, and the message shows whose it is', async () => {
      await alarm();
      await office.press('luis', 'alert.claim', '1');
      await office.travel(DAY_MS);
      expect(dms('ana')).toHaveLength(1);
      expect(JSON.stringify(office.slack.posts('DUANA')[0])).toContain('Luis Weber has it');
    });

    it('does not begin before the message was delivered', async () => {
      office.slack.fail('post', platformError('account_inactive'), { channel: 'DUANA' });
      await alarm();
      await office.travel(DAY_MS);
      expect(await alerts()).toMatchObject([{ calledAt: null, step: 0 }]);
      expect(await eventsOf(store, 'alert.called', 'alert.listed')).toEqual([]);
    });

    it('of critical: the owner at once, owner and backup after an hour, the lead after two, then nothing', async () => {
      await open(companyText().replace('name: Ana Lopez,', 'name: Ana Lopez, backup: luis,'));
      await urgent();
      expect(dms('ana')).toEqual(['*Acme* needs a call from you · critical']);
      await office.travel(HOUR_MS);
      expect(dms('ana')).toHaveLength(2);
      expect(dms('luis')).toEqual([
        expect.stringMatching(/^Nobody has \*Acme\* yet · critical · Ana Lopez was asked .*/),
      ]);
      expect(dms('lea')).toEqual([]);
      await office.travel(HOUR_MS);
      expect(dms('lea')).toHaveLength(1);
      await office.travel(3 * DAY_MS);
      expect([dms('ana').length, dms('luis').length, dms('lea').length]).toEqual([2, 1, 1]);
      expect(await standup()).toContain('needs a call (critical)');
    });

    it('of critical brings in who has the issue, too: once, unless they marked it themselves', async () => {
      await office.command('sam', 'acme-internal', '/issue', 'log Nobody can log in');
      await office.command('priya', 'triage', '/issue', 'take B-1');
      await office.command('sam', 'triage', '/issue', 'priority B-1 urgent');
      await office.travel(30 * MINUTE_MS);
      expect(dms('ana')).toEqual(['*Acme* needs a call from you · critical']);
      await office.travel(3 * HOUR_MS);
      expect(dms('priya')).toEqual(['*Acme* needs you on B-1 · critical · Ana Lopez calls them']);
      expect(dms('sam')).toEqual([]);
      await office.command('sam', 'globex-internal', '/issue', 'log The export is empty');
      await office.command('sam', 'triage', '/issue', 'take B-2');
      await office.command('sam', 'triage', '/issue', 'priority B-2 urgent');
      await office.travel(10 * MINUTE_MS);
      expect(dms('sam')).toEqual([]);
    });

    it('of critical passes quiet hours only for who asked for it', async () => {
      await office.travel(12 * HOUR_MS);
      await urgent();
      expect(cards()).toHaveLength(1);
      expect(dms('ana')).toEqual([]);
      await office.travel(12 * HOUR_MS);
      expect(dms('ana')[0]).toBe('*Acme* needs a call from you · critical');
    });

    it('of critical calls at any hour who opted in', async () => {
      await office.command('ana', 'triage', '/baton', 'oncall on');
      await office.travel(12 * HOUR_MS);
      await urgent();
      expect(dms('ana')).toEqual(['*Acme* needs a call from you · critical']);
    });

    it('begins anew when what was high turns critical, once', async () => {
      await alarm();
      await office.command('sam', 'triage', '/issue', 'priority B-1 urgent');
      await office.travel(5 * MINUTE_MS);
      expect(dms('ana')).toHaveLength(2);
      expect(dms('ana')[1]).toBe('*Acme* needs a call from you · critical');
      await office.travel(61 * MINUTE_MS);
      expect(dms('ana')).toHaveLength(3);
    });
  });

  it('what is for the digest only is a line in the next nine o’clock message, once, and no card', async () => {
    await open(companyText(), true);
    await alarm('medium', 'digest');
    await store.transact([], async (tx) => {
      const at = office.now();
      await tx.db.insert(tx.t.signals).values({
        ...{
          rule: 'S99',
          ruleVersion: 1,
          scope: 'team:support',
          accountId: 0,
          about: '',
          key: 'k',
          openKey: 'k',
        },
        ...{ state: 'firing', func: 'support', place: 'digest', since: at, firedAt: at, changedAt: at },
        evidence: { line: '61 open issues, usually 40', numbers: {} },
      });
    });
    await office.travel(3 * DAY_MS);
    expect(await alerts()).toEqual([]);
    expect(cards()).toEqual([]);
    expect(dms('ana')).toEqual(['Good morning: 1 to know']);
    expect(JSON.stringify(office.slack.posts('DUANA')[0]?.blocks)).toContain(
      'Acme: loud: 2 issues in 30 days',
    );
    expect(dms('lea')).toEqual(['Good morning: 1 to know']);
    expect(JSON.stringify(office.slack.posts('DULEA')[0]?.blocks)).toContain('61 open issues, usually 40');
    expect(dms('luis')).toEqual([]);
  });

  it('what belongs to no account stands in triage; without one their lead is asked', async () => {
    const spike = {
      ...{
        rule: 'S24',
        ruleVersion: 1,
        scope: 'team:support',
        accountId: 0,
        about: '',
        key: 'k',
        openKey: 'k',
      },
      ...{ state: 'firing' as const, severity: 'high' as const, func: 'support' as const },
      ...{ evidence: { line: '31 contacts today, usually 12', numbers: {} } },
    };
    const raise = async () => {
      const at = office.now();
      await store.transact([], async (tx) => {
        await tx.db.insert(tx.t.signals).values({ ...spike, since: at, firedAt: at, changedAt: at });
        await onSignal(tx, 1, at);
      });
      await office.travel(11 * MINUTE_MS);
    };
    await open();
    await raise();
    expect(office.slack.posts('CTRIAGE').at(-1)?.text).toBe('*Support* needs a look · high');
    expect(dms('lea')).toEqual([]);
    await store.close();
    store = await database.open();
    await open(companyText().replace('triage_channel: triage\n', ''));
    await raise();
    expect(dms('lea')).toEqual([expect.stringContaining('*Support* needs a look from you')]);
  });
});
