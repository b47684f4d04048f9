import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeVersion } from '../../src/settings/store.js';
import type { Store } from '../../src/store/transact.js';
import { DAY_MS, HOUR_MS } from '../../src/time/index.js';
import { companyText } from '../support/baton.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice, userId } from '../support/office.js';
import { eventsOf, rowsOf } from '../support/rows.js';

onEveryDatabase('what is owed to customers', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store, {
      company: companyText().replace('name: Sam Okafor, role: support', '$&, backup: priya'),
    });
  });
  afterEach(() => store.close());

  const people = () => rowsOf(store, 'people');
  const idOf = async (handle: string) => (await people()).find((one) => one.handle === handle)?.id;
  const followups = () => rowsOf(store, 'followups');
  const dms = (name: string) =>
    office.slack.posts(`DU${name.toUpperCase()}`).filter((one) => !/Your accounts/.test(one.text));
  /** Slack says that somebody was deactivated there, or is back. */
  async function deactivate(name: string, deleted = true): Promise<void> {
    const user = { id: userId(name), team_id: 'TOURS', name, real_name: name, deleted };
    await office.event('user_change', { user, channel: 'team' });
    await office.settle();
  }
  async function fixLive(): Promise<void> {
    await office.command('priya', 'acme-internal', '/issue', 'log Export drops rows');
    await office.command('eli', 'triage', '/baton', 'fix live B-1');
    await office.settle();
  }

  it('C9: a deactivated owner, to whom Slack would still take messages, is stood in for at once', async () => {
    await fixLive();
    expect(dms('sam')).toHaveLength(1);
    await deactivate('sam');
    expect(await followups()).toMatchObject([{ ownerId: await idOf('priya'), insteadWhy: 'backup' }]);
    expect(dms('priya')).toHaveLength(1);
    await office.travel(12 * DAY_MS);
    // Nothing more reached the account that nobody reads, neither the reminder nor anything else.
    expect(dms('sam')).toHaveLength(1);
    expect(dms('ana').length + dms('priya').length).toBeGreaterThan(2);
  });

  it('C9: nor is a reminder sent that waited for the morning when its owner was deactivated in the night', async () => {
    await fixLive();
    await office.travel(10 * HOUR_MS);
    await office.press('lea', 'fix.remind', '1');
    await office.settle();
    expect(dms('sam')).toHaveLength(1);
    await deactivate('sam');
    await office.travel(DAY_MS);
    expect(dms('sam')).toHaveLength(1);
    expect(dms('priya')).toHaveLength(1);
  });

  it('C9: with nobody to cover, the lead has it; who is back in Slack is back, and new news are theirs', async () => {
    await deactivate('priya');
    await deactivate('sam');
    await office.command('lea', 'acme-internal', '/issue', 'log Export drops rows');
    await office.command('eli', 'triage', '/baton', 'fix live B-1');
    await office.settle();
    expect(await followups()).toMatchObject([{ ownerId: await idOf('lea'), insteadWhy: 'lead' }]);
    expect(dms('sam')).toEqual([]);
    await deactivate('sam', false);
    expect((await people()).find((one) => one.handle === 'sam')).toMatchObject({ isActive: true });
    await office.command('lea', 'globex-internal', '/issue', 'log Login loops');
    await office.command('eli', 'triage', '/baton', 'fix live B-2');
    await office.settle();
    expect((await followups())[1]).toMatchObject({ ownerId: await idOf('sam') });
  });

  it('G3: a rule that is switched off or changed under a claimed alert leaves its follow-up as it began', async () => {
    for (const [n, word] of ['export', 'login', 'chart', 'invoice', 'import', 'search'].entries()) {
      await office.writes('acme', n % 2 === 0 ? 'joe' : 'jill', `The ${word} does not work`);
      await office.travel(1.1 * HOUR_MS);
    }
    await office.travel(DAY_MS);
    await office.press('ana', 'alert.claim', '1');
    await office.settle();
    const [owed] = await followups();
    expect(owed).toMatchObject({ state: 'open', alertId: 1 });
    const by = { who: 'ULEA', at: office.now(), why: 'too loud' };
    for (const rule of ['S01', 'S05'])
      await store.transact(['company'], (tx) =>
        writeVersion(tx, 'rules', rule, { mode: 'off', numbers: { fire: 90, clear: 80 } }, by),
      );
    await office.travel(5 * DAY_MS);
    expect(await followups()).toMatchObject([{ state: 'open', dueAt: owed?.dueAt, ownerId: owed?.ownerId }]);
    expect(await eventsOf(store, 'followup.nudged')).toHaveLength(1);
    await office.press('ana', 'followup.told', '1');
    await office.settle();
    expect(await rowsOf(store, 'alerts')).toMatchObject([{ state: 'ended' }]);
  });
});
