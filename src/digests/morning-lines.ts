import { touchEveryDays } from '../accounts/rules/touch.js';
import { lastTouches, touchesByOthers } from '../accounts/store/touches.js';
import { accountById } from '../accounts/store.js';
import { sleepsUntil } from '../alerts/rules.js';
import { alertById } from '../alerts/store.js';
import { knownInWords } from '../followups/rules.js';
import { newsTitle } from '../followups/store/news.js';
import { followupById } from '../followups/store.js';
import { issueName } from '../issues/rules/issue.js';
import { escalationById } from '../issues/store/escalations.js';
import { flagById } from '../issues/store/flags.js';
import { issueById } from '../issues/store/read.js';
import type { HeldBack } from '../people/badges.js';
import type { Person } from '../people/rules.js';
import { personById } from '../people/store.js';
import { setting } from '../settings/store.js';
import { gravestFirst } from '../signals/rules/severity.js';
import { signalsOfAlert } from '../signals/store/signals.js';
import { clip } from '../slack/blocks/index.js';
import { permalink } from '../slack/permalink.js';
import type { ReadTx } from '../store/transact.js';
import { agoInWords, dateInWords, dayAndClock, wallOf } from '../time/index.js';
import { cardUrl } from './morning-followups.js';
import { isToKeepWarm, type MorningLine } from './rules/morning.js';
import {
  accountsToKeepWarm,
  alertsClaimedBy,
  cardsToClaim,
  promisesDue,
  quietSignals,
} from './store/morning.js';

/** The lines of somebody's morning message, read as they stand now. */

const TITLE = 80;

const nameOf = async (tx: ReadTx, accountId: number) =>
  (await accountById(tx, accountId))?.name ?? 'an account';

/** Alerts that they claimed without a follow-up yet. */
export async function claimLines(tx: ReadTx, person: Person, now: number): Promise<MorningLine[]> {
  const lines = [];
  for (const alert of await alertsClaimedBy(tx, person.id)) {
    if (alert.followupId !== null) continue;
    const since = alert.claimedAt === null ? '' : `, claimed ${agoInWords(alert.claimedAt, now)}`;
    const text = `${await nameOf(tx, alert.accountId)} needs a call${since}`;
    lines.push({
      text,
      url: await cardUrl(tx, 'alert', alert.id, alert.channel),
      accountId: alert.accountId,
    });
  }
  return lines;
}

/**
 * Cards of their accounts that pinged nobody and that nobody took: said once, in the first message after they were
 * posted. The design's "medium and low: digest only": a card in a channel is easily scrolled past.
 */
export async function unclaimedLines(tx: ReadTx, person: Person, from: number): Promise<MorningLine[]> {
  const lines = [];
  for (const alert of await cardsToClaim(tx, person.id, from)) {
    const why = await whyNow(tx, alert.id);
    if (why === null) continue;
    lines.push({
      text: `${await nameOf(tx, alert.accountId)} needs a call, nobody has it: ${why}`,
      url: await cardUrl(tx, 'alert', alert.id, alert.channel),
      accountId: alert.accountId,
    });
  }
  return lines;
}

/** What an alert says first, and how much more; null where it sleeps or has nothing left to say. */
async function whyNow(tx: ReadTx, alertId: number): Promise<string | null> {
  const signals = await signalsOfAlert(tx, alertId);
  const [first, ...others] = gravestFirst(signals.filter((one) => one.state === 'firing'));
  if (!first || sleepsUntil(signals) !== null) return null;
  return others.length > 0 ? `${first.evidence.line}, and ${others.length} more` : first.evidence.line;
}

/** What they promised and did not end: before today, or today when their day had no room to ask. */
export async function promiseLines(
  tx: ReadTx,
  person: Person,
  held: readonly HeldBack[],
  now: number,
): Promise<MorningLine[]> {
  const today = wallOf(now, person.hours.zone).date;
  const lines = [];
  for (const promise of await promisesDue(tx, person.slackId, today)) {
    // On its day it is asked about in a message of its own.
    if (promise.dueOn === today && held.every((one) => one.about !== `promise:${promise.id}`)) continue;
    const day = promise.dueOn === today ? 'today' : dateInWords(promise.dueOn, today);
    const text = `You promised ${await nameOf(tx, promise.accountId)} by ${day}: ${clip(promise.what, TITLE)}`;
    const url = await cardUrl(tx, 'promise', promise.id, person.slackId);
    lines.push({ text, url, accountId: promise.accountId });
  }
  return lines;
}

