import type { Account } from './company.js';
import { startOf } from './company.js';

/** What really was the matter with an account, from one instant to another, UTC ms. */
export interface Trouble {
  what: 'souring' | 'waiting' | 'urgent' | 'authority' | 'promise';
  from: number;
  until: number;
}

/** What was the matter in truth, which nothing that is judged ever reads. */
export class Truth {
  private readonly of = new Map<number, Trouble[]>();
  private readonly outages: { from: number; until: number }[] = [];

  constructor(accounts: readonly Account[]) {
    for (const { id, souring } of accounts)
      if (souring)
        this.add(id, { what: 'souring', from: startOf(souring.begins), until: startOf(souring.ends) });
  }

  /** Notes it. @returns what was noted, whose end may be moved */
  add(accountId: number, trouble: Trouble): Trouble {
    const all = this.of.get(accountId);
    if (all) all.push(trouble);
    else this.of.set(accountId, [trouble]);
    return trouble;
  }

  addOutage(from: number, until: number): void {
    this.outages.push({ from, until });
  }

  /** Whether an alert of an account at an instant is about something: what it is, or undefined. */
  at(accountId: number, at: number): Trouble['what'] | undefined {
    const all = this.of.get(accountId) ?? [];
    return all.find((one) => one.from <= at && at < one.until)?.what;
  }

  isOutage(at: number): boolean {
    return this.outages.some(({ from, until }) => from <= at && at < until);
  }
}
