import { type OpenOne, OVER, type Said } from './evaluate.js';
import type { RuleInForce } from './in-force.js';
import type { Reading, TeamRule } from './rule.js';
import type { TeamFacts } from './team-facts.js';

/** Everything that the rules of the team, or of a feed, say as of an instant; what is open by the rule it began with. */
export function readTeamRules(
  facts: TeamFacts,
  inForce: readonly RuleInForce[],
  kind: 'team' | 'feed',
  open: readonly OpenOne[],
  now: number,
): Said[] {
  const standing = open.map(({ by, about }) =>
    said(by, about, readingsOf(by, facts, now).get(about) ?? OVER),
  );
  const taken = new Set(open.map(({ by, about }) => `${by.rule.id}:${about}`));
  const fresh = inForce
    .filter(({ rule, mode }) => rule.scope === kind && mode !== 'off')
    .flatMap((by) =>
      [...readingsOf(by, facts, now)]
        .filter(([about]) => !taken.has(`${by.rule.id}:${about}`))
        .map(([about, reading]) => said(by, about, reading)),
    );
  return [...standing, ...fresh];
}

function readingsOf(
  { rule, numbers }: RuleInForce,
  facts: TeamFacts,
  now: number,
): ReadonlyMap<string, Reading> {
  if (rule.scope !== 'team' && rule.scope !== 'feed') return new Map();
  return (rule as TeamRule).read(numbers, facts, now);
}

function said(by: RuleInForce, about: string, reading: Reading): Said {
  return {
    by,
    about,
    reading,
    severity: reading.severity ?? by.rule.severity,
    place: reading.place ?? by.rule.place,
  };
}
