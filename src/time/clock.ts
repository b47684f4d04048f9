/** The time of the product: when customers wrote, what is due. In the demo it travels; elsewhere it is the real time. */
export interface BusinessClock {
  /** Now, UTC milliseconds. Can go back when the system's clock is set back. */
  now(): number;
  /** Business instant of a Slack `ts`, UTC milliseconds. @throws RangeError when `ts` is none */
  of(slackTs: string): number;
}

/** The time of the process: retries, pacing, freshness, socket health. Never compared with business time. */
export interface MachineClock {
  /** Milliseconds, whole, epoch based when the process started; never goes back, whatever happens to the system's clock. */
  now(): number;
}

/** Both are passed in; nothing else asks the system what time it is. */
export interface Clocks {
  business: BusinessClock;
  machine: MachineClock;
}

/** The clocks of a real run: business time is the system's, `of` the identity. */
export function systemClocks(): Clocks {
  return {
    business: { now: () => Date.now(), of: instantOfTs },
    machine: { now: () => Math.floor(performance.timeOrigin + performance.now()) },
  };
}

/**
 * UTC milliseconds of a Slack `ts` ("1731924000.123456" is 1731924000123). Read as decimal digits: as one float the
 * microseconds would round into the next millisecond.
 * @throws RangeError when it is not seconds with an optional fraction
 */
export function instantOfTs(slackTs: string): number {
  const [, seconds, fraction = ''] = /^(\d{1,11})(?:\.(\d{1,9}))?$/.exec(slackTs) ?? [];
  if (seconds === undefined) throw new RangeError(`not a Slack ts: ${JSON.stringify(slackTs)}`);
  return Number(seconds) * 1000 + Number(fraction.padEnd(3, '0').slice(0, 3));
}
