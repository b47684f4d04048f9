import { and, asc, desc, eq } from 'drizzle-orm';
import type { Tables } from '../store/tables/index.js';
import type { Db, ReadTx, Tx } from '../store/transact.js';
import { REGISTRY, type SettingKey, type Settings, settingProblem } from './registry.js';

export type { SettingKey, Settings } from './registry.js';

/** Whose setting it is: the company's; a room keeps its own under a scope of its own, e.g. `rule:S01`. */
const COMPANY = 'company';

/** Who changes something, when (business time, UTC ms), and why. */
export interface SettingChange {
  /** A Slack user id, or a name such as `baton apply`. */
  who: string;
  at: number;
  why?: string | null;
}

export type SettingVersion = ReadTx['t']['settings']['$inferSelect'];

/** What holds for the company: the newest version, else what holds until somebody decides. */
export async function setting<K extends SettingKey>(tx: ReadTx, key: K): Promise<Settings[K]> {
  const value = await versionedValue(tx, COMPANY, key);
  return (value === undefined ? REGISTRY[key].fallback : value) as Settings[K];
}

/**
 * Writes a new version when the value differs from what holds. Callers hold the key `company`.
 * @throws Error when the value does not fit the registry: ask `settingProblem` before, which says it in words
 * @returns whether there is a new version
 */
export async function changeSetting<K extends SettingKey>(
  tx: Tx,
  key: K,
  value: Settings[K],
  change: SettingChange,
): Promise<boolean> {
  const problem = settingProblem(key, value);
  if (problem !== null) throw new Error(`${key}: ${problem}`);
  return writeVersion(tx, COMPANY, key, value, change);
}

/** The newest value under a scope and key, as it was written; undefined when nobody ever wrote one. */
export async function versionedValue(tx: ReadTx, scope: string, key: string): Promise<unknown> {
  return (await currentVersion(tx, scope, key))?.value;
}

/**
 * Writes a new version under a scope and key when it differs from the newest. Callers hold a key that stands for the
 * scope, so that two never write the same version.
 * @returns whether there is a new version
 */
export async function writeVersion(
  tx: Tx,
  scope: string,
  key: string,
  value: unknown,
  change: SettingChange,
): Promise<boolean> {
  const { settings } = tx.t;
  const row = await currentVersion(tx, scope, key);
  if (row && JSON.stringify(row.value) === JSON.stringify(value)) return false;
  if (row) await tx.db.update(settings).set({ isCurrent: false }).where(eq(settings.id, row.id));
  await tx.db.insert(settings).values({
    scope,
    key,
    value,
    version: (row?.version ?? 0) + 1,
    isCurrent: true,
    who: change.who,
    at: change.at,
    why: change.why ?? null,
  });
  tx.wake('homes');
  return true;
}

const currentIn = (db: Db, { settings: s }: Tables, its: { scope: string }) =>
  db
    .select({ key: s.key, value: s.value })
    .from(s)
    .where(and(eq(s.isCurrent, true), eq(s.scope, its.scope)))
    .orderBy(asc(s.key));

/** Every current value of a scope, by its key. */
export async function valuesOf(tx: ReadTx, scope: string): Promise<ReadonlyMap<string, unknown>> {
  const rows = await tx.prepared(currentIn, { scope });
  return new Map(rows.map((row) => [row.key, row.value]));
}

/** The newest changes, of one key or of all of a scope, newest first: what it became, who, when and why. */
export async function settingHistory(
  tx: ReadTx,
  which: { scope?: string; key?: string; limit?: number } = {},
): Promise<SettingVersion[]> {
  const { settings } = tx.t;
  const scope = eq(settings.scope, which.scope ?? COMPANY);
  return tx.db
    .select()
    .from(settings)
    .where(which.key === undefined ? scope : and(scope, eq(settings.key, which.key)))
    .orderBy(desc(settings.at), desc(settings.id))
    .limit(which.limit ?? 50);
}

const current = (db: Db, { settings: s }: Tables, its: { scope: string; key: string }) =>
  db
    .select()
    .from(s)
    .where(and(eq(s.scope, its.scope), eq(s.key, its.key), eq(s.isCurrent, true)));

async function currentVersion(tx: ReadTx, scope: string, key: string): Promise<SettingVersion | undefined> {
  return (await tx.prepared(current, { scope, key }))[0];
}

/** Where we work on every account: the team channel, triage, and where alerts of some accounts go instead. Channel ids. */
export async function ownChannels(tx: ReadTx): Promise<string[]> {
  const places = [await setting(tx, 'teamChannel'), await setting(tx, 'triageChannel')];
  const routes = (await setting(tx, 'alertRoutes')).map((route) => route.channel);
  return [...new Set([...places.filter((channel) => channel !== null), ...routes])];
}
