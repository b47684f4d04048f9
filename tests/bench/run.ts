/**
 * How fast Baton takes in, in the same run as a bare Bolt app that does nothing.
 * `npm run bench:intake -- --json [--seconds 60] [--prof folder]`
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Config } from '../../src/config.js';
import { company, seedCompany } from './company.js';
import { type Load, percentile, Sender } from './load.js';
import { BenchProcess } from './process.js';
import { Records } from './records.js';
import { Traffic } from './traffic.js';
import { startWebApi } from './web-api.js';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    flat: { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
    prof: { type: 'string' },
  },
});

const PER_SECOND = 80;
const IN_FLIGHT = 20;
const SLICES = 3;
const seconds = Number(values.seconds);
const flatSeconds = Number(values.flat || Math.max(2, Math.min(10, seconds / 3)));
const SECRET = 'bench-signing-secret';

const folder = mkdtempSync(join(tmpdir(), 'baton-bench-'));
const file = join(folder, 'baton.db');
const it = company();
const success = await seedCompany(file, it);
const web = await startWebApi(it);
const config = async (): Promise<Config> => ({
  botToken: 'xoxb-bench',
  transport: { kind: 'http', signingSecret: SECRET },
  apiUrl: web.url,
  admins: [],
  port: await freePort(),
  logLevel: 'warn',
  database: { kind: 'sqlite', file },
  deadManUrl: undefined,
});
const dist = new URL('../../dist', import.meta.url).href;
const profiling = values.prof ? ['--cpu-prof', `--cpu-prof-dir=${values.prof}`] : [];
const baton = new BenchProcess('./product.mjs', { dist, config: await config() }, [
  ...startFlags(),
  ...profiling,
]);
const bare = new BenchProcess('./bare.mjs', { config: await config() });
const toBaton = new Sender(await baton.port());
const toBare = new Sender(await bare.port());
const records = new Records(file);
await pause(Math.min(3_000, seconds * 200));
interface Usage {
  rss: number;
  cpu: { user: number; system: number };
}
const usage = (which: BenchProcess) => which.ask<Usage>('usage');
const idle = { baton: (await usage(baton)).rss, bare: (await usage(bare)).rss };
const traffic = new Traffic(it, SECRET);
const bareTraffic = new Traffic(it, SECRET);

const steady: Load[] = [];
const bareSteady: Load[] = [];
let emptyAfterS = 0;
for (let slice = 0; slice < SLICES; slice += 1) {
  bareSteady.push(await toBare.atRate(bareTraffic, PER_SECOND, seconds / SLICES / 2));
  // The digests fall due in the middle of the second slice, all at once.
  if (slice === 1) await baton.ask({ people: success, at: Date.now() + (seconds * 1_000) / SLICES / 2 });
  steady.push(await toBaton.atRate(traffic, PER_SECOND, seconds / SLICES));
  emptyAfterS = Math.max(emptyAfterS, await records.untilEmpty());
}
const digestsLeft = await records.untilDigested();
const outboxAt = records.outboxAt();
const toOutbox = steady.flatMap((load) =>
  [...load.loggedAt].map(([source, at]) => (outboxAt.get(source) ?? Number.POSITIVE_INFINITY) - at),
);

const cpuMs = ({ cpu }: Usage) => (cpu.user + cpu.system) / 1_000;
const cpuBefore = { baton: cpuMs(await usage(baton)), bare: cpuMs(await usage(bare)) };
const bareFlat = await toBare.flatOut(bareTraffic, IN_FLIGHT, flatSeconds);
const flat = await toBaton.flatOut(traffic, IN_FLIGHT, flatSeconds);
const flatEmptyS = await records.untilEmpty();
const perEvent = (ms: number, events: number) => Math.round((ms / Math.max(1, events)) * 100) / 100;

const acks = steady.flatMap((load) => load.acks);
const result = {
  ackP50Ms: percentile(acks, 0.5),
  ackP99Ms: percentile(acks, 0.99),
  eventToOutboxP99Ms: percentile(toOutbox, 0.99),
  inboxEmptyAfterS: emptyAfterS,
  handledPerSecond: Math.round(flat.acks.length / (flat.tookS + flatEmptyS)),
  bareAckP99Ms: percentile(
    bareSteady.flatMap((load) => load.acks),
    0.99,
  ),
  bareRequestsPerSecond: Math.round(bareFlat.acks.length / bareFlat.tookS),
  rssRatio: Math.round((idle.baton / idle.bare) * 100) / 100,
};
const more = {
  events: acks.length,
  refused: [...steady, flat].reduce((sum, load) => sum + load.refused, 0),
  cards: toOutbox.length,
  cardsMissing: toOutbox.filter((ms) => !Number.isFinite(ms)).length,
  digestsLeft,
  eventToOutboxP50Ms: percentile(toOutbox, 0.5),
  flatAcked: flat.acks.length,
  flatAckP99Ms: percentile(flat.acks, 0.99),
  flatEmptyS,
  cpuMsPerEvent: perEvent(cpuMs(await usage(baton)) - cpuBefore.baton, flat.acks.length),
  bareCpuMsPerEvent: perEvent(cpuMs(await usage(bare)) - cpuBefore.bare, bareFlat.acks.length),
  rssMb: Math.round(idle.baton / 1e6),
  bareRssMb: Math.round(idle.bare / 1e6),
};
process.stderr.write(`${JSON.stringify(more)}\n`);
records.close();
await Promise.all([toBaton.close(), toBare.close()]);
await Promise.all([baton.stop(), bare.stop()]);
web.server.closeAllConnections();
web.server.close();
rmSync(folder, { recursive: true, force: true });
process.stdout.write(`${values.json ? JSON.stringify(result) : JSON.stringify(result, null, 2)}\n`);
process.exit(more.refused === 0 && more.cardsMissing === 0 && digestsLeft === 0 ? 0 : 1);

/** What `npm start` gives to node: code kept small, little room for young objects; what it takes never shrinks. */
function startFlags(): string[] {
  const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return /exec node (.*)dist\/cli\.js/.exec(scripts.start)?.[1]?.trim().split(' ').filter(Boolean) ?? [];
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
