import type { Dice } from './random.js';

/** What customers and agents write: enough words to be a matter, about enough things to differ. */

const THINGS = [
  ...[
    'the export',
    'the login',
    'the dashboard',
    'the invoice list',
    'the import',
    'the search',
    'the mobile app',
  ],
  ...['the API', 'the calendar sync', 'the monthly report', 'the user roles', 'the webhook', 'the filters'],
];
const QUESTIONS = [
  'How do we set up {} for the new team?',
  'Is there a way to change {} without losing our data?',
  'Can you check {} for us, it looks different since this week?',
  'Where do we find the settings of {}?',
];
const REPORTS = [
  'Since this morning {} shows wrong numbers for us',
  '{} does not load for two of our colleagues',
  'We get an error when we open {} in the browser',
  'There is something odd with {}, half of our rows are missing',
];
const CHASES = [
  'Did anybody see my message about {}?',
  'We still wait for an answer about {}, can somebody look?',
];
const NEWS = ['Any news on {}?', 'When can we expect {} to work again?'];

export interface Matter {
  about: string;
  text: string;
}

export function matter(dice: Dice, isQuestion: boolean): Matter {
  const about = dice.pick(THINGS);
  return { about, text: dice.pick(isQuestion ? QUESTIONS : REPORTS).replace('{}', about) };
}

export const chase = (dice: Dice, about: string): string => dice.pick(CHASES).replace('{}', about);
export const news = (dice: Dice, about: string): string => dice.pick(NEWS).replace('{}', about);
export const stillBroken = (about: string): string =>
  `It is still broken for us, ${about} fails again in the same way`;
export const askOn = (about: string): string => `And does that also hold for ${about} of our other team?`;
export const answer = (about: string): string => `I look into ${about} and come back to you here.`;
export const solved = (about: string): string => `It works again: ${about} is as it should be now.`;
