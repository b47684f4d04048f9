import type { Sample } from './leak-samples.js';

/** What the account's card and the form of a conversation are shown with in the leak walk. */

const spoke = (h: string) => ({ by: h, how: 'call', day: 'Thu', outcome: h, note: h });

const account = (h: string, n: number) => ({
  id: 1,
  name: h,
  tier: h,
  segment: h,
  lifecycle: 'live',
  goal: h,
  renews: h,
  csm: h,
  csmBackup: h,
  support: h,
  supportBackup: h,
  issues: {
    items: Array.from({ length: Math.min(n, 5) }, (_, i) => ({ name: `B-${i + 1}`, title: h, line: h })),
    total: n,
  },
  contacts: { month: n, quarter: n, weeks: [0, 1, n], knownDays: Math.min(n, 90) },
  escalations: n,
  reopenings: n,
  ratings: n === 0 ? null : { count: n, bad: 1, last: { value: 1, issue: 'B-42', day: 'Tue' } },
  promised: Array.from({ length: n }, () => ({ by: h, day: 'Fri', what: h })),
  spoke: { support: n === 0 ? null : spoke(h), success: spoke(h) },
  working: Array.from({ length: Math.min(n, 4) }, () => h),
  inside: {
    revenue: h,
    health: { band: 'green', value: 72, source: h, asOf: 'Thu', reasons: [h, h], coverage: null },
  },
  mayLog: true,
  mayFlag: true,
});

const bare = (h: string) => ({
  ...account(h, 0),
  tier: null,
  segment: null,
  lifecycle: null,
  goal: null,
  renews: null,
  csm: null,
  support: null,
  spoke: { support: null, success: null },
  inside: null,
  mayLog: false,
  mayFlag: false,
});

const unrated = (h: string) => ({
  ...account(h, 1),
  inside: {
    revenue: null,
    health: { band: null, value: null, source: 'baton', asOf: 'Thu', reasons: [], coverage: 35 },
  },
});

const views: Sample = (h) => [...[0, 1, 49, 50, 500].map((n) => [account(h, n)]), [bare(h)], [unrated(h)]];

export const ACCOUNT_SAMPLES: Readonly<Record<string, Sample>> = {
  'accounts/messages/account#healthSwitched': () => [
    [{ isOn: true, isNew: true }],
    [{ isOn: false, isNew: false }],
  ],
  accountMessage: views,
  accountModal: views,
  touchModal: (h) => [
    [
      {
        account: { account: { id: 1, name: h }, accounts: [] },
        memory: { accountId: 1, channel: null, permalink: null },
        how: 'call',
        note: h,
        today: '2026-11-03',
      },
    ],
  ],
  touchLogged: (h) => [[{ account: h, day: h }]],
};
