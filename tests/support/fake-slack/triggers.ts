import { SlackError } from './errors.js';

interface Trigger {
  user: string;
  expiresAt: number;
  used: boolean;
}

/** trigger_ids: valid for a few seconds, for one view. */
export class Triggers {
  readonly #known = new Map<string, Trigger>();
  #count = 0;

  constructor(
    private readonly now: () => number,
    private readonly ttlMs: number,
  ) {}

  issue(user: string): string {
    this.#count += 1;
    const id = `${Math.floor(this.now())}.${this.#count}.fake`;
    this.#known.set(id, { user, expiresAt: this.now() + this.ttlMs, used: false });
    return id;
  }

  /** Uses a trigger up and says whose it was. */
  exchange(id: string): string {
    const trigger = this.#known.get(id);
    if (!trigger) throw new SlackError('invalid_trigger_id');
    if (trigger.used) throw new SlackError('exchanged_trigger_id');
    if (this.now() > trigger.expiresAt) throw new SlackError('expired_trigger_id');
    trigger.used = true;
    return trigger.user;
  }
}
