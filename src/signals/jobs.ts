import { type DueHandler, setDueBy } from '../queue/due.js';
import type { Tx } from '../store/transact.js';
import { escalated } from './rules/escalated.js';
import { repeatContact } from './rules/repeat-contact.js';
import type { Rule } from './rules/rule.js';
import { contactFacts, escalationFacts } from './store/facts.js';
import { applyReading } from './store/signals.js';

/** Every rule by its id; a signal row names one of these. */
export const RULES: Readonly<Record<string, Pick<Rule<never>, 'id' | 'severity' | 'nextStep'>>> = {
  [repeatContact.id]: repeatContact,
  [escalated.id]: escalated,
};

/** Has an account's rules looked at, in a transaction of their own, soon. */
export async function evaluateSoon(tx: Tx, accountId: number, now: number): Promise<void> {
  await setDueBy(tx, `evaluate:account:${accountId}`, 'signals.evaluate', accountId, now);
}

/** Looks at one account: never at all of them, and never in the transaction of what changed. */
const evaluate: DueHandler = {
  keys: async (_tx, row) => [`account:${row.subjectId}`],
  run: async (tx, row, now) => {
    const readings = [
      { rule: repeatContact, reading: repeatContact.read(await contactFacts(tx, row.subjectId, now), now) },
      { rule: escalated, reading: escalated.read(await escalationFacts(tx, row.subjectId, now), now) },
    ];
    for (const { rule, reading } of readings)
      await applyReading(tx, row.subjectId, rule as Rule<unknown>, reading, now);
    const again = readings
      .map(({ reading }) => reading.lookAgainAt)
      .filter((at): at is number => at !== null && at > now);
    return again.length > 0 ? Math.min(...again) : null;
  },
};

export const signalJobs = { 'signals.evaluate': evaluate };
