import { addDays, type LocalDate, parseDay } from '../../time/index.js';

/** What somebody typed behind `/baton away`, in its parts. */
export interface AwayTyped {
  /** The day of return as typed; '' when none was. */
  until: string;
  /** Who covers: a Slack user id, or a handle or name as typed; null when nobody was named. */
  cover: { slackId: string } | { name: string } | null;
}

const MENTION = /<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/;
const HANDLE = /@([\p{L}\p{N}][\p{L}\p{N}._-]*)/u;

/** Reads `until Monday @ben covers`, `@ben covers until 3 Dec`, `until tomorrow`. */
export function readAway(text: string): AwayTyped {
  const mention = MENTION.exec(text);
  const handle = mention ? null : HANDLE.exec(text);
  const rest = text
    .replace(mention?.[0] ?? handle?.[0] ?? '', ' ')
    .replace(/\b(covers?|covering|for me)\b/gi, ' ')
    .replace(/^\s*(?:until|till|til|to)\b|\b(?:until|till|til)\b/gi, ' ')
    .replace(/[,;]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const slackId = mention?.[1];
  const cover = slackId ? { slackId } : handle ? { name: handle[1] ?? '' } : null;
  return { until: rest, cover };
}

/** The first day back, or what is wrong with it. */
export function readBackOn(until: string, today: LocalDate): { backOn: LocalDate } | { problem: string } {
  if (until === '') return { problem: 'Say when you are back.' };
  const day = parseDay(until, today);
  if ('problem' in day) return day;
  if (day.date === today)
    return {
      problem: `That is today. Write the day on which you are back, such as ${addDays(today, 1)}.`,
    };
  return { backOn: day.date };
}
