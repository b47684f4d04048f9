import type { HomeView } from '@slack/types';
import type { ShownMatch } from '../../accounts/messages/unmatched.js';
import {
  actions,
  type Block,
  bold,
  button,
  context,
  divider,
  header,
  homeView,
  join,
  type Md,
  md,
  section,
} from '../../slack/blocks/index.js';
import { type AbsenceView, absencePart } from './absence.js';
import {
  ACT_AS,
  type AccountItem,
  type AlertItem,
  accountBlocks,
  alertBlocks,
  type FollowupItem,
  followupBlocks,
  GO,
  type IssueItem,
  issueBlocks,
  type ListName,
  listPage,
  listPart,
  type Part,
} from './lists.js';
import { type RuleCounts, rulesPart } from './rules.js';
import { unmatchedPart } from './unmatched.js';

type Function = 'support' | 'success';

/** All that the first page shows of one person's work; a part that is null does not concern them. */
export interface MainView {
  /** Blocks of what was answered to the last press; shown above all else. */
  note: readonly Block[];
  /** That Baton posts nothing now, and until when; null when it does. */
  quiet: string | null;
  /** In which function they act; null for whoever has only one, or none. */
  acting: Function | null;
  followups: Part<FollowupItem> | null;
  alerts: Part<AlertItem> | null;
  issues: Part<IssueItem> | null;
  /** Issues that their group was asked about. */
  asked: Part<IssueItem>;
  accounts: Part<AccountItem>;
  /** Whose accounts these are: those of the person, or everybody's. */
  accountsTitle: string;
  /** Whether they are there; null for whoever has nothing to be reminded of. */
  absence: AbsenceView | null;
  /** How many rules of theirs speak, watch and are off; null for whoever switches none. */
  rules: RuleCounts | null;
  /** What admins see besides; null for everybody else. */
  admin: AdminView | null;
}

export interface AdminView {
  /** Steps of the set-up that are left, and whether one of them is wrong rather than new. */
  stepsLeft: number;
  coverage: { covered: number; uncovered: number; impossible: number };
  /** Channels whose past is read in, while that goes on; null when there is nothing to read. */
  history: { done: number; total: number } | null;
  /** What could not be delivered or handled, in words; the first few. */
  troubles: readonly string[];
  troublesTotal: number;
  /** Who or what belongs to no account, or to two; the first few. */
  unmatched: readonly ShownMatch[];
  unmatchedTotal: number;
}

const NAMES: Record<Function, string> = { support: 'Support', success: 'Success' };

/** The first page of Home. */
export function mainPage(view: MainView): HomeView {
  return homeView([
    ...view.note,
    view.quiet === null ? undefined : section(bold(md`${view.quiet}`)),
    ...actingPart(view.acting),
    ...(view.followups === null
      ? []
      : listPart(
          {
            name: 'followups',
            title: 'Your follow-ups',
            part: view.followups,
            none: 'Nobody waits for a word of yours.',
          },
          followupBlocks,
        )),
    ...(view.alerts === null
      ? []
      : listPart({ name: 'alerts', title: 'Alerts to claim', part: view.alerts }, alertBlocks)),
    ...listPart({ name: 'asked', title: 'Your group was asked', part: view.asked }, issueBlocks),
    ...(view.issues === null
      ? []
      : listPart(
          { name: 'issues', title: 'Your issues', part: view.issues, none: 'You have no open issue.' },
          issueBlocks,
        )),
    ...listPart(
      {
        name: 'accounts',
        title: view.accountsTitle,
        part: view.accounts,
        none: 'There is no account yet. An admin adds them in the set-up.',
      },
      accountBlocks,
    ),
    ...rulesPart(view.rules),
    ...(view.absence === null ? [] : [divider(), absencePart(view.absence)]),
    ...adminPart(view.admin),
  ]);
}

function actingPart(acting: Function | null): (Block | undefined)[] {
  if (acting === null) return [];
  const other = acting === 'support' ? 'success' : 'support';
  return [
    section(md`Acting as ${bold(NAMES[acting])}`, {
      accessory: button({ id: ACT_AS, text: `Act as ${NAMES[other]}`, value: other }),
    }),
  ];
}

function adminPart(admin: AdminView | null): (Block | undefined)[] {
  if (admin === null) return [];
  const { stepsLeft, coverage, troubles, troublesTotal } = admin;
  const left =
    stepsLeft === 0
      ? md`Set-up is complete`
      : md`${stepsLeft} ${stepsLeft === 1 ? 'step' : 'steps'} of the set-up left`;
  const history =
    admin.history !== null && md`past of ${admin.history.done} of ${admin.history.total} channels read in`;
  const seen = join(
    [
      md`${coverage.covered} customer channels covered`,
      coverage.uncovered > 0 && bold(md`${coverage.uncovered} not`),
      coverage.impossible > 0 && bold(md`${coverage.impossible} cannot be`),
    ],
    ', ',
  );
  return [
    divider(),
    header('For admins'),
    section(join([left, seen, history])),
    actions('admin', [
      button({
        id: `${GO}:setup`,
        text: 'Set-up',
        value: JSON.stringify({ name: 'setup' }),
        ...(stepsLeft > 0 ? { style: 'primary' as const } : {}),
      }),
      button({
        id: `${GO}:coverage`,
        text: 'Coverage',
        value: JSON.stringify({ name: 'coverage', from: 0 }),
      }),
    ]),
    ...troublePart(troubles, troublesTotal),
    ...unmatchedPart(admin.unmatched, admin.unmatchedTotal),
  ];
}

function troublePart(troubles: readonly string[], total: number): (Block | undefined)[] {
  if (total === 0) return [];
  const rest = total - troubles.length;
  const all: Md[] = troubles.map((trouble) => md`${trouble}`);
  return [
    section(bold(total === 1 ? 'One thing needs a look' : `${total} things need a look`)),
    context([join([...all, rest > 0 && md`… and ${rest} more; baton doctor lists them`], '\n')]),
  ];
}

/** A page with one whole list. */
export function listOf(
  note: readonly Block[],
  list: { name: ListName; title: string; from: number; size: number; part: Part<never> },
): HomeView {
  const draw = {
    followups: followupBlocks,
    alerts: alertBlocks,
    issues: issueBlocks,
    asked: issueBlocks,
    accounts: accountBlocks,
  }[list.name] as (item: never) => Block;
  return homeView([...note, ...listPage(list, draw)]);
}

/** What somebody sees who has no role in Baton: whom to ask. */
export function noRolePage(admins: readonly Md[]): HomeView {
  const whom = admins.length > 0 ? join(admins, ', ') : md`an admin of your workspace`;
  return homeView([
    section(md`${bold('Baton')} carries the baton between support and success.`),
    section(md`You have no role in Baton yet. Ask ${whom} to add you.`),
  ]);
}

/** What somebody of another company sees: nothing but what the app is. */
export function outsiderPage(): HomeView {
  return homeView([
    section(md`${bold('Baton')} helps the people you write to answer you. Nothing is shown here.`),
  ]);
}
