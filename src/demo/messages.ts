import { code, join, lines, type Md, type Message, md, message, section } from '../slack/blocks/index.js';

/** What `/timetravel` answers. */

const NEXT = md`${code('/timetravel next')} goes on to whatever Baton says next.`;
const HOW = md`${code('/timetravel 3h')} or ${code('/timetravel 4d')} goes on by that, ${code('/timetravel next')} to whatever Baton says next.`;

/** A bare `/timetravel`. */
export function whatTime(now: string): Message {
  return message({ text: lines([md`For Baton it is ${now}.`, HOW]), blocks: [] });
}

export function badDuration(problem: string): Message {
  return message({ text: lines([md`${problem}`, NEXT]), blocks: [] });
}

export function departing(until: string | null): Message {
  return message({
    text: until === null ? md`On the way to whatever Baton says next …` : md`On the way to ${until} …`,
    blocks: [],
  });
}

export interface Arrival {
  now: string;
  said: readonly { to: Md; line: string }[];
  changed: readonly { to: Md; line: string }[];
  /** True when Baton was to say something, and has not within the days that were looked at. */
  isSilent: boolean;
}

const SHOWN = 12;

/** What time it is now, what was said to whom on the way, and which cards changed where they stand. */
export function arrived(view: Arrival): Message {
  const head = view.isSilent
    ? md`It is *${view.now}*. Baton has nothing to say for a month; write something, or press something.`
    : md`It is *${view.now}*. ${view.said.length === 0 ? 'Baton said nothing on the way.' : 'On the way Baton said:'}`;
  return message({
    text: head,
    blocks: [
      section(lines([head, ...listed(view.said)])),
      view.changed.length > 0 && section(lines([md`Changed where it stands:`, ...listed(view.changed)])),
    ],
  });
}

function listed(items: readonly { to: Md; line: string }[]): Md[] {
  const left = items.length - SHOWN;
  const shown = items.slice(0, SHOWN).map(({ to, line }) => md`• ${join([to, md`${line}`], ': ')}`);
  return left > 0 ? [...shown, md`… and ${left} more`] : shown;
}

export function lostOnTheWay(): Message {
  return message({
    text: 'The journey broke off; the log of the demo says why. What is due comes all the same.',
    blocks: [],
  });
}
