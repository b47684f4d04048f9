import { setTimeout as pause } from 'node:timers/promises';
import type { FakeMessage, FakeSlack } from '../support/fake-slack/index.js';
import { accountsOf, peopleOf, type Story } from './plan.js';
import { OURS } from './stage.js';

export interface Shown {
  place: string;
  ts: string;
  threadTs: string | undefined;
  /** All that it shows, as text. */
  text: string;
}

/** What Baton's messages show now, looked at once for everybody: asking the fake costs a copy of each channel. */
export class Board {
  shown: Shown[] = [];
  private timer: NodeJS.Timeout | undefined;
  /** How many calls Baton had made when it was last looked at: what is shown changes by calls alone. */
  private calls = -1;
  private isSettled = false;
  private readonly accounts: string[];

  constructor(
    private readonly slack: FakeSlack,
    stories: readonly Story[],
  ) {
    this.accounts = accountsOf(stories);
  }

  start(): void {
    this.timer = setInterval(() => this.look(), 120);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  look(): void {
    // Looked at once more after the last call: its message may be stored a moment after the call is counted.
    const calls = this.slack.log.length;
    if (calls === this.calls && this.isSettled) return;
    this.isSettled = calls === this.calls;
    this.calls = calls;
    const places = ['triage', 'support-success', ...this.accounts.map((account) => `${account}-internal`)];
    const people = [...OURS, ...this.accounts.flatMap((account) => Object.values(peopleOf(account)))];
    this.shown = [
      ...places.flatMap((place) => this.inChannel(place, place)),
      ...people.flatMap((name) => this.inChannel(this.slack.dm(name).id, `dm:${name}`)),
    ];
  }

  /** Baton's messages of a place, or of every direct message (`dm:`), that show a word. */
  find(place: string, word: string): Shown[] {
    return this.shown.filter((one) => one.place.startsWith(place) && one.text.includes(word));
  }

  async waitFor(place: string, word: string, until: AbortSignal): Promise<Shown> {
    for (;;) {
      const [found] = this.find(place, word);
      if (found) return found;
      await pause(60, undefined, { signal: until });
    }
  }

  private inChannel(channel: string, place: string): Shown[] {
    return this.slack
      .messages(channel)
      .filter((message) => message.bot_id === this.slack.botId)
      .map((message) => shownOf(message, place));
  }
}

function shownOf(message: FakeMessage, place: string): Shown {
  const isReply = message.thread_ts !== undefined && message.thread_ts !== message.ts;
  return {
    place,
    ts: message.ts,
    threadTs: isReply ? message.thread_ts : undefined,
    text: `${message.text} ${JSON.stringify(message.blocks ?? [])}`,
  };
}
