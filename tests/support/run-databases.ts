import { randomBytes } from 'node:crypto';
import pg from 'pg';

const NAME = 'BATON_TEST_DATABASES';

/** What the names of all databases of this run of the tests begin with, in every worker. */
export function databasesOfRun(): string {
  return process.env[NAME] ?? 'baton_alone';
}

/** Before the first worker begins. */
export function setup(): void {
  process.env[NAME] = `baton_${randomBytes(4).toString('hex')}`;
}

/** After the last worker ended: drops what the workers shared among their files, or left when they were killed. */
export async function teardown(): Promise<void> {
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
