import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from './source.js';

/**
 * `npm run deps` holds who may know whom in src. Here a small house with one planted violation for each rule shows
 * that the rules catch what they must, and let pass what they should.
 */

const ROOMS = ['time', 'settings', 'people', 'accounts', 'issues', 'fixes', 'followups', 'signals', 'alerts'];
const READING = ['cards', 'home', 'digests', 'metrics'];
const PLUMBING = ['slack', 'store', 'queue', 'http'];

/** A file of the small house: what it imports, and the rule that must object, if any. */
interface Planted {
  file: string;
  imports: string;
  rule?: string;
  how?: (target: string) => string;
}

const dynamic = (target: string) => `export const load = () => import('${target}');`;
const typesOnly = (target: string) => `import type * as x from '${target}';\nexport type X = typeof x;`;

const index = (room: string) => `src/${room}/index.ts`;

const laterRooms: Planted[] = ROOMS.flatMap((room, i) =>
  [...ROOMS.slice(i + 1), ...READING, 'imports'].map((later) => ({
    file: `src/${room}/knows-${later}.ts`,
    imports: index(later),
    rule: `${room}-knows-only-earlier-rooms`,
  })),
);

const earlierRooms: Planted[] = ROOMS.flatMap((room, i) =>
  ROOMS.slice(0, i).map((earlier) => ({
    file: `src/${room}/may-know-${earlier}.ts`,
    imports: index(earlier),
  })),
);

const readingSide: Planted[] = READING.flatMap((room) => [
  ...ROOMS.map((known) => ({ file: `src/${room}/may-know-${known}.ts`, imports: index(known) })),
  ...READING.filter((other) => other !== room).map((other) => ({
    file: `src/${room}/knows-${other}.ts`,
    imports: index(other),
    rule: `${other}-known-by-main-and-loop-only`,
  })),
  { file: `src/${room}/knows-loop.ts`, imports: 'src/loop.ts', rule: 'reading-side-knows-no-loop' },
]);

const plumbing: Planted[] = PLUMBING.flatMap((room) => [
  { file: `src/${room}/may-know-time.ts`, imports: index('time') },
  ...[...ROOMS.filter((known) => known !== 'time'), ...READING, 'imports', 'demo'].map((known) => ({
    file: `src/${room}/knows-${known}.ts`,
    imports: index(known),
    rule: 'plumbing-knows-no-feature',
  })),
  { file: `src/${room}/knows-loop.ts`, imports: 'src/loop.ts', rule: 'plumbing-knows-no-feature' },
  { file: `src/time/knows-${room}.ts`, imports: index(room), rule: 'time-is-pure' },
]);

const IMPURE = ['@slack/bolt', '@slack/web-api', 'drizzle-orm', 'pino', 'pg', 'src/store/index.ts'];

const pure: Planted[] = ['rules', 'messages'].flatMap((role) => [
  ...IMPURE.map((imports, i) => ({
    file: `src/issues/${role}/number-${i}.ts`,
    imports,
    rule: 'rules-and-messages-are-pure',
  })),
  { file: `src/fixes/${role}.ts`, imports: 'src/store/index.ts', rule: 'rules-and-messages-are-pure' },
  { file: `src/signals/${role}.ts`, imports: 'src/issues/store.ts', rule: 'rules-and-messages-are-pure' },
  {
    file: `src/alerts/${role}.ts`,
    imports: 'src/alerts/through.ts',
    rule: 'rules-and-messages-stay-pure-through-others',
  },
  { file: `src/followups/${role}.ts`, imports: 'src/slack/blocks/index.ts' },
]);

const top: Planted[] = [
  { file: 'src/issues/knows-main.ts', imports: 'src/main.ts', rule: 'nobody-imports-main' },
  { file: 'src/demo/knows-main.ts', imports: 'src/main.ts', rule: 'nobody-imports-main' },
  { file: 'src/issues/knows-cli.ts', imports: 'src/cli.ts', rule: 'nobody-imports-cli' },
  { file: 'src/main.ts', imports: 'src/cards/index.ts' },
  { file: 'src/loop.ts', imports: 'src/cards/index.ts' },
  { file: 'src/cli.ts', imports: 'src/main.ts' },
  { file: 'src/cli/knows-demo.ts', imports: index('demo'), rule: 'demo-loaded-on-demand' },
  { file: 'src/cli/may-load-demo.ts', imports: index('demo'), how: dynamic },
  { file: 'src/issues/knows-demo.ts', imports: index('demo'), rule: 'demo-known-by-cli-only', how: dynamic },
  { file: 'src/main/knows-demo.ts', imports: index('demo'), rule: 'demo-known-by-cli-only', how: dynamic },
  { file: 'src/demo/may-know-imports.ts', imports: index('imports') },
  {
    file: 'src/cards/knows-imports.ts',
    imports: index('imports'),
    rule: 'imports-known-by-entry-points-only',
  },
  { file: 'src/imports/may-know-issues.ts', imports: index('issues') },
];

