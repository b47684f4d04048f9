import { userId } from '../support/office.js';
import { PaperSlack } from '../support/paper-slack.js';
import { type Account, AGENTS, CSMS, ENGINEER, LEADS } from './company.js';

/** A message as somebody sees it: where it stands, and the buttons under it. */
export interface Seen {
  channel: string;
  at: number;
  text: string;
  /** Slack ids whose badge it lights: of a direct message its reader, else those mentioned. */
  lights: string[];
  /** Ids of the accounts whose unclaimed cards a morning message lists. */
  lists: readonly number[];
  /** Value of each button, by its action. */
  buttons: ReadonlyMap<string, string>;
}

/** A Slack that keeps nothing but what everybody's badges show. */
export class YearSlack extends PaperSlack {
  /** Told of every message that is posted. */
  onPost: (seen: Seen) => void = () => undefined;
  private last = 0;

  constructor(
    private readonly now: () => number,
    accounts: readonly Account[],
  ) {
    super(() => '');
    const ours = [...AGENTS, ...CSMS, ...LEADS, ENGINEER];
    for (const name of ours) this.addUser(name);
    for (const { channel, customers, id } of accounts) {
      if (channel === null) continue;
      for (const name of customers) this.addUser(name, { teamId: `T${id}` });
      this.addChannel(channel, [...ours, ...customers], { isShared: true });
    }
    this.addChannel('team', ours);
    this.addChannel('triage', ours);
  }

  private ts(): string {
    this.last = Math.max(this.last + 1, Math.floor(this.now() * 1000));
    return `${Math.floor(this.last / 1e6)}.${String(this.last % 1e6).padStart(6, '0')}`;
  }

  override async post({
    channel,
    text,
    blocks,
  }: {
    channel: string;
    text: string;
    blocks?: unknown[] | undefined;
  }) {
    const all = JSON.stringify([text, blocks ?? []]);
    const mentioned = [...all.matchAll(/<@(U[A-Z0-9]+)>|"user_id":"(U[A-Z0-9]+)"/g)].map(
      (m) => m[1] ?? m[2] ?? '',
    );
    const lights = channel.startsWith('D') ? [channel.slice(1)] : [...new Set(mentioned)];
    const lists = [...all.matchAll(/Account (\d+) needs a call, nobody has it/g)].map((m) => Number(m[1]));
    this.onPost({ channel, at: this.now(), text, lights, lists, buttons: buttonsOf(blocks ?? []) });
    return { channel, ts: this.ts() };
  }

  override async update() {}

  override async openDm(user: string) {
    return `D${user}`;
  }

  override async findByKey() {
    return undefined;
  }

  override async user(id: string) {
    const found = this.knownUsers.get(id);
    if (!found) throw new Error(`nobody is ${id}`);
    return found;
  }

  override async channel(id: string) {
    const found = this.knownChannels.get(id);
    if (!found) throw new Error(`there is no ${id}`);
    return found;
  }
}

function buttonsOf(blocks: readonly unknown[]): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (it: unknown): void => {
    if (typeof it !== 'object' || it === null) return;
    const { action_id: id, value } = it as { action_id?: string; value?: string };
    if (id !== undefined && value !== undefined && !found.has(id)) found.set(id, value);
    for (const part of Object.values(it)) walk(part);
  };
  walk(blocks);
  return found;
}

export const isCsm = (slackId: string): boolean => CSMS.some((name) => userId(name) === slackId);
