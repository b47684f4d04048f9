import { issueName } from '../issues/rules/issue.js';
import {
  bold,
  input,
  link,
  type Message,
  md,
  message,
  modal,
  section,
  textInput,
} from '../slack/blocks/index.js';
import { type FixState, fixStateInWords, TRACKERS_UNDERSTOOD } from './rules.js';

export const LINK_MODAL = 'fix.link';

/** What the form of *Link fix* must remember. */
export interface LinkMemory {
  number: number;
  channel: string | null;
}

/** The form of *Link fix*: one address. */
export function linkModal(spec: { name: string; title: string; memory: LinkMemory }) {
  return modal({
    callbackId: LINK_MODAL,
    title: `Link a fix to ${spec.name}`,
    submit: 'Link',
    close: 'Cancel',
    privateMetadata: JSON.stringify(spec.memory),
    blocks: [
      section(md`${bold(spec.name)} ${spec.title}`),
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
      : md` It also mends ${view.others.slice(0, 10).map(issueName).join(', ')}${view.others.length > 10 ? ` and ${view.others.length - 10} more` : ''}.`;
  const instead = view.before === null ? md`` : md`, instead of ${view.before}`;
  return message({
    text: view.changed
      ? md`${bold(view.name)} waits for ${fix}${instead} (${fixStateInWords(view.fix.state)}).${also}`
      : md`${bold(view.name)} was linked to ${fix} before. Nothing changed.${also}`,
    blocks: [],
  });
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
