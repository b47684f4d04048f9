import { gate } from '../../src/accounts/gate.js';
import { SURFACES } from '../../src/main/routes.js';
import type { Answer } from '../../src/slack/dispatch.js';
import type { Shortcut, Submit } from '../../src/slack/interactions.js';
import type { Store } from '../../src/store/transact.js';
import { Office } from '../support/office.js';
import { OUR_TEAM, PaperSlack } from '../support/paper-slack.js';
import { rowsOf } from '../support/rows.js';
import { type TestClock, testClock } from '../support/time.js';
import { isPost, type Line, loadWeek, type Team, threadOf } from './load.js';

/** Plays the written week through the product: the office on paper, with a clock that goes from line to line. */

const id = (name: string) => name.toUpperCase().replaceAll('-', '');
export const userOf = (name: string): string => `U${id(name)}`;
export const channelOf = (name: string): string => `C${id(name)}`;

function companyOf(team: Team): string {
  const people = team.agents.map(
    (agent) =>
      `  - { handle: ${agent.id}, slack: ${agent.id}, name: ${agent.name}, role: ${agent.function} }`,
  );
  const accounts = team.channels.flatMap((channel) => [
    `  - slug: ${channel.id}`,
    `    name: "${channel.account}"`,
    `    capture: ${channel.capture}`,
    `    channels: { customer: [${channel.id}] }`,
    ...(channel.people.length > 0 ? ['    customers:'] : []),
    ...channel.people.map((person) => `      - { name: ${person.id}, slack: ${person.id} }`),
  ]);
  const head = [`zone: ${team.zone}`, 'team_channel: support-success', 'triage_channel: triage', 'people:'];
  return [...head, ...people, 'accounts:', ...accounts, ''].join('\n');
}

function slackOf(team: Team, clock: TestClock): PaperSlack {
  let last = 0;
  const slack = new PaperSlack(() => {
    last = Math.max(last + 1, Math.floor(clock.business.now() * 1000));
    return `${Math.floor(last / 1e6)}.${String(last % 1e6).padStart(6, '0')}`;
  });
  const add = (name: string, more: Parameters<PaperSlack['addUser']>[1]) => {
    slack.addUser(id(name), { name, realName: name, ...more });
  };
  for (const agent of team.agents) add(agent.id, {});
  for (const bot of team.bots) add(bot, { isBot: true });
  const ours = team.agents.map((agent) => id(agent.id));
  for (const channel of team.channels) {
    for (const person of channel.people) add(person.id, { teamId: `T${id(channel.id)}` });
    const members = [...ours, ...channel.people.map((person) => id(person.id))];
    slack.addChannel(channel.id, members, { isShared: true });
  }
  for (const name of ['triage', 'support-success']) slack.addChannel(name, ours);
  return slack;
}

/** A private answer that somebody got, and the line that caused it. */
export interface Told {
  line: Line;
  to: string;
  text: string;
}

export interface Skipped {
  line: Line;
  why: string;
}

export interface Played {
  office: Office;
  store: Store;
  tsOf: Map<string, string>;
  told: Told[];
  skipped: Skipped[];
  /** The most lines of one account that ever stood open at once. */
  mostOpenLines: number;
}

export async function playWeek(store: Store): Promise<Played> {
  const { team, lines } = loadWeek();
  const clock = testClock(Date.parse(team.from), () => 0);
  const office = new Office({ store, clock, slack: slackOf(team, clock) });
  await office.apply(companyOf(team));
  const player = new Player(office, lines);
  for (const line of lines) await player.play(line);
  await office.travel(Date.parse(team.until) - office.now());
  return { office, store, ...player.seen };
}

class Player {
  readonly seen = {
    tsOf: new Map<string, string>(),
    told: [] as Told[],
    skipped: [] as Skipped[],
    mostOpenLines: 0,
  };
  private readonly posts = new Map<string, Line>();

