import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Store } from '../../src/store/transact.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/time/index.js';
import { onEveryDatabase } from '../support/databases.js';
import { Office, openOffice } from '../support/office.js';
import { eventsOf, rowsOf } from '../support/rows.js';

onEveryDatabase('a pause', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
  });
  afterEach(() => store.close());

  const baton = async (user: string, text: string) =>
    (await office.command(user, 'triage', '/baton', text))?.say?.text;
  const team = () => office.slack.posts('CSUPPORTSUCCESS').map((post) => post.text);
  const posted = () => office.slack.posts().filter((post) => post.channel !== 'CSUPPORTSUCCESS').length;

  it('says who and until when, holds everything but answers and edits, and says at its end what was held', async () => {
    const ts = await office.writes('acme', 'joe', 'The export drops rows');
    await office.reacts('acme', ts, 'sam', 'ticket');
    await office.settle();
    const before = posted();
    expect(await baton('lea', 'pause 2h')).toContain('You paused Baton until *Tue 11:00*');
    await office.writes('globex', 'gus', 'Nobody can log in, can you look?');
    await office.command('sam', 'triage', '/issue', 'take B-1');
    await office.command('ana', 'triage', '/baton', 'followup acme: call Joe');
    await office.travel(HOUR_MS);
    expect(posted()).toBe(before);
    expect(team()).toEqual([expect.stringContaining('Lea Novak paused Baton until *Tue 11:00*')]);
    // What stands is still drawn as it is, and whoever asks is answered.
    expect(JSON.stringify(office.slack.posts('CTRIAGE')[0])).toContain('Sam Okafor has it');
    expect((await office.command('sam', 'triage', '/issue', 'show B-1'))?.say?.text).toContain('B-1');
    expect(await eventsOf(store, 'contact.waited')).not.toEqual([]);
    await office.travel(HOUR_MS + 2 * MINUTE_MS);
    expect(team().at(-1)).toBe(
      "Baton's pause is over. Held meanwhile, and coming now as it stands: 1 follow-up, 1 line of customers who wait, 1 line of late answers.",
    );
    expect(posted()).toBe(before + 3);
    expect((await rowsOf(store, 'outbox')).filter((row) => row.state === 'quiet')).toEqual([]);
  });

  it('holds over a restart, a second one moves its end, and `resume` ends it before its time', async () => {
    await baton('lea', 'pause 2h');
    expect(await baton('lea', 'pause until 17:00')).toContain('moved the end');
    expect(await baton('lea', 'pause')).toContain('paused until *Tue 17:00*');
    const { clock, slack } = office;
    office = new Office({ store, clock, slack });
    await office.command('ana', 'triage', '/baton', 'followup acme: call Joe');
    await office.travel(3 * HOUR_MS);
    expect(office.slack.posts('DUANA')).toEqual([]);
    expect(await office.opensHome('ana')).toContain('Baton is paused until');
    expect(await baton('lea', 'resume')).toContain('You ended Baton');
    await office.settle();
    expect(team().at(-1)).toContain('Lea Novak ended Baton’s pause.'.replace('’', "'"));
    expect(office.slack.posts('DUANA')).toHaveLength(1);
    expect(await baton('lea', 'resume')).toBe('Baton is not paused.');
    await office.travel(DAY_MS);
    expect(team().filter((text) => text.includes('pause is over'))).toEqual([]);
  });

  it('is for leads and admins, and a length that is none gets what would be right', async () => {
    expect(await baton('sam', 'pause 2h')).not.toContain('paused');
    expect(await baton('lea', 'pause 8d')).toContain('seven days at most. Nothing was changed.');
    expect(await baton('lea', 'pause')).toContain('Say for how long.');
    expect((await rowsOf(store, 'settings')).filter((row) => row.key === 'pause')).toEqual([]);
  });
});
