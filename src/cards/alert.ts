import { lastTouches } from '../accounts/store/touches.js';
import { accountById, nameOf as nameInSlack } from '../accounts/store.js';
import { type AlertView, alertCard, foldedAlert, TEAM } from '../alerts/messages.js';
import { rescueOf } from '../alerts/rescue.js';
import { type Alert, namedStep, sleepsUntil } from '../alerts/rules.js';
import { whoSnoozed } from '../alerts/store/course.js';
import { dueInWords } from '../followups/rules.js';
import { followupById } from '../followups/store.js';
import { issueName } from '../issues/rules/issue.js';
import { issuesOf, messageAt, sourcesOf } from '../issues/store/read.js';
import type { Person } from '../people/rules.js';
import { personById, personBySlackId } from '../people/store.js';
import { type CardRow, findCard } from '../queue/cards.js';
import { setting } from '../settings/store.js';
import { ruleById } from '../signals/rules/registry.js';
import { gravestFirst } from '../signals/rules/severity.js';
import { NO_ACCOUNT, type SignalRow, signalsOfAlert } from '../signals/store/signals.js';
import { WAITING_RULE } from '../signals/waiting.js';
import type { Message } from '../slack/blocks/index.js';
import { permalink } from '../slack/permalink.js';
import type { ReadTx } from '../store/transact.js';
import { DAY_MS, dateInWords, dayAndClock, dayOnly, span, wallOf } from '../time/index.js';

/** An older posting, once the newer one stands: a line with a link to it. */
export async function renderFolded(
  tx: ReadTx,
  alert: Alert,
  card: CardRow | undefined,
): Promise<Message | undefined> {
  const newest = card && (await findCard(tx, card.kind, alert.id, card.target));
  if (!newest?.channel || !newest.ts || newest.id === card?.id) return undefined;
  const account = await accountById(tx, alert.accountId);
  const url = permalink(await setting(tx, 'workspaceUrl'), newest.channel, newest.ts);
  return foldedAlert({ account: account?.name ?? TEAM, url });
}

/** How it reads in the direct message of somebody who is called by it. */
async function callOf(
  tx: ReadTx,
  alert: Alert,
  csm: Person | undefined,
  target: string,
  now: number,
): Promise<AlertView['call']> {
  const called = alert.calledId === null ? undefined : await personById(tx, alert.calledId);
  const isTheirs = called?.slackId === target;
  const reader = await personBySlackId(tx, target);
  const at = alert.calledAt === null ? '' : dayAndClock(alert.calledAt, reader?.hours.zone ?? 'UTC', now);
  const asker = alert.offeredById === null ? undefined : await personById(tx, alert.offeredById);
  return {
    isYours: alert.state === 'claimed' && reader?.id === alert.claimedBy,
    askedBy: reader && !isTheirs && reader.id === alert.offeredToId ? (asker?.name ?? null) : null,
    rescue: await rescueOf(tx, alert, reader, now),
    isAgain: alert.step > 0,
    asked: called && !isTheirs ? { name: called.name, at } : null,
    instead: csm && csm.slackId !== target ? csm.name : null,
  };
}

/** Reads all that an alert's card shows and draws it. @param target whose direct message it is; a channel's otherwise */
export async function renderAlert(tx: ReadTx, alert: Alert, now: number, target?: string): Promise<Message> {
  const account = await accountById(tx, alert.accountId);
  const zone = await setting(tx, 'zone');
  const base = await setting(tx, 'workspaceUrl');
  // Whoever claimed it still needs to know why, also once it went quiet.
  const signals = (await signalsOfAlert(tx, alert.id)).filter(
    (signal) => alert.state !== 'open' || signal.openKey !== null,
  );
  const issues =
    alert.accountId === NO_ACCOUNT ? [] : await issuesOf(tx, alert.accountId, ['new', 'open', 'waiting']);
  const csm = account?.csmId == null ? undefined : await personById(tx, account.csmId);
  const owner = alert.claimedBy === null ? undefined : await personById(tx, alert.claimedBy);
  const followup = alert.followupId === null ? undefined : await followupById(tx, alert.followupId);
  const says = gravestFirst(signals);
  return alertCard({
    id: alert.id,
    account: account?.name ?? TEAM,
    isTeam: alert.accountId === NO_ACCOUNT,
    severity: alert.severity,
    csm: csm?.name ?? null,
    // Three are shown: the gravest must be among them.
    why: await Promise.all(says.map((one) => whyOf(tx, one, base))),
    onlyWaits: signals.length > 0 && signals.every((signal) => signal.rule === WAITING_RULE),
    openIssues: issues.map((issue) => ({
      name: issueName(issue.number),
      title: issue.title,
      // The card is not drawn anew by the minute: of today it says since when.
      age:
        now - issue.createdAt < DAY_MS
          ? `since ${dayAndClock(issue.createdAt, zone, now)}`
          : span(now - issue.createdAt),
    })),
    tier: account?.tier ?? null,
    renews: account?.renewalOn ? dateInWords(account.renewalOn, wallOf(now, zone).date) : null,
    goal: account?.goal ?? null,
    next: await nextOf(tx, says[0], issues),
    state: alert.state,
    owner: owner?.name ?? null,
    dueText: followup ? dueInWords(followup.dueAt, zone, now) : null,
    endText: alert.endReason,
    endedAt: alert.endedAt === null ? null : dayAndClock(alert.endedAt, zone, now),
    ...(await soFar(tx, alert, signals, zone, now)),
    ...(target === undefined ? {} : { call: await callOf(tx, alert, csm, target, now) }),
  });
}

