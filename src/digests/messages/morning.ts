import { toldButton } from '../../followups/buttons.js';
import {
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
import type { Morning, MorningLine } from '../rules/morning.js';

/** Lines of a section at most; the rest is counted. */
const SHOWN = 10;

/** The nine o'clock message of one person. */
export function morningMessage(view: Morning): Message {
  const { waiting, news, warm, quiet, told, held, since } = view;
  const isToDo = waiting.length + news.length + warm.length + quiet.length > 0;
  const head = join([
    waiting.length > 0 && md`${waiting.length} waiting on you`,
    news.length > 0 && md`${news.length} to tell`,
    warm.length > 0 && md`${warm.length} to keep warm`,
    quiet.length > 0 && md`${quiet.length} to know`,
    !isToDo && told.length > 0 && md`${told.length} of your accounts heard the news`,
    !isToDo && told.length === 0 && md`${held} held back`,
  ]);
  const first = since === null ? md`Good morning: ${head}` : md`Since ${since}: ${head}`;
  return message({
    text: first,
    blocks: [
      section(first),
      ...part('Waiting on you', waiting),
      ...part('News to bring', news),
      ...part('Keep warm', warm),
      ...part('Worth knowing', quiet),
      ...part('Told by others, nothing to do', told),
      context([
        held > 0 &&
          md`${held} ${held === 1 ? 'message was' : 'messages were'} held back, so that your day stays quiet`,
        since !== null && md`Baton covers all of that time here, once`,
      ]),
    ],
  });
}

function part(title: string, all: readonly MorningLine[]) {
  if (all.length === 0) return [];
  const shown = all.slice(0, SHOWN);
  const left = all.length - SHOWN;
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
