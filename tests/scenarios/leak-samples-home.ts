import { md } from '../../src/slack/blocks/index.js';
import type { Sample } from './leak-samples.js';

/** What the renderers of Home are shown with in the leak walk. */

const part = <T>(n: number, make: (i: number) => T) => ({
  items: Array.from({ length: n }, (_, i) => make(i + 1)),
  total: n,
});

const followup = (h: string) => (id: number) => ({
  id,
  account: h,
  news: id % 2 === 0 ? null : h,
  about: id % 2 === 0 ? h : null,
  dueText: h,
  isOverdue: id % 3 === 0,
});
const alert = (h: string) => (id: number) => ({
  id,
  account: h,
  severity: 'high',
  why: id % 2 === 0 ? null : h,
  isMine: id % 2 === 0,
  sleeps: id % 2 === 0 ? h : null,
});
const issue = (h: string) => (number: number) => ({
  number,
  name: `B-${number}`,
  account: h,
  title: h,
  line: h,
  state: 'open',
});
const account = (h: string) => (id: number) => ({ id, name: h, needs: id % 2 === 0 ? [] : [h, h, h, h] });

const match = (h: string) => (id: number) => ({
  id,
  name: h,
  email: id % 2 === 0 ? h : null,
  channel: h,
  accounts: [h, h],
  kind: 'conflict',
  times: id,
});

const main = (h: string, n: number) => ({
  note: [],
  acting: 'support',
  followups: part(n, followup(h)),
  alerts: part(n, alert(h)),
  issues: part(n, issue(h)),
  asked: part(n, issue(h)),
  accounts: part(n, account(h)),
  accountsTitle: h,
  quiet: n === 0 ? null : h,
  rules: n === 0 ? null : { on: n, observe: n, off: n },
  admin: {
    stepsLeft: n,
    coverage: { covered: n, uncovered: n, impossible: n },
    history: n === 0 ? null : { done: n, total: 2 * n },
    troubles: Array.from({ length: Math.min(n, 5) }, () => h),
    troublesTotal: n,
    unmatched: part(Math.min(n, 5), match(h)).items,
    unmatchedTotal: n,
  },
  absence: { isAway: n > 0, backOn: n > 1 ? h : null, cover: n > 1 ? h : null, instead: n > 2 ? h : null },
});

const impossible = (h: string) => (i: number) => ({
  channel: `X ${i}`,
  name: h,
  account: i % 2 === 0 ? h : null,
  why: ['not invited', 'not visible', 'archived'][i % 3],
  inviter: null,
});
const coverage = (h: string, n: number) => ({
  note: [],
  coverage: {
    covered: part(n, (i) => ({ channel: `X ${i}`, name: h, accountId: 1, account: h, owners: [] })).items,
    uncovered: part(n, (i) => ({ channel: `X ${i}`, name: h, why: 'no account' })).items,
    impossible: part(n, impossible(h)).items,
  },
  asks: [{ inviter: null, channels: part(n, impossible(h)).items, isAsked: false }],
  lookedText: h,
  from: 0,
});

const COUNTS = [0, 1, 2, 20];

export const HOME_SAMPLES: Readonly<Record<string, Sample>> = {
  followupBlocks: (h) => [1, 2, 3].map((n) => [followup(h)(n)]),
  alertBlocks: (h) => [1, 2].map((n) => [alert(h)(n)]),
  issueBlocks: (h) => [[issue(h)(1)]],
  accountBlocks: (h) => [1, 2].map((n) => [account(h)(n)]),
  listPart: (h) => [[{ name: 'accounts', title: h, part: part(0, account(h)), none: h }, () => undefined]],
  listPage: (h) => [
    [{ name: 'accounts', title: h, part: part(0, account(h)), from: 0, size: 20 }, () => undefined],
  ],
  mainPage: (h) => [
    ...COUNTS.map((n) => [main(h, n)]),
    [
      {
        ...main(h, 1),
        acting: null,
        followups: null,
        alerts: null,
        issues: null,
        admin: null,
        absence: null,
      },
    ],
  ],
  listOf: (h) =>
    COUNTS.map((n) => [[], { name: 'accounts', title: h, from: 0, size: 20, part: part(n, account(h)) }]),
  absencePart: (h) => [
    [{ isAway: false, backOn: null, cover: null, instead: null }],
    [{ isAway: true, backOn: null, cover: null, instead: null }],
    [{ isAway: true, backOn: h, cover: h, instead: h }],
    [{ isAway: true, backOn: h, cover: null, instead: h }],
  ],
  awayModal: () => [['2026-11-04']],
  unmatchedPart: (h) => [0, 1, 5, 500].map((n) => [part(Math.min(n, 5), match(h)).items, n]),
  decideModal: (h) =>
    [0, 1, 98, 99, 100, 500].map((n) => [
      { id: 1, match: match(h)(1), accounts: part(n, account(h)).items, guess: n === 1 ? 1 : null },
    ]),
  backToMain: (h) => [[h]],
  setupPage: (h) => [
    [[], []],
    [
      [],
      ['done', 'todo', 'wrong', 'done'].map((state, i) => ({
        name: `s${i}`,
        title: h,
        state,
        line: h,
        button: i === 3 ? null : h,
      })),
    ],
  ],
  channelModal: () => [
    ['team', null],
    ['triage', 'C1'],
  ],
  peopleModal: () => [[{ support: ['U2'], success: [], supportLeads: [], successLeads: [], viewers: [] }]],
  groupsModal: (h) => [[[{ key: 'a', name: h, about: h, people: [] }]]],
  hoursModal: (h) => [[{ zone: h, days: ['1'], from: '09:00', to: '17:00', holidays: [h] }]],
  accountsModal: (h) =>
    [1, 49, 50, 500].map((n) => [
      part(n, (i) => ({ channel: `C${i}`, name: h, account: h, exists: i % 2 === 0, isMember: i % 3 === 0 }))
        .items,
    ]),
  liveModal: (h) => [['press', { press: h, release: h }]],
  setupSaid: (h) => [[h]],
  coveragePage: (h) => [0, 1, 49, 50, 500].map((n) => [coverage(h, n)]),
  linkModal: (h) =>
    [0, 1, 101].map((n) => [{ channel: 'C1', name: h, accounts: part(n, account(h)).items, proposed: h }]),
  pleaseInvite: (h) =>
    [1, 31].map((n) => [{ by: h, channels: part(n, (i) => ({ channel: `X ${i}`, name: h })).items }]),
  newShared: (h) => [[[h]], [part(20, () => h).items]],
  rulesPart: () => [[null], [{ on: 1, observe: 0, off: 2 }]],
  rulesPage: (h) =>
    [0, 20].map((n) => [
      {
        note: [],
        observingUntil: n === 0 ? null : 'Tue 09:00',
        rules: Array.from({ length: n }, (_, i) => ({
          id: `S${i}`,
          name: h,
          when: h,
          nextStep: h,
          mode: (['on', 'observe', 'off'] as const)[i % 3],
          tuned: i % 2 === 0 ? [] : [{ name: 'fire', value: 3, comes: 4 }],
          changed: i % 3 === 0 ? null : { who: h, day: 'Tue', why: i % 2 === 0 ? h : null },
        })),
      },
    ]),
  noRolePage: (h) => [[[]], [[md`${h}`]]],
  outsiderPage: () => [[]],
};
