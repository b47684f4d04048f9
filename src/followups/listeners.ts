import { accountById } from '../accounts/store.js';
import { fixById } from '../fixes/store.js';
import type { Person } from '../people/rules.js';
import { personBySlackId } from '../people/store.js';
import type { Surface } from '../slack/dispatch.js';
import type { Press } from '../slack/interactions.js';
import { dayAndClock, dayOnly } from '../time/index.js';
import { alreadyTold, gone, I_TOLD_THEM, thanks } from './messages.js';
import { WATCH_MS } from './rules.js';
import { followupById, tell } from './store.js';

/** *I told them*: whoever tells the customer first settles it, for everybody. */
const toldPress: Surface<Person, Press> = {
  may: 'followup.tell',
  keys: async (tx, it) => {
    const followup = await followupById(tx, Number(it.value));
    return followup ? [`account:${followup.accountId}`] : [];
  },
  run: async (tx, person, it, now) => {
    const followup = await followupById(tx, Number(it.value));
    const account = followup && (await accountById(tx, followup.accountId));
    if (!followup || !account) return { say: gone() };
    const zone = person.hours.zone;
    if (!(await tell(tx, followup, person, now, 'button'))) {
      const by = followup.endedBy ? await personBySlackId(tx, followup.endedBy) : undefined;
      const at = followup.endedAt === null ? '' : dayAndClock(followup.endedAt, zone, now);
      return { say: alreadyTold({ account: account.name, by: by?.name ?? 'Somebody', at }) };
    }
    const fix = followup.fixId === null ? undefined : await fixById(tx, followup.fixId);
    const watchedUntil = fix ? dayOnly(now + WATCH_MS, zone, now) : null;
    return { say: thanks({ account: account.name, title: fix?.title ?? null, watchedUntil }) };
  },
};

export const followupSurfaces = { presses: { [I_TOLD_THEM]: toldPress } };
