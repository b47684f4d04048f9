import cron from 'node-cron';
import { outsidersAmong } from './accounts/store.js';
import { tellParked, tellUndeliverable } from './cards/notices.js';
import { renderCard } from './cards/render.js';
import { scheduleDigests } from './digests/jobs.js';
import { startHttp } from './http/server.js';
import { delivered } from './loop.js';
import { holdDatabase, openStore } from './main/database.js';
import { createEdge } from './main/edge.js';
import { readinessOf } from './main/readiness.js';
import { eventRoutes, JOBS } from './main/routes.js';
import type { Baton, BatonOptions } from './main/types.js';
import { DueDesk } from './queue/due.js';
import { forgetOldKeys } from './queue/health.js';
import { createHousekeeping } from './queue/housekeeping.js';
import { Inbox } from './queue/inbox.js';
import { LookupDesk } from './queue/lookups.js';
import { Outbox } from './queue/outbox.js';
import { Pump } from './queue/pump.js';
import { changeSetting } from './settings/store.js';
import type { Identity, SlackApi } from './slack/api.js';
import { createAudience } from './slack/audience.js';
import { createSlackApi } from './slack/client.js';
import { slackLogger } from './slack/logger.js';
import type { Store, Work } from './store/transact.js';

export { openStore } from './main/database.js';
export type { Baton, BatonOptions } from './main/types.js';

const TICK_MS = 5_000;

/**
 * Starts Baton: database, workers, HTTP, then Slack. Stops in reverse order.
 * @throws what is wrong with the settings, the database or Slack, in words for an admin
 */
export async function startBaton(o: BatonOptions): Promise<Baton> {
  const release = o.store ? () => undefined : await holdDatabase(o.config);
  const store = o.store ?? (await openStore(o.config, o.probe));
  const slack = createSlackApi({ token: o.config.botToken, ...apiUrl(o), logger: slackLogger(o.log) });
  const identity = await slack.identity();
  const isOurTeam = (teamId: string | null) =>
    teamId === null || teamId === identity.teamId || teamId === identity.enterpriseId;
  const lookups = new LookupDesk(store, slack, o.clocks.machine.now, isOurTeam);
  const workers = createWorkers(o, { store, slack, identity, lookups, isOurTeam });
  await prepare(o, store, identity, workers.outbox);
  const edge = createEdge(o, { store, slack, identity }, () => baton);
  const readiness = () =>
    readinessOf({
      store,
      machineNow: o.clocks.machine.now,
      openConnections: edge.openConnections,
      lastFrameAt: edge.lastFrameAt,
      ignored: edge.ignored,
    });
  const http = await startHttp({ port: o.config.port, readiness, routes: edge.routes });
  const baton: Baton = {
    store,
    clocks: o.clocks,
    identity,
    port: http.port,
    work: workers.work,
    readiness,
    stop: async () => {
      await edge.stop();
      await workers.stop();
      await http.close();
      await store.close();
      release();
    },
  };
  workers.start();
  await edge.start();
  void learnPeople(o, slack, lookups);
  o.log.info({ team: identity.teamId, database: store.dialect, port: http.port }, 'baton.started');
  return baton;
}

function apiUrl(o: BatonOptions): { apiUrl?: string } {
  return o.config.apiUrl ? { apiUrl: o.config.apiUrl } : {};
}

/** What must stand before the first event is handled. */
async function prepare(o: BatonOptions, store: Store, identity: Identity, outbox: Outbox): Promise<void> {
  const at = o.clocks.business.now();
  await store.transact(['company'], async (tx) => {
    await changeSetting(tx, 'workspaceUrl', o.workspaceUrl ?? identity.url, { who: 'baton', at });
    await scheduleDigests(tx, at);
  });
  // Only one process works on a SQLite file, so every claim that stands there is from one that died.
  if (store.dialect === 'sqlite') await outbox.adoptClaims();
}

/** Learns everybody in the workspace at once, so that no command waits for a look-up; failing that, one by one. */
async function learnPeople(o: BatonOptions, slack: SlackApi, lookups: LookupDesk): Promise<void> {
  try {
    await lookups.saveUsers(await slack.users());
  } catch (err) {
    o.log.warn({ err }, 'people.not_listed');
  }
}

interface Parts {
  store: Store;
  slack: SlackApi;
  identity: Identity;
  lookups: LookupDesk;
  isOurTeam: (teamId: string | null) => boolean;
}

function createWorkers(o: BatonOptions, { store, slack, identity, lookups, isOurTeam }: Parts) {
  const { business, machine } = o.clocks;
  const housekeeping = createHousekeeping({
    botUserId: () => identity.botUserId,
    isOurTeam,
    now: machine.now,
  });
  const inbox = new Inbox({
    store,
    slack,
    lookups,
    route: eventRoutes(business, housekeeping),
    now: machine.now,
    log: o.log,
    onParked: (tx, row) => tellParked(tx, row, business.now()),
  });
  const due = new DueDesk({
    store,
    handlers: JOBS,
    businessNow: business.now,
    machineNow: machine.now,
    log: o.log,
  });
  const outbox = new Outbox({
    store,
    slack,
    render: renderCard,
    audience: createAudience({ store, lookups, outsidersAmong }),
    onDelivered: delivered,
    onUndeliverable: (tx, row, reason) => tellUndeliverable(tx, row, reason, business.now()),
    machineNow: machine.now,
    businessNow: business.now,
    log: o.log,
    ...(o.paceMs === undefined ? {} : { paceMs: o.paceMs }),
    ...(o.isDeliveryOn ? { isOn: o.isDeliveryOn } : {}),
    probe: o.probe,
  });
  const pump = (name: string, step: () => Promise<number | undefined>) =>
    new Pump(name, step, machine.now, o.log);
  const pumps = {
    inbox: pump('inbox', () => inbox.step()),
    due: pump('due', () => due.step()),
    outbox: pump('outbox', () => outbox.step()),
  };
  store.onWake((work: Work) => pumps[work].wake());
  const timers = startTimers(
    () => pumps.due.wake(),
    () => forgetOldKeys(store, machine.now()).catch(() => 0),
  );
  return {
    outbox,
    start: () => Object.values(pumps).forEach((one) => one.start()),
    work: async () => {
      await inbox.step();
      await due.step();
      await outbox.step();
    },
    stop: async () => {
      timers.stop();
      await pumps.inbox.stop();
      await pumps.due.stop();
      await pumps.outbox.stop();
    },
  };
}

/** node-cron's minute in UTC, and a monotonic timer beside it: node-cron stands still after a clock was set back. */
function startTimers(tick: () => void, clean: () => void) {
  const minute = cron.schedule('* * * * *', tick, { timezone: 'Etc/UTC' });
  const hour = cron.schedule('7 * * * *', clean, { timezone: 'Etc/UTC' });
  const interval = setInterval(tick, TICK_MS);
  return {
    stop: () => {
      clearInterval(interval);
      void minute.stop();
      void hour.stop();
    },
  };
}
