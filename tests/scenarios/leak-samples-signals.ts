import type { Sample } from './leak-samples.js';

/** What leads are told of rules; see `leak-samples.ts`. */

const rule = (h: string, spoke: number) => ({
  rule: 'X-own',
  name: h,
  mode: 'observe',
  spoke,
  before: 1,
  people: [{ name: h, times: 3, perWeek: 1.5 }],
});

export const SIGNAL_SAMPLES: Readonly<Record<string, Sample>> = {
  observedReport: (h) => [
    [{ days: 7, func: 'success', rules: [0, 1, 2, 3, 4, 5, 6].map((n) => rule(h, n)) }],
    [{ days: 7, func: 'support', rules: [] }],
  ],
  rulesModal: (h) => [
    [{ rules: [1, 2, 3].map((n) => ({ id: `X-${n}`, name: h || 'x', mode: 'on', what: h })) }],
  ],
  incidentCard: (h) =>
    [0, 1, 49].map((n) => [
      {
        ...{
          id: 1,
          title: h,
          state: n === 1 ? 'ended' : 'open',
          since: 'Tue 14:05',
          by: h,
          contacts: n,
          held: n,
        },
        hit: Array.from({ length: Math.min(n, 12) }, (_, i) => ({ account: h, times: i })),
        hitTotal: n,
        words: n === 0 ? [] : [h],
        ended: n === 1 ? { at: 'Tue 15:40', by: h } : null,
      },
    ]),
  incidentOffer: (h) =>
    [null, h].map((outcome) => [
      {
        id: 1,
        accounts: Array.from({ length: 12 }, () => h),
        total: 14,
        title: outcome === null ? h : null,
        outcome,
      },
    ]),
  openIncidentModal: (h) => [
    [h, { id: 1, channel: null }],
    ['', { id: 1, channel: 'C1' }],
  ],
  endIncidentModal: (h) =>
    [0, 1, 7].map((accounts) => [
      { title: h, accounts },
      { id: 1, channel: null },
    ]),
  incidentAccountsModal: (h) =>
    [1, 101].map((n) => [
      { account: null, accounts: Array.from({ length: n }, (_, i) => ({ id: i + 1, name: h || 'x' })) },
      { id: 1, channel: null },
    ]),
  incidentSaid: (h) => [
    ...[true, false].map((hasTeam) => [{ did: 'opened', title: h, accounts: 1, hasTeam }]),
    ...[0, 2].map((accounts) => [{ did: 'ended', title: h, accounts }]),
    ...['added', 'removed'].flatMap((did) => [true, false].map((changed) => [{ did, account: h, changed }])),
    ...['standing', 'none', 'over', 'declined'].map((did) => [{ did, title: h }]),
  ],
  incidentProblem: (h) => [[h]],
  tuneModal: (h) => [
    [
      {
        ...{ id: 'S01', name: h, mode: 'on', when: h, unit: h, nextStep: h },
        numbers: [1, 2].map((n) => ({ name: `fireOf${n}`, value: n, comes: 1 })),
      },
      { id: 'S01', home: true },
    ],
  ],
  ruleTuned: (h) => [true, false].map((changed) => [{ id: 'S01', name: h, changed }]),
  rulesSaved: (h) => [[{ changed: [h, h] }], [{ changed: [] }]],
  noRules: () => [[]],
};
