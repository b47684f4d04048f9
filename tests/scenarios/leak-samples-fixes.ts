import type { Sample } from './leak-samples.js';

/** Fixes; see `leak-samples.ts`. */

const ADDRESS = 'https://github.com/acme/app/issues/12';
const account = (h: string, more: Record<string, unknown> = {}) => ({
  account: h,
  state: 'live',
  ...{ saysBroken: false, isTold: false },
  who: h,
  when: 'by Thu 17:00',
  proof: null,
  spared: null,
  ...more,
});
const fix = (h: string, more: Record<string, unknown> = {}) => ({
  id: 7,
  name: h,
  title: h,
  url: ADDRESS,
  state: 'live',
  liveText: `Tue 14:05 (${h})`,
  brokenText: '1 of 30 says still broken',
  reason: h,
  issues: Array.from({ length: 30 }, (_, i) => `B-${i}`),
  accounts: [
    account(h, { isTold: true, proof: { url: h } }),
    account(h, { isTold: true, proof: 'word' }),
    account(h, { state: 'broke_again', saysBroken: true }),
    account(h, { state: 'broke_again', who: null }),
    account(h, { who: null }),
    account(h, { who: null, spared: h }),
    account(h, { state: 'merged', who: null }),
    ...Array.from({ length: 30 }, () => account(h)),
  ],
  ...more,
});
const states = ['planned', 'in_progress', 'merged', 'live', 'declined', 'broke_again'];

export const FIX_SAMPLES: Readonly<Record<string, Sample>> = {
  'fixes/messages/fix#fixCard': (h) => [
    ...states.map((state) => [fix(h, { state })]),
    [fix(h, { accounts: Array.from({ length: 450 }, () => account(h)) }), true],
    [fix(h, { url: null, liveText: null, brokenText: null, reason: null, accounts: [], issues: [] })],
  ],
  'fixes/messages/fix#fixList': (h) =>
    [0, 1, 8].map((n) => [Array.from({ length: n }, () => fix(h)), { page: 0, left: n, mayRemind: n > 0 }]),
  'fixes/messages/answers#noFixYet': (h) => [[h]],
  'fixes/messages/answers#fixLive': (h) => [
    [{ name: h, title: h, isNew: true, forSome: null, accounts: fix(h).accounts }],
    [{ name: h, title: h, isNew: false, forSome: [h, h], accounts: [] }],
  ],
  'fixes/messages/answers#fixSaid': (h) => [
    [{ declined: h, accounts: 0 }],
    [{ declined: h, accounts: 1 }],
    [{ brokeAgain: h }],
    [{ already: h }],
    [{ refused: h }],
    [{ gone: true }],
    [{ notYet: h }],
    [{ nobodyWaits: h }],
  ],
  'fixes/messages/offer#fixOffer': (h) =>
    [null, { linked: true, by: h }, { linked: false, by: h }, { linked: true, by: null }].flatMap(
      (settled) => [
        [{ id: 1, issue: 'B-1', fix: { name: h, url: ADDRESS }, by: h, instead: h, settled }],
        [{ id: 1, issue: 'B-1', fix: { name: h, url: ADDRESS }, by: null, instead: null, settled }],
      ],
    ),
  'fixes/messages/offer#offerAnswered': (h) => [
    ['gone'],
    [{ linked: h }],
    [{ no: 'B-1', fix: { name: h, url: ADDRESS } }],
  ],
  'fixes/messages/live-for#liveForModal': (h) =>
    [0, 2, 130].map((n) => [
      {
        ...{ id: 7, name: h, title: h, channel: 'C1' },
        accounts: Array.from({ length: n }, (_, i) => ({ id: i + 1, name: h })),
      },
    ]),
  'fixes/messages/decline#declineModal': (h) => [[{ id: 7, name: h, channel: 'C1' }]],
  'fixes/messages/answers#noSuchFix': (h) => [[h], [h, [h, h]]],
  'fixes/messages/answers#fixUsage': (h) => [
    [h, false],
    ['live', true],
  ],
  'fixes/messages/answers#declineNeedsWhy': (h) => [[h]],
  'fixes/messages/answers#notWaiting': (h) => [[h, [h, h]]],
  'fixes/messages/answers#mayNotChangeFix': () => [[]],
  'fixes/messages/question#fixQuestion': (h) =>
    ['live', 'declined', { settled: 'live' }].map((ask) => [
      { id: 7, name: h, title: h, ask, since: 'Tue 14:05', waiting: Array.from({ length: 12 }, () => h) },
    ]),
  'fixes/messages/link#liveByChosen': (h) => [
    [{ tracker: 'github', by: 'release', changed: true }],
    [{ tracker: 'jira', by: 'version', changed: false }],
    [{ problem: h }],
  ],
  'fixes/messages/unlinked#unlinkedList': (h) =>
    [1, 30].map((n) => [
      Array.from({ length: n }, (_, i) => ({ number: i + 1, title: h, account: h, waits: '2 days' })),
    ]),
};
