import { z } from 'zod';
import { OPEN_ACCOUNT } from '../../accounts/names.js';
import { TOUCH_HOWS, type TouchHow } from '../../accounts/rules/touch.js';
import { logTouch } from '../../accounts/store/touches.js';
import { accountById, activeAccounts } from '../../accounts/store.js';
import { pickAccount } from '../../issues/listeners/account-field.js';
import { accountOfMessage } from '../../issues/store/find.js';
import { actingFunction, type Person } from '../../people/rules.js';
import { setting } from '../../settings/store.js';
import { message, readIncoming } from '../../slack/blocks/index.js';
import type { Answer, Surface } from '../../slack/dispatch.js';
import type { Press, Shortcut, Submit } from '../../slack/interactions.js';
import { permalink } from '../../slack/permalink.js';
import type { ReadTx } from '../../store/transact.js';
import { dateInWords, isDate, wallOf } from '../../time/index.js';
import { accountModal } from '../messages/account.js';
import { TOUCH_MODAL, TOUCH_OPEN, type TouchMemory, touchLogged, touchModal } from '../messages/touch.js';
import { touchAt } from './rules.js';
import { accountView } from './view.js';

const NO_ACCOUNT = message({ text: 'This account is not there any more.', blocks: [] });

const accountNumbered = async (tx: ReadTx, value: string) =>
  /^\d{1,9}$/.test(value) ? accountById(tx, Number(value)) : undefined;

/** *Account*: its card over whatever is on screen. */
const openPress: Surface<Person, Press> = {
  may: 'account.see',
  run: (tx, person, it, now) => openAccount(tx, Number(it.value), person, now),
};

/** The same, from the menu of something that is about the account. */
export async function openAccount(tx: ReadTx, id: number, person: Person, now: number): Promise<Answer> {
  const account = await accountNumbered(tx, String(id));
  if (!account) return { say: NO_ACCOUNT };
  return { open: accountModal(await accountView(tx, account, person, now)) };
}

/** *Log a conversation* on the card. */
const logPress: Surface<Person, Press> = {
  may: 'touch.log',
  run: async (tx, person, it, now): Promise<Answer> => {
    const account = await accountNumbered(tx, it.value);
    if (!account) return { say: NO_ACCOUNT };
    const memory = { accountId: account.id, channel: it.channel, permalink: null };
    return form(tx, { account, memory, person, now, how: 'call' });
  },
};

/** The same from a message: with a customer it was a chat, and the message is its proof. */
const logShortcut: Surface<Person, Shortcut> = {
  may: 'touch.log',
  run: async (tx, person, it, now): Promise<Answer> => {
    const { channel, message: said } = it;
    const account = await accountOfMessage(tx, channel, said?.user ?? null);
    const base = await setting(tx, 'workspaceUrl');
    const link = channel && said ? permalink(base, channel, said.ts, said.threadTs) : null;
    const note = said ? readIncoming(said.text) : undefined;
    const memory = { accountId: account?.id ?? null, channel, permalink: link };
    return form(tx, { account, memory, person, now, how: 'chat', note });
  },
};

async function form(
  tx: ReadTx,
  given: {
    account: { id: number; name: string } | null;
    memory: TouchMemory;
    person: Person;
    now: number;
    how: TouchHow;
    note?: string | undefined;
  },
): Promise<Answer> {
  const { account, memory, person, now, how, note } = given;
  const today = wallOf(now, person.hours.zone).date;
  return {
    open: touchModal({
      account: { account, accounts: account ? [] : await activeAccounts(tx) },
      memory,
      how,
      note,
      today,
    }),
  };
}

const Memory = z.object({
  accountId: z.number().int().nullable(),
  channel: z.string().nullable(),
  permalink: z.url().nullable(),
});

function memoryOf(text: string): TouchMemory {
  try {
    return Memory.parse(JSON.parse(text));
  } catch {
    return { accountId: null, channel: null, permalink: null };
  }
}

const logSubmit: Surface<Person, Submit> = {
  may: 'touch.log',
  run: async (tx, person, it, now): Promise<Answer> => {
    const memory = memoryOf(it.metadata);
    const account = await pickAccount(tx, memory.accountId, it.values.account);
    const how = TOUCH_HOWS.find((one) => one === (it.values.how ?? 'call'));
    const { zone } = person.hours;
    const today = wallOf(now, zone).date;
    const when = it.values.when ?? today;
    const at = isDate(when) ? touchAt(when, { zone, now }) : 'Choose a day.';
    const errors = {
      ...('problem' in account ? { account: account.problem } : {}),
      ...(how === undefined ? { how: 'Choose how you spoke.' } : {}),
      ...(typeof at === 'string' ? { when: at } : {}),
    };
    if ('problem' in account || how === undefined || typeof at === 'string') return { errors };
    await logTouch(tx, {
      accountId: account.id,
      byId: person.id,
      func: actingFunction(person) ?? 'support',
      how,
      at,
      outcome: it.values.outcome?.trim() || null,
      note: it.values.note?.trim() || null,
      permalink: memory.permalink,
      actor: person.slackId,
      source: 'modal',
      now,
    });
    // Logged from the card, the card takes the place of the form again.
    const card = memory.channel === null ? await accountById(tx, account.id) : undefined;
    if (card) return { open: accountModal(await accountView(tx, card, person, now)) };
    const day = when === today ? 'today' : dateInWords(when, today);
    return { say: touchLogged({ account: account.name, day }), sayIn: memory.channel };
  },
};

export const accountSurfaces = {
  presses: { [OPEN_ACCOUNT]: openPress, [TOUCH_OPEN]: logPress },
  shortcuts: { 'touch.message': logShortcut },
  submits: { [TOUCH_MODAL]: logSubmit },
};
