import type { Sample } from './leak-samples.js';

const issue = (h: string, more: Record<string, unknown> = {}) => ({
  id: 1,
  number: 42,
  accountId: 1,
  title: Array.from(h).slice(0, 150).join(''),
  detail: h,
  priority: 'high',
  category: 'bug',
  state: 'open',
  ownerId: 1,
  createdAt: 0,
  createdBy: 'USAM',
  resolvedAt: null,
  loopClosedAt: null,
  reopened: 2,
  mergedIntoId: null,
  ...more,
});
const long = (h: string) => ({ ...issue(h), title: h });
const answer = (h: string) => ({ text: `x${'y'.repeat(Math.min(h.length, 2_990))}`, blocks: [] });

const KINDS = [
  'issue.opened issue.source_added issue.taken issue.given issue.waiting issue.resumed issue.resolved',
  'issue.reopened issue.closed issue.folded issue.absorbed issue.changed loop.closed escalation.opened',
  'escalation.answered escalation.climbed escalation.taken_back fix.linked fix.carried fix.live followup.opened',
  'followup.told followup.nudged something.new',
]
  .join(' ')
  .split(' ');

const history = (h: string) =>
  [
    { before: h, after: h, func: 'support', ofIssue: 'B-7' },
    { before: null, after: null, func: null, ofIssue: null },
  ].map((more) => ({
    name: 'B-42',
    title: h,
    number: 42,
    page: 1,
    hasOlder: true,
    lines: KINDS.slice(0, 15).map((kind) => ({
      kind,
      when: 'Tue 14:05',
      who: h,
      from: h,
      data: { group: h, field: h },
      ...more,
    })),
  }));

const STATES = ['new', 'open', 'waiting', 'resolved', 'closed', 'merged'] as const;

/** Samples of the issue's life, its forms, its history and its lists. */
export const ISSUE_LIFE_SAMPLES: Readonly<Record<string, Sample>> = {
  'issues/messages/card#issueCard': (h) =>
    STATES.map((state) => [
      {
        name: 'B-42',
        number: 42,
        account: h,
        title: h,
        priority: 'high',
        category: 'bug',
        state,
        line: h,
        isOwned: false,
        words: { author: h, text: h, url: 'https://ours.slack.com/archives/C1/p1' },
        asked: 3,
        csm: h,
        fix: state === 'open' ? null : { name: h, url: state === 'new' ? null : h, state: 'live' },
        holds: ['B-1', 'B-2', 'B-3', 'B-4', 'B-5', 'B-6'],
        promised: [1, 2, 3].map(() => ({ by: h, day: 'Fri', what: h })),
        escalations: [
          { group: h, answeredBy: h, isOfGroup: true },
          { group: h, answeredBy: null, isOfGroup: false },
        ],
        channelName: h,
        openUrl: 'https://ours.slack.com/archives/C1/p1',
      },
    ]),
  'issues/messages/list#issueList': (h) =>
    [0, 1, 20].map((n) => [
      {
        heading: h,
        note: n === 1 ? null : h,
        items: Array.from({ length: n }, () => ({ name: 'B-1', account: h, title: h, line: h })),
        total: n + 3,
        first: 1,
        more: { which: Array.from(h).slice(0, 200).join(''), page: 1 },
      },
    ]),
  'issues/messages/history#historyMessage': (h) => history(h).map((view) => [view]),
  'issues/messages/history#historyModal': (h) => history(h).map((view) => [view]),
  'issues/messages/life#moved': (h) =>
    ['take', 'wait', 'resolve', 'reopen', 'close'].map((done) => [done, long(h), h]),
  'issues/messages/life#refused': (h) => [[h, h], [h]],
  rated: (h) => [true, false].map((isBad) => [long(h), { account: h, value: 1, isBad }]),
  rateUsage: (h) => [
    ['B-42', h],
    ['B-42', ''],
  ],
  'issues/messages/life#hasIt': (h) => [
    [long(h), { name: h, isYou: false }],
    [long(h), { name: h, isYou: true }],
  ],
  'issues/messages/again#issueAgain': (h) =>
    [true, false].map((needsSomebody) => [
      {
        name: 'B-42',
        account: h,
        title: h,
        line: h,
        needsSomebody,
        words: needsSomebody ? { author: h, text: h, url: 'https://ours.slack.com/archives/C1/p1' } : null,
      },
    ]),
  'issues/messages/life#given': (h) => [[long(h), h]],
  'issues/messages/life#movedOn': (h) => [[long(h), h]],
  'issues/messages/life#withFoldedNote': (h) => [[answer(h), { number: 7 }, 42]],
  'issues/messages/life#giveUsage': (h) => [
    ['B-42', h, h],
    ['B-42', '', null],
  ],
  'issues/messages/life#priorityUsage': (h) => [
    ['B-42', h, 'high'],
    ['B-42', h, null],
  ],
  'issues/messages/life#priorityNow': (h) => [
    [long(h), 'high', true],
    [long(h), 'high', false],
  ],
  'issues/messages/life#edited': (h) => [
    [long(h), []],
    [long(h), ['title']],
  ],
  'issues/messages/life#sameUsage': (h) => [[h]],
  'issues/messages/life#foldedNow': (h) => [[{ number: 7 }, long(h)]],
  'issues/messages/life#askResolve': (h) => [[long(h)]],
  'issues/messages/life#yoursNow': (h) =>
    ['given', 'customer wrote', 'reopened'].map((why) => [
      { name: 'B-42', account: h, title: h, by: h, why, url: 'https://ours.slack.com/archives/C1/p1' },
    ]),
  'issues/messages/forms#editModal': (h) => [
    [issue(h), 'C1'],
    [issue(h, { detail: null, category: null }), null],
  ],
  'issues/messages/forms#giveModal': (h) => [
    [issue(h), [{ slackId: 'USAM', name: h }], 'C1'],
    [issue(h), [], null],
  ],
  'issues/messages/forms#sameModal': (h) => [
    [issue(h), Array.from({ length: 101 }, (_, i) => issue(h, { number: i })), 'C1'],
    [issue(h), [], null],
  ],
  'issues/messages/forms#moreModal': (h) => [
    [
      long(h),
      [
        { verb: 'edit', text: 'Edit…' },
        { verb: 'give', text: 'Give to…' },
      ],
      'C1',
    ],
  ],
  'fixes/messages/link#linkModal': (h) => [
    [{ name: 'B-42', title: h, forms: [], memory: { number: 42, channel: null } }],
    [
      {
        name: 'B-42',
        title: h,
        forms: [
          {
            label: h,
            url: `https://github.com/a/b/issues/new?${new URLSearchParams({ title: h.slice(0, 200) })}`,
          },
        ],
        memory: { number: 42, channel: null },
      },
    ],
  ],
  'fixes/messages/link#fixLinked': (h) =>
    [true, false].map((changed) => [
      {
        ask: changed ? { tracker: 'jira', choices: ['version', 'release', 'deployment', 'person'] } : null,
        name: 'B-42',
        fix: { name: h, url: h, state: 'planned' },
        before: changed ? h : null,
        changed,
        others: changed ? [1, 2, 3] : [],
      },
    ]),
  'fixes/messages/link#notATracker': (h) => [['B-42', h]],
};
