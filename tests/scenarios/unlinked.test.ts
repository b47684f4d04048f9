import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Store } from '../../src/store/transact.js';
import { DAY_MS, HOUR_MS } from '../../src/time/index.js';
import { companyText } from '../support/baton.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';

onEveryDatabase('issues that wait on engineering without a link', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    const groups = `groups:
  - { key: senior, name: Senior support, kind: skill, people: [priya] }
  - { key: platform, name: Platform, kind: skill, people: [eli, priya] }`;
    office = await openOffice(store, { company: companyText().replace('groups:', groups) });
    for (const title of ['Export drops rows', 'Logins loop', 'Which plan is ours'])
      await office.command('priya', 'acme-internal', '/issue', `log ${title}`);
  });
  afterEach(() => store.close());

  const ask = (number: number, group: string) =>
    office.press('sam', `issue.escalate_to:${group}`, JSON.stringify({ n: number, g: group, r: 'how' }));
  const lists = () =>
    office.slack.posts('CTRIAGE').filter((one) => one.text.includes('on engineering without a fix'));
  const shown = (n: number) => JSON.stringify(lists()[n]?.blocks);

  it('are listed for support each working morning, until they are linked', async () => {
    await ask(1, 'engineering');
    await ask(2, 'platform');
    await ask(3, 'senior');
    await office.travel(23 * HOUR_MS);
    expect(lists()).toEqual([]);
    await office.travel(HOUR_MS);
    expect(lists()).toHaveLength(1);
    expect(lists()[0]?.text).toContain('2 issues wait on engineering');
    for (const part of ['*B-1* · Acme · Export drops rows (1 day)', '*B-2* · Acme · Logins loop'])
      expect(shown(0)).toContain(part);
    // Support's own skill is not engineering.
    expect(shown(0)).not.toContain('B-3');
    await office.command('sam', 'triage', '/issue', 'link B-1 https://github.com/acme/app/issues/12');
    await office.travel(DAY_MS);
    expect(lists()[1]?.text).toContain('1 issue waits');
    expect(shown(1)).not.toContain('B-1');
    // Friday, then a weekend on which nobody is told.
    await office.travel(3 * DAY_MS);
    expect(lists()).toHaveLength(3);
    await office.command('sam', 'triage', '/issue', 'link B-2 https://linear.app/acme/issue/ENG-311');
    await office.travel(7 * DAY_MS);
    expect(lists()).toHaveLength(3);
  });

  it('resolved, it is listed no more; come back, it is again', async () => {
    await ask(1, 'engineering');
    await office.command('sam', 'triage', '/issue', 'resolve B-1');
    await office.travel(3 * DAY_MS);
    expect(lists()).toEqual([]);
    await office.command('sam', 'triage', '/issue', 'reopen B-1');
    await office.travel(4 * DAY_MS);
    expect(shown(0)).toContain('B-1');
  });
});
