import { findAccount } from '../accounts/find.js';
import { nameProblem } from '../accounts/rules/edit.js';
import { activeAccounts } from '../accounts/store.js';
import { setting } from '../settings/store.js';
import type { ReadTx } from '../store/transact.js';
import type { Proposal } from './messages/setup.js';
import { accountNameOf } from './rules/coverage.js';
import { readCoverage } from './store/coverage.js';

/** Accounts that shared channels are probably for, by the names of the channels. */
export async function proposalsOf(tx: ReadTx): Promise<Proposal[]> {
  const { uncovered, impossible } = await readCoverage(tx);
  const accounts = await activeAccounts(tx);
  const waiting = [
    ...uncovered.map((one) => ({ ...one, isMember: true })),
    ...impossible.filter((one) => one.account === null).map((one) => ({ ...one, isMember: false })),
  ];
  const ours = await ourNames(tx);
  return waiting.flatMap(({ channel, name, isMember }) => {
    const account = accountNameOf(name, ours);
    if (nameProblem(account) !== null) return [];
    const known = findAccount(account, accounts);
    const exists = 'account' in known;
    return { channel, name, account: exists ? known.account.name : account, exists, isMember };
  });
}

/** What our company calls itself: its workspace at Slack, as far as that is known. */
export async function ourNames(tx: ReadTx): Promise<string[]> {
  const [, name] =
    /^https:\/\/([a-z0-9-]+)\.slack\.com/.exec((await setting(tx, 'workspaceUrl')) ?? '') ?? [];
  return name === undefined ? [] : [name];
}
