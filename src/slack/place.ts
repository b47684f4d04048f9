import type { Interaction } from './interactions.js';

/**
 * Where something was pressed, typed or chosen, as forms remember it for their answer: a channel `C1`, or a thread in it,
 * `C1:1700000000.000100`. Null in a form and elsewhere without a channel: then the answer is a direct message.
 */
export function placeOf(it: Interaction): string | null {
  if (it.kind === 'submit' || it.channel === null) return null;
  const threadTs = threadOf(it);
  return threadTs === null ? it.channel : `${it.channel}:${threadTs}`;
}

/** The root of a thread stands in the channel: what is answered to it is answered there. */
function threadOf(it: Exclude<Interaction, { kind: 'submit' }>): string | null {
  if (it.kind === 'command') return null;
  const { ts, threadTs } =
    it.kind === 'press'
      ? { ts: it.messageTs, threadTs: it.threadTs }
      : (it.message ?? { ts: null, threadTs: null });
  return threadTs === ts ? null : threadTs;
}

/** Reads a place; what is none has no channel. */
export function readPlace(place: string | null): { channel: string | null; threadTs: string | null } {
  const [channel = '', threadTs = ''] = (place ?? '').split(':');
  return { channel: channel || null, threadTs: threadTs || null };
}
