import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Logger, pino } from 'pino';
import { parseCompany } from '../imports/company-file.js';
import { changeSetting, setting } from '../settings/store.js';
import { endObserving } from '../signals/observe.js';
import { createSlackApi } from '../slack/client.js';
import { slackLogger } from '../slack/logger.js';
import { FileLockedError, lockFile } from '../store/migrate.js';
import { DEMO_BEGINS, DemoClock } from './clock.js';
import { HISTORY, HISTORY_BEGINS } from './history.js';
import { ensureFree, findProgram, type LocalSlack, startLocalSlack } from './local-slack.js';
import type { Parts, RunningBaton } from './parts.js';
import { DemoProblem } from './problem.js';
import { instantOfWall, liveThrough } from './seed.js';
import { postCardsAnew } from './store.js';
import { instantInWords, TimeMachine } from './time-machine.js';
import { settle, type Traveller, travelTo } from './travel.js';
import { APP_TOKEN, BOT_TOKEN, writeWorkspace } from './workspace.js';

export interface DemoOptions {
  port: number;
  /** Where the demo keeps its database, its time and its logs. */
  folder: string;
  isFresh: boolean;
  /** Shown while the newcomer waits. */
  say: (line: string) => void;
}

export interface Demo {
  address: string;
  slack: LocalSlack;
  traveller: Traveller;
  /** Business time, in words. */
  now: string;
  /** How many cards were posted anew; null when the demo is new. */
  reposted: number | null;
}

/** What was started, to be ended in reverse order. */
export class Undo {
  private readonly steps: (() => Promise<void> | void)[] = [];
  private ending: Promise<void> | undefined;

  add(step: () => Promise<void> | void): void {
    this.steps.push(step);
  }

  get isRunning(): boolean {
    return this.ending !== undefined;
  }

  /** Ends everything, once. */
  run(): Promise<void> {
    this.ending ??= (async () => {
      for (let step = this.steps.pop(); step; step = this.steps.pop()) await step();
    })();
    return this.ending;
  }
}

/** Lies beside the sources, from where both they and what is built of them find it. */
const COMPANY = fileURLToPath(new URL('../../src/demo/company.yml', import.meta.url));
const LOCK = 'demo.lock';

/**
 * Starts a local Slack and Baton against it, with a seeded company, or goes on from an earlier start.
 * @param undo collects how to end what was started, also when this throws half-way
 * @throws DemoProblem with what the person can do
 */
export async function startDemo(options: DemoOptions, parts: Parts, undo: Undo): Promise<Demo> {
  const { folder, port } = options;
  const program = findProgram();
  await ensureFree(port);
  mkdirSync(folder, { recursive: true });
  undo.add(await lock(folder));
  const at = (name: string) => join(folder, name);
  const clockFile = at('clock.json');
  // The time is written down once the company is complete: without it an earlier start was cut short.
  const earlier = options.isFresh || !existsSync(at('baton.db')) ? undefined : DemoClock.resume(clockFile);
  if (!earlier) empty(folder);
  const text = readFileSync(COMPANY, 'utf8');
  const { company } = parseCompany(text);
  const slack = await startLocalSlack({
    program,
    config: writeWorkspace(folder, company),
    port,
    logFile: at('local-slack.log'),
  });
  undo.add(() => slack.stop());
  const clock = earlier ?? DemoClock.at(instantOfWall(HISTORY_BEGINS, company.zone));
  undo.add(() => clock.stop());
  const log = pino({ level: 'info' }, pino.destination({ dest: at('baton.log'), sync: true }));
  const delivery = { isOn: earlier !== undefined };
  const traveller = await startTraveller({ slack, clock, log, delivery, file: at('baton.db') }, parts, undo);
  if (!earlier) {
    options.say('Living through thirteen weeks of Acme, Globex and Initech …');
    await seed(traveller, slack, parts, text, log);
    delivery.isOn = true;
  }
  const reposted = await traveller.baton.store.transact(['company'], (tx) =>
    postCardsAnew(tx, clock.business.now()),
  );
  await settle(traveller);
  if (!earlier) clock.set(DEMO_BEGINS);
  clock.keepIn(clockFile);
  const zone = await traveller.baton.store.read((tx) => setting(tx, 'zone'));
  return {
    address: slack.address,
    slack,
    traveller,
    now: instantInWords(clock.business.now(), zone),
    reposted: earlier ? reposted : null,
  };
}

async function lock(folder: string): Promise<() => void> {
  try {
    return await lockFile(join(folder, LOCK), 0);
  } catch (err) {
    if (!(err instanceof FileLockedError)) throw err;
    throw new DemoProblem(
      `Another demo runs on ${folder}: stop it first, or give this one its own --data folder.`,
    );
  }
}

function empty(folder: string): void {
  for (const name of readdirSync(folder))
    if (!name.startsWith(LOCK)) rmSync(join(folder, name), { recursive: true, force: true });
}

interface Running {
  slack: LocalSlack;
  clock: DemoClock;
  log: Logger;
  delivery: { isOn: boolean };
  file: string;
}

/** Baton against the local Slack, with its time machine. */
async function startTraveller(it: Running, parts: Parts, undo: Undo): Promise<Traveller> {
  const running: { baton?: RunningBaton } = {};
  const machine = new TimeMachine({
    control: it.slack.control,
    log: it.log,
    traveller: () => {
      if (!running.baton) throw new Error('Baton has not started yet');
      return { baton: running.baton, clock: it.clock };
    },
  });
  const baton = await parts.start({
    config: {
      botToken: BOT_TOKEN,
      apiUrl: `${it.slack.address}/api/`,
      admins: [],
      transport: { kind: 'socket', appToken: APP_TOKEN },
      port: 0,
      logLevel: 'info',
      database: { kind: 'sqlite', file: it.file },
    },
    clocks: it.clock,
    log: it.log,
    paceMs: 0,
    // The local Slack sends each event to every connection.
    connections: 1,
    isDeliveryOn: () => it.delivery.isOn,
    workspaceUrl: it.slack.address,
    commands: () => machine.commands,
  });
  running.baton = baton;
  undo.add(() => baton.stop());
  machine.start();
  undo.add(() => machine.stop());
  return { baton, clock: it.clock };
}

/** The company, as `baton apply` takes it over, and its past, as Baton would have heard it. */
async function seed(t: Traveller, slack: LocalSlack, parts: Parts, text: string, log: Logger): Promise<void> {
  const api = createSlackApi({
    token: BOT_TOKEN,
    apiUrl: `${slack.address}/api/`,
    logger: slackLogger(log),
  });
  const resolved = await parts.readCompany(text, api, ['lea']);
  await parts.writeCompany(t.baton.store, resolved, { who: 'baton demo', now: t.clock.business.now() });
  // Thirteen weeks are behind it: whoever tries it wants to see the rules speak, not observe.
  await t.baton.store.transact(['company'], async (tx) => {
    await changeSetting(tx, 'backfill', null, { who: 'baton demo', at: t.clock.business.now() });
    await endObserving(tx, {
      who: 'baton demo',
      at: t.clock.business.now(),
      why: 'the demo does not observe',
    });
  });
  await liveThrough(t, slack.control, HISTORY, resolved.company.zone);
  await travelTo(t, DEMO_BEGINS);
}
