import { z } from 'zod';
import { accountById, activeAccounts } from '../../accounts/store.js';
import type { Person } from '../../people/rules.js';
import { personBySlackId } from '../../people/store.js';
import { touchCards } from '../../queue/cards.js';
import { clearDue } from '../../queue/due.js';
import type { Answer, Surface } from '../../slack/dispatch.js';
import type { Press, Submit } from '../../slack/interactions.js';
import { placeOf } from '../../slack/place.js';
import type { ReadTx, Tx } from '../../store/transact.js';
import { flagSaid } from '../messages/flag.js';
import { type FlagAnswerMemory, flagAnswerModal, flagModal } from '../messages/flag-form.js';
import { cleanReason } from '../rules/escalation.js';
import { ANSWER_MAX, type Flag, type FlagAct, mayDecide, nextState } from '../rules/flag.js';
import { isOver, titleFrom } from '../rules/issue.js';
import { decideFlag, flagById, flagClimbKey } from '../store/flags.js';
import { rootOf } from '../store/folded.js';
import { logIssue } from '../store/issues.js';
import { reopenIssue } from '../store/life.js';
import { issueById } from '../store/read.js';

/** `7` or `decline:7`. */
async function flagOf(tx: ReadTx, value: string): Promise<Flag | undefined> {
  const id = /^(?:\w+:)?(\d{1,9})$/.exec(value)?.[1];
  return id === undefined ? undefined : flagById(tx, Number(id));
}

async function keys(tx: ReadTx, it: Press): Promise<string[]> {
  const flag = await flagOf(tx, it.value);
  return flag ? [`account:${flag.accountId}`] : [];
}

const nameOf = async (tx: ReadTx, slackId: string | null) =>
  slackId === null ? null : ((await personBySlackId(tx, slackId))?.name ?? null);

/** Why this person cannot do this to the flag now; undefined when they can. The card is drawn anew when it moved on. */
async function refusal(tx: Tx, flag: Flag | undefined, act: FlagAct, by: Person, now: number) {
  if (!flag) return flagSaid({ refused: 'gone' });
  if (act !== 'resend' && !mayDecide(by)) return flagSaid({ refused: 'support decides' });
  if (act === 'resend' && flag.byUser !== by.slackId) return flagSaid({ refused: 'sender completes' });
  if (nextState(flag.state, act) !== null) return undefined;
  for (const kind of ['flag', 'flag_sender']) await touchCards(tx, kind, flag.id, now);
  return flagSaid({ movedOn: flag.state, by: await nameOf(tx, flag.decidedBy) });
}

/** *Accept*: a problem becomes an issue, of the message that it came from if there is one. */
export const flagAcceptPress: Surface<Person, Press> = {
  may: 'flag.decide',
  keys,
  run: async (tx, person, it, now): Promise<Answer> => {
    const flag = await flagOf(tx, it.value);
    const refused = await refusal(tx, flag, 'accept', person, now);
    if (refused || !flag) return refused ? { say: refused } : {};
    const issueId = flag.kind === 'problem' ? await becomeIssue(tx, flag, person, now) : null;
    return decide(tx, flag, 'accept', { by: person, answer: null, issueId, now });
  },
};

async function becomeIssue(tx: Tx, flag: Flag, by: Person, now: number): Promise<number> {
  const { issue } = await logIssue(tx, {
    accountId: flag.accountId,
    title: titleFrom(flag.detail),
    detail: flag.detail,
    source: flag.channel && flag.ts ? { channel: flag.channel, ts: flag.ts } : null,
    by,
    how: 'flag',
    now,
  });
  const root = await rootOf(tx, issue);
  // Support takes it over: what its message was logged as before, and is over, goes on.
  if (isOver(root.state)) await reopenIssue(tx, root, { by, now, source: 'flag' });
  return root.id;
}

async function decide(
  tx: Tx,
  flag: Flag,
  act: Exclude<FlagAct, 'resend'>,
  decision: Parameters<typeof decideFlag>[3],
): Promise<Answer> {
  const decided = await decideFlag(tx, flag, act, decision);
  if (!decided || decided.state === 'offered')
    return { say: flagSaid({ movedOn: flag.state, by: await nameOf(tx, flag.decidedBy) }) };
  await clearDue(tx, flagClimbKey(flag.id));
  const issue = decided.issueId === null ? undefined : await issueById(tx, decided.issueId);
  const sender = (await nameOf(tx, flag.byUser)) ?? 'The sender';
  return { say: flagSaid({ did: decided.state, sender, issueNumber: issue?.number ?? null }) };
}

/** *Return…* and *Decline…* ask for the words that the sender will read. */
function answerPress(act: 'return' | 'decline'): Surface<Person, Press> {
  return {
    may: 'flag.decide',
    keys,
    run: async (tx, person, it, now): Promise<Answer> => {
      const flag = await flagOf(tx, it.value);
      const refused = await refusal(tx, flag, act, person, now);
      if (refused || !flag) return refused ? { say: refused } : {};
      const account = await accountById(tx, flag.accountId);
      const memory: FlagAnswerMemory = { flagId: flag.id, act, channel: placeOf(it) };
      const title = titleFrom(flag.detail);
      return { open: flagAnswerModal({ title, account: account?.name ?? '', memory }) };
    },
  };
}

export const flagReturnPress = answerPress('return');
/** The card's ⋯ menu, which holds *Decline…* alone. */
export const flagMorePress = answerPress('decline');

const Memory = z.object({
  flagId: z.number().int(),
  act: z.enum(['return', 'decline']),
  channel: z.string().nullable(),
});

export const flagAnswerSubmit: Surface<Person, Submit> = {
  may: 'flag.decide',
  keys: async (tx, it) => {
    const flag = await flagById(tx, Memory.parse(JSON.parse(it.metadata)).flagId);
    return flag ? [`account:${flag.accountId}`] : [];
  },
  run: async (tx, person, it, now): Promise<Answer> => {
    const { flagId, act, channel } = Memory.parse(JSON.parse(it.metadata));
    const answer = cleanReason(it.values.answer ?? '');
    const length = Array.from(answer).length;
    if (length === 0)
      return {
        errors: {
          answer: act === 'return' ? 'Say what is missing, so that it can be added.' : 'Say why not.',
        },
      };
    if (length > ANSWER_MAX) return { errors: { answer: `${length} characters; ${ANSWER_MAX} fit.` } };
    const flag = await flagById(tx, flagId);
    const refused = await refusal(tx, flag, act, person, now);
    if (refused || !flag) return refused ? { say: refused, sayIn: channel } : {};
    return { ...(await decide(tx, flag, act, { by: person, answer, issueId: null, now })), sayIn: channel };
  },
};

/** *Complete it…*: the form again, with what was sent and what support asked for. */
export const flagCompletePress: Surface<Person, Press> = {
  may: 'flag.send',
  keys,
  run: async (tx, person, it, now): Promise<Answer> => {
    const flag = await flagOf(tx, it.value);
    const refused = await refusal(tx, flag, 'resend', person, now);
    if (refused || !flag) return refused ? { say: refused } : {};
    const account = (await accountById(tx, flag.accountId)) ?? null;
    return {
      open: flagModal({
        account: { account, accounts: await activeAccounts(tx) },
        memory: { channel: null, source: null, accountId: flag.accountId, flagId: flag.id },
        kind: flag.kind,
        detail: flag.detail,
        evidence: flag.evidence,
        isSevere: flag.isSevere,
        missing: flag.answer,
      }),
    };
  },
};
