import { OFFER_LINK, OFFER_NO } from '../messages/offer.js';
import { linkSubmits } from './link.js';
import { offerLinkPress, offerNoPress } from './offer.js';

/** The routing table of fixes; those of their cards stand with the cards. */
export const fixSurfaces = {
  presses: { [OFFER_LINK]: offerLinkPress, [OFFER_NO]: offerNoPress },
  submits: linkSubmits,
};
