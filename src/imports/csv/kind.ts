import type { ReadTx, Tx } from '../../store/transact.js';
import type { CsvProblem } from './read.js';
import type { Columns, RowOf } from './table.js';

export interface Written {
  added: number;
  changed: number;
  same: number;
}

/** What some rows came to, and what is known once they are committed. */
export interface Done {
  written: Written;
  learn: () => void;
}

/** Who applies a file, and when (business time, UTC ms). */
export interface ImportChange {
  who: string;
  now: number;
}

/** One kind of file that `baton import` takes. */
export interface ImportKind<C extends Columns, Known> {
  columns: C;
  /** What is there already, read once before a file is checked and kept up to date by what `write` learned. */
  load: (tx: ReadTx) => Promise<Known>;
  /** What no single cell can tell: rows that meet each other, and references to what is not there. */
  check: (rows: readonly RowOf<C>[], known: Known, today: string) => CsvProblem[];
  /** Writes some rows in one transaction; a row that was written before changes nothing. */
  write: (tx: Tx, rows: readonly RowOf<C>[], known: Known, change: ImportChange) => Promise<Done>;
  /** How the dry run counts without writing: whether a row is there, and differs. */
  compare: (row: RowOf<C>, known: Known) => 'added' | 'changed' | 'same';
}
