/**
 * What the simulated year is made of, and why. Written before the engine was first run over it; no figure here may be
 * changed because of what the engine makes of it. Where no source is named it is what a support team of this size
 * would recognise as its own; `domain.md` is the reference of the project's sources.
 */

/** The company of issue 7: 600 accounts for 9 success managers are 67 each, a usual "tech touch to mid touch" book. */
export const COMPANY = { accounts: 600, withChannel: 180, csms: 9, agents: 14 } as const;

/** Monday. "Usually" needs four weeks of history, so five pass before anything of a year is counted. */
export const BEGINS = '2025-12-01';
export const WARM_UP_DAYS = 35;
export const ZONE = 'Europe/Berlin';

/** Public holidays of Berlin and the two days that most companies give; customers are on holiday as well. */
export const HOLIDAYS: readonly string[] = [
  ...['2025-12-24', '2025-12-25', '2025-12-26', '2025-12-31', '2026-01-01', '2026-04-03', '2026-04-06'],
  ...['2026-05-01', '2026-05-14', '2026-05-25', '2026-12-24', '2026-12-25', '2026-12-31', '2027-01-01'],
];
/** Some customers work where today is no holiday. */
export const ON_HOLIDAYS = 0.1;

/** Tiers as most books have them; the renewals of a year lie evenly over it. */
export const TIERS = { A: 0.15, B: 0.35, C: 0.5 } as const;
/** A quarter speaks with its customer by a plan (tier A monthly, some of B each quarter). */
export const TOUCH_DAYS = { A: 30, B: 90 } as const;
export const B_WITH_PLAN = 0.3;

/** Who reaches out how, among the accounts with a channel. */
export const KINDS = {
  /**
   * Turns sour once in the year. Yearly loss of accounts is 10 to 15 % in B2B software; about as many again were on
   * their way out and were won back, so a quarter has such a time.
   */
  souring: 0.24,
  /** Asks about everything, as it would ask a colleague. */
  chatty: 0.12,
  /** Works by the calendar: closes the month, the quarter. */
  seasonal: 0.12,
} as const;

/**
 * Contacts a week. Fourteen agents who answer six to eight matters a day have about 450 a week; somewhat more than
 * half come from the accounts with a channel. People differ: gamma over accounts (Poisson within one gives the
 * negative binomial that counts of tickets follow). A shape of 1.2 has a tenth of the accounts at three times the mean,
 * and a tenth nearly silent.
 */
export const WEEKLY = {
  ordinary: { mean: 1.1, shape: 1.2 },
  seasonal: { mean: 1.1, shape: 1.2 },
  chatty: { mean: 4, shape: 4 },
  /** Accounts without a channel: what somebody logs by hand, from a call or an e-mail. */
  byHand: { mean: 0.25, shape: 1.2 },
} as const;

/** The last three and first two days of a month: two and a half times as much. */
export const MONTH_END = { lastDays: 3, firstDays: 2, times: 2.5 } as const;

/**
 * Who sours among those who write in at least once a week: whose channel is silent sours in silence, and no count of
 * contacts could tell (usage would; it is not connected).
 */
export const SOURS_FROM_WEEKLY = 1;
/** Half of them call for somebody who decides, on a known day ("planted"); the others calm down. */
export const ESCALATES = 0.55;
export const SOURING = {
  /** How it shows. Most often by asking more. */
  how: { rate: 0.5, slow: 0.25, reopens: 0.25 },
  /** Two- to threefold, reached step by step within three weeks. */
  times: { from: 2, to: 3 },
  rampWorkingDays: 15,
  /** The call comes after the three weeks, within five working days. */
  escalatesWithin: 5,
  /** Trouble is over so long after the call, or after three weeks when none comes. */
  lastsDays: 14,
  /** Where our answers get slow: the second week of it is the worst. */
  slowAnswerHours: 7,
  slowForgotten: 0.2,
  /** Where what we solve comes back. */
  comesBack: 0.6,
} as const;

/** How our support works. All times are working time. */
export const SUPPORT = {
  /** First replies in shared channels: a median of some twenty minutes, one in six after more than an hour. */
  answerMinutes: { median: 22, sigma: 1.1 },
  /** One in sixty is overlooked, for one to three working days. */
  forgotten: 1 / 60,
  forgottenDays: { from: 1, to: 3 },
  /** Two of three answer in the thread, others below it in the channel. */
  inThread: 0.67,
  /** Asked "did anybody see my message?", most look for it and answer it too. */
  looksUp: 0.8,
  /** What is more than a question at hand is logged: about half; of the chatty, a fifth. */
  logs: { ordinary: 0.5, chatty: 0.2 },
  /** Working hours to a solution: a median of one day, one in ten takes a week and more. */
  solveHours: { median: 8, sigma: 1.3 },
  /** Share of what was solved that comes back: 3.1 % in a survey (domain.md, MHQ-REOPEN). */
  comesBack: 0.031,
  /** Marked urgent by an agent. */
  urgent: 0.012,
  /** More skill is asked for (domain.md calls 20 % the line of too many), more authority hardly ever. */
  skill: 0.1,
  authority: 0.005,
  /** A date is promised, and one in nine is missed. */
  promises: 0.06,
  breaks: 0.11,
  /** Waits for engineering and is shipped some weeks later. */
  needsFix: 0.07,
  fixDays: { from: 5, to: 40 },
} as const;

/** How customers write. */
export const CUSTOMER = {
  /** Working hours without an answer until half of them write again, and of a solution until a third ask for news. */
  chasesAfterHours: 5,
  chases: 0.5,
  asksForNewsAfterHours: 14,
  asksForNews: 0.33,
  /** After an answer: thanks, or one more question in the thread. */
  saysThanks: 0.4,
  asksOn: 0.3,
  isQuestion: 0.55,
} as const;

/** Two outages: a morning in spring, an afternoon in autumn; two of five accounts with a channel write about it. */
export const OUTAGES = { days: ['2026-03-18', '2026-10-07'], at: ['09:40', '14:10'], hours: 3, writes: 0.4 };

/** How our people take what Baton shows them. All times are working time. */
export const PEOPLE = {
  /** A direct message or a mention is looked at within the hour, half of the time. */
  looksMinutes: { median: 40, sigma: 1 },
  /** A card that calls nobody is seen when somebody scrolls through the channel. */
  scrollsHours: { median: 4, sigma: 0.8 },
  /** They know their customer: trouble is claimed, what is none is put away; the rest is left to itself. */
  claims: 0.85,
  dismisses: 0.6,
  /** What they took up is done the same or the next day; one in seven needs a reminder. */
  tellsHours: { median: 6, sigma: 0.9 },
  forgets: 0.14,
  /** Five weeks of holiday a year, one at a time. */
  holidayWeeks: 5,
} as const;
