/** Builds the parts of a fake Slack and connects them to an HTTP server. */
import type { IncomingMessage, Server } from 'node:http';
import { Asking } from './asking.js';
import { Changes } from './changes.js';
import { type Core, completeCore } from './core.js';
import { Deliveries } from './deliveries.js';
import { Events, newEventId } from './events.js';
import { FaultPlan } from './faults.js';
import { HttpDelivery } from './http-delivery.js';
import { Interactions } from './interactions.js';
import { Modals } from './modals.js';
import { People } from './people.js';
import { RateBuckets } from './rate-buckets.js';
import { ResponseUrls } from './response-urls.js';
import { SocketModeServer } from './socket-mode.js';
import { Triggers } from './triggers.js';
import type { FakeSlackOptions, Identity } from './types.js';
import { WebApi } from './web-api.js';
import { World } from './world.js';

const DEFAULT_SCOPES = [
  'app_mentions:read',
  'channels:history',
  'channels:join',
  'channels:manage',
  'channels:read',
  'chat:write',
  'commands',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'im:write',
  'mpim:history',
  'mpim:read',
  'mpim:write',
  'reactions:read',
  'reactions:write',
  'team:read',
  'usergroups:read',
  'users:read',
  'users:read.email',
];

/** All the parts, wired up. */
export interface Parts {
  core: Core;
  changes: Changes;
  socketMode: SocketModeServer;
  webApi: WebApi;
  people: People;
  asking: Asking;
  interactions: Interactions;
  modals: Modals;
  /** A signed HTTP delivery to an address of the app. */
  httpTo(url: string): HttpDelivery;
}

export function assemble(options: FakeSlackOptions, server: Server, host: string): Parts {
  const identity = identityOf(options);
  const now = options.now ?? Date.now;
  const ackTimeoutMs = options.ackTimeoutMs ?? 3000;
  const changes = new Changes();
  const faults = new FaultPlan(options.seed ?? 1);
  const world = new World(identity, now);
  const pingIntervalMs = options.pingIntervalMs ?? 5000;
  const socketMode = new SocketModeServer({ appId: identity.appId, ackTimeoutMs, pingIntervalMs }, changes);
  const retryDelays = options.retryDelaysMs ?? [10, 60_000, 300_000];
  const deliveries = new Deliveries(socketMode, faults, changes, retryDelays, () => newEventId(world));
  const core = completeCore({
    identity,
    world,
    events: new Events(world, deliveries),
    deliveries,
    faults,
    triggers: new Triggers(now, options.triggerTtlMs ?? 3000),
    responseUrls: new ResponseUrls(now, () => `http://${host}/`),
    rates: new RateBuckets(now),
    scopes: options.scopes ?? DEFAULT_SCOPES,
    violations: [],
    issueSocketUrl: () => socketMode.issueUrl(host),
  });
  const webApi = new WebApi(core, changes);
  listen(server, webApi, socketMode);
  const asking = new Asking(core);
  const signatureNow = options.signatureNow ?? Date.now;
  return {
    core,
    changes,
    socketMode,
    webApi,
    people: new People(core),
    asking,
    interactions: new Interactions(core, asking),
    modals: new Modals(core, asking),
    httpTo: (url) =>
      new HttpDelivery(url, { signingSecret: identity.signingSecret, ackTimeoutMs, signatureNow }),
  };
}

function identityOf(options: FakeSlackOptions): Identity {
  return {
    teamId: options.teamId ?? 'T_HOME',
    botUserId: options.botUserId ?? 'U_BATON',
    botId: options.botId ?? 'B_BATON',
    appId: options.appId ?? 'A_BATON',
    signingSecret: options.signingSecret ?? 'fake-signing-secret',
    botToken: 'xoxb-fake-bot-token',
    appToken: 'xapp-fake-app-token',
  };
}

function listen(server: Server, webApi: WebApi, socketMode: SocketModeServer): void {
  server.on('request', (req, res) => {
    readBody(req)
      .then(
        (body) => webApi.handle(req, res, body),
        () => res.destroy(),
      )
      .catch((error: unknown) => webApi.brokeDown(res, error));
  });
  server.on('upgrade', (req, socket, head) => socketMode.upgrade(req, socket, head));
}

async function readBody(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
