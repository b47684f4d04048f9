import type { Touch } from '../../accounts/rules/touch.js';
import { type AccountDetails, OWN_HEALTH } from '../../accounts/rules.js';
import { healthOf } from '../../accounts/store/health.js';
import { lastTouches } from '../../accounts/store/touches.js';
import { openAlertOf } from '../../alerts/store.js';
import { dueInWords } from '../../followups/rules.js';
import { owedInWords } from '../../followups/store/news.js';
import { openFollowupsOf } from '../../followups/store.js';
import { issueName } from '../../issues/rules/issue.js';
import { isBadRating } from '../../issues/rules/rating.js';
import { promisesTo } from '../../issues/store/promises.js';
import { ratingsOf } from '../../issues/store/ratings.js';
import { issueById } from '../../issues/store/read.js';
import { may } from '../../people/may.js';
import type { Person } from '../../people/rules.js';
import { personById } from '../../people/store.js';
import type { ReadTx } from '../../store/transact.js';
import { DAY_MS, dateInWords, dayOnly, daysBetween, wallOf } from '../../time/index.js';
import { issueLine } from '../issue.js';
import type { AccountView, HealthView, SpokeView } from '../messages/account.js';
import { promisedOf } from '../promised.js';
import { contactTimes, eventCounts, knownSince, openIssues } from '../store/account.js';

const ISSUES_SHOWN = 5;
const WEEKS = 13;
const WEEK_MS = 7 * DAY_MS;
const MONTH_MS = 30 * DAY_MS;
const QUARTER_MS = 90 * DAY_MS;

/** Reads all that the card of an account shows to a person at an instant (UTC ms). */
export async function accountView(
  tx: ReadTx,
  account: AccountDetails,
  viewer: Person,
  now: number,
): Promise<AccountView> {
  const { zone } = viewer.hours;
  const today = wallOf(now, zone).date;
  const isInside = may(viewer, 'account.inside');
  return {
    id: account.id,
    name: account.name,
    tier: account.tier,
    segment: account.segment,
    lifecycle: account.lifecycle,
    goal: account.goal,
    renews: account.renewalOn === null ? null : renewsInWords(account.renewalOn, today),
    csm: await nameOf(tx, account.csmId),
    csmBackup: await nameOf(tx, account.backupCsmId),
    support: await nameOf(tx, account.supportOwnerId),
    supportBackup: await nameOf(tx, account.backupSupportId),
    issues: await issuesOf(tx, account, now),
    ...(await volumeOf(tx, account, now)),
    ratings: await ratedOf(tx, account, { zone, now }),
    promised: await promisedOf(tx, await promisesTo(tx, account.id), now),
    spoke: await spokeOf(tx, account, { zone, now, isInside }),
    working: await workingOn(tx, account, { zone, now, isInside }),
    inside: isInside ? await insideOf(tx, account, { now, today }) : null,
    mayLog: may(viewer, 'touch.log'),
    mayFlag: may(viewer, 'flag.send'),
  };
}

async function nameOf(tx: ReadTx, personId: number | null): Promise<string | null> {
  return personId === null ? null : ((await personById(tx, personId))?.name ?? null);
}

/** "14 Feb (90 days)", and for what has passed "was due 3 Oct". */
function renewsInWords(renewalOn: string, today: string): string {
  const left = daysBetween(today, renewalOn);
  const day = dateInWords(renewalOn, today);
  if (left < 0) return `renewal was due ${day}`;
  return `renews ${day}${left > 0 ? ` (${left} ${left === 1 ? 'day' : 'days'})` : ''}`;
}

async function issuesOf(tx: ReadTx, account: AccountDetails, now: number) {
  const { items, total } = await openIssues(tx, account.id, ISSUES_SHOWN);
  const shown: { name: string; title: string; line: string }[] = [];
  for (const issue of items)
    shown.push({
      name: issueName(issue.number),
      title: issue.title,
      line: await issueLine(tx, issue, now),
    });
  return { items: shown, total };
}

