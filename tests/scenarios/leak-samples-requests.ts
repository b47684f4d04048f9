import type { Sample } from './leak-samples.js';

/** Escalations, flags and promises; see `leak-samples.ts`. */

const issue = (title: string) => ({ id: 1, number: 42, accountId: 1, title, state: 'open' });
const group = (name: string) => ({ key: 'g', name, kind: 'skill', slackGroup: null, people: [] });
/** A reason, an answer and a detail are held to their lengths by the form, and cleaned; so is a group's name. */
const held = (h: string, max: number) =>
  Array.from(h.replace(/[^\P{Cc}\n\t]|\p{Cs}/gu, ' '))
    .slice(0, max)
    .join('');
const URL = 'https://ours.slack.com/archives/C1/p1';
const many = (h: string, n: number) =>
  Array.from({ length: n }, (_, i) => ({ id: i + 1, name: h || `a${i}` }));
const chosen = (h: string) => ({ account: { id: 1, name: h }, accounts: [] });
const asked = (h: string, n = 3) => ({ account: null, accounts: many(h, n) });

const call = (h: string) => ({
  id: 1,
  issueName: 'B-1',
  title: h,
  account: h,
  reason: h,
  isCustomerWish: true,
  by: h,
  group: group(h),
  answeredBy: null,
  takenBackBy: null,
  hasClimbed: true,
  over: null,
});
const flag = (h: string) => ({
  id: 1,
  account: h,
  kind: 'problem',
  detail: h,
  evidence: [URL, h, 'https://x|y', `https://a.example/${'x'.repeat(900)}`, URL],
  isSevere: true,
  by: h,
  sinceText: 'Tue 09:00',
  decidedBy: h,
  answer: h,
  issueNumber: 42,
  hasClimbed: true,
});
const states = ['offered', 'accepted', 'returned', 'declined'];
const promise = (h: string) => ({
  id: 1,
  account: h,
  toWhom: h,
  what: h,
  day: 'today',
  issueName: 'B-1',
  insteadOf: null,
  endedBy: h,
});
const escalateMemory = { number: 42, channel: 'C1' };
const flagMemory = { channel: 'C1', source: { channel: 'C1', ts: '1.000100' }, accountId: null };
const promiseMemory = { ...flagMemory, number: null, byUser: 'USAM' };

