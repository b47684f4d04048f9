import { and, asc, eq, gt, inArray, isNull, or } from 'drizzle-orm';
import { setting } from '../../settings/store.js';
import { emit } from '../../store/log.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { DAY_MS, wallOf } from '../../time/index.js';
import { computeHealth, type Health, nextBand } from '../rules/health.js';
import { healthFacts } from '../rules/health-facts.js';
import { touchEveryDays } from '../rules/touch.js';
import { type AccountDetails, OWN_HEALTH } from '../rules.js';
import { lastTouches } from './touches.js';

const MONTH_MS = 30 * DAY_MS;
const QUARTER_MS = 90 * DAY_MS;

/** The health of an account as of an instant (business time, UTC ms), from what Baton saw of it. */
export async function healthOf(tx: ReadTx, account: AccountDetails, now: number): Promise<Health> {
  const events = await lately(tx, account.id, now);
  const of = (kind: string) => events.filter((event) => event.kind === kind);
  const opened = of('contact.opened').map((event) => event.at);
  const firstAt = await firstSeenAt(tx, account.id);
  const last = Object.values(await lastTouches(tx, account.id)).flatMap((touch) => (touch ? [touch.at] : []));
  return computeHealth(
    healthFacts({
      today: wallOf(now, await setting(tx, 'zone')).date,
      knownDays: firstAt === null ? null : Math.floor((now - firstAt) / DAY_MS),
      reopened: of('issue.reopened').length,
      // A solution is an objective of ours; what the customer was to hear is what counts.
      lateAnswers: of('level.missed').filter((event) => event.data.clock !== 'resolve').length,
      brokenPromises: of('promise.broken').length,
      ratings: of('rating.received').map((event) => Number(event.data.value)),
      contacts: {
        month: opened.filter((at) => at > now - MONTH_MS).length,
        before: opened.filter((at) => at <= now - MONTH_MS).length,
      },
      touchedDaysAgo: last.length === 0 ? null : Math.floor((now - Math.max(...last)) / DAY_MS),
      touchEveryDays: touchEveryDays(account),
      renewalOn: account.renewalOn,
    }),
  );
}

const KINDS = ['contact.opened', 'issue.reopened', 'level.missed', 'promise.broken', 'rating.received'];

async function lately(tx: ReadTx, accountId: number, now: number) {
  const { log } = tx.t;
  return tx.db
    .select({ kind: log.kind, at: log.at, data: log.data })
    .from(log)
    .where(and(eq(log.accountId, accountId), inArray(log.kind, KINDS), gt(log.at, now - QUARTER_MS)));
}

async function firstSeenAt(tx: ReadTx, accountId: number): Promise<number | null> {
  const { log } = tx.t;
  const [row] = await tx.db
    .select({ at: log.at })
    .from(log)
    .where(eq(log.accountId, accountId))
    .orderBy(asc(log.at))
    .limit(1);
  return row?.at ?? null;
}

/** Some accounts that no other tool feeds, by their ids from `after` on. */
export async function accountsToRate(tx: ReadTx, after: number, limit: number): Promise<AccountDetails[]> {
  const { accounts: a } = tx.t;
  return tx.db
    .select()
    .from(a)
    .where(
      and(
        gt(a.id, after),
        eq(a.isArchived, false),
        or(isNull(a.healthSource), eq(a.healthSource, OWN_HEALTH)),
      ),
    )
    .orderBy(asc(a.id))
    .limit(limit);
}

/** Computes the health of an account and keeps it; with too little known it is kept as such. */
export async function rateAccount(tx: Tx, account: AccountDetails, now: number): Promise<void> {
  const { accounts: a } = tx.t;
  const health = await healthOf(tx, account, now);
  const [row] = await tx.db.select({ next: a.healthNextBand }).from(a).where(eq(a.id, account.id));
  const { band, next } =
    health.value === null
      ? { band: null, next: null }
      : nextBand(account.healthBand, row?.next ?? null, health.value);
  const kept = {
    healthValue: health.value,
    healthBand: band,
    healthNextBand: next,
    healthSource: OWN_HEALTH,
    healthAsOf: wallOf(now, await setting(tx, 'zone')).date,
  };
  await tx.db.update(a).set(kept).where(eq(a.id, account.id));
  if (band === account.healthBand) return;
  const data = { fields: ['healthBand'] };
  await emit(tx, { kind: 'account.changed', at: now, accountId: account.id, source: 'clock', data });
}

/** Nothing computed here stands any more. */
export async function forgetRatings(tx: Tx): Promise<void> {
  const nothing = {
    healthValue: null,
    healthBand: null,
    healthNextBand: null,
    healthSource: null,
    healthAsOf: null,
  };
  await tx.db.update(tx.t.accounts).set(nothing).where(eq(tx.t.accounts.healthSource, OWN_HEALTH));
}
