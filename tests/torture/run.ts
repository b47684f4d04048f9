/**
 * The kill test: Baton as a real process on a real database, ended with SIGKILL again and again while a fake Slack
 * misbehaves; judged from what stands in Slack against what its people did.
 * `npm run torture -- --rounds 300 --db sqlite --json [--seed 7] [--at-once 2]`
 */
import { parseArgs } from 'node:util';
import { type BatchResult, runBatch } from './batch.js';
import { kills } from './kills.js';

const ROUNDS_PER_BATCH = 25;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '30' },
    db: { type: 'string', default: 'sqlite' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    /** Leaves the databases and logs of what went wrong behind, to look at. */
    keep: { type: 'boolean', default: false },
    transport: { type: 'string' },
    /** Batches that run beside each other, each with a database, a Slack and processes of its own. */
    'at-once': { type: 'string', default: '1' },
  },
});

const rounds = Number(values.rounds);
const seed = Number(values.seed);
const db = values.db === 'postgres' ? 'postgres' : 'sqlite';
const dist = new URL('../../dist', import.meta.url).href;
const server = process.env.TEST_POSTGRES_URL ?? 'postgres://root@127.0.0.1:5432/test';

const total = {
  rounds: 0,
  events: 0,
  faults: {} as Record<string, number>,
  kills: {} as Record<string, number>,
  lost: 0,
  doubled: 0,
  stuck: 0,
};

function add(batch: BatchResult): void {
  total.rounds += batch.rounds;
  total.events += batch.events;
  for (const kind of ['faults', 'kills'] as const)
    for (const [name, n] of Object.entries(batch[kind])) total[kind][name] = (total[kind][name] ?? 0) + n;
  for (const kind of ['lost', 'doubled', 'stuck'] as const) {
    total[kind] += batch[kind].length;
    for (const line of batch[kind]) process.stderr.write(`${kind}: ${line}\n`);
  }
}

const orders = kills(seed);
const atOnce = Number(values['at-once']);
const sizeOfBatch = Math.min(ROUNDS_PER_BATCH, Math.ceil(rounds / atOnce));
let begun = 0;
let batches = 0;

async function runBatches(): Promise<void> {
  while (begun < rounds) {
    const n = batches;
    const size = Math.min(sizeOfBatch, rounds - begun);
    batches += 1;
    begun += size;
    const startedAt = performance.now();
    const batch = await runBatch({
      kind: db,
      server,
      dist,
      seed: seed * 1_000 + n,
      kills: Array.from({ length: size }, () => orders.next().value),
      // Both ways in which Slack reaches Baton; two processes share the work over Socket Mode only.
      transport: values.transport === 'http' || (db === 'sqlite' && n % 2 === 1) ? 'http' : 'socket',
      keep: values.keep,
    });
    add(batch);
    const took = ((performance.now() - startedAt) / 1000).toFixed(1);
    process.stderr.write(
      `batch ${n}: ${total.rounds}/${rounds} rounds, ${batch.events} events, lost ${batch.lost.length}, doubled ${batch.doubled.length}, stuck ${batch.stuck.length}, ${took} s\n`,
    );
  }
}

await Promise.all(Array.from({ length: atOnce }, runBatches));
const isClean = total.lost === 0 && total.doubled === 0 && total.stuck === 0;
process.stdout.write(`${values.json ? JSON.stringify(total) : JSON.stringify(total, null, 2)}\n`);
process.exit(isClean ? 0 : 1);
