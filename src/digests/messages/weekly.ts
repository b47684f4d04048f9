import {
  type Block,
  bold,
  context,
  fitsMessage,
  join,
  lines,
  type Md,
  type Message,
  md,
  message,
  section,
} from '../../slack/blocks/index.js';
import { type AccountSection, SECTIONS_MAX, type Week } from '../rules/weekly.js';

/** A week's first message of a CSM for whom nothing else waits: a section per account that changed. */
export function weeklyDigest(week: Week): Message {
  return message({ text: weekHead(week), blocks: weekBelow(week, []) });
}

/**
 * The same as the last part of a longer message: as many sections as there is room for, at least one; the rest is
 * counted, never folded.
 * @param above what stands in the message already
 */
export function weekBelow(week: Week, above: readonly Block[]): Block[] {
  let blocks: Block[] = [];
  for (let shown = SECTIONS_MAX; shown > 0; shown -= 1) {
    blocks = weekBlocks(week, shown);
    if (fitsMessage([...above, ...blocks])) return blocks;
  }
  return blocks;
}

function weekBlocks(week: Week, most: number): Block[] {
  const shown = week.sections.slice(0, most);
  const left = week.sections.length - shown.length;
  const rest = context([left > 0 && md`${left} more changed`, week.quiet > 0 && md`${week.quiet} quiet`]);
  return [
    section(weekHead(week)),
    ...shown.map((one) => section(accountSection(one))),
    ...(rest ? [rest] : []),
  ];
}

function weekHead({ period, sections }: Week): Md {
  const owed = sections.reduce((sum, one) => sum + one.todo.length, 0);
  return join([bold('Your accounts'), md`${period}`, owed > 0 && md`${owed} to do`]);
}

function accountSection(one: AccountSection): Md {
  return lines([
    bold(one.account),
    ...one.todo.slice(0, 3).map(({ text }) => md`Do: ${text}`),
    one.contacts > 0 &&
      md`Wrote in ${one.contacts === 1 ? 'once' : `${one.contacts} times`}${one.usual > 0 ? `, usually ${one.usual}` : ''}`,
    join(countsOf(one).map((count) => md`${count}`)),
    one.renews !== null && md`Renews ${one.renews}`,
  ]);
}

/** The week in numbers, as a sentence begins. */
function countsOf({ closed, told, open, oldest }: AccountSection): string[] {
  const counts = [
    ...(closed > 0 ? [`closed ${closed}`] : []),
    ...(told > 0 ? [`heard from us ${told === 1 ? 'once' : `${told} times`}`] : []),
    ...(open > 0 ? [`open ${open}${oldest === null ? '' : `, oldest ${oldest}`}`] : []),
  ];
  return counts.map((one, i) => (i === 0 ? `${one.charAt(0).toUpperCase()}${one.slice(1)}` : one));
}
