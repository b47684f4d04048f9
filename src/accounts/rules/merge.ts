import type { AccountDetails } from '../rules.js';

/** What says something only together, or alone. */
const KNOWN = [
  ['tier'],
  ['segment'],
  ['lifecycle'],
  ['goal'],
  ['zone'],
  ['touchEveryDays'],
  ['renewalOn'],
  ['revenue', 'currency'],
  ['csmId'],
  ['backupCsmId'],
  ['supportOwnerId'],
  ['backupSupportId'],
  ['healthValue', 'healthBand', 'healthSource', 'healthAsOf'],
] as const satisfies readonly (readonly (keyof AccountDetails)[])[];

/** What was known of one account only, for the account that both become; what that one says of itself stays. */
export function knownOfOne(from: AccountDetails, into: AccountDetails): Partial<AccountDetails> {
  const missing = KNOWN.filter((group) => group.every((field) => into[field] === null));
  return Object.fromEntries(missing.flat().map((field) => [field, from[field]]));
}
