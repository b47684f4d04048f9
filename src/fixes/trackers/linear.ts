import { z } from 'zod';
import { readTracker } from './address.js';
import { type Meaning, ourIssuesIn, type Reading } from './news.js';

/** What Linear says by webhook, read to what a fix needs of it. */

const Instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

const IssueEvent = z.object({
  action: z.string(),
  type: z.literal('Issue'),
  data: z.object({
    identifier: z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,19}-\d{1,9}$/),
    title: z.string(),
    description: z.string().nullish(),
    url: z.string().nullish(),
    stateId: z.string().max(100).nullish(),
    state: z.object({ type: z.string(), name: z.string() }).nullish(),
    previousIdentifiers: z.array(z.string().max(40)).max(50).nullish(),
    updatedAt: Instant,
  }),
});

/** Linear's types of workflow states; an unknown one means nothing. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  triage: 'plan',
  backlog: 'plan',
  unstarted: 'plan',
  started: 'start',
  completed: 'merge',
  canceled: 'decline',
  duplicate: 'decline',
};

/** What a type of workflow state means for a fix; null for one that means nothing to us. */
export function linearMeaning(type: string): Meaning | null {
  return Object.hasOwn(MEANINGS, type) ? (MEANINGS[type] ?? null) : null;
}

/**
 * One event of `POST /hooks/linear`. Where the state came by its id alone it must be asked.
 * @throws ZodError when the body is not what the event looks like
 */
export function readLinearEvent(event: string, body: Record<string, unknown>): Reading {
  if (event !== 'Issue') return { ignore: `Baton does not use the event ${event.slice(0, 60)}` };
  const { action, data } = IssueEvent.parse(body);
  if (action !== 'create' && action !== 'update')
    return { ignore: `an issue that was ${action.slice(0, 30)}d` };
  const name = data.identifier.toUpperCase();
  const address = data.url == null ? null : readTracker(data.url);
  const type = data.state?.type ?? null;
  const place = address?.key.slice(0, address.key.lastIndexOf('/') + 1);
  const former = place === undefined ? [] : (data.previousIdentifiers ?? []);
  return {
    news: {
      kind: 'item',
      tracker: 'linear',
      key: address?.tracker === 'linear' && address.name === name ? address.key : null,
      formerKeys: former.map((one) => `${place}${one.toUpperCase()}`),
      name,
      title: data.title.slice(0, 300),
      url: address?.url ?? null,
      at: data.updatedAt,
      state: type,
      means: type === null ? null : linearMeaning(type),
      ...(type === null && data.stateId ? { ask: data.stateId } : {}),
      from: action === 'create' ? ourIssuesIn(data.description ?? '') : [],
    },
  };
}

/** When Linear sent it, UTC ms; null when it does not say. */
export function linearSentAt(body: Record<string, unknown>): number | null {
  const at = body.webhookTimestamp;
  return typeof at === 'number' && Number.isFinite(at) ? at : null;
}
