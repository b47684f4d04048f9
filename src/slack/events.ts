import { z } from 'zod';

export interface FileName {
  name: string;
  permalink: string | null;
}

/** A message of a person, as it stands. */
export interface Written {
  channel: string;
  ts: string;
  /** The thread that it answers in; null for what stands in the channel. */
  threadTs: string | null;
  user: string;
  text: string;
  files: FileName[];
}

/** What a `message` event means to Baton; every other subtype is ignored. */
export type MessageEvent =
  | ({ kind: 'posted' } & Written)
  /** An edit carries the whole message: it may come before the message itself. */
  | ({ kind: 'edited'; editedTs: string } & Written)
  /** `text`: what stood there, where Slack says so. */
  | { kind: 'deleted'; channel: string; ts: string; text: string | null };

const File = z.object({
  name: z.string().nullish(),
  title: z.string().nullish(),
  mode: z.string().nullish(),
  permalink: z.string().nullish(),
});

const Said = z.object({
  ts: z.string(),
  subtype: z.string().nullish(),
  thread_ts: z.string().nullish(),
  user: z.string().nullish(),
  bot_id: z.string().nullish(),
  text: z.string().nullish(),
  files: z.array(File).nullish(),
  hidden: z.boolean().nullish(),
  /** The summary of a huddle looks like a message. */
  room: z.unknown().optional(),
  edited: z.object({ ts: z.string() }).nullish(),
});

const Body = z.object({
  event: Said.partial({ ts: true }).extend({
    channel: z.string(),
    deleted_ts: z.string().nullish(),
    message: Said.nullish(),
    previous_message: Said.partial().nullish(),
  }),
});

/** What people write; the other subtypes are notices of Slack's own, of other apps, or withheld content. */
const WRITTEN = new Set([undefined, null, 'file_share', 'thread_broadcast', 'me_message']);

/** Reads a `message` event; undefined for what is no message of a person, an edit or a deletion. */
export function readMessageEvent(body: unknown): MessageEvent | undefined {
  const { event } = Body.parse(body);
  if (event.subtype === 'message_deleted')
    return event.deleted_ts ? readDeletion(event, event.deleted_ts) : undefined;
  if (event.subtype === 'message_changed') return readChange(event);
  const written = readWritten(event.channel, event);
  return written && { kind: 'posted', ...written };
}

function readDeletion(event: z.infer<typeof Body>['event'], ts: string): MessageEvent {
  return { kind: 'deleted', channel: event.channel, ts, text: event.previous_message?.text ?? null };
}

function readWritten(channel: string, said: Partial<z.infer<typeof Said>>): Written | undefined {
  if (!WRITTEN.has(said.subtype) || said.bot_id || said.room || !said.user || !said.ts) return undefined;
  return {
    channel,
    ts: said.ts,
    threadTs: said.thread_ts && said.thread_ts !== said.ts ? said.thread_ts : null,
    user: said.user,
    text: said.text ?? '',
    files: readFiles(said.files),
  };
}

/** In shared channels a file may come as a stub without a name; one that was taken away leaves a tombstone. */
function readFiles(files: z.infer<typeof File>[] | null | undefined): FileName[] {
  return (files ?? [])
    .filter((file) => file.mode !== 'tombstone')
    .map((file) => ({ name: file.name || file.title || 'file', permalink: file.permalink ?? null }));
}

/** Slack sends `message_changed` for unfurls and reply counts too: only other words or files, by a person, are an edit. */
function readChange(event: z.infer<typeof Body>['event']): MessageEvent | undefined {
  const { message, previous_message: before } = event;
  if (!message) return undefined;
  if (message.subtype === 'tombstone') return readDeletion(event, message.ts);
  const written = message.hidden ? undefined : readWritten(event.channel, message);
  if (!written) return undefined;
  const isReworded = message.edited != null && message.text !== before?.text;
  const hasOtherFiles = before != null && !isSame(written.files, readFiles(before.files));
  if (!isReworded && !hasOtherFiles) return undefined;
  return { kind: 'edited', ...written, editedTs: message.edited?.ts ?? event.ts ?? '' };
}

function isSame(a: readonly FileName[], b: readonly FileName[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
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
