import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import type { StorageConfig } from '../../src/config.js';
import { readCompany, writeCompany } from '../../src/main/apply.js';
import { openStore } from '../../src/main/database.js';
import { changeSetting } from '../../src/settings/store.js';
import { createSlackApi } from '../../src/slack/client.js';
import { slackLogger } from '../../src/slack/logger.js';
import { type FakeSlack, startFakeSlack } from '../support/fake-slack/index.js';
import { accountsOf, peopleOf, type Story } from './plan.js';

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

/**
 * Slack tries again until somebody listens. It gives up after five minutes; here everything is killed again and again,
 * so how much of that time somebody listens would be the machine's doing.
 */
const RETRIES_MS = [100, 300, 600, 1_000, ...Array.from({ length: 1_000 }, () => 1_500)];

/** A Slack with our people and, for each story, a channel with one customer in it. */
export async function peopledSlack(seed: number, stories: readonly Story[]): Promise<FakeSlack> {
  const slack = await startFakeSlack({
    seed,
    retryDelaysMs: RETRIES_MS,
    signingSecret: 'torture-signing-secret',
  });
  for (const name of OURS) slack.addUser({ name, realName: name, isAdmin: name === 'lea' });
  const everybody = [...OURS];
  for (const account of accountsOf(stories)) {
    const own = Object.values(peopleOf(account));
    for (const name of own) slack.addUser({ name, realName: name });
    everybody.push(...own);
    slack.addUser({ name: `${account}-customer`, teamId: `T${account.toUpperCase().replace('-', '')}` });
    slack.addChannel({ name: `${account}-internal`, isPrivate: true, members: [...OURS, ...own] });
  }
  for (const { account, channel, customer } of stories) {
    const members = [...OURS, ...Object.values(peopleOf(account)), customer];
    slack.addChannel({ name: channel, isExtShared: true, members });
  }
  slack.addChannel({ name: 'support-success', members: everybody });
  slack.addChannel({ name: 'triage', members: everybody });
  return slack;
}

/** A zone in which it is noon: no morning message comes in between, and no day with its budget ends. */
function noonZone(now: Date): string {
  const ahead = 12 - now.getUTCHours();
  // The signs of these names are those of POSIX: Etc/GMT-2 is two hours ahead.
  return ahead === 0 ? 'Etc/UTC' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
}

function companyText(slack: FakeSlack, stories: readonly Story[]): string {
  const person = (handle: string, name: string, role: string) =>
    `  - { handle: ${handle}, slack: ${handle}, name: ${name}, role: ${role} }`;
  const account = (slug: string) => `  - slug: ${slug}
    name: ${slug}
    csm: ${peopleOf(slug).csm}
    support: ${peopleOf(slug).agent}
    channels: { customer: [${stories.filter((s) => s.account === slug).map((s) => s.channel)}], internal: [${slug}-internal] }
    customers: [{ name: ${slug} customer, slack: ${slack.user(`${slug}-customer`).id} }]`;
  const accounts = accountsOf(stories);
  const allDay = '[{ from: "00:00", to: "24:00" }]';
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => `${day}: ${allDay}`);
  return `zone: ${noonZone(new Date())}
hours: { days: { ${days.join(', ')} } }
team_channel: support-success
triage_channel: triage
people:
${person('sam', 'Sam Okafor', 'support')}
${person('priya', 'Priya Nair', 'support')}
${person('ana', 'Ana Lopez', 'success')}
${person('luis', 'Luis Weber', 'success')}
  - { handle: lea, slack: lea, name: Lea Novak, role: lead, functions: [support, success] }
${person('eli', 'Eli Stone', 'viewer')}
${accounts.flatMap((slug) => [person(peopleOf(slug).agent, peopleOf(slug).agent, 'support'), person(peopleOf(slug).csm, peopleOf(slug).csm, 'success')]).join('\n')}
groups:
  - { key: engineering, name: Engineering, kind: skill, people: [eli] }
accounts:
${accounts.map(account).join('\n')}
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
  // In its first week Baton would begin nothing by itself.
  await store.transact(['company'], async (tx) => {
    await changeSetting(tx, 'observeUntil', null, { who: 'torture', at: Date.now() });
  });
  await store.close();
}
