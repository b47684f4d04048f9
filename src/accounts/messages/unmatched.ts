import { bold, join, lines, type Md, type Message, md, message } from '../../slack/blocks/index.js';

const SHOWN = 20;

/** Who or what belongs to no account, or to two, as people read it. */
export interface ShownMatch {
  id: number;
  name: string;
  email: string | null;
  /** The name of the channel where they were last seen. */
  channel: string | null;
  /** The accounts that it could be. */
  accounts: readonly string[];
  kind: 'unmatched' | 'conflict';
  times: number;
}

/** What is known of one: "Zoe Park (zoe@x.com) · in #acme · 3 times · could be Acme". */
export function matchLine(row: ShownMatch): Md {
  return join([
    md`${bold(row.name)}${row.email === null ? '' : ` (${row.email})`}`,
    row.channel !== null && md`in #${row.channel}`,
    row.times > 1 && md`${row.times} times`,
    row.accounts.length > 0 &&
      md`${row.kind === 'conflict' ? 'claimed by' : 'could be'} ${row.accounts.join(' or ')}`,
  ]);
}

/** Everybody and everything that belongs to no account, or to two. */
export function unmatchedList(rows: readonly ShownMatch[]): Message {
  if (rows.length === 0)
    return message({
      text: 'Everybody who wrote belongs to an account, and no two accounts claim the same.',
      blocks: [],
    });
  const first = rows[0]?.id ?? 1;
  const left = rows.length - SHOWN;
  return message({
    text: lines([
      md`${rows.length === 1 ? 'One waits' : `${rows.length} wait`} for you to say whose they are, like \`/baton unmatched ${first} acme\` or \`/baton unmatched ${first} nobody\`:`,
      ...rows.slice(0, SHOWN).map((row) => md`${row.id}. ${matchLine(row)}`),
      left > 0 && md`and ${left} more`,
    ]),
    blocks: [],
  });
}