/** Accounts with which nobody of success has spoken for longer than they want. */
export async function warmLines(
  tx: ReadTx,
  person: Person,
  from: number,
  now: number,
): Promise<MorningLine[]> {
  const { zone } = person.hours;
  const morning = { today: wallOf(now, zone).date, lastMorning: wallOf(from, zone).date };
  const lines = [];
  for (const account of await accountsToKeepWarm(tx, person.id)) {
    const every = touchEveryDays(account);
    if (every === null) continue;
    const { success } = await lastTouches(tx, account.id);
    const spokeOn = success && wallOf(success.at, zone).date;
    if (!success || !isToKeepWarm(spokeOn, every, morning)) continue;
    const last = `last spoke ${agoInWords(success.at, now)}`;
    lines.push({
      text: `${account.name}: ${last}, wanted every ${every} days`,
      url: null,
      accountId: account.id,
    });
  }
  return lines;
}

/** What others, support above all, told a success manager's accounts since an instant (UTC ms): a line, not a task. */
export async function toldLines(
  tx: ReadTx,
  person: Person,
  from: number,
  now: number,
): Promise<MorningLine[]> {
  const lines = [];
  for (const touch of await touchesByOthers(tx, person.id, from)) {
    const [kind, id] = touch.about?.split(':') ?? [];
    const followup = kind === 'followup' ? await followupById(tx, Number(id)) : undefined;
    if (!followup) continue;
    const title = await newsTitle(tx, followup);
    const account = await nameOf(tx, touch.accountId);
    const by = (await personById(tx, touch.byId))?.name ?? 'Somebody';
    const said = knownInWords(followup.kind, title === null ? null : clip(title, TITLE));
    const when = dayAndClock(touch.at, person.hours.zone, now);
    const outcome = touch.outcome === null ? '' : `; ${touch.outcome}`;
    lines.push({
      text: `${account} ${said} (${by}, ${when}${outcome})`,
      url: null,
      accountId: touch.accountId,
    });
  }
  return lines;
}

/** What rules say that have no card: once, in the first message after it began. */
export async function quietLines(tx: ReadTx, person: Person, from: number): Promise<MorningLine[]> {
  const base = await setting(tx, 'workspaceUrl');
  return (await quietSignals(tx, person, from)).map(
    ({ account, accountId, evidence: { line, channel, ts } }) => ({
      text: account === null ? line : `${account}: ${line}`,
      url: channel && ts ? permalink(base, channel, ts) : null,
      accountId: account === null ? null : accountId,
    }),
  );
}

type Describe = (
  tx: ReadTx,
  id: number,
  kinds: readonly string[],
) => Promise<{ text: string; accountId: number; url?: string | null } | undefined>;

/** What a badge was about, by the word before its number. What stands elsewhere in the message has no entry. */
const ABOUT: Readonly<Record<string, Describe>> = {
  issue: async (tx, id) => {
    const issue = await issueById(tx, id);
    return (
      issue && {
        text: `${issueName(issue.number)} ${clip(issue.title, TITLE)} (${await nameOf(tx, issue.accountId)})`,
        accountId: issue.accountId,
      }
    );
  },
  escalation: async (tx, id) => {
    const call = await escalationById(tx, id);
    const issue = call && (await issueById(tx, call.issueId));
    if (!issue || call.answeredBy !== null || call.takenBackAt !== null) return undefined;
    return {
      text: `Help was asked for on ${issueName(issue.number)} ${clip(issue.title, TITLE)} (${await nameOf(tx, issue.accountId)})`,
      accountId: issue.accountId,
    };
  },
  // What was held back and became somebody's, or was shown after all, waits for nobody.
  alert: async (tx, id, kinds) => {
    const alert = await alertById(tx, id);
    if (alert?.state !== 'open') return undefined;
    const isOffer = kinds.includes('alert_offer');
    if (!isOffer && alert.calledId !== null) return undefined;
    const name = await nameOf(tx, alert.accountId);
    const asker = alert.offeredById === null ? undefined : await personById(tx, alert.offeredById);
    const wants = isOffer
      ? `${asker?.name ?? 'Somebody'} asks you to take ${name}`
      : `${name} needs a call (${alert.severity}), nobody has it`;
    const why = await whyNow(tx, id);
    return {
      text: why === null ? wants : `${wants}: ${why}`,
      accountId: alert.accountId,
      url: await cardUrl(tx, 'alert', id, alert.channel),
    };
  },
  flag: async (tx, id) => {
    const flag = await flagById(tx, id);
    return (
      flag && {
        text: `A flag was ${flag.state}: ${clip(flag.detail, TITLE)} (${await nameOf(tx, flag.accountId)})`,
        accountId: flag.accountId,
      }
    );
  },
};

/** What the budget held back and nothing else in the message says; each subject once. */
export async function heldLines(tx: ReadTx, held: readonly HeldBack[]): Promise<MorningLine[]> {
  const lines = [];
  for (const about of new Set(held.map((one) => one.about))) {
    const [kind = '', id = ''] = about.split(':');
    const kinds = held.filter((one) => one.about === about).map((one) => one.kind);
    const said = await ABOUT[kind]?.(tx, Number(id), kinds);
    if (said) lines.push({ url: null, ...said });
  }
  return lines;
}
