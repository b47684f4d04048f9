/** What goes wrong, when: one-shot orders first, then seeded chance. */
import { seededRandom } from './prng.js';

export type WebFaultName =
  | 'rate_limited'
  | 'rate_limited_bare'
  | 'error_before'
  | 'error_after'
  | 'dropped_reply'
  | 'html'
  | 'hang'
  | 'disconnect_before';

export type DeliveryFault = 'duplicate' | 'duplicate_new_id' | 'retry' | 'late' | 'reorder' | 'disconnect';

/** A platform error (`{error}`), a named fault, or a named fault with its parameter. */
export type WebFault =
  | WebFaultName
  | { error: string }
  | { kind: 'rate_limited'; retryAfter: number }
  | { kind: 'hang'; store: boolean };

const WEB_FAULTS: readonly WebFaultName[] = [
  'rate_limited',
  'rate_limited_bare',
  'error_before',
  'error_after',
  'dropped_reply',
  'html',
  'hang',
  'disconnect_before',
];
const DELIVERY_FAULTS: readonly DeliveryFault[] = [
  'duplicate',
  'duplicate_new_id',
  'retry',
  'late',
  'reorder',
  'disconnect',
];

/** Losing a reply only means something where something was stored. */
const LOSABLE = /^(chat\.(postMessage|update|delete|postEphemeral)|views\.publish|reactions\.)/;

export class FaultPlan {
  /** Probability per fault name, for every call or delivery it can apply to. */
  rate: Partial<Record<WebFaultName | DeliveryFault, number>> = {};
  /** Methods that chance leaves alone; explicit orders by `next` still hit them. */
  exempt = new Set(['apps.connections.open', 'auth.test', 'api.test']);
  /** When set, chance touches only these methods. */
  only: Set<string> | undefined;
  /** Answers 429 above one message per second per channel, with a burst of five. */
  enforceRates = false;
  /** Seconds in the Retry-After of a `rate_limited` by chance. */
  retryAfter = 1;
  /** How late a late or repeated delivery is, in real ms. */
  lateMs: [number, number] = [5, 60];
  readonly counts: Record<string, number> = {};

  // Streams of their own: one more Web API call must not change which events are disturbed.
  readonly #webChance: () => number;
  readonly #deliveryChance: () => number;
  readonly #delays: () => number;
  readonly #web = new Map<string, WebFault[]>();
  readonly #deliveries: { fault: DeliveryFault; eventType: string | undefined }[] = [];

  constructor(seed: number) {
    this.#webChance = seededRandom(seed);
    this.#deliveryChance = seededRandom(seed + 1);
    this.#delays = seededRandom(seed + 2);
  }

  /** Orders a fault for the next call of a method; several orders queue up. */
  next(method: string, fault: WebFault): void {
    this.#web.set(method, [...(this.#web.get(method) ?? []), fault]);
  }

  /** Orders a fault for the next event, or for the next one of a type. */
  nextDelivery(fault: DeliveryFault, eventType?: string): void {
    this.#deliveries.push({ fault, eventType });
  }

  /** Disturbs about this share of event deliveries, by a fixed mix (no cut sockets). */
  disturb(share: number): void {
    Object.assign(this.rate, {
      duplicate: share * 0.25,
      duplicate_new_id: share * 0.15,
      retry: share * 0.2,
      late: share * 0.2,
      reorder: share * 0.2,
    });
  }

  /** Loses about this share of the answers to calls that stored something. */
  loseReplies(share: number): void {
    Object.assign(this.rate, { error_after: share / 2, dropped_reply: share / 2 });
  }

  /** No more faults by chance and no pending orders. */
  calm(): void {
    this.rate = {};
    this.enforceRates = false;
    this.#web.clear();
    this.#deliveries.length = 0;
  }

  /** For the fake itself: the fault of this call. */
  takeWeb(method: string): WebFault | undefined {
    const ordered = this.#web.get(method)?.shift();
    if (ordered !== undefined) return ordered;
    if (this.exempt.has(method) || (this.only && !this.only.has(method))) return undefined;
    const names = WEB_FAULTS.filter((name) => !isLostReply(name) || LOSABLE.test(method));
    const drawn = this.#draw(names, this.#webChance);
    return drawn === 'rate_limited' ? { kind: 'rate_limited', retryAfter: this.retryAfter } : drawn;
  }

  /** For the fake itself: the fault of this event. */
  takeDelivery(eventType: string): DeliveryFault | undefined {
    const index = this.#deliveries.findIndex(
      (order) => order.eventType === undefined || order.eventType === eventType,
    );
    if (index !== -1) return this.#deliveries.splice(index, 1)[0]?.fault;
    return this.#draw(DELIVERY_FAULTS, this.#deliveryChance);
  }

  /** For the fake itself: how long to hold something back. */
  delay(): number {
    const [least, most] = this.lateMs;
    return least + this.#delays() * (most - least);
  }

  count(name: string): void {
    this.counts[name] = (this.counts[name] ?? 0) + 1;
  }

  #draw<Name extends WebFaultName | DeliveryFault>(
    names: readonly Name[],
    chance: () => number,
  ): Name | undefined {
    // One draw per call, whatever the rates: the sequence stays the same when a rate changes.
    let left = chance();
    for (const name of names) {
      left -= this.rate[name] ?? 0;
      if (left < 0) return name;
    }
    return undefined;
  }
}

function isLostReply(name: WebFaultName): boolean {
  return name === 'error_after' || name === 'dropped_reply';
}

/** The name under which a web fault is counted and logged. */
export function faultName(fault: WebFault): string {
  if (typeof fault === 'string') return fault;
  return 'error' in fault ? `error:${fault.error}` : fault.kind;
}
