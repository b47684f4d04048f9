import { parse } from 'csv-parse/sync';

/** Something wrong in a CSV file: where, and how to mend it. Row 1 is the header; `row` null is the file itself. */
export interface CsvProblem {
  row: number | null;
  column: string | null;
  text: string;
}

export class CsvError extends Error {
  override name = 'CsvError';
  constructor(
    readonly problems: readonly CsvProblem[],
    readonly file: string,
  ) {
    super(problemText(problems, file));
  }
}

const SHOWN = 50;

/** Every problem on its line: `accounts.csv row 7, renewal_date: …`. */
function problemText(problems: readonly CsvProblem[], file: string): string {
  const lines = problems.slice(0, SHOWN).map(({ row, column, text }) => {
    const where = [row === null ? null : `row ${row}`, column].filter((part) => part !== null).join(', ');
    return `${file}${where === '' ? '' : ` ${where}`}: ${text}`;
  });
  const left = problems.length - lines.length;
  if (left > 0) lines.push(`and ${left} more of the kind`);
  return [...lines, 'Nothing was applied.'].join('\n');
}

/** A row of cells as they stand in the file, and its number there (the header is row 1; a cell may span lines). */
export interface RawRow {
  row: number;
  cells: string[];
}

const MAX_BYTES = 200 * 1024 * 1024;

/** Reads a CSV file: UTF-8, with or without a byte order mark. @throws CsvError when it is none */
export function readCsv(bytes: Uint8Array, file: string): { header: string[]; rows: RawRow[] } {
  const refuse = (text: string, row: number | null = null, column: string | null = null): never => {
    throw new CsvError([{ row, column, text }], file);
  };
  if (bytes.length > MAX_BYTES) refuse('the file is larger than 200 MB; split it');
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    refuse('this is UTF-16; save it as "CSV UTF-8"');
  const bad = badLine(bytes);
  if (bad !== null)
    refuse(
      'this line is not UTF-8 (another encoding is mixed in); save the file as "CSV UTF-8"',
      bad,
      columnOfBad(bytes, bad),
    );
  // No database and no screen takes it.
  const nul = bytes.indexOf(0);
  if (nul >= 0)
    refuse('this line has a character in it that is none (NUL); export the file anew', lineOf(bytes, nul));
  const text = new TextDecoder('utf-8').decode(bytes);
  const records = parseText(text, refuse);
  const [header, ...rows] = records;
  if (!header) refuse('the file is empty; its first row names the columns');
  return { header: header?.cells ?? [], rows };
}

type Refuse = (text: string, row?: number | null, column?: string | null) => never;

function parseText(text: string, refuse: Refuse): RawRow[] {
  const options = { relax_column_count: true, trim: true, delimiter: delimiterOf(text) };
  try {
    const records: string[][] = parse(text, options);
    // An empty line is a row of a spreadsheet too: the numbers stay those that people see there.
    return records
      .map((cells, i) => ({ row: i + 1, cells }))
      .filter(({ cells }) => cells.some((cell) => cell !== ''));
  } catch (err) {
    const { code = '', records = 0, column } = err as { code?: string; records?: number; column?: number };
    const quoting = ['CSV_QUOTE_NOT_CLOSED', 'INVALID_OPENING_QUOTE', 'CSV_INVALID_CLOSING_QUOTE'].includes(
      code,
    );
    if (!quoting) throw err;
    const [header = []]: string[][] = records === 0 ? [] : parse(text, { ...options, to: 1 });
    return refuse(
      `the quotes do not match: a cell with quotes in it is written "say ""hello"""`,
      records + 1,
      header[column ?? -1] ?? null,
    );
  }
}

/** The column in which a line (from 1) stops being UTF-8; null where a cell of several lines makes that uncertain. */
function columnOfBad(bytes: Uint8Array, line: number): string | null {
  const lines = new TextDecoder('utf-8').decode(bytes).split('\n');
  const before = lines.slice(0, line - 1).join('\n');
  if (line === 1 || (before.split('"').length - 1) % 2 === 1) return null;
  const delimiter = delimiterOf(lines[0] ?? '');
  const cells = (text: string) => text.replace(/"[^"]*("|$)/g, '').split(delimiter);
  const good = (lines[line - 1] ?? '').split('\ufffd', 1)[0] ?? '';
  return (
    (lines[0] ?? '')
      .replace(/["\r\ufeff]/g, '')
      .split(delimiter)
      [cells(good).length - 1]?.trim() || null
  );
}

/** Spreadsheets of many countries set cells apart by semicolons: the header says which it is. */
function delimiterOf(text: string): ',' | ';' {
  const [header = ''] = text.split(/[\r\n]/, 1);
  return header.includes(';') && !header.includes(',') ? ';' : ',';
}

/** The line (from 1) that a byte stands in. */
function lineOf(bytes: Uint8Array, at: number): number {
  return bytes.subarray(0, at).reduce((lines, byte) => (byte === 10 ? lines + 1 : lines), 1);
}

/** The first line (from 1) that is not UTF-8; null when all are. */
function badLine(bytes: Uint8Array): number | null {
  const strict = new TextDecoder('utf-8', { fatal: true });
  try {
    strict.decode(bytes);
    return null;
  } catch {
    let line = 1;
    for (let from = 0; from <= bytes.length; line += 1) {
      const end = bytes.indexOf(10, from);
      const until = end < 0 ? bytes.length : end;
      try {
        new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(from, until));
      } catch {
        return line;
      }
      if (end < 0) break;
      from = end + 1;
    }
    return line;
  }
}
