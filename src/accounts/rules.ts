/** A customer company, as other rooms use it. */
export interface Account {
  id: number;
  slug: string;
  name: string;
  tier: string | null;
  goal: string | null;
  renewalOn: string | null;
  csmId: number | null;
  supportOwnerId: number | null;
}

/** Where a customer stands in its life with us, in the order of that life. */
export const LIFECYCLES = ['prospect', 'onboarding', 'live', 'renewing', 'offboarding', 'churned'] as const;
export type Lifecycle = (typeof LIFECYCLES)[number];

/** The source of a health that is computed here; others are the names of tools. */
export const OWN_HEALTH = 'baton';

/** Bands of a health value (0 to 100). */
export type HealthBand = 'green' | 'yellow' | 'red';

/** Everything that is kept of an account. */
export interface AccountDetails extends Account {
  isArchived: boolean;
  /** Other names by which people call it. */
  otherNames: readonly string[] | null;
  segment: string | null;
  lifecycle: Lifecycle | null;
  backupCsmId: number | null;
  backupSupportId: number | null;
  /** Per year, in whole units of `currency` (ISO 4217). */
  revenue: number | null;
  currency: string | null;
  /** IANA zone of the customer. */
  zone: string | null;
  /** A conversation is wanted at least this often, in days; null: as its tier says. */
  touchEveryDays: number | null;
  /** 0 to 100. */
  healthValue: number | null;
  healthBand: HealthBand | null;
  /** Where the value comes from; `baton` when computed here. */
  healthSource: string | null;
  /** YYYY-MM-DD. */
  healthAsOf: string | null;
  externalId: string | null;
  mergedIntoId: number | null;
}

export interface AccountChannel {
  accountId: number;
  channel: string;
  name: string;
  kind: 'customer' | 'internal';
  capture: 'suggest' | 'auto' | 'off' | 'ignore';
}

/** Mail providers whose addresses say nothing about a company: they never match an account. */
const FREE_MAIL = new Set([
  'gmail.com',
  'googlemail.com',
  'outlook.com',
  'hotmail.com',
  'live.com',
  'msn.com',
  'yahoo.com',
  'yahoo.co.uk',
  'ymail.com',
  'icloud.com',
  'me.com',
  'mac.com',
  'aol.com',
  'gmx.de',
  'gmx.net',
  'gmx.com',
  'web.de',
  'mail.com',
  'proton.me',
  'protonmail.com',
  'pm.me',
  'zoho.com',
  'yandex.ru',
  'yandex.com',
  'mail.ru',
  'qq.com',
  '163.com',
  '126.com',
  'naver.com',
  'hey.com',
  'fastmail.com',
  'tutanota.com',
  't-online.de',
  'orange.fr',
  'free.fr',
  'laposte.net',
  'libero.it',
  'uol.com.br',
  'bol.com.br',
  'rediffmail.com',
]);

/** Under these a country registers its companies, as under a top level: they name none. */
const REGISTRY = /^(ac|co|com|edu|go|gov|ltd|ne|net|or|org|plc)\.[a-z]{2}$/;

/**
 * The domains that can name the company of an address, the longest first: `joe@eu.acme.com` is of eu.acme.com, else of
 * acme.com. None for free mail, and for what is no address.
 */
export function companyDomains(email: string | null): string[] {
  const labels = email?.split('@')[1]?.trim().toLowerCase().split('.') ?? [];
  const domains = labels.slice(0, -1).map((_, i) => labels.slice(i).join('.'));
  return domains.some((domain) => FREE_MAIL.has(domain)) ? [] : domains.filter((one) => !REGISTRY.test(one));
}

/** True for a domain that could stand under an account in company.yml. */
export function isFreeMail(domain: string): boolean {
  return FREE_MAIL.has(domain.toLowerCase());
}

const RENEWAL_WINDOW_DAYS: Record<string, number> = { A: 120, B: 60, C: 30 };

/** So many days before its renewal an account of a tier is handled with more care; null without a tier that says so. */
export function renewalWindowDays(tier: string | null): number | null {
  return RENEWAL_WINDOW_DAYS[tier ?? ''] ?? null;
}

/** True when the account renews within its tier's window; without a date or a tier it does not. */
export function isInRenewalWindow(account: Pick<Account, 'tier' | 'renewalOn'>, today: string): boolean {
  const days = renewalWindowDays(account.tier);
  if (days === null || !account.renewalOn) return false;
  const left = (Date.parse(account.renewalOn) - Date.parse(today)) / 86_400_000;
  return left >= 0 && left <= days;
}
