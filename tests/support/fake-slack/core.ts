import type { Deliveries } from './deliveries.js';
import type { Events } from './events.js';
import type { FaultPlan } from './faults.js';
import type { RateBuckets } from './rate-buckets.js';
import type { ResponseUrls } from './response-urls.js';
import type { Triggers } from './triggers.js';
import type { Identity } from './types.js';
import { Views } from './views.js';
import type { World } from './world.js';

/** The parts of the fake that the API methods and the people share. */
export interface Core {
  identity: Identity;
  world: World;
  events: Events;
  deliveries: Deliveries;
  faults: FaultPlan;
  triggers: Triggers;
  responseUrls: ResponseUrls;
  views: Views;
  rates: RateBuckets;
  scopes: string[];
  /** Everything the app did that Slack would have refused, for tests that assert none. */
  violations: string[];
  issueSocketUrl(): string;
}

/** Completes the parts with the views, which need all of them. */
export function completeCore(parts: Omit<Core, 'views'>): Core {
  const core = { ...parts } as Core;
  core.views = new Views(core);
  return core;
}
