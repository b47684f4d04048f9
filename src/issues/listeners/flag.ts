import { z } from 'zod';
import { findAccount } from '../../accounts/find.js';
import { accountById, activeAccounts } from '../../accounts/store.js';
import type { Person } from '../../people/rules.js';
import { setting } from '../../settings/store.js';
import { readIncoming } from '../../slack/blocks/index.js';
import type { Answer, Surface } from '../../slack/dispatch.js';
import type { Press, Shortcut, Submit } from '../../slack/interactions.js';
import { permalink } from '../../slack/permalink.js';
import { placeOf } from '../../slack/place.js';
import type { SubCommand } from '../../slack/subcommands.js';
import type { ReadTx } from '../../store/transact.js';
import { clockFlag, placeFlag, tellResent } from '../jobs/flag.js';
import type { AccountGuess } from '../messages/account-field.js';
import { NO_TRIAGE } from '../messages/answers.js';
import { flagSaid } from '../messages/flag.js';
import { type FlagMemory, flagModal } from '../messages/flag-form.js';
import { cleanReason } from '../rules/escalation.js';
import { type FlagKind, flagProblems, readEvidence } from '../rules/flag.js';
import { titleFrom } from '../rules/issue.js';
import { accountOfMessage } from '../store/find.js';
import { flagById, offerFlag, resendFlag } from '../store/flags.js';
import { pickAccount } from './account-field.js';
import { openWithAccount } from './late-account.js';

interface Given extends AccountGuess {
  /** A place, see `slack/place.ts`. */
  channel: string | null;
  source?: FlagMemory['source'];
  detail?: string;
  evidence?: string[];
}

async function obstacle(tx: ReadTx): Promise<Answer | undefined> {
  return (await setting(tx, 'triageChannel')) === null ? { say: NO_TRIAGE } : undefined;
}

/** The form, with what is known already. */
async function openForm(tx: ReadTx, given: Given): Promise<Answer> {
  return (await obstacle(tx)) ?? { open: await formOf(tx, given) };
}

async function formOf(tx: ReadTx, given: Given) {
  const { account, guess, isLooking, channel, source = null, detail, evidence } = given;
  return flagModal({
    account: {
      account,
      accounts: await activeAccounts(tx),
      ...(guess ? { guess } : {}),
      ...(isLooking ? { isLooking } : {}),
    },
    memory: { channel, source, accountId: account?.id ?? null },
    detail,
    ...(evidence ? { evidence } : {}),
  });
}

/** `/baton flag acme what is wrong` opens the form with what was typed. */
export const flagCommand: SubCommand<Person> = {
  may: 'flag.send',
  usage: 'flag acme what is wrong',
  about: 'hands a problem or a pattern of an account to support',
  run: async (tx, _person, it): Promise<Answer> => {
    const words = it.text.split(/\s+/u);
    const accounts = await activeAccounts(tx);
    // The longest beginning that is a name: "Acme Corp is down" is about Acme Corp.
    for (const count of [3, 2, 1]) {
      const found = findAccount(words.slice(0, count).join(' '), accounts);
      if (!('account' in found) || words.length < count || it.text === '') continue;
      const rest = it.text.replace(new RegExp(`^(?:\\S+\\s*){${count}}`, 'u'), '');
      return openForm(tx, { account: found.account, channel: it.channel, detail: rest });
    }
    const account = await accountOfMessage(tx, it.channel, null);
    return openForm(tx, { account, channel: it.channel, detail: it.text });
  },
};

/** A button elsewhere, with the account's id: the form for that account. */
export const flagOpenPress: Surface<Person, Press> = {
  may: 'flag.send',
  run: async (tx, _person, it): Promise<Answer> => {
    const account = /^\d{1,9}$/.test(it.value) ? await accountById(tx, Number(it.value)) : undefined;
    return openForm(tx, { account: account ?? null, channel: placeOf(it) });
  },
};

/** The message shortcut: the words and the address of the message are in the form. */
export const flagMessageShortcut: Surface<Person, Shortcut> = {
  may: 'flag.send',
  run: async (tx, _person, it): Promise<Answer> => {
    const { channel, message } = it;
    const at = channel && message ? { channel, ts: message.ts } : null;
    const url =
      at && permalink(await setting(tx, 'workspaceUrl'), at.channel, at.ts, message?.threadTs ?? null);
    const given = {
      channel: placeOf(it),
      source: at,
      detail: readIncoming(message?.text ?? ''),
      ...(url ? { evidence: [url] } : {}),
    };
    const problem = await obstacle(tx);
    return problem ?? openWithAccount(tx, it, (reader, known) => formOf(reader, { ...given, ...known }));
  },
};

const Memory = z.object({
  channel: z.string().nullable(),
  source: z.object({ channel: z.string(), ts: z.string() }).nullable(),
  accountId: z.number().int().nullable(),
  flagId: z.number().int().optional(),
});

const memoryOf = (it: Submit) => Memory.parse(JSON.parse(it.metadata));

/** The form was sent, or sent again. What is wrong is said at its field, and what was typed stays. */
export const flagSubmit: Surface<Person, Submit> = {
  may: 'flag.send',
  keys: async (tx, it) => {
    const picked = await pickAccount(tx, memoryOf(it).accountId, it.values.account);
    return 'id' in picked ? [`account:${picked.id}`] : [];
  },
  run: async (tx, person, it, now): Promise<Answer> => {
    const memory = memoryOf(it);
    const form = {
      kind: it.values.kind ?? '',
      detail: cleanReason(it.values.detail ?? ''),
      evidence: it.values.evidence ?? '',
      isSevere: it.values.severe === 'yes',
    };
    const picked = await pickAccount(tx, memory.accountId, it.values.account);
    const errors = {
      ...('problem' in picked && memory.accountId === null ? { account: picked.problem } : {}),
      ...flagProblems(form),
    };
    if (Object.keys(errors).length > 0) return { errors };
    if ('problem' in picked) return { say: flagSaid({ refused: 'gone' }), sayIn: memory.channel };
    const fields = { ...form, kind: form.kind as FlagKind, evidence: readEvidence(form.evidence).links };
    if (memory.flagId !== undefined) return sendAgain(tx, person, memory.flagId, fields, now);
    const { source } = memory;
    const flag = await offerFlag(tx, { ...fields, accountId: picked.id, source }, person, now, 'form');
    await placeFlag(tx, flag, now);
    const say = flagSaid({ sent: titleFrom(flag.detail), again: false });
    return { say, sayIn: memory.channel };
  },
};

async function sendAgain(
  tx: Parameters<typeof resendFlag>[0],
  person: Person,
  flagId: number,
  fields: Parameters<typeof resendFlag>[2],
  now: number,
): Promise<Answer> {
  const flag = await flagById(tx, flagId);
  if (!flag) return { say: flagSaid({ refused: 'gone' }) };
  if (flag.byUser !== person.slackId) return { say: flagSaid({ refused: 'sender completes' }) };
  const offered = await resendFlag(tx, flag, fields, person, now);
  if (!offered) return { say: flagSaid({ movedOn: flag.state, by: null }) };
  await clockFlag(tx, offered, now);
  await tellResent(tx, offered, person, now);
  return { say: flagSaid({ sent: titleFrom(offered.detail), again: true }) };
}
