import type { Sample } from './leak-samples.js';

const URL = 'https://ours.slack.com/archives/C1/p1';

const followup = (h: string) => ({
  id: 1,
  account: h,
  kind: 'tell_fix' as const,
  title: h,
  dueText: 'Thu 17:00',
  owner: null,
  liveText: h,
  declinedText: null,
  waitedText: '6 days',
  waiting: [h, h, h, h, h, h, h],
  promised: [1, 2, 3].map(() => ({ by: h, day: 'Fri', what: h })),
  reasons: [h, h, h],
  goal: h,
  notes: [h, h, h],
  offer: null,
  isCritical: false,
  issue: { name: 'B-1', url: URL },
  told: null,
  notNeeded: null,
});
const bare = (h: string) => ({
  ...followup(h),
  kind: 'restore' as const,
  title: null,
  liveText: null,
  waitedText: null,
  waiting: [],
  promised: [],
  reasons: [],
  goal: null,
  notes: [],
  issue: null,
});
const told = (h: string) => ({ by: h, at: 'Thu', proofUrl: null, how: null, outcome: null });
const proven = (h: string) => ({
  ...told(h),
  proofUrl: URL,
  how: 'call' as const,
  outcome: 'still_broken' as const,
});
const followupViews = (h: string) => [
  followup(h),
  bare(h),
  { ...followup(h), kind: 'tell_declined' as const, declinedText: h, owner: h },
  { ...followup(h), offer: { author: h, words: h, url: URL } },
  { ...followup(h), told: told(h) },
  { ...bare(h), told: proven(h) },
  { ...followup(h), notNeeded: { by: h, at: 'Thu', reason: h } },
  { ...bare(h), notNeeded: { by: null, at: 'Thu', reason: h } },
];
const memory = { id: 1, channel: 'C1' };
const about = (h: string) => ({ account: h, title: h, memory });
const people = (h: string, n: number) =>
  Array.from({ length: n }, (_, i) => ({ id: i + 1, name: h || `a${i}` }));

const standupLine = (h: string) => ({ account: h, what: h, who: h, when: h });

/** What the renderers of follow-ups and of the stand-up are shown with. */
export const FOLLOWUP_SAMPLES: Readonly<Record<string, Sample>> = {
  followupCard: (h) => followupViews(h).map((view) => [view]),
  toldCard: (h) => [
    [followup(h), told(h)],
    [bare(h), proven(h)],
  ],
  readHow: (h) => [[h]],
  readOutcome: (h) => [[h]],
  nudgeCard: (h) =>
    followupViews(h).flatMap((view) => [
      [{ ...view, backup: { id: 3, name: h }, next: h }],
      [{ ...view, backup: null, next: null }],
    ]),
  nudgeRound: (h) =>
    [2, 40].map((n) => [
      {
        items: Array.from({ length: n }, (_, i) => ({
          ...followup(h),
          id: i + 1,
          settled: i % 2 === 0 ? null : h,
        })),
      },
    ]),
  passedOn: (h) => (['passed', 'taken', 'csm'] as const).map((why) => [{ account: h, to: h, why }]),
  offerCard: (h) => [[{ ...followup(h), from: h, settled: null }], [{ ...bare(h), from: h, settled: h }]],
  snoozeModal: (h) => [
    [{ ...about(h), isCritical: false, left: 2 }],
    [{ ...about(h), title: null, isCritical: true, left: 1 }],
  ],
  giveFollowupModal: (h) => [0, 3, 101].map((n) => [{ ...about(h), people: people(h, n) }]),
  notNeededModal: (h) => [[about(h)]],
  draftModal: (h) => [[{ account: h, text: h }]],
  openModal: (h) => [
    [
      {
        account: { account: null, accounts: people(h, 3) },
        issue: { name: 'B-1', title: h },
        people: people(h, 101),
        owner: 1,
        why: h,
        memory: { channel: 'C1', accountId: null, number: 1 },
      },
    ],
  ],
  templatesModal: (h) => [[{ live: h, declined: h }]],
  thanks: (h) => [[{ account: h, title: h, watchedUntil: '24 Nov' }]],
  alreadyTold: (h) => [[{ account: h, by: h, at: 'Thu' }]],
  gone: () => [[]],
  followupRefused: (h) => [[h], [h, h]],
  notYours: (h) => [[{ owner: h, what: h }]],
  snoozed: (h) => [[{ account: h, until: h, due: h }]],
  offered: (h) => [[{ account: h, to: h }]],
  accepted: (h) => [[{ account: h, due: h }]],
  declined: (h) => [[{ account: h, owner: h }]],
  'followups/messages/answers#ended': (h) => [[{ account: h }]],
  outcomeNoted: (h) =>
    (['happy', 'wants_more', 'still_broken'] as const).map((outcome) => [{ account: h, outcome }]),
  'followups/messages/answers#opened': (h) => [
    [{ account: h, due: h, existed: false, asked: h, owner: null }],
    [{ account: h, due: h, existed: true, asked: null, owner: h }],
  ],
  openUsage: (h) => [[h, h]],
  templatesSaved: () => [[true], [false]],
  tellersReminded: (h) => [
    [[]],
    [
      (['reminded', 'today already', 'not shown', 'asleep'] as const).map((what) => ({
        ...{ who: h, what },
        accounts: Array.from({ length: 8 }, () => h),
      })),
    ],
  ],
  onCall: () => [['usage'], [{ isOn: true, changed: true }], [{ isOn: false, changed: false }]],
  standupMessage: (h) =>
    [0, 1, 60].map((n) => [
      {
        day: 'Tue',
        sections: [
          { title: 'Support', lines: Array.from({ length: n }, () => standupLine(h)) },
          { title: 'Success', lines: [] },
        ],
        posted: n === 0 ? 'every working day at 09:15' : null,
      },
    ]),
  standupPosted: (h) => [[{ when: h, first: h }], ['off'], ['was off']],
  standupUsage: (h) => [[h]],
  standupNeedsChannel: () => [[]],
};
