import { gate } from '../../src/accounts/gate.js';
import { outsidersAmong } from '../../src/accounts/store.js';
import { tellParked, tellUndeliverable } from '../../src/cards/notices.js';
import { quietReason } from '../../src/cards/quiet.js';
import { renderCard } from '../../src/cards/render.js';
import { scheduleMornings } from '../../src/digests/morning.js';
import { firstPage } from '../../src/home/admin.js';
import { lookAt, tellNewShared } from '../../src/home/jobs.js';
import { parseCompany } from '../../src/imports/company-file.js';
import { resolveCompany } from '../../src/imports/company-resolve.js';
import { applyCompany } from '../../src/imports/store/apply.js';
import { delivered } from '../../src/loop.js';
import { drawHome, eventRoutes, JOBS, SURFACES } from '../../src/main/routes.js';
import type { Person } from '../../src/people/rules.js';
import { DueDesk, nextDueAt } from '../../src/queue/due.js';
import { Homes, pressedHome } from '../../src/queue/homes.js';
import { createHousekeeping } from '../../src/queue/housekeeping.js';
import { Inbox } from '../../src/queue/inbox.js';
import { Intake } from '../../src/queue/intake.js';
import { LookupDesk } from '../../src/queue/lookups.js';
import { Outbox, type OutboxOptions } from '../../src/queue/outbox.js';
import { Survey, wantSurvey } from '../../src/queue/survey.js';
import { ownChannels } from '../../src/settings/store.js';
import { createAudience } from '../../src/slack/audience.js';
import type { Answer, Surface } from '../../src/slack/dispatch.js';
import type { Command, Interaction } from '../../src/slack/interactions.js';
import type { Store } from '../../src/store/transact.js';
import { companyText, HEARD_MS, quietLog, TUESDAY_9 } from './baton.js';
import { OUR_TEAM, PaperSlack } from './paper-slack.js';
import { type TestClock, testClock } from './time.js';

const OURS = ['sam', 'priya', 'ana', 'luis', 'lea', 'eli'];
const CUSTOMERS: Record<string, string[]> = { acme: ['joe', 'jill'], globex: ['gus'], initech: ['ivy'] };

/** The Slack of `company.yml` on paper; `max` is a colleague without a role. */
export function paperSlack(clock: TestClock): PaperSlack {
  let last = 0;
  const slack = new PaperSlack(() => {
    last = Math.max(last + 1, Math.floor(clock.business.now() * 1000));
    return `${Math.floor(last / 1e6)}.${String(last % 1e6).padStart(6, '0')}`;
  });
  for (const name of [...OURS, 'max']) slack.addUser(name, { isAdmin: name === 'lea' });
  for (const [account, people] of Object.entries(CUSTOMERS)) {
    for (const name of people) slack.addUser(name, { teamId: `T${account}` });
    slack.addChannel(account, [...OURS, 'max', ...people], { isShared: true });
    slack.addChannel(`${account}-internal`, OURS);
  }
  slack.addChannel('support-success', OURS);
  slack.addChannel('triage', OURS);
  return slack;
}

export interface OfficeOptions {
  store: Store;
  clock?: TestClock;
  slack?: PaperSlack;
  company?: string;
  paceMs?: number;
  outbox?: Partial<OutboxOptions>;
  /** Whether people get their nine o'clock message; most scenarios look at other messages. */
  mornings?: boolean;
}

/** The whole product but for the wire: deliveries, timed work and messages, on clocks that stand still. */
export class Office {
  readonly store: Store;
  readonly clock: TestClock;
  readonly slack: PaperSlack;
  readonly intake: Intake;
  readonly inbox: Inbox;
  readonly due: DueDesk;
  readonly outbox: Outbox;
  readonly lookups: LookupDesk;
  private readonly hasMornings: boolean;
  readonly homes: Homes;
  readonly survey: Survey;

