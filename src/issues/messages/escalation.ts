import type { Group } from '../../people/rules.js';
import {
  actions,
  bold,
  button,
  groupMention,
  join,
  lines,
  type Md,
  type Message,
  md,
  mention,
  message,
  quote,
  section,
  wholeText,
} from '../../slack/blocks/index.js';
import { type Issue, issueName, REASON_MAX } from '../rules/issue.js';

export const ESCALATE_TO = 'issue.escalate_to';
export const ESCALATE_FORM = 'issue.escalate_form';
export const ANSWER_ESCALATION = 'escalation.answer';
export const TAKE_BACK_ESCALATION = 'escalation.take_back';

export function escalateUsage(problem: 'no issue' | 'no groups'): Message {
  const text =
    problem === 'no issue'
      ? md`Write the issue and why: \`/escalate B-42 production is blocked\`.`
      : md`No escalation groups are set up. An admin adds them on Baton's Home, under Set-up.`;
  return message({ text, blocks: [] });
}

export function reasonTooLong(length: number, reason: string): Message {
  const text = md`The reason has ${length} characters; ${REASON_MAX} fit, so that the group reads it. Nothing was escalated. You wrote:`;
  return message({ text, blocks: [section(text), ...wholeText(reason)] });
}

export function notEscalated(issue: Pick<Issue, 'number' | 'state'>): Message {
  const name = issueName(issue.number);
  const text = md`${bold(name)} is ${issue.state}, so nobody was called. Reopen it first: \`/issue reopen ${name}\`.`;
  return message({ text, blocks: [] });
}

/** Asks to whom; each button carries the issue, the group and the reason. */
export function escalateToWhom(issue: Issue, reason: string, groups: readonly Group[]): Message {
  const ask = md`Escalate ${bold(issueName(issue.number))} (${issue.title}) to whom?`;
  const choice = (group: string) => JSON.stringify({ n: issue.number, g: group, r: reason });
  return message({
    text: ask,
    blocks: [
      section(lines([ask, quote(reason)])),
      actions('escalate_to', [
        ...groups
          .slice(0, 20)
          .map((group) =>
            button({ id: `${ESCALATE_TO}:${group.key}`, text: group.name, value: choice(group.key) }),
          ),
        button({ id: ESCALATE_FORM, text: 'The customer asked…', value: choice('') }),
      ]),
    ],
  });
}

/** Offered where something is to be escalated and no form could be opened: a reaction brings no trigger. */
export function offerEscalation(issue: Issue): Message {
  const ask = md`Escalate ${bold(issueName(issue.number))} ${issue.title}? Nobody was called yet.`;
  const value = JSON.stringify({ n: issue.number, g: '', r: '' });
  return message({
    text: ask,
    blocks: [
      section(ask),
      actions('escalate_form', [button({ id: ESCALATE_FORM, text: 'Escalate…', value, style: 'primary' })]),
    ],
  });
}

/** In a customer channel: nothing happens in sight, and where it can be done is named. */
export const ESCALATE_ELSEWHERE = message({
  text: 'Customers read here, so this reaction does nothing. Use the menu of their message: Escalate.',
  blocks: [],
});

/** What became of asking; `logged` says that the message became an issue by it. */
export function escalated(view: {
  issue: Issue;
  group: string;
  existed: boolean;
  answeredBy: string | null;
  isOfGroup: boolean;
  logged?: boolean;
  /** Names of those who were not called, since their day had no room for more. */
  notCalled?: readonly string[];
}): Message {
  const name = bold(issueName(view.issue.number));
  const text = !view.existed
    ? md`${view.group} was asked about ${name}, in its thread.`
    : view.answeredBy
      ? md`${view.answeredBy}${view.isOfGroup ? md` of ${view.group}` : md``} is on ${name} already. Write to them in its thread.`
      : md`${view.group} was asked about ${name} before, and has not answered yet. It counts once.`;
  const first = view.logged ? md`Logged ${name}: ${view.issue.title}` : undefined;
  const { notCalled = [] } = view;
  const quiet =
    notCalled.length > 0 &&
    md`Not called, since they had their fill for now: ${notCalled.slice(0, 5).join(', ')}. Call them yourself when it cannot wait.`;
  return message({ text: lines([first, text, quiet]), blocks: [] });
}

export interface EscalationView {
  id: number;
  issueName: string;
  title: string;
  account: string;
  reason: string;
  isCustomerWish: boolean;
  by: string;
  group: Group;
  answeredBy: string | null;
  takenBackBy: string | null;
  hasClimbed: boolean;
  /** Those of the group whom the call names without calling them. */
  notCalled?: readonly { slackId: string; name: string }[];
  /** How the issue ended, when nobody is needed any more. */
  over: string | null;
}

