import ts from 'typescript';
import { eachNode, lineOf, parse, type Source } from './source.js';

/** What may stand in a few places of `src` only, and why there. */
export interface SourceRule {
  name: string;
  /** Shown when the rule is broken: what to do instead. */
  instead: string;
  allowed: { where: RegExp; why: string }[];
  breaks(node: ts.Node): boolean;
}

const isCallOf = (node: ts.Node, method: string): node is ts.CallExpression =>
  ts.isCallExpression(node) &&
  ts.isPropertyAccessExpression(node.expression) &&
  node.expression.name.text === method;

/** `object.property`, written as such: `Date.now`, `performance.now`. */
const isMember = (node: ts.Node, object: string, property: string) =>
  ts.isPropertyAccessExpression(node) && node.name.text === property && isNamed(node.expression, object);

const isNamed = (node: ts.Node, name: string) => ts.isIdentifier(node) && node.text === name;

/** True for `import { name } from 'drizzle-orm…'`, under any alias. */
const importsFrom = (node: ts.Node, module: RegExp, names: readonly string[]) =>
  ts.isImportSpecifier(node) &&
  names.includes((node.propertyName ?? node.name).text) &&
  module.test(moduleOf(node.parent.parent.parent));

const moduleOf = (node: ts.Node) =>
  ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : '';

const importsModule = (node: ts.Node, module: RegExp) => module.test(moduleOf(node));

/** `Date()`, `new Date()`: an argument makes it a conversion of a given time. */
function isCurrentDate(node: ts.Node): boolean {
  if (ts.isNewExpression(node)) return isNamed(node.expression, 'Date') && !node.arguments?.length;
  return ts.isCallExpression(node) && isNamed(node.expression, 'Date');
}

/** luxon's `DateTime.now()`, and `local()` and `utc()` without a date. */
function isCurrentDateTime(node: ts.Node): boolean {
  if (!ts.isCallExpression(node)) return false;
  if (isMember(node.expression, 'DateTime', 'now')) return true;
  if (node.arguments.length > 0) return false;
  return isMember(node.expression, 'DateTime', 'local') || isMember(node.expression, 'DateTime', 'utc');
}

/** `process.x`, `process['x']`, `const { x } = process`; not a function of ours that is called process. */
function isProcess(node: ts.Node): boolean {
  if (importsModule(node, /^(node:)?process$/)) return true;
  if (!isNamed(node, 'process')) return isMember(node, 'globalThis', 'process');
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent))
    return parent.expression === node;
  return ts.isVariableDeclaration(parent) && parent.initializer === node;
}

function isEnvironment(node: ts.Node): boolean {
  if (importsFrom(node, /^(node:)?process$/, ['env'])) return true;
  if (ts.isElementAccessExpression(node))
    return isProcess(node.expression) && node.argumentExpression.getText() === "'env'";
  if (ts.isPropertyAccessExpression(node)) return node.name.text === 'env' && isProcess(node.expression);
  return (
    ts.isBindingElement(node) && (node.propertyName ?? node.name).getText() === 'env' && bindsProcess(node)
  );
}

const bindsProcess = (node: ts.BindingElement) =>
  ts.isVariableDeclaration(node.parent.parent) &&
  !!node.parent.parent.initializer &&
  isNamed(node.parent.parent.initializer, 'process');

const DRIZZLE = /^drizzle-orm(\/|$)/;

function isRawSql(node: ts.Node): boolean {
  if (importsFrom(node, DRIZZLE, ['sql'])) return true;
  if (!ts.isTaggedTemplateExpression(node)) return false;
  return (
    isNamed(node.tag, 'sql') || (ts.isPropertyAccessExpression(node.tag) && node.tag.name.text === 'sql')
  );
}

const LIKES = ['like', 'ilike', 'notLike', 'notIlike'];

function isLike(node: ts.Node): boolean {
  if (importsFrom(node, DRIZZLE, LIKES)) return true;
  if (LIKES.some((name) => isCallOf(node, name))) return true;
  return ts.isTaggedTemplateExpression(node) && isRawSql(node) && /\bi?like\b/i.test(node.template.getText());
}

/** The Web API, as far as a bot like this one would use it; `chat` with all its methods. */
const WEB_API: Record<string, RegExp> = {
  api: /^test$/,
  apps: /^connections$/,
  auth: /^test$/,
  bookmarks: /^(add|edit|list|remove)$/,
  chat: /./,
  conversations:
    /^(archive|close|create|history|info|invite|join|kick|leave|list|mark|members|open|rename|replies|set\w+)$/,
  files: /^(delete|info|list|upload|uploadV2|getUploadURLExternal|completeUploadExternal)$/,
  pins: /^(add|list|remove)$/,
  reactions: /^(add|get|list|remove)$/,
  team: /^info$/,
  usergroups: /^(list|users)$/,
  users: /^(conversations|info|list|lookupByEmail|profile|getPresence)$/,
  views: /^(open|publish|push|update)$/,
};

