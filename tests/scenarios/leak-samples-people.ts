import type { Sample } from './leak-samples.js';

/** Samples of what people are told of themselves and of their accounts. */
export const PEOPLE_SAMPLES: Readonly<Record<string, Sample>> = {
  'people/messages/away#awayProblem': (h) => [
    [h, h],
    [h, ''],
  ],
  'people/messages/away#awayNoted': (h) => [
    [{ back: h, cover: h, instead: null }],
    [{ back: h, cover: null, instead: h }],
    [{ back: h, cover: null, instead: null }],
  ],
  pauseProblem: (h) => [
    [h, h],
    [h, ''],
  ],
  pausedAlready: (h) => [[{ by: h, until: 'Tue 16:00' }]],
  pauseBegun: (h) => [true, false].map((moved) => [{ by: h, until: 'Tue 16:00', moved }]),
  pauseOver: (h) => [[{ by: h, held: h, dropped: h }], [{ by: null, held: null, dropped: null }]],
  notPaused: () => [[]],
  'people/messages/away#youCover': (h) => [[{ who: h, back: h }]],
  'issues/messages/service-levels#levelInWords': (h) => [['first_reply', h, false]],
  'issues/messages/service-levels#lateAnswers': (h) =>
    [0, 1, 6, 50].flatMap((n) =>
      [true, false].map((isOld) => [
        {
          open: Array.from({ length: n }, (_, i) => ({
            name: `B-${i}`,
            account: h,
            title: h,
            promise: h,
            owner: i % 2 === 0 ? null : h,
            url: i === 0 ? null : 'https://ours.slack.com/archives/C1/p1',
          })),
          done: Array.from({ length: n + 1 }, (_, i) => ({ name: `B-${i}`, account: h })),
          isOld,
        },
      ]),
    ),
  'accounts/messages/account#accountIsYours': (h) => [
    [{ account: h, from: h, owed: 2 }],
    [{ account: h, from: null, owed: 0 }],
  ],
  'accounts/messages/account#accountWentTo': (h) => [[{ account: h, to: h, owed: 1 }]],
  'accounts/messages/account#accountProblem': (h) => [
    [h, h],
    [h, ''],
  ],
  'accounts/messages/account#noSuchAccount': (h) => [
    [h, h],
    [h, null],
    ['', null],
    [h, h, h],
  ],
  'accounts/messages/account#accountIsAway': (h) => [[{ name: h, slug: h }]],
  'accounts/messages/unmatched#unmatchedList': (h) => [
    [[]],
    [
      Array.from({ length: 30 }, (_, id) => ({
        id,
        name: h,
        email: h,
        channel: h,
        accounts: [h, h],
        kind: 'conflict',
        times: 3,
      })),
    ],
  ],
  'accounts/messages/unmatched#matchLine': (h) => [
    [{ id: 1, name: h, email: h, channel: h, accounts: [h], kind: 'unmatched', times: 1 }],
  ],
  'accounts/messages/account#accountSaid': (h) => [[h]],
  'accounts/messages/account#accountList': (h) => [
    [{ areMine: false, rows: [] }],
    [{ areMine: true, rows: Array.from({ length: 40 }, () => ({ name: h, slug: h, role: h, renews: h })) }],
    [{ areMine: false, rows: [{ name: h, slug: h, role: null, renews: null }] }],
  ],
  'people/messages/away#welcomeBack': () => [[true], [false]],
};
