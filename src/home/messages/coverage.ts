import type { HomeView, ModalView } from '@slack/types';
import {
  actions,
  type Block,
  bold,
  button,
  channelLink,
  context,
  header,
  homeView,
  input,
  join,
  type Md,
  type Message,
  md,
  mention,
  message,
  modal,
  overflow,
  section,
  staticSelect,
  textInput,
} from '../../slack/blocks/index.js';
import type { Coverage, Impossible } from '../rules/coverage.js';
import { backToMain, GO } from './lists.js';

/** Looks at the channels of the workspace again. */
export const LOOK_AGAIN = 'coverage.look';
/** Asks a colleague to invite Baton; the value is their user id, or `all`. */
export const ASK = 'coverage.ask';
/** What to do with a channel of no account: `link:C1` or `ignore:C1`. */
export const CHANNEL_DO = 'coverage.channel';
export const LINK_MODAL = 'coverage.link';

export interface CoverageView {
  note: readonly Block[];
  coverage: Coverage;
  /** Colleagues who can invite Baton, and where to; null: nobody who could is known. */
  asks: readonly { inviter: string | null; channels: readonly Impossible[]; isAsked: boolean }[];
  /** When the workspace was last looked at, in words; null before the first time. */
  lookedText: string | null;
  from: number;
}

const SIZE = 20;
const NAMED = 8;

/** What Baton hears, what it could hear, and who can help with the rest. */
export function coveragePage(view: CoverageView): HomeView {
  const { coverage, asks, from } = view;
  const rows = [...coverage.uncovered.map(uncoveredRow), ...asks.flatMap(askRows)];
  const shown = rows.slice(from, from + SIZE);
  const last = from + shown.length;
  const to = (at: number, text: string) =>
    button({
      id: `${GO}:${at < from ? 'back' : 'on'}`,
      text,
      value: JSON.stringify({ name: 'coverage', from: at }),
    });
  const canAsk = asks.filter((ask) => ask.inviter !== null && !ask.isAsked);
  return homeView([
    ...view.note,
    backToMain('Coverage'),
    section(summary(coverage), {
      accessory: button({ id: LOOK_AGAIN, text: 'Look again' }),
    }),
    context([
      view.lookedText === null
        ? md`Baton has not looked at the channels yet; it does so every morning.`
        : md`Looked ${view.lookedText}; Baton looks again every morning.`,
    ]),
    rows.length > 0 && header('Not covered'),
    ...shown,
    rows.length === 0 && section(md`Every shared channel that Baton can see belongs to an account.`),
    actions('coverage', [
      canAsk.length > 1 && button({ id: `${ASK}:all`, text: `Message all ${canAsk.length}`, value: 'all' }),
      from > 0 && to(Math.max(0, from - SIZE), 'Earlier'),
      last < rows.length && to(last, 'More'),
    ]),
    coveredPart(coverage),
  ]);
}

function summary({ covered, uncovered, impossible }: Coverage): Md {
  return join(
    [
      md`${bold(String(covered.length))} ${covered.length === 1 ? 'channel' : 'channels'} covered`,
      uncovered.length > 0 && md`${uncovered.length} not covered`,
      impossible.length > 0 && md`${impossible.length} cannot be covered until somebody helps`,
    ],
    ', ',
  );
}

function uncoveredRow(one: Coverage['uncovered'][number]): Block {
  return section(md`${channelLink(one.channel)} ${one.name}: Baton is in it, but it belongs to no account`, {
    accessory: overflow({
      id: CHANNEL_DO,
      options: [
        { text: 'Give it to an account…', value: `link:${one.channel}` },
        { text: 'No customer is in it', value: `ignore:${one.channel}` },
      ],
    }),
  });
}

