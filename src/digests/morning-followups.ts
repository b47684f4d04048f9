import { accountById } from '../accounts/store.js';
import { deliverKey } from '../followups/jobs/deliver.js';
import { dueInWords, type Followup } from '../followups/rules.js';
import { newsTitle } from '../followups/store/news.js';
import { courseKey } from '../followups/store.js';
import { badgesSpent } from '../people/badges.js';
import { badgeAnswer } from '../people/rules/badges.js';
import type { Person } from '../people/rules.js';
import { findCard } from '../queue/cards.js';
import { dueAtOf } from '../queue/due.js';
import { setting } from '../settings/store.js';
import { clip } from '../slack/blocks/index.js';
import { permalink } from '../slack/permalink.js';
import type { ReadTx } from '../store/transact.js';
import { wallOf } from '../time/index.js';
import { endOfDay, type MorningLine } from './rules/morning.js';
import { followupsOwnedBy } from './store/morning.js';

/** The lines of somebody's morning message about what they owe to customers. */

const TITLE = 80;

/** Where a card stands in somebody’s messages or a channel; null where it does not stand yet. */
export async function cardUrl(
  tx: ReadTx,
  kind: string,
  id: number,
  target: string | null,
): Promise<string | null> {
  const card = target === null ? undefined : await findCard(tx, kind, id, target);
  if (!card?.channel || !card.ts) return null;
  return permalink(await setting(tx, 'workspaceUrl'), card.channel, card.ts);
}

/**
 * What is due today or was before; and what can wait, as news to bring. What a message or a reminder of its own brings
 * to mind this very morning is not said twice.
 * @param covers true when the message stands for more than a morning: it says all
 */
export async function followupLines(
  tx: ReadTx,
  person: Person,
  now: number,
  covers: boolean,
): Promise<{ waiting: MorningLine[]; news: MorningLine[]; shown: number[] }> {
  const { zone } = person.hours;
  const until = endOfDay(wallOf(now, zone).date, zone);
  const waiting: MorningLine[] = [];
  const news: MorningLine[] = [];
  const shown: number[] = [];
  const isLit = !covers && badgeAnswer(await badgesSpent(tx, person.id, now), false) !== 'held';
  for (const followup of await followupsOwnedBy(tx, person.id)) {
    if (isLit && (await isSaidNow(tx, followup, now))) continue;
    const line = await followupLine(tx, person, followup, now);
    if (followup.dueAt <= until) waiting.push(line);
    else if (followup.kind !== 'restore') news.push(line);
    else continue;
    shown.push(followup.id);
  }
  return { waiting, news, shown };
}

/** Its own message, or a reminder of it, goes out with this morning, or waits to. */
async function isSaidNow(tx: ReadTx, followup: Followup, now: number): Promise<boolean> {
  if (followup.deliveredAt === null) {
    // Shown by the morning, it would have no message of its own: which of both came first was a matter of milliseconds.
    const at = await dueAtOf(tx, deliverKey(followup.id));
    return at === null || at <= now;
  }
  if (followup.dueAt > now) return false;
  const next = await dueAtOf(tx, courseKey(followup.id));
  // After the first comes the leads' list, which is no message to anybody.
  return followup.pending !== null || (followup.nudges === 0 && next !== null && next <= now);
}

async function followupLine(
  tx: ReadTx,
  person: Person,
  followup: Followup,
  now: number,
): Promise<MorningLine> {
  const account = (await accountById(tx, followup.accountId))?.name ?? 'an account';
  const title = followup.fixId === null ? null : await newsTitle(tx, followup);
  const due = dueInWords(followup.dueAt, person.hours.zone, now);
  const text = title
    ? `Tell ${account}: "${clip(title, TITLE)}" ${followup.kind === 'tell_declined' ? 'will not come' : 'is fixed'}, ${due}`
    : `Follow up with ${account}, ${due}`;
  const url = await cardUrl(tx, 'followup', followup.id, person.slackId);
  const hasOwn = (await findCard(tx, 'followup', followup.id, person.slackId)) !== undefined;
  const tellId = hasOwn ? undefined : followup.id;
  return { text, url, accountId: followup.accountId, followupId: followup.id, tellId };
}
