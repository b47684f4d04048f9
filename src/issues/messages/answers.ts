import type { Group } from '../../people/rules.js';
import {
  actions,
  bold,
  button,
  groupMention,
  join,
  lines,
  link,
  type Message,
  md,
  mention,
  message,
  quote,
  section,
} from '../../slack/blocks/index.js';
import { type Issue, issueName, REASON_MAX } from '../rules/issue.js';

/** The answers that the issue commands and buttons can give, one function each. */

export function logged(
  issue: Issue,
  account: string,
  existed: boolean,
  attached?: { text: string; url: string } | null,
): Message {
  const name = issueName(issue.number);
  const first = existed
    ? md`That message is ${bold(name)} already, nothing was logged twice: ${issue.title} (${account})`
    : md`Logged ${bold(name)} for ${account}: ${issue.title}`;
  const about =
    attached && md`It holds ${link(attached.url, 'this message')}: ${attached.text.slice(0, 120)}`;
  return message({ text: lines([first, about ?? undefined]), blocks: [] });
}

export function noSuchIssue(text: string): Message {
  const shown = text.slice(0, 40);
  return message({
    text: shown
      ? md`There is no issue ${shown}. Write its number, like *B-42*; \`/issue list\` shows the open ones.`
      : md`Which issue? Write its number, like *B-42*; \`/issue list\` shows the open ones.`,
    blocks: [],
  });
}

export function taken(issue: Issue, by: { name: string; isYou: boolean } | null, state?: string): Message {
  const name = issueName(issue.number);
  if (state)
    return message({
      text: md`${bold(name)} is ${state}: nobody needs to take it. It stands as the card shows.`,
      blocks: [],
    });
  if (by && !by.isYou) return message({ text: md`${by.name} has ${bold(name)} already.`, blocks: [] });
  return message({ text: md`You have ${bold(name)}: ${issue.title}`, blocks: [] });
}

export const NO_TRIAGE = message({
  text: 'Baton does not know your triage channel yet, so nobody would see this. An admin sets triage_channel in company.yml and runs baton apply.',
  blocks: [],
});

export function escalateUsage(problem: 'no issue' | 'no groups'): Message {
  const text =
    problem === 'no issue'
      ? md`Write the issue and why: \`/escalate B-42 production is blocked\`.`
      : md`No escalation groups are set up. An admin adds them under groups in company.yml and runs \`baton apply\`.`;
  return message({ text, blocks: [] });
}

export function reasonTooLong(length: number, reason: string): Message {
  return message({
    text: md`The reason has ${length} characters; ${REASON_MAX} fit, so that the group reads it. Nothing was escalated. You wrote:`,
    blocks: [
      section(
        md`The reason has ${length} characters; ${REASON_MAX} fit, so that the group reads it. Nothing was escalated. You wrote:`,
      ),
      section(quote(reason, 20)),
    ],
  });
}

export const ESCALATE_TO = 'issue.escalate_to';

/** Asks to whom; each button carries the issue, the group and the reason. */
export function escalateToWhom(issue: Issue, reason: string, groups: readonly Group[]): Message {
  const ask = md`Escalate ${bold(issueName(issue.number))} (${issue.title}) to whom?`;
  return message({
    text: ask,
    blocks: [
      section(lines([ask, quote(reason)])),
      actions(
        'escalate_to',
        groups.slice(0, 25).map((group) =>
          button({
            id: `${ESCALATE_TO}:${group.key}`,
            text: group.name,
            value: JSON.stringify({ n: issue.number, g: group.key, r: reason }),
          }),
        ),
      ),
    ],
  });
}

export function escalated(issue: Issue, group: string, existed: boolean): Message {
  const name = issueName(issue.number);
  return message({
    text: existed
      ? md`${group} was asked about ${bold(name)} before, and has not answered yet. It counts once.`
      : md`${group} was asked about ${bold(name)}, in its thread.`,
    blocks: [],
  });
}

export const ANSWER_ESCALATION = 'escalation.answer';

export interface EscalationView {
  id: number;
  issueName: string;
  title: string;
  account: string;
  reason: string;
  byUser: string;
  group: Group;
  answeredBy: string | null;
}

/** The message in the issue's thread that calls the group. */
export function escalationCall(view: EscalationView): Message {
  const whom = view.group.slackGroup
    ? groupMention(view.group.slackGroup)
    : view.group.people.length > 0
      ? join(view.group.people.slice(0, 20).map(mention), ' ')
      : md`${view.group.name}`;
  const first = view.answeredBy
    ? md`${mention(view.answeredBy)} is on it: ${bold(view.issueName)} ${view.title}`
    : md`${whom}: ${mention(view.byUser)} asks ${view.group.name} for help on ${bold(view.issueName)} ${view.title} (${view.account})`;
  return message({
    text: first,
    blocks: [
      section(lines([first, quote(view.reason)])),
      !view.answeredBy &&
        actions('escalation', [
          button({ id: ANSWER_ESCALATION, text: "I'm on it", value: String(view.id), style: 'primary' }),
        ]),
    ],
  });
}

export function escalationAnswered(name: string, isYou: boolean): Message {
  return message({
    text: isYou ? 'You are on it. The asker sees it in the thread.' : md`${name} is on it already.`,
    blocks: [],
  });
}
