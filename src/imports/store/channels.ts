import { ownChannels } from '../../settings/store.js';
import type { ReadTx } from '../../store/transact.js';
import type { ImportKind } from '../csv/kind.js';
import { type ChannelRow, channelColumns, channelProblems } from '../csv/others.js';
import type { CsvProblem } from '../csv/read.js';
import { accountsByName } from './account-rows.js';
import { done, given, idOf, isSame, type Named } from './rows.js';

type Channel = ReadTx['t']['accountChannels']['$inferSelect'];
interface KnownChannels {
  accounts: Named;
  there: Map<string, Channel>;
  holders: Map<string, number>;
  /** Where we work on every account. */
  ours: Set<string>;
  /** Shared with another company, as far as Slack was asked. */
  shared: Set<string>;
}

const channelFields = (row: ChannelRow, known: KnownChannels) =>
  given({
    accountId: idOf(known.accounts, row.account),
    channel: row.channel,
    name: row.name,
    kind: row.kind,
    capture: row.capture,
  });

/** The same that `/account link` refuses. */
function notOfAnAccount(rows: readonly ChannelRow[], { ours, shared }: KnownChannels): CsvProblem[] {
  return rows.flatMap(({ row, channel = '', kind }) => {
    if (ours.has(channel))
      return {
        row,
        column: 'channel',
        text: `${channel} is where we work on every account; it cannot be of one`,
      };
    return kind === 'internal' && shared.has(channel)
      ? { row, column: 'kind', text: `customers read in ${channel}, so it is not internal` }
      : [];
  });
}

export const channelsImport: ImportKind<typeof channelColumns, KnownChannels> = {
  columns: channelColumns,
  load: async (tx) => {
    const rows = await tx.db.select().from(tx.t.accountChannels);
    const seen = await tx.db.select().from(tx.t.slackChannels);
    return {
      accounts: await accountsByName(tx),
      there: new Map(rows.map((row) => [row.channel, row])),
      holders: new Map(rows.map((row) => [row.channel, row.accountId])),
      ours: new Set(await ownChannels(tx)),
      shared: new Set(seen.filter((one) => one.isShared).map((one) => one.channel)),
    };
  },
  check: (rows, known) => [
    ...channelProblems(rows, known.accounts, known.holders),
    ...notOfAnAccount(rows, known),
  ],
  compare: (row, known) => {
    const there = known.there.get(row.channel ?? '');
    if (!there) return 'added';
    return isSame(channelFields(row, known), there) ? 'same' : 'changed';
  },
  write: async (tx, rows, known) => {
    const counts = { added: 0, changed: 0, same: 0 };
    const written: Channel[] = [];
    for (const row of rows) {
      counts[channelsImport.compare(row, known)] += 1;
      const fields = channelFields(row, known) as Channel;
      const whole = {
        ...fields,
        name: row.name ?? row.channel ?? '',
        capture: row.capture ?? ('suggest' as const),
      };
      const { accountChannels: c } = tx.t;
      written.push(
        ...(await tx.db
          .insert(c)
          .values(whole)
          .onConflictDoUpdate({ target: c.channel, set: fields })
          .returning()),
      );
    }
    return done(counts.added, counts.changed, counts.same, () => {
      for (const channel of written) known.there.set(channel.channel, channel);
    });
  },
};
