import { linkCommand, linkEntry } from '../fixes/listeners/link.js';
import { followupEntry } from '../followups/listeners/open.js';
import type { LaterRooms } from '../issues/listeners/index.js';
import { onIssue } from '../issues/listeners/meant.js';
import { HISTORY_PAGE } from '../issues/messages/history.js';
import { fixCardSurfaces } from './fix-listeners.js';
import { historyCommand, historyEntry, historyPress } from './history.js';
import { issueLine, renderIssue } from './issue.js';
import { listCommand, listPresses } from './list.js';

/** `/issue show B-42`: the card as it stands; a folded number shows the issue that goes on for it. */
const showCommand = onIssue({
  may: 'issue.see',
  usage: 'show B-42',
  about: 'shows one issue as it stands',
  run: async (tx, { issue, change }) => ({ say: await renderIssue(tx, issue, change.now) }),
});

/** What `/issue` and the card's menu need of later rooms. */
export const issueReading: LaterRooms = {
  show: showCommand,
  list: listCommand,
  link: linkCommand,
  history: historyCommand,
  entries: { link: linkEntry, history: historyEntry, followup: followupEntry },
  lineOf: issueLine,
};

/** Pages of lists and histories, and the buttons of a fix's card. */
export const readingPresses = { ...listPresses, ...fixCardSurfaces.presses, [HISTORY_PAGE]: historyPress };
