import type { HomeView, ModalView } from '@slack/types';
import {
  type Block,
  bold,
  button,
  channelSelect,
  checkboxes,
  context,
  homeView,
  input,
  lines,
  type Message,
  md,
  message,
  modal,
  multiUsersSelect,
  radio,
  section,
  textInput,
  timePicker,
} from '../../slack/blocks/index.js';
import type { Step } from '../rules/setup.js';
import { backToMain } from './lists.js';

/** Opens the form of a step, or ticks it off; the value is the step's name. */
export const STEP = 'setup.step';
export const CHANNEL_MODAL = 'setup.channel';
export const PEOPLE_MODAL = 'setup.people';
export const GROUPS_MODAL = 'setup.groups';
export const HOURS_MODAL = 'setup.hours';
export const ACCOUNTS_MODAL = 'setup.accounts';
export const LIVE_MODAL = 'setup.live';

const MARKS: Record<Step['state'], string> = { done: '✓', todo: '○', wrong: '✗' };

/** The checklist: each step with how it stands, what is wrong with it, and the way to mend it. */
export function setupPage(note: readonly Block[], steps: readonly Step[]): HomeView {
  const left = steps.filter((step) => step.state !== 'done').length;
  return homeView([
    ...note,
    backToMain('Set-up'),
    context([
      left === 0
        ? md`Everything is set up. What you change here, baton export writes to company.yml.`
        : md`${left} of ${steps.length} left. All of it can be done here; a company.yml is not needed.`,
    ]),
    ...steps.map((step) =>
      section(lines([md`${MARKS[step.state]}  ${bold(step.title)}`, md`${step.line}`]), {
        accessory: step.button === null ? undefined : stepButton(step, step.button),
      }),
    ),
  ]);
}

function stepButton(step: Step, text: string) {
  return button({
    id: STEP,
    text,
    value: step.name,
    label: `${step.title}: ${text}`,
    ...(step.state === 'done' ? {} : { style: 'primary' as const }),
  });
}

const form = (
  callbackId: string,
  title: string,
  blocks: Parameters<typeof modal>[0]['blocks'],
  memory?: string,
) =>
  modal({
    callbackId,
    title,
    submit: 'Save',
    close: 'Cancel',
    blocks,
    ...(memory === undefined ? {} : { privateMetadata: memory }),
  });

/** Which channel is the team's, or triage's. */
export function channelModal(which: 'team' | 'triage', current: string | null): ModalView {
  const isTeam = which === 'team';
  return form(
    CHANNEL_MODAL,
    isTeam ? 'Team channel' : 'Triage channel',
    [
      input({
        blockId: 'channel',
        label: isTeam ? 'Where do support and success meet?' : 'Where does support work?',
        hint: 'Nobody from outside may read it. Invite Baton with /invite @Baton if it is not there yet.',
        element: channelSelect({ id: 'channel', initial: current ?? undefined }),
      }),
    ],
    which,
  );
}

export interface PeopleChosen {
  support: readonly string[];
  success: readonly string[];
  supportLeads: readonly string[];
  successLeads: readonly string[];
  viewers: readonly string[];
}

/** Who is who; whoever is left out has no role any more. */
export function peopleModal(chosen: PeopleChosen): ModalView {
  const field = (blockId: keyof PeopleChosen, label: string, hint?: string) =>
    input({
      blockId,
      label,
      hint,
      optional: true,
      element: multiUsersSelect({ id: blockId, initial: chosen[blockId] }),
    });
  return form(PEOPLE_MODAL, 'Who is who', [
    field('support', 'Support', 'Somebody may stand under support and under success.'),
    field('supportLeads', 'Leads of support'),
    field('success', 'Success'),
    field('successLeads', 'Leads of success'),
    field('viewers', 'Viewers', 'See issues, fixes and accounts; without revenue, health and notes.'),
  ]);
}

/** The groups that an escalation can call, with who is in them. */
export function groupsModal(
  groups: readonly { key: string; name: string; about: string; people: readonly string[] }[],
): ModalView {
  return form(
    GROUPS_MODAL,
    'Escalation groups',
    groups.map(({ key, name, about, people }) =>
      input({
        blockId: key,
        label: name,
        hint: about,
        optional: true,
        element: multiUsersSelect({ id: key, initial: people }),
      }),
    ),
  );
}

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** Working hours of the company. */
export function hoursModal(spec: {
  zone: string;
  /** ISO weekdays, `1` to `7`. */
  days: readonly string[];
  from: string;
  to: string;
  holidays: readonly string[];
}): ModalView {
  return form(HOURS_MODAL, 'Working hours', [
    input({
      blockId: 'zone',
      label: 'Zone',
      hint: 'As in Europe/Berlin or America/New_York.',
      element: textInput({ id: 'zone', max: 60, initial: spec.zone }),
    }),
    input({
      blockId: 'days',
      label: 'Days',
      element: checkboxes({
        id: 'days',
        options: DAYS.map((text, i) => ({ text, value: String(i + 1) })),
        initial: spec.days,
      }),
    }),
    input({ blockId: 'from', label: 'From', element: timePicker({ id: 'from', initial: spec.from }) }),
    input({ blockId: 'to', label: 'To', element: timePicker({ id: 'to', initial: spec.to }) }),
    input({
      blockId: 'holidays',
      label: 'Holidays',
      hint: 'One day per line, as 2026-12-25.',
      optional: true,
      element: textInput({ id: 'holidays', multiline: true, initial: spec.holidays.join('\n') }),
    }),
  ]);
}

export interface Proposal {
  channel: string;
  /** The channel's name. */
  name: string;
  account: string;
  /** An account of that name is there already: the channel is linked to it. */
  exists: boolean;
  isMember: boolean;
}

const PER_FIELD = 10;
const FIELDS = 5;

/** Accounts proposed from channels that are shared with other companies; ticked ones are added. */
export function accountsModal(proposals: readonly Proposal[]): ModalView {
  const shown = proposals.slice(0, PER_FIELD * FIELDS);
  const rest = proposals.length - shown.length;
  const fields = Array.from({ length: Math.ceil(shown.length / PER_FIELD) }, (_, i) =>
    shown.slice(i * PER_FIELD, (i + 1) * PER_FIELD),
  );
  return form(ACCOUNTS_MODAL, 'Accounts', [
    section(
      md`Channels that are shared with other companies. Ticked ones become accounts; untick what is none.`,
    ),
    ...fields.map((some, i) =>
      input({
        blockId: `accounts_${i}`,
        label: i === 0 ? 'Add' : 'and',
        optional: true,
        element: checkboxes({
          id: `accounts_${i}`,
          options: some.map((one) => ({
            text: one.account,
            value: one.channel,
            description: `#${one.name}${one.exists ? ', to the account that is there' : ''}${one.isMember ? '' : ', invite Baton'}`,
          })),
          initial: some.map((one) => one.channel),
        }),
      }),
    ),
    rest > 0 && context([md`… and ${rest} more; they are proposed once these are added.`]),
  ]);
}

/** What tells Baton that customers can use a fix. */
export function liveModal(current: string | null, words: Readonly<Record<string, string>>): ModalView {
  return form(LIVE_MODAL, 'When a fix is live', [
    input({
      blockId: 'live',
      label: 'Customers can use a fix as soon as',
      element: radio({
        id: 'live',
        options: Object.entries(words).map(([value, text]) => ({ value, text })),
        initial: current ?? undefined,
      }),
    }),
  ]);
}

/** What was done, in one line above the page. */
export function setupSaid(text: string): Message {
  return message({ text: md`${text}`, blocks: [] });
}
