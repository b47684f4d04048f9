import { gate } from '../accounts/gate.js';
import type { HttpHandler } from '../http/server.js';
import type { Rendered } from '../queue/enqueue.js';
import { pressedHome } from '../queue/homes.js';
import { createBolt, Dispatch } from '../slack/dispatch.js';
import { sortDelivery } from '../slack/envelope.js';
import { HttpReceiver } from '../slack/http.js';
import { slackLogger } from '../slack/logger.js';
import { SocketReceiver } from '../slack/socket.js';
import { EVENT_TYPES } from '../slack/surface.js';
import type { Tx } from '../store/transact.js';
import { trackerHooks } from './hooks.js';
import { SURFACES } from './routes.js';
import type { Baton, BatonOptions } from './types.js';
import type { Parts } from './workers.js';

/** Slack's path on Baton's server, when it speaks HTTP. */
const SLACK_PATH = '/slack/events';

/** What was answered to a press in Home is shown there. */
const inHome = (tx: Tx, userId: string, say: Rendered | undefined) => pressedHome(tx, userId, { say });

export interface Edge {
  start: () => Promise<void>;
  stop: () => Promise<void>;
  openConnections: () => number;
  /** Machine time of the last frame or request from Slack; null before the first. */
  lastFrameAt: () => number | null;
  /** How often something was acknowledged without effect, by why. */
  ignored: () => Record<string, number>;
  routes: Record<string, HttpHandler>;
}

/** Slack's side: events are stored before their ack, everything else goes to Bolt and our dispatcher. */
export function createEdge(
  o: BatonOptions,
  { store, slack, identity, intake, lookups }: Omit<Parts, 'isOurTeam'>,
  baton: () => Baton,
): Edge {
  const { business, machine } = o.clocks;
  const counts = new Map<string, number>();
  const count = (what: string) => void counts.set(what, (counts.get(what) ?? 0) + 1);
  let lastFrameAt: number | null = null;
  const logger = slackLogger(o.log);
  const common = {
    logger,
    onAcked: () => o.probe?.('acked'),
    onFrame: () => {
      lastFrameAt = machine.now();
    },
    onEvent: async (body: unknown) => {
      const sorted = sortDelivery(body, identity, EVENT_TYPES);
      if ('ignore' in sorted) return count(sorted.ignore);
      await intake.put(sorted.keep);
      o.probe?.('stored');
    },
  };
  const api = o.config.apiUrl ? { apiUrl: o.config.apiUrl } : {};
  const { transport } = o.config;
  const receiver =
    transport.kind === 'http'
      ? new HttpReceiver({ ...common, signingSecret: transport.signingSecret, now: machine.now, count })
      : new SocketReceiver({
          ...common,
          ...api,
          appToken: transport.appToken,
          connections: o.connections ?? 2,
        });
  const bolt = createBolt({ token: o.config.botToken, ...api, receiver, logger });
  const surfaces = { ...SURFACES, commands: { ...SURFACES.commands, ...o.commands?.(baton) } };
  const lookUp = (users: readonly string[]) => lookups.ensureUsers(users);
  const times = { businessNow: business.now, machineNow: machine.now };
  const edges = { store, slack, gate, lookUp, inHome, ...times, log: o.log, count };
  new Dispatch({ ...edges, surfaces }).register(bolt);
  return {
    start: async () => {
      await bolt.init();
      await bolt.start();
    },
    stop: () => receiver.stop(),
    openConnections: () => receiver.openConnections(),
    lastFrameAt: () => lastFrameAt,
    ignored: () => Object.fromEntries(counts),
    routes: {
      ...trackerHooks(o.config.trackers, intake, machine.now, count),
      ...(receiver instanceof HttpReceiver
        ? { [`POST ${SLACK_PATH}`]: (req, res) => receiver.handle(req, res) }
        : {}),
    },
  };
}
