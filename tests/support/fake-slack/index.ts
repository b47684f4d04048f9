/**
 * A Slack to test against: Web API over HTTP, Socket Mode over WebSocket, or signed HTTP delivery,
 * in this process, on 127.0.0.1. It follows Slack's documentation and knows nothing of the app.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Changes } from './changes.js';
import type { Core } from './core.js';
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
import type { FakeSlack, FakeSlackOptions, Identity } from './types.js';
import { placedElements } from './view-state.js';
import { Views } from './views.js';
import { waitFor } from './wait.js';
import { WebApi } from './web-api.js';
import { World } from './world.js';

export { checkMessageBlocks, checkView } from './block-kit.js';
export type { DeliveryFault, FaultPlan, WebFault, WebFaultName } from './faults.js';
export type * from './types.js';

const DEFAULT_SCOPES = [
  'app_mentions:read', 'channels:history', 'channels:join', 'channels:manage', 'channels:read', 'chat:write', 'commands',
  'groups:history', 'groups:read', 'im:history', 'im:read', 'im:write', 'mpim:history', 'mpim:read', 'mpim:write',
  'reactions:read', 'reactions:write', 'team:read', 'usergroups:read', 'users:read', 'users:read.email',
];

/** Starts a Slack of its own on a free port. */
export async function startFakeSlack(options: FakeSlackOptions = {}): Promise<FakeSlack> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return assemble(options, server, `127.0.0.1:${(server.address() as AddressInfo).port}`);
}

function assemble(options: FakeSlackOptions, server: Server, host: string): FakeSlack {
  const identity = identityOf(options);
  const now = options.now ?? Date.now;
  const ackTimeoutMs = options.ackTimeoutMs ?? 3000;
  const changes = new Changes();
  const faults = new FaultPlan(options.seed ?? 1);
  const world = new World(identity, now);
  const socketMode = new SocketModeServer({ appId: identity.appId, ackTimeoutMs, pingIntervalMs: options.pingIntervalMs ?? 5000 }, changes);
  const deliveries = new Deliveries(socketMode, faults, changes, options.retryDelaysMs ?? [10, 60_000, 300_000], () => newEventId(world));
  const events = new Events(world, deliveries);
  const core = {
    identity,
    world,
    events,
    deliveries,
    faults,
    triggers: new Triggers(now, options.triggerTtlMs ?? 3000),
    responseUrls: new ResponseUrls(now, () => `http://${host}/`),
    rates: new RateBuckets(now),
    scopes: options.scopes ?? DEFAULT_SCOPES,
    violations: [] as string[],
    issueSocketUrl: () => socketMode.issueUrl(host),
  } as unknown as Core;
  core.views = new Views(core);
  const webApi = new WebApi(core, changes);
  listen(server, webApi, socketMode);

  const people = new People(core);
  const interactions = new Interactions(core);
  const modals = new Modals(core, interactions);
  const http = (url: string) => new HttpDelivery(url, { signingSecret: identity.signingSecret, ackTimeoutMs, signatureNow: options.signatureNow ?? Date.now });
  let httpDelivery: HttpDelivery | undefined;

  return {
    ...identity,
    url: `http://${host}/api/`,
    faults,
    log: webApi.log,
    deliveries: deliveries.all,
    violations: core.violations,
    stop: async () => {
      deliveries.stop();
      await socketMode.stop();
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
    addUser: (user) => world.addUser(user),
    addChannel: (channel) => world.addChannel(channel),
    addUsergroup: (group) => void world.usergroups.push(group),
    channel: (ref) => world.channel(ref),
    user: (ref) => world.user(ref),
    dm: (ref) => world.openDm([world.user(ref).id]).channel,
    messages: (ref) => structuredClone(world.messagesOf(world.channel(ref).id)),
    ephemerals: () => structuredClone(world.ephemerals),
    calls: (method) => webApi.log.filter((call) => call.method === method),
    openViews: (ref) => structuredClone(core.views.stack(world.user(ref).id)),
    home: (ref) => structuredClone(core.views.home(world.user(ref).id)),
    revokeToken: () => {
      webApi.revoked = true;
    },
    restoreToken: () => {
      webApi.revoked = false;
    },

    post: (channel, user, text, opts) => people.post(channel, user, text, opts),
    edit: (channel, ts, text) => people.edit(channel, ts, text),
    remove: (channel, ts) => people.remove(channel, ts),
    unfurl: (channel, ts, attachment) => people.unfurl(channel, ts, attachment),
    react: (channel, ts, user, name) => people.react(channel, ts, user, name),
    unreact: (channel, ts, user, name) => people.unreact(channel, ts, user, name),
    join: (channel, user) => people.join(channel, user),
    leave: (channel, user) => people.leave(channel, user),
    openHome: (user) => people.openHome(user),
    command: (user, channel, command, text) => interactions.command(user, channel, command, text),
    press: (user, channel, ts, actionId, opts) => interactions.press(user, channel, ts, actionId, opts),
    pressInView: async (user, actionId, opts) => interactions.pressInView(user, modals.top(user), actionId, opts),
    pressInHome: async (user, actionId, opts) => {
      const view = core.views.home(world.user(user).id);
      if (!view) throw new Error(`fake Slack: no Home was published for ${user}`);
      return interactions.pressInView(user, view, actionId, opts);
    },
    fillView: (user, values) => modals.fill(user, values),
    submitView: (user, values = {}, opts = {}) => modals.submit(user, values, opts.force ?? false),
    closeView: (user, opts = {}) => modals.close(user, opts.clear ?? false),
    suggest: async (user, actionId, query, at) => {
      const message = at ? interactions.messageOnScreen(world.channel(at.channel), at.ts, false) : undefined;
      const view = message ? undefined : modals.top(user);
      const placed = placedElements(message?.blocks ?? view?.blocks ?? []).find((one) => one.element.action_id === actionId);
      if (!placed) throw new Error(`fake Slack: no element "${actionId}" to type into`);
      return interactions.suggest(world.user(user), placed, query, message ? { message: events.storedMessage(message) } : { view });
    },
    messageShortcut: (user, channel, ts, callbackId) => interactions.messageShortcut(user, channel, ts, callbackId),
    globalShortcut: (user, callbackId) => interactions.globalShortcut(user, callbackId),
    deliverEvent: (event, overrides) => events.deliver(event, overrides),
    deliverRaw: async (envelope) => {
      const payload = (envelope['payload'] ?? envelope) as Record<string, unknown>;
      const ack = await (httpDelivery ? httpDelivery.send('events_api', payload) : socketMode.sendFrame(envelope));
      return { acked: ack.acked, ackPayload: ack.payload, ackMs: ack.ms };
    },

    connections: () => socketMode.connections(),
    deliverOver: (mode) => {
      httpDelivery = mode === 'socket' ? undefined : http(mode.url);
      deliveries.transport = httpDelivery ?? socketMode;
    },
    verifyUrl: async () => {
      if (!httpDelivery) throw new Error('fake Slack: verifyUrl needs deliverOver({ url }) first');
      return httpDelivery.verifyUrl();
    },
    disconnectAll: (opts) => socketMode.disconnectAll(opts ?? {}),
    waitFor: (predicate, what, timeoutMs = 5000) => waitFor(predicate, what, timeoutMs, changes, webApi.log),
    drainDeliveries: (opts) => deliveries.drain(opts),
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
    readBody(req).then(
      (body) => webApi.handle(req, res, body),
      () => res.destroy(),
    ).catch((error: unknown) => webApi.brokeDown(res, error));
  });
  server.on('upgrade', (req, socket, head) => socketMode.upgrade(req, socket, head));
}

async function readBody(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
