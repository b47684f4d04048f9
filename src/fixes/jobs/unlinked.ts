import { accountById } from '../../accounts/store.js';
import { type DueHandler, setDueBy } from '../../queue/due.js';
import { post } from '../../queue/enqueue.js';
import { setting } from '../../settings/store.js';
import type { LoggedEvent } from '../../store/log.js';
import type { Tx } from '../../store/transact.js';
import { isWorking, nextWallTime, span, wallOf } from '../../time/index.js';
import { unlinkedList } from '../messages/unlinked.js';
import { issuesWithoutFix } from '../store/unlinked.js';

/** Issues that wait on engineering without a link: one message in the triage channel each working morning. */

const KEY = 'fix:unlinked';
const AT = '09:00';

/** Engineering may be waited for, or again: on the next morning, what is linked to nothing is named. */
export async function planUnlinked(tx: Tx, event: LoggedEvent): Promise<void> {
  await setDueBy(tx, KEY, 'fix.unlinked', 0, await nextMorning(tx, event.at));
}

async function nextMorning(tx: Tx, after: number): Promise<number> {
  return nextWallTime(after, { time: AT, zone: await setting(tx, 'zone') });
}

const list: DueHandler = {
  keys: async () => ['company'],
  run: async (tx, _row, now) => {
    const issues = await issuesWithoutFix(tx);
    const triage = await setting(tx, 'triageChannel');
    if (issues.length === 0 || !triage) return null;
    const hours = await setting(tx, 'hours');
    const next = await nextMorning(tx, now);
    const date = wallOf(now, hours.zone).date;
    const noon = nextWallTime(now, { time: '12:00', zone: hours.zone });
    // A morning of a day on which nobody of the company works is passed over.
    if (!isWorking(noon, { ...hours, holidays: new Set(hours.holidays) })) return next;
    const lines = [];
    for (const issue of issues)
      lines.push({
        number: issue.number,
        title: issue.title,
        account: (await accountById(tx, issue.accountId))?.name ?? '',
        waits: span(now - issue.askedAt),
      });
    await post(tx, triage, unlinkedList(lines), now, {
      key: `fix:unlinked:${date}`,
      accounts: [...new Set(issues.map((issue) => issue.accountId))],
    });
    return next;
  },
};

export const unlinkedJobs = { 'fix.unlinked': list };
