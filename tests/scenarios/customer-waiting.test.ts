import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Store } from '../../src/store/transact.js';
import { HOUR_MS } from '../../src/time/index.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';
import { eventsOf, rowsOf } from '../support/rows.js';

onEveryDatabase('a customer who has the last word', (database) => {
  let store: Store;
  let office: Office;
  let ts: string;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
    ts = await office.writes('acme', 'joe', 'When is the export right again?');
    await office.reacts('acme', ts, 'sam', 'ticket');
  });
  afterEach(() => store.close());

  const waiting = async () =>
    (await rowsOf(store, 'signals')).filter((row) => row.rule === 'S20').map((row) => row.state);

  it('still waits when it was only logged; our reaction on what was logged is an answer, counted once', async () => {
    await office.travel(25 * HOUR_MS);
    expect(await waiting()).toEqual(['firing']);
    await office.reacts('acme', ts, 'joe', 'wave');
    await office.settle();
    expect(await waiting()).toEqual(['firing']);
    await office.reacts('acme', ts, 'sam', 'thumbsup');
    await office.reacts('acme', ts, 'sam', 'thumbsup');
    await office.settle();
    expect(await waiting()).toEqual(['cleared']);
    expect(await eventsOf(store, 'contact.seen')).toHaveLength(1);
  });

  it('*No reply needed* ends it, keeps the issue, and their next word counts again', async () => {
    await office.travel(25 * HOUR_MS);
    const on = { channel: 'acme', ts, author: 'joe', text: 'When is the export right again?' };
    const answer = await office.shortcut('ana', 'contact.no_reply', on);
    expect(answer?.say?.text).toContain('Acme waits for no answer to this');
    await office.settle();
    expect(await waiting()).toEqual(['cleared']);
    expect(await rowsOf(store, 'contacts')).toMatchObject([{ settled: 'logged', issueId: 1 }]);
    expect(await eventsOf(store, 'contact.dismissed')).toMatchObject([{ actor: 'UANA', source: 'shortcut' }]);
    await office.travel(5 * 24 * HOUR_MS);
    await office.writes('acme', 'joe', 'And what about the import?', { threadTs: ts });
    await office.travel(30 * HOUR_MS);
    expect(await waiting()).toEqual(['cleared', 'firing']);
  });

  it('is answered in the thread of each word that it wrote below, and waits where that was not answered', async () => {
    await office.writes('acme', 'sam', 'On it', { threadTs: ts });
    await office.travel(HOUR_MS);
    const below = await office.writes('acme', 'joe', 'How do we set up the import?');
    const third = await office.writes('acme', 'joe', 'Can you send us the new template as well?');
    expect(await rowsOf(store, 'contacts')).toHaveLength(1);
    await office.travel(HOUR_MS);
    await office.writes('acme', 'sam', 'Like this', { threadTs: below });
    await office.travel(26 * HOUR_MS);
    expect(await waiting()).toEqual(['firing']);
    expect((await rowsOf(store, 'signals')).find((row) => row.rule === 'S20')?.evidence.ts).toBe(third);
    await office.writes('acme', 'sam', 'Here it is', { threadTs: third });
    await office.settle();
    expect(await waiting()).toEqual(['cleared']);
  });

  it('is answered below what it asked soon after our answer, logged or not', async () => {
    const asked = await office.writes('globex', 'gus', 'Where do we find the settings?');
    await office.travel(HOUR_MS / 4);
    await office.writes('globex', 'sam', 'In your profile', { threadTs: asked });
    await office.travel(HOUR_MS);
    await office.writes('globex', 'gus', 'And how do we set up the app?');
    await office.travel(HOUR_MS / 2);
    await office.writes('globex', 'sam', 'As you set up the last one');
    await office.travel(26 * HOUR_MS);
    const theirs = (await rowsOf(store, 'signals')).filter((row) => row.accountId === 2);
    expect(theirs).toEqual([]);
  });

  it('an alert that says nothing else offers it, and ends with it', async () => {
    await office.travel(26 * HOUR_MS);
    const card = JSON.stringify(office.slack.posts('CSUPPORTSUCCESS'));
    expect(card).toContain('No reply needed');
    expect(card).not.toContain('Not needed');
    const [alert] = await rowsOf(store, 'alerts');
    const answer = await office.press('ana', 'alert.no_reply', String(alert?.id), 'support-success');
    expect(answer?.say?.text).toContain('Acme waits for no answer to this');
    await office.settle();
    expect(await waiting()).toEqual(['cleared']);
    expect(await rowsOf(store, 'alerts')).toMatchObject([{ state: 'ended', endReason: 'quiet again' }]);
    expect((await office.press('ana', 'alert.no_reply', String(alert?.id)))?.say?.text).toContain('is over');
  });

  it('*No reply needed* is for what a customer wrote, and for our people', async () => {
    const ours = await office.writes('acme', 'sam', 'Looking');
    const on = { channel: 'acme', ts: ours, author: 'sam', text: 'Looking' };
    expect((await office.shortcut('ana', 'contact.no_reply', on))?.say?.text).toContain('nobody waits there');
    const theirs = { channel: 'acme', ts, author: 'joe', text: 'When' };
    expect((await office.shortcut('eli', 'contact.no_reply', theirs))?.say?.text).not.toContain('Noted');
    expect(await office.shortcut('joe', 'contact.no_reply', theirs)).toBeUndefined();
    expect(await eventsOf(store, 'contact.dismissed')).toEqual([]);
  });
});
