import {
  bold,
  button,
  clip,
  escapeText,
  type Message,
  md,
  message,
  section,
} from '../../slack/blocks/index.js';

export const LIST_MORE = 'issue.list_more';

/** What was asked for and from where it goes on; comes back from the client, so it is read again like typed words. */
export interface ListPlace {
  which: string;
  page: number;
}

export interface IssueListView {
  heading: string;
  /** What the heading leaves open, e.g. what "overdue" means. */
  note: string | null;
  items: readonly { name: string; account: string; title: string; line: string }[];
  /** How many fit in all, and the number of the first one shown, from 1. */
  total: number;
  first: number;
  more: ListPlace | null;
}

/** `/issue list`: one line each. The button for more stands at the top, where nothing can push it off. */
export function issueList(view: IssueListView): Message {
  const last = view.first + view.items.length - 1;
  const range = view.total > view.items.length ? md` (${view.first} to ${last} of ${view.total})` : md``;
  const heading = view.items.length > 0 ? md`${view.heading}${range}` : md`${view.heading}: none.`;
  return message({
    text: heading,
    blocks: [
      section(view.note === null ? heading : md`${heading}  ${view.note}`, {
        accessory: view.more
          ? button({ id: LIST_MORE, text: 'More', value: JSON.stringify(view.more) })
          : undefined,
      }),
      ...view.items.map((item) =>
        section(
          md`${bold(item.name)} · ${short(item.account, 40)} · ${short(item.title, 150)} · ${short(item.line, 120)}`,
        ),
      ),
    ],
  });
}

/** Twenty lines fit into one message whatever they say: they are cut by what they cost, not by what they look like. */
function short(text: string, max: number): string {
  return clip(text, max, (piece) => JSON.stringify(escapeText(piece)).length - 2);
}
