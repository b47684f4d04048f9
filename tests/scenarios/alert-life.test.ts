import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askBadge } from '../../src/people/badges.js';
import { personBySlackId } from '../../src/people/store.js';
import { changeSetting, writeVersion } from '../../src/settings/store.js';
import { reportTable } from '../../src/signals/rules/report.js';
import { runBacktest } from '../../src/signals/run-backtest.js';
import type { Store } from '../../src/store/transact.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/time/index.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';
import { eventsOf, rowsOf } from '../support/rows.js';

/** Two issues in a month raise an alert. */
const loud = (severity: 'medium' | 'high', place: 'card' | 'interruptive') => ({
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

onEveryDatabase('the life of an alert', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
  });
  afterEach(() => store.close());

  const alert = async () => (await rowsOf(store, 'alerts')).at(-1);
  const cards = (channel = 'CSUPPORTSUCCESS') => office.slack.posts(channel);
  const shown = (n = -1) => JSON.stringify(cards().at(n)?.blocks);
  const dms = (name: string) => office.slack.posts(`DU${name.toUpperCase()}`).map((post) => post.text);
  const warnings = (name: string) =>
    dms(name).filter((text) => /claim of|stays yours|has \*Acme\* now/.test(text));
  const log = (title: string) => office.command('sam', 'acme-internal', '/issue', `log ${title}`);
  const more = (user: string, verb: string) =>
    office.press(user, 'alert.more', `${verb}:1`, 'support-success');
  const idOf = async (name: string) =>
    (await store.read((tx) => personBySlackId(tx, `U${name.toUpperCase()}`)))?.id ?? 0;
  async function alarm(severity: 'medium' | 'high' = 'medium', place: 'card' | 'interruptive' = 'card') {
    const change = { who: 'ULEA', at: office.now(), why: 'test' };
    await store.transact(['rules'], (tx) =>
      writeVersion(tx, 'rules', 'X-loud', loud(severity, place), change),
    );
    for (const title of ['Export drops rows', 'Login fails']) await log(title);
    await office.travel(11 * MINUTE_MS);
  }

  describe('its card', () => {
    it('changes in place on its day, and on a later working day is posted anew above a line with a link', async () => {
      await alarm();
      await log('A third');
      await office.travel(HOUR_MS);
      expect(cards()).toHaveLength(1);
      expect(shown()).toContain('3 issues');
      await office.travel(DAY_MS);
      await log('A fourth');
      await office.travel(HOUR_MS);
      expect(cards()).toHaveLength(2);
      expect(cards()[0]?.text).toContain('*Acme* goes on below');
      expect(shown(0)).not.toContain('Claim follow-up');
      expect(shown(0)).toContain(cards()[1]?.ts.replace('.', ''));
      expect(shown(1)).toContain('4 issues');
      // On the old posting nothing stands to be pressed; a press of a stale client counts all the same.
      await office.press('ana', 'alert.claim', '1', 'support-success');
      await office.settle();
      expect(cards()).toHaveLength(2);
      expect(shown(1)).toContain('Claimed by Ana Lopez');
    });

    it('does not come back on a day off, nor for less of the same', async () => {
      await alarm();
      await office.travel(4 * DAY_MS);
      await log('On a Saturday');
      await office.travel(HOUR_MS);
      expect(cards()).toHaveLength(1);
      expect(shown()).toContain('3 issues');
      // From the thirtieth day on there is less of it.
      await office.travel(28 * DAY_MS);
      expect(cards()).toHaveLength(1);
    });

    it('goes where those of its tier, segment or success manager go, first fit first', async () => {
      office.slack.addChannel('key-accounts', ['ana', 'luis', 'lea', 'sam']);
      const routes = [
        { channel: 'CNOBODY', tier: 'A', csm: 'luis' },
        { channel: 'CKEYACCOUNTS', tier: 'a', csm: 'ana' },
        { channel: 'CLATER', tier: 'A' },
      ];
      await store.transact(['company'], (tx) =>
        changeSetting(tx, 'alertRoutes', routes, { who: 'ULEA', at: office.now() }),
      );
      await alarm();
      expect(cards()).toEqual([]);
      expect(cards('CKEYACCOUNTS').map((card) => card.text)).toEqual([
        '*Acme* needs a call · medium · for Ana Lopez',
      ]);
      // It stays where it began, wherever the next one goes.
      await store.transact(['company'], (tx) =>
        changeSetting(tx, 'alertRoutes', [], { who: 'ULEA', at: office.now() }),
      );
      await office.travel(DAY_MS);
      await log('A third');
      await office.travel(HOUR_MS);
      expect(cards('CKEYACCOUNTS')).toHaveLength(2);
      expect(cards()).toEqual([]);
    });

    it('names whom to call, and what they wrote about', async () => {
      await log('Export drops rows');
      for (const text of ['One, the export?', 'Two, the login?', 'Three, the bill?', 'Four, the chart?']) {
        await office.writes('acme', 'joe', text);
        await office.travel(2.2 * HOUR_MS);
      }
      expect(shown()).toContain('Next: call Joe today and say who works on B-1');
    });

    it('says who last spoke with them', async () => {
      const form = await office.press('ana', 'touch.open', '1');
      await office.submit('ana', form, { how: 'call', on: '2026-11-02', note: 'fine' });
      await alarm();
      expect(shown()).toContain('Last spoke: Ana Lopez, call, ');
    });
  });

  describe('a claim', () => {
    beforeEach(async () => {
      await alarm();
      await office.press('ana', 'alert.claim', '1', 'support-success');
    });

    it('without progress lapses after two working days, four working hours after a private warning', async () => {
      // Claimed on Tuesday at 9:11: the warning comes on Wednesday afternoon, the end on Thursday morning.
      await office.travel(DAY_MS + 3 * HOUR_MS);
      expect(warnings('ana')).toEqual([]);
      await office.travel(2 * HOUR_MS);
      expect(warnings('ana')).toEqual([
        'Your claim of *Acme* lapses Thu 09:11: nothing came of it since Tue 09:11',
      ]);
      expect(await alert()).toMatchObject({ state: 'claimed' });
      await office.travel(20 * HOUR_MS);
      expect(await alert()).toMatchObject({ state: 'open', claimedBy: null });
      expect(warnings('ana')).toEqual(['Your claim of *Acme* lapsed: it is open again for everybody']);
      // Said anew where everybody looks, and on the leads' list.
      expect(cards()).toHaveLength(2);
      expect(shown(1)).toContain('Claim follow-up');
      expect(JSON.stringify((await office.command('lea', 'triage', '/baton', 'standup'))?.say)).toContain(
        'nobody has it',
      );
      const answer = await office.press('luis', 'alert.claim', '1', 'support-success');
      expect(answer?.say?.text).toContain('Acme is yours');
      await office.settle();
      expect(warnings('ana')).toEqual(['Luis Weber has *Acme* now']);
      // What she owed went along.
      const owed = (await rowsOf(store, 'followups')).filter((one) => one.state === 'open');
      expect(owed.map((one) => one.ownerId)).toEqual([await idOf('luis')]);
    });

    it.each([
      [
        'a message of hers in the customer channel',
        () => office.writes('acme', 'ana', 'We look into it, Joe'),
      ],
      [
        'a conversation that she logged',
        async () =>
          office.submit('ana', await office.press('ana', 'touch.open', '1'), {
            how: 'call',
            on: '2026-11-04',
          }),
      ],
      [
        'a note on the card',
        async () => office.submit('ana', await more('ana', 'note'), { note: 'He wants a date' }),
      ],
    ])('goes on by %s, which takes the warning back', async (_what, progress) => {
      await office.travel(DAY_MS + 5 * HOUR_MS);
      expect(warnings('ana')).toHaveLength(1);
      await progress();
      await office.settle();
      expect(warnings('ana')).toEqual(['*Acme* stays yours']);
      await office.travel(DAY_MS);
      expect(await alert()).toMatchObject({ state: 'claimed' });
      await office.travel(DAY_MS);
      expect(await alert()).toMatchObject({ state: 'open' });
    });

    it('is not kept by what somebody else does, and waits for who could not be warned', async () => {
      const ask = { personId: await idOf('ana'), isCritical: false, kind: 'test' };
      await store.transact([], async (tx) => {
        for (let n = 0; n < 3; n += 1)
          await askBadge(tx, { ...ask, at: office.now() + DAY_MS, about: `test:${n}` });
      });
      await office.writes('acme', 'sam', 'We look into it');
      await office.travel(2 * DAY_MS - MINUTE_MS);
      // Held back on Wednesday; on Thursday morning there is room, and four hours from there.
      expect(await alert()).toMatchObject({ state: 'claimed' });
      expect(warnings('ana')).toHaveLength(1);
      await office.travel(5 * HOUR_MS);
      expect(await alert()).toMatchObject({ state: 'open' });
    });

    it('goes where its follow-up goes', async () => {
      const form = await more('ana', 'give');
      await office.submit('ana', form, { person: String(await idOf('luis')) });
      expect(await alert()).toMatchObject({ claimedBy: await idOf('ana') });
      await office.press('luis', 'followup.accept', '1');
      await office.settle();
      expect(await alert()).toMatchObject({ claimedBy: await idOf('luis'), state: 'claimed' });
      expect(shown()).toContain('Claimed by Luis Weber');
    });

    it('ends by its follow-up, and presses after that get a short answer', async () => {
      await office.press('ana', 'followup.told', '1');
      await office.settle();
      expect(await alert()).toMatchObject({ state: 'ended', endReason: 'followed up by Ana Lopez' });
      for (const [action, value] of [
        ['alert.claim', '1'],
        ['alert.not_needed', '1'],
        ['alert.more', 'snooze:1'],
        ['alert.note', '1'],
      ] as const) {
        const answer = await office.press('luis', action, value, 'support-success');
        expect(answer?.say?.text).toBe('This alert of Acme is over: followed up by Ana Lopez.');
      }
      const gone = await office.press('luis', 'alert.claim', '99', 'support-success');
      expect(gone?.say?.text).toContain('it is gone');
    });
  });

  describe('"Not needed"', () => {
    beforeEach(() => alarm());

    it('asks why, and keeps it for those who judge the rules', async () => {
      const unsaid = await office.dismisses('ana', 1, '');
      expect(unsaid?.errors).toEqual({ why: 'Choose why.' });
      const other = await office.dismisses('ana', 1, 'other');
      expect(other?.errors).toEqual({ reason: 'Say why, in a few words.' });
      const said = await office.dismisses('ana', 1, 'other', '  they  moved to the new plan ');
      expect(said?.say?.text).toContain('Acme needs no call for this');
      await office.settle();
      expect(await alert()).toMatchObject({ state: 'ended', dismissedAs: 'other' });
      expect(await eventsOf(store, 'alert.ended')).toMatchObject([{ data: { why: 'other' }, actor: 'UANA' }]);
      expect(cards()[0]?.text).toBe(
        '*Acme* · not needed (Ana Lopez): they moved to the new plan · Tue 09:11',
      );
      expect(shown(0)).toContain('It said: loud: 2 issues in 30 days');
    });

    it('is told to whoever judges the rule by its last ninety days', async () => {
      await office.dismisses('ana', 1, 'wrong_account');
      const report = await runBacktest(store, { now: office.now() + MINUTE_MS, days: 90, rule: 'X-loud' });
      expect(report.rules).toMatchObject([{ rule: 'X-loud', spoke: 1, notNeeded: { wrong_account: 1 } }]);
      expect(reportTable(report.rules)).toContain('1 wrong account');
      const before = await runBacktest(store, { now: office.now() - DAY_MS, days: 90, rule: 'X-loud' });
      expect(before.rules).toMatchObject([{ notNeeded: {} }]);
    });

    it('submitted late, on what somebody claimed or ended meanwhile, says so', async () => {
      const form = await office.press('ana', 'alert.not_needed', '1', 'support-success');
      await office.press('luis', 'alert.claim', '1', 'support-success');
      const late = await office.submit('ana', form, { why: 'noise', reason: null });
      expect(late?.say?.text).toBe('Luis Weber has Acme already.');
      await office.press('luis', 'followup.told', '1');
      const later = await office.submit('ana', form, { why: 'noise', reason: null });
      expect(later?.say?.text).toContain('is over: followed up by Luis Weber');
    });
  });

  describe('its menu', () => {
    it('snoozes: nothing climbs, the card says so, and it wakes with one reminder', async () => {
      await alarm('high', 'interruptive');
      expect(dms('ana')).toHaveLength(1);
      const answer = await office.submit('luis', await more('luis', 'snooze'), { until: 'tomorrow' });
      expect(answer?.say?.text).toContain('Nothing more about *Acme* until');
      await office.settle();
      expect(shown()).toContain('Snoozed until');
      await office.travel(8 * HOUR_MS);
      expect(dms('ana')).toHaveLength(1);
      await office.travel(16 * HOUR_MS);
      expect(dms('ana')).toHaveLength(2);
      expect(dms('ana')[1]).toContain('Nobody has *Acme* yet');
      expect(cards()).toHaveLength(2);
    });

    it('shows beside its sleep what was noted and asked, and who put it to sleep; a claim wakes it', async () => {
      await alarm();
      await office.submit('luis', await more('luis', 'snooze'), { until: 'monday' });
      const give = await more('luis', 'give');
      await office.submit('luis', give, { person: String(await idOf('ana')) });
      await office.settle();
      expect(shown()).toMatch(
        /Snoozed until Mon 09:00 \(Luis Weber\) · Luis Weber asked Ana Lopez to take it/,
      );
      await office.submit('luis', await more('luis', 'note'), { note: 'Joe waits for a date' });
      await office.settle();
      expect(shown()).toMatch(/Snoozed until Mon 09:00 .* · Luis Weber, .*Joe waits for a date/);
      await office.press('ana', 'alert.claim', '1', 'support-success');
      await office.settle();
      expect(JSON.stringify(office.slack.posts('DUANA')[0]?.blocks)).not.toContain('Claimed by');
      expect(office.slack.posts('DUANA')[0]?.text).toBe('*Acme* is being followed up · medium · you have it');
      expect(JSON.stringify(office.slack.posts('DUANA').at(-1)?.blocks)).toContain(
        'Alert: loud: 2 issues in 30 days. Ana Lopez claimed it, ',
      );
      await office.travel(3 * DAY_MS);
      expect(await alert()).toMatchObject({ state: 'open' });
      expect(shown()).not.toContain('Snoozed');
    });

    it('snoozes until it changes; what is critical sleeps four hours at most', async () => {
      await alarm();
      await office.submit('luis', await more('luis', 'snooze'), { until: 'change' });
      await office.travel(3 * DAY_MS);
      expect(shown()).toContain('Snoozed until it changes');
      await log('A third');
      await office.travel(HOUR_MS);
      expect(shown()).toContain('Next: call them');
      await office.command('sam', 'triage', '/issue', 'priority B-1 urgent');
      await office.travel(HOUR_MS);
      const refused = await office.submit('luis', await more('luis', 'snooze'), { until: 'change' });
      expect(refused?.errors).toEqual({ until: 'What is critical can wait four hours at most.' });
    });

    it('gives what nobody has: the other is asked once, and has it when they claim it', async () => {
      await alarm();
      const form = await more('ana', 'give');
      expect(JSON.stringify(form?.open)).not.toContain('Eli Stone');
      const answer = await office.submit('ana', form, { person: String(await idOf('luis')) });
      expect(answer?.say?.text).toBe(
        'Luis Weber is asked to take *Acme*. It stays open until somebody claims it.',
      );
      await office.settle();
      expect(dms('luis')).toEqual(['Ana Lopez asks you to take *Acme* · medium']);
      expect(shown()).toContain('Ana Lopez asked Luis Weber to take it');
      await office.press('luis', 'alert.claim', '1', 'DULUIS');
      await office.settle();
      expect(await alert()).toMatchObject({ claimedBy: await idOf('luis') });
      const viewer = await office.submit('ana', form, { person: String(await idOf('eli')) });
      expect(viewer?.say?.text).toBe('Luis Weber has Acme already.');
    });

    it('asks nobody who is away or may not', async () => {
      await alarm();
      const form = await more('ana', 'give');
      const viewer = await office.submit('ana', form, { person: String(await idOf('eli')) });
      expect(viewer?.errors?.person).toContain('Eli Stone cannot claim it');
      await office.command('luis', 'triage', '/baton', 'away until 2026-11-20 @sam covers');
      const away = await office.submit('ana', form, { person: String(await idOf('luis')) });
      expect(away?.errors?.person).toContain('Sam Okafor stands in');
    });

    it('opens the account, and tells why: rule, version, facts with their numbers, and why this person', async () => {
      await alarm('high', 'interruptive');
      expect(JSON.stringify((await more('sam', 'account'))?.open)).toContain('Acme');
      const why = JSON.stringify((await more('sam', 'why'))?.open);
      expect(why).toContain('X-loud loud');
      expect(why).toContain('Read: count 2');
      expect(why).toContain('version 1.1');
      expect(why).toContain('Ana Lopez looks after Acme, so it called Ana Lopez');
    });

    it('answers a customer with nothing, and changes nothing', async () => {
      await alarm();
      for (const action of ['alert.claim', 'alert.not_needed', 'alert.more', 'alert.note'])
        expect(await office.press('joe', action, action === 'alert.more' ? 'why:1' : '1')).toBeUndefined();
      expect(await alert()).toMatchObject({ state: 'open' });
    });
  });
});
