import { openMatchCount, shownMatches } from '../accounts/store/matches.js';
import { channelOf, nameOf, whoIs } from '../accounts/store.js';
import { may } from '../people/may.js';
import type { Person } from '../people/rules.js';
import { backfillProgress } from '../queue/backfill.js';
import { type QueueHealth, queueHealth } from '../queue/health.js';
import { wasOpened } from '../queue/homes.js';
import { slackChannel } from '../queue/lookups.js';
import { surveyedAt } from '../queue/survey.js';
import type { Block } from '../slack/blocks/index.js';
import type { ReadTx } from '../store/transact.js';
import { relativeDayAndClock } from '../time/index.js';
import { asksOf } from './asks.js';
import { audit } from './audit.js';
import { coveragePage } from './messages/coverage.js';
import type { AdminView } from './messages/pages.js';
import { setupPage } from './messages/setup.js';
import { proposalsOf } from './proposals.js';
import type { Page } from './rules/page.js';
import { setupSteps } from './rules/setup.js';
import { waitingInWords } from './rules/trouble.js';
import { readCoverage } from './store/coverage.js';
import { setupFacts } from './store/setup.js';

const TROUBLES_SHOWN = 5;
const UNMATCHED_SHOWN = 5;

/** The set-up or the coverage page. */
export async function drawAdmin(
  tx: ReadTx,
  seen: { person: Person; now: number; note: readonly Block[] },
  page: Extract<Page, { name: 'setup' | 'coverage' }>,
) {
  if (page.name === 'setup') return setupPage(seen.note, await stepsNow(tx, seen.now));
  const coverage = await readCoverage(tx);
  const at = await surveyedAt(tx);
  return coveragePage({
    note: seen.note,
    coverage,
    asks: await asksOf(tx, coverage, seen.now),
    lookedText: at === null ? null : relativeDayAndClock(at, seen.person.hours.zone, seen.now),
    from: page.from,
  });
}

async function stepsNow(tx: ReadTx, now: number) {
  return setupSteps(await setupFacts(tx, (await proposalsOf(tx)).length, now));
}

/** Where Home opens: an admin who was never there finds the set-up, as long as something of it is left. */
export async function firstPage(tx: ReadTx, userId: string): Promise<Page> {
  const who = (await wasOpened(tx, userId)) ? undefined : await whoIs(tx, userId);
  if (who?.kind !== 'person' || !may(who.person, 'setup.change')) return { name: 'main' };
  // How long it watches is said in words only: no step is done or not because of the time.
  const isLeft = (await stepsNow(tx, 0)).some((step) => step.state !== 'done');
  return { name: isLeft ? 'setup' : 'main' };
}

/** What waits to the same place for the same reason is one thing to mend. */
async function heldInWords(tx: ReadTx, held: QueueHealth['held']): Promise<string[]> {
  const groups = new Map<string, { target: string; error: string | null; count: number }>();
  for (const row of held) {
    const key = `${row.target}:${row.error}`;
    groups.set(key, { ...row, count: (groups.get(key)?.count ?? 0) + 1 });
  }
  const words: string[] = [];
  for (const { target, error, count } of groups.values())
    words.push(waitingInWords({ where: await placeName(tx, target), error, count }));
  return words;
}

/** A channel as people know it, or who reads a direct message; its id where nothing more is known. */
async function placeName(tx: ReadTx, target: string): Promise<string> {
  if (/^[UW]/.test(target)) return nameOf(tx, target);
  const name = (await slackChannel(tx, target))?.name ?? (await channelOf(tx, target))?.name;
  return name ? `#${name}` : target;
}

/** What admins see on the first page: how far the set-up is, what is not covered, what cannot be delivered. */
export async function adminView(tx: ReadTx, now: number): Promise<AdminView> {
  const { covered, uncovered, impossible } = await readCoverage(tx);
  const health = await queueHealth(tx);
  const past = await backfillProgress(tx);
  const troubles = [
    ...health.parked.map((row) => `An event (${row.kind}) could not be handled: ${row.error ?? ''}`),
    ...(await heldInWords(tx, health.held)),
    ...health.dueFailing.map((row) => `Timed work ${row.key} fails: ${row.error ?? ''}`),
    ...Object.values(await audit(tx, now)).flat(),
  ];
  return {
    stepsLeft: (await stepsNow(tx, now)).filter((step) => step.state !== 'done').length,
    coverage: { covered: covered.length, uncovered: uncovered.length, impossible: impossible.length },
    history: past.done < past.total ? past : null,
    troubles: troubles.slice(0, TROUBLES_SHOWN).map((text) => text.slice(0, 200)),
    troublesTotal: troubles.length,
    unmatched: await shownMatches(tx, UNMATCHED_SHOWN),
    unmatchedTotal: await openMatchCount(tx),
  };
}
