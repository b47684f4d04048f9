import { instantOf, MINUTE_MS } from '../time/index.js';
import type { Control } from './control.js';
import type { Conversation } from './history.js';
import { settle, type Traveller, travelTo } from './travel.js';
import { channelId, userId } from './workspace.js';

interface Line {
  at: number;
  by: string;
  text: string;
  about: Conversation;
  isFirst: boolean;
}

/** UTC ms of `2026-08-19 10:12` on the wall of a zone. */
export function instantOfWall(wall: string, zone: string): number {
  const [date = '', time = ''] = wall.split(' ');
  return instantOf({ date, time, zone });
}

/**
 * Lives through a history: each line is written by its author in the local Slack, Baton hears it over its socket, and
 * what falls due in between is done when it is due.
 */
export async function liveThrough(
  t: Traveller,
  control: Control,
  history: readonly Conversation[],
  zone: string,
): Promise<void> {
  const threads = new Map<Conversation, string>();
  const all = history.flatMap((conversation) => linesOf(conversation, zone)).sort((a, b) => a.at - b.at);
  for (const line of all) {
    await travelTo(t, line.at);
    const threadTs = threads.get(line.about);
    const ts = await control.say({
      user: userId(line.by),
      channel: channelId(line.about.in),
      text: line.text,
      ...(threadTs ? { threadTs } : {}),
    });
    if (line.isFirst) threads.set(line.about, ts);
    await settle(t);
  }
}

function linesOf(about: Conversation, zone: string): Line[] {
  const at = instantOfWall(about.at, zone);
  const first = { at, by: about.by, text: about.text, about, isFirst: true };
  const replies = (about.replies ?? []).map(([after, by, text]) => ({
    at: at + after * MINUTE_MS,
    by,
    text,
    about,
    isFirst: false,
  }));
  return [first, ...replies];
}