  constructor(o: OfficeOptions) {
    this.store = o.store;
    this.hasMornings = o.mornings ?? false;
    this.clock = o.clock ?? testClock(TUESDAY_9, () => 0);
    this.slack = o.slack ?? paperSlack(this.clock);
    const { store, slack } = this;
    const { business, machine } = this.clock;
    const isOurTeam = (teamId: string | null) => teamId === null || teamId === OUR_TEAM;
    this.lookups = new LookupDesk(store, slack, machine.now, isOurTeam);
    this.intake = new Intake(store, machine.now);
    const housekeeping = createHousekeeping({
      botUserId: () => 'UBATON',
      isOurTeam,
      now: machine.now,
      firstPage,
    });
    this.inbox = new Inbox({
      store,
      slack,
      lookups: this.lookups,
      route: eventRoutes(business, housekeeping),
      now: machine.now,
      log: quietLog,
      onParked: (tx, row) => tellParked(tx, row, business.now()),
    });
    const times = { businessNow: business.now, machineNow: machine.now, log: quietLog };
    this.due = new DueDesk({ store, handlers: JOBS, ...times });
    this.outbox = new Outbox({
      store,
      slack,
      render: renderCard,
      audience: createAudience({ store, lookups: this.lookups, outsidersAmong }),
      quiet: (row, card) => store.read((tx) => quietReason(tx, row, card, business.now())),
      onDelivered: delivered,
      onUndeliverable: (tx, row, reason) => tellUndeliverable(tx, row, reason, business.now()),
      ...times,
      paceMs: o.paceMs ?? 0,
      ...o.outbox,
    });
    this.homes = new Homes({ store, slack, render: drawHome, ...times });
    this.survey = new Survey({
      store,
      slack,
      ...times,
      ours: ownChannels,
      look: (channel) => lookAt(store, this.lookups, channel),
      onNew: tellNewShared,
    });
    store.onWake((work) => {
      if (work === 'homes') this.homes.changed();
    });
  }

  /** Opens Baton's Home, as Slack tells of it. @returns what stands there then, as JSON */
  async opensHome(user: string): Promise<string> {
    await this.event('app_home_opened', { user: userId(user), tab: 'home', channel: `D${userId(user)}` });
    await this.inbox.step();
    await this.homes.step();
    return this.home(user);
  }

  /** Looks at the workspace's channels, as it is done each morning, and at who is in them. */
  async surveys(): Promise<void> {
    await this.store.transact([], (tx) => wantSurvey(tx, this.now()));
    while ((await this.survey.step()) !== undefined) this.clock.wait(2_000);
  }

  /** What stands in somebody's Home now, as JSON; empty before it was ever opened. */
  home(user: string): string {
    return JSON.stringify(this.slack.homes.get(userId(user)) ?? '');
  }

  /** Presses a button in Home. @returns what stands there then, as JSON */
  async pressesInHome(user: string, actionId: string, value: string): Promise<string> {
    const answer = await this.press(user, actionId, value);
    await this.store.transact([], (tx) => pressedHome(tx, userId(user), { say: answer?.say }));
    await this.homes.step();
    return this.home(user);
  }

  now(): number {
    return this.clock.business.now();
  }

  /** Reads a company file in, as `baton apply` does. */
  async apply(text = companyText()): Promise<void> {
    const directory = { users: await this.slack.users(), channels: await this.slack.channels() };
    const resolved = resolveCompany(parseCompany(text), directory, []);
    await this.store.transact(['company'], async (tx) => {
      await applyCompany(tx, resolved, { who: 'test', now: this.now() - HEARD_MS });
      if (this.hasMornings) await scheduleMornings(tx, this.now());
    });
  }

  /** Stores an event as it comes from Slack; a second one with the same id is the same event. */
  async event(kind: string, event: Record<string, unknown>, id = `Ev${this.slack.next()}`): Promise<void> {
    const channel = (event.channel ?? (event.item as { channel?: string } | undefined)?.channel) as string;
    await this.intake.put({
      key: id,
      kind,
      lane: channel ?? 'team',
      body: { event: { type: kind, ...event } },
    });
  }

  /** Somebody writes in a channel; handled at once. @returns the message's ts */
  async writes(
    channel: string,
    author: string,
    text: string,
    more: { threadTs?: string; ts?: string; files?: { name: string }[] } = {},
  ): Promise<string> {
    const ts = more.ts ?? this.ts();
    await this.event('message', {
      channel: channelId(channel),
      user: userId(author),
      text,
      ts,
      ...(more.threadTs ? { thread_ts: more.threadTs } : {}),
      ...(more.files ? { subtype: 'file_share', files: more.files } : {}),
    });
    await this.inbox.step();
    return ts;
  }

  async reacts(channel: string, ts: string, user: string, name: string): Promise<void> {
    const item = { type: 'message', channel: channelId(channel), ts };
    await this.event('reaction_added', { user: userId(user), reaction: name, item });
    await this.inbox.step();
  }

  /** The next ts: business time, and a microsecond more for each. */
  ts(): string {
    const micros = String((this.slack.next() % 1000) + 1).padStart(3, '0');
    const at = this.now();
    return `${Math.floor(at / 1000)}.${String(at % 1000).padStart(3, '0')}${micros}`;
  }

  press(user: string, actionId: string, value: string, channel = 'triage'): Promise<Answer | undefined> {
    const surface = SURFACES.presses[actionId.split(':')[0] ?? ''];
    return this.run(surface, {
      kind: 'press',
      key: `press:${this.slack.next()}`,
      userId: userId(user),
      teamId: OUR_TEAM,
      actionId,
      value,
      channel: channelId(channel),
      messageTs: null,
      threadTs: null,
      viewId: null,
      triggerId: `t${this.slack.next()}`,
    });
  }

