import type { Logger } from 'pino';
import type { Config } from '../config.js';
import type { ResolvedCompany } from '../imports/company-resolve.js';
import type { Person } from '../people/rules.js';
import type { SlackApi } from '../slack/api.js';
import type { Surfaces } from '../slack/dispatch.js';
import type { Store } from '../store/transact.js';
import type { Clocks } from '../time/index.js';

/** A running Baton, as far as the demo deals with it. */
export interface RunningBaton {
  store: Store;
  /** Does once what waits: deliveries, then due rows, then messages. */
  work: () => Promise<void>;
  stop: () => Promise<void>;
}

/** What cli.ts hands in, so that the demo runs the very Baton of `baton start` and `baton apply`. */
export interface Parts {
  start: (options: {
    config: Config;
    clocks: Clocks;
    log: Logger;
    paceMs: number;
    connections: number;
    isDeliveryOn: () => boolean;
    workspaceUrl: string;
    commands: () => Surfaces<Person>['commands'];
  }) => Promise<RunningBaton>;
  readCompany: (text: string, slack: SlackApi, admins: readonly string[]) => Promise<ResolvedCompany>;
  writeCompany: (
    store: Store,
    resolved: ResolvedCompany,
    change: { who: string; now: number },
  ) => Promise<void>;
}
