import { describe, expect, it } from 'vitest';
import { readSources } from './source.js';
import { SOURCE_RULES, violations } from './source-rules.js';

/** For each rule: code that breaks it, and code that looks similar and does not. */
const SAMPLES: Record<string, { caught: string[]; fine: string[] }> = {
  'time is passed in': {
    caught: [
      'const now = Date.now();',
      'const now = new Date();',
      'const text = Date();',
      'const at = performance.now();',
      'const at = process.hrtime.bigint();',
      'const at = DateTime.now();',
      'const at = DateTime.utc();',
      'const now = Date.now;',
    ],
    fine: [
      'const at = new Date(instant);',
      'const now = clock.now();',
      'const at = DateTime.fromMillis(instant);',
      'const at = DateTime.utc(2026, 1, 5);',
      '// Date.now() would be wrong here',
      "const text = 'new Date()';",
    ],
  },
  'the process belongs to the entry points': {
    caught: [
      'process.exit(1);',
      "process.on('SIGTERM', stop);",
      'const { pid } = process;',
      "import process from 'node:process';",
      'const p = globalThis.process;',
    ],
    fine: ['function process(row: Row) { return row.process; }\nprocess(row);', 'const x = queue.process();'],
  },
  'only config reads the environment': {
    caught: [
      'const token = process.env.TOKEN;',
      "const token = process['env'].TOKEN;",
      'const { env } = process;',
      "import { env } from 'node:process';",
    ],
    fine: ['const env = config.env;', 'const { env } = options;'],
  },
  'only the store opens transactions': {
    caught: ['await db.transaction(async (tx) => tx);'],
    fine: ['await transact(keys, fn);', 'const transaction = row.transaction;'],
  },
  'raw SQL stands in one file': {
    caught: [
      'const q = sql`select 1`;',
      'const q = sql<number>`select 1`;',
      'const q = drizzle.sql`x`;',
      "import { sql } from 'drizzle-orm';",
      "import { sql as raw } from 'drizzle-orm';",
    ],
    fine: [
      "import { eq } from 'drizzle-orm';",
      "import { plus } from '../store/sql.js';",
      'const q = html`x`;',
    ],
  },
  'nothing is matched with like': {
    caught: [
      "import { like } from 'drizzle-orm';",
      "import { ilike as match } from 'drizzle-orm';",
      "const q = users.name.like('a%');",
      "const q = expr.ilike('a%');",
      "const q = sql`name LIKE 'a%'`;",
    ],
    fine: ["const text = 'what it looks like';", 'const q = sql`likely = 1`;'],
  },
  'only the client calls the Web API': {
    caught: [
      "await client.chat.update({ channel, ts, text: '' });",
      "await app.client.chat.postMessage({ channel, text: '' });",
      'await client.views.open({ trigger_id, view });',
      'await web.conversations.info({ channel });',
      'await web.users.profile.get({ user });',
      "await web.apiCall('chat.delete', {});",
      'const web = new WebClient(token);',
    ],
    fine: [
      'const id = tables.users.id;',
      'const rows = await db.query.users.findMany();',
      'views.open(view);',
      'const name = event.team.info;',
    ],
  },
  'only the outbox posts': {
    caught: ["await slack.postMessage('C1', 'hello');", 'const send = client.chat.postMessage;'],
    fine: ['await outbox.add(tx, message);'],
  },
};

describe('what stands in few places only', () => {
  for (const rule of SOURCE_RULES) {
    describe(rule.name, () => {
      const samples = SAMPLES[rule.name] ?? { caught: [], fine: [] };

      it('has samples', () => expect(samples.caught).not.toEqual([]));

      it.each(samples.caught)('catches: %s', (text) => {
        expect(violations({ path: 'src/issues/rules.ts', text }, [rule])).toHaveLength(1);
      });

      it.each(samples.fine)('allows: %s', (text) => {
        expect(violations({ path: 'src/issues/rules.ts', text }, [rule])).toEqual([]);
      });

      it('gives a reason for each place where it is allowed', () => {
        for (const { why } of rule.allowed) expect(why).toMatch(/\w/);
      });
    });
  }

  it('allows each thing where it belongs', () => {
    const homes: [path: string, text: string][] = [
      ['src/time/clock.ts', 'export const now = () => Date.now();'],
      ['src/config.ts', 'export const token = process.env.TOKEN;'],
      ['src/store/sqlite.ts', 'await db.transaction(fn);'],
      ['src/store/sql.ts', "import { sql } from 'drizzle-orm'; sql`select 1`;"],
      ['src/slack/client.ts', 'await web.chat.postMessage(message);'],
      ['src/queue/outbox.ts', 'await client.postMessage(message);'],
      ['src/main.ts', "process.on('SIGTERM', stop);"],
    ];
    for (const [path, text] of homes) expect(violations({ path, text })).toEqual([]);
  });

  it('holds in src', () => {
    expect(readSources('src').flatMap((source) => violations(source))).toEqual([]);
  });
});
