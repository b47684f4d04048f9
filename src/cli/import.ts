import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import cliProgress from 'cli-progress';
import { readOfflineStorage } from '../config.js';
import { readCalendar } from '../imports/calendar.js';
import { CsvError } from '../imports/csv/read.js';
import { type ImportOptions, type ImportReport, importCsv } from '../imports/csv/run.js';
import { accountsImport } from '../imports/store/account-rows.js';
import { channelsImport } from '../imports/store/channels.js';
import { customersImport } from '../imports/store/customers.js';
import { issuesImport } from '../imports/store/issues.js';
import { peopleImport } from '../imports/store/people.js';
import { openStore } from '../main/database.js';
import { afterImport, takeCalendar } from '../main/imports.js';
import { setting } from '../settings/store.js';
import { systemClocks, wallOf } from '../time/index.js';

const MAX_BYTES = 200 * 1024 * 1024;
/** A file this long shows how far it is. */
const LONG_ROWS = 500;

const KINDS: Readonly<Record<string, (o: ImportOptions) => Promise<ImportReport>>> = {
  accounts: (o) => importCsv(accountsImport, o),
  people: (o) => importCsv(peopleImport, o),
  customers: (o) => importCsv(customersImport, o),
  channels: (o) => importCsv(channelsImport, o),
  issues: (o) => importCsv(issuesImport, o),
};

/** What `baton import` takes, for its help. */
export const IMPORT_KINDS = [...Object.keys(KINDS), 'holidays'];

/** Reads a file and says what it would do; with `apply` does it. @throws CsvError, before anything is written */
export async function runImport(
  kind: string,
  path: string,
  options: { apply: boolean; team?: string; person?: string },
): Promise<void> {
  const take = KINDS[kind];
  if (!take && kind !== 'holidays')
    throw new Error(`There is no import of "${kind}". What there is: ${IMPORT_KINDS.join(', ')}.`);
  const bytes = readBytes(path);
  const clocks = systemClocks();
  const store = await openStore(readOfflineStorage());
  const now = clocks.business.now();
  const today = wallOf(now, await store.read((tx) => setting(tx, 'zone'))).date;
  const file = basename(path);
  try {
    if (!take) {
      const days = readCalendar(bytes, file, today);
      const whose = options.apply ? await takeCalendar(store, days, { ...options, now }) : '';
      say(
        `${days.length} ${days.length === 1 ? 'day' : 'days'} off${options.apply ? ` for ${whose}: applied.` : '. Nothing was written: run it again with --apply.'}`,
      );
      return;
    }
    const bar = progressBar();
    process.once('SIGINT', () => {
      bar.stop();
      say('Interrupted. What was applied stays; the same command goes on from there.');
      process.exit(130);
    });
    const report = await take({
      store,
      file,
      bytes,
      name: kind,
      apply: options.apply,
      who: 'baton import',
      now,
      today,
      machineNow: clocks.machine.now,
      onProgress: bar.show,
      pause: () => delay(5),
      wait: () => delay(1_000),
    }).finally(bar.stop);
    if (options.apply) await afterImport(store, now);
    sayReport(report, file);
  } finally {
    await store.close();
  }
}

function readBytes(path: string): Uint8Array {
  const file = basename(path);
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (size === undefined) throw new Error(`There is no file ${path}.`);
  if (size > MAX_BYTES)
    throw new CsvError([{ row: null, column: null, text: 'the file is larger than 200 MB; split it' }], file);
  return readFileSync(path);
}

function progressBar() {
  const bar = new cliProgress.SingleBar({ format: '{bar} {value} of {total} rows', noTTYOutput: false });
  let isShown = false;
  return {
    show: (done: number, rows: number) => {
      if (rows < LONG_ROWS) return;
      if (!isShown) bar.start(rows, done);
      isShown = true;
      bar.update(done);
    },
    stop: () => isShown && bar.stop(),
  };
}

function sayReport(report: ImportReport, file: string): void {
  const { added, changed, same } = report;
  if (!report.applied) {
    say(
      `${file}: would add ${added}, change ${changed}, leave ${same} as they are. Nothing was written: run it again with --apply.`,
    );
    return;
  }
  const resumed =
    report.resumedAt > 0 ? ` Went on after row ${report.resumedAt + 1}, where it was interrupted.` : '';
  say(`${file}: added ${added}, changed ${changed}, left ${same} as they were.${resumed}`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
