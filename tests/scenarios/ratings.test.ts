import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Store } from '../../src/store/transact.js';
import { HOUR_MS } from '../../src/time/index.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';
import { eventsOf, rowsOf } from '../support/rows.js';

onEveryDatabase('ratings of our help', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
    const ts = await office.writes('acme', 'joe', 'The export drops rows');
    await office.reacts('acme', ts, 'sam', 'ticket');
    await office.command('sam', 'triage', '/issue', 'resolve B-1');
  });
  afterEach(() => store.close());

  const rate = async (text: string, user = 'sam') =>
    (await office.command(user, 'triage', '/issue', `rate ${text}`))?.say?.text;

  it('a bad one fires S08, shows on the card of the account, and is owed a word by the CSM', async () => {
    expect(await rate('B-1 bad "still crashes"')).toContain('rated our help with *B-1* 1 of 5');
    await office.travel(HOUR_MS);
    expect(await eventsOf(store, 'rating.received')).toMatchObject([
      { actor: 'USAM', data: { value: 1, words: 'still crashes' } },
    ]);
    expect((await rowsOf(store, 'signals')).filter((row) => row.rule === 'S08')).toMatchObject([
      { state: 'firing' },
    ]);
    expect(JSON.stringify(office.slack.posts('CSUPPORTSUCCESS'))).toContain('rated B-1 1 of 5');
    const [followup] = await rowsOf(store, 'followups');
    const ana = (await rowsOf(store, 'people')).find((row) => row.slackId === 'UANA');
    expect(followup).toMatchObject({ kind: 'restore', state: 'open', ownerId: ana?.id, severity: 'high' });
    expect(JSON.stringify(office.slack.posts('DUANA'))).toContain('They rated our help badly');
    const card = (await office.command('ana', 'triage', '/account', 'acme'))?.say;
    expect(JSON.stringify(card)).toContain('1 rating in 90 days, 1 bad · last: 1 of 5 for B-1');
  });

  it('a second bad one of the same issue is a line on what is owed, not another message', async () => {
    await rate('B-1 bad');
    await rate('B-1 2 and again');
    await office.travel(HOUR_MS);
    expect(await rowsOf(store, 'followups')).toHaveLength(1);
    expect(office.slack.posts('DUANA')).toHaveLength(1);
  });

  it('a good one is noted, and nobody owes anything', async () => {
    expect(await rate('B-1 good')).toBe('Noted: Acme rated our help with *B-1* 5 of 5.');
    await office.travel(HOUR_MS);
    expect((await rowsOf(store, 'signals')).filter((row) => row.rule === 'S08')).toEqual([]);
    expect(await rowsOf(store, 'followups')).toEqual([]);
  });

  it('says what a rating is, and to whom it does not listen', async () => {
    expect(await rate('B-1 meh')).toContain('meh is no rating');
    expect(await rate('B-1')).toContain('How did they rate it?');
    expect(await rate('B-99 bad')).toContain('B-99');
    expect(await rate('B-1 bad', 'eli')).not.toContain('Noted');
    expect(await eventsOf(store, 'rating.received')).toEqual([]);
  });
});
