import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { findAccount } from '../accounts/find.js';
import { activeAccounts } from '../accounts/store.js';
import { readStorageConfig } from '../config.js';
import { parseRules } from '../imports/rules-file.js';
import { openStore } from '../main.js';
import { explainAccount } from '../signals/explain.js';
import { phraseLists } from '../signals/read-words.js';
import { reportTable } from '../signals/rules/report.js';
import { runBacktest } from '../signals/run-backtest.js';
import { applyRules } from '../signals/store/change-rules.js';
import type { Store } from '../store/transact.js';
import { systemClocks } from '../time/index.js';

const say = (text: string) => process.stdout.write(`${text}\n`);

async function withStore<T>(run: (store: Store, now: number) => Promise<T>): Promise<T> {
  const store = await openStore(readStorageConfig());
  try {
    return await run(store, systemClocks().business.now());
  } finally {
    await store.close();
  }
}

function check(file: string): void {
  const rules = parseRules(readFileSync(file, 'utf8'));
  say(`${file} is right: ${rules.size} ${rules.size === 1 ? 'rule' : 'rules'} named.`);
}

async function apply(file: string, options: { why?: string }): Promise<void> {
  // Read whole before anything is opened: a file with a mistake leaves the old rules as they are.
  const rules = parseRules(readFileSync(file, 'utf8'));
  const changed = await withStore((store, now) =>
    store.transact(['rules'], (tx) =>
      applyRules(tx, rules, { who: 'baton rules apply', at: now, why: options.why ?? file }),
    ),
  );
  say(changed.length === 0 ? 'Nothing changed.' : `Changed: ${changed.join(', ')}.`);
}

async function backtest(options: { days: string; rule?: string; json?: boolean }): Promise<void> {
  const days = Number(options.days);
  if (!Number.isInteger(days) || days < 1 || days > 400)
    throw new Error(`--days ${options.days}: a whole number from 1 to 400`);
  const report = await withStore((store, now) =>
    runBacktest(store, { now, days, ...(options.rule ? { rule: options.rule } : {}) }),
  );
  if (options.json) {
    say(JSON.stringify(report));
    return;
  }
  say(`The last ${report.days} days of ${report.accounts} accounts, with the rules as they are now:\n`);
  say(reportTable(report.rules));
}

async function explain(name: string, options: { json?: boolean }): Promise<void> {
  const lines = await withStore((store, now) =>
    store.read(async (tx) => {
      const found = findAccount(name, await activeAccounts(tx));
      if ('account' in found) return explainAccount(tx, found.account, now);
      const hint = found.nearest
        ? `Did you mean ${found.nearest.name}?`
        : 'Write its name, or its slug of company.yml.';
      throw new Error(`There is no account "${name}". ${hint}`);
    }),
  );
  say(options.json ? JSON.stringify(lines) : lines.map((line) => line.text).join('\n'));
}

async function phrases(): Promise<void> {
  const lists = await withStore((store) => store.read(phraseLists));
  for (const { language, phrases: all } of lists)
    for (const { id, category, phrase, weight } of all)
      say([language, category, id, `weight ${weight}`, phrase].join('  '));
}

/** `baton rules …`: what the rules are, what they would have said, what they say. */
export function addRulesCommands(program: Command, fail: (err: unknown) => never): void {
  const rules = program
    .command('rules')
    .description('what makes Baton speak: check, apply, live through, explain');
  rules
    .command('check <rules.yml>')
    .description('says what is wrong with a file of rules')
    .action((file: string) => {
      try {
        check(file);
      } catch (err) {
        fail(err);
      }
    });
  rules
    .command('apply <rules.yml>')
    .description('takes over other numbers and counting rules from a file')
    .option('--why <reason>', 'stands in the history')
    .action((file: string, options: { why?: string }) => apply(file, options).catch(fail));
  rules
    .command('backtest')
    .description('says what each rule would have done, to whom, and how often before trouble')
    .option('--days <n>', 'how far back', '90')
    .option('--rule <id>', 'only this one, e.g. S01')
    .option('--json', 'one JSON object instead of a table')
    .action((options: { days: string; rule?: string; json?: boolean }) => backtest(options).catch(fail));
  rules
    .command('phrases')
    .description('lists the telling phrases as they hold, with the ids that company.yml can take out')
    .action(() => phrases().catch(fail));
  rules
    .command('explain <account>')
    .description('says what each rule reads of an account now, and why it speaks or does not')
    .option('--json', 'as JSON')
    .action((name: string, options: { json?: boolean }) => explain(name, options).catch(fail));
}