  /** Says of an alert that it is not needed, and why. */
  async dismisses(user: string, alertId: number, why = 'noise', reason = ''): Promise<Answer | undefined> {
    const opened = await this.press(user, 'alert.not_needed', String(alertId), 'support-success');
    return opened?.open ? this.submit(user, opened, { why, reason }) : opened;
  }

  command(user: string, channel: string, command: string, text: string): Promise<Answer | undefined> {
    const typed: Command = {
      kind: 'command',
      key: `command:${this.slack.next()}`,
      userId: userId(user),
      teamId: OUR_TEAM,
      channel: channelId(channel),
      command,
      text,
      triggerId: `t${this.slack.next()}`,
    };
    const found = SURFACES.commands[command]?.(typed);
    return this.run(found?.surface, found?.it ?? typed);
  }

  /** A message shortcut on a message of somebody; by nobody where `author` is null. */
  shortcut(
    user: string,
    callbackId: string,
    on: { channel: string; ts: string; author: string | null; text: string; threadTs?: string },
  ): Promise<Answer | undefined> {
    const { ts, text, threadTs = null, author } = on;
    return this.run(SURFACES.shortcuts[callbackId], {
      kind: 'shortcut',
      key: `shortcut:${this.slack.next()}`,
      userId: userId(user),
      teamId: OUR_TEAM,
      callbackId,
      channel: channelId(on.channel),
      message: { ts, threadTs, user: author === null ? null : userId(author), text },
      triggerId: `t${this.slack.next()}`,
    });
  }

  /** Sends the form of an answer, with these fields. What the form says goes where Slack would show it. */
  submit(
    user: string,
    opened: Answer | undefined,
    values: Record<string, string | null>,
  ): Promise<Answer | undefined> {
    const view = opened?.open as { callback_id: string; private_metadata?: string } | undefined;
    if (!view) throw new Error(`no form was opened, but: ${opened?.say?.text}`);
    return this.run(SURFACES.submits[view.callback_id], {
      kind: 'submit',
      key: `submit:${this.slack.next()}`,
      userId: userId(user),
      teamId: OUR_TEAM,
      callbackId: view.callback_id,
      metadata: view.private_metadata ?? '',
      values,
      triggerId: `t${this.slack.next()}`,
    });
  }

  private async run<I extends Interaction>(
    surface: Surface<Person, I> | undefined,
    it: I,
  ): Promise<Answer | undefined> {
    if (!surface) throw new Error(`nobody answers ${it.kind}`);
    const keys = await this.store.read(async (tx) => (await surface.keys?.(tx, it)) ?? []);
    const answer = await this.store.transact(keys, async (tx) => {
      const who = await gate(tx, it, surface.may);
      if ('refused' in who) return who.refused === 'silent' ? undefined : { say: who.refused };
      return surface.run(tx, who.actor, it, this.now());
    });
    noDeadMarks(answer, it);
    if (!answer?.late) return answer;
    await this.lookups.ensureUsers(answer.late.users);
    return { ...answer, open: await this.store.read(answer.late.draw) };
  }

  /** Does all that can be done now. */
  async settle(): Promise<void> {
    await this.inbox.step();
    await this.due.step();
    await this.outbox.step();
    await this.due.step();
    await this.outbox.step();
  }

  /** Goes on by some time, stopping at everything that falls due on the way. */
  async travel(ms: number): Promise<void> {
    const until = this.now() + ms;
    await this.settle();
    let next = await this.store.read(nextDueAt);
    while (next !== undefined && next <= until) {
      this.clock.set(Math.max(next, this.now()));
      await this.settle();
      next = await this.store.read(nextDueAt);
    }
    this.clock.set(until);
    await this.settle();
  }
}

/** Opens an office on a database, with the company of `company.yml` in it. */
export async function openOffice(store: Store, more: Omit<OfficeOptions, 'store'> = {}): Promise<Office> {
  const office = new Office({ store, ...more });
  await office.apply(more.company);
  return office;
}

export const userId = (name: string): string => (/^[UW][A-Z]/.test(name) ? name : `U${name.toUpperCase()}`);

export const channelId = (name: string): string =>
  /^[CD][A-Z]/.test(name) ? name : `C${name.toUpperCase().replaceAll('-', '')}`;

/** A mark of our own that went through a plain string is shown as its look-alike: \`/account\` as ˋ/accountˋ. */
function noDeadMarks(answer: Answer | undefined, it: Interaction): void {
  if (/[*`]/.test(JSON.stringify(it))) return;
  const dead = /.{0,40}[ˋ∗].{0,40}/u.exec(JSON.stringify(answer?.say ?? ''));
  if (dead) throw new Error(`marks that format nothing: ${dead[0]}`);
}
