import { placeCard, touchCards } from '../../queue/cards.js';
import { clearDue, type DueHandler, setDue } from '../../queue/due.js';
import { isLaneBusy } from '../../queue/inbox.js';
import { setting } from '../../settings/store.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { clockOnly, MINUTE_MS, relativeDayAndClock, wallOf } from '../../time/index.js';
import { levelInWords } from '../messages/service-levels.js';
import type { Issue } from '../rules/issue.js';
import { nextLook, type Running, shownClock, warnsOn } from '../rules/service-levels.js';
import { addLevelLine, growLevelLine, type LevelItem, newestLevelLine } from '../store/level-lines.js';
import { contactsOfIssue, issueById } from '../store/read.js';
import {
  clockKey,
  clocksOf,
  levelsSaid,
  liveIssueIds,
  onceMissedIds,
  sayLevel,
} from '../store/service-levels.js';

const levelKey = (issueId: number) => `level:issue:${issueId}`;

/** Has the issue looked at when its next promise is near; called whenever something happened to it. */
export async function scheduleLevels(tx: Tx, issueId: number, now: number): Promise<void> {
  const issue = await issueById(tx, issueId);
  if (!issue) return;
  await touchLine(tx, issueId, now);
  const said = await levelsSaid(tx, issueId);
  const at = nextLook(await clocksOf(tx, issue), (one, what) => said[what].has(clockKey(one)));
  if (at === null) await clearDue(tx, levelKey(issueId));
  else await setDue(tx, levelKey(issueId), 'issue.level', issueId, at);
}

/** The same for every live issue: hours, holidays or targets changed. */
export async function rescheduleLevels(tx: Tx, now: number): Promise<void> {
  for (const id of await liveIssueIds(tx)) await scheduleLevels(tx, id, now);
}

/** Draws the line in triage anew where it speaks of an issue. */
async function touchLine(tx: Tx, issueId: number, now: number): Promise<void> {
  const line = await newestLevelLine(tx);
  if (line?.items.some((item) => item.issueId === issueId)) await touchCards(tx, 'levels', line.id, now);
}

const look: DueHandler = {
  keys: async (tx, row) => {
    const issue = await issueById(tx, row.subjectId);
    return issue ? [`account:${issue.accountId}`, 'levels'] : [];
  },
  run: async (tx, row, now) => {
    const issue = await issueById(tx, row.subjectId);
    if (!issue) return null;
    // After downtime the answer may be waiting to be handled, right behind the question.
    for (const { channel } of await contactsOfIssue(tx, issue.id))
      if (await isLaneBusy(tx, channel)) return now + MINUTE_MS;
    const clocks = await clocksOf(tx, issue);
    const said = await levelsSaid(tx, issue.id);
    for (const one of clocks) {
      if (one.warnAt !== null && one.warnAt <= now && !said.warned.has(clockKey(one)))
        await warn(tx, issue, one, now);
      if (one.dueAt !== null && one.dueAt <= now && !said.missed.has(clockKey(one))) {
        await sayLevel(tx, issue, one, 'level.missed', now);
        // "By 10:00" is "was due 10:00" from then on.
        await touchLine(tx, issue.id, now);
      }
    }
    await touchCards(tx, 'issue', issue.id, now);
    const since = await levelsSaid(tx, issue.id);
    return nextLook(clocks, (one, what) => since[what].has(clockKey(one)));
  },
};

/**
 * Support is warned in the triage channel, on one line for all that is about to be late; see `warnsOn`. Of a solution
 * the issue's card says it, which is drawn anew after this.
 */
async function warn(tx: Tx, issue: Issue, running: Running, now: number): Promise<void> {
  await sayLevel(tx, issue, running, 'level.warned', now);
  const triage = await setting(tx, 'triageChannel');
  if (triage === null) return;
  const line = await newestLevelLine(tx);
  const on = warnsOn(running.clock, line?.postedAt ?? null, now);
  if (on === 'card') return;
  const item = { issueId: issue.id, clock: running.clock, since: running.since };
  const place = { kind: 'levels', target: triage };
  if (line && on === 'line') {
    await growLevelLine(tx, line, item);
    await placeCard(tx, { ...place, subjectId: line.id, accounts: [issue.accountId] }, now);
    return;
  }
  const waiting = line ? await stillRunning(tx, line.items) : [];
  const accounts = [...new Set([...waiting.map((one) => one.issue.accountId), issue.accountId])];
  const items = [...waiting.map((one) => one.item), item];
  await placeCard(tx, { ...place, subjectId: await addLevelLine(tx, items, now), accounts }, now);
  if (line) await touchCards(tx, 'levels', line.id, now);
}

/** Those of a line whose clock still runs: the customer has no answer, and does not have to write first. */
export async function stillRunning(
  tx: ReadTx,
  items: readonly LevelItem[],
): Promise<{ item: LevelItem; issue: Issue; dueAt: number }[]> {
  const found = [];
  for (const item of items) {
    const issue = await issueById(tx, item.issueId);
    if (!issue) continue;
    const clock = (await clocksOf(tx, issue)).find((one) => clockKey(one) === clockKey(item));
    if (clock?.dueAt != null) found.push({ item, issue, dueAt: clock.dueAt });
  }
  return found;
}

/** Issues that are not over and whose reply or solution is late. */
export async function lateIssueIds(tx: ReadTx, now: number): Promise<number[]> {
  const late: number[] = [];
  for (const id of await onceMissedIds(tx)) {
    const issue = await issueById(tx, id);
    const clocks = issue ? await clocksOf(tx, issue) : [];
    if (clocks.some((one) => one.dueAt !== null && one.dueAt <= now)) late.push(id);
  }
  return late;
}

/** "11:40" on the day itself, "tomorrow 09:40", "Thu 17:00". */
export async function instantInWords(tx: ReadTx, at: number, now: number): Promise<string> {
  const zone = await setting(tx, 'zone');
  const isToday = wallOf(at, zone).date === wallOf(now, zone).date;
  return isToday ? clockOnly(at, zone) : relativeDayAndClock(at, zone, now);
}

/** What an issue's card says of its clocks: "first reply by 11:40"; null when nothing is promised next. */
export async function levelLine(tx: ReadTx, issue: Issue, now: number): Promise<string | null> {
  const shown = shownClock(await clocksOf(tx, issue), now);
  if (!shown || shown.dueAt === null) return null;
  return levelInWords(shown.clock, await instantInWords(tx, shown.dueAt, now), shown.dueAt <= now);
}

export const serviceLevelJobs = { 'issue.level': look };
