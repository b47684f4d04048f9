/**
 * Who may know whom: the house plan as import rules. `tests/unit/project/boundaries.test.ts` plants a violation of
 * every rule and checks that it is caught, so a rule that stops working fails the tests.
 */

/** A room knows only the rooms before it. */
const ROOMS = ['time', 'settings', 'people', 'accounts', 'issues', 'fixes', 'followups', 'signals', 'alerts'];
/** The reading side may read every room; only main and loop know it. */
const READING = ['cards', 'home', 'digests', 'metrics'];
/** Knows every room; only the entry points (and the demo, which fills a company) know it. */
const FILES = ['imports'];
const PLUMBING = ['slack', 'store', 'queue', 'http'];

const FEATURES = [...ROOMS.filter((room) => room !== 'time'), ...READING, ...FILES, 'demo'];

/** A top-level file, or the folder of the same name that it may grow into. */
const top = (...names) => `^src/(${names.join('|')})(\\.ts$|/)`;
const folder = (...names) => `^src/(${names.join('|')})/`;
const npm = (...names) => `(^|/)node_modules/(${names.join('|')})(/|$)`;

const PURE = '^src/.+/(rules|messages)(\\.ts$|/)';
const ROOM_STORE = '^src/[^/]+/store(\\.ts$|/)';
const IMPURE_PACKAGES = npm(
  '@slack/(bolt|web-api|socket-mode)',
  'drizzle-orm',
  'pino',
  'pg',
  'better-sqlite3',
);
const SLACK_CLIENT = '^src/slack/client[^/]*(\\.ts$|/)';
/** They take its error classes and its logger's type; neither calls anything. */
const SLACK_LIBRARY_TYPES = '^src/slack/(errors|logger)\\.ts$';

const roomOrder = ROOMS.map((room, i) => ({
  name: `${room}-knows-only-earlier-rooms`,
  comment: `src/${room} may know ${ROOMS.slice(0, i).join(', ') || 'no other room'}. What comes later goes through src/loop.ts.`,
  severity: 'error',
  from: { path: folder(room) },
  to: { path: [folder(...ROOMS.slice(i + 1), ...READING, ...FILES), top('loop')] },
}));

const readingSide = READING.map((room) => ({
  name: `${room}-known-by-main-and-loop-only`,
  comment: 'The reading side may read every room; nobody but main and loop knows it.',
  severity: 'error',
  from: { path: '^src/', pathNot: [folder(room), top('main', 'loop')] },
  to: { path: folder(room) },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...roomOrder,
    ...readingSide,
    {
      name: 'reading-side-knows-no-loop',
      comment: 'loop.ts calls the reading side, never the other way round.',
      severity: 'error',
      from: { path: folder(...READING, ...FILES) },
      to: { path: top('loop') },
    },
    {
      name: 'imports-known-by-entry-points-only',
      comment: 'src/imports reads files into every room; only main, cli and the demo start it.',
      severity: 'error',
      from: { path: '^src/', pathNot: [folder('imports', 'demo'), top('main', 'cli')] },
      to: { path: folder('imports') },
    },
    {
      name: 'plumbing-knows-no-feature',
      comment: 'slack, store, queue and http know no feature: what they need is passed in by main.ts.',
      severity: 'error',
      from: { path: folder(...PLUMBING) },
      to: { path: [folder(...FEATURES), top('loop')] },
    },
    {
      name: 'time-is-pure',
      comment: 'src/time computes; it knows neither the plumbing nor the configuration.',
      severity: 'error',
      from: { path: folder('time') },
      to: { path: [folder(...PLUMBING), top('config')] },
    },
    {
      name: 'rules-and-messages-are-pure',
      comment: 'Decisions and renderers take data: no Bolt, no database, no log, no store.',
      severity: 'error',
      from: { path: PURE },
      to: { path: [IMPURE_PACKAGES, folder('store'), ROOM_STORE] },
    },
    {
      name: 'rules-and-messages-stay-pure-through-others',
      comment: 'The same, through any chain of imports.',
      severity: 'error',
      from: { path: PURE },
      to: { path: [IMPURE_PACKAGES, folder('store'), ROOM_STORE], reachable: true },
    },
    {
      name: 'nobody-imports-main',
      comment: 'main.ts is the composition root; only cli.ts starts it.',
      severity: 'error',
      from: { path: '^src/', pathNot: top('main', 'cli') },
      to: { path: top('main') },
    },
    {
      name: 'nobody-imports-cli',
      severity: 'error',
      from: { path: '^src/', pathNot: top('cli') },
      to: { path: top('cli') },
    },
    {
      name: 'demo-known-by-cli-only',
      comment: 'Production code never depends on the demo.',
      severity: 'error',
      from: { path: '^src/', pathNot: [folder('demo'), top('cli')] },
      to: { path: folder('demo') },
    },
    {
      name: 'demo-loaded-on-demand',
      comment: 'cli.ts loads the demo with a dynamic import, so that `baton start` never loads it.',
      severity: 'error',
      from: { path: top('cli') },
      to: { path: folder('demo'), dynamic: false },
    },
    {
      name: 'web-api-in-slack-client-only',
      comment: 'Only src/slack/client* speaks to the Web API: limits, errors and the leak guard sit there.',
      severity: 'error',
      from: { path: '^src/', pathNot: [SLACK_CLIENT, SLACK_LIBRARY_TYPES] },
      to: { path: npm('@slack/web-api') },
    },
    {
      name: 'bolt-in-slack-only',
      severity: 'error',
      from: { path: '^src/', pathNot: folder('slack') },
      to: { path: npm('@slack/bolt', '@slack/socket-mode') },
    },
    {
      name: 'drizzle-in-stores-only',
      comment: 'Queries live in src/store, in src/queue and in a room’s store.ts (or its store/ folder).',
      severity: 'error',
      from: { path: '^src/', pathNot: [folder('store', 'queue'), ROOM_STORE] },
      to: { path: npm('drizzle-orm') },
    },
    {
      name: 'drivers-in-store-only',
      comment: 'Connections, transactions and locks are opened in one place.',
      severity: 'error',
      from: { path: '^src/', pathNot: folder('store') },
      to: { path: npm('pg', 'better-sqlite3') },
    },
    {
      name: 'src-never-imports-tests',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^tests/' },
    },
    {
      name: 'no-dev-dependencies',
      comment: 'A package that src runs with belongs in "dependencies". Types alone vanish in the build.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-undeclared-packages',
      comment: 'A package that is there only because another one brought it can vanish with the next update.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: { path: '^src/' },
      to: { couldNotResolve: true },
    },
    {
      name: 'no-circular',
      comment: 'A circle that only types close is erased by the compiler and harmless.',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
      extensions: ['.ts', '.js', '.json', '.d.ts'],
    },
  },
};
