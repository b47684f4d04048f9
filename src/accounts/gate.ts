import { may } from '../people/may.js';
import type { Person } from '../people/rules.js';
import { adminSlackIds } from '../people/store.js';
import { join, md, mention, message } from '../slack/blocks/index.js';
import type { Gate } from '../slack/dispatch.js';
import type { ReadTx } from '../store/transact.js';
import { whoIs } from './store.js';

/** To one of our people who may not do what they pressed. */
export const NOT_YOUR_ROLE = message({
  text: 'Your role in Baton does not include this. An admin can change it.',
  blocks: [],
});

/**
 * Decides whether somebody may do an action (`people/may.ts`). Customers and strangers get no answer at all; a
 * colleague without a role is told whom to ask.
 */
export const gate: Gate<Person> = async (tx, it, action) => {
  const who = await whoIs(tx, it.userId);
  if (who.kind === 'person') {
    if (may(who.person, action)) return { actor: who.person };
    return { refused: NOT_YOUR_ROLE };
  }
  if (who.kind !== 'member') return { refused: 'silent' };
  return { refused: await noRole(tx) };
};

async function noRole(tx: ReadTx) {
  const admins = await adminSlackIds(tx);
  const whom = admins.length > 0 ? join(admins.slice(0, 3).map(mention), ', ') : md`an admin`;
  return message({
    text: md`You have no role in Baton yet, so nothing was done. Ask ${whom} to add you.`,
    blocks: [],
  });
}
