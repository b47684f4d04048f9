import { alertById } from '../alerts/store.js';
import { followupById } from '../followups/store.js';
import { issueById } from '../issues/store/read.js';
import { suggestionById } from '../issues/store/waiting.js';
import type { CardRow } from '../queue/cards.js';
import type { Message } from '../slack/blocks/index.js';
import type { ReadTx } from '../store/transact.js';
import { renderAgain } from './again.js';
import { renderAlert, renderFolded } from './alert.js';
import { renderLapse } from './claim.js';
import { renderFix, renderFixQuestion } from './fix.js';
import { renderFixOffer } from './fix-offer.js';
import { renderFollowup, renderNudge, renderOffer, renderRound } from './followup.js';
import { renderIncident, renderIncidentOffer } from './incident.js';
import { renderIssue } from './issue.js';
import { renderLevels } from './levels.js';
import { renderCall, renderFlag, renderFlagOutcome, renderPromise } from './requests.js';
import { renderSuggestion } from './suggestion.js';

/** `target` is where the card stands: a channel, or whose direct message it is; `card` is which of its postings. */
type Renderer = (
  tx: ReadTx,
  subjectId: number,
  now: number,
  target?: string,
  card?: CardRow,
) => Promise<Message | undefined>;

/** Every kind of living card; the leak walk visits each of them. */
export const CARDS: Readonly<Record<string, Renderer>> = {
  fix: renderFix,
  fix_question: renderFixQuestion,
  fix_offer: renderFixOffer,
  issue: async (tx, id, now) => {
    const issue = await issueById(tx, id);
    return issue && renderIssue(tx, issue, now);
  },
  issue_again: renderAgain,
  alert: async (tx, id, now, _target, card) => {
    const alert = await alertById(tx, id);
    return alert && ((await renderFolded(tx, alert, card)) ?? renderAlert(tx, alert, now));
  },
  alert_call: async (tx, id, now, target, card) => {
    const alert = await alertById(tx, id);
    return alert && ((await renderFolded(tx, alert, card)) ?? renderAlert(tx, alert, now, target));
  },
  alert_lapse: renderLapse,
  followup: async (tx, id, now, target) => {
    const followup = await followupById(tx, id);
    return followup && renderFollowup(tx, followup, now, target);
  },
  nudge: async (tx, id, now, target) => {
    const followup = await followupById(tx, id);
    return followup && renderNudge(tx, followup, now, target);
  },
  nudge_round: renderRound,
  followup_offer: async (tx, id, now, target) => {
    const followup = await followupById(tx, id);
    return followup && renderOffer(tx, followup, now, target);
  },
  suggestion: async (tx, id, now) => {
    const line = await suggestionById(tx, id);
    return line && renderSuggestion(tx, line, now);
  },
  levels: renderLevels,
  escalation: renderCall,
  flag: renderFlag,
  flag_sender: renderFlagOutcome,
  promise: renderPromise,
  incident: renderIncident,
  incident_offer: renderIncidentOffer,
};

/** Draws a card as it stands now; undefined when what it showed is gone. */
export async function renderCard(tx: ReadTx, card: CardRow, now: number): Promise<Message | undefined> {
  return CARDS[card.kind]?.(tx, card.subjectId, now, card.target, card);
}