/** What a rule says, and the message that it is about: else the one that its issue began with. */
async function whyOf(
  tx: ReadTx,
  { about, evidence }: SignalRow,
  base: string,
): Promise<AlertView['why'][number]> {
  const { line, channel, ts } = evidence;
  const [kind, id] = about.split(':');
  const said =
    channel && ts ? { channel, ts } : kind === 'issue' ? (await sourcesOf(tx, Number(id)))[0] : undefined;
  return { line, url: said ? permalink(base, said.channel, said.ts) : null };
}

/** What was done about it so far, or that nothing is to be. */
async function soFar(
  tx: ReadTx,
  alert: Alert,
  signals: readonly SignalRow[],
  zone: string,
  now: number,
): Promise<Pick<AlertView, 'spoke' | 'sleeps' | 'note' | 'offer'>> {
  const nameOf = async (id: number | null) => (id === null ? undefined : await personById(tx, id))?.name;
  const { success: last } = await lastTouches(tx, alert.accountId);
  const how = last && last.how !== 'unsaid' ? `${last.how}, ` : '';
  const sleeps = sleepsUntil(signals);
  const to = await nameOf(alert.offeredToId);
  return {
    spoke: last && `${(await nameOf(last.byId)) ?? 'somebody'}, ${how}${dayOnly(last.at, zone, now)}`,
    sleeps: sleeps === null ? null : await sleepsInWords(tx, alert.id, sleeps, zone, now),
    note:
      alert.note === null
        ? null
        : {
            by: (await nameOf(alert.notedBy)) ?? 'Somebody',
            when: dayAndClock(alert.notedAt ?? now, zone, now),
            text: alert.note,
          },
    offer: to === undefined ? null : { to, by: (await nameOf(alert.offeredById)) ?? 'Somebody' },
  };
}

async function sleepsInWords(
  tx: ReadTx,
  alertId: number,
  until: number | 'change',
  zone: string,
  now: number,
): Promise<string> {
  const slackId = await whoSnoozed(tx, alertId);
  const by = slackId === null ? undefined : await personBySlackId(tx, slackId);
  const when = until === 'change' ? 'until it changes' : `until ${dayAndClock(until, zone, now)}`;
  return by ? `${when} (${by.name})` : when;
}

/** What the gravest signal proposes: of a rule of the company, what it wrote down. */
async function nextOf(
  tx: ReadTx,
  signal: SignalRow | undefined,
  issues: readonly { id: number; number: number }[],
): Promise<string> {
  const step = signal?.spec.counting?.next ?? ruleById(signal?.rule ?? '')?.nextStep ?? 'call them';
  const issue =
    issues.find((one) => `issue:${one.id}` === signal?.about) ??
    (issues.length === 1 ? issues[0] : undefined);
  const { channel, ts } = signal?.evidence ?? {};
  const said = channel && ts ? await messageAt(tx, channel, ts) : undefined;
  const name = said ? await nameInSlack(tx, said.author) : '';
  const isName = name !== '' && name !== said?.author;
  return namedStep(step, {
    who: isName ? (name.split(/\s+/u)[0] ?? null) : null,
    issue: issue ? issueName(issue.number) : null,
  });
}
