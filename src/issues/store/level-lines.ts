import { desc, eq } from 'drizzle-orm';
import type { Tables } from '../../store/tables/index.js';
import type { Db, ReadTx, Tx } from '../../store/transact.js';

export type LevelLine = ReadTx['t']['levelLines']['$inferSelect'];
export type LevelItem = LevelLine['items'][number];

/** The newest of a line: each is asked anew whenever it is drawn. The others stand in `/issue list overdue`. */
const ITEMS_KEPT = 50;

const newest = (db: Db, { levelLines: l }: Tables) => db.select().from(l).orderBy(desc(l.id)).limit(1);

/** The line on which support was warned last, whatever became of it. */
export async function newestLevelLine(tx: ReadTx): Promise<LevelLine | undefined> {
  return (await tx.prepared(newest, {}))[0];
}

export async function levelLineById(tx: ReadTx, id: number): Promise<LevelLine | undefined> {
  const [row] = await tx.db.select().from(tx.t.levelLines).where(eq(tx.t.levelLines.id, id));
  return row;
}

/** A new line. Two at once would both be the newest: the caller holds the key `levels`. @returns its id. */
export async function addLevelLine(tx: Tx, items: LevelItem[], now: number): Promise<number> {
  const rows = await tx.db
    .insert(tx.t.levelLines)
    .values({ postedAt: now, items: items.slice(-ITEMS_KEPT) })
    .returning({ id: tx.t.levelLines.id });
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('the line was not written');
  return id;
}

export async function growLevelLine(tx: Tx, line: LevelLine, item: LevelItem): Promise<void> {
  await tx.db
    .update(tx.t.levelLines)
    .set({ items: [...line.items, item].slice(-ITEMS_KEPT) })
    .where(eq(tx.t.levelLines.id, line.id));
}
