import type { Logger } from 'pino';
import type { Person } from '../people/rules.js';
import { personBySlackId } from '../people/store.js';
import { whisper } from '../queue/enqueue.js';
import { setting } from '../settings/store.js';
import { channelLink, type Md, type Message, md, readIncoming } from '../slack/blocks/index.js';
import type { Answer, Surfaces } from '../slack/dispatch.js';
import type { Command } from '../slack/interactions.js';
import type { ReadTx } from '../store/transact.js';
import { clockOnly, DAY_MS, dayAndClock, dayRange, parseDuration, wallOf } from '../time/index.js';
import type { Control } from './control.js';
import { arrived, badDuration, departing, lostOnTheWay, whatTime } from './messages.js';
import { type Said, saidSince } from './store.js';
import { settle, type Traveller, travelTo, travelUntil } from './travel.js';

interface Trip {
  userId: string;
  channel: string;
  /** Null: until Baton says something. */
  ms: number | null;
}

const NEXT_WITHIN_MS = 31 * DAY_MS;

/** `/timetravel`, which exists in the demo only: one journey at a time, and what happened on it is told privately. */
export class TimeMachine {
  private readonly waiting: Trip[] = [];
  private wake: () => void = () => undefined;
  private isOver = false;
  private running: Promise<void> | undefined;

  constructor(private readonly parts: { traveller: () => Traveller; control: Control; log: Logger }) {}

  /** The command, for Baton's table. */
  readonly commands: Surfaces<Person>['commands'] = {
    '/timetravel': (it) => ({
      surface: { may: 'demo.travel', run: (tx, _person, command) => this.answer(tx, command) },
      it,
    }),
  };

  /** Begins to make journeys. Not from within a command: what it starts would count as part of its transaction. */
  start(): void {
    this.running = this.journeys();
  }

  /** No further journey; resolves when the one under way has ended. */
  async stop(): Promise<void> {
    this.isOver = true;
    this.wake();
    await this.running;
  }

  private async answer(tx: ReadTx, it: Command): Promise<Answer> {
    const now = this.parts.traveller().clock.business.now();
    const zone = await setting(tx, 'zone');
    const text = it.text.trim().toLowerCase();
    if (text === '') return { say: whatTime(instantInWords(now, zone)) };
    const wanted = text === 'next' ? { ms: null } : parseDuration(text);
    if ('problem' in wanted) return { say: badDuration(wanted.problem) };
    this.waiting.push({ userId: it.userId, channel: it.channel, ms: wanted.ms });
    this.wake();
    return { say: departing(wanted.ms === null ? null : instantInWords(now + wanted.ms, zone)) };
  }

  private async journeys(): Promise<void> {
    while (!this.isOver) {
      const trip = this.waiting.shift();
      if (trip) await this.make(trip);
      else
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
    }
  }

  private async make(trip: Trip): Promise<void> {
    const t = this.parts.traveller();
    let story: Message;
    try {
      story = await this.tell(t, trip);
    } catch (err) {
      this.parts.log.error({ err }, 'demo.journey_failed');
      story = lostOnTheWay();
    }
    const now = t.clock.business.now();
    await t.baton.store
      .transact([], (tx) => whisper(tx, { userId: trip.userId, channel: trip.channel }, story, now))
      .catch((err: unknown) => this.parts.log.error({ err }, 'demo.journey_not_told'));
  }

  private async tell(t: Traveller, trip: Trip): Promise<Message> {
    await settle(t);
    const from = t.clock.business.now();
    const since = () => t.baton.store.read((tx) => saidSince(tx, from));
    const hasSpoken = async () => this.isOver || (await since()).some((one) => one.isNew);
    let isSilent = false;
    if (trip.ms === null) isSilent = !(await travelUntil(t, from + NEXT_WITHIN_MS, hasSpoken));
    else await travelTo(t, from + trip.ms);
    const all = await since();
    const now = instantInWords(t.clock.business.now(), await t.baton.store.read((tx) => setting(tx, 'zone')));
    return arrived({
      now,
      said: await this.inWords(
        t,
        all.filter((one) => one.isNew),
      ),
      changed: await this.inWords(
        t,
        all.filter((one) => !one.isNew),
      ),
      isSilent,
    });
  }

  private inWords(t: Traveller, all: readonly Said[]): Promise<{ to: Md; line: string }[]> {
    return Promise.all(
      all.map(async ({ target, channel, ts }) => ({
        to: await t.baton.store.read((tx) => whom(tx, target)),
        line: firstLine((await this.parts.control.textAt(channel, ts)) ?? ''),
      })),
    );
  }
}

async function whom(tx: ReadTx, target: string): Promise<Md> {
  const person = await personBySlackId(tx, target);
  return person ? md`to ${person.name}` : md`in ${channelLink(target)}`;
}

/** A message's text as people read it, without its marks. */
function firstLine(text: string): string {
  return readIncoming(text.split('\n')[0] ?? '').replaceAll('*', '');
}

/** "Thu 19 Nov 09:00": on a journey a weekday alone says too little. */
export function instantInWords(at: number, zone: string): string {
  const { date } = wallOf(at, zone);
  const [weekday] = dayAndClock(at, zone, at).split(' ');
  return `${weekday} ${dayRange(date, date)} ${clockOnly(at, zone)}`;
}
