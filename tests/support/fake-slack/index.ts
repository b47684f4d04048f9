/**
 * A Slack to test against: Web API over HTTP, Socket Mode over WebSocket, or signed HTTP delivery,
 * in this process, on 127.0.0.1. It follows Slack's documentation and knows nothing of the app.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FakeSlack } from './api.js';
import { assemble, type Parts } from './assemble.js';
import type { HttpDelivery } from './http-delivery.js';
import type { FakeSlackOptions } from './types.js';
import { placedElements } from './view-state.js';
import { waitFor } from './wait.js';

export type { FakeSlack } from './api.js';
export { checkMessageBlocks, checkView } from './block-kit.js';
export type { DeliveryFault, FaultPlan, WebFault, WebFaultName } from './faults.js';
export type * from './types.js';

/** Starts a Slack of its own on a free port. */
export async function startFakeSlack(options: FakeSlackOptions = {}): Promise<FakeSlack> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const parts = assemble(options, server, host);
  return {
    ...parts.core.identity,
    url: `http://${host}/api/`,
    stop: () => stop(parts, server),
    ...worldSide(parts),
    ...peopleSide(parts),
    ...deliverySide(parts),
  };
}

async function stop({ core, socketMode }: Parts, server: Server): Promise<void> {
  core.deliveries.stop();
  await socketMode.stop();
  server.closeAllConnections();
  await new Promise((resolve) => {
    server.close(resolve);
  });
}

type WorldSide = Pick<
  FakeSlack,
  | 'addUser'
  | 'addChannel'
  | 'addUsergroup'
  | 'channel'
  | 'user'
  | 'dm'
  | 'messages'
  | 'ephemerals'
  | 'log'
  | 'calls'
  | 'deliveries'
  | 'violations'
  | 'openViews'
  | 'home'
  | 'revokeToken'
  | 'restoreToken'
>;

/** What the workspace holds. Lists come as copies: a test cannot change Slack's memory by accident. */
function worldSide({ core, webApi }: Parts): WorldSide {
  const { world } = core;
  return {
    log: webApi.log,
    deliveries: core.deliveries.all,
    violations: core.violations,
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
  };
}

type PeopleSide = Pick<
  FakeSlack,
  | 'post'
  | 'edit'
  | 'remove'
  | 'unfurl'
  | 'react'
  | 'unreact'
  | 'join'
  | 'leave'
  | 'openHome'
  | 'command'
  | 'press'
  | 'pressInView'
  | 'pressInHome'
  | 'fillView'
  | 'submitView'
  | 'closeView'
  | 'suggest'
  | 'messageShortcut'
  | 'globalShortcut'
>;

/** What people do. */
function peopleSide({ core, people, asking, interactions, modals }: Parts): PeopleSide {
  const { world, events } = core;
  return {
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
    pressInView: async (user, actionId, opts) =>
      interactions.pressInView(user, modals.top(user), actionId, opts),
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
      const placed = placedElements(message?.blocks ?? view?.blocks ?? []).find(
        (one) => one.element.action_id === actionId,
      );
      if (!placed) throw new Error(`fake Slack: no element "${actionId}" to type into`);
      return asking.suggest(
        world.user(user),
        placed,
        query,
        message ? { message: events.storedMessage(message) } : { view },
      );
    },
    messageShortcut: (user, channel, ts, callbackId) =>
      interactions.messageShortcut(user, channel, ts, callbackId),
    globalShortcut: (user, callbackId) => interactions.globalShortcut(user, callbackId),
  };
}

type DeliverySide = Pick<
  FakeSlack,
  | 'faults'
  | 'deliverEvent'
  | 'deliverRaw'
  | 'connections'
  | 'deliverOver'
  | 'verifyUrl'
  | 'disconnectAll'
  | 'waitFor'
  | 'drainDeliveries'
>;

/** How payloads reach the app. */
function deliverySide({ core, socketMode, webApi, changes, httpTo }: Parts): DeliverySide {
  const { events, deliveries } = core;
  let httpDelivery: HttpDelivery | undefined;
  return {
    faults: core.faults,
    deliverEvent: (event, overrides) => events.deliver(event, overrides),
    deliverRaw: async (envelope) => {
      const payload = (envelope.payload ?? envelope) as Record<string, unknown>;
      const ack = await (httpDelivery
        ? httpDelivery.send('events_api', payload)
        : socketMode.sendFrame(envelope));
      return { acked: ack.acked, ackPayload: ack.payload, ackMs: ack.ms };
    },

    connections: () => socketMode.connections(),
    deliverOver: (mode) => {
      httpDelivery = mode === 'socket' ? undefined : httpTo(mode.url);
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