/** How much the account wrote and what went wrong, over 30 and 90 days. */
async function volumeOf(tx: ReadTx, account: AccountDetails, now: number) {
  const times = await contactTimes(tx, account.id, now - WEEKS * WEEK_MS, now);
  const weeks = Array.from({ length: WEEKS }, (_, i) => {
    const end = now - (WEEKS - 1 - i) * WEEK_MS;
    return times.filter((at) => at > end - WEEK_MS && at <= end).length;
  });
  const kinds = ['escalation.opened', 'issue.reopened'];
  const counts = await eventCounts(tx, account.id, kinds, now - QUARTER_MS, now);
  const since = await knownSince(tx, account.id);
  return {
    contacts: {
      month: times.filter((at) => at > now - MONTH_MS).length,
      quarter: times.filter((at) => at > now - QUARTER_MS).length,
      weeks,
      /** Days that Baton knows of it, when that is less than the ninety of the counts. */
      knownDays: since === null ? 0 : Math.min(90, Math.ceil((now - since) / DAY_MS)),
    },
    escalations: counts.get('escalation.opened') ?? 0,
    reopenings: counts.get('issue.reopened') ?? 0,
  };
}

async function ratedOf(
  tx: ReadTx,
  account: AccountDetails,
  { zone, now }: { zone: string; now: number },
): Promise<AccountView['ratings']> {
  const ratings = await ratingsOf(tx, account.id, now - QUARTER_MS, now);
  const last = ratings.at(-1);
  if (!last) return null;
  const issue = last.issueId === null ? undefined : await issueById(tx, last.issueId);
  return {
    count: ratings.length,
    bad: ratings.filter((one) => isBadRating(one.value)).length,
    last: {
      value: last.value,
      issue: issue ? issueName(issue.number) : null,
      day: dayOnly(last.at, zone, now),
    },
  };
}

async function spokeOf(
  tx: ReadTx,
  account: AccountDetails,
  { zone, now, isInside }: { zone: string; now: number; isInside: boolean },
): Promise<AccountView['spoke']> {
  const last = await lastTouches(tx, account.id);
  const view = async (touch: Touch | null): Promise<SpokeView | null> =>
    touch && {
      by: (await nameOf(tx, touch.byId)) ?? 'somebody',
      how: touch.how === 'unsaid' ? null : touch.how,
      day: dayOnly(touch.at, zone, now),
      outcome: isInside ? touch.outcome : null,
      note: isInside ? touch.note : null,
    };
  return { support: await view(last.support), success: await view(last.success) };
}

/** What each function has in hand: issues with an owner, follow-ups, a claimed alert. */
async function workingOn(
  tx: ReadTx,
  account: AccountDetails,
  { zone, now, isInside }: { zone: string; now: number; isInside: boolean },
): Promise<string[]> {
  const lines: string[] = [];
  const alert = await openAlertOf(tx, account.id);
  if (alert?.state === 'open') lines.push('An alert is open, nobody has claimed it');
  for (const followup of (await openFollowupsOf(tx, account.id)).slice(0, 3)) {
    const { news, about } = await owedInWords(tx, followup);
    // What somebody noted of it is for those who see notes.
    const what = news === null ? ` follows up${isInside ? about : ''}` : `: tell them ${news}`;
    const who = (await nameOf(tx, followup.ownerId)) ?? 'Somebody';
    lines.push(`${who}${what}, ${dueInWords(followup.dueAt, zone, now)}`);
  }
  return lines;
}

async function insideOf(
  tx: ReadTx,
  account: AccountDetails,
  { now, today }: { now: number; today: string },
): Promise<AccountView['inside']> {
  const { revenue, currency } = account;
  return {
    revenue: revenue === null ? null : `${revenue.toLocaleString('en-GB')} ${currency ?? ''}`.trim(),
    health: await healthShown(tx, account, { now, today }),
  };
}

/** Imported health with its source and day; what is computed here with its reasons as they are now. */
async function healthShown(
  tx: ReadTx,
  account: AccountDetails,
  { now, today }: { now: number; today: string },
): Promise<HealthView | null> {
  const { healthValue: value, healthBand: band, healthSource: source, healthAsOf } = account;
  if (value === null && band === null && source !== OWN_HEALTH) return null;
  const own = source === OWN_HEALTH ? await healthOf(tx, account, now) : null;
  const asOf = healthAsOf === null ? null : dateInWords(healthAsOf, today);
  return { band, value, source, asOf, reasons: own?.reasons ?? [], coverage: own?.coverage ?? null };
}
