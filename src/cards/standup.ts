import { accountById } from '../accounts/store.js';
import { TEAM } from '../alerts/messages.js';
import { alertById } from '../alerts/store.js';
import {
  type StandupLine,
  standupMessage,
  standupNeedsChannel,
  standupPosted,
  standupUsage,
} from '../followups/messages/standup.js';
import { nextStandup } from '../followups/rules/standup.js';
import { dueInWords, owedInWords } from '../followups/rules.js';
import { newsTitle } from '../followups/store/news.js';
import { type StandupItem, standupItems } from '../followups/store/standup.js';
import { followupById } from '../followups/store.js';
import type { Person } from '../people/rules.js';
import { personById } from '../people/store.js';
import { clearDue, type DueHandler, setDue } from '../queue/due.js';
import { post } from '../queue/enqueue.js';
import { changeSetting, setting } from '../settings/store.js';
import type { Message } from '../slack/blocks/index.js';
import type { Answer } from '../slack/dispatch.js';
import type { SubCommand } from '../slack/subcommands.js';
import type { ReadTx, Tx } from '../store/transact.js';
import { dayAndClock, dayOnly, readTimeOfDay } from '../time/index.js';

const POST_KEY = 'standup:post';
const FUNCTIONS = ['support', 'success'] as const;
const TITLES = { support: 'Support', success: 'Success' };

type LineOf = (tx: ReadTx, item: StandupItem, zone: string, now: number) => Promise<StandupLine | undefined>;

/** How each kind of thing reads on the list; undefined once it is gone. */
const LINES: Readonly<Record<string, LineOf>> = {
  followup: async (tx, item, zone, now) => {
    const followup = await followupById(tx, item.subjectId);
    if (followup?.state !== 'open') return undefined;
    const title = await newsTitle(tx, followup);
    return {
      account: (await accountById(tx, followup.accountId))?.name ?? '',
      what: owedInWords(followup.kind, title),
      who: (await personById(tx, followup.ownerId))?.name ?? null,
      when: dueInWords(followup.dueAt, zone, now),
    };
  },
  alert: async (tx, item, zone, now) => {
    const alert = await alertById(tx, item.subjectId);
    if (alert?.state !== 'open') return undefined;
    return {
      account: (await accountById(tx, alert.accountId))?.name ?? TEAM,
      what: `needs a call (${alert.severity}), nobody has it`,
      who: null,
      when: `since ${dayAndClock(alert.openedAt, zone, now)}`,
    };
  },
};

/** The stand-up as it stands: each function's list, the asking lead's own first. */
async function renderStandup(
  tx: ReadTx,
  now: number,
  asking?: Person,
): Promise<{ message: Message; accounts: number[]; count: number }> {
  const zone = await setting(tx, 'zone');
  const own = asking?.functions ?? [];
  const order = [...FUNCTIONS].sort((a, b) => Number(own.includes(b)) - Number(own.includes(a)));
  const accounts = new Set<number>();
  const sections = [];
  const lists = await Promise.all(order.map((func) => standupItems(tx, func)));
  for (const [i, func] of order.entries()) {
    const lines: StandupLine[] = [];
    for (const item of lists[i] ?? []) {
      // What stands before both functions is read out once.
      if (saidUnder(item, lists[1 - i] ?? [], own) !== func) continue;
      const line = await LINES[item.kind]?.(tx, item, zone, now);
      if (!line) continue;
      lines.push(line);
      if (item.accountId !== null) accounts.add(item.accountId);
    }
    sections.push({ title: TITLES[func], lines });
  }
  const posted = await setting(tx, 'standup');
  const message = standupMessage({
    day: dayOnly(now, zone, now),
    sections,
    posted: posted && `every working day at ${posted.time}`,
  });
  return {
    message,
    accounts: [...accounts],
    count: sections.reduce((sum, one) => sum + one.lines.length, 0),
  };
}

/** Under which function something stands: the asking lead's; posted for all, what is about an account under success. */
function saidUnder(
  item: StandupItem,
  others: readonly StandupItem[],
  own: readonly StandupItem['func'][],
): StandupItem['func'] {
  const isBoth = others.some(({ kind, subjectId }) => kind === item.kind && subjectId === item.subjectId);
  if (!isBoth) return item.func;
  const [only, another] = own;
  if (only && !another) return only;
  return item.accountId === null ? 'support' : 'success';
}

/** Has the stand-up posted when the setting says, or no more; after it changed. `now` is business time. */
export async function scheduleStandup(tx: Tx, now: number): Promise<number | null> {
  const asked = await setting(tx, 'standup');
  if (asked === null) {
    await clearDue(tx, POST_KEY);
    return null;
  }
  const first = nextStandup(now, asked.time, await setting(tx, 'hours'));
  await setDue(tx, POST_KEY, 'standup.post', 0, first);
  return first;
}

/** `/baton standup`: what the leads go through; with a time it is posted every working morning, with `off` no more. */
export const standupCommand: SubCommand<Person> = {
  may: 'standup.see',
  usage: 'standup [9:15 | off]',
  about: "shows the leads' list; with a time it is posted in the team channel every working morning",
  keys: async () => ['standup', 'company'],
  run: async (tx, person, it, now): Promise<Answer> => {
    const typed = it.text.trim().toLowerCase();
    if (typed === '') return { say: (await renderStandup(tx, now, person)).message };
    if (typed === 'off') return { say: await stop(tx, person, now) };
    const time = readTimeOfDay(typed);
    if (time === null) return { say: standupUsage(it.text) };
    if ((await setting(tx, 'teamChannel')) === null) return { say: standupNeedsChannel() };
    await changeSetting(tx, 'standup', { time }, { who: person.slackId, at: now });
    const first = (await scheduleStandup(tx, now)) ?? now;
    const zone = await setting(tx, 'zone');
    return {
      say: standupPosted({ when: `every working day at ${time}`, first: dayAndClock(first, zone, now) }),
    };
  },
};

async function stop(tx: Tx, person: Person, now: number): Promise<Message> {
  const wasOn = (await setting(tx, 'standup')) !== null;
  await changeSetting(tx, 'standup', null, { who: person.slackId, at: now });
  await scheduleStandup(tx, now);
  return standupPosted(wasOn ? 'off' : 'was off');
}

/** Every working morning in the team channel, skipped when nothing waits. */
const postIt: DueHandler = {
  keys: async () => ['standup'],
  run: async (tx, row, now) => {
    const asked = await setting(tx, 'standup');
    const channel = await setting(tx, 'teamChannel');
    if (asked === null) return null;
    const { message, accounts, count } = await renderStandup(tx, now);
    if (channel !== null && count > 0)
      await post(tx, channel, message, now, { key: `standup:${row.dueAt}`, accounts });
    return nextStandup(now, asked.time, await setting(tx, 'hours'));
  },
};

export const standupJobs = { 'standup.post': postIt };
