import {
  bold,
  context,
  join,
  lines,
  type Md,
  type Message,
  md,
  message,
  section,
} from '../slack/blocks/index.js';
import { type AccountSection, SECTIONS_MAX } from './rules.js';

/** Monday's message for one CSM: a section per account that changed. */
export function weeklyDigest(view: {
  period: string;
  sections: readonly AccountSection[];
  quiet: number;
}): Message {
  const owed = view.sections.reduce((sum, one) => sum + one.todo.length, 0);
  const head = join([bold('Your accounts'), md`${view.period}`, owed > 0 && md`${owed} to do`]);
  const shown = view.sections.slice(0, SECTIONS_MAX);
  const left = view.sections.length - shown.length;
  return message({
    text: head,
    blocks: [
      section(head),
      ...shown.map((one) => section(accountSection(one))),
      context([left > 0 && md`${left} more changed`, view.quiet > 0 && md`${view.quiet} quiet`]),
    ],
  });
}

function accountSection(one: AccountSection): Md {
  return lines([
    bold(one.account),
    ...one.todo.slice(0, 3).map((todo) => md`Do: ${todo}`),
    one.contacts > 0 &&
      md`Wrote in ${one.contacts} ${one.contacts === 1 ? 'time' : 'times'}${one.usual > 0 ? `, usually ${one.usual}` : ''}`,
    join([
      one.closed > 0 && md`Closed ${one.closed}`,
      one.told > 0 && md`told of ${one.told} ${one.told === 1 ? 'fix' : 'fixes'}`,
      one.open > 0 && md`open ${one.open}${one.oldest === null ? '' : `, oldest ${one.oldest}`}`,
    ]),
    one.renews !== null && md`Renews ${one.renews}`,
  ]);
}
