import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Config, ConfigError, readConfig } from '../../config.js';
import type { TrackerAccess } from '../../fixes/ask/index.js';
import { follow } from '../../loop.js';
import type { SlackApi } from '../../slack/api.js';
import { createSlackApi } from '../../slack/client.js';
import { createSlackProbe, type SlackProbe } from '../../slack/client-probe.js';
import type { ClientLogger } from '../../slack/logger.js';
import { type DatabaseState, inspectPostgres, inspectSqlite } from '../../store/inspect.js';
import { openPostgres } from '../../store/postgres.js';
import { openSqlite } from '../../store/sqlite.js';
import type { Store } from '../../store/transact.js';
import type { Clocks } from '../../time/index.js';
import { channelChecks, wantedChannels } from './channels.js';
import { bad, type Check, looking, ok } from './check.js';
import { type Surroundings, schemaCheck, storeChecks, surroundingChecks } from './house.js';
import { slackChecks } from './slack.js';
import { trackerChecks } from './trackers.js';

/** An installation, as the doctor looks at it; tests bring a broken one. */
export interface Patient {
  slack: Pick<SlackApi, 'identity' | 'channel'>;
  probe: SlackProbe;
  /** The app-level token; null where Slack comes over HTTP. */
  appToken: string | null;
  surroundings: Surroundings;
  trackers: TrackerAccess | undefined;
  inspect: () => Promise<DatabaseState>;
  /** Opens the database as it is; nothing is migrated. */
  open: () => Promise<Store>;
  clocks: Clocks;
}

/** Looks at everything that an installation needs, and says of each thing that is wrong what to do. */
export async function examine(patient: Patient): Promise<Check[]> {
  const { slack, probe, appToken, clocks } = patient;
  const outside = await slackChecks(slack, probe, { appToken, now: clocks.machine.now });
  const mend = 'Check DATABASE_URL, and that this user may read and write there.';
  const schema = await looking('database', mend, async () => schemaCheck(await patient.inspect()));
  const canOpen = schema.some((check) => check.isOk && check.name === 'schema');
  const hasSlack = outside.some((check) => check.isOk && check.name === 'bot token');
  const inside = canOpen ? await looking('database', mend, () => insideChecks(patient, hasSlack)) : [];
  const trackers = await trackerChecks(patient.trackers);
  return [...outside, ...schema, ...inside, ...trackers, ...(await surroundingChecks(patient.surroundings))];
}

async function insideChecks({ open, slack, clocks }: Patient, hasSlack: boolean): Promise<Check[]> {
  const store = await open();
  try {
    const checks = await storeChecks(store, clocks.machine.now());
    if (!hasSlack || checks.some((check) => !check.isOk && check.name === 'database')) return checks;
    return [...checks, ...(await channelChecks(slack, await store.read(wantedChannels)))];
  } finally {
    await store.close();
  }
}

/** `baton doctor`: examines the installation of these settings. @returns every check; one that failed means exit code 1 */
export async function examineInstallation(o: { clocks: Clocks; logger: ClientLogger }): Promise<Check[]> {
  let config: Config;
  try {
    config = readConfig();
  } catch (err) {
    if (!(err instanceof ConfigError)) throw err;
    return err.problems.map((problem) =>
      bad('settings', problem, 'Set it where Baton is started; README.md lists every setting.'),
    );
  }
  return [ok('settings', 'all there'), ...(await examine(patientOf(config, o)))];
}

function patientOf(config: Config, o: { clocks: Clocks; logger: ClientLogger }): Patient {
  const { database, transport, botToken } = config;
  const api = config.apiUrl ? { apiUrl: config.apiUrl } : {};
  return {
    slack: createSlackApi({ token: botToken, ...api, logger: o.logger }),
    probe: createSlackProbe({ ...api, logger: o.logger }),
    appToken: transport.kind === 'socket' ? transport.appToken : null,
    surroundings: {
      freeBytes: async () => (database.kind === 'sqlite' ? freeBytes(database.file) : null),
      publicUrl: config.publicUrl ?? null,
      needsPublicUrl: transport.kind === 'http',
      reach: async (url) => (await fetch(url, { signal: AbortSignal.timeout(10_000) })).status,
    },
    trackers: config.trackers,
    inspect: async () =>
      database.kind === 'sqlite' ? inspectSqlite(database.file) : inspectPostgres(database.url),
    open: async () =>
      database.kind === 'sqlite'
        ? openSqlite({ file: database.file, follow })
        : openPostgres({ url: database.url, follow }),
    clocks: o.clocks,
  };
}

async function freeBytes(file: string): Promise<number> {
  const { bavail, bsize } = await statfs(dirname(file));
  return bavail * bsize;
}
