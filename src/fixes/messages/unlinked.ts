import { bold, lines, type Message, md, message, section } from '../../slack/blocks/index.js';

const SHOWN = 15;

/** The morning's list of issues that wait on engineering, though nobody said for what. */
export function unlinkedList(
  issues: readonly { number: number; title: string; account: string; waits: string }[],
): Message {
  const head =
    issues.length === 1
      ? md`Support: 1 issue waits on engineering without a fix. Link it, so that its customer hears when it ships.`
      : md`Support: ${issues.length} issues wait on engineering without a fix. Link them, so that their customers hear when they ship.`;
  return message({
    text: head,
    blocks: [
      section(
        lines([
          head,
          ...issues
            .slice(0, SHOWN)
            .map(
              (issue) =>
                md`${bold(`B-${issue.number}`)} · ${issue.account} · ${issue.title} (${issue.waits})`,
            ),
          issues.length > SHOWN && md`… and ${issues.length - SHOWN} more`,
          md`\`/issue link B-${issues[0]?.number ?? 1} https://…\``,
        ]),
      ),
    ],
  });
}
