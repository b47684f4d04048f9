import { createHash } from 'node:crypto';
import type { ReadTx } from '../store/transact.js';
import { byInviter, type Coverage, type Impossible } from './rules/coverage.js';
import { sentKeys } from './store/coverage.js';

/** Whom to ask to invite Baton, and where to. */
export interface Ask {
  inviter: string | null;
  channels: Impossible[];
  /** One message per colleague, list and week. */
  key: string;
  isAsked: boolean;
}

const WEEK_MS = 7 * 86_400_000;

/** What colleagues can be asked for at an instant (UTC ms), and what they were asked in the last days. */
export async function asksOf(tx: ReadTx, coverage: Coverage, now: number): Promise<Ask[]> {
  const week = Math.floor(now / WEEK_MS);
  const asks = [...byInviter(coverage.impossible)].map(([inviter, channels]) => ({
    inviter,
    channels,
    key: `coverage:${inviter}:${hashOf(channels)}:${week}`,
  }));
  const sent = await sentKeys(
    tx,
    asks.map((ask) => ask.key),
  );
  const all = asks.map((ask) => ({ ...ask, isAsked: sent.has(ask.key) }));
  // Those who can help come before what nobody can.
  return [...all.filter((ask) => ask.inviter !== null), ...all.filter((ask) => ask.inviter === null)];
}

function hashOf(channels: readonly Impossible[]): string {
  const ids = channels.map((one) => one.channel).sort();
  return createHash('sha256').update(ids.join()).digest('base64url').slice(0, 16);
}
