import { accountById } from '../accounts/store.js';
import { alertById } from '../alerts/store.js';
import { followupById } from '../followups/store.js';
import { escalationCall } from '../issues/messages/answers.js';
import { issueName } from '../issues/rules/issue.js';
import { escalationById } from '../issues/store/escalations.js';
import { issueById } from '../issues/store/read.js';
import { groupByKey } from '../people/store.js';
import type { CardRow } from '../queue/cards.js';
import type { Message } from '../slack/blocks/index.js';
import type { ReadTx } from '../store/transact.js';
import { renderAlert } from './alert.js';
import { renderFollowup, renderNudge } from './followup.js';
import { renderIssue } from './issue.js';

type Renderer = (tx: ReadTx, subjectId: number, now: number) => Promise<Message | undefined>;

/** Every kind of living card; the leak walk visits each of them. */
export const CARDS: Readonly<Record<string, Renderer>> = {
  issue: async (tx, id, now) => {
    const issue = await issueById(tx, id);
    return issue && renderIssue(tx, issue, now);
  },
  alert: async (tx, id, now) => {
    const alert = await alertById(tx, id);
    return alert && renderAlert(tx, alert, now);
  },
  followup: async (tx, id, now) => {
    const followup = await followupById(tx, id);
    return followup && renderFollowup(tx, followup, now);
  },
  nudge: async (tx, id, now) => {
    const followup = await followupById(tx, id);
    return followup && renderNudge(tx, followup, now);
  },
  escalation: async (tx, id) => {
    const escalation = await escalationById(tx, id);
    const issue = escalation && (await issueById(tx, escalation.issueId));
    const group = escalation && (await groupByKey(tx, escalation.groupKey));
    if (!escalation || !issue || !group) return undefined;
    const account = await accountById(tx, issue.accountId);
    return escalationCall({
      ...escalation,
      issueName: issueName(issue.number),
      title: issue.title,
      account: account?.name ?? '',
      group,
    });
  },
};

/** Draws a card as it stands now; undefined when what it showed is gone. */
export async function renderCard(tx: ReadTx, card: CardRow, now: number): Promise<Message | undefined> {
  return CARDS[card.kind]?.(tx, card.subjectId, now);
}
