import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

const NAME = 'BATON_TEST_DATABASES';
const FOLDER = 'BATON_TEST_FOLDER';

/** What the names of all databases of this run of the tests begin with, in every worker. */
export function databasesOfRun(): string {
  return process.env[NAME] ?? 'baton_alone';
}

/** Where the files of this run stand. */
export function folderOfRun(): string {
  process.env[FOLDER] ??= mkdtempSync(join(scratch(), 'baton-'));
  return process.env[FOLDER];
}

const IN_MEMORY = '/dev/shm';
const ROOM = 512 * 1024 * 1024;

/** In memory where there is room: nothing here must outlive a power cut, and each commit waits for its disk. */
function scratch(): string {
  try {
    const { bavail, bsize } = statfsSync(IN_MEMORY);
    return bavail * bsize > ROOM ? IN_MEMORY : tmpdir();
  } catch {
    return tmpdir();
  }
}

/** Before the first worker begins. */
export function setup(): void {
  folderOfRun();
  process.env[NAME] = `baton_${randomBytes(4).toString('hex')}`;
}

/** After the last worker ended: drops what the workers shared among their files, or left when they were killed. */
export async function teardown(): Promise<void> {
  rmSync(folderOfRun(), { recursive: true, force: true });
  const server = process.env.TEST_POSTGRES_URL;
  if (!server) return;
  const connection = new pg.Client({ connectionString: server });
  await connection.connect();
  try {
    const { rows } = await connection.query(
      'select datname from pg_database where starts_with(datname, $1)',
      [`${databasesOfRun()}_`],
    );
    for (const { datname } of rows) await connection.query(`drop database if exists ${datname} with (force)`);
  } finally {
    await connection.end();
  }
}
