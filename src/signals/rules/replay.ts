import { nextLook, readAccount, type Said } from './evaluate.js';
import type { Facts } from './facts.js';
import type { RuleInForce } from './in-force.js';
import { decide, type Life, type Past } from './life.js';
import type { Place, Severity } from './rule.js';
import { readTeamRules } from './team-evaluate.js';
import type { TeamFacts } from './team-facts.js';

/** A signal as a replay remembers it. Instants are business time, UTC ms. */
export interface Replayed {
  rule: string;
  about: string;
  severity: Severity;
  place: Place;
  line: string;
  firedAt: number;
  clearedAt: number | null;
}

interface Open extends Life {
  by: RuleInForce;
  about: string;
  row: Replayed | null;
}

/**
 * Lives through the past of an account, or of the team, with some rules, in memory: the same reading and the same life as in the database,
 * with nobody who handles anything.
 */
export class Replay {
  /** Every time that a rule spoke, oldest first. */
  readonly spoken: Replayed[] = [];
  private readonly open = new Map<string, Open>();
  private readonly past = new Map<string, Past>();

  constructor(private readonly inForce: readonly RuleInForce[]) {}

  /** Looks at the facts of an instant; instants must not go back. @returns when to look again by itself. */
  look(facts: Facts, now: number): number | null {
    return this.hear(readAccount(facts, this.inForce, [...this.open.values()], now), now);
  }

  /** The same for the team as a whole, and what belongs to no account. */
  lookAtTeam(facts: TeamFacts, now: number): number | null {
    const said = (['team', 'feed'] as const).flatMap((kind) => {
      const open = [...this.open.values()].filter(({ by }) => by.rule.scope === kind);
      return readTeamRules(facts, this.inForce, kind, open, now);
    });
    return this.hear(said, now);
  }

  private hear(said: readonly Said[], now: number): number | null {
    const looks = said.map((one) => this.take(one, now));
    return nextLook(said, looks, now);
  }

  private take(said: Said, now: number): number | null {
    const key = `${said.by.rule.id}:${said.about}`;
    const open = this.open.get(key);
    const { reading, severity, by } = said;
    const past = this.past.get(key);
    const { move, lookAgainAt } = decide({ reading, severity, numbers: by.numbers, open, past }, now);
    if (move === 'start' || move === 'fire') this.begin(key, said, open, move === 'fire', now);
    else if (move === 'forget') this.open.delete(key);
    else if (move === 'clear' && open) this.clear(key, open, now);
    else if (open && (move === 'change' || move === 'rise')) {
      open.line = reading.evidence.line;
      open.severity = severity;
    }
    return lookAgainAt;
  }

  private begin(key: string, said: Said, open: Open | undefined, isFiring: boolean, now: number): void {
    const { by, about, reading, severity, place } = said;
    const row: Replayed | null = isFiring
      ? {
          rule: by.rule.id,
          about,
          severity,
          place,
          line: reading.evidence.line,
          firedAt: now,
          clearedAt: null,
        }
      : null;
    if (row) this.spoken.push(row);
    this.open.set(key, {
      by,
      about,
      row,
      state: isFiring ? 'firing' : 'pending',
      since: open?.since ?? now,
      handledAt: null,
      severity,
      level: reading.level,
      line: reading.evidence.line,
      snoozedUntil: null,
      snoozedLevel: null,
    });
  }

  private clear(key: string, open: Open, now: number): void {
    if (open.row) open.row.clearedAt = now;
    this.open.delete(key);
    this.past.set(key, { quietFrom: now, severity: open.severity });
  }
}
