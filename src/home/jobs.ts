import { callPeople } from '../people/badges.js';
import { adminSlackIds } from '../people/store.js';
import { type DueHandler, dueAtOf, setDue } from '../queue/due.js';
import { post } from '../queue/enqueue.js';
import { type LookupDesk, slackChannel } from '../queue/lookups.js';
import { type SurveyedChannel, wantSurvey } from '../queue/survey.js';
import { setting } from '../settings/store.js';
import type { Store, Tx } from '../store/transact.js';
import { nextWallTime } from '../time/index.js';
import { newShared } from './messages/coverage.js';

const DAILY = 'survey';
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7] as const;

/** Has the channels of the workspace looked at each morning at eight, in the company's zone, and once now. */
export async function scheduleSurvey(tx: Tx, now: number): Promise<void> {
  if ((await dueAtOf(tx, DAILY)) === null) await setDue(tx, DAILY, 'survey', 0, now);
}

const survey: DueHandler = {
  keys: async () => ['survey'],
  run: async (tx, _row, now) => {
    await wantSurvey(tx, now);
    const zone = await setting(tx, 'zone');
    return nextWallTime(now, { time: '08:00', zone, weekdays: [...EVERY_DAY] });
  },
};

/** Asks Slack for a channel and everybody in it. */
export async function lookAt(store: Store, lookups: LookupDesk, channel: string): Promise<void> {
  await lookups.ensureChannel(channel, 0);
  const facts = await store.read((tx) => slackChannel(tx, channel));
  await lookups.ensureUsers(facts?.members ?? []);
}

/** Shared channels appeared since the last look: the admins hear of it, once, within their budget; the page lists them. */
export async function tellNewShared(
  tx: Tx,
  channels: readonly SurveyedChannel[],
  now: number,
): Promise<void> {
  const names = channels.map((one) => one.name);
  const ask = { at: now, isCritical: false, kind: 'coverage', about: `shared:${channels[0]?.id}` };
  for (const admin of (await callPeople(tx, await adminSlackIds(tx), ask)).mentioned)
    await post(tx, admin, newShared(names), now, {
      key: `shared:${admin}:${channels[0]?.id}:${channels.length}`,
    });
}

export const homeJobs = { survey };
