import { alertById } from '../alerts/store.js';
import { followupById } from '../followups/store.js';
import { issueById } from '../issues/store/read.js';
import { suggestionById } from '../issues/store/waiting.js';
import type { CardRow } from '../queue/cards.js';
import type { Message } from '../slack/blocks/index.js';
import type { ReadTx } from '../store/transact.js';
import { renderAlert } from './alert.js';
import { renderFollowup, renderNudge } from './followup.js';
import { renderIssue } from './issue.js';
import { renderCall, renderFlag, renderFlagOutcome, renderPromise } from './requests.js';
import { renderSuggestion } from './suggestion.js';

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
  suggestion: async (tx, id, now) => {
    const line = await suggestionById(tx, id);
    return line && renderSuggestion(tx, line, now);
  },
  escalation: renderCall,
  flag: renderFlag,
  flag_sender: renderFlagOutcome,
  promise: renderPromise,
};

/** Draws a card as it stands now; undefined when what it showed is gone. */
export async function renderCard(tx: ReadTx, card: CardRow, now: number): Promise<Message | undefined> {
  return CARDS[card.kind]?.(tx, card.subjectId, now);
}