const packages: Planted[] = [
  { file: 'src/queue/calls-slack.ts', imports: '@slack/web-api', rule: 'web-api-in-slack-client-only' },
  { file: 'src/slack/calls-slack.ts', imports: '@slack/web-api', rule: 'web-api-in-slack-client-only' },
  { file: 'src/slack/errors.ts', imports: '@slack/web-api' },
  { file: 'src/slack/client-pages.ts', imports: '@slack/web-api' },
  { file: 'src/slack/client/pages.ts', imports: '@slack/web-api' },
  { file: 'src/issues/listens.ts', imports: '@slack/bolt', rule: 'bolt-in-slack-only' },
  { file: 'src/http/listens.ts', imports: '@slack/socket-mode', rule: 'bolt-in-slack-only' },
  { file: 'src/slack/listens.ts', imports: '@slack/bolt' },
  { file: 'src/issues/queries.ts', imports: 'drizzle-orm', rule: 'drizzle-in-stores-only' },
  { file: 'src/slack/queries.ts', imports: 'drizzle-orm/pg-core', rule: 'drizzle-in-stores-only' },
  { file: 'src/issues/store.ts', imports: 'drizzle-orm' },
  { file: 'src/accounts/store/pages.ts', imports: 'drizzle-orm' },
  { file: 'src/queue/rows.ts', imports: 'drizzle-orm' },
  { file: 'src/alerts/through.ts', imports: 'drizzle-orm', rule: 'drizzle-in-stores-only' },
  { file: 'src/imports/connects.ts', imports: 'pg', rule: 'drivers-in-store-only' },
  { file: 'src/store/connects.ts', imports: 'better-sqlite3' },
  { file: 'src/issues/knows-tests.ts', imports: 'tests/support/fake.ts', rule: 'src-never-imports-tests' },
  { file: 'src/issues/uses-dev.ts', imports: 'vitest', rule: 'no-dev-dependencies' },
  { file: 'src/slack/uses-dev-types.ts', imports: 'vitest', how: typesOnly },
  { file: 'src/issues/uses-undeclared.ts', imports: 'express', rule: 'no-undeclared-packages' },
  { file: 'src/issues/uses-missing.ts', imports: 'src/issues/gone.ts', rule: 'no-unresolvable' },
  { file: 'src/http/circle-one.ts', imports: 'src/http/circle-two.ts', rule: 'no-circular' },
  { file: 'src/http/types-one.ts', imports: 'src/http/types-two.ts' },
  { file: 'src/http/types-two.ts', imports: 'src/http/types-one.ts', how: typesOnly },
];

const PLANTED = [...laterRooms, ...earlierRooms, ...readingSide, ...plumbing, ...pure, ...top, ...packages];

const DEPENDENCIES = [
  '@slack/bolt',
  '@slack/socket-mode',
  '@slack/web-api',
  'drizzle-orm',
  'pino',
  'pg',
  'better-sqlite3',
];

interface Violation {
  from: string;
  rule: { name: string };
}

const house = mkdtempSync(join(tmpdir(), 'baton-house-'));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(house, path)), { recursive: true });
  writeFileSync(join(house, path), text);
}

function build(): void {
  const bare = [...ROOMS, ...READING, ...PLUMBING, 'imports', 'demo', 'slack/blocks'].map(index);
  for (const path of [...bare, 'tests/support/fake.ts']) write(path, 'export {};\n');
  for (const { file, imports, how } of PLANTED) {
    const up = '../'.repeat(file.split('/').length - 1);
    const target = /^(src|tests)\//.test(imports) ? `${up}${imports.replace(/\.ts$/, '.js')}` : imports;
    write(file, how ? how(target) : `import * as x from '${target}';\nexport const y = x;\n`);
  }
  // A circle is reported once, from the file that is met first.
  write('src/http/circle-two.ts', "export * from './circle-one.js';\n");
  for (const name of [...DEPENDENCIES, 'vitest', 'express']) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
    write(`node_modules/${name}/index.js`, 'exports.x = 1;\n');
  }
  write('node_modules/drizzle-orm/pg-core/index.js', 'exports.x = 1;\n');
  const versions = (names: string[]) => Object.fromEntries(names.map((name) => [name, '1.0.0']));
  write(
    'package.json',
    JSON.stringify({
      type: 'module',
      dependencies: versions(DEPENDENCIES),
      devDependencies: versions(['vitest']),
    }),
  );
  for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json'])
    copyFileSync(join(ROOT, file), join(house, file));
}

async function cruise(): Promise<Violation[]> {
  const bin = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [bin, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src'];
  // The exit code is the number of violations; the report says it better.
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: house,
    maxBuffer: 64 * 1024 * 1024,
  }).catch((error: { stdout: string }) => error);
  return (JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary.violations;
}

describe('who may know whom', () => {
  let found: Violation[] = [];
  const broken = (file: string) => [
    ...new Set(found.filter(({ from }) => from === file).map(({ rule }) => rule.name)),
  ];

  beforeAll(async () => {
    build();
    found = await cruise();
  }, 60_000);

  afterAll(() => rmSync(house, { recursive: true, force: true }));

  const rules = [...new Set(PLANTED.flatMap(({ rule }) => rule ?? []))];

  it.each(rules)('%s catches each import that breaks it', (rule) => {
    const missed = PLANTED.filter((planted) => planted.rule === rule && !broken(planted.file).includes(rule));
    expect(missed).toEqual([]);
  });

  it('lets pass what is allowed', () => {
    const allowed = PLANTED.filter(({ rule }) => !rule).map(({ file }) => ({ file, broken: broken(file) }));
    expect(allowed.filter((one) => one.broken.length > 0)).toEqual([]);
    expect(allowed.length).toBeGreaterThan(50);
  });

  it('plants a violation of every rule', async () => {
    const config = (await import(join(ROOT, '.dependency-cruiser.cjs'))) as {
      default: { forbidden: { name: string }[] };
    };
    const planted = new Set(PLANTED.map(({ rule }) => rule));
    expect(config.default.forbidden.map(({ name }) => name).filter((name) => !planted.has(name))).toEqual([]);
  });
});
