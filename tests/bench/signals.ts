/**
 * How long it takes to take in one contact and have the rules look at its account, with few and with many contacts
 * stored: it must not grow with history. `npm run bench:signals -- --json [--max 1000000] [--rounds 200]`
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Database from 'better-sqlite3';
import { recordCustomerMessage } from '../../src/issues/store/contacts.js';
import { follow } from '../../src/loop.js';
import { evaluateAccount } from '../../src/signals/evaluate.js';
import { migrateSqlite } from '../../src/store/migrate.js';
import { openSqlite } from '../../src/store/sqlite.js';
import type { Store } from '../../src/store/transact.js';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    max: { type: 'string', default: '10000000' },
    rounds: { type: 'string', default: '200' },
  },
});

const FEW = 10_000;
const MANY = Number(values.max);
const ROUNDS = Number(values.rounds);
const DAY_MS = 86_400_000;
const WEEKS = 156;
const PER_WEEK = 3;
const NOW = Date.UTC(2026, 10, 17, 12);
const BATCH = 20_000;
/** Accounts that are written to in turn: as many as there are among few contacts. */
const WRITING = 20;
const WARM_UP = 2 * WRITING;
/** Twenty of these are more than an hour, which makes a contact of its own of what another author writes. */
const APART_MS = 200_000;

/** One of so many contacts was logged as an issue, which was solved a day later. */
const LOGGED = 2;
/** Issues that accounts which are written to had lately besides: more than there are kinds of events to look for. */
const BUSY = 20;

/** Three contacts per account and week over three years, each with its message, its issue and its events. */
function fill(file: string, contacts: number): number {
  const db = new Database(file);
  db.pragma('journal_mode = off');
  db.pragma('synchronous = off');
  db.pragma('cache_size = -1000000');
  // An index that is made at the end is sorted once; one that grows is looked for at every row.
  const indexes = db
    .prepare(
      "select name, sql from sqlite_master where type = 'index' and sql is not null and tbl_name in ('contacts', 'messages', 'issues', 'log')",
    )
    .all() as { name: string; sql: string }[];
  for (const { name } of indexes) db.exec(`drop index "${name}"`);
  const accounts = Math.max(1, Math.round(contacts / (WEEKS * PER_WEEK)));
  const add = {
    account: db.prepare(
      "insert into accounts (id, slug, name, tier, is_archived, added_at) values (?, ?, ?, 'B', 0, ?)",
    ),
    channel: db.prepare(
      "insert into account_channels (account_id, channel, name, kind, capture) values (?, ?, ?, 'customer', 'suggest')",
    ),
    contact: db.prepare(
      `insert into contacts (id, account_id, channel, first_ts, thread_ts, author, started_at, last_at, messages,
       first_reply_at, waited_at, settled, settled_at, issue_id) values (?, ?, ?, ?, ?, 'U1', ?, ?, 1, ?, ?, 'answered', ?, ?)`,
    ),
    message: db.prepare(
      `insert into messages (contact_id, account_id, channel, ts, author, is_customer, text, files, at, is_deleted)
       values (?, ?, ?, ?, 'U1', 1, 'The export misses rows again', '[]', ?, 0)`,
    ),
    event: db.prepare(
      `insert into log (kind, at, account_id, contact_id, issue_id, source, data) values (?, ?, ?, ?, ?, 'message', '{}')`,
    ),
    issue: db.prepare(
      `insert into issues (id, number, account_id, title, priority, state, created_at, created_by, resolved_at, reopened)
       values (?, ?, ?, 'The export misses rows', 'normal', 'resolved', ?, 'U2', ?, 0)`,
    ),
  };
  let issues = 0;
  const logIssue = (account: number, contact: number | null, at: number): number => {
    issues += 1;
    add.issue.run(issues, issues, account, at, at + DAY_MS);
    add.event.run('issue.opened', at, account, contact, issues);
    add.event.run('issue.resolved', at + DAY_MS, account, contact, issues);
    return issues;
  };
  db.transaction(() => {
    for (let id = 1; id <= accounts; id += 1) {
      add.account.run(id, `a${id}`, `Account ${id}`, NOW - WEEKS * 7 * DAY_MS);
      add.channel.run(id, `C${id}`, `a${id}`);
    }
  })();
  // As it would have come: week by week, account by account.
  let id = 0;
  for (let week = WEEKS; week > 0; week -= 1) {
    const rows: [account: number, at: number][] = [];
    for (let account = 1; account <= accounts; account += 1)
      for (let n = 0; n < PER_WEEK; n += 1)
        rows.push([account, NOW - week * 7 * DAY_MS + (n * 2 + 1) * DAY_MS + (account % 1000) * 1000]);
    for (let from = 0; from < rows.length; from += BATCH)
      db.transaction(() => {
        for (const [account, at] of rows.slice(from, from + BATCH)) {
          id += 1;
          const ts = `${Math.floor(at / 1000)}.${String(id % 1_000_000).padStart(6, '0')}`;
          const waited = at + 900_000;
          const issue = id % LOGGED === 0 ? logIssue(account, id, at + 3_600_000) : null;
          add.contact.run(
            id,
            account,
            `C${account}`,
            ts,
            ts,
            at,
            at,
            at + 3_600_000,
            waited,
            at + 3_600_000,
            issue,
          );
          add.message.run(id, account, `C${account}`, ts, at);
          add.event.run('contact.opened', at, account, id, null);
          add.event.run('contact.waited', waited, account, id, null);
        }
      })();
  }
  db.transaction(() => {
    for (let n = 0; n < WRITING; n += 1)
      for (let k = 1; k <= BUSY; k += 1) logIssue(writes(n, accounts), null, NOW - k * DAY_MS);
  })();
  for (const { sql } of indexes) db.exec(sql);
  db.close();
  return accounts;
}

