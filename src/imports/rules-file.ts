import { z } from 'zod';
import { COUNTABLE, type CountingSpec, WINDOW_DAYS_MAX } from '../signals/rules/counting.js';
import type { RuleSetting } from '../signals/rules/in-force.js';
import { RULES, ruleById } from '../signals/rules/registry.js';
import type { Numbers } from '../signals/rules/rule.js';
import { levelProblem, valueProblem } from '../signals/rules/tuning.js';
import { CompanyFileError, type FileProblem } from './company-file.js';
import { type Found, pathText, readBy, suggestion } from './schema-words.js';
import { readYaml } from './yaml-file.js';

/** rules.yml: other numbers for the rules that there are, and counting rules of the company; nothing else. */

const Mode = z.enum(['off', 'observe', 'on']);
const Count = z
  .number('write a number')
  .int('a whole number')
  .min(0, 'not below 0')
  .max(10_000, 'at most 10000');
const Days = z.number().min(0, 'not below 0').max(365, 'at most 365 days');
/** Numbers of a rule are checked against the rule itself. */
const Tuning = z.record(z.string(), z.unknown(), 'write its numbers like { fire: 4 }');
const OWN_ID = 'an id of its own: X- and small letters, e.g. X-escalations';
const NEXT = 'say what its card proposes, e.g. next: call them today';
const Counting = z.strictObject({
  id: z.string(OWN_ID).regex(/^X-[a-z0-9-]{1,40}$/, OWN_ID),
  name: z.string('give it a name').min(1, 'give it a name').max(60, 'at most 60 characters'),
  count: z.string('say what it counts, e.g. count: escalation.opened'),
  window: z
    .number('say in how many days, e.g. window: 30')
    .min(1, 'at least 1 day')
    .max(WINDOW_DAYS_MAX, `at most ${WINDOW_DAYS_MAX} days`),
  fire: Count.min(1, 'at least 1'),
  clear: Count.default(0),
  cooldown: Days.default(7),
  severity: z.enum(['low', 'medium', 'high']).default('medium'),
  function: z.enum(['support', 'success']).default('success'),
  place: z.enum(['interruptive', 'card', 'digest']).default('card'),
  mode: Mode.default('observe'),
  next: z.string(NEXT).min(1, NEXT).max(120, 'at most 120 characters'),
});
const FORM = 'write `rules:` with a rule per line, and `counting:` with a list';
const File = z.strictObject(
  {
    rules: z.record(z.string(), Tuning, 'write a rule per line, like S01: { fire: 4 }').optional(),
    counting: z
      .array(Counting, 'write a list of rules, each with its id')
      .max(50, 'at most 50 counting rules')
      .optional(),
  },
  { error: (issue) => (issue.code === 'invalid_type' ? FORM : undefined) },
);
type File = z.infer<typeof File>;

/** What a file says of each rule, by its id. */
export type RulesFile = ReadonlyMap<string, RuleSetting>;

/** Reads rules.yml. @throws CompanyFileError with every problem at once, each with line, path and how to mend it */
export function parseRules(text: string): RulesFile {
  const { raw, doubles, lineOf } = readYaml(text, 'rules.yml');
  const parsed = readBy(File, raw);
  const found: Found[] = [
    ...('found' in parsed ? parsed.found : []),
    ...tuningProblems(raw),
    ...countingProblems(raw),
  ];
  if ('found' in parsed || found.length + doubles.length > 0) {
    const inLine = found.map(({ path, text: what }) => ({
      line: lineOf(path),
      path: pathText(path),
      text: what,
    }));
    const problems: FileProblem[] = [...doubles, ...inLine].sort((a, b) => a.line - b.line);
    throw new CompanyFileError(problems);
  }
  return settingsOf(parsed.data);
}

function settingsOf(file: File): Map<string, RuleSetting> {
  const settings = new Map<string, RuleSetting>();
  for (const [id, { mode, ...numbers }] of Object.entries(file.rules ?? {}))
    settings.set(id, {
      ...(mode === undefined ? {} : { mode: mode as RuleSetting['mode'] }),
      numbers: numbers as Record<string, number>,
    } as RuleSetting);
  for (const one of file.counting ?? []) settings.set(one.id, { mode: one.mode, counting: specOf(one) });
  return settings;
}

function specOf(one: z.infer<typeof Counting>): CountingSpec {
  const { id, name, count, fire, clear, severity, place, next } = one;
  return {
    ...{ id, name, count, fire, clear, severity, place, next },
    windowDays: one.window,
    cooldownDays: one.cooldown,
    func: one.function,
  };
}

function entriesOf(raw: unknown, key: string): [string, unknown][] {
  const part = (raw as Record<string, unknown> | null)?.[key];
  const isRight = key === 'counting' ? Array.isArray(part) : isMap(part);
  return isRight ? Object.entries(part as object) : [];
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

function tuningProblems(raw: unknown): Found[] {
  return entriesOf(raw, 'rules').flatMap(([id, tuning]) => {
    const rule = ruleById(id);
    const path = ['rules', id];
    if (!rule)
      return [
        {
          path,
          text: `there is no rule ${id}; ${suggestion(
            id,
            RULES.map((one) => one.id),
          )}`,
        },
      ];
    // What is no map of numbers at all was said already.
    if (!isMap(tuning)) return [];
    const numbers = Object.entries(tuning);
    const wrong = numbers.flatMap(([name, value]) =>
      numberProblem(rule.numbers, [...path, name], name, value),
    );
    const isWrong = (name: string) => wrong.some((one) => one.path.at(-1) === name);
    const levels =
      isWrong('fire') || isWrong('clear') ? [] : levelProblems(path, { ...rule.numbers, ...tuning });
    return [...wrong, ...levels];
  });
}

function numberProblem(known: Numbers, path: PropertyKey[], name: string, value: unknown): Found[] {
  if (name === 'mode')
    return Mode.safeParse(value).success ? [] : [{ path, text: 'write off, observe or on' }];
  if (!Object.hasOwn(known, name))
    return [{ path, text: `no number of this rule; ${suggestion(name, [...Object.keys(known), 'mode'])}` }];
  const problem = valueProblem(value, known[name]);
  return problem === null ? [] : [{ path, text: problem }];
}

function levelProblems(path: PropertyKey[], numbers: Pick<Numbers, 'fire' | 'clear'>): Found[] {
  const text = levelProblem(numbers);
  return text === null ? [] : [{ path: [...path, 'clear'], text }];
}

function countingProblems(raw: unknown): Found[] {
  const seen = new Set<string>();
  return entriesOf(raw, 'counting').flatMap(([at, one]): Found[] => {
    const path = ['counting', Number(at)];
    if (!isMap(one)) return [];
    const spec = one as { id?: unknown; count?: unknown; fire?: unknown; clear?: unknown };
    const id = String(spec.id);
    const isDouble = seen.has(id);
    seen.add(id);
    return [
      ...(isDouble ? [{ path: [...path, 'id'], text: `${id} stands here twice: one id, one rule` }] : []),
      // Where nothing is counted, that was said already.
      ...(typeof spec.count !== 'string' || Object.hasOwn(COUNTABLE, spec.count)
        ? []
        : [
            {
              path: [...path, 'count'],
              text: `nothing of that name can be counted; ${suggestion(spec.count, Object.keys(COUNTABLE))}`,
            },
          ]),
      ...(typeof spec.fire === 'number' && typeof spec.clear === 'number'
        ? levelProblems(path, { fire: spec.fire, clear: spec.clear })
        : []),
    ];
  });
}
