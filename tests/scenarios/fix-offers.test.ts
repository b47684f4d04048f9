import { afterEach, beforeEach, expect, it } from 'vitest';
import { applyNews } from '../../src/fixes/store/news.js';
import { readGithubEvent } from '../../src/fixes/trackers/github.js';
import type { Store } from '../../src/store/transact.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';
import { countOf, rowsOf } from '../support/rows.js';

const ADDRESS = 'https://github.com/acme/app/issues/12';

onEveryDatabase('an address of a tracker where an issue is spoken of', (database) => {
  let store: Store;
  let office: Office;
  /** Root of the customer's thread that B-1 is about, and of its card's thread in the triage channel. */
  let theirs: string;
  let ours: string;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
    theirs = await office.writes('acme', 'joe', 'The export drops rows');
    await office.reacts('acme', theirs, 'sam', 'ticket');
    await office.settle();
    const card = (await rowsOf(store, 'cards')).find(
      (one) => one.kind === 'issue' && one.target === 'CTRIAGE',
    );
    ours = card?.ts ?? '';
  });
  afterEach(() => store.close());

  const inTriage = () => office.slack.posts('CTRIAGE').filter((one) => one.threadTs === ours);
  const offers = () => rowsOf(store, 'fixOffers');
  const fixes = () => rowsOf(store, 'fixes');
  /** One of us writes in the thread of the card. */
  const says = async (who: string, text: string, threadTs = ours) => {
    await office.writes('triage', who, text, { threadTs });
    await office.settle();
  };

  it('is offered by one line in the thread, and nothing is linked before somebody presses', async () => {
    await says('eli', `That is <${ADDRESS}|#12>, I think.`);
    expect(inTriage()).toHaveLength(1);
    expect(inTriage()[0]?.text).toContain('Link *B-1* to');
    expect(inTriage()[0]?.text).toContain('Eli Stone named it here');
    expect(await fixes()).toEqual([]);
    expect(await countOf(store, 'fixIssues')).toBe(0);
    // Named again, in an edit or by another, it is not asked again.
    await says('sam', `${ADDRESS}?`);
    await says('sam', 'https://github.com/acme/app/pull/12');
    expect(inTriage()).toHaveLength(1);
    const answer = await office.press('sam', 'fix.offer_link', '1');
    expect(answer?.say?.text).toContain('*B-1* waits for');
    expect(await fixes()).toMatchObject([{ url: ADDRESS, linkedBy: 'USAM', itemName: 'app#12' }]);
    await office.settle();
    expect(inTriage()[0]?.text).toContain('waits for');
    expect(inTriage()[0]?.text).toContain('(Sam Okafor)');
    expect((await office.press('priya', 'fix.offer_no', '1'))?.say?.text).toContain('linked to it meanwhile');
    expect(await offers()).toMatchObject([{ state: 'linked', decidedBy: 'USAM' }]);
  });

  it('is asked of its writer alone where customers read; an engineer who may not link has it asked of support', async () => {
    await office.writes('acme', 'sam', `We track it as ${ADDRESS}.`, { threadTs: theirs });
    await office.settle();
    expect(office.slack.whispers.at(-1)).toMatchObject({ channel: 'CACME', user: 'USAM' });
    expect(office.slack.whispers.at(-1)?.text).toContain('Link *B-1* to');
    expect(office.slack.posts('CACME')).toEqual([]);
    expect(inTriage()).toEqual([]);
    const other = 'https://linear.app/acme/issue/ENG-311/some-title';
    await office.writes('acme', 'eli', `see ${other}`, { threadTs: theirs });
    await office.settle();
    expect(inTriage()[0]?.text).toContain('ENG-311');
    expect(office.slack.posts('CACME')).toEqual([]);
    expect(await fixes()).toEqual([]);
    await office.press('sam', 'fix.offer_no', '1');
    expect(await offers()).toMatchObject([{ state: 'no', decidedBy: 'USAM' }, { state: 'offered' }]);
    await office.writes('acme', 'sam', `again ${ADDRESS}`, { threadTs: theirs });
    await office.settle();
    expect(await offers()).toHaveLength(2);
    // Its thread elsewhere is the same issue; linked by the command, it is not asked any more.
    await office.command('priya', 'triage', '/issue', `link B-1 ${other}`);
    await office.settle();
    expect(inTriage()[0]?.text).toContain('(Priya Nair)');
  });

  it('is no offer from a customer, outside a thread, of no known tracker, in a list, or when it is linked already', async () => {
    await office.writes('acme', 'joe', `Is it ${ADDRESS}?`, { threadTs: theirs });
    await office.writes('triage', 'sam', ADDRESS);
    await says('sam', 'https://example.com/issues/12 and http://user:pw@github.com/acme/app/issues/12');
    await says('sam', [1, 2, 3, 4].map((n) => `https://github.com/acme/app/issues/${n}`).join(' '));
    await says('max', ADDRESS);
    await office.command('sam', 'triage', '/issue', `link B-1 ${ADDRESS}`);
    await says('sam', `(${ADDRESS})`);
    expect(await offers()).toEqual([]);
    expect(inTriage()).toEqual([]);
  });

  it('a new item that names its issue, as one begun from the card does, is offered and not linked', async () => {
    const body = {
      action: 'opened',
      repository: { full_name: 'acme/app', html_url: 'https://github.com/acme/app' },
      issue: {
        ...{ number: 12, title: 'Export drops rows', html_url: ADDRESS, state: 'open' },
        ...{ body: '> The export drops rows\n\nBaton: B-1', updated_at: '2026-11-03T08:00:00Z' },
      },
    };
    const reading = readGithubEvent('issues', body);
    if (!('news' in reading)) throw new Error(reading.ignore);
    for (let times = 0; times < 2; times += 1)
      await store.transact(['account:1'], (tx) =>
        applyNews(tx, reading.news, { contained: null }, office.now()),
      );
    await office.settle();
    expect(await fixes()).toEqual([]);
    expect(inTriage()).toHaveLength(1);
    expect(inTriage()[0]?.text).toContain('It names B-1');
    await office.press('priya', 'fix.offer_link', '1');
    expect(await fixes()).toMatchObject([{ linkedBy: 'UPRIYA' }]);
    // What follows from it is now about B-1's fix.
    await store.transact([], (tx) => applyNews(tx, { ...reading.news }, { contained: null }, office.now()));
    await office.settle();
    expect(inTriage()).toHaveLength(1);
  });
});