/** Which account is written to in a round: spread over all there are. */
const writes = (round: number, accounts: number) =>
  1 + (round % WRITING) * Math.max(1, Math.floor(accounts / WRITING));

const round3 = (ms: number) => Math.round(ms * 1000) / 1000;
const median = (all: readonly number[]) =>
  all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN;

interface Filled {
  contacts: number;
  accounts: number;
  filledInS: number;
  store: Store;
  /** What each took, ms: by the clock, and of the processor. */
  took: number[];
  worked: number[];
}

async function prepare(folder: string, contacts: number): Promise<Filled> {
  const file = join(folder, `${contacts}.db`);
  await migrateSqlite(file);
  const began = performance.now();
  const accounts = fill(file, contacts);
  const filledInS = Math.round((performance.now() - began) / 1000);
  if (!values.json) process.stdout.write(`${contacts} contacts stored in ${filledInS} s\n`);
  return { contacts, accounts, filledInS, store: openSqlite({ file, follow }), took: [], worked: [] };
}

/**
 * Takes in one contact and has the rules look at its account. As many accounts are written to in both, spread over all
 * there are, by somebody new each time, so that it opens a contact: all that differs is how much is stored. What an
 * account's first visit reads from the disk is not counted, since a running installation has it in memory.
 */
async function takeOne({ store, accounts, took, worked }: Filled, round: number): Promise<void> {
  const accountId = writes(round, accounts);
  const at = NOW + round * APART_MS;
  const ts = `${Math.floor(at / 1000)}.9${String(round).padStart(5, '0')}`;
  const author = `U${round}`;
  const message = { channel: `C${accountId}`, ts, threadTs: null, author, files: [], at };
  const text = 'Can you tell us when the export is right again?';
  const cpu = process.cpuUsage();
  const begin = performance.now();
  await store.transact([`account:${accountId}`], (tx) =>
    recordCustomerMessage(tx, accountId, { ...message, text }),
  );
  await store.transact([`account:${accountId}`], (tx) => evaluateAccount(tx, accountId, at));
  if (round < WARM_UP) return;
  took.push(performance.now() - begin);
  const { user, system } = process.cpuUsage(cpu);
  worked.push((user + system) / 1000);
}

const folder = mkdtempSync(join(tmpdir(), 'baton-bench-signals-'));
try {
  const both = [await prepare(folder, FEW), await prepare(folder, MANY)];
  // In turns, so that whatever else this machine does weighs on both alike.
  for (let round = 0; round < ROUNDS + WARM_UP; round += 1) for (const one of both) await takeOne(one, round);
  const [few, many] = both.map(({ contacts, accounts, filledInS, took, worked }) => ({
    ...{ contacts, accounts, filledInS },
    medianMs: round3(median(took)),
    medianCpuMs: round3(median(worked)),
  }));
  const ratio = Math.round(((many?.medianMs ?? Number.NaN) / (few?.medianMs ?? Number.NaN)) * 100) / 100;
  for (const { store } of both) await store.close();
  process.stdout.write(`${JSON.stringify({ bench: 'signals', few, many, ratio, aim: 2, rounds: ROUNDS })}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
