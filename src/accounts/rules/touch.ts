/** How a conversation took place. */
export const TOUCH_HOWS = ['call', 'mail', 'meeting', 'chat'] as const;
export type TouchHow = (typeof TOUCH_HOWS)[number];

/** A logged conversation with an account. */
export interface Touch {
  id: number;
  accountId: number;
  /** A person id. */
  byId: number;
  func: 'support' | 'success';
  how: TouchHow | 'unsaid';
  /** When it took place; UTC ms. */
  at: number;
  outcome: string | null;
  note: string | null;
  permalink: string | null;
  /** What was done by it, e.g. `followup:7`; null for one that was only logged. */
  about: string | null;
}

/**
 * Characters of a note or an outcome at most.
 * @public
 */
export const TOUCH_NOTE_MAX = 1_000;

/** Days after which a conversation is wanted again, by tier, where the account says nothing of its own. */
const TOUCH_EVERY_DAYS: Readonly<Record<string, number>> = { A: 14, B: 30, C: 90 };

/** How often an account wants a conversation, in days; null when neither it nor its tier says. */
export function touchEveryDays(account: {
  tier: string | null;
  touchEveryDays?: number | null;
}): number | null {
  return account.touchEveryDays ?? TOUCH_EVERY_DAYS[account.tier ?? ''] ?? null;
}
