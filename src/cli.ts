#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { pino } from 'pino';
import { ConfigError, readConfig, readOfflineConfig, type StorageConfig } from './config.js';
import { CompanyFileError } from './imports/company-file.js';
import { readCompany, writeCompany } from './main/apply.js';
import { openStore, startBaton } from './main.js';
import { createSlackApi } from './slack/client.js';
import { classify } from './slack/errors.js';
import { slackLogger } from './slack/logger.js';
import { withoutValues } from './store/failure.js';
import { systemClocks } from './time/index.js';

const REDACTED = [
  'token',
  'botToken',
  'appToken',
  '*.token',
  '*.botToken',
  '*.appToken',
  'authorization',
  '*.authorization',
  '*.headers',
];

function createLog(level: StorageConfig['logLevel']) {
  const pretty = process.stdout.isTTY
    ? {
        transport: {
          target: 'pino-pretty',
          options: { translateTime: 'SYS:HH:MM:ss', ignore: 'pid,hostname' },
        },
      }
    : {};
  // A failed query carries what people wrote: the log gets what the database said of it, and no values.
  const serializers = { err: (err: Error) => pino.stdSerializers.err(withoutValues(err) as Error) };
  return pino({ level, serializers, redact: { paths: REDACTED, censor: '[redacted]' }, ...pretty });
}

/** Ends with one clear line: expected mistakes have a text for people, the rest shows its name. */
function fail(err: unknown): never {
  process.stderr.write(`${explain(err)}\n`);
  process.exit(1);
}

function explain(err: unknown): string {
  if (err instanceof ConfigError || err instanceof CompanyFileError) return err.message;
  const failure = classify(err);
  if (failure.class === 'auth')
    return `Slack refuses the token (${failure.code}): copy it anew from your Slack app, and reinstall the app if scopes changed`;
  if (failure.code === 'request_failed')
    return 'Slack cannot be reached: check the network, or SLACK_API_URL if it is set';
  return err instanceof Error ? err.message : String(err);
}

async function start(): Promise<void> {
  const config = readConfig();
  const log = createLog(config.logLevel);
  // A connection that cannot be mended surfaces here; a supervisor starts Baton anew, and nothing is lost.
  process.on('unhandledRejection', (err) => {
    log.fatal({ err }, 'baton.died');
    process.exitCode = 1;
    setTimeout(() => process.exit(1), 200).unref();
  });
  const baton = await startBaton({ config, clocks: systemClocks(), log });
  const stop = async (signal: string) => {
    log.info({ signal }, 'baton.stopping');
    await baton.stop();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(signal));
}

async function apply(file: string): Promise<void> {
  const config = readOfflineConfig();
  const text = readFileSync(file, 'utf8');
  const slack = createSlackApi({
    token: config.botToken,
    ...(config.apiUrl ? { apiUrl: config.apiUrl } : {}),
    logger: slackLogger(createLog(config.logLevel)),
  });
  const resolved = await readCompany(text, slack, config.admins);
  const store = await openStore(config);
  try {
    await writeCompany(store, resolved, { who: 'baton apply', now: systemClocks().business.now() });
  } finally {
    await store.close();
  }
  const { people, accounts = [], groups = [] } = resolved.company;
  process.stdout.write(
    `Applied ${file}: ${people.length} people, ${groups.length} groups, ${accounts.length} accounts.\n`,
  );
}

const program = new Command('baton').description('Carries the baton between support and success, in Slack.');
program
  .command('start')
  .description('runs Baton')
  .action(() => start().catch(fail));
program
  .command('apply <company.yml>')
  .description('takes over people, groups, accounts and channels from a file')
  .action((file: string) => apply(file).catch(fail));
program
  .command('demo')
  .description('runs Baton with a local Slack and a seeded company')
  .option('--port <n>', 'where the local Slack listens', '3333')
  .option('--fresh', 'forget the demo so far and start anew', false)
  .option('--data <folder>', 'where the demo keeps what happened', 'data/demo')
  .action(async (options: { port: string; fresh: boolean; data: string }) => {
    const { runDemo } = await import('./demo/run.js');
    await runDemo(options, { start: startBaton, readCompany, writeCompany }).catch(fail);
  });
program.parseAsync().catch(fail);
