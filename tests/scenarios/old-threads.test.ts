import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Store } from '../../src/store/transact.js';
import { DAY_MS, HOUR_MS } from '../../src/time/index.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';
import { rowsOf } from '../support/rows.js';

onEveryDatabase('a thread that goes on after its issue is past', (database) => {
  let store: Store;
  let office: Office;
  let thread: string;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
    thread = await office.writes('acme', 'joe', 'The export misses rows');
    await office.reacts('acme', thread, 'sam', 'ticket');
    await office.command('sam', 'triage', '/issue', 'resolve B-1');
  });
  afterEach(() => store.close());

  const states = async () =>
    (await rowsOf(store, 'issues')).map((issue) => `B-${issue.number} ${issue.state}`);
  const lines = () => office.slack.posts('CTRIAGE').filter((post) => post.text.startsWith('Acme waits'));

  it('is a new matter there after thirty days: it is offered, logged as another issue, and answered for', async () => {
    await office.travel(31 * DAY_MS);
    const ts = await office.writes('acme', 'joe', 'It misses rows again since this morning', {
      threadTs: thread,
    });
    await office.travel(HOUR_MS);
    expect(lines()).toHaveLength(1);
    await office.reacts('acme', ts, 'sam', 'ticket');
    expect(await states()).toEqual(['B-1 resolved', 'B-2 new']);
    await office.command('sam', 'triage', '/issue', 'resolve B-2');
    await office.travel(DAY_MS);
    await office.writes('acme', 'joe', 'Rows are still missing in the file', { threadTs: thread });
    expect(await states()).toEqual(['B-1 resolved', 'B-2 new']);
  });

  it('what follows there joins the new matter, not the old one', async () => {
    await office.travel(31 * DAY_MS);
    await office.writes('acme', 'joe', 'It misses rows again since this morning', { threadTs: thread });
    await office.writes('acme', 'jill', 'For me as well, and the totals differ', { threadTs: thread });
    const contacts = await rowsOf(store, 'contacts');
    expect(contacts.map((contact) => [contact.messages, contact.issueId === null])).toEqual([
      [1, false],
      [2, true],
    ]);
  });

  it('thanks after that long are nothing', async () => {
    await office.travel(31 * DAY_MS);
    await office.writes('acme', 'joe', 'Thanks a lot!', { threadTs: thread });
    await office.travel(HOUR_MS);
    expect(lines()).toEqual([]);
    expect(await rowsOf(store, 'contacts')).toHaveLength(1);
  });

  it('within the thirty days it is the same matter, open again', async () => {
    await office.travel(29 * DAY_MS);
    await office.writes('acme', 'joe', 'It misses rows again since this morning', { threadTs: thread });
    expect(await states()).toEqual(['B-1 new']);
    expect(await rowsOf(store, 'contacts')).toHaveLength(1);
  });
});
