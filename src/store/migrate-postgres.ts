import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { migrationsFolder, refuseNewer } from './migrate.js';

/** Any number known to all Batons: two that start at once take turns on it. */
const MIGRATE_LOCK = 4_226_017;

/**
 * Brings a Postgres database to this version's schema, under an advisory lock: safe at every start and by two
 * processes at once. @throws NewerSchemaError when it knows migrations that this version does not.
 */
export async function migratePostgres(url: string, folder = migrationsFolder('postgres')): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATE_LOCK]);
    const known = await client.query("select to_regclass('drizzle.__drizzle_migrations') as name");
    if (known.rows[0]?.name) {
      const last = await client.query('select max(created_at) as last from drizzle.__drizzle_migrations');
      refuseNewer(Number(last.rows[0]?.last ?? 0), folder, 'the database');
    }
    await migrate(drizzle(client), { migrationsFolder: folder });
  } finally {
    await client.end();
  }
}
