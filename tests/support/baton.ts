import { readFileSync } from 'node:fs';
import { eq, inArray } from 'drizzle-orm';
import { pino } from 'pino';
import type { TrackerAccess } from '../../src/fixes/ask/index.js';
import { parseCompany } from '../../src/imports/company-file.js';
import { resolveCompany } from '../../src/imports/company-resolve.js';
import { applyCompany } from '../../src/imports/store/apply.js';
import { type Baton, type BatonOptions, startBaton } from '../../src/main.js';
import { nextDueAt } from '../../src/queue/due.js';
import { changeSetting } from '../../src/settings/store.js';
import { createSlackApi } from '../../src/slack/client.js';
import { slackLogger } from '../../src/slack/logger.js';
import type { Store } from '../../src/store/transact.js';
import type { TestDatabase } from './databases.js';
import { type FakeSlack, type FakeSlackOptions, startFakeSlack } from './fake-slack/index.js';
import { type TestClock, testClock } from './time.js';

/** Tuesday 3 November 2026, 9:00 in Berlin. */
export const TUESDAY_9 = Date.UTC(2026, 10, 3, 8, 0, 0);

/** The accounts have been heard for thirteen weeks, and said nothing: "usually 0". */
export const HEARD_MS = 91 * 86_400_000;

export const quietLog = pino({ level: process.env.TEST_LOG ?? 'silent' });

export interface World {
  slack: FakeSlack;
  baton: Baton;
  store: Store;
  clock: TestClock;
  /** Slack user id by handle. */
  id: (name: string) => string;
  /** Does all that waits, until nothing is left to do now. */
  settle: () => Promise<void>;
  /** Goes on by some time, stopping at everything that falls due on the way, as the demo's time machine does. */
  travel: (ms: number) => Promise<void>;
  /** A second Baton on the same data and the same Slack, where the database allows two. */
  another: () => Promise<Baton>;
  /** Stops Baton and starts another on the same data. */
  restart: () => Promise<void>;
  stop: () => Promise<void>;
}

const OURS = ['sam', 'priya', 'ana', 'luis', 'lea', 'eli'];
const CUSTOMERS: Record<string, string[]> = { acme: ['joe', 'jill'], globex: ['gus'], initech: ['ivy'] };

/** A fake Slack with the people and channels of `company.yml`; `max` is a colleague without a role. */
export async function peopledSlack(options: FakeSlackOptions = {}): Promise<FakeSlack> {
  const slack = await startFakeSlack(options);
  for (const name of [...OURS, 'max']) slack.addUser({ name, realName: name, isAdmin: name === 'lea' });
  for (const [account, people] of Object.entries(CUSTOMERS)) {
    for (const name of people)
      slack.addUser({ name, realName: name, teamId: `T_${account.toUpperCase()}`, isStranger: false });
    slack.addChannel({ name: account, isExtShared: true, members: [...OURS, 'max', ...people] });
    slack.addChannel({ name: `${account}-internal`, isPrivate: true, members: OURS });
  }
  slack.addChannel({ name: 'support-success', members: OURS });
  slack.addChannel({ name: 'triage', members: OURS });
  return slack;
}

/** Reads a company file into the database, as `baton apply` does. */
export async function applyTo(
  store: Store,
  slack: FakeSlack,
  text = companyText(),
  now = TUESDAY_9,
): Promise<void> {
  const api = createSlackApi({ token: slack.botToken, apiUrl: slack.url, logger: slackLogger(quietLog) });
  const directory = { users: await api.users(), channels: await api.channels() };
  // Customers of other companies are not in users.list: Slack shows them one by one.
  for (const name of Object.values(CUSTOMERS).flat())
    directory.users.push(await api.user(slack.user(name).id));
  const resolved = resolveCompany(parseCompany(text), directory, []);
  await store.transact(['company'], async (tx) => {
    await applyCompany(tx, resolved, { who: 'test', now: now - HEARD_MS });
    await changeSetting(tx, 'observeUntil', null, { who: 'test', at: now });
  });
}

export function companyText(): string {
  return readFileSync(new URL('./company.yml', import.meta.url), 'utf8');
}

export interface WorldOptions {
  slack?: FakeSlackOptions;
  baton?: Partial<BatonOptions>;
  /** How the fake Slack reaches Baton; Socket Mode unless said. */
  transport?: 'socket' | 'http';
  /** What is set up for GitHub, Linear and Jira; nothing unless said. */
  trackers?: TrackerAccess;
}

/** A whole Baton against a fake Slack, over the wire, on a given database. */
export async function startWorld(database: TestDatabase, options: WorldOptions = {}): Promise<World> {
  const clock = testClock(TUESDAY_9);
  const slack = await peopledSlack({
    now: () => clock.business.now(),
    signatureNow: () => clock.machine.now(),
    ...options.slack,
  });
  const store = await database.open();
  await applyTo(store, slack);
  const start = async () => {
    const started = await startBaton(batonOptions(slack, clock, store, options));
    if (options.transport === 'http')
      slack.deliverOver({ url: `http://127.0.0.1:${started.port}/slack/events` });
    return started;
  };
  let baton = await start();
  const settle = () => settleAll(baton, slack);
  return {
    slack,
    get baton() {
      return baton;
    },
    store,
    clock,
    id: (name) => slack.user(name).id,
    settle,
    travel: async (ms) => {
      const until = clock.business.now() + ms;
      await settle();
      for (
        let next = await store.read(nextDueAt);
        next !== undefined && next <= until;
        next = await store.read(nextDueAt)
      ) {
        clock.set(Math.max(next, clock.business.now()));
        await settle();
      }
      clock.set(until);
      await settle();
    },
    another: async () =>
      startBaton({ ...batonOptions(slack, clock, store, options), store: await database.another() }),
    restart: async () => {
      await baton.stop();
      baton = await start();
    },
    stop: async () => {
      await baton.stop();
      await slack.stop();
    },
  };
}

function batonOptions(slack: FakeSlack, clock: TestClock, store: Store, options: WorldOptions): BatonOptions {
  return {
    config: {
      botToken: slack.botToken,
      transport:
        options.transport === 'http'
          ? { kind: 'http', signingSecret: slack.signingSecret }
          : { kind: 'socket', appToken: slack.appToken },
      apiUrl: slack.url,
      admins: [],
      ...(options.trackers ? { trackers: options.trackers } : {}),
      port: 0,
      logLevel: 'error',
      database: { kind: 'sqlite', file: 'unused' },
    },
    clocks: clock,
    log: quietLog,
    // The database outlives the Baton of a restart; the test that made it closes it.
    store: { ...store, close: async () => undefined },
    paceMs: 0,
    connections: 1,
    ...options.baton,
  };
}

async function settleAll(baton: Baton, slack: FakeSlack): Promise<void> {
  for (let round = 0; round < 50; round += 1) {
    const before = slack.log.length;
    await baton.work();
    await slack.drainDeliveries({ hurry: false, timeoutMs: 1_000 }).catch(() => undefined);
    if (slack.log.length === before && (await isIdle(baton))) return;
  }
}

/** Nothing came in that is not handled, nothing is to be sent. */
function isIdle({ store }: Baton): Promise<boolean> {
  return store.read(async (tx) => {
    const { inbox, outbox } = tx.t;
    const come = await tx.db.select({ id: inbox.id }).from(inbox).where(eq(inbox.state, 'new')).limit(1);
    if (come.length > 0) return false;
    const going = inArray(outbox.state, ['new', 'sending', 'unknown']);
    return (await tx.db.select({ id: outbox.id }).from(outbox).where(going).limit(1)).length === 0;
  });
}
