import { scheduleMornings } from './digests/morning.js';
import { scheduleSurvey } from './home/jobs.js';
import { ensureAdmins } from './home/store/roles.js';
import { startHttp } from './http/server.js';
import { holdDatabase, openStore } from './main/database.js';
import { createEdge, type Edge } from './main/edge.js';
import { Hearing } from './main/hearing.js';
import { readinessOf } from './main/readiness.js';
import type { Baton, BatonOptions } from './main/types.js';
import { createWorkers } from './main/workers.js';
import { Intake } from './queue/intake.js';
import { LookupDesk } from './queue/lookups.js';
import type { Outbox } from './queue/outbox.js';
import { changeSetting } from './settings/store.js';
import { beginObserving } from './signals/observe.js';
import type { Identity, SlackApi } from './slack/api.js';
import { createSlackApi } from './slack/client.js';
import { slackLogger } from './slack/logger.js';
import type { Store } from './store/transact.js';

export { openStore } from './main/database.js';
export type { Baton, BatonOptions } from './main/types.js';

/**
 * Starts Baton: database, workers, HTTP, then Slack. Stops in reverse order; a start that fails stops what it began.
 * @throws what is wrong with the settings, the database or Slack, in words for an admin
 */
export async function startBaton(o: BatonOptions): Promise<Baton> {
  const undo: (() => Promise<void> | void)[] = [];
  const stop = async () => {
    for (let step = undo.pop(); step; step = undo.pop()) await step();
  };
  try {
    return await compose(o, undo, stop);
  } catch (err) {
    await stop();
    throw err;
  }
}

async function compose(
  o: BatonOptions,
  undo: (() => Promise<void> | void)[],
  stop: () => Promise<void>,
): Promise<Baton> {
  if (!o.store) undo.push(await holdDatabase(o.config));
  const store = o.store ?? (await openStore(o.config, o.probe));
  undo.push(() => store.close());
  const api = o.config.apiUrl ? { apiUrl: o.config.apiUrl } : {};
  const slack = createSlackApi({ token: o.config.botToken, ...api, logger: slackLogger(o.log) });
  const identity = await slack.identity();
  const { machine } = o.clocks;
  const isOurTeam = (id: string | null) =>
    id === null || id === identity.teamId || id === identity.enterpriseId;
  const lookups = new LookupDesk(store, slack, machine.now, isOurTeam);
  const intake = new Intake(store, machine.now);
  const workers = createWorkers(o, { store, slack, identity, intake, lookups, isOurTeam });
  await prepare(o, store, identity, workers.outbox);
  const edge = createEdge(o, { store, slack, identity, intake, lookups }, () => baton);
  const hearing = createHearing(o, store, edge, workers.wakeCatchUp);
  const facts = {
    store,
    machineNow: machine.now,
    businessNow: o.clocks.business.now,
    ...edge,
    isDeaf: () => hearing.isDeaf(),
    tokenProblem: () => workers.outbox.tokenProblem(),
  };
  const readiness = () => readinessOf(facts);
  const http = await startHttp({ port: o.config.port, readiness, routes: edge.routes });
  undo.push(() => http.close());
  workers.start();
  undo.push(() => workers.stop());
  const baton: Baton = {
    store,
    clocks: o.clocks,
    identity,
    port: http.port,
    work: workers.work,
    readiness,
    stop,
  };
  undo.push(() => edge.stop());
  await edge.start();
  await hearing.start();
  undo.push(() => hearing.stop());
  void learnPeople(o, store, slack, lookups);
  o.log.info({ team: identity.teamId, database: store.dialect, port: http.port }, 'baton.started');
  return baton;
}

function createHearing(o: BatonOptions, store: Store, edge: Edge, wakeCatchUp: () => void): Hearing {
  return new Hearing({
    store,
    clocks: o.clocks,
    log: o.log,
    openConnections: edge.openConnections,
    // Over HTTP a quiet night is no sign of trouble: there is no line that could be dead.
    lastFrameAt: o.config.transport.kind === 'http' ? () => null : edge.lastFrameAt,
    wakeCatchUp,
    deadManUrl: o.config.deadManUrl,
  });
}

/** What must stand before the first event is handled. */
async function prepare(o: BatonOptions, store: Store, identity: Identity, outbox: Outbox): Promise<void> {
  const at = o.clocks.business.now();
  await store.transact(['company'], async (tx) => {
    await changeSetting(tx, 'workspaceUrl', o.workspaceUrl ?? identity.url, { who: 'baton', at });
    await scheduleMornings(tx, at);
    await scheduleSurvey(tx, at);
    await beginObserving(tx, at);
  });
  // Only one process works on a SQLite file, so every claim that stands there is from one that died.
  if (store.dialect === 'sqlite') await outbox.adoptClaims();
}

/** Learns everybody in the workspace at once, so that no command waits for a look-up; failing that, one by one. */
async function learnPeople(
  o: BatonOptions,
  store: Store,
  slack: SlackApi,
  lookups: LookupDesk,
): Promise<void> {
  try {
    await lookups.saveUsers(await slack.users());
    // Without a company.yml somebody must be able to begin: whoever administers the workspace.
    await store.transact(['company'], (tx) => ensureAdmins(tx, o.config.admins));
  } catch (err) {
    o.log.warn({ err }, 'people.not_listed');
  }
}
