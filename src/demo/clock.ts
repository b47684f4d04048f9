import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { type Clocks, instantOfTs, systemClocks } from '../time/index.js';

/** Tuesday 17 November 2026, 9:00 in Berlin: the company of the demo begins its day. */
export const DEMO_BEGINS = Date.UTC(2026, 10, 17, 8, 0, 0);

const KEEP_EVERY_MS = 5_000;
/** The local Slack writes whole seconds and a counter into a ts, so an offset holds from a whole second on. */
const GRAIN_MS = 1_000;

const Jump = z.object({
  /** Real time from which the offset is in force, ms. */
  from: z.number(),
  /** Business time less real time, ms. */
  offset: z.number(),
});
type Jump = z.infer<typeof Jump>;

const Kept = z.object({ stoppedAt: z.number(), jumps: z.array(Jump) });

/** Business time that travels, beside the machine's own, which stays real. */
export class DemoClock implements Clocks {
  readonly machine = systemClocks().machine;
  readonly business = {
    now: () => Date.now() + this.last().offset,
    of: (slackTs: string) => {
      const real = instantOfTs(slackTs);
      return real + this.inForceAt(real).offset;
    },
  };
  private timer: NodeJS.Timeout | undefined;
  private file: string | undefined;

  private constructor(private readonly jumps: Jump[]) {}

  /** A clock that shows `instant` now. */
  static at(instant: number): DemoClock {
    const clock = new DemoClock([]);
    clock.set(instant);
    return clock;
  }

  /** The clock of an earlier start: it goes on from where it stopped. Undefined when none was kept, or it is damaged. */
  static resume(file: string): DemoClock | undefined {
    const kept = read(file);
    if (!kept) return undefined;
    const clock = new DemoClock(kept.jumps);
    clock.set(kept.stoppedAt);
    return clock;
  }

  /** Travels: from now on it is `instant`. */
  set(instant: number): void {
    const real = Date.now();
    const from = real - (real % GRAIN_MS);
    if (this.jumps.at(-1)?.from === from) this.jumps.pop();
    this.jumps.push({ from, offset: instant - real });
    this.keep();
  }

  /** Writes the time to a file now, at every jump and every few seconds, so that also a killed demo can go on. */
  keepIn(file: string): void {
    this.file = file;
    this.keep();
    this.timer = setInterval(() => this.keep(), KEEP_EVERY_MS).unref();
  }

  /** Writes the time for the last time. */
  stop(): void {
    clearInterval(this.timer);
    this.keep();
    this.file = undefined;
  }

  private keep(): void {
    if (this.file === undefined) return;
    const kept = { stoppedAt: this.business.now(), jumps: this.jumps };
    writeFileSync(`${this.file}.new`, JSON.stringify(kept));
    renameSync(`${this.file}.new`, this.file);
  }

  private last(): Jump {
    return this.jumps.at(-1) ?? { from: 0, offset: 0 };
  }

  private inForceAt(real: number): Jump {
    return this.jumps.findLast((jump) => jump.from <= real) ?? this.jumps[0] ?? this.last();
  }
}

function read(file: string): z.infer<typeof Kept> | undefined {
  try {
    return Kept.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}
