import { and, eq } from 'drizzle-orm';
import type { ReadTx, Tx } from '../store/transact.js';

/** What an admin decides, by name. Every change is a new version with who and why; the last one counts. */
export interface Settings {
  /** Channel id where support and success meet. */
  teamChannel: string | null;
  /** Channel id where support works. */
  triageChannel: string | null;
  /** Base address of the workspace, for permalinks. */
  workspaceUrl: string;
  /** The emoji (without colons) that logs an issue. */
  logReaction: string;
  /** IANA zone of the company, for dates that concern nobody in particular. */
  zone: string;
  /** Weekly hours of the company, for accounts that nobody in particular looks after. */
  hours: {
    zone: string;
    /** ISO weekday (1 = Monday) to local intervals. */
    days: Partial<Record<'1' | '2' | '3' | '4' | '5' | '6' | '7', { from: string; to: string }[]>>;
    holidays: string[];
  };
  /** Slack ids of the leads by function. */
  leads: { support: string[]; success: string[] };
}

const NINE_TO_FIVE = [{ from: '09:00', to: '17:00' }];

const DEFAULTS: Settings = {
  teamChannel: null,
  triageChannel: null,
  workspaceUrl: 'https://slack.com/',
  logReaction: 'ticket',
  zone: 'UTC',
  hours: {
    zone: 'UTC',
    days: { 1: NINE_TO_FIVE, 2: NINE_TO_FIVE, 3: NINE_TO_FIVE, 4: NINE_TO_FIVE, 5: NINE_TO_FIVE },
    holidays: [],
  },
  leads: { support: [], success: [] },
};

export async function setting<K extends keyof Settings>(tx: ReadTx, key: K): Promise<Settings[K]> {
  const { settings } = tx.t;
  const [row] = await tx.db
    .select({ value: settings.value })
    .from(settings)
    .where(and(eq(settings.scope, 'company'), eq(settings.key, key), eq(settings.isCurrent, true)));
  return (row?.value as Settings[K] | undefined) ?? DEFAULTS[key];
}

/** Writes a new version when the value differs from what holds. @returns whether it did. */
export async function changeSetting<K extends keyof Settings>(
  tx: Tx,
  key: K,
  value: Settings[K],
  change: { who: string; at: number; why?: string },
): Promise<boolean> {
  const { settings } = tx.t;
  const current = and(eq(settings.scope, 'company'), eq(settings.key, key), eq(settings.isCurrent, true));
  const [row] = await tx.db.select().from(settings).where(current);
  if (row && JSON.stringify(row.value) === JSON.stringify(value)) return false;
  await tx.db.update(settings).set({ isCurrent: false }).where(current);
  await tx.db.insert(settings).values({
    scope: 'company',
    key,
    value,
    version: (row?.version ?? 0) + 1,
    isCurrent: true,
    who: change.who,
    at: change.at,
    why: change.why ?? null,
  });
  return true;
}
