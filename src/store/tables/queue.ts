import type { Kit } from '../kit.js';

/** What Slack said, what Baton will say, and what is due: the rows that carry an event from end to end. */
export function queueTables(k: Kit) {
  const inbox = k.table(
    'inbox',
    {
      id: k.id(),
      /** Event id, `trigger_id`, view id + hash, …: one effect per key. Kept 30 days. */
      key: k.text('key').notNull(),
      /** The Slack event type, e.g. `message`. */
      kind: k.text('kind').notNull(),
      /** Order is kept within a lane; a lane is a channel. */
      lane: k.text('lane').notNull(),
      /** The envelope as received; emptied when the row is done. */
      body: k.json<Record<string, unknown>>('body'),
      /** What look-ups for this row alone found (one message); emptied when the row is done. */
      found: k.json<Record<string, unknown>>('found'),
      state: k.text('state').$type<'new' | 'done' | 'parked'>().notNull(),
      receivedAt: k.instant('received_at').notNull(),
      attempts: k.int('attempts').notNull().default(0),
      firstFailedAt: k.instant('first_failed_at'),
      notBefore: k.instant('not_before').notNull().default(0),
      error: k.text('error'),
    },
    (t) => [k.unique('inbox_key').on(t.key), k.index('inbox_state_lane').on(t.state, t.lane, t.id)],
  );

  const outbox = k.table(
    'outbox',
    {
      id: k.id(),
      /** Goes out as message metadata, so that a post of unknown outcome can be looked up. */
      key: k.text('key').notNull(),
      kind: k.text('kind').$type<'message' | 'private' | 'card'>().notNull(),
      /** The order of sending is kept within it: a channel id, a user id (direct message), `private:U1`. */
      target: k.text('target').notNull(),
      /** Where a private message is shown, and to whom. */
      privateChannel: k.text('private_channel'),
      userId: k.text('user_id'),
      cardId: k.int('card_id'),
      /** Post into the thread of this card once it is posted. */
      threadCardId: k.int('thread_card_id'),
      threadTs: k.text('thread_ts'),
      text: k.text('text'),
      blocks: k.json<unknown[]>('blocks'),
      /** Account ids that the message speaks of; `internal` when customers must not read it. */
      accounts: k.json<number[]>('accounts').notNull(),
      internal: k.bool('internal').notNull(),
      /** Told once when this cannot be delivered for good; a user id. */
      fallbackUserId: k.text('fallback_user_id'),
      /** The due row or thing that starts its clock at delivery, e.g. `followup:7`. */
      onDelivered: k.text('on_delivered'),
      state: k
        .text('state')
        .$type<'new' | 'sending' | 'unknown' | 'sent' | 'held' | 'quiet' | 'dead' | 'dropped'>()
        .notNull(),
      attempts: k.int('attempts').notNull().default(0),
      lookups: k.int('lookups').notNull().default(0),
      notBefore: k.instant('not_before').notNull().default(0),
      createdAt: k.instant('created_at').notNull(),
      sendingSince: k.instant('sending_since'),
      sentAt: k.instant('sent_at'),
      channel: k.text('channel'),
      ts: k.text('ts'),
      error: k.text('error'),
    },
    (t) => [
      k.unique('outbox_key').on(t.key),
      k.index('outbox_state_target').on(t.state, t.target, t.id),
      k.index('outbox_card').on(t.cardId, t.state),
    ],
  );

  const cards = k.table(
    'cards',
    {
      id: k.id(),
      kind: k.text('kind').notNull(),
      subjectId: k.int('subject_id').notNull(),
      /** Channel id or user id. */
      target: k.text('target').notNull(),
      /** 0 for the first posting; a card posted anew gets the next number. */
      posting: k.int('posting').notNull().default(0),
      /** The card in whose thread this one stands. */
      threadCardId: k.int('thread_card_id'),
      channel: k.text('channel'),
      ts: k.text('ts'),
      /** Hash of what stands in Slack now; an equal rendering is not sent. */
      hash: k.text('hash'),
      accounts: k.json<number[]>('accounts').notNull(),
      internal: k.bool('internal').notNull(),
      fallbackUserId: k.text('fallback_user_id'),
      onDelivered: k.text('on_delivered'),
      deliveredAt: k.instant('delivered_at'),
    },
    (t) => [
      k.unique('cards_place').on(t.kind, t.subjectId, t.target, t.posting),
      k.index('cards_ts').on(t.channel, t.ts),
    ],
  );

  const due = k.table(
    'due',
    {
      id: k.id(),
      /** One row per timed thing, e.g. `nudge:followup:7`. */
      key: k.text('key').notNull(),
      kind: k.text('kind').notNull(),
      subjectId: k.int('subject_id').notNull(),
      /** Business time, UTC ms; null: nothing due. */
      dueAt: k.instant('due_at'),
      attempts: k.int('attempts').notNull().default(0),
      /** Machine time before which a failed row is not tried again. */
      notBefore: k.instant('not_before').notNull().default(0),
      error: k.text('error'),
    },
    (t) => [k.unique('due_key').on(t.key), k.index('due_at').on(t.dueAt, t.id)],
  );

  /** Machine time of what must not stop, by name, e.g. `heard`: when Slack was last known to be listened to. */
  const heartbeats = k.table(
    'heartbeats',
    { id: k.id(), name: k.text('name').notNull(), at: k.instant('at').notNull() },
    (t) => [k.unique('heartbeats_name').on(t.name)],
  );

  /** Channels to be read back from a point, after Slack was not heard for a while. */
  const catchUps = k.table(
    'catch_ups',
    {
      id: k.id(),
      channel: k.text('channel').notNull(),
      /** Read from this Slack ts on; null when done. */
      fromTs: k.text('from_ts'),
      notBefore: k.instant('not_before').notNull().default(0),
      error: k.text('error'),
    },
    (t) => [k.unique('catch_ups_channel').on(t.channel), k.index('catch_ups_waiting').on(t.fromTs)],
  );

  /** Channels of customers whose past is read in once, when an installation begins or a channel is added. */
  const backfills = k.table(
    'backfills',
    {
      id: k.id(),
      channel: k.text('channel').notNull(),
      /** Read up to this Slack ts so far, and to be read up to where Baton began to hear. */
      cursorTs: k.text('cursor_ts').notNull(),
      untilTs: k.text('until_ts').notNull(),
      /** Messages taken in. */
      messages: k.int('messages').notNull().default(0),
      /** Machine time; null while there is more to read. */
      doneAt: k.instant('done_at'),
      notBefore: k.instant('not_before').notNull().default(0),
      error: k.text('error'),
    },
    (t) => [k.unique('backfills_channel').on(t.channel), k.index('backfills_waiting').on(t.doneAt)],
  );

  /** Files that were applied, or are being: an interrupted one goes on where it stopped. */
  const imports = k.table(
    'imports',
    {
      id: k.id(),
      /** The kind and the hash of the file, e.g. `accounts:9f86…`. */
      key: k.text('key').notNull(),
      rows: k.int('rows').notNull(),
      done: k.int('done').notNull(),
      who: k.text('who').notNull(),
      startedAt: k.instant('started_at').notNull(),
      endedAt: k.instant('ended_at'),
    },
    (t) => [k.unique('imports_key').on(t.key)],
  );

  const counters = k.table(
    'counters',
    { id: k.id(), name: k.text('name').notNull(), value: k.int('value').notNull() },
    (t) => [k.unique('counters_name').on(t.name)],
  );

  /** Channels and people as Slack describes them, fetched when needed; facts go stale (see `queue/lookups.ts`). */
  const slackChannels = k.table(
    'slack_channels',
    {
      id: k.id(),
      channel: k.text('channel').notNull(),
      name: k.text('name').notNull(),
      isShared: k.bool('is_shared').notNull(),
      isPrivate: k.bool('is_private').notNull(),
      isArchived: k.bool('is_archived').notNull(),
      isMember: k.bool('is_member').notNull(),
      members: k.json<string[]>('members').notNull(),
      fetchedAt: k.instant('fetched_at').notNull(),
      /** Why delivery to it stopped, until mended. */
      stoppedReason: k.text('stopped_reason'),
    },
    (t) => [k.unique('slack_channels_channel').on(t.channel)],
  );

  const slackUsers = k.table(
    'slack_users',
    {
      id: k.id(),
      userId: k.text('user_id').notNull(),
      teamId: k.text('team_id'),
      name: k.text('name').notNull(),
      realName: k.text('real_name').notNull(),
      email: k.text('email'),
      zone: k.text('zone'),
      isBot: k.bool('is_bot').notNull(),
      isGuest: k.bool('is_guest').notNull(),
      isExternal: k.bool('is_external').notNull(),
      isAdmin: k.bool('is_admin').notNull(),
      isDeleted: k.bool('is_deleted').notNull(),
      /** The direct-message channel with Baton, once opened. */
      dm: k.text('dm'),
      fetchedAt: k.instant('fetched_at').notNull(),
    },
    (t) => [k.unique('slack_users_user').on(t.userId)],
  );

  return {
    inbox,
    outbox,
    cards,
    due,
    heartbeats,
    catchUps,
    backfills,
    imports,
    counters,
    slackChannels,
    slackUsers,
  };
}
