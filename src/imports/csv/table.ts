import { distance } from 'fastest-levenshtein';
import { type Cell, isFormula, type ReadCell } from './cells.js';
import type { CsvProblem, RawRow } from './read.js';

/** A column of a file: how its cells are read, and by what other names it goes. */
export interface Column<T> {
  read: ReadCell<T>;
  required?: boolean;
  also?: readonly string[];
}

// biome-ignore lint/suspicious/noExplicitAny: a column of whatever its cells mean
export type Columns = Readonly<Record<string, Column<any>>>;

type ValueOf<C> = C extends Column<infer T> ? T : never;
/** A row as its columns read it; a cell that is empty, or whose column is absent, is undefined. */
export type RowOf<C extends Columns> = { [K in keyof C]: ValueOf<C[K]> | undefined } & { row: number };

const plain = (name: string) =>
  name
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');

/** Which column stands where. */
function readHeader(
  header: readonly string[],
  columns: Columns,
): { at: Map<string, number>; problems: CsvProblem[] } {
  const names = new Map(
    Object.entries(columns).flatMap(([name, { also = [] }]) =>
      [name, ...also].map((one) => [one, name] as const),
    ),
  );
  const at = new Map<string, number>();
  const problems: CsvProblem[] = [];
  const wrong = (column: string | null, text: string) => problems.push({ row: 1, column, text });
  for (const [i, title] of header.entries()) {
    const name = names.get(plain(title));
    if (name === undefined)
      wrong(
        title === '' ? `column ${i + 1}` : title,
        unknownColumn(title, [...names.keys()], Object.keys(columns)),
      );
    else if (at.has(name)) wrong(title, `the column ${name} stands here for the second time`);
    else at.set(name, i);
  }
  for (const [name, { required }] of Object.entries(columns))
    if (required && !at.has(name)) wrong(name, `the column ${name} is missing; it is needed`);
  return { at, problems };
}

/** @param names all by which a column goes; @param columns those that are written down */
function unknownColumn(title: string, names: readonly string[], columns: readonly string[]): string {
  const nearest = names
    .map((name) => ({ name, off: distance(plain(title), name) }))
    .sort((a, b) => a.off - b.off)[0];
  const hint =
    nearest && nearest.off <= Math.max(2, nearest.name.length / 2)
      ? `did you mean ${nearest.name}?`
      : `there are ${columns.join(', ')}`;
  return `there is no such column; ${hint}`;
}

/** Reads every row; what is wrong in any cell is named with its row and column. */
export function readRows<C extends Columns>(
  header: readonly string[],
  rows: readonly RawRow[],
  columns: C,
): { rows: RowOf<C>[]; problems: CsvProblem[] } {
  const { at, problems } = readHeader(header, columns);
  if (problems.length > 0) return { rows: [], problems };
  const read: RowOf<C>[] = [];
  for (const { row, cells } of rows) {
    if (cells.length !== header.length) {
      problems.push({
        row,
        column: null,
        text: `${cells.length} cells, but the header has ${header.length}; is a comma or a quote missing?`,
      });
      continue;
    }
    read.push(readRow(row, cells, at, columns, problems) as RowOf<C>);
  }
  return { rows: read, problems };
}

function readRow(
  row: number,
  cells: readonly string[],
  at: ReadonlyMap<string, number>,
  columns: Columns,
  problems: CsvProblem[],
): Record<string, unknown> {
  const values: Record<string, unknown> = { row };
  for (const [column, { read, required }] of Object.entries(columns)) {
    const index = at.get(column);
    const cell = index === undefined ? undefined : readOne(cells[index] ?? '', read, required === true);
    if (cell && 'problem' in cell) problems.push({ row, column, text: cell.problem });
    else values[column] = cell?.value;
  }
  return values;
}

function readOne(text: string, read: ReadCell<unknown>, required: boolean): Cell<unknown> {
  if (text === '') return required ? { problem: 'is empty, and needed' } : { value: undefined };
  if (isFormula(text)) return { problem: 'is a formula; paste its value instead' };
  return read(text);
}

/**
 * Rows that are about one thing that is there, though each calls it otherwise.
 * @param meant what a row is about; undefined for what is new
 */
export function twiceMeant<R extends { row: number }>(
  rows: readonly R[],
  column: string,
  meant: (row: R) => { id: number; name: string } | undefined,
): CsvProblem[] {
  const first = new Map<number, number>();
  return rows.flatMap((one) => {
    const found = meant(one);
    const before = found && first.get(found.id);
    if (found && before === undefined) first.set(found.id, one.row);
    return found && before !== undefined
      ? { row: one.row, column, text: `this is ${found.name}, as row ${before} is; keep one` }
      : [];
  });
}

/** Values that stand in two rows, though they name one thing. */
export function twice<R extends { row: number }>(
  rows: readonly R[],
  column: string,
  read: (row: R) => string | readonly string[] | undefined,
): CsvProblem[] {
  const first = new Map<string, number>();
  const problems: CsvProblem[] = [];
  for (const one of rows) {
    const value = read(one);
    for (const key of value === undefined ? [] : typeof value === 'string' ? [value] : value) {
      const before = first.get(key);
      if (before === undefined) first.set(key, one.row);
      else if (before !== one.row)
        problems.push({
          row: one.row,
          column,
          text: `"${key.slice(0, 60)}" stands in row ${before} too; keep one`,
        });
    }
  }
  return problems;
}
