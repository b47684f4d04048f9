import { afterEach, beforeEach, expect, it } from 'vitest';
import { accountsOfFix, waitingAccounts } from '../../src/fixes/store/accounts.js';
import { fixById } from '../../src/fixes/store/fixes.js';
import {
  declineFix,
  type FixOutcome,
  markBrokeAgain,
  markLive,
  progressFix,
  sayStillBroken,
} from '../../src/fixes/store/state.js';
import { changeSetting } from '../../src/settings/store.js';
import type { Store, Tx } from '../../src/store/transact.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';
import { eventsOf, rowsOf } from '../support/rows.js';

const ADDRESS = 'https://github.com/acme/app/issues/12';
const ACCOUNTS = ['acme', 'globex', 'initech'] as const;

onEveryDatabase('fixes', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
    for (const [i, account] of ACCOUNTS.entries()) {
      await office.command('priya', `${account}-internal`, '/issue', 'log Export drops rows');
      await office.command('priya', 'triage', '/issue', `link B-${i + 1} ${ADDRESS}`);
    }
  });
  afterEach(() => store.close());

  const idOf = async (slug: string) =>
    (await rowsOf(store, 'accounts')).find((account) => account.slug === slug)?.id ?? 0;
  const change = () => ({ by: null, now: office.now(), source: 'test' });
  const withFix = <T extends FixOutcome>(
    act: (tx: Tx, fix: NonNullable<Awaited<ReturnType<typeof fixById>>>) => Promise<T>,
  ) =>
    store.transact(['fix:1'], async (tx) => {
      const fix = await fixById(tx, 1);
      if (!fix) throw new Error('no fix');
      return act(tx, fix);
    });
  const live = (who: readonly number[] | 'all') => withFix((tx, fix) => markLive(tx, fix, who, change()));
  const broken = (accountId: number) => withFix((tx, fix) => sayStillBroken(tx, fix, accountId, change()));
  const states = async () => (await rowsOf(store, 'issues')).map((issue) => issue.state);
  const stateOf = async () => (await rowsOf(store, 'fixes'))[0]?.state;
  const owed = async () =>
    (await rowsOf(store, 'followups')).filter((one) => one.state === 'open').map((one) => one.accountId);
  const waiting = async () =>
    (await store.read((tx) => waitingAccounts(tx, 1))).map((account) => account.accountId);

  it('one fix is waited for by many issues and accounts', async () => {
    expect(await rowsOf(store, 'fixes')).toHaveLength(1);
    expect(await store.read((tx) => accountsOfFix(tx, 1))).toMatchObject([
      { accountId: await idOf('acme'), issueIds: [1], liveAt: null, brokenAt: null },
      { accountId: await idOf('globex'), issueIds: [2] },
      { accountId: await idOf('initech'), issueIds: [3] },
    ]);
  });

  it('what happens in the tracker is shown, and owes nobody a word', async () => {
    for (const verb of ['start', 'merge', 'plan', 'merge'] as const)
      expect(await withFix((tx, fix) => progressFix(tx, fix, verb, change()))).toEqual({ done: true });
    expect(await withFix((tx, fix) => progressFix(tx, fix, 'merge', change()))).toMatchObject({
      done: false,
    });
    expect(await stateOf()).toBe('merged');
    expect(await rowsOf(store, 'followups')).toEqual([]);
    expect(await states()).toEqual(['new', 'new', 'new']);
    expect(
      (await eventsOf(store, 'fix.planned', 'fix.started', 'fix.merged')).map((row) => row.kind),
    ).toEqual(['fix.started', 'fix.merged', 'fix.planned', 'fix.merged']);
  });

  it('live for some owes those a word; for all, the others, once each', async () => {
    const [acme, globex, initech] = await Promise.all(ACCOUNTS.map(idOf));
    await live([globex ?? 0]);
    expect(await states()).toEqual(['new', 'resolved', 'new']);
    expect(await owed()).toEqual([globex]);
    expect(await waiting()).toEqual([acme, initech]);
    expect(await live([globex ?? 0])).toMatchObject({ done: false });
    await live('all');
    expect(await states()).toEqual(['resolved', 'resolved', 'resolved']);
    expect((await owed()).sort()).toEqual([acme, globex, initech].sort());
    expect(await waiting()).toEqual([]);
    expect((await eventsOf(store, 'fix.live')).map((row) => row.data)).toMatchObject([
      { accountIds: [globex], news: [globex] },
      { accountIds: 'all', news: [acme, initech] },
    ]);
  });

  it('live for some, ticked in a form from the card or the command: only those are owed a word', async () => {
    const form = await office.press('eli', 'fix.more', 'some:1');
    const offered = JSON.stringify(form?.open);
    for (const name of ['Acme', 'Globex', 'Initech']) expect(offered).toContain(name);
    expect((await office.submit('eli', form, { accounts: null }))?.errors?.accounts).toContain(
      'at least one',
    );
    const said = await office.submit('eli', form, {
      accounts: `${await idOf('acme')},${await idOf('initech')}`,
    });
    expect(said?.say?.text).toContain('is live for Acme, Initech');
    expect(await owed()).toEqual([await idOf('acme'), await idOf('initech')]);
    expect(await waiting()).toEqual([await idOf('globex')]);
    const again = await office.command('eli', 'triage', '/baton', 'fix live B-2 for some');
    expect(JSON.stringify(again?.open)).toContain('Globex');
    expect(JSON.stringify(again?.open)).not.toContain('Initech');
    // Whoever was ticked twice, in two forms at once, is not told twice.
    expect(
      (await office.submit('eli', form, { accounts: String(await idOf('acme')) }))?.errors?.accounts,
    ).toContain('still waits');
    await office.submit('eli', again, { accounts: String(await idOf('globex')) });
    expect(await owed()).toHaveLength(3);
    expect(await rowsOf(store, 'fixes')).toMatchObject([{ isForAll: true }]);
    const nobody = await office.command('eli', 'triage', '/baton', 'fix live B-1 for some');
    expect(nobody?.say?.text).toContain('Nobody waits');
  });

  it('the card begins a new item in the repository of another, or where an admin said, and links nothing by that', async () => {
    const ts = await office.writes('acme', 'joe', 'Every chart is empty');
    await office.reacts('acme', ts, 'sam', 'ticket');
    const form = JSON.stringify((await office.press('sam', 'issue.more', 'link:4'))?.open);
    expect(form).toContain('New in GitHub: acme/app');
    expect(form).toContain('https://github.com/acme/app/issues/new?title=Every+chart+is+empty');
    expect(form).toContain(encodeURIComponent('Baton: B-4').replace('%20', '+'));
    const team = 'https://linear.app/acme/team/OPS';
    await store.transact(['company'], (tx) =>
      changeSetting(tx, 'newItems', [team], { who: 'ULEA', at: office.now() }),
    );
    const again = JSON.stringify((await office.press('sam', 'issue.more', 'link:4'))?.open);
    expect(again.indexOf('New in Linear: OPS')).toBeLessThan(again.indexOf('New in GitHub: acme/app'));
    expect(await rowsOf(store, 'fixes')).toHaveLength(1);
  });

  it('an address of no known tracker is linked to nothing, by the command and in the form, with what would be right', async () => {
    for (const typed of [
      'https://example.com/issues/1',
      'ENG-311',
      'https://u:p@github.com/acme/app/issues/1',
    ]) {
      const said = await office.command('sam', 'triage', '/issue', `link B-1 ${typed}`);
      expect(said?.say?.text).toContain('Nothing was linked to B-1. You wrote:');
      expect(said?.say?.text).toContain('https://github.com/acme/app/issues/12');
    }
    const form = await office.press('sam', 'issue.more', 'link:1');
    const refused = await office.submit('sam', form, { url: 'https://gitlab.com/acme/app/-/issues/1' });
    expect(refused?.errors?.url).toContain('no address Baton understands');
    expect(await rowsOf(store, 'fixes')).toHaveLength(1);
  });

  it('"still broken" from one account brings back its issues, and disturbs no other', async () => {
    await live('all');
    const acme = await idOf('acme');
    expect(await broken(acme)).toMatchObject({ done: true, said: 1, of: 3 });
    expect(await broken(acme)).toMatchObject({ done: false, said: 1, of: 3 });
    expect(await stateOf()).toBe('live');
    expect(await states()).toEqual(['new', 'resolved', 'resolved']);
    expect(await waiting()).toEqual([acme]);
    expect(await eventsOf(store, 'fix.still_broken')).toHaveLength(1);
    await live([acme]);
    expect(await states()).toEqual(['resolved', 'resolved', 'resolved']);
    expect(await waiting()).toEqual([]);
  });

  it('a second account that says so shows that it broke again; whoever was told and is content is left alone', async () => {
    await live('all');
    const [acme, globex, initech] = await Promise.all(ACCOUNTS.map(idOf));
    const told = (await rowsOf(store, 'followups')).find((one) => one.accountId === initech);
    await office.press('sam', 'followup.told', String(told?.id));
    await broken(acme ?? 0);
    await broken(globex ?? 0);
    expect(await stateOf()).toBe('broke_again');
    expect(await states()).toEqual(['new', 'new', 'resolved']);
    expect(await waiting()).toEqual([acme, globex]);
    expect(await eventsOf(store, 'fix.broke_again')).toHaveLength(1);
  });

  it('a person says that it broke again: whoever was not told yet waits again', async () => {
    await live('all');
    expect(await withFix((tx, fix) => markBrokeAgain(tx, fix, change()))).toEqual({ done: true });
    expect(await states()).toEqual(['new', 'new', 'new']);
    expect(await waiting()).toHaveLength(3);
    await live('all');
    expect(await states()).toEqual(['resolved', 'resolved', 'resolved']);
  });

  it('declined names every account that waited; what is live cannot be declined', async () => {
    const globex = await idOf('globex');
    await live([globex]);
    const decline = () => withFix((tx, fix) => declineFix(tx, fix, 'works as designed', change()));
    expect(await decline()).toMatchObject({ done: false, refused: expect.stringContaining('It is live') });
    await withFix((tx, fix) => markBrokeAgain(tx, fix, change()));
    expect(await decline()).toEqual({ done: true });
    const [event] = await eventsOf(store, 'fix.declined');
    expect(event?.data).toMatchObject({ reason: 'works as designed' });
    expect(event?.data.accountIds).toHaveLength(3);
  });

  it('an issue that is linked when it is live for all is live there, too', async () => {
    await live('all');
    await office.command('priya', 'acme-internal', '/issue', 'log Export drops columns');
    await office.command('priya', 'triage', '/issue', `link B-4 ${ADDRESS}`);
    expect((await states())[3]).toBe('resolved');
    expect(await waiting()).toEqual([]);
  });
});
