import type { AccountDetails } from '../accounts/rules.js';
import { accountById } from '../accounts/store.js';
import { personById } from '../people/store.js';
import type { Settings } from '../settings/registry.js';
import { setting } from '../settings/store.js';
import { NO_ACCOUNT } from '../signals/store/signals.js';
import type { ReadTx } from '../store/transact.js';
import type { Alert } from './rules.js';

/**
 * Where an alert is posted: account risk goes where support and success meet, or where the company has those of a tier,
 * a segment or a success manager go; what is of no account goes to where support works. Null when there is no such place.
 */
export async function channelOf(tx: ReadTx, alert: Alert): Promise<string | null> {
  if (alert.accountId === NO_ACCOUNT) return setting(tx, 'triageChannel');
  const account = await accountById(tx, alert.accountId);
  const csm = account?.csmId == null ? undefined : await personById(tx, account.csmId);
  const routes = await setting(tx, 'alertRoutes');
  const route = account && routes.find((one) => fits(one, account, csm?.handle));
  return route?.channel ?? setting(tx, 'teamChannel');
}

function fits(
  route: Settings['alertRoutes'][number],
  account: Pick<AccountDetails, 'tier' | 'segment'>,
  csm: string | undefined,
): boolean {
  const isSame = (wanted: string | undefined, is: string | null | undefined) =>
    wanted === undefined || wanted.toLowerCase() === is?.toLowerCase();
  return isSame(route.tier, account.tier) && isSame(route.segment, account.segment) && isSame(route.csm, csm);
}
