import { issueName } from '../../issues/rules/issue.js';
import {
  actions,
  bold,
  button,
  input,
  link,
  linkButton,
  type Message,
  md,
  message,
  modal,
  section,
  textInput,
} from '../../slack/blocks/index.js';
import { type FixState, fixStateInWords } from '../rules/fix.js';
import type { LiveBy } from '../rules/live.js';
import { TRACKERS_UNDERSTOOD } from '../trackers/address.js';
import type { NewItemForm } from '../trackers/new-item.js';
import type { Tracker } from '../trackers/news.js';

export const LINK_MODAL = 'fix.link';
export const LIVE_BY_CHOICE = 'fix.live_by';

/** What the form of *Link fix* must remember. */
export interface LinkMemory {
  number: number;
  channel: string | null;
}

/** The form of *Link fix*: one address, and the trackers' own forms for an item that is not there yet. */
export function linkModal(spec: {
  name: string;
  title: string;
  /** Where a new item can be begun, filled in. */
  forms: readonly NewItemForm[];
  memory: LinkMemory;
}) {
  return modal({
    callbackId: LINK_MODAL,
    title: `Link a fix to ${spec.name}`,
    submit: 'Link',
    close: 'Cancel',
    privateMetadata: JSON.stringify(spec.memory),
    blocks: [
      section(md`${bold(spec.name)} ${spec.title}`),
      spec.forms.length > 0 &&
        actions(
          'new_item',
          spec.forms.map((form, at) =>
            linkButton({ id: `issue.open:new_${at}`, text: form.label, url: form.url }),
          ),
        ),
      input({
        blockId: 'url',
        label: 'Address of the fix',
        hint: 'A GitHub issue or pull request, a Linear or a Jira issue.',
        element: textInput({ id: 'url', max: 500, placeholder: 'https://github.com/acme/app/issues/12' }),
      }),
    ],
  });
}

/** The answer to a link that was made, or stood already. */
export function fixLinked(view: {
  /** Asked once per tracker: when what is merged there is live. */
  ask: { tracker: Tracker; choices: readonly LiveBy[] } | null;
  name: string;
  fix: { name: string; url: string; state: FixState };
  before: string | null;
  changed: boolean;
  /** Other issues that the same fix mends. */
  others: readonly number[];
}): Message {
  const fix = link(view.fix.url, view.fix.name);
  const also =
    view.others.length === 0
      ? md``
      : md` It also mends ${view.others.slice(0, 10).map(issueName).join(', ')}${view.others.length > 10 ? md` and ${view.others.length - 10} more` : ''}.`;
  const instead = view.before === null ? md`` : md`, instead of ${view.before}`;
  const text = view.changed
    ? md`${bold(view.name)} waits for ${fix}${instead} (${fixStateInWords(view.fix.state)}).${also}`
    : md`${bold(view.name)} was linked to ${fix} before. Nothing changed.${also}`;
  if (view.ask === null) return message({ text, blocks: [] });
  return message({ text, blocks: [section(text), ...liveByQuestion(view.ask.tracker, view.ask.choices)] });
}

/** An address that no tracker of ours has. */
export function notATracker(name: string, typed: string): Message {
  const shown = typed.slice(0, 300);
  return message({
    text: shown
      ? md`Baton understands ${TRACKERS_UNDERSTOOD}. Nothing was linked to ${name}. You wrote: ${shown}`
      : md`Which fix? Write its address: \`/issue link ${name} https://github.com/acme/app/issues/12\`.`,
    blocks: [],
  });
}

/** The same, at the field of the form. */
export const NOT_A_TRACKER = `That is no address Baton understands. It can be ${TRACKERS_UNDERSTOOD}.`;

const TRACKERS: Readonly<Record<Tracker, string>> = { github: 'GitHub', linear: 'Linear', jira: 'Jira' };
const CHOICES: Readonly<Record<LiveBy, string>> = {
  release: 'A release names it',
  deployment: 'It is deployed',
  version: 'Its version is released',
  person: 'I say so',
};

/** The first-run question about a tracker, asked once of whoever first links an item of it. */
function liveByQuestion(tracker: Tracker, choices: readonly LiveBy[]) {
  return [
    section(
      md`The first fix from ${TRACKERS[tracker]}: when can customers use what is merged there? Until you choose, a published release that names it or a production deployment that contains it counts.`,
    ),
    actions(
      'live_by',
      choices
        .slice(0, 4)
        .map((by) => button({ id: `${LIVE_BY_CHOICE}:${by}`, text: CHOICES[by], value: `${tracker}:${by}` })),
    ),
  ];
}

/** What was chosen, or what can be. */
export function liveByChosen(
  what: { tracker: Tracker; by: LiveBy; changed: boolean } | { problem: string },
): Message {
  if ('problem' in what)
    return message({
      text: md`${what.problem === '' ? '' : md`"${what.problem.slice(0, 60)}" is no such choice. `}Write \`/baton fix when github release\`; trackers are github, linear and jira, and it can be release, deployment, version (Jira) or person.`,
      blocks: [],
    });
  const words = {
    release: 'when a published release names or contains it',
    deployment: 'when a successful production deployment contains it',
    version: 'when its version is released',
    person: 'when one of you says so',
  }[what.by];
  return message({
    text: what.changed
      ? md`From now on a fix in ${TRACKERS[what.tracker]} is live ${words}.`
      : md`A fix in ${TRACKERS[what.tracker]} is live ${words}, as before. Nothing was changed.`,
    blocks: [],
  });
}
