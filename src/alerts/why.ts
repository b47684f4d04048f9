import { accountById } from '../accounts/store.js';
import { personById } from '../people/store.js';
import { ruleById } from '../signals/rules/registry.js';
import { signalsOfAlert } from '../signals/store/signals.js';
import type { ReadTx } from '../store/transact.js';
import { dayAndClock } from '../time/index.js';
import type { WhyView } from './messages/forms.js';
import type { Alert } from './rules.js';

/** More rules than these speak of one account only when all is lost. */
const SHOWN = 6;

/** What an alert rests on: each rule with the facts it read, and why whoever is called by it. */
export async function whyOf(
  tx: ReadTx,
  alert: Alert,
  zone: string,
  now: number,
): Promise<Omit<WhyView, 'account'>> {
  const signals = await signalsOfAlert(tx, alert.id);
  const shown = signals.filter((one) => one.openKey !== null || alert.state !== 'open').slice(0, SHOWN);
  return {
    signals: shown.map((one) => ({
      rule: `${one.rule} ${one.spec.counting?.name ?? ruleById(one.rule)?.name ?? ''}`.trim(),
      version: one.version,
      severity: one.severity,
      line: one.evidence.line,
      since: dayAndClock(one.since, zone, now),
      facts: Object.entries(one.evidence.numbers).map(([name, value]) => `${inWords(name)} ${value}`),
    })),
    who: await whoOf(tx, alert),
  };
}

/** `weeksKnown` is "weeks known". */
const inWords = (name: string) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

async function whoOf(tx: ReadTx, alert: Alert): Promise<string> {
  const account = await accountById(tx, alert.accountId);
  const csm = account?.csmId == null ? undefined : await personById(tx, account.csmId);
  const called = alert.calledId === null ? undefined : await personById(tx, alert.calledId);
  const why = csm ? `${csm.name} looks after ${account?.name}` : 'no success manager is known';
  if (!called)
    return alert.place === 'interruptive' ? `${why}; nobody was called yet` : `${why}; a card calls nobody`;
  if (called.id === csm?.id) return `${why}, so it called ${called.name}`;
  return csm
    ? `${why}, but was away; ${called.name} stands in`
    : `${why}, so it called ${called.name}, who leads`;
}