/** `client.chat.update(…)`: three names deep, so that a table or a room called `users` is no Web API. */
function isWebApiCall(node: ts.Node): boolean {
  if (isCallOf(node, 'apiCall')) return true;
  if (ts.isNewExpression(node) && isNamed(node.expression, 'WebClient')) return true;
  if (!ts.isPropertyAccessExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  const called = ts.isCallExpression(node.parent) && node.parent.expression === node;
  const nested = ts.isPropertyAccessExpression(node.parent) && ts.isCallExpression(node.parent.parent);
  if (!called && !nested) return false;
  return WEB_API[node.expression.name.text]?.test(node.name.text) ?? false;
}

const CLIENT = /^src\/slack\/client[^/]*(\.ts$|\/)/;
const ENTRY = /^src\/(main|cli)(\.ts$|\/)/;
const DEMO = { where: /^src\/demo\//, why: 'the demo starts its own Slack and moves its own time' };

export const SOURCE_RULES: SourceRule[] = [
  {
    name: 'time is passed in',
    instead: 'take a clock of src/time/clock.ts as an argument',
    allowed: [
      { where: /^src\/time\/clock\.ts$/, why: 'here the two clocks are made' },
      { where: ENTRY, why: 'names files by the time of the machine, before there is an app' },
      DEMO,
    ],
    breaks: (node) =>
      isMember(node, 'Date', 'now') ||
      isMember(node, 'performance', 'now') ||
      isMember(node, 'process', 'hrtime') ||
      isCurrentDate(node) ||
      isCurrentDateTime(node),
  },
  {
    name: 'the process belongs to the entry points',
    instead: 'take what you need as an argument; main.ts has it',
    allowed: [
      { where: /^src\/config\.ts$/, why: 'the only reader of the environment' },
      { where: ENTRY, why: 'arguments, exit codes and signals' },
      { where: /^src\/time\/clock\.ts$/, why: 'the monotonic clock of the machine' },
      DEMO,
    ],
    breaks: isProcess,
  },
  {
    name: 'only config reads the environment',
    instead: 'add a field to src/config.ts, which reports every problem at once',
    allowed: [{ where: /^src\/config\.ts$/, why: 'the only reader of the environment' }],
    breaks: isEnvironment,
  },
  {
    name: 'only the store opens transactions',
    instead: 'call transact(keys, fn): it locks the keys and runs loop.ts',
    allowed: [{ where: /^src\/store\//, why: 'transact lives here' }],
    breaks: (node) => isCallOf(node, 'transaction'),
  },
  {
    name: 'raw SQL stands in one file',
    instead: 'add a named piece to src/store/sql.ts, and its contract test on both databases',
    allowed: [{ where: /^src\/store\/sql\.ts$/, why: 'what the portable subset lacks' }],
    breaks: isRawSql,
  },
  {
    name: 'nothing is matched with like',
    instead: 'compare a folded column: SQLite and Postgres disagree on case and on what % escapes',
    allowed: [],
    breaks: isLike,
  },
  {
    name: 'only the client calls the Web API',
    instead: 'use a function of src/slack/client*: limits, error classes and the leak guard sit there',
    allowed: [{ where: CLIENT, why: 'the client itself' }],
    breaks: isWebApiCall,
  },
  {
    name: 'only the outbox posts',
    instead: 'add an outbox row in the transaction that decides to post',
    allowed: [
      { where: CLIENT, why: 'the client itself' },
      { where: /^src\/queue\/outbox[^/]*(\.ts$|\/)/, why: 'sends the rows, one attempt per claim' },
    ],
    breaks: (node) => isNamed(node, 'postMessage') || isNamed(node, 'postEphemeral'),
  },
];

/** `src/x.ts:12: time is passed in: take a clock …`, one per broken line. */
export function violations(source: Source, rules: readonly SourceRule[] = SOURCE_RULES): string[] {
  const file = parse(source);
  const applying = rules.filter((rule) => !rule.allowed.some(({ where }) => where.test(source.path)));
  const found = new Set<string>();
  eachNode(file, (node) => {
    for (const rule of applying)
      if (rule.breaks(node))
        found.add(`${source.path}:${lineOf(file, node.getStart())}: ${rule.name}: ${rule.instead}`);
  });
  return [...found];
}
