import Database from 'better-sqlite3';

/** Tables that grow with every day of use: nothing that happens often may walk one of them. */
const GROWING = [
  ...[
    'log',
    'contacts',
    'messages',
    'issues',
    'issue_sources',
    'suggestions',
    'escalations',
    'flags',
    'promises',
  ],
  ...['signals', 'inhibitions', 'alerts', 'incident_accounts', 'followups', 'followup_matters'],
  ...['followup_reasons', 'nudge_rounds', 'touches', 'mornings', 'badges', 'standup'],
  ...['inbox', 'outbox', 'cards', 'due', 'fix_issues', 'fix_accounts', 'fix_pulls', 'fix_offers'],
];

/** What may, and why: it is rare, or asked for by a person. */
const MAY: readonly RegExp[] = [
  // The newest by its number, or any at all: it ends at the first row.
  /order by "\w+"\."id" desc limit \?$/,
  /^select \S+ from "\w+" limit \?$/,
  // A channel that Slack renamed, an account that was merged or put away.
  /^update "\w+" set "channel" = \? where "\w+"\."channel" = \?/,
  /"fix_accounts" where "fix_accounts"\."account_id" = \?/,
  /^update "signals" set .* where \("signals"\."account_id" = \? and "signals"\."open_key" is not null\)/,
  // An account's fixes that are broken for somebody: fixes are few beside everything else.
  /"fix_accounts" where "fix_accounts"\."broken_at" is not null/,
];

const asked = new Set<string>();
const connections = Database.prototype as unknown as { prepare: (sql: string) => unknown };
const { prepare } = connections;
connections.prepare = function (this: unknown, sql: string) {
  asked.add(sql);
  return prepare.call(this, sql);
};

/**
 * The queries asked of SQLite since the last call that walk a growing table, or all that was ever logged of a kind, with
 * how. Lists of ids are taken for long ones: with few SQLite may choose another way than with many. Without a condition
 * nothing is said: whoever asks for a whole table means it.
 * @param file of a migrated database
 */
export function walks(file: string): string[] {
  const db = new Database(file, { readonly: true });
  const found = [...asked].filter(isToLookAt).flatMap((sql) => {
    const many = sql.replace(/_id" in \(\?(, \?)*\)/g, `_id" in (${Array(40).fill('?').join(', ')})`);
    const nulls = Array((many.match(/\?/g) ?? []).length).fill(null);
    const steps = db.prepare(`explain query plan ${many}`).all(...nulls) as { detail: string }[];
    const bad = steps.find(({ detail }) => isWalk(detail));
    return bad ? [`${bad.detail}: ${sql.replace(/select .*? from/, 'select … from')}`] : [];
  });
  asked.clear();
  db.close();
  return found;
}

const isToLookAt = (sql: string) =>
  /^(select|update|delete)\b.* (where|limit)\b/i.test(sql) && MAY.every((one) => !one.test(sql));

function isWalk(detail: string): boolean {
  const [, table = ''] = /^SCAN (\w+)/.exec(detail) ?? [];
  return GROWING.includes(table) || /^SEARCH log .*\(kind=\? AND at<\?\)/.test(detail);
}
