import { nameOf } from '../accounts/store.js';
import { pauseInWords } from '../people/pause.js';
import type { Person } from '../people/rules.js';
import { setting, settingHistory } from '../settings/store.js';
import { chosenModes, rulesOf } from '../signals/listeners.js';
import { RULES_SCOPE } from '../signals/store/settings.js';
import type { Block } from '../slack/blocks/index.js';
import type { ReadTx } from '../store/transact.js';
import { dayAndClock, dayOnly } from '../time/index.js';
import type { RuleCounts, RuleItem } from './messages/rules.js';

/** How many rules that somebody may switch speak, watch and are off. `now` is business time. */
export async function ruleCounts(tx: ReadTx, person: Person, now: number): Promise<RuleCounts> {
  const modeOf = await chosenModes(tx);
  const counts: RuleCounts = { on: 0, observe: 0, off: 0 };
  for (const { rule } of await rulesOf(tx, person, now)) counts[modeOf(rule.id)] += 1;
  return counts;
}

/** Those rules, one by one, with who changed them last and why. */
export async function rulesView(
  tx: ReadTx,
  person: Person,
  { now, note }: { now: number; note: readonly Block[] },
) {
  const { zone } = person.hours;
  const modeOf = await chosenModes(tx);
  const rules: RuleItem[] = [];
  for (const { rule, numbers } of await rulesOf(tx, person, now)) {
    const [last] = await settingHistory(tx, { scope: RULES_SCOPE, key: rule.id, limit: 1 });
    rules.push({
      id: rule.id,
      name: rule.name,
      when: rule.when,
      nextStep: rule.nextStep,
      mode: modeOf(rule.id),
      tuned: Object.entries(rule.numbers)
        .filter(([name, comes]) => numbers[name] !== comes)
        .map(([name, comes]) => ({ name, comes, value: numbers[name] ?? comes })),
      changed: last
        ? { who: await whoText(tx, last.who), day: dayOnly(last.at, zone, now), why: last.why }
        : null,
    });
  }
  const until = await setting(tx, 'observeUntil');
  return {
    note,
    rules,
    observingUntil: until !== null && until > now ? dayAndClock(until, zone, now) : null,
  };
}

/** That Baton posts nothing of its own now, and until when; null when it does. */
export async function quietWords(tx: ReadTx, person: Person, now: number): Promise<string | null> {
  const { zone } = person.hours;
  const pause = await pauseInWords(tx, zone, now);
  if (pause !== null) return `Baton is paused until ${pause.until} (${pause.by})`;
  const until = await setting(tx, 'observeUntil');
  if (until === null || until <= now) return null;
  return `Baton only watches until ${dayAndClock(until, zone, now)}: it does what you ask and begins nothing by itself`;
}

/** A person's name; what changed settings from a shell stands as it is. */
async function whoText(tx: ReadTx, who: string): Promise<string> {
  return /^[UW][A-Z0-9]+$/.test(who) ? nameOf(tx, who) : who;
}