  constructor(
    private readonly office: Office,
    lines: readonly Line[],
  ) {
    for (const line of lines) if (isPost(line)) this.posts.set(line.id, line);
  }

  async play(line: Line): Promise<void> {
    const { office, seen } = this;
    await office.travel(Date.parse(line.at) - office.now());
    const before = office.slack.whispers.length;
    const answer = isPost(line) ? await this.says(line) : await this.does(line);
    await office.settle();
    await this.countLines();
    if (answer?.say) seen.told.push({ line, to: userOf(line.by), text: answer.say.text });
    for (const whisper of office.slack.whispers.slice(before))
      seen.told.push({ line, to: whisper.user, text: whisper.text });
  }

  private async countLines(): Promise<void> {
    const open = (await rowsOf(this.office.store, 'suggestions')).filter((row) => row.openKey !== null);
    const accounts = new Set(open.map((row) => row.accountId));
    this.seen.mostOpenLines = Math.max(this.seen.mostOpenLines, open.length - accounts.size + 1);
  }

  private ts(lineId: string): string {
    return this.seen.tsOf.get(lineId) ?? '';
  }

  private textOf(line: Line): string {
    return 'text' in line
      ? line.text.replace(/<@([a-z0-9-]+)>/g, (_, name: string) => `<@${userOf(name)}>`)
      : '';
  }

  private async says(line: Line): Promise<undefined> {
    const ts = `${Date.parse(line.at) / 1000}.000100`;
    this.seen.tsOf.set(line.id, ts);
    const thread = threadOf(line);
    await this.office.event('message', {
      channel: channelOf(line.channel),
      ts,
      text: this.textOf(line),
      user: userOf(line.by),
      ...(thread ? { thread_ts: this.ts(thread) } : {}),
      ...(line.kind === 'reply' && line.broadcast ? { subtype: 'thread_broadcast' } : {}),
      ...(line.kind === 'file' ? { subtype: 'file_share', files: [{ name: line.file }] } : {}),
      ...(line.kind === 'join' ? { subtype: 'channel_join' } : {}),
      ...(line.kind === 'bot' ? { bot_id: `B${id(line.by)}` } : {}),
    });
    return undefined;
  }

  private async does(line: Line): Promise<Answer | undefined> {
    const channel = channelOf(line.channel);
    switch (line.kind) {
      case 'edit':
      case 'unfurl':
        await this.changed(line, line.kind === 'edit' ? this.textOf(line) : undefined);
        return undefined;
      case 'delete':
        await this.office.event('message', {
          channel,
          subtype: 'message_deleted',
          deleted_ts: this.ts(line.of),
        });
        return undefined;
      case 'react':
        await this.office.event('reaction_added', {
          user: userOf(line.by),
          reaction: line.emoji,
          item: { type: 'message', channel, ts: this.ts(line.of) },
          event_ts: `${Date.parse(line.at) / 1000}.000100`,
        });
        return undefined;
      case 'shortcut':
        return this.shortcut(line, line.of);
      case 'command': {
        const [command = '', ...rest] = line.text.split(' ');
        return this.office.command(userOf(line.by), channel, command, rest.join(' '));
      }
      case 'press':
        return this.press(line);
      default:
        return undefined;
    }
  }

  private async changed(line: Line & { of: string }, text: string | undefined): Promise<void> {
    const post = this.posts.get(line.of);
    if (!post) return;
    const old = this.textOf(post);
    const message = { ts: this.ts(line.of), user: userOf(post.by), text: text ?? old };
    const edited = text === undefined ? {} : { edited: { ts: `${Date.parse(line.at) / 1000}.000000` } };
    await this.office.event('message', {
      channel: channelOf(line.channel),
      subtype: 'message_changed',
      hidden: true,
      ts: `${Date.parse(line.at) / 1000}.000200`,
      message: { ...message, ...edited },
      previous_message: { ...message, text: old },
    });
    if (text !== undefined && 'text' in post) post.text = text;
  }

  private common(line: Line) {
    return { key: line.id, userId: userOf(line.by), teamId: OUR_TEAM, triggerId: line.id };
  }

