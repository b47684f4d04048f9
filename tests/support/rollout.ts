import { PaperSlack } from './paper-slack.js';
import type { TestClock } from './time.js';

/** A company with one fix that many accounts wait for: who tells them, and who cannot. */

const TELLERS = 12;
const CSMS = ['carla', 'cem', 'chloe'];

const names = (word: string, count: number) => Array.from({ length: count }, (_, i) => `${word}${i + 1}`);
export const tellers = names('tell', TELLERS);
export const accountNames = (count: number) => names('acc', count);
const people = [...tellers, ...CSMS, 'lea', 'eli'];

/** Accounts by turns, but the first teller has eight of the others' besides: more than a day or a week has room for. */
const tellerOf = (i: number) => (i % 5 === 4 ? 'tell1' : (tellers[i % TELLERS] ?? ''));

export function rolloutSlack(clock: TestClock, accounts: readonly string[]): PaperSlack {
  let last = 0;
  const slack = new PaperSlack(() => {
    last = Math.max(last + 1, Math.floor(clock.business.now() * 1000));
    return `${Math.floor(last / 1e6)}.${String(last % 1e6).padStart(6, '0')}`;
  });
  for (const name of people) slack.addUser(name, { isAdmin: name === 'lea' });
  for (const account of accounts) slack.addChannel(`${account}-internal`, people);
  slack.addChannel('support-success', people);
  slack.addChannel('triage', people);
  return slack;
}

/** Germans are off on Friday the 6th, Spaniards on Monday the 9th of November. */
export function rolloutCompany(accounts: readonly string[]): string {
  const germans = "{ zone: Europe/Berlin, holidays: ['2026-11-06'] }";
  const spaniards = "{ zone: Europe/Madrid, holidays: ['2026-11-09'] }";
  return [
    'zone: Europe/Berlin',
    `hours: { days: { mon: &d [{ from: '09:00', to: '17:00' }], tue: *d, wed: *d, thu: *d, fri: *d } }`,
    'team_channel: support-success',
    'triage_channel: triage',
    'people:',
    ...tellers.map((one, i) => {
      const backup = one === 'tell3' ? ', backup: tell5' : one === 'tell4' ? ', backup: tell6' : '';
      return `  - { handle: ${one}, slack: ${one}, name: Teller ${i + 1}, role: support, hours: ${i % 2 === 0 ? germans : spaniards}${backup} }`;
    }),
    ...CSMS.map((one) => `  - { handle: ${one}, slack: ${one}, role: success, hours: ${germans} }`),
    '  - { handle: lea, slack: lea, name: Lea Novak, role: lead, functions: [support, success] }',
    '  - { handle: eli, slack: eli, name: Eli Stone, role: viewer }',
    'accounts:',
    ...accounts.map(
      (one, i) =>
        `  - { slug: ${one}, name: Account ${i + 1}, csm: ${CSMS[i % CSMS.length]}, support: ${tellerOf(i)}, channels: { internal: [${one}-internal] } }`,
    ),
    '',
  ].join('\n');
}
