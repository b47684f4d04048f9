import { bold, join, lines, type Md, type Message, md, message, section } from '../../slack/blocks/index.js';

/** One line of the list: what waits, who has it, since when. */
export interface StandupLine {
  account: string;
  /** e.g. `has not heard that "Export drops rows" is fixed`. */
  what: string;
  who: string | null;
  /** "was due Thu 17:00", "since Tue". */
  when: string | null;
}

export interface StandupView {
  /** "Tue 3 Nov". */
  day: string;
  sections: readonly { title: string; lines: readonly StandupLine[] }[];
  /** "every working day at 09:15"; null when it is shown on asking only. */
  posted: string | null;
}

/** More is counted: a stand-up is read aloud. */
const LINES_MAX = 15;

/** What the leads go through together; never empty when it is posted. */
export function standupMessage(view: StandupView): Message {
  const filled = view.sections.filter((one) => one.lines.length > 0);
  const count = filled.reduce((sum, one) => sum + one.lines.length, 0);
  const things = count === 1 ? '1 thing waits' : `${count} things wait`;
  const head = join([bold('Stand-up'), md`${view.day}`, count > 0 ? md`${things}` : md`nothing waits`]);
  const note = view.posted === null ? undefined : md`Posted in the team channel ${view.posted}.`;
  return message({
    text: head,
    blocks: [
      section(lines([head, ...(count === 0 ? [note] : [])])),
      ...filled.map((one) => section(sectionLines(one))),
    ],
  });
}

function sectionLines(one: StandupView['sections'][number]): Md {
  const left = one.lines.length - LINES_MAX;
  return lines([
    bold(one.title),
    ...one.lines.slice(0, LINES_MAX).map(standupLine),
    left > 0 && md`… and ${left} more`,
  ]);
}

function standupLine(line: StandupLine): Md {
  return join([
    md`${bold(line.account)} ${line.what}`,
    line.who !== null && md`${line.who} has it`,
    line.when !== null && md`${line.when}`,
  ]);
}

/** The answer to `/baton standup 9:15` and `off`. */
export function standupPosted(view: { when: string; first: string } | 'off' | 'was off'): Message {
  const text =
    view === 'off'
      ? md`The stand-up is not posted any more. \`/baton standup\` shows it to you at any time.`
      : view === 'was off'
        ? md`The stand-up was not posted. \`/baton standup 9:15\` has it posted every working morning.`
        : md`From ${view.first} on, the stand-up stands in the team channel ${view.when}, when something waits.`;
  return message({ text, blocks: [] });
}

/** What was typed is neither a time nor a word that it knows. */
export function standupUsage(typed: string): Message {
  return message({
    text: md`"${typed.slice(0, 60)}" is no time of day. Write \`/baton standup 9:15\` to have it posted every working morning, \`/baton standup off\` to end that, or \`/baton standup\` to see it.`,
    blocks: [],
  });
}

/** There is nowhere to post it. */
export function standupNeedsChannel(): Message {
  return message({
    text: "No team channel is set, so there is nowhere to post the stand-up. An admin chooses it on Baton's Home, under Set-up.",
    blocks: [],
  });
}
