import type { Done } from '../csv/kind.js';

/** Accounts by whatever a file calls them. */
export type Named = Map<string, { id: number; name: string }>;

export const idOf = (accounts: Named, name: string | undefined) =>
  accounts.get((name ?? '').toLowerCase())?.id ?? 0;

/** What some rows came to. */
export const done = (
  added: number,
  changed: number,
  same: number,
  learn: () => void = () => undefined,
): Done => ({
  written: { added, changed, same },
  learn,
});

/** True when every value that a row gives stands there already. */
export const isSame = (fields: Record<string, unknown>, there: Record<string, unknown>) =>
  Object.entries(fields).every(
    ([field, value]) => JSON.stringify(value) === JSON.stringify(there[field] ?? null),
  );

/** The values that a row gives: an empty cell says nothing. */
export const given = (all: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
