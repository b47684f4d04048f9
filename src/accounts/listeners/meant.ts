import type { Person } from '../../people/rules.js';
import { activePeople } from '../../people/store.js';
import { type Message, readIncoming } from '../../slack/blocks/index.js';
import type { ReadTx } from '../../store/transact.js';
import { findAccount } from '../find.js';
import { accountIsAway, noSuchAccount } from '../messages/account.js';
import type { AccountDetails } from '../rules.js';
import { putAway } from '../store/edit.js';
import { activeAccounts } from '../store.js';

/** Finds the account that was typed. */
export async function meant(
  tx: ReadTx,
  typed: string,
): Promise<{ account: AccountDetails } | { nearest: string | null }> {
  const found = findAccount(typed, await activeAccounts(tx));
  return 'account' in found ? found : { nearest: found.nearest?.slug ?? null };
}

/**
 * The account that was typed; else what to answer: that it was put away, or which is the nearest.
 * @param again all that was typed, with that account in it, for whoever mistyped only its name
 */
export async function meantOrAnswer(
  tx: ReadTx,
  typed: string,
  again?: (slug: string) => string,
): Promise<{ account: AccountDetails } | { say: Message }> {
  const found = await meant(tx, typed);
  if ('account' in found) return found;
  const away = typed === '' ? undefined : await putAway(tx, typed);
  if (away) return { say: accountIsAway(away) };
  const { nearest } = found;
  return { say: noSuchAccount(typed, nearest, nearest === null ? undefined : again?.(nearest)) };
}

/** The key of an account that is named at the beginning of what was typed. */
export async function keyOfTyped(tx: ReadTx, typed: string): Promise<string[]> {
  const found = await meant(tx, typed);
  return 'account' in found ? [`account:${found.account.id}`] : [];
}

/** What was typed behind a command, as it can be typed again: our people by handle, channels by name. */
export async function asTyped(tx: ReadTx, text: string): Promise<string> {
  const handles = new Map((await activePeople(tx)).map((person) => [person.slackId, person.handle]));
  return readIncoming(text, { user: (id) => handles.get(id) }).trim();
}

/** Who changes an account by a command. */
export const by = (person: Person, now: number) => ({ actor: person.slackId, now, source: 'command' });

/** Everybody by handle, first name or Slack id, as people type them. */
export async function personTyped(tx: ReadTx, typed: string): Promise<Person | null> {
  const id = /<@([UW][A-Z0-9]+)/.exec(typed)?.[1];
  const wanted = typed.trim().replace(/^@/, '').toLowerCase();
  const people = await activePeople(tx);
  return (
    people.find((one) =>
      id
        ? one.slackId === id
        : [one.handle, one.name, one.name.split(' ')[0] ?? ''].some((name) => name.toLowerCase() === wanted),
    ) ?? null
  );
}
