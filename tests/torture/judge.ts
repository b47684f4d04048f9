import type { FakeSlack } from '../support/fake-slack/index.js';
import type { Board, Shown } from './board.js';
import { peopleOf, type Story } from './plan.js';

export interface Verdict {
  lost: string[];
  doubled: string[];
}

interface Expected {
  what: string;
  place: string;
  count: number;
  isReply?: boolean;
  /** Which of the messages that name the story are meant. */
  shows?: (one: Shown) => boolean;
}

/** The card of an issue begins with its number, that of a fix with what is fixed. */
const isIssueCard = (one: Shown) => /^B-\d+ /.test(one.text);
const isFixCard = (one: Shown) => !isIssueCard(one);

/** Holds what stands in Slack against the plan; nothing of Baton's own memory is asked. */
export function judge(stories: readonly Story[], slack: FakeSlack, board: Board): Verdict {
  board.look();
  const verdict: Verdict = { lost: [], doubled: [] };
  for (const story of stories) {
    for (const expected of expectedOf(story)) {
      const found = board
        .find(expected.place, story.token)
        .filter((one) => (one.threadTs !== undefined) === (expected.isReply ?? false))
        .filter((one) => expected.shows?.(one) ?? true).length;
      const about = `${story.token}: ${expected.what}, ${found} instead of ${expected.count}`;
      if (found < expected.count) verdict.lost.push(about);
      if (found > expected.count) verdict.doubled.push(about);
    }
    verdict.lost.push(...staleCards(story, board));
  }
  verdict.doubled.push(...doubledNumbers(board), ...doubledWhispers(slack));
  return verdict;
}

function expectedOf(story: Story): Expected[] {
  return [
    { what: 'cards in triage', place: 'triage', count: 1, shows: isIssueCard },
    {
      what: 'cards in the internal channel',
      place: `${story.account}-internal`,
      count: 1,
      shows: isIssueCard,
    },
    { what: 'cards of the fix', place: 'triage', count: story.isMadeLive ? 1 : 0, shows: isFixCard },
    { what: 'calls in the thread', place: 'triage', count: story.isEscalated ? 1 : 0, isReply: true },
    { what: 'direct messages', place: 'dm:', count: story.isMadeLive ? 1 : 0 },
  ];
}

/** A card that does not show the last that happened has lost its last update. */
function staleCards(story: Story, board: Board): string[] {
  const words = story.isTold
    ? 'Told, watching'
    : story.isMadeLive
      ? 'not told'
      : story.isTaken
        ? `${peopleOf(story.account).agent} has it`
        : '';
  const cards = [
    ...board.find('triage', story.token),
    ...board.find(`${story.account}-internal`, story.token),
  ];
  return cards
    .filter((card) => card.threadTs === undefined && isIssueCard(card) && !card.text.includes(words))
    .map((card) => `${story.token}: the card in ${card.place} does not say "${words}"`);
}

/** Two issues never have one number; a card shows its number first. */
function doubledNumbers(board: Board): string[] {
  const numbers = board.shown
    .filter((one) => one.place === 'triage' && one.threadTs === undefined && isIssueCard(one))
    .map((one) => /\bB-\d+\b/.exec(one.text)?.[0] ?? '');
  return repeated(numbers).map((number) => `${number} stands on two cards`);
}

/** What was said to one person alone about a logged message was said once. */
function doubledWhispers(slack: FakeSlack): string[] {
  const said = slack
    .ephemerals()
    .filter((message) => /^(Logged|That message is) /.test(message.text))
    .map((message) => `${message.ephemeralTo}: ${message.text}`);
  return repeated(said).map((what) => `said twice to ${what}`);
}

function repeated(all: readonly string[]): string[] {
  return [...new Set(all.filter((one, at) => one !== '' && all.indexOf(one) !== at))];
}
