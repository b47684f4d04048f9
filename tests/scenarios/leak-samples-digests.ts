import type { Sample } from './leak-samples.js';

const line = (text: string) => ({ text, url: null, accountId: 1 });
const linked = (text: string) => ({ ...line(text), url: 'https://ours.slack.com/archives/C1/p1' });
const owed = (text: string) => ({ ...line(text), followupId: 7, tellId: 7 });

/** A morning without anything. */
const NOTHING = { since: null, waiting: [], news: [], warm: [], quiet: [], told: [], held: 0 };

const full = (h: string) => ({
  since: h,
  waiting: Array.from({ length: 12 }, () => linked(h)),
  news: [line(h), owed(h)],
  warm: [line(h)],
  quiet: [line(h)],
  told: [line(h)],
  held: 3,
});

const section = (h: string) => ({
  account: h,
  todo: [1, 2, 3, 4].map((followupId) => ({ followupId, text: h })),
  contacts: 4,
  usual: 1,
  closed: 2,
  open: 2,
  oldest: h,
  told: 1,
  renews: '14 Feb',
});

/** What a week's first message tells of `n` accounts that changed. */
const week = (h: string, n: number) => ({
  period: '9-15 Nov',
  sections: Array.from({ length: n }, () => section(h)),
  quiet: n,
});

/** Samples of what people read at nine. The last of a message is the longest: the sizes of cards are tried with it. */
export const DIGEST_SAMPLES: Readonly<Record<string, Sample>> = {
  'digests/messages/morning#morningMessage': (h) => [
    [full(h), null],
    [{ ...NOTHING, held: 1, warm: [line(h)] }, null],
    [{ ...NOTHING, told: [line(h)] }, null],
    [NOTHING, week(h, 1)],
    [{ ...NOTHING, held: 1, told: [line(h)] }, week(h, 1)],
    [{ ...full(h), since: null, waiting: Array.from({ length: 12 }, () => owed(h)) }, week(h, 30)],
  ],
  weeklyDigest: (h) => [1, 10, 30].map((n) => [week(h, n)]),
  weekBelow: (h) => [1, 30].map((n) => [week(h, n), []]),
};
