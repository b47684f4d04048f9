#!/usr/bin/env node
import { readFileSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { pino } from 'pino';
import { IMPORT_KINDS, runImport } from './cli/import.js';
import { addRulesCommands } from './cli/rules-commands.js';
import {
  ConfigError,
  readConfig,
  readOfflineConfig,
  readStorageConfig,
  type StorageConfig,
} from './config.js';
import { CompanyFileError } from './imports/company-file.js';
import { readCompany, writeCompany, writeExport } from './main/apply.js';
import { reportJson, reportText } from './main/doctor/check.js';
import { examineInstallation } from './main/doctor/index.js';
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
  process.once('unhandledRejection', (err) => {
    log.fatal({ err }, 'baton.died');
    fail(err);
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

async function exportTo(file: string | undefined): Promise<void> {
  const store = await openStore(readStorageConfig());
  try {
    const text = await writeExport(store);
    if (file === undefined) process.stdout.write(text);
    else writeFileSync(file, text);
  } finally {
    await store.close();
  }
}

async function doctor({ json }: { json: boolean }): Promise<void> {
  const logger = slackLogger(pino({ level: 'silent' }));
  const checks = await examineInstallation({ clocks: systemClocks(), logger });
  process.stdout.write(json ? reportJson(checks) : reportText(checks));
  process.exitCode = checks.every((check) => check.isOk) ? 0 : 1;
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
  .command('import <kind> <file>')
  .description(`takes in a file: ${IMPORT_KINDS.join(', ')}; says what it would do unless --apply is given`)
  .option('--apply', 'write it', false)
  .option('--team <key>', 'of holidays: those of a team')
  .option('--person <handle>', 'of holidays: those of one person')
  .action((kind: string, file: string, options: { apply: boolean; team?: string; person?: string }) =>
    runImport(kind, file, options).catch(fail),
  );
program
  .command('export [company.yml]')
  .description(
    'writes people, groups, accounts, channels and settings as they hold now; to the screen without a file',
  )
  .action((file?: string) => exportTo(file).catch(fail));
program
  .command('doctor')
  .description('looks at everything that an installation needs, and says what to do about what is wrong')
  .option('--json', 'for a machine', false)
  .action((options: { json: boolean }) => doctor(options).catch(fail));
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
addRulesCommands(program, fail);
// Whoever reads along may have seen enough (`| head`): that is no mistake.
process.stdout.on('error', (err: NodeJS.ErrnoException) =>
  err.code === 'EPIPE' ? process.exit() : fail(err),
);
program.parseAsync().catch(fail);
