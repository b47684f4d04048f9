import { callPeople } from '../people/badges.js';
import { adminSlackIds } from '../people/store.js';
import type { OutboxRow } from '../queue/delivery.js';
import { post } from '../queue/enqueue.js';
import { setting } from '../settings/store.js';
import { channelLink, md, mention, message } from '../slack/blocks/index.js';
import type { Tx } from '../store/transact.js';

/** What Baton says of its own troubles, to those who can mend them; each thing once a day. */

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A delivery from Slack was given up: the admins are told, within their budget; Home and the doctor list every one. */
export async function tellParked(
  tx: Tx,
  row: { id: number; kind: string; error: string },
  now: number,
): Promise<void> {
  const text = md`Baton could not handle an event (${row.kind}, row ${row.id}) and set it aside: ${row.error.slice(0, 200)}. The log has the rest.`;
  const ask = { at: now, isCritical: true, kind: 'parked', about: `inbox:${row.id}` };
  for (const admin of (await callPeople(tx, await adminSlackIds(tx), ask)).mentioned)
    await post(tx, admin, message({ text, blocks: [] }), now, { key: `parked:${row.id}:${admin}` });
}

/** A message of ours reaches nobody: whoever it falls back to is told, else the admins. */
export async function tellUndeliverable(tx: Tx, row: OutboxRow, reason: string, now: number): Promise<void> {
  // A message that was taken away in Slack is posted anew with the next change: nobody needs to act.
  if (row.kind === 'private' || reason === 'message_not_found' || reason === 'outcome unknown') return;
  const where = /^[UW]/.test(row.target) ? mention(row.target) : channelLink(row.target);
  const text = reason.startsWith('audience: ')
    ? md`Baton did not post in ${where}, because it is ${reason.slice('audience: '.length)}. Internal things stay internal; the message was kept back.`
    : md`Baton cannot post to ${where} (${reason}). What waits goes out once that is mended.`;
  const day = Math.floor(now / DAY_MS);
  const whom =
    row.fallbackUserId && row.fallbackUserId !== row.target ? [row.fallbackUserId] : await adminSlackIds(tx);
  for (const user of whom) {
    if (user === row.target) continue;
    await post(tx, user, message({ text, blocks: [] }), now, {
      key: `undelivered:${row.target}:${reason}:${user}:${day}`,
    });
  }
}

/** Slack is not heard: said to the admins and in the team channel, as long as posting still works. */
export async function tellDeaf(tx: Tx, now: number): Promise<void> {
  const text = md`Baton has not heard Slack for two minutes: what is written now is read back later, but buttons and commands do not work. The log says why.`;
  const team = await setting(tx, 'teamChannel');
  const hour = Math.floor(now / HOUR_MS);
  for (const target of [...(await adminSlackIds(tx)), ...(team === null ? [] : [team])]) {
    await post(tx, target, message({ text, blocks: [] }), now, { key: `deaf:${target}:${hour}` });
  }
}
