import type { HealthBand } from '../rules.js';

/** One measure: 10 healthy, 5 concerning, 0 poor; null when nothing is known, and then it does not count. */
export type Score = 0 | 5 | 10 | null;

/** A measure with the words that explain it. */
export interface Measure {
  score: Score;
  /** e.g. "2 promises broken in 90 days". */
  reason: string;
}

/** What health is made of; the weight of each part stands in `WEIGHTS`. */
export interface HealthFacts {
  support: readonly Measure[];
  use: readonly Measure[];
  relationship: readonly Measure[];
  commercial: readonly Measure[];
}

const WEIGHTS: Readonly<Record<keyof HealthFacts, number>> = {
  support: 35,
  use: 35,
  relationship: 20,
  commercial: 10,
};
const PARTS = Object.keys(WEIGHTS) as (keyof HealthFacts)[];

/** Below this share of the weights nothing is said. */
const COVERAGE_MIN = 50;

/** A value of 0 to 100 with its weakest reasons, or that too little is known; `coverage` in percent of the weights. */
export type Health =
  | { value: number; coverage: number; reasons: string[] }
  | { value: null; coverage: number; reasons: [] };

/**
 * Health by the usual arithmetic of success tools: each measure is worth 0, 5 or 10, a part is the mean of what is known
 * of it, the whole the weighted mean of the parts of which anything is known.
 */
export function computeHealth(facts: HealthFacts): Health {
  const known = PARTS.map((part) => ({
    weight: WEIGHTS[part],
    measures: facts[part].filter((measure) => measure.score !== null),
  })).filter(({ measures }) => measures.length > 0);
  const coverage = known.reduce((sum, { weight }) => sum + weight, 0);
  if (coverage < COVERAGE_MIN) return { value: null, coverage, reasons: [] };
  const sum = known.reduce((all, { weight, measures }) => all + weight * mean(measures), 0);
  const weakest = known
    .flatMap(({ measures }) => measures)
    .filter((measure) => measure.score !== 10)
    .sort((a, b) => (a.score ?? 0) - (b.score ?? 0));
  return {
    value: Math.round((sum / coverage) * 10),
    coverage,
    reasons: weakest.slice(0, 3).map((one) => one.reason),
  };
}

function mean(measures: readonly Measure[]): number {
  return measures.reduce((sum, one) => sum + (one.score ?? 0), 0) / measures.length;
}

const GREEN_FROM = 70;
const YELLOW_FROM = 40;
/** A band changes only when the value is this far past the edge, twice in a row. */
const MARGIN = 3;

const bandOf = (value: number): HealthBand =>
  value >= GREEN_FROM ? 'green' : value >= YELLOW_FROM ? 'yellow' : 'red';

/**
 * The band after one more evaluation. The first one holds at once; another must be reached by three points on two
 * evaluations in a row, so that a value that wavers about an edge changes nothing.
 * @param next the band that the last evaluation reached for the first time
 */
export function nextBand(
  band: HealthBand | null,
  next: HealthBand | null,
  value: number,
): { band: HealthBand; next: HealthBand | null } {
  if (band === null) return { band: bandOf(value), next: null };
  // Falling, the value is read three points higher than it is, short of the edge itself; rising, three points lower.
  const isFalling = RANK[bandOf(value)] < RANK[band];
  const reached = bandOf(isFalling ? value + MARGIN - 0.001 : value - MARGIN);
  const isPast = isFalling ? RANK[reached] < RANK[band] : RANK[reached] > RANK[band];
  if (!isPast) return { band, next: null };
  return next === reached ? { band: reached, next: null } : { band, next: reached };
}

const RANK: Readonly<Record<HealthBand, number>> = { red: 0, yellow: 1, green: 2 };
