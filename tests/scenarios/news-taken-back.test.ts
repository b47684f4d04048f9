import { afterEach, beforeEach, expect, it } from 'vitest';
import { fixById } from '../../src/fixes/store/fixes.js';
import { declineFix, markBrokeAgain, progressFix } from '../../src/fixes/store/state.js';
import type { Store, Tx } from '../../src/store/transact.js';
import { DAY_MS } from '../../src/time/index.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';
import { eventsOf, rowsOf } from '../support/rows.js';

type Act = (tx: Tx, fix: NonNullable<Awaited<ReturnType<typeof fixById>>>) => Promise<unknown>;

const ADDRESS = 'https://github.com/acme/app/issues/12';

onEveryDatabase('news that turn out to be none', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
    await office.command('priya', 'acme-internal', '/issue', 'log Jane’s payroll export drops rows');
    await office.command('priya', 'globex-internal', '/issue', 'log Stock export is short');
    for (const number of [1, 2])
      await office.command('sam', 'triage', '/issue', `link B-${number} ${ADDRESS}`);
  });
  afterEach(() => store.close());

  const followups = () => rowsOf(store, 'followups');
  const dms = (name: string) => office.slack.posts(`DU${name.toUpperCase()}`);
  const baton = (who: string, text: string) => office.command(who, 'triage', '/baton', text);
  const withFix = (id: number, act: Act) =>
    store.transact([], async (tx) => {
      const fix = await fixById(tx, id);
      if (fix) await act(tx, fix);
    });
  const change = () => ({ by: null, now: office.now(), source: 'github' });

  it('each account is told in the words of its own issue, never in those of another that waits for the same fix', async () => {
    await baton('eli', 'fix live B-1');
    await office.settle();
    const draft = JSON.stringify((await office.press('sam', 'followup.draft', '2'))?.open);
    expect(draft).toContain('Stock export is short');
    expect(draft).not.toContain('payroll');
    const toGlobex = dms('sam').filter((one) => one.text.includes('*Globex*'));
    expect(toGlobex).toHaveLength(1);
    expect(JSON.stringify(toGlobex)).toContain('Stock export is short');
    expect(JSON.stringify(toGlobex)).not.toContain('payroll');
    const account = JSON.stringify(await office.command('ana', 'triage', '/account', 'globex'));
    expect(account).toContain('Sam Okafor: tell them \\"Stock export is short\\" is fixed');
    expect(account).not.toContain('payroll');
    await office.press('sam', 'followup.told', '2');
    await office.travel(DAY_MS);
    const morning = JSON.stringify(office.slack.posts('DUANA'));
    expect(morning).not.toContain('Globex knows that \\"Jane');
  });

  it('it came back before they heard: the call that is owed besides stays, its claimed alert with it', async () => {
    await baton('ana', 'followup B-1: call Joe about it');
    await baton('eli', 'fix live B-1');
    await office.settle();
    expect(await followups()).toMatchObject([{ kind: 'tell_fix' }, { kind: 'tell_fix' }]);
    await office.command('sam', 'triage', '/issue', 'reopen B-1');
    await office.settle();
    expect(await followups()).toMatchObject([
      { kind: 'restore', state: 'open' },
      { kind: 'tell_fix', state: 'open' },
    ]);
    expect(dms('ana')[0]?.text).toContain('Follow up with *Acme*');
    expect(JSON.stringify(dms('ana')[0]?.blocks)).toContain('call Joe about it');
    // Mended after all, the news joins it again: one message still.
    await baton('eli', 'fix live B-1 for acme');
    await office.command('sam', 'triage', '/issue', 'resolve B-1');
    expect(await followups()).toHaveLength(2);
    expect(dms('ana')).toHaveLength(1);
  });

  it('declined, and then worked on again: nobody is to be told that it will not come', async () => {
    await baton('sam', 'fix decline B-1 too few want it');
    await office.settle();
    expect(await followups()).toMatchObject([{ kind: 'tell_declined' }, { kind: 'tell_declined' }]);
    await office.press('sam', 'followup.told', '1');
    await withFix(1, (tx, fix) => progressFix(tx, fix, 'plan', change()));
    await office.settle();
    expect(await followups()).toMatchObject([
      { state: 'told' },
      { state: 'not_needed', endedBy: null, reason: 'It is worked on again' },
    ]);
    const list = JSON.stringify((await baton('lea', 'fix B-1'))?.say);
    for (const waits of ['Acme: waits', 'Globex: waits']) expect(list).toContain(waits);
    await office.travel(6 * DAY_MS);
    expect(await eventsOf(store, 'followup.nudged')).toEqual([]);
    // Whoever was told of the refusal hears of the fix, like whoever was not.
    await baton('eli', 'fix live B-1');
    await office.settle();
    expect((await followups()).slice(2).map((one) => one.kind)).toEqual(['tell_fix', 'tell_fix']);
  });

  it('linked to what was declined already, an account is owed that word, too', async () => {
    await baton('sam', 'fix decline B-1 too few want it');
    await office.command('priya', 'initech-internal', '/issue', 'log Export misses invoices');
    const said = await office.command('sam', 'triage', '/issue', `link B-3 ${ADDRESS}`);
    expect(said?.say?.text).toContain('(declined)');
    expect((await followups())[2]).toMatchObject({ kind: 'tell_declined', state: 'open' });
  });

  it('what an incident hit without an issue is not told of a fix that broke again, and is told of its refusal', async () => {
    await baton('sam', 'incident Login is down');
    await baton('sam', 'incident add initech');
    await baton('sam', 'incident end');
    await office.settle();
    const [owed] = (await followups()).filter((one) => one.state === 'open');
    expect(owed).toMatchObject({ kind: 'tell_fix' });
    const act = (does: Act) => withFix(owed?.fixId ?? 0, does);
    await act((tx, fix) => markBrokeAgain(tx, fix, change()));
    await office.settle();
    expect((await followups())[0]).toMatchObject({
      state: 'not_needed',
      reason: 'It broke again before they heard',
    });
    await act((tx, fix) => declineFix(tx, fix, 'we move to another provider', change()));
    expect((await followups())[1]).toMatchObject({ kind: 'tell_declined', accountId: owed?.accountId });
  });
});
