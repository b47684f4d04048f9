import { rated, rateUsage } from '../messages/rating.js';
import { issueName } from '../rules/issue.js';
import { isBadRating, readRating } from '../rules/rating.js';
import { noteRating } from '../store/ratings.js';
import { onIssue } from './meant.js';

/** `/issue rate B-42 bad "still crashes"`: how the customer rated our help. */
export const rateCommand = onIssue({
  may: 'issue.rate',
  usage: 'rate B-42 bad',
  about: 'how they rated our help: bad, good or 1 to 5, and their words',
  run: async (tx, { issue, account, rest, change }) => {
    const rating = readRating(rest);
    if (!rating) return { say: rateUsage(issueName(issue.number), rest) };
    await noteRating(tx, issue, rating, change);
    return { say: rated(issue, { account, value: rating.value, isBad: isBadRating(rating.value) }) };
  },
});
