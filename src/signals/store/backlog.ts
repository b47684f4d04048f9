import { and, asc, count, eq, gt, inArray, lte, type SQL } from 'drizzle-orm';
import type { ReadTx } from '../../store/transact.js';
import { DAY_MS } from '../../time/index.js';
import type { BacklogFact } from '../rules/team-facts.js';

const OPEN = ['new', 'open', 'waiting'] as const;
/** Changes of a stretch that are read at most: beyond, nobody needs a rule to see the backlog. */
const MOST = 20_000;

/** Open issues at an instant; and back through the 28 days before by what was opened and what was over since. */
export async function readBacklog(
  tx: ReadTx,
  now: number,
  isWorkingAt: (at: number) => boolean,
): Promise<BacklogFact> {
  const { log } = tx.t;
  const later = await changedLater(tx, now);
  const openedBy = async (until: number) =>
    (await openNow(tx, until)) + correction(later.filter(({ createdAt }) => createdAt <= until));
  const changes = await tx.db
    .select({ kind: log.kind, at: log.at, before: log.before })
    .from(log)
    .where(changesIn(tx, ['issue.opened', ...ENDS], gt(log.at, now - 28 * DAY_MS), lte(log.at, now)))
    .orderBy(asc(log.at), asc(log.id))
    .limit(MOST);
  const open = await openedBy(now);
  const at = (day: number) => {
    const since = changes.filter((change) => change.at > now - day * DAY_MS);
    return open - since.reduce((sum, change) => sum + delta(change), 0);
  };
  const days = Array.from({ length: 28 }, (_, n) => n + 1);
  return {
    now: open,
    daily: days.map(at),
    workingDays: days
      .filter((day) => isWorkingAt(now - day * DAY_MS))
      .slice(0, 5)
      .map(at),
    olderThan30Days: await openedBy(now - 30 * DAY_MS),
  };
}

const ENDS = ['issue.resolved', 'issue.closed', 'issue.reopened', 'issue.folded'];

const changesIn = (tx: ReadTx, kinds: readonly string[], ...and_: SQL[]) =>
  and(inArray(tx.t.log.kind, [...kinds]), ...and_);

/** Issues that were opened by an instant and are open as the tables stand. */
async function openNow(tx: ReadTx, until: number): Promise<number> {
  const { issues: i } = tx.t;
  const [row] = await tx.db
    .select({ count: count() })
    .from(i)
    .where(and(inArray(i.state, [...OPEN]), lte(i.createdAt, until)));
  return Number(row?.count ?? 0);
}

interface Changed {
  createdAt: number;
  wasOpen: boolean;
  isOpen: boolean;
}

/** Issues that ended or came back after an instant, with how they stood at it; nothing where the instant is now. */
async function changedLater(tx: ReadTx, now: number): Promise<Changed[]> {
  const { issues: i, log } = tx.t;
  const rows = await tx.db
    .select({ id: i.id, createdAt: i.createdAt, state: i.state, kind: log.kind, before: log.before })
    .from(log)
    .innerJoin(i, eq(i.id, log.issueId))
    .where(changesIn(tx, ENDS, gt(log.at, now)))
    .orderBy(asc(log.at), asc(log.id));
  const first = new Map<number, Changed>();
  for (const { id, createdAt, state, kind, before } of rows)
    if (!first.has(id))
      first.set(id, {
        createdAt,
        wasOpen: kind !== 'issue.reopened' && isOpenState(before),
        isOpen: isOpenState(state),
      });
  return [...first.values()];
}

const isOpenState = (state: string | null) => OPEN.some((open) => open === state);

/** How many more were open then than are open now, of those that changed since. */
function correction(changed: readonly Changed[]): number {
  return changed.reduce((sum, { wasOpen, isOpen }) => sum + Number(wasOpen) - Number(isOpen), 0);
}

function delta({ kind, before }: { kind: string; before: string | null }): number {
  if (kind === 'issue.opened' || kind === 'issue.reopened') return 1;
  return before === 'resolved' || before === 'closed' ? 0 : -1;
}
