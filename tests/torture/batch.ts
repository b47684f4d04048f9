import { once, setMaxListeners } from 'node:events';
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
import { Progress } from './progress.js';
import { applyTo, type Ground, layGround, peopledSlack } from './stage.js';

export interface BatchOptions {
  kind: 'sqlite' | 'postgres';
  server: string;
  dist: string;
  seed: number;
  /** One round each. */
  kills: readonly Kill[];
  transport: 'socket' | 'http';
  /** Leaves database and log behind, to look at, unless all went well. */
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
/** Waiting times of the product, shortened so that a round takes seconds. */
const SHORTENED = { paceMs: 0, claimMs: 4_000, lookUpAfterMs: 300 };

/** Some rounds on one database and one Slack: in each, people act and a process is killed and started again. */
export async function runBatch(o: BatchOptions): Promise<BatchResult> {
  const stories = planStories(o.seed, o.kills.length * STORIES_PER_ROUND);
  const ground = await layGround(o.kind, o.server);
  const slack = await peopledSlack(o.seed, stories);
  const products: Product[] = [];
  let isClean = false;
  try {
    await applyTo(ground, slack, stories);
    const settings = await settingsOf(o, ground, slack);
    for (let n = 0; n < (o.kind === 'postgres' ? 2 : 1); n += 1) products.push(new Product(settings));
    const result = await rounds(o, stories, slack, products);
    isClean = [result.lost, result.doubled, result.stuck].every((found) => found.length === 0);
    return result;
  } finally {
    for (const product of products) await product.end();
    await slack.stop();
    if (o.keep && !isClean)
      process.stderr.write(`kept: ${ground.folder} ${JSON.stringify(ground.database)}\n`);
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
  const board = new Board(slack, stories);
  board.start();
  const progress = new Progress(slack, stories.length);
  setMaxListeners(0, progress.stalled);
  const stuck: string[] = [];
  const playing: Promise<void>[] = [];
  const killed: Record<string, number> = {};
  for (const [n, kill] of o.kills.entries()) {
    for (const story of stories.slice(n * STORIES_PER_ROUND, (n + 1) * STORIES_PER_ROUND))
      playing.push(
        play(story, slack, board, progress.stalled).catch((err) => void stuck.push(`${story.token}: ${err}`)),
      );
    const product = products[n % products.length] as Product;
    const where = await product.kill(kill);
    killed[where] = (killed[where] ?? 0) + 1;
    product.start();
  }
  progress.start();
  await Promise.all(playing);
  stuck.push(...(await settle(slack, products, progress.stalled)));
  progress.stop();
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

/** Waits until Slack has nothing more to deliver and every process says that it has nothing more to do. */
async function settle(
  slack: FakeSlack,
  products: readonly Product[],
  stalled: AbortSignal,
): Promise<string[]> {
  slack.faults.calm();
  await Promise.race([
    slack.drainDeliveries({ hurry: false, timeoutMs: Number.POSITIVE_INFINITY }),
    aborted(stalled),
  ]);
  let left = '';
  for (let quiet = 0; quiet < 3 && !stalled.aborted; ) {
    const before = slack.log.length;
    await pause(300);
    const waiting = await Promise.all(products.map((product) => waitingIn(product)));
    left = waiting.find((one) => one !== '') ?? '';
    quiet = left === '' && slack.log.length === before ? quiet + 1 : 0;
  }
  return stalled.aborted ? [`nothing goes forward any more, and yet: ${left}`] : [];
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
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
