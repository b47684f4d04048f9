import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { type SQL, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { expect, it } from 'vitest';
import { openPostgres } from '../../src/store/postgres.js';
import type { ReadTx } from '../../src/store/transact.js';
import { onRealPostgres } from '../support/databases.js';
import { rowsOf } from '../support/rows.js';

/** The tables' common handle offers no raw SQL; the driver of Postgres does. */
const asked = (tx: ReadTx, query: SQL): Promise<{ rows: { pid: number }[] }> =>
  (tx.db as unknown as NodePgDatabase).execute(query);

onRealPostgres('a server that closes connections', (database) => {
  it('ends the transaction it closes, and nothing else: the next one runs', async () => {
    const store = await database.open();
    const other = await database.another();
    const note = { scope: 'test', key: 'kept', value: '1', version: 1, isCurrent: true, who: 'test', at: 1 };
    const cut = store.transact([], async (tx) => {
      await tx.db.insert(tx.t.settings).values(note);
      const { rows } = await asked(tx, sql`select pg_backend_pid() as pid`);
      await other.read((bystander) => asked(bystander, sql`select pg_terminate_backend(${rows[0]?.pid})`));
      // Nothing is asked of the connection while the news of its end arrives.
      await other.read(async (bystander) => {
        const still = sql`select pid from pg_stat_activity where pid = ${rows[0]?.pid}`;
        while ((await asked(bystander, still)).rows.length > 0);
        await asked(bystander, sql`select pg_sleep(0.05)`);
      });
    });
    await expect(cut).rejects.toThrow('connection error');
    expect(await rowsOf(other, 'settings')).toEqual([]);
    await store.transact([], async (tx) => void (await tx.db.insert(tx.t.settings).values(note)));
    expect(await rowsOf(other, 'settings')).toHaveLength(1);
    await store.close();
    await other.close();
  });

  it('gives up a connection on which nothing is answered any more, and goes on over another', async () => {
    const direct = await database.open();
    const line = await lineTo(database.address());
    const store = openPostgres({
      url: line.url,
      follow: async () => undefined,
      answerMs: 400,
      connections: 1,
    });
    const note = { scope: 'test', key: 'kept', value: '1', version: 1, isCurrent: true, who: 'test', at: 1 };
    const write = () =>
      store.transact([], async (tx) => void (await tx.db.insert(tx.t.settings).values(note)));
    await store.read((tx) => tx.db.select().from(tx.t.settings));
    line.isSilent = true;
    await expect(write()).rejects.toThrow();
    line.isSilent = false;
    // The one connection was silent for good: what was sent over it is lost.
    await write();
    expect(await rowsOf(direct, 'settings')).toHaveLength(1);
    await Promise.all([store.close(), direct.close()]);
    line.close();
  });
});

/** A line to the server that can fall silent without closing, as behind a broken network; what it swallows is gone. */
async function lineTo(address: string) {
  const to = new URL(address);
  // A server on this machine may be reached through a socket in a folder.
  const folder = to.searchParams.get('host');
  const port = Number(to.port || 5432);
  to.searchParams.delete('host');
  const sockets: Socket[] = [];
  const line = { isSilent: false, url: '', close: () => {} };
  const server = createServer((near) => {
    const far = folder ? connect(`${folder}/.s.PGSQL.${port}`) : connect(port, to.hostname);
    sockets.push(near, far);
    const pipe = (from: Socket, into: Socket) => {
      from.on('data', (chunk) => void (line.isSilent || into.write(chunk)));
      from.on('error', () => into.destroy());
      from.on('close', () => into.destroy());
    };
    pipe(near, far);
    pipe(far, near);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  line.url = Object.assign(to, {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
  }).toString();
  line.close = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return line;
}
