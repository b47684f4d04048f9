import { setMaxListeners } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Config } from '../../src/config.js';
import type { FakeSlack } from '../support/fake-slack/index.js';
import { Board } from './board.js';
import { judge } from './judge.js';
import type { Kill } from './kills.js';
import { play } from './people.js';
import { planStories, type Story } from './plan.js';
import { Product } from './product.js';
import { applyTo, type Ground, layGround, peopledSlack } from './stage.js';

export interface BatchOptions {
  kind: 'sqlite' | 'postgres';
  server: string;
  dist: string;
  seed: number;
  /** One round each. */
  kills: readonly Kill[];
  transport: 'socket' | 'http';
  /** Leaves database and log behind, to look at. */
  keep: boolean;
}

export interface BatchResult {
  rounds: number;
  events: number;
  faults: Record<string, number>;
  kills: Record<string, number>;
  lost: string[];
  doubled: string[];
  stuck: string[];
}

const STORIES_PER_ROUND = 5;
/** After the last kill, it is stuck when Baton has said nothing for this long while something is still expected of it. */
const SILENT_MS = 45_000;
/** Waiting times of the product, shortened so that a round takes seconds. */
const SHORTENED = { paceMs: 0, claimMs: 4_000, lookUpAfterMs: 300 };

/** Some rounds on one database and one Slack: in each, people act and a process is killed and started again. */
export async function runBatch(o: BatchOptions): Promise<BatchResult> {
  const stories = planStories(o.seed, o.kills.length * STORIES_PER_ROUND);
  const ground = await layGround(o.kind, o.server);
  const slack = await peopledSlack(o.seed, stories);
  const products: Product[] = [];
  try {
    await applyTo(ground, slack, stories);
    const settings = await settingsOf(o, ground, slack);
    for (let n = 0; n < (o.kind === 'postgres' ? 2 : 1); n += 1) products.push(new Product(settings));
    return await rounds(o, stories, slack, products);
  } finally {
    for (const product of products) await product.end();
    await slack.stop();
    if (o.keep) process.stderr.write(`kept: ${ground.folder} ${JSON.stringify(ground.database)}\n`);
    else await ground.drop();
  }
}

async function settingsOf(o: BatchOptions, ground: Ground, slack: FakeSlack) {
  const port = o.transport === 'http' ? await freePort() : 0;
  if (o.transport === 'http') slack.deliverOver({ url: `http://127.0.0.1:${port}/slack/events` });
  const config: Config = {
    botToken: slack.botToken,
    transport:
      o.transport === 'http'
        ? { kind: 'http', signingSecret: slack.signingSecret }
        : { kind: 'socket', appToken: slack.appToken },
    apiUrl: slack.url,
    admins: [],
    port,
    logLevel: 'warn',
    database: ground.database,
    deadManUrl: undefined,
  };
  return { dist: o.dist, config, options: SHORTENED, logFile: join(ground.folder, 'baton.log') };
}

async function rounds(
  o: BatchOptions,
  stories: readonly Story[],
  slack: FakeSlack,
  products: readonly Product[],
): Promise<BatchResult> {
  for (const product of products) product.start();
  for (const product of products) await product.started();
  disturb(slack);
  const board = new Board(slack);
  board.start();
  const giveUp = new AbortController();
  setMaxListeners(0, giveUp.signal);
  const stuck: string[] = [];
  const playing: Promise<void>[] = [];
  const killed: Record<string, number> = {};
  for (const [n, kill] of o.kills.entries()) {
    for (const story of stories.slice(n * STORIES_PER_ROUND, (n + 1) * STORIES_PER_ROUND))
      playing.push(
        play(story, slack, board, giveUp.signal).catch((err) => void stuck.push(`${story.token}: ${err}`)),
      );
    const product = products[n % products.length] as Product;
    const where = await product.kill(kill);
    killed[where] = (killed[where] ?? 0) + 1;
    product.start();
  }
  const watch = watchFor(slack, () => giveUp.abort());
  await Promise.all(playing);
  clearInterval(watch);
  stuck.push(...(await settle(slack, products)));
  board.stop();
  const { lost, doubled } = judge(stories, slack, board);
  stuck.push(...slack.violations);
  return {
    rounds: o.kills.length,
    events: slack.deliveries.length,
    faults: slack.faults.counts,
    kills: killed,
    lost,
    doubled,
    stuck,
  };
}

function disturb({ faults }: FakeSlack): void {
  faults.disturb(0.25);
  faults.loseReplies(0.05);
  Object.assign(faults.rate, { error_before: 0.02, rate_limited: 0.01, html: 0.01, disconnect: 0.02 });
}

/** Calls once Baton has not called Slack for too long. */
function watchFor(slack: FakeSlack, onSilence: () => void): NodeJS.Timeout {
  let calls = slack.log.length;
  let since = performance.now();
  return setInterval(() => {
    if (slack.log.length !== calls) since = performance.now();
    calls = slack.log.length;
    if (performance.now() - since > SILENT_MS) onSilence();
  }, 1_000);
}

/** Waits until Slack has nothing more to deliver and every process says that it has nothing more to do. */
async function settle(slack: FakeSlack, products: readonly Product[]): Promise<string[]> {
  slack.faults.calm();
  await slack.drainDeliveries({ hurry: false, timeoutMs: 10 * SILENT_MS });
  let isStuck = false;
  const watch = watchFor(slack, () => {
    isStuck = true;
  });
  let left = '';
  for (let quiet = 0; quiet < 3 && !isStuck; ) {
    const before = slack.log.length;
    await pause(300);
    const waiting = await Promise.all(products.map((product) => waitingIn(product)));
    left = waiting.find((one) => one !== '') ?? '';
    quiet = left === '' && slack.log.length === before ? quiet + 1 : 0;
  }
  clearInterval(watch);
  return isStuck ? [`nothing happens any more, and yet: ${left}`] : [];
}

async function waitingIn(product: Product): Promise<string> {
  const port = await product.started();
  const res = await fetch(`http://127.0.0.1:${port}/readyz`);
  const { queues } = (await res.json()) as {
    queues: { inboxWaiting: number; outboxWaiting: number; parked: unknown[]; held: unknown[] };
  };
  const { inboxWaiting, outboxWaiting, parked, held } = queues;
  const isDone = inboxWaiting === 0 && outboxWaiting === 0 && parked.length === 0 && held.length === 0;
  return isDone ? '' : JSON.stringify({ inboxWaiting, outboxWaiting, parked, held });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