/** The message in the issue's thread that calls the group; it shows who came, or who took it back. */
export function escalationCall(view: EscalationView): Message {
  const issue = md`${bold(view.issueName)} ${view.title}`;
  const asks = md`${view.by} asks ${view.group.name} for help on ${issue} (${view.account})`;
  const isOver = view.answeredBy !== null || view.takenBackBy !== null || view.over !== null;
  const first = view.takenBackBy
    ? md`${view.takenBackBy} took the call for ${view.group.name} back: ${issue}`
    : view.answeredBy
      ? md`${view.answeredBy} is on it: ${issue}`
      : view.over
        ? md`Nobody needs to come, it is ${view.over}: ${issue}`
        : join([whom(view.group, view.notCalled ?? []), asks], ' ');
  return message({
    text: first,
    blocks: [
      section(
        lines([
          first,
          quote(view.reason),
          view.isCustomerWish && md`The customer asked for it`,
          !isOver && quietly(view.notCalled ?? []),
          !isOver && view.hasClimbed && md`Nobody came yet; the support lead was called too`,
        ]),
      ),
      !isOver &&
        actions('escalation', [
          button({ id: ANSWER_ESCALATION, text: "I'm on it", value: String(view.id), style: 'primary' }),
          button({ id: TAKE_BACK_ESCALATION, text: 'Take back', value: String(view.id) }),
        ]),
    ],
  });
}

function whom(group: Group, notCalled: readonly { slackId: string }[]): Md | undefined {
  if (group.slackGroup) return groupMention(group.slackGroup);
  const called = group.people.filter((slackId) => notCalled.every((one) => one.slackId !== slackId));
  return called.length > 0 ? join(called.slice(0, 20).map(mention), ' ') : undefined;
}

function quietly(notCalled: readonly { name: string }[]): Md | false {
  const names = notCalled.slice(0, 5).map((one) => one.name);
  return names.length > 0 && md`For ${names.join(', ')} too, who were not called: their day is full`;
}

/** To whoever pressed *I'm on it*. */
export function escalationAnswered(
  view: { on: string; isYou: boolean } | { takenBackBy: string } | { state: string } | { asked: string },
): Message {
  if ('state' in view)
    return message({ text: md`It is ${view.state}: nobody needs to come any more.`, blocks: [] });
  if ('asked' in view)
    return message({
      text: md`${view.asked} was asked. Only they, support, success or a lead can answer.`,
      blocks: [],
    });
  if ('takenBackBy' in view)
    return message({ text: md`${view.takenBackBy} took this call back: nobody needs to come.`, blocks: [] });
  return message({
    text: view.isYou
      ? 'You are on it. Whoever asked is told in the thread.'
      : md`${view.on} is on it already.`,
    blocks: [],
  });
}

/** To whoever pressed *Take back*. */
export function takenBack(problem: 'taken back' | 'answered' | 'not yours' | null, asker: string): Message {
  const text = {
    'taken back': md`This call was taken back already.`,
    answered: md`Somebody is on it already. Tell them in the thread that it is not needed any more.`,
    'not yours': md`Only ${asker}, who asked, or a lead can take this call back.`,
    done: md`Taken back. The call shows it, and nobody else is called.`,
  }[problem ?? 'done'];
  return message({ text, blocks: [] });
}

/** In the thread: the asker learns who came, since an edited message notifies nobody. */
export function somebodyCame(view: { asker: string | null; by: string; issueName: string }): Message {
  const came = md`${view.by} is on ${bold(view.issueName)}.`;
  return message({
    text: join([view.asker !== null && mention(view.asker), came], ' '),
    blocks: [],
  });
}

/** In the thread, once: nobody came, so the support lead is called. */
export function nobodyCame(view: {
  leads: readonly string[];
  /** Names of leads whose day is full. */
  notCalled?: readonly string[];
  group: string;
  issueName: string;
  title: string;
  account: string;
}): Message {
  const { leads, notCalled = [] } = view;
  const whom = join(
    [...leads.slice(0, 5).map(mention), ...notCalled.slice(0, 5).map((name) => md`${name}:`)],
    ' ',
  );
  return message({
    text: md`${whom} nobody of ${view.group} is on ${bold(view.issueName)} ${view.title} (${view.account}) yet. Find somebody, or press *I'm on it* above. Baton calls nobody else.`,
    blocks: [],
  });
}

/** To the success manager: who asked whom for what. */
export function authorityAsked(view: {
  account: string;
  by: string;
  group: string;
  issueName: string;
  title: string;
  reason: string;
  isCustomerWish: boolean;
}): Message {
  const first = md`For you to know: ${view.by} asked ${view.group} to step in for ${bold(view.account)} on ${bold(view.issueName)} ${view.title}`;
  return message({
    text: first,
    blocks: [
      section(lines([first, quote(view.reason), view.isCustomerWish && md`The customer asked for it`])),
    ],
  });
}
