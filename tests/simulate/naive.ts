import { DAY_MS } from '../../src/time/index.js';

/** A contact, as a plain counter sees it. */
export interface Counted {
  accountId: number;
  at: number;
}

export interface NaiveAlert extends Counted {
  /** It was quiet for less than a week before. */
  isRefire: boolean;
}

const WINDOW_MS = 7 * DAY_MS;
const ENOUGH = 3;

/**
 * What anybody would build in an afternoon: three contacts in seven days are an alert and a message to the success
 * manager; over when there are fewer. No usual week, no second look, no budget.
 * @param contacts in the order of time
 */
export function naiveAlerts(contacts: readonly Counted[]): NaiveAlert[] {
  const alerts: NaiveAlert[] = [];
  const of = new Map<number, { recent: number[]; isOn: boolean; overAt: number }>();
  for (const { accountId, at } of contacts) {
    const it = of.get(accountId) ?? { recent: [], isOn: false, overAt: Number.NEGATIVE_INFINITY };
    of.set(accountId, it);
    // It was over when the third newest left the window, whoever looked.
    const third = it.recent.at(-ENOUGH);
    if (it.isOn && third !== undefined && third <= at - WINDOW_MS) {
      it.isOn = false;
      it.overAt = third + WINDOW_MS;
    }
    it.recent = [...it.recent.filter((one) => one > at - WINDOW_MS), at];
    if (it.isOn || it.recent.length < ENOUGH) continue;
    it.isOn = true;
    alerts.push({ accountId, at, isRefire: at - it.overAt < WINDOW_MS });
  }
  return alerts;
}