export const REQUEST_SAMPLES: Readonly<Record<string, Sample>> = {
  'issues/messages/account-field#accountBlock': (h) => [
    [chosen(h)],
    [asked(h)],
    [asked(h, 101)],
    [asked(h, 0)],
  ],
  'issues/messages/escalation#escalateUsage': () => [['no issue'], ['no groups']],
  'issues/messages/escalation#reasonTooLong': (h) => [[h.length, h]],
  'issues/messages/escalation#notEscalated': () => [[{ number: 42, state: 'resolved' }]],
  'issues/messages/escalation#escalateToWhom': (h) => [
    [issue(h), held(h, 500), Array.from({ length: 30 }, (_, i) => ({ ...group(held(h, 70)), key: `g${i}` }))],
  ],
  'issues/messages/escalation#offerEscalation': (h) => [[issue(h)]],
  'issues/messages/escalation-form#escalateModal': (h) => [
    [
      {
        issue: issue(h),
        groups: [{ key: 'g', name: h }],
        memory: escalateMemory,
        reason: h,
        isCustomerWish: true,
      },
    ],
    [
      {
        issue: null,
        groups: [{ key: 'g', name: h }],
        memory: escalateMemory,
        account: asked(h, 101),
        title: h,
      },
    ],
    [{ issue: null, groups: [{ key: 'g', name: h }], memory: escalateMemory, account: chosen(h), title: h }],
  ],
  'issues/messages/escalation#escalated': (h) => [
    [{ issue: issue(h), group: h, existed: false, answeredBy: null, logged: true }],
    [{ issue: issue(h), group: h, existed: true, answeredBy: null }],
    [{ issue: issue(h), group: h, existed: true, answeredBy: h, isOfGroup: true }],
  ],
  'issues/messages/escalation#escalationCall': (h) => [
    [call(h)],
    [{ ...call(h), answeredBy: h }],
    [{ ...call(h), takenBackBy: h }],
    [{ ...call(h), over: 'resolved' }],
  ],
  'issues/messages/escalation#escalationAnswered': (h) => [
    [{ on: h, isYou: false }],
    [{ on: h, isYou: true }],
    [{ takenBackBy: h }],
    [{ state: 'resolved' }],
    [{ asked: h }],
  ],
  'issues/messages/escalation#takenBack': (h) =>
    [null, 'taken back', 'answered', 'not yours'].map((problem) => [problem, h]),
  'issues/messages/escalation#somebodyCame': (h) => [[{ asker: 'USAM', by: h, issueName: 'B-1' }]],
  'issues/messages/escalation#nobodyCame': (h) => [
    [{ leads: ['ULEA'], group: h, issueName: 'B-1', title: h, account: h }],
  ],
  'issues/messages/escalation#authorityAsked': (h) => [
    [{ account: h, by: h, group: h, issueName: 'B-1', title: h, reason: h, isCustomerWish: true }],
  ],
  'issues/messages/flag-form#flagModal': (h) => [
    [
      {
        account: chosen(h),
        memory: flagMemory,
        kind: 'pattern',
        detail: h,
        evidence: [h, URL],
        isSevere: true,
      },
    ],
    [{ account: asked(h), memory: { ...flagMemory, flagId: 1 }, detail: h, missing: h }],
  ],
  'issues/messages/flag-form#flagAnswerModal': (h) =>
    ['return', 'decline'].map((act) => [{ title: h, account: h, memory: { flagId: 1, act, channel: 'C1' } }]),
  'issues/messages/flag#flagCard': (h) => [
    ...states.map((state) => [{ ...flag(h), state }]),
    [{ ...flag(h), kind: 'pattern', state: 'accepted', issueNumber: null, evidence: [] }],
  ],
  'issues/messages/flag#flagOutcome': (h) => [
    ...states.map((state) => [{ ...flag(h), state }]),
    [{ ...flag(h), kind: 'pattern', state: 'accepted', issueNumber: null }],
  ],
  'issues/messages/flag#flagChange': (h) => [[{ issueNumber: 42, line: h }]],
  'issues/messages/flag#flagWaits': (h) => [[{ leads: ['ULEA'], by: h, account: h, detail: h }]],
  'issues/messages/flag#flagCompleted': (h) => [[{ whom: 'USAM', by: h }], [{ whom: null, by: h }]],
  'issues/messages/flag#flagSaid': (h) => [
    [{ sent: h, again: true }],
    [{ sent: h, again: false }],
    ...['accepted', 'returned', 'declined'].map((did) => [{ did, sender: h, issueNumber: 42 }]),
    ...states.map((movedOn) => [{ movedOn, by: h }]),
    ...['support decides', 'sender completes', 'gone'].map((refused) => [{ refused }]),
  ],
  'issues/messages/promise#promiseModal': (h) => [
    [{ account: chosen(h), issue: issue(h), promiser: h, memory: promiseMemory, what: h, toWhom: h }],
    [{ account: asked(h), issue: null, promiser: null, memory: promiseMemory, by: '2026-11-20' }],
  ],
  'issues/messages/promise#promiseLine': (h) => [[{ by: h, day: 'Fri', what: h }]],
  'issues/messages/promise#promiseCard': (h) => [
    ...['open', 'kept', 'broken'].map((state) => [{ ...promise(h), state }]),
    [{ ...promise(h), state: 'open', insteadOf: h }],
    [{ ...promise(h), state: 'broken', endedBy: null, toWhom: null, issueName: null }],
  ],
  'issues/messages/promise#promiseNoted': (h) => [
    [{ account: h, toWhom: h, what: h, day: 'Fri', issueName: 'B-1', promiser: h }],
    [{ account: h, toWhom: null, what: h, day: 'Fri', issueName: null, promiser: null }],
  ],
  'issues/messages/promise#promiseProblem': (h) => [[{ about: h, by: h, what: h, to_whom: h }, h]],
  'issues/messages/promise#promiseEnded': (h) => [
    [{ outcome: 'kept', account: h }],
    [{ outcome: 'broken', account: h }],
    [{ over: 'kept' }],
    [{ notYours: h }],
    ['gone'],
  ],
};