function askRows(ask: CoverageView['asks'][number]): Block[] {
  const { inviter, channels } = ask;
  if (inviter === null) return channels.map((one) => section(hopeless(one)));
  return [
    section(md`${mention(inviter)} can invite Baton to ${names(channels)}`, {
      accessory: ask.isAsked
        ? undefined
        : button({ id: ASK, text: 'Message them', value: inviter, label: 'Ask them to invite Baton' }),
    }),
    ...(ask.isAsked ? ([context([md`Asked in the last seven days.`])] as Block[]) : []),
  ];
}

function hopeless(one: Impossible): Md {
  const whose = one.account === null ? md`#${one.name}` : md`#${one.name} of ${one.account}`;
  if (one.why === 'archived') return md`${whose} is archived in Slack`;
  if (one.why === 'not visible')
    return md`${whose}: Baton was removed or the channel is gone; invite it again or unlink it`;
  return md`${whose}: nobody is known who could invite Baton`;
}

function names(channels: readonly Impossible[]): Md {
  const rest = channels.length - NAMED;
  const all = channels.slice(0, NAMED).map((one) => md`#${one.name}`);
  return join([...all, rest > 0 && md`and ${rest} more`], ', ');
}

function coveredPart({ covered }: Coverage): Block | undefined {
  if (covered.length === 0) return undefined;
  const rest = covered.length - NAMED;
  const some = covered.slice(0, NAMED).map((one) => md`#${one.name} (${one.account})`);
  return context([join([md`Covered:`, join([...some, rest > 0 && md`and ${rest} more`], ', ')], ' ')]);
}

/** To which account a shared channel belongs: one that is there, or a new one. */
export function linkModal(spec: {
  channel: string;
  name: string;
  accounts: readonly { id: number; name: string }[];
  proposed: string;
}): ModalView {
  const max = 100;
  return modal({
    callbackId: LINK_MODAL,
    title: 'Whose channel is it?',
    submit: 'Save',
    close: 'Cancel',
    privateMetadata: spec.channel,
    blocks: [
      section(md`#${spec.name} is shared with another company.`),
      spec.accounts.length > 0 &&
        input({
          blockId: 'account',
          label: 'An account that is there',
          optional: true,
          element:
            spec.accounts.length > max
              ? textInput({ id: 'account', max: 100, placeholder: 'Name of the account' })
              : staticSelect({
                  id: 'account',
                  placeholder: 'Which account?',
                  options: spec.accounts.map((one) => ({ text: one.name, value: String(one.id) })),
                }),
        }),
      input({
        blockId: 'new_account',
        label: 'Or a new one',
        optional: true,
        hint: 'Used when no account is chosen above.',
        element: textInput({ id: 'new_account', max: 80, initial: spec.proposed }),
      }),
    ],
  });
}

/** To a colleague who is in channels where Baton is not: one message with their whole list. */
export function pleaseInvite(view: {
  by: string;
  channels: readonly { channel: string; name: string }[];
}): Message {
  const n = view.channels.length;
  const head = md`Please invite Baton to ${n} ${n === 1 ? 'channel' : 'channels'} with customers that you are in`;
  const shown = view.channels.slice(0, 30);
  return message({
    text: head,
    blocks: [
      section(head),
      section(
        join(
          shown.map((one) => md`• ${channelLink(one.channel)} ${one.name}`),
          '\n',
        ),
      ),
      n > shown.length && context([md`… and ${n - shown.length} more`]),
      context([
        md`Type \`/invite @Baton\` in each. Baton hears customers there for support and success; it never writes to them. ${view.by} asked.`,
      ]),
    ],
  });
}

/** To admins, when shared channels appeared since yesterday. */
export function newShared(names: readonly string[]): Message {
  const rest = names.length - NAMED;
  const head = md`${names.length} new shared ${names.length === 1 ? 'channel' : 'channels'}: ${names
    .slice(0, NAMED)
    .map((name) => `#${name}`)
    .join(
      ', ',
    )}${rest > 0 ? md` and ${rest} more` : ''}. Open Baton's Home, under Coverage, to give them to accounts.`;
  return message({ text: head, blocks: [] });
}
