import { toldButton } from '../../followups/buttons.js';
import {
  type Block,
  bold,
  context,
  join,
  lines,
  link,
  type Md,
  type Message,
  md,
  message,
  section,
} from '../../slack/blocks/index.js';
import { isEmpty, LINES_MAX, type Morning, type MorningLine } from '../rules/morning.js';
import type { Week } from '../rules/weekly.js';
import { weekBelow, weeklyDigest } from './weekly.js';

/**
 * The nine o'clock message of one person.
 * @param week what it tells a CSM of their accounts, once a week; null when there is nothing of that
 */
export function morningMessage(view: Morning, week: Week | null): Message {
  if (week !== null && isEmpty(view)) return weeklyDigest(week);
  const first = firstLine(view, week !== null);
  const blocks = dayBlocks(view, first);
  return message({ text: first, blocks: [...blocks, ...(week === null ? [] : weekBelow(week, blocks))] });
}

/** The push text: what waits, and that the week of their accounts stands below. */
function firstLine(view: Morning, hasWeek: boolean): Md {
  const { waiting, news, warm, quiet, told, since } = view;
  const isToDo = waiting.length + news.length + warm.length + quiet.length > 0;
  const head = join([
    waiting.length > 0 && md`${waiting.length} waiting on you`,
    news.length > 0 && md`${news.length} to tell`,
    warm.length > 0 && md`${warm.length} to keep warm`,
    quiet.length > 0 && md`${quiet.length} to know`,
    !isToDo && md`${told.length} of your accounts heard from us`,
  ]);
  const all = hasWeek ? md`${head}, and your accounts' week` : head;
  return since === null ? md`Good morning: ${all}` : md`Since ${since}: ${all}`;
}

/** What concerns this morning. */
function dayBlocks(view: Morning, first: Md): Block[] {
  const { waiting, news, warm, quiet, told, held, since } = view;
  const notes = context([
    held > 0 &&
      md`${held} ${held === 1 ? 'message was' : 'messages were'} held back, so that your day stays quiet`,
    since !== null && md`Baton covers all of that time here, once`,
  ]);
  return [
    section(first),
    ...part('Waiting on you', waiting),
    ...part('News to bring', news),
    ...part('Keep warm', warm),
    ...part('Worth knowing', quiet),
    ...part('Told by others, nothing to do', told),
    ...(notes ? [notes] : []),
  ];
}

function part(title: string, all: readonly MorningLine[]) {
  if (all.length === 0) return [];
  const shown = all.slice(0, LINES_MAX);
  const left = all.length - LINES_MAX;
  const linked = shown.filter((one) => one.tellId === undefined).map(line);
  return [
    section(lines([bold(title), ...linked, left > 0 && md`and ${left} more`])),
    ...shown.flatMap((one) =>
      one.tellId === undefined ? [] : section(line(one), { accessory: toldButton(one.tellId) }),
    ),
  ];
}

const line = (one: MorningLine): Md =>
  one.url === null ? md`• ${one.text}` : md`• ${one.text} ${link(one.url, '↗')}`;
