import { messageAt } from '../../issues/store/read.js';
import type { Person } from '../../people/rules.js';
import { setting } from '../../settings/store.js';
import type { Answer, Surface } from '../../slack/dispatch.js';
import type { Press } from '../../slack/interactions.js';
import { permalink } from '../../slack/permalink.js';
import type { Tx } from '../../store/transact.js';
import { dayOnly } from '../../time/index.js';
import { gone, outcomeNoted, thanks } from '../messages/answers.js';
import { readHow, readOutcome } from '../messages/told.js';
import { WATCH_MS } from '../rules.js';
import { sayOutcome, tell } from '../store/end.js';
import { newsOf } from '../store/news.js';
import { keysOfFollowup, type Meant, meant, onOpen, over, refuse } from './meant.js';

/** *I told them*: whoever tells the customer first settles it, for everybody. */
export const toldPress = onOpen({
  may: 'followup.tell',
  run: async (tx, found, person, _it, now) => {
    if (!(await tell(tx, found.followup, person, now, 'button'))) return over(tx, found, person, now);
    return thank(tx, found, person, now);
  },
});

/** *Yes, that was it*: the message that was offered is the proof, and whoever wrote it told them. */
export const proofPress = onOpen({
  may: 'followup.tell',
  run: async (tx, found, person, _it, now) => {
    const { offer } = found.followup;
    const said = offer && (await messageAt(tx, offer.channel, offer.ts));
    if (!offer || !said || said.isDeleted)
      return refuse('That message is not there any more. If you told them, press I told them.');
    const base = await setting(tx, 'workspaceUrl');
    const proof = {
      permalink: permalink(base, offer.channel, offer.ts, said.threadTs),
      author: offer.author,
      at: offer.at,
    };
    if (!(await tell(tx, found.followup, person, now, 'button', proof))) return over(tx, found, person, now);
    const told = await meant(tx, found.followup.id);
    if (told) await sayOutcome(tx, told.followup, { how: 'chat' }, person, now);
    return thank(tx, found, person, now);
  },
});

async function thank(tx: Tx, { followup, account }: Meant, person: Person, now: number): Promise<Answer> {
  const { title, issues } = await newsOf(tx, followup);
  const watchedUntil = issues.length > 0 ? dayOnly(now + WATCH_MS, person.hours.zone, now) : null;
  return { say: thanks({ account: account.name, title, watchedUntil }) };
}

/** A chip under what was told: how, and what they said. */
const chip: Surface<Person, Press> = {
  may: 'followup.tell',
  keys: (tx, it) => keysOfFollowup(tx, Number(it.value)),
  run: async (tx, person, it, now): Promise<Answer | undefined> => {
    const found = await meant(tx, Number(it.value));
    if (found?.followup.state !== 'told') return { say: gone() };
    const [, chosen = ''] = it.actionId.split(':');
    const how = readHow(chosen);
    const outcome = readOutcome(chosen);
    if (how === undefined && outcome === undefined) return { say: gone() };
    const said = { ...(how === undefined ? {} : { how }), ...(outcome === undefined ? {} : { outcome }) };
    await sayOutcome(tx, found.followup, said, person, now);
    return outcome === undefined
      ? undefined
      : { say: outcomeNoted({ account: found.account.name, outcome }) };
  },
};

export const howPress = chip;
export const outcomePress = chip;
