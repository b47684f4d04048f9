import type { Logger } from 'pino';
import type { Config } from '../config.js';
import type { Readiness } from '../http/server.js';
import type { Person } from '../people/rules.js';
import type { Identity } from '../slack/api.js';
import type { Surfaces } from '../slack/dispatch.js';
import type { Probe, Store } from '../store/transact.js';
import type { Clocks } from '../time/index.js';

export interface BatonOptions {
  config: Config;
  clocks: Clocks;
  log: Logger;
  /** Given by tests that bring their own database; closed with Baton all the same. */
  store?: Store;
  /** Least time between two messages to one channel, ms. */
  paceMs?: number;
  /** How long one process may have a message to itself, ms; longer than a call to Slack can take. */
  claimMs?: number;
  /** How long a message of unknown outcome is given until Slack shows it, ms. */
  lookUpAfterMs?: number;
  /** Socket connections; two, so that one is open while Slack recycles the other. */
  connections?: number;
  /** False while history is read in: messages are dropped, cards wait. */
  isDeliveryOn?: () => boolean;
  /** Base address for permalinks, where Slack's own does not open. */
  workspaceUrl?: string;
  /** Called at named points, so that a test can end the process there. */
  probe?: Probe;
  /** Further commands, e.g. the demo's time machine. */
  commands?: (baton: () => Baton) => Surfaces<Person>['commands'];
}

/** A running Baton, and what the demo or a test may ask of it. */
export interface Baton {
  store: Store;
  clocks: Clocks;
  identity: Identity;
  /** Where `/healthz` and `/readyz` answer. */
  port: number;
  /** Does once what waits: channels to be read back, deliveries, then due rows, then messages. */
  work: () => Promise<void>;
  readiness: () => Promise<Readiness>;
  /** Stops taking in, finishes what is under way, closes everything. */
  stop: () => Promise<void>;
}
