import { seededRandom } from '../support/fake-slack/prng.js';

/** What people are going to do about one customer's message, and so what must be seen at the end. */
export interface Story {
  /** Stands in the customer's words and so in everything that is shown of them. */
  token: string;
  account: string;
  channel: string;
  customer: string;
  /** A second person logs the same message. */
  hasSecondLogger: boolean;
  /** The customer goes on writing in the thread. */
  replies: number;
  isEscalated: boolean;
  isTaken: boolean;
  isMadeLive: boolean;
  isTold: boolean;
}

/** So few that nobody's day is too full for the word that they owe: their budget of badges is three. */
const STORIES_PER_ACCOUNT = 2;

/** The accounts of some stories, each once. */
export function accountsOf(stories: readonly Story[]): string[] {
  return [...new Set(stories.map((story) => story.account))];
}

/** An account's own people, of support and of success. */
export const peopleOf = (account: string) => ({ agent: `${account}-agent`, csm: `${account}-csm` });

/** Each story has a customer channel of its own, so that no two of them can be one contact. */
export function planStories(seed: number, count: number): Story[] {
  const chance = seededRandom(seed);
  return Array.from({ length: count }, (_, n) => {
    const account = `acme-${Math.floor(n / STORIES_PER_ACCOUNT)}`;
    const isMadeLive = chance() < 0.7;
    return {
      token: `order-${seed}-${n}x`,
      account,
      channel: `${account}-room-${n}`,
      customer: `${account}-customer`,
      hasSecondLogger: chance() < 0.4,
      replies: Math.floor(chance() * 3),
      isEscalated: chance() < 0.3,
      isTaken: chance() < 0.3,
      isMadeLive,
      isTold: isMadeLive && chance() < 0.6,
    };
  });
}
