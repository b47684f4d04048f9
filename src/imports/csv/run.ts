import { createHash } from 'node:crypto';
import type { Store } from '../../store/transact.js';
import { beginImport, endImport, noteProgress, progressOf, takeTurn, turnOf } from '../store/progress.js';
import type { ImportChange, ImportKind, Written } from './kind.js';
import { CsvError, type CsvProblem, readCsv } from './read.js';
import { type Columns, type RowOf, readRows } from './table.js';

export interface ImportOptions {
  store: Store;
  /** What the file is called, for its problems. */
  file: string;
  bytes: Uint8Array;
  /** The kind's name, e.g. `accounts`. */
  name: string;
  /** False: say what would happen, and write nothing. */
  apply: boolean;
  who: string;
  /** Business time, UTC ms, and the local day of the company. */
  now: number;
  today: string;
  /** Machine time, for the size of the chunks. */
  machineNow: () => number;
  /** Called after each chunk. */
  onProgress?: (done: number, rows: number) => void;
  /** Lets others have the database between two chunks. */
  pause?: () => Promise<void>;
  /** Waits for another import that writes at the same time; without it `pause` does. */
  wait?: () => Promise<void>;
}

export interface ImportReport extends Written {
  rows: number;
  applied: boolean;
  /** Rows that an interrupted run of the same file had applied before. */
  resumedAt: number;
  chunks: number;
  /** The longest transaction, ms. */
  longestMs: number;
}

/** What a transaction of an import takes at most, ms; the size of the chunks follows from it. */
const CHUNK_MS = 50;
const FIRST_CHUNK = 20;
const LARGEST_CHUNK = 500;

/**
 * Reads a file whole, refuses it whole when anything is wrong, and applies it in chunks of short transactions. An
 * interrupted run of the same file goes on where it stopped; a file that was applied changes nothing the second time.
 * @throws CsvError with every problem, each with its row and column
 */
export async function importCsv<C extends Columns, Known>(
  kind: ImportKind<C, Known>,
  o: ImportOptions,
): Promise<ImportReport> {
  const { header, rows: raw } = readCsv(o.bytes, o.file);
  const { rows, problems } = readRows(header, raw, kind.columns);
  if (rows.length === 0 && problems.length === 0)
    throw new CsvError([{ row: null, column: null, text: 'there is no row below the header' }], o.file);
  const there = await look(kind, o);
  checkAll(kind, rows, there.known, o, problems);
  const none = { rows: rows.length, resumedAt: 0, chunks: 0, longestMs: 0 };
  if (!o.apply) return { ...none, ...count(rows, there.known, kind), applied: false };
  return { ...none, ...(await applyRows(kind, rows, there, o)), applied: true };
}

/** What is there, and the turn as of which it is. */
interface There<Known> {
  known: Known;
  turn: number;
}

/** What is there: looked at again while another import writes, of whose chunk one query may see what another does not. */
async function look<C extends Columns, Known>(
  kind: ImportKind<C, Known>,
  o: ImportOptions,
): Promise<There<Known>> {
  for (;;) {
    const turn = await o.store.read(turnOf);
    const known = await o.store.read((tx) => kind.load(tx));
    if ((await o.store.read(turnOf)) === turn) return { known, turn };
    await untilQuiet(o);
  }
}

/** Another import writes: waits until it takes no more turns. */
async function untilQuiet({ store, wait, pause }: ImportOptions): Promise<void> {
  for (let before = -1, now = await store.read(turnOf); now !== before; ) {
    await (wait ?? pause)?.();
    before = now;
    now = await store.read(turnOf);
  }
}

function checkAll<C extends Columns, Known>(
  kind: ImportKind<C, Known>,
  rows: readonly RowOf<C>[],
  known: Known,
  o: ImportOptions,
  ofCells: readonly CsvProblem[] = [],
): void {
  // One refusal names all there is to mend; a row that could not be read is held against nothing.
  const unread = new Set(ofCells.map((one) => one.row));
  const whole = rows.filter((one) => !unread.has(one.row));
  const problems = [...ofCells, ...kind.check(whole, known, o.today)].sort(
    (a, b) => (a.row ?? 0) - (b.row ?? 0),
  );
  if (problems.length > 0) throw new CsvError(problems, o.file);
}

function count<C extends Columns, Known>(
  rows: readonly RowOf<C>[],
  known: Known,
  kind: ImportKind<C, Known>,
): Written {
  const written = { added: 0, changed: 0, same: 0 };
  for (const row of rows) written[kind.compare(row, known)] += 1;
  return written;
}

async function applyRows<C extends Columns, Known>(
  kind: ImportKind<C, Known>,
  rows: readonly RowOf<C>[],
  there: There<Known>,
  o: ImportOptions,
) {
  let { known, turn } = there;
  const key = `${o.name}:${createHash('sha256').update(o.bytes).digest('hex')}`;
  const change: ImportChange = { who: o.who, now: o.now };
  const lock = `import:${o.name}`;
  const resumedAt = await o.store.transact([lock], (tx) => beginImport(tx, key, rows.length, change));
  const written = { added: 0, changed: 0, same: 0 };
  let size = FIRST_CHUNK;
  let longestMs = 0;
  let chunks = 0;
  for (let done = resumedAt; done < rows.length; ) {
    const chunk = rows.slice(done, done + size);
    let tookMs = 0;
    const result = await o.store.transact([lock, 'company'], async (tx) => {
      const begun = o.machineNow();
      if ((await turnOf(tx)) !== turn) return null;
      const some = await kind.write(tx, chunk, known, change);
      await noteProgress(tx, key, done + chunk.length);
      const next = await takeTurn(tx);
      tookMs = o.machineNow() - begun;
      return { ...some, turn: next };
    });
    if (result === null) {
      await untilQuiet(o);
      ({ known, turn } = await look(kind, o));
      checkAll(kind, rows.slice(done), known, o);
      // The same file may be what the other one applies.
      const applied = Math.min(rows.length, await o.store.read((tx) => progressOf(tx, key)));
      written.same += Math.max(0, applied - done);
      done = Math.max(done, applied);
      continue;
    }
    turn = result.turn;
    for (const how of ['added', 'changed', 'same'] as const) written[how] += result.written[how];
    result.learn();
    done += chunk.length;
    chunks += 1;
    longestMs = Math.max(longestMs, tookMs);
    size = nextSize(size, tookMs);
    o.onProgress?.(done, rows.length);
    await o.pause?.();
  }
  await o.store.transact([lock], (tx) => endImport(tx, key, o.now));
  return { ...written, resumedAt, chunks, longestMs };
}

/** A chunk that took long makes the next one smaller; a short one lets it grow. */
export function nextSize(size: number, tookMs: number): number {
  if (tookMs > CHUNK_MS / 2) return Math.max(1, Math.floor(size / 2));
  return tookMs < CHUNK_MS / 5 ? Math.min(LARGEST_CHUNK, size * 2) : size;
}
