import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Store } from '../../src/store/transact.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';
import { eventsOf, rowsOf } from '../support/rows.js';

const ADDRESS = 'https://github.com/acme/app/issues/12';

onEveryDatabase('/baton fix', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
    await office.command('priya', 'acme-internal', '/issue', 'log Export drops rows');
    await office.command('priya', 'globex-internal', '/issue', 'log Stock export is short');
    await office.command('priya', 'initech-internal', '/issue', 'log Logins loop');
    for (const number of [1, 2])
      await office.command('sam', 'triage', '/issue', `link B-${number} ${ADDRESS}`);
  });
  afterEach(() => store.close());

  const fix = (who: string, text: string) => office.command(who, 'triage', '/baton', `fix ${text}`.trim());
  const said = async (who: string, text: string) => JSON.stringify((await fix(who, text))?.say ?? null);
  const state = async () => (await rowsOf(store, 'fixes'))[0]?.state;

  it('lists what is waited for, and shows one by its issue, its name or its address to whoever may see it', async () => {
    const list = await said('eli', '');
    for (const part of ['*B-1, B-2*', 'app#12', 'Acme: waits', 'Globex: waits']) expect(list).toContain(part);
    expect(list).not.toContain('B-3');
    const shown = await said('eli', 'B-2');
    expect(shown).toContain('Mends B-1, B-2');
    for (const typed of ['b-2', '#2', '2', 'app#12', 'APP#12', 'acme/app#12', ADDRESS, `<${ADDRESS}|#12>`])
      expect(await said('eli', typed), typed).toBe(shown);
    expect(await said('eli', 'B-3')).toContain('No fix is linked to B-3 yet');
  });

  it('one name in two places is asked which; what is nobody’s name says what can be written', async () => {
    const other = 'https://github.com/other/app/issues/12';
    await office.command('sam', 'triage', '/issue', `link B-3 ${other}`);
    const both = await said('eli', 'app#12');
    for (const address of [ADDRESS, other]) expect(both).toContain(address);
    expect(await said('eli', 'live app#12')).toContain('Several fixes are called app#12');
    for (const typed of ['B-99', 'ENG-311', 'live B-99', 'https://github.com/acme/app/issues/13'])
      expect(await said('eli', typed), typed).toContain('There is no fix');
    expect(await said('eli', 'foo')).toContain('does not know `/baton fix foo`');
    for (const verb of ['live', 'decline', 'broke again'])
      expect(await said('sam', verb), verb).toContain('Which fix?');
    expect(await eventsOf(store, 'fix.live', 'fix.declined')).toEqual([]);
  });

  it('live: for all, or for those that are named; said again it changes nothing', async () => {
    expect(await said('eli', 'live B-1 for Initech')).toContain('No account called Initech waits');
    expect(await said('eli', 'live B-1 for acme')).toContain('live for Acme');
    expect((await rowsOf(store, 'followups')).map((one) => one.kind)).toEqual(['tell_fix']);
    expect(await said('eli', 'app#12 live')).toContain('Sam Okafor tells Globex');
    expect(await said('eli', 'live B-2')).toContain('nothing changed');
    expect(await rowsOf(store, 'followups')).toHaveLength(2);
  });

  it('decline: wants a reason, in its form where none was typed; an engineer may not', async () => {
    expect(await said('eli', 'decline B-1 works as designed')).toContain('Your role in Baton does not say');
    const form = await fix('sam', 'decline app#12');
    expect((await office.submit('sam', form, { reason: ' ' }))?.errors?.reason).toContain('Say why');
    expect(await state()).toBe('planned');
    const done = await office.submit('sam', form, { reason: 'works as designed' });
    expect(done?.say?.text).toContain('2 accounts are owed a word');
    expect(await state()).toBe('declined');
    expect(await said('sam', 'decline app#12')).toContain('stands so already');
    expect((await rowsOf(store, 'fixes'))[0]?.reason).toBe('works as designed');
    // Listed until both have heard, and not for ever.
    for (const id of ['1', '2']) {
      expect(await said('eli', '')).toContain('app#12');
      await office.press('sam', 'followup.told', id);
    }
    expect(await said('eli', '')).toContain('Nobody waits for a fix');
    // Without a fix there is nothing that a form could be about.
    expect(await said('sam', 'decline B-3')).toContain('/baton fix decline B-3 too few want it');
    expect(await rowsOf(store, 'fixes')).toHaveLength(1);
    expect(await said('sam', 'decline B-3 we do not do logins')).toContain('1 account is owed a word');
  });

  it('broke again: only what is live; those who were not told wait again', async () => {
    expect(await said('sam', 'broke again B-1')).toContain('not live yet');
    await fix('eli', 'live B-1');
    expect(await said('eli', 'broke again B-1')).toContain('Your role');
    expect(await said('sam', 'decline B-1 why')).toContain('say that it broke again');
    expect(await said('sam', 'app#12 broke again')).toContain('app#12 broke again');
    expect(await state()).toBe('broke_again');
    expect((await rowsOf(store, 'followups')).map((one) => one.state)).toEqual(['not_needed', 'not_needed']);
    expect(await said('eli', '')).toContain('Acme: waits');
    // Live for everybody and told, it is off the list; one that it does not help brings it back.
    await fix('eli', 'live B-1');
    for (const id of ['3', '4']) await office.press('sam', 'followup.told', id);
    expect(await said('eli', '')).toContain('Nobody waits for a fix');
    await office.press('sam', 'followup.outcome:still_broken', '3');
    expect(await said('eli', '')).toContain('1 of 2 says still broken');
  });

  it('two accounts that become one wait no more for what one of them was told; what is put away is owed nothing', async () => {
    await fix('eli', 'live B-1');
    for (const id of ['1', '2']) await office.press('sam', 'followup.told', id);
    await office.command('lea', 'triage', '/account', 'merge acme into initech');
    expect(await said('eli', 'B-1')).toContain('Initech: told by Sam Okafor');
    expect(await said('eli', '')).toContain('Nobody waits for a fix');
    await office.command('sam', 'triage', '/issue', 'link B-3 https://linear.app/acme/issue/ENG-1');
    await fix('eli', 'live B-3');
    await office.settle();
    expect(await rowsOf(store, 'followups')).toMatchObject([{}, {}, { state: 'open' }]);
    await office.command('lea', 'triage', '/account', 'archive initech');
    await office.settle();
    expect((await rowsOf(store, 'followups'))[2]).toMatchObject({
      ...{ state: 'not_needed', reason: 'Initech was put away' },
    });
    await office.command('priya', 'globex-internal', '/issue', 'log Charts are empty');
    await office.command('lea', 'triage', '/account', 'archive globex');
    await fix('eli', 'live B-4');
    expect(await rowsOf(store, 'followups')).toHaveLength(3);
  });

  it('when: chooses what is live, per tracker, and says what can be chosen', async () => {
    expect(await said('sam', 'when github deployment')).toContain('successful production deployment');
    expect(await said('sam', 'when github deployment')).toContain('as before');
    expect(await said('sam', 'when jira version')).toContain('when its version is released');
    expect(await said('sam', 'when')).toContain('trackers are github, linear and jira');
    for (const typed of ['when github', 'when github version', 'when gitlab release'])
      expect(await said('sam', typed), typed).toContain('is no such choice');
    expect(await said('eli', 'when github release')).toContain('Your role');
  });
});
