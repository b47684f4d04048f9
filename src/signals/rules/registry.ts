import { backlog } from './backlog.js';
import { badRating } from './bad-rating.js';
import { brokenPromise } from './broken-promise.js';
import { bugLoad } from './bug-load.js';
import { cluster } from './cluster.js';
import { customerWaiting } from './customer-waiting.js';
import { escalated } from './escalated.js';
import { escalationRate } from './escalation-rate.js';
import { highStakes } from './high-stakes.js';
import { noFirstReply } from './no-first-reply.js';
import { onboardingFriction } from './onboarding-friction.js';
import { renewalTrouble } from './renewal-trouble.js';
import { reopenRate } from './reopen-rate.js';
import { reopened } from './reopened.js';
import { repeatContact } from './repeat-contact.js';
import type { Rule } from './rule.js';
import { sameAgain } from './same-again.js';
import { slow } from './slow.js';
import { unmatched } from './unmatched.js';
import { volumeSpike } from './volume-spike.js';
import { words } from './words.js';

/** Every rule that Baton comes with. The other numbers of the reference come with the data they need. */
export const RULES: readonly Rule[] = [
  repeatContact,
  sameAgain,
  reopened,
  noFirstReply,
  slow,
  escalated,
  highStakes,
  badRating,
  words,
  renewalTrouble,
  onboardingFriction,
  bugLoad,
  cluster,
  brokenPromise,
  customerWaiting,
  escalationRate,
  reopenRate,
  volumeSpike,
  backlog,
  unmatched,
];

/** What a rule does: nothing, watch without a word, or speak. */
export type Mode = 'off' | 'observe' | 'on';

/** The choices of a form, in words. */
export function modeOptions(): { text: string; value: Mode }[] {
  return [
    { text: 'On: it speaks', value: 'on' },
    { text: 'Watch: it only notes', value: 'observe' },
    { text: 'Off', value: 'off' },
  ];
}

/** On once the observing is over, unless a lead says otherwise; the others go on watching. */
const ON_BY_DEFAULT: ReadonlySet<string> = new Set(['S01', 'S06', 'S07', 'S08', 'S19', 'S20']);

export function defaultMode(ruleId: string): Mode {
  return ON_BY_DEFAULT.has(ruleId) ? 'on' : 'observe';
}

export function ruleById(id: string): Rule | undefined {
  return RULES.find((rule) => rule.id === id);
}
