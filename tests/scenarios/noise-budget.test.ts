import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askBadge, badgesSpent, heldBack } from '../../src/people/badges.js';
import { personBySlackId } from '../../src/people/store.js';
import type { Store } from '../../src/store/transact.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/time/index.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';

onEveryDatabase('what issues light', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
    await office.command('sam', 'acme-internal', '/issue', 'log Export drops rows');
    await office.settle();
  });
  afterEach(() => store.close());

  const person = async (name: string) => {
    const found = await store.read((tx) => personBySlackId(tx, `U${name.toUpperCase()}`));
    if (!found) throw new Error(`nobody is called ${name}`);
    return found;
  };
  /** Spends what a person's day has room for. */
  const fill = async (name: string) => {
    const { id } = await person(name);
    await store.transact([], async (tx) => {
      for (let n = 0; n < 3; n += 1)
        await askBadge(tx, {
          personId: id,
          at: office.now(),
          isCritical: false,
          kind: 'test',
          about: `test:${n}`,
        });
    });
  };
  const held = async (name: string) => {
    const { id } = await person(name);
    const rows = await store.read((tx) => heldBack(tx, id, 0));
    return rows.map((row) => `${row.kind} ${row.about}`);
  };
  const dms = (name: string) => office.slack.posts(`DU${name.toUpperCase()}`).map((post) => post.text);
  const triage = () => office.slack.posts('CTRIAGE').map((post) => post.text);

  it('an issue given to somebody whose day is full is kept for their morning; an urgent one passes', async () => {
    await fill('priya');
    await office.command('sam', 'triage', '/issue', 'give B-1 @priya');
    await office.settle();
    expect(dms('priya')).toEqual([]);
    expect(await held('priya')).toEqual(['owner issue:1']);
    await office.command('sam', 'triage', '/issue', 'priority B-1 urgent');
    await office.command('sam', 'triage', '/issue', 'give B-1 @lea');
    await office.command('sam', 'triage', '/issue', 'give B-1 @priya');
    await office.settle();
    expect(dms('priya')).toHaveLength(1);
  });

  it('what a press of their own brings always comes, and counts', async () => {
    await fill('luis');
    await office.command('luis', 'triage', '/baton', 'followup initech: call them');
    await office.settle();
    expect(dms('luis')).toHaveLength(1);
    for (const account of ['acme', 'globex'])
      await office.command('ana', 'triage', '/baton', `followup ${account}: call them`);
    await office.settle();
    expect(dms('ana')).toHaveLength(2);
    const { id } = await person('ana');
    expect(await store.read((tx) => badgesSpent(tx, id, office.now()))).toMatchObject({ today: 2 });
  });

  it('an admin whose day is full finds new shared channels on the page of coverage only', async () => {
    await office.surveys();
    await fill('lea');
    office.slack.addChannel('ext-new', ['ana', 'joe'], { isShared: true, isMember: false });
    office.clock.advance(HOUR_MS);
    await office.surveys();
    await office.settle();
    expect(dms('lea')).toEqual([]);
    expect(await held('lea')).toEqual([expect.stringMatching(/^coverage shared:/)]);
  });

  describe('a call for help', () => {
    const escalate = async () => {
      const asked = await office.command('sam', 'acme-internal', '/escalate', 'B-1 asked for a manager');
      const value = JSON.stringify({ n: 1, g: 'executive', r: 'asked for a manager' });
      expect(asked?.say?.text).toContain('to whom?');
      const answer = await office.press('sam', 'issue.escalate_to:executive', value);
      await office.settle();
      return answer?.say?.text;
    };

    it('mentions those who have room', async () => {
      expect(await escalate()).not.toContain('Not called');
      expect(triage().at(-1)).toContain('<@ULEA>');
    });

    it('names those who have none, and says so to whoever asked', async () => {
      await fill('lea');
      expect(await escalate()).toContain('Not called, since they had their fill for now: Lea Novak');
      const call = office.slack.posts('CTRIAGE').at(-1);
      expect(call?.text).not.toContain('<@ULEA>');
      expect(JSON.stringify(call?.blocks)).toContain('Lea Novak too, who were not called');
      expect(await held('lea')).toContain('escalation escalation:1');
    });

    it('tells the CSM in the morning when their day is full', async () => {
      await fill('ana');
      await escalate();
      expect(dms('ana')).toEqual([]);
      expect(await held('ana')).toEqual(['escalation escalation:1']);
    });

    it('passes when a person marked the issue urgent', async () => {
      await fill('lea');
      await office.command('sam', 'triage', '/issue', 'priority B-1 urgent');
      await escalate();
      expect(triage().at(-1)).toContain('<@ULEA>');
    });
  });

  it('a promise is asked about the next morning when the day of the promiser is full; it breaks only then', async () => {
    await office.command('sam', 'triage', '/baton', 'promise B-1 by tomorrow: CSV template');
    await office.travel(DAY_MS - MINUTE_MS);
    await fill('sam');
    await office.travel(2 * MINUTE_MS);
    expect(dms('sam')).toEqual([]);
    expect(await held('sam')).toEqual(['promise promise:1']);
    await office.travel(DAY_MS);
    expect(dms('sam')).toHaveLength(1);
    expect(await held('sam')).toEqual([]);
    await office.travel(HOUR_MS);
    expect(dms('sam')[0]).toContain('Did you keep it?');
  });
});
