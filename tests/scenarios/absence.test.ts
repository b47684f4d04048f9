import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askBadge } from '../../src/people/badges.js';
import { workingHours } from '../../src/people/rules.js';
import { personBySlackId, standIn } from '../../src/people/store.js';
import type { Store } from '../../src/store/transact.js';
import { DAY_MS, isWorking } from '../../src/time/index.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';
import { eventsOf } from '../support/rows.js';

onEveryDatabase('absence', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
  });
  afterEach(() => store.close());

  const baton = async (text: string, user = 'sam') =>
    (await office.command(user, 'triage', '/baton', text))?.say?.text;
  const dms = (name: string) => office.slack.posts(`DU${name.toUpperCase()}`).map((post) => post.text);
  const person = async (name: string) => {
    const found = await store.read((tx) => personBySlackId(tx, `U${name.toUpperCase()}`));
    if (!found) throw new Error(`nobody is called ${name}`);
    return found;
  };
  const actsFor = async (name: string) => {
    const found = await store.read(async (tx) => standIn(tx, await person(name), office.now()));
    return found && [found.person.name, found.why];
  };

  it('is said in one line: whoever covers is told and acts, until the day of return', async () => {
    expect(await baton('away until Monday @priya covers')).toContain(
      'Noted: you are away, back on *Mon*. *Priya Nair* covers, and was told.',
    );
    await office.settle();
    expect(dms('priya')).toEqual([expect.stringContaining('You cover for *Sam Okafor*')]);
    expect(await actsFor('sam')).toEqual(['Priya Nair', 'delegate']);
    expect(isWorking(office.now() + DAY_MS, workingHours((await person('sam')).hours))).toBe(false);
    expect(await eventsOf(store, 'person.away')).toMatchObject([
      { actor: 'USAM', data: { backOn: '2026-11-09', delegateId: 2 } },
    ]);
    await office.travel(6 * DAY_MS);
    expect(await actsFor('sam')).toEqual(['Sam Okafor', 'there']);
    expect(isWorking(office.now(), workingHours((await person('sam')).hours))).toBe(true);
  });

  it('takes a mention, ends early with back, and says when there was nothing to end', async () => {
    await baton('away until 3 Dec <@UPRIYA> covers');
    expect(await baton('back')).toContain('Welcome back');
    expect(await actsFor('sam')).toEqual(['Sam Okafor', 'there']);
    expect(await baton('back')).toContain('You were not away');
    expect(await eventsOf(store, 'person.back')).toHaveLength(1);
  });

  it('without a name says to whom it goes', async () => {
    expect(await baton('away until tomorrow')).toContain('what cannot wait goes to *Lea Novak*');
  });

  it('a cover whose day is full is not called', async () => {
    const { id } = await person('priya');
    await store.transact([], async (tx) => {
      for (let n = 0; n < 3; n += 1)
        await askBadge(tx, {
          personId: id,
          at: office.now(),
          isCritical: false,
          kind: 'test',
          about: `t:${n}`,
        });
    });
    await baton('away until Monday @priya covers');
    await office.settle();
    expect(dms('priya')).toEqual([]);
    expect(await actsFor('sam')).toEqual(['Priya Nair', 'delegate']);
  });

  describe('bad input', () => {
    it.each([
      ['away', 'Say when you are back'],
      ['away until soon @priya covers', '"soon" is no day'],
      ['away until 2 Nov', 'is past'],
      ['away until today', 'That is today'],
      ['away until Monday @ben covers', 'Nobody is called @ben. Nothing was noted.'],
      ['away until Monday @prya covers', 'Nobody is called @prya. Did you mean @priya?'],
      ['away until Monday @sam covers', 'You cannot cover for yourself'],
      ['away until Monday @eli covers', 'Eli Stone only looks on'],
      ['away until Monday <@UJOE> covers', 'none of our people'],
    ])('%s', async (text, problem) => {
      const answer = await baton(text);
      expect(answer).toContain(problem);
      expect(answer).toContain('Nothing was noted');
      expect(await actsFor('sam')).toEqual(['Sam Okafor', 'there']);
    });

    it('a cover who is away then too is refused', async () => {
      await baton('away until 3 Dec', 'priya');
      expect(await baton('away until Monday @priya covers')).toContain('Priya Nair is away then too');
    });

    it('a viewer has nothing to be away from; a customer gets no answer', async () => {
      expect(await baton('away until Monday', 'eli')).toContain('Your role');
      expect(await baton('away until Monday', 'joe')).toBeUndefined();
    });
  });
});
