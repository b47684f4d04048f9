import { DAY_MS } from '../../time/index.js';
import type { Said } from './backtest.js';
import type { RuleInForce } from './in-force.js';

/** What a rule would have done, over some accounts and a stretch. */
export interface RuleReport {
  rule: string;
  name: string;
  mode: string;
  version: string;
  func: 'support' | 'success';
  /** `team`: it looks at no account, and comes before nobody's trouble. */
  scope: 'account' | 'team';
  /** How often it would have spoken; of these, how often somebody would have been pinged. */
  spoke: number;
  pings: number;
  accounts: number;
  /** To whom, and how often per week; most first. */
  people: { name: string; times: number; perWeek: number }[];
  /** How many of them came before an escalation or a reopening (within fourteen days). */
  before: number;
  /** How often somebody said of its alerts in that time that they were not needed, by why. */
  notNeeded: Readonly<Record<string, number>>;
  /** It reads tier, renewal, lifecycle, health or titles, of which only today's are known. */
  usesToday: boolean;
}

/** What was said, with who would have heard it. */
export interface Heard {
  said: Pick<Said, 'rule' | 'place' | 'wasBefore'>;
  /** Null for what belongs to none. */
  accountId: number | null;
  person: string;
}

/** An alert that somebody ended as not needed: a rule that spoke on it, and why. */
export interface Dismissed {
  rule: string;
  why: string;
}

function whys(dismissed: readonly Dismissed[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { why } of dismissed) counts[why] = (counts[why] ?? 0) + 1;
  return counts;
}

/** Sums up what was said, one line per rule, in the order of the rules. */
export function summarise(
  rules: readonly RuleInForce[],
  heard: readonly Heard[],
  span: { from: number; until: number },
  dismissed: readonly Dismissed[] = [],
): RuleReport[] {
  const weeks = Math.max(1, (span.until - span.from) / (7 * DAY_MS));
  return rules.map(({ rule, mode, version }) => {
    const of = heard.filter(({ said }) => said.rule === rule.id);
    const people = new Map<string, number>();
    for (const { person } of of) people.set(person, (people.get(person) ?? 0) + 1);
    return {
      rule: rule.id,
      name: rule.name,
      mode,
      version,
      func: rule.func,
      scope: rule.scope === 'team' || rule.scope === 'feed' ? 'team' : 'account',
      spoke: of.length,
      pings: of.filter(({ said }) => said.place === 'interruptive').length,
      accounts: new Set(of.flatMap(({ accountId }) => accountId ?? [])).size,
      people: [...people.entries()]
        .map(([name, times]) => ({ name, times, perWeek: Math.round((times / weeks) * 10) / 10 }))
        .sort((a, b) => b.times - a.times || a.name.localeCompare(b.name)),
      before: of.filter(({ said }) => said.wasBefore).length,
      notNeeded: whys(dismissed.filter((one) => one.rule === rule.id)),
      usesToday: rule.usesProfile === true,
    };
  });
}

const COLUMNS = [
  'rule',
  '',
  'now',
  'spoke',
  'pings',
  'accounts',
  'before trouble',
  'not needed',
  'to whom (per week)',
];

/** The reports as a table for a terminal, widest column last. */
export function reportTable(reports: readonly RuleReport[]): string {
  const rows = reports.map((one) => [
    one.rule,
    `${one.name}${one.usesToday ? ' *' : ''}`,
    one.mode,
    String(one.spoke),
    String(one.pings),
    one.scope === 'team' ? '' : String(one.accounts),
    one.spoke === 0 || one.scope === 'team' ? '' : `${one.before} of ${one.spoke}`,
    Object.entries(one.notNeeded)
      .map(([why, times]) => `${times} ${why.replace('_', ' ')}`)
      .join(', '),
    one.people
      .slice(0, 4)
      .map((person) => `${person.name} ${person.perWeek}`)
      .join(', '),
  ]);
  const widths = COLUMNS.map((column, i) =>
    Math.max(column.length, ...rows.map((row) => row[i]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd();
  const notes = [
    'before trouble: an escalation or a reopening followed within 14 days.',
    'not needed: what people said of its alerts in that time.',
    ...(reports.some((one) => one.usesToday)
      ? ["* reads tier, renewal, lifecycle, health or titles, which have no past: today's were taken."]
      : []),
  ];
  return [line(COLUMNS), ...rows.map(line), '', ...notes].join('\n');
}
