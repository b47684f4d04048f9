import { z } from 'zod';
import type { Delivery } from '../queue/intake.js';
import type { Identity } from './api.js';

/** Why a delivery is acknowledged without a trace but a count. */
export type Ignored = 'unreadable' | 'other team' | 'unknown type' | 'own message';

const Envelope = z.object({
  type: z.string(),
  event_id: z.string().optional(),
  team_id: z.string().nullish(),
  enterprise_id: z.string().nullish(),
  context_team_id: z.string().nullish(),
  context_enterprise_id: z.string().nullish(),
  api_app_id: z.string().nullish(),
  authorizations: z
    .array(z.object({ team_id: z.string().nullish(), enterprise_id: z.string().nullish() }))
    .nullish(),
  event: z
    .object({
      type: z.string(),
      channel: z.union([z.string(), z.object({ id: z.string() })]).nullish(),
      channel_id: z.string().nullish(),
      item: z.object({ channel: z.string().nullish(), ts: z.string().nullish() }).nullish(),
      reaction: z.string().nullish(),
      user: z.union([z.string(), z.object({ id: z.string() })]).nullish(),
      bot_id: z.string().nullish(),
      message: z.object({ bot_id: z.string().nullish(), user: z.string().nullish() }).nullish(),
      event_ts: z.union([z.string(), z.number()]).nullish(),
    })
    .optional(),
});

type Inner = NonNullable<z.infer<typeof Envelope>['event']>;

/**
 * Decides from an Events API body whether it is kept. Slack switches an app off that refuses too much, so what
 * is of no use is acknowledged all the same.
 */
export function sortDelivery(
  body: unknown,
  me: Identity,
  knownTypes: ReadonlySet<string>,
): { keep: Delivery } | { ignore: Ignored } {
  const parsed = Envelope.safeParse(body);
  if (!parsed.success || parsed.data.type !== 'event_callback' || !parsed.data.event)
    return { ignore: 'unreadable' };
  const { event, ...envelope } = parsed.data;
  if (!isForUs(envelope, me)) return { ignore: 'other team' };
  if (!knownTypes.has(event.type)) return { ignore: 'unknown type' };
  if (event.type === 'message' && isOwn(event, me)) return { ignore: 'own message' };
  const channel = typeof event.channel === 'string' ? event.channel : event.channel?.id;
  const user = typeof event.user === 'string' ? event.user : event.user?.id;
  const lane = channel ?? event.channel_id ?? event.item?.channel ?? (user ? `user:${user}` : 'team');
  const key =
    reactionKey(event, lane, user) ?? envelope.event_id ?? `${event.type}:${lane}:${event.event_ts ?? ''}`;
  return { keep: { key, kind: event.type, lane, body: body as Record<string, unknown> } };
}

/**
 * Slack delivers an event again under another id at times. A message is recognised by its ts; a reaction is answered
 * each time, so it is told by what it is: who put which one where, and when.
 */
function reactionKey(event: Inner, lane: string, user: string | undefined): string | undefined {
  if (event.type !== 'reaction_added' || !event.reaction || !event.item?.ts || !event.event_ts)
    return undefined;
  return `reaction:${lane}:${event.item.ts}:${user}:${event.reaction}:${event.event_ts}`;
}

/** In shared channels `team_id` may be another company's; the context and the authorizations name ours. */
function isForUs(envelope: Omit<z.infer<typeof Envelope>, 'event'>, me: Identity): boolean {
  const teams = [
    envelope.context_team_id,
    envelope.team_id,
    ...(envelope.authorizations ?? []).map((a) => a.team_id),
  ];
  if (teams.includes(me.teamId)) return true;
  if (!me.enterpriseId) return false;
  return [envelope.context_enterprise_id, envelope.enterprise_id].includes(me.enterpriseId);
}

function isOwn(event: Inner, me: Identity): boolean {
  const by = event.message ?? event;
  return (by.bot_id != null && by.bot_id === me.botId) || by.user === me.botUserId;
}
