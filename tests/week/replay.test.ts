import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/transact.js';
import { sqliteDatabase } from '../support/databases.js';
import { judgeExactly } from './exactly.js';
import { judgeContacts, judgeSuggestions, type Made, readMade, type Score } from './judge.js';
import { type Played, playWeek } from './replay.js';

/** The written week, replayed through Baton, held against what a careful human wants of it. */
describe('a week of one busy support team', () => {
  const database = sqliteDatabase();
  let store: Store;
  let played: Played;
  let made: Made;
  const table: Score[] = [];

  beforeAll(async () => {
    store = await database.open();
    played = await playWeek(store);
    made = await readMade(played);
  }, 600_000);
  afterAll(async () => {
    print(table);
    await store.close();
    await database.dispose();
  });

  function hold(scores: readonly Score[]): void {
    table.push(...scores);
    for (const { what, right, of, atLeast, wrong } of scores)
      expect.soft(right / of, `${what}\n  ${wrong.join('\n  ')}`).toBeGreaterThanOrEqual(atLeast);
  }

  it('groups what customers write as people would, and knows who answered first', () => {
    hold(judgeContacts(made));
  });

  it('offers what a person would want to see, when they would want to see it', () => {
    hold(judgeSuggestions(made));
  });

  it('does what must hold exactly', async () => {
    hold(await judgeExactly(played, made));
  });
});

function print(scores: readonly Score[]): void {
  const rows = scores.map(({ what, right, of, atLeast }) => {
    const share = of === 0 ? '-' : `${((100 * right) / of).toFixed(1)} %`;
    return `${what.padEnd(44)} ${String(right).padStart(5)} / ${String(of).padEnd(5)} ${share.padStart(8)}  (at least ${100 * atLeast} %)`;
  });
  process.stdout.write(`\n${rows.join('\n')}\n`);
}