  private async shortcut(line: Line, of: string): Promise<Answer | undefined> {
    const post = this.posts.get(of);
    if (!post) return undefined;
    const it: Shortcut = {
      ...this.common(line),
      kind: 'shortcut',
      callbackId: 'issue.log_message',
      channel: channelOf(line.channel),
      message: { ts: this.ts(of), threadTs: null, user: userOf(post.by), text: this.textOf(post) },
    };
    const answer = await this.run(SURFACES.shortcuts[it.callbackId], it);
    if (!answer?.open) return answer;
    const view = answer.open as { callback_id: string; private_metadata: string; blocks: FormBlock[] };
    const submit: Submit = {
      ...this.common(line),
      kind: 'submit',
      callbackId: view.callback_id,
      metadata: view.private_metadata,
      values: Object.fromEntries(view.blocks.map((block) => [block.block_id ?? '', initialOf(block)])),
    };
    return this.run(SURFACES.submits[submit.callbackId], submit);
  }

  private async run<I extends Shortcut | Submit>(
    surface: (typeof SURFACES.shortcuts)[string] | (typeof SURFACES.submits)[string] | undefined,
    it: I,
  ): Promise<Answer | undefined> {
    if (!surface) throw new Error(`nobody answers ${it.callbackId}`);
    const { store } = this.office;
    const keys = await store.read(async (tx) => (await surface.keys?.(tx, it as never)) ?? []);
    return store.transact(keys, async (tx) => {
      const who = await gate(tx, it, surface.may);
      return 'refused' in who ? undefined : surface.run(tx, who.actor, it as never, this.office.now());
    });
  }

  private async press(line: Line & { kind: 'press' }): Promise<Answer | undefined> {
    const skip = (why: string) => void this.seen.skipped.push({ line, why });
    if (line.action === 'resolve') {
      const number = await this.issueOf(line.of);
      if (number === undefined) return skip('no issue to resolve');
      await this.office.command(userOf(line.by), 'triage', '/issue', `resolve B-${number}`);
      return undefined;
    }
    const contact = await this.contactOf(line.of);
    const rows = await rowsOf(this.office.store, 'suggestions');
    const shown = rows.some((row) => row.items.some((item) => item.contactId === contact));
    if (contact === undefined || !shown) return skip('no line offers it');
    if (line.action === 'log') return this.pressed(line, 'suggestion.log', String(contact));
    if (line.action === 'not an issue') return this.pressed(line, 'suggestion.more', `chat:${contact}`);
    const number = line.to === undefined ? undefined : await this.issueOf(line.to);
    if (number === undefined) return skip('no issue to add to');
    return this.pressed(line, 'suggestion.add', `${contact}:${number}`);
  }

  private pressed(line: Line, action: string, value: string): Promise<Answer | undefined> {
    return this.office.press(userOf(line.by), action, value);
  }

  private async issueOf(lineId: string): Promise<number | undefined> {
    const post = this.posts.get(lineId);
    const sources = await rowsOf(this.office.store, 'issueSources');
    const source = sources.find(
      (row) => row.ts === this.ts(lineId) && row.channel === channelOf(post?.channel ?? ''),
    );
    const issues = await rowsOf(this.office.store, 'issues');
    return issues.find((issue) => issue.id === source?.issueId)?.number;
  }

  private async contactOf(lineId: string): Promise<number | undefined> {
    const post = this.posts.get(lineId);
    const rows = await rowsOf(this.office.store, 'messages');
    const row = rows.find(
      (one) => one.ts === this.ts(lineId) && one.channel === channelOf(post?.channel ?? ''),
    );
    return row?.contactId ?? undefined;
  }
}

interface FormBlock {
  block_id?: string;
  element?: { initial_value?: string; initial_option?: { value: string } };
}

const initialOf = (block: FormBlock) =>
  block.element?.initial_option?.value ?? block.element?.initial_value ?? null;
