import { nameOf } from '../accounts/store.js';
import { fixOffer } from '../fixes/messages/offer.js';
import { fixName } from '../fixes/rules/fix.js';
import { fixOfIssue } from '../fixes/store/fixes.js';
import { offerById } from '../fixes/store/offers.js';
import { readTracker } from '../fixes/trackers/address.js';
import { issueName } from '../issues/rules/issue.js';
import { issueById } from '../issues/store/read.js';
import type { Message } from '../slack/blocks/index.js';
import type { ReadTx } from '../store/transact.js';

/** An item that may be the fix of an issue, as it is asked or was decided. */
export async function renderFixOffer(tx: ReadTx, offerId: number): Promise<Message | undefined> {
  const offer = await offerById(tx, offerId);
  const issue = offer && (await issueById(tx, offer.issueId));
  const item = offer && readTracker(offer.url);
  if (!offer || !issue || !item) return undefined;
  const before = await fixOfIssue(tx, issue.id);
  return fixOffer({
    id: offer.id,
    issue: issueName(issue.number),
    fix: item,
    by: offer.byUser === null ? null : await nameOf(tx, offer.byUser),
    instead: before?.url && before.trackerKey !== item.key ? fixName(before) : null,
    settled:
      offer.state === 'offered'
        ? null
        : {
            linked: offer.state === 'linked',
            by: offer.decidedBy === null ? null : await nameOf(tx, offer.decidedBy),
          },
  });
}
