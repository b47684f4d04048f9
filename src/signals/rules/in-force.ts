import { type CountingSpec, countingRule } from './counting.js';
import { defaultMode, type Mode, RULES, ruleById } from './registry.js';
import type { Numbers, Rule } from './rule.js';

/** A rule as somebody tuned it. */
export interface RuleInForce {
  rule: Rule;
  numbers: Numbers;
  mode: Mode;
  /** Of the code and of the tuning, e.g. `2` or `2.3`. */
  version: string;
  /** Set for rules that the company added. */
  counting: CountingSpec | null;
}

/** What is stored of a rule: what differs from how it comes. */
export interface RuleSetting {
  mode?: Mode;
  numbers?: Readonly<Record<string, number>>;
  counting?: CountingSpec;
}

/**
 * The rules as they hold.
 * @param settings the newest version of each rule's setting, by id
 * @param isObserving during the first week no rule speaks
 */
export function rulesInForce(
  settings: ReadonlyMap<string, { value: RuleSetting; version: number }>,
  isObserving: boolean,
): RuleInForce[] {
  const own = [...settings.entries()].flatMap(([id, { value }]) =>
    value.counting && ruleById(id) === undefined ? [countingRule(value.counting)] : [],
  );
  return [...RULES, ...own].map((rule) => {
    const set = settings.get(rule.id);
    const mode = set?.value.mode ?? defaultMode(rule.id);
    return {
      rule,
      numbers: { ...rule.numbers, ...set?.value.numbers },
      mode: isObserving && mode === 'on' ? 'observe' : mode,
      version: set ? `${rule.version}.${set.version}` : String(rule.version),
      counting: set?.value.counting ?? null,
    };
  });
}

/** The rule that an open signal started with, also when it was tuned or taken out since. */
export function ruleOfSignal(
  signal: { rule: string; version: string; spec: { numbers: Numbers; counting: CountingSpec | null } },
  inForce: readonly RuleInForce[],
): RuleInForce | undefined {
  const { numbers, counting } = signal.spec;
  const current = inForce.find((one) => one.rule.id === signal.rule);
  const rule = counting ? countingRule(counting) : (current?.rule ?? ruleById(signal.rule));
  if (!rule) return undefined;
  return { rule, numbers, counting, version: signal.version, mode: current?.mode ?? 'off' };
}
