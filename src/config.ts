import { z } from 'zod';
import type { TrackerAccess } from './fixes/ask/index.js';

/** The only reader of the environment. */

const Token = (prefix: string, where: string) =>
  z.string({ error: `missing: ${where}` }).startsWith(prefix, `does not start with ${prefix}: ${where}`);

const BOT_TOKEN = Token('xoxb-', 'the Bot User OAuth Token, in your Slack app under OAuth & Permissions');

const Slack = z.object({
  SLACK_BOT_TOKEN: BOT_TOKEN,
  SLACK_API_URL: z.url('is not an address').optional(),
  BATON_ADMINS: z.string().optional(),
});

const Storage = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^(postgres(ql)?:\/\/|sqlite:)/, 'is neither postgres://… nor sqlite:/path/to/file.db')
    .default('sqlite:data/baton.db'),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error'], { error: 'is none of debug, info, warn, error' })
    .default('info'),
});

const Running = z.object({
  BATON_DEADMAN_URL: z.url('is not an address').optional(),
  BATON_PUBLIC_URL: z.url('is not an address').optional(),
  BATON_TRANSPORT: z.enum(['socket', 'http'], { error: 'is neither socket nor http' }).default('socket'),
  BATON_PORT: z.coerce
    .number({ error: 'is not a port number' })
    .int('is not a port number')
    .min(0, 'is not a port number')
    .max(65_535, 'is not a port number')
    .default(3000),
});

/** A secret that is set to something short is a mistake, not a secret. */
const Secret = (where: string) => z.string().min(8, `is too short: ${where}`).optional();

const Trackers = z.object({
  GITHUB_WEBHOOK_SECRET: Secret('the secret of the webhook, as typed in GitHub'),
  GITHUB_TOKEN: Secret('a token that may read issues, pull requests, contents and deployments'),
  GITHUB_API_URL: z.url('is not an address').default('https://api.github.com'),
  LINEAR_WEBHOOK_SECRET: Secret('the signing secret of the webhook, as shown by Linear'),
  LINEAR_API_KEY: Secret('an API key of Linear that may read'),
  LINEAR_API_URL: z.url('is not an address').default('https://api.linear.app/graphql'),
  JIRA_WEBHOOK_SECRET: Secret('the secret of the webhook, as typed in Jira'),
});

const APP_TOKEN = Token(
  'xapp-',
  'an App-Level Token with connections:write, in your Slack app under Basic Information',
);
const SIGNING_SECRET = z
  .string({ error: 'missing: the Signing Secret, in your Slack app under Basic Information' })
  .min(16, 'is too short: the Signing Secret, in your Slack app under Basic Information');

export interface StorageConfig {
  database: { kind: 'sqlite'; file: string } | { kind: 'postgres'; url: string };
  logLevel: 'debug' | 'info' | 'warn' | 'error';
}

export interface SlackConfig {
  botToken: string;
  apiUrl: string | undefined;
  /** Who is an admin besides the workspace's admins and owners: ids, e-mails or user names. */
  admins: string[];
}

export interface Config extends StorageConfig, SlackConfig {
  /** How Slack reaches Baton, with the secret that it takes. */
  transport: { kind: 'socket'; appToken: string } | { kind: 'http'; signingSecret: string };
  port: number;
  /** What was set up for GitHub, Linear and Jira; absent in tests that need none. */
  trackers?: TrackerAccess;
  /** Pinged while Baton hears Slack. */
  deadManUrl?: string | undefined;
  /** Where the world reaches Baton's server, for Slack over HTTP and for trackers. */
  publicUrl?: string | undefined;
}

/** Every wrong or missing setting at once, each with what to do. */
export class ConfigError extends Error {
  override name = 'ConfigError';
  constructor(readonly problems: readonly string[]) {
    super(
      `Baton cannot start; these settings need you:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
    );
  }
}

type Env = Readonly<Record<string, string | undefined>>;

function read<T extends z.ZodType>(schema: T, env: Env): z.infer<T> {
  // An empty variable is one that is not set.
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(set);
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`));
  return parsed.data;
}

function storageOf(env: z.infer<typeof Storage>): StorageConfig {
  const url = env.DATABASE_URL;
  return {
    database: url.startsWith('sqlite:')
      ? { kind: 'sqlite', file: url.slice('sqlite:'.length) }
      : { kind: 'postgres', url },
    logLevel: env.LOG_LEVEL,
  };
}

function slackOf(env: z.infer<typeof Slack>): SlackConfig {
  const admins = (env.BATON_ADMINS ?? '').split(',').map((ref) => ref.trim());
  return {
    botToken: env.SLACK_BOT_TOKEN,
    apiUrl: env.SLACK_API_URL,
    admins: admins.filter((ref) => ref !== ''),
  };
}

/** Settings of `baton start`; each transport needs a secret of its own. @throws ConfigError */
export function readConfig(env: Env = process.env): Config {
  const shared = Slack.extend(Storage.shape).extend(Running.shape).extend(Trackers.shape);
  if (env.BATON_TRANSPORT === 'http') {
    const all = read(shared.extend({ SLACK_SIGNING_SECRET: SIGNING_SECRET }), env);
    return configOf(all, { kind: 'http', signingSecret: all.SLACK_SIGNING_SECRET });
  }
  const all = read(shared.extend({ SLACK_APP_TOKEN: APP_TOKEN }), env);
  return configOf(all, { kind: 'socket', appToken: all.SLACK_APP_TOKEN });
}

type Shared = z.infer<typeof Slack> &
  z.infer<typeof Storage> &
  z.infer<typeof Running> &
  z.infer<typeof Trackers>;

function configOf(all: Shared, transport: Config['transport']): Config {
  return {
    ...storageOf(all),
    ...slackOf(all),
    transport,
    trackers: trackersOf(all),
    port: all.BATON_PORT,
    deadManUrl: all.BATON_DEADMAN_URL,
    publicUrl: all.BATON_PUBLIC_URL,
  };
}

function trackersOf(all: z.infer<typeof Trackers>): TrackerAccess {
  return {
    github: { secret: all.GITHUB_WEBHOOK_SECRET, token: all.GITHUB_TOKEN, apiUrl: all.GITHUB_API_URL },
    linear: { secret: all.LINEAR_WEBHOOK_SECRET, apiKey: all.LINEAR_API_KEY, apiUrl: all.LINEAR_API_URL },
    jira: { secret: all.JIRA_WEBHOOK_SECRET },
  };
}

/** Settings of commands that read the database only, such as `baton export`. @throws ConfigError */
export function readStorageConfig(env: Env = process.env): StorageConfig {
  return storageOf(read(Storage, env));
}

/** Settings of commands that read or write the database and ask Slack, such as `baton apply`. @throws ConfigError */
export function readOfflineConfig(env: Env = process.env): StorageConfig & SlackConfig {
  const all = read(Slack.extend(Storage.shape), env);
  return { ...storageOf(all), ...slackOf(all) };
}

/** Settings of commands that need the database alone, such as `baton import`. @throws ConfigError */
export function readOfflineStorage(env: Env = process.env): StorageConfig {
  return storageOf(read(Storage, env));
}

/**
 * Makes the process know no local time but UTC. Nothing of Baton reads the host's zone, but node-cron does: in the hour
 * that such a zone repeats in autumn it spins, whatever `timezone` it was given.
 */
export function forgetHostZone(): void {
  process.env.TZ = 'Etc/UTC';
}
