import {
  actions,
  bold,
  button,
  clip,
  join,
  lines,
  link,
  type Message,
  md,
  message,
  section,
} from '../../slack/blocks/index.js';
import { TAKE_ISSUE } from './card.js';

export interface AgainView {
  /** `B-42` */
  name: string;
  account: string;
  title: string;
  /** The derived line of where it stands now. */
  line: string;
  /** Nobody has it, and it is not over. */
  needsSomebody: boolean;
  /** What the customer wrote last, as far as it still stands in Slack. */
  words: { author: string; text: string; url: string } | null;
}

const WORDS_MAX = 160;

/** Below in the triage channel: a customer brought back what nobody has. Once somebody has it, one line remains. */
export function issueAgain(view: AgainView): Message {
  const what = join([bold(view.name), md`${view.account}`, md`${view.title}`]);
  if (!view.needsSomebody) return message({ text: join([what, md`${view.line}`]), blocks: [] });
  const first = join([what, md`${view.account} wrote again, and nobody has it`]);
  const { words } = view;
  return message({
    text: first,
    blocks: [
      section(
        lines([
          first,
          words !== null && md`${words.author}: "${clip(words.text, WORDS_MAX)}" ${link(words.url, '↗')}`,
        ]),
      ),
      actions('issue_again', [
        button({ id: TAKE_ISSUE, text: "I'll take it", value: view.name, style: 'primary' }),
      ]),
    ],
  });
}
