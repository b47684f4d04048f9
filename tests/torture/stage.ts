import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import type { StorageConfig } from '../../src/config.js';
import { readCompany, writeCompany } from '../../src/main/apply.js';
import { openStore } from '../../src/main/database.js';
import { createSlackApi } from '../../src/slack/client.js';
import { slackLogger } from '../../src/slack/logger.js';
import { type FakeSlack, startFakeSlack } from '../support/fake-slack/index.js';
import { ACCOUNTS, type Story } from './plan.js';

export const OURS = ['sam', 'priya', 'ana', 'luis', 'lea', 'eli'];

/** A database that outlives the processes which work on it. */
export interface Ground {
  database: StorageConfig['database'];
  folder: string;
  drop: () => Promise<void>;
}

/** A process that is killed loses nothing that the system has, on whatever it lies: only a power cut needs a disk. */
const MEMORY = '/dev/shm';

export async function layGround(kind: 'sqlite' | 'postgres', server: string): Promise<Ground> {
  const folder = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'baton-torture-'));
  if (kind === 'sqlite') {
    return {
      database: { kind, file: join(folder, 'baton.db') },
      folder,
      drop: async () => rmSync(folder, { recursive: true, force: true }),
    };
  }
  const name = `baton_torture_${randomBytes(5).toString('hex')}`;
  const run = async (sql: string) => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  await run(`create database ${name}`);
  await run(`alter database ${name} set synchronous_commit = off`);
  return {
    database: { kind, url: Object.assign(new URL(server), { pathname: `/${name}` }).toString() },
    folder,
    drop: async () => {
      await run(`drop database if exists ${name} with (force)`);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Slack tries again for long enough that somebody listens, as it does for five minutes. */
const RETRIES_MS = [100, 300, 600, 1_000, ...Array.from({ length: 40 }, () => 1_500)];

/** A Slack with our people and, for each story, a channel with one customer in it. */
export async function peopledSlack(seed: number, stories: readonly Story[]): Promise<FakeSlack> {
  const slack = await startFakeSlack({
    seed,
    retryDelaysMs: RETRIES_MS,
    signingSecret: 'torture-signing-secret',
  });
  for (const name of OURS) slack.addUser({ name, realName: name, isAdmin: name === 'lea' });
  for (const account of ACCOUNTS) {
    slack.addUser({ name: `${account}-customer`, teamId: `T${account.toUpperCase()}` });
    slack.addChannel({ name: `${account}-internal`, isPrivate: true, members: OURS });
  }
  for (const { channel, customer } of stories)
    slack.addChannel({ name: channel, isExtShared: true, members: [...OURS, customer] });
  slack.addChannel({ name: 'support-success', members: OURS });
  slack.addChannel({ name: 'triage', members: OURS });
  return slack;
}

function companyText(slack: FakeSlack, stories: readonly Story[]): string {
  const person = (handle: string, name: string, role: string) =>
    `  - { handle: ${handle}, slack: ${handle}, name: ${name}, role: ${role} }`;
  const account = (slug: string) => `  - slug: ${slug}
    name: ${slug}
    csm: ana
    support: sam
    channels: { customer: [${stories.filter((s) => s.account === slug).map((s) => s.channel)}], internal: [${slug}-internal] }
    customers: [{ name: ${slug} customer, slack: ${slack.user(`${slug}-customer`).id} }]`;
  return `zone: Europe/Berlin
team_channel: support-success
triage_channel: triage
people:
${person('sam', 'Sam Okafor', 'support')}
${person('priya', 'Priya Nair', 'support')}
${person('ana', 'Ana Lopez', 'success')}
${person('luis', 'Luis Weber', 'success')}
  - { handle: lea, slack: lea, name: Lea Novak, role: lead, functions: [support, success] }
${person('eli', 'Eli Stone', 'viewer')}
groups:
  - { key: engineering, name: Engineering, kind: skill, people: [eli] }
accounts:
${ACCOUNTS.filter((slug) => stories.some((s) => s.account === slug))
  .map(account)
  .join('\n')}
`;
}

/** Takes the company over, as `baton apply` does. */
export async function applyTo(ground: Ground, slack: FakeSlack, stories: readonly Story[]): Promise<void> {
  const api = createSlackApi({
    token: slack.botToken,
    apiUrl: slack.url,
    logger: slackLogger(pino({ level: 'silent' })),
  });
  const resolved = await readCompany(companyText(slack, stories), api, []);
  const store = await openStore({ database: ground.database, logLevel: 'error' });
  await writeCompany(store, resolved, { who: 'torture', now: Date.now() });
  await store.close();
}
