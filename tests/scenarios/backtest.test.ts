import { afterEach, beforeEach, expect, it } from 'vitest';
import { reportTable } from '../../src/signals/rules/report.js';
import type { TeamFacts } from '../../src/signals/rules/team-facts.js';
import { runBacktest } from '../../src/signals/run-backtest.js';
import { readTeam } from '../../src/signals/store/team.js';
import type { Store } from '../../src/store/transact.js';
import { DAY_MS, HOUR_MS } from '../../src/time/index.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';

onEveryDatabase('a backtest of the rules of the team', (database) => {
  let store: Store;
  let office: Office;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
  });
  afterEach(() => store.close());

  const log = (account: string, title: string) =>
    office.command('sam', `${account}-internal`, '/issue', `log ${title}`);
  const issue = (text: string) => office.command('sam', 'triage', '/issue', text);
  const facts = (at: number) => store.read((tx) => readTeam(tx, at));

  it('reads of the past what was read then, whatever came later', async () => {
    const then = new Map<number, TeamFacts>();
    const passes = async (ms: number) => {
      then.set(office.now(), await facts(office.now()));
      await office.travel(ms);
    };
    office.slack.addUser('zoe', { teamId: 'Tzoe' });
    await log('acme', 'Export drops rows');
    await office.writes('acme', 'zoe', 'Is the import broken for you too?');
    await passes(31 * DAY_MS);
    await log('globex', 'Login fails');
    await log('initech', 'Dashboards are slow');
    await passes(DAY_MS);
    await issue('resolve B-2');
    await passes(DAY_MS);
    await issue('reopen B-2');
    await issue('resolve B-3');
    await passes(DAY_MS);
    await issue('close B-2');
    await office.command('sam', 'triage', '/baton', 'unmatched 1 nobody');
    await passes(DAY_MS);
    await issue('reopen B-3');
    await issue('resolve B-1');
    await passes(HOUR_MS);
    expect([...then.values()].map(({ backlog }) => [backlog.now, backlog.olderThan30Days])).toEqual([
      ...[
        [1, 0],
        [3, 1],
        [2, 1],
        [2, 1],
        [1, 1],
        [1, 0],
      ],
    ]);
    for (const [at, was] of then) expect(await facts(at)).toEqual(was);
  });

  it('says how often they would have spoken, and to whom: the lead of support', async () => {
    for (const account of ['acme', 'globex', 'initech']) await log(account, 'Export drops rows');
    await office.travel(3 * DAY_MS);
    const report = await runBacktest(store, { now: office.now(), days: 7, rule: 'S17' });
    expect(report.rules).toMatchObject([
      { rule: 'S17', scope: 'team', spoke: 1, accounts: 0, people: [{ name: 'Lea Novak', times: 1 }] },
    ]);
    expect(reportTable(report.rules)).toMatch(/^S17 +cluster \* +observe +1 +0 {2,}Lea Novak 1$/m);
  });
});
