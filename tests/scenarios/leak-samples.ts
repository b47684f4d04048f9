import { ACCOUNT_SAMPLES } from './leak-samples-account.js';
import { ALERT_SAMPLES } from './leak-samples-alerts.js';
import { DIGEST_SAMPLES } from './leak-samples-digests.js';
import { FIX_SAMPLES } from './leak-samples-fixes.js';
import { FOLLOWUP_SAMPLES } from './leak-samples-followups.js';
import { HOME_SAMPLES } from './leak-samples-home.js';
import { ISSUE_LIFE_SAMPLES } from './leak-samples-issue-life.js';
import { PEOPLE_SAMPLES } from './leak-samples-people.js';
import { REQUEST_SAMPLES } from './leak-samples-requests.js';
import { SIGNAL_SAMPLES } from './leak-samples-signals.js';

/**
 * What every exported renderer is shown with in the leak walk, by its name: its arguments, made of one hostile text `h`.
 * A renderer that has no entry fails the walk; add one, with `h` wherever a person's words can stand.
 */
export type Sample = (h: string) => unknown[][];

const issue = (title: string) => ({
  id: 1,
  number: 42,
  accountId: 1,
  title,
  detail: title,
  priority: 'high',
  state: 'open',
  ownerId: 1,
  createdAt: 0,
  createdBy: 'USAM',
  resolvedAt: null,
  loopClosedAt: null,
  category: 'bug',
  reopened: 1,
  mergedIntoId: null,
});

const alert = (h: string, state: string) => ({
  id: 1,
  account: h,
  severity: 'high',
  csm: h,
  why: [1, 2, 3, 4].map(() => ({ line: h, url: 'https://ours.slack.com/archives/C1/p1' })),
  openIssues: [1, 2, 3, 4, 5].map((n) => ({ name: `B-${n}`, title: h, age: '2 days' })),
  tier: h,
  renews: '14 Feb',
  goal: h,
  next: h,
  state,
  owner: h,
  dueText: 'Thu 17:00',
  endText: h,
  endedAt: h,
  spoke: h,
  sleeps: null,
  note: null,
  offer: null,
});
const many = (h: string, n: number) =>
  Array.from({ length: n }, (_, i) => ({ id: i + 1, name: h || `a${i}` }));
const memory = { channel: 'C1', source: { channel: 'C1', ts: '1.000100' }, accountId: null };

const suggestion = (h: string, n: number) => ({
  account: h,
  since: 'Tue 14:05',
  contacts: Array.from({ length: n }, (_, i) => ({
    contactId: i + 1,
    author: h,
    text: h,
    url: 'https://ours.slack.com/archives/C1/p1',
    outcome: i % 2 === 0 ? null : h,
  })),
  issues: Array.from({ length: n }, (_, i) => ({ number: i + 1, title: h, isOver: false })),
});

export const SAMPLES: Readonly<Record<string, Sample>> = {
  ...FOLLOWUP_SAMPLES,
  ...ACCOUNT_SAMPLES,
  ...HOME_SAMPLES,
  ...FIX_SAMPLES,
  ...ISSUE_LIFE_SAMPLES,
  ...PEOPLE_SAMPLES,
  ...REQUEST_SAMPLES,
  ...ALERT_SAMPLES,
  ...SIGNAL_SAMPLES,
  ...DIGEST_SAMPLES,
  logged: (h) => [
    [issue(h), h, false, { text: h, url: 'https://ours.slack.com/archives/C1/p1' }],
    [issue(h), h, true],
  ],
  noReplyNoted: (h) => [[h]],
  nothingToAnswer: () => [[]],
  noSuchIssue: (h) => [[h], ['B-9', h]],
  logModal: (h) => [
    [{ accounts: many(h, 3), account: null, title: h, detail: h, memory }],
    [{ accounts: many(h, 101), account: null, memory }],
    [{ accounts: [], account: { id: 1, name: h }, title: h, memory }],
  ],
  alertCard: (h) => [
    [alert(h, 'open')],
    [{ ...alert(h, 'open'), onlyWaits: true }],
    [alert(h, 'claimed')],
    [alert(h, 'ended')],
    [{ ...alert(h, 'open'), call: { askedBy: null, rescue: null, isAgain: false, asked: null, instead: h } }],
    [
      {
        ...alert(h, 'open'),
        call: { askedBy: null, rescue: null, isAgain: true, asked: { name: h, at: h }, instead: null },
      },
    ],
    [{ ...alert(h, 'open'), call: { askedBy: h, rescue: null, isAgain: false, asked: null, instead: null } }],
    [
      {
        ...alert(h, 'open'),
        call: { askedBy: null, rescue: h, isAgain: false, asked: null, instead: null },
      },
    ],
    [{ ...alert(h, 'open'), sleeps: 'until Mon 9:00' }],
    [{ ...alert(h, 'open'), offer: { to: h, by: h } }],
    [{ ...alert(h, 'claimed'), note: { by: h, when: 'Tue 9:00', text: h } }],
  ],
  foldedAlert: (h) => [[{ account: h, url: 'https://ours.slack.com/archives/C1/p1' }]],
  claimed: (h) => [[{ account: h, dueText: 'Thu 17:00' }]],
  claimedBy: (h) => [[{ account: h, owner: h, isYou: false }], [{ account: h, owner: h, isYou: true }]],
  alertOver: (h) => [[{ account: h, endText: h }]],
  whatTime: (h) => [[h]],
  badDuration: (h) => [[h]],
  departing: (h) => [[h], [null]],
  lostOnTheWay: () => [[]],
  'issues/messages/answers#keptWhole': (h) => [[h]],
  'issues/messages/answers#whichAccount': (h) =>
    [Array.from(h).slice(0, 150).join(''), ''].map((title) => [
      { title, source: { channel: 'C1', ts: '1.1' } },
    ]),
  'issues/messages/answers#added': (h) => [
    [issue(h), h],
    [issue(h), h, null],
  ],
  'issues/messages/answers#relinked': (h) => [
    [issue(h), { text: h, url: 'https://ours.slack.com/archives/C1/p1' }],
    [issue(h), null],
  ],
  'issues/messages/modals#otherMessageModal': (h) => [
    [
      issue(h),
      [{ contactId: 1, author: h, text: h, when: 'Tue' }],
      { number: 42, contactId: null, channel: null },
    ],
  ],
  'issues/messages/suggestion#suggestionCard': (h) => [1, 3, 30].map((n) => [suggestion(h, n)]),
  'issues/messages/suggestion#outcomeWords': (h) => [[{ settled: 'logged', by: h, issue: h }]],
  'issues/messages/suggestion#addToModal': (h) => [
    [h, [{ number: 1, title: h }], { contactId: 1, channel: null }],
  ],
  'issues/messages/suggestion#alreadyHeld': (h) => [[42, h]],
};
