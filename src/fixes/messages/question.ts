import {
  actions,
  bold,
  button,
  lines,
  type Message,
  md,
  message,
  section,
} from '../../slack/blocks/index.js';
import { FIX_LIVE, FIX_MORE, FIX_NOT_YET } from './fix.js';

/** What whoever linked a fix is asked when its tracker leaves it open. */
export interface QuestionView {
  id: number;
  name: string;
  title: string;
  /** What is asked, or how it stands since. */
  ask: 'live' | 'declined' | { settled: string };
  /** "Tue 14:05" */
  since: string | null;
  waiting: readonly string[];
}

/** One question; nothing is told to anybody before it is answered. */
export function fixQuestion(view: QuestionView): Message {
  if (typeof view.ask === 'object') {
    const text = md`${bold(view.name)} ${view.title}: ${view.ask.settled}`;
    return message({ text, blocks: [section(text)] });
  }
  const isLive = view.ask === 'live';
  const head = isLive
    ? md`Can customers use ${bold(view.name)} now? ${view.title}`
    : md`Is ${bold(view.name)} declined? ${view.title}`;
  const value = String(view.id);
  return message({
    text: head,
    blocks: [
      section(
        lines([
          head,
          isLive
            ? md`Merged${view.since === null ? '' : md` ${view.since}`}; nobody is told before it is live.`
            : md`Its tracker says that it will not be done.`,
          view.waiting.length > 0 &&
            md`Waiting: ${view.waiting.slice(0, 8).join(', ')}${view.waiting.length > 8 ? md` and ${view.waiting.length - 8} more` : ''}`,
        ]),
      ),
      actions('question', [
        isLive
          ? button({ id: FIX_LIVE, text: "It's live", value, style: 'primary' })
          : button({ id: `${FIX_MORE}:decline`, text: 'Decline…', value: `decline:${value}` }),
        button({ id: FIX_NOT_YET, text: isLive ? 'Not yet' : 'No, it goes on', value }),
      ]),
    ],
  });
}
