/**
 * A year of a busy company on a clock that stands still until moved: the whole product but for the wire, customers who
 * are well and customers who sour, and how loud and how right Baton was. See `rates.ts` for what the year is made of.
 * `npm run simulate -- --json [--seed 1] [--days 364] [--warm-up 35]`
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { liveThrough } from './live.js';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    days: { type: 'string', default: '364' },
    'warm-up': { type: 'string', default: '35' },
  },
});

// What need not outlive a power cut is written to memory, where there is such a place.
const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'baton-simulate-'));
const say = (line: string) => void (values.json || process.stdout.write(`${line}\n`));
try {
  const result = await liveThrough({
    file: join(folder, 'baton.db'),
    seed: Number(values.seed),
    days: Number(values.days),
    warmUp: Number(values['warm-up']),
    say,
  });
  process.stdout.write(`${JSON.stringify(result)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
