import { z } from 'zod';

/** What a `message` event means to Baton; every other subtype is ignored. */
export type MessageEvent =
  | {
      kind: 'posted';
      channel: string;
      ts: string;
      threadTs: string | null;
      user: string;
      text: string;
      files: { name: string; permalink: string | null }[];
    }
  | { kind: 'edited'; channel: string; ts: string; text: string; editedTs: string }
  | { kind: 'deleted'; channel: string; ts: string };

const File = z.object({
  name: z.string().nullish(),
  title: z.string().nullish(),
  permalink: z.string().nullish(),
});

const Body = z.object({
  event: z.object({
    channel: z.string(),
    subtype: z.string().nullish(),
    ts: z.string().nullish(),
    thread_ts: z.string().nullish(),
    user: z.string().nullish(),
    bot_id: z.string().nullish(),
    text: z.string().nullish(),
    files: z.array(File).nullish(),
    deleted_ts: z.string().nullish(),
    message: z
      .object({
        ts: z.string(),
        subtype: z.string().nullish(),
        user: z.string().nullish(),
        bot_id: z.string().nullish(),
        text: z.string().nullish(),
        edited: z.object({ ts: z.string() }).nullish(),
      })
      .nullish(),
    previous_message: z.object({ text: z.string().nullish() }).nullish(),
  }),
});

/** What people write; the other subtypes are notices of Slack's own. */
const WRITTEN = new Set([undefined, null, 'file_share', 'thread_broadcast', 'me_message']);

/** Reads a `message` event; undefined for what is no message of a person, an edit or a deletion. */
export function readMessageEvent(body: unknown): MessageEvent | undefined {
  const { event } = Body.parse(body);
  if (event.subtype === 'message_deleted') {
    return event.deleted_ts ? { kind: 'deleted', channel: event.channel, ts: event.deleted_ts } : undefined;
  }
  if (event.subtype === 'message_changed') return readChange(event);
  if (!WRITTEN.has(event.subtype) || event.bot_id || !event.user || !event.ts) return undefined;
  return {
    kind: 'posted',
    channel: event.channel,
    ts: event.ts,
    threadTs: event.thread_ts && event.thread_ts !== event.ts ? event.thread_ts : null,
    user: event.user,
    text: event.text ?? '',
    files: (event.files ?? []).map((file) => ({
      name: file.name ?? file.title ?? 'file',
      permalink: file.permalink ?? null,
    })),
  };
}

/** Slack sends `message_changed` for unfurls and reply counts too: only other words, by a person, are an edit. */
function readChange(event: z.infer<typeof Body>['event']): MessageEvent | undefined {
  const { message } = event;
  if (!message) return undefined;
  if (message.subtype === 'tombstone') return { kind: 'deleted', channel: event.channel, ts: message.ts };
  const isEdit = !message.bot_id && message.edited && message.text !== event.previous_message?.text;
  if (!isEdit) return undefined;
  return {
    kind: 'edited',
    channel: event.channel,
    ts: message.ts,
    text: message.text ?? '',
    editedTs: message.edited?.ts ?? '',
  };
}

const Reaction = z.object({
  event: z.object({
    user: z.string(),
    reaction: z.string(),
    item: z.object({ type: z.string(), channel: z.string(), ts: z.string() }),
    event_ts: z.string().nullish(),
    from_history: z.boolean().nullish(),
  }),
});

export interface ReactionEvent {
  user: string;
  /** Without skin tone. */
  name: string;
  channel: string;
  ts: string;
  eventTs: string | null;
  /** Found when reading back: most likely seen before, so it is not answered a second time. */
  isFromHistory: boolean;
}

/** Reads a `reaction_added` event; undefined when it is not on a message. */
export function readReaction(body: unknown): ReactionEvent | undefined {
  const parsed = Reaction.safeParse(body);
  if (!parsed.success || parsed.data.event.item.type !== 'message') return undefined;
  const { user, reaction, item, event_ts, from_history } = parsed.data.event;
  return {
    user,
    name: reaction.split('::')[0] ?? reaction,
    channel: item.channel,
    ts: item.ts,
    eventTs: event_ts ?? null,
    isFromHistory: from_history ?? false,
  };
}
