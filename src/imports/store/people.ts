import { eq } from 'drizzle-orm';
import type { HoursSpec } from '../../people/rules.js';
import { hoursOfTeam } from '../../people/store/calendar.js';
import type { ReadTx } from '../../store/transact.js';
import { personKey } from '../csv/accounts.js';
import type { ImportKind } from '../csv/kind.js';
import { type PeopleRow, peopleColumns } from '../csv/others.js';
import { twice, twiceMeant } from '../csv/table.js';
import { peopleByName } from './account-rows.js';
import { done, given, isSame } from './rows.js';

interface KnownPeople {
  people: Map<string, number>;
  /** Hours of each team, by its key; of the company under ''. */
  fallbacks: Map<string, HoursSpec>;
  hours: Map<number, { hours: HoursSpec; team: string | null; backupId: number | null }>;
}

function peopleFields(row: PeopleRow, known: KnownPeople): Record<string, unknown> {
  const there = known.hours.get(known.people.get(personKey(row.person ?? '')) ?? 0);
  const hours = there && {
    ...inherited(row, there, known.fallbacks),
    ...(row.zone === undefined ? {} : { zone: row.zone }),
    ...(row.hours === undefined ? {} : { days: row.hours }),
    ...(row.holidays === undefined ? {} : { holidays: row.holidays }),
  };
  return given({ hours, team: row.team, backupId: row.backup && known.people.get(personKey(row.backup)) });
}

/** Whoever has no hours of their own takes over those of the team that they go to. */
function inherited(
  row: PeopleRow,
  there: { hours: HoursSpec; team: string | null },
  fallbacks: KnownPeople['fallbacks'],
): HoursSpec {
  const before = fallbacks.get(there.team ?? '') ?? fallbacks.get('');
  const after = fallbacks.get(row.team ?? there.team ?? '');
  return after && JSON.stringify(there.hours) === JSON.stringify(before) ? after : there.hours;
}

export const peopleImport: ImportKind<typeof peopleColumns, KnownPeople> = {
  columns: peopleColumns,
  load: async (tx) => ({
    people: await peopleByName(tx),
    hours: new Map((await tx.db.select().from(tx.t.people)).map((person) => [person.id, person])),
    fallbacks: await fallbacks(tx),
  }),
  check: (rows, known) => {
    const unknown = (['person', 'backup'] as const).flatMap((column) =>
      rows
        .filter((row) => row[column] !== undefined && !known.people.has(personKey(row[column])))
        .map((row) => ({
          row: row.row,
          column,
          text: `nobody of ours is called ${row[column]?.slice(0, 60)}; add them in the set-up or company.yml first`,
        })),
    );
    const teams = rows
      .filter((row) => row.team !== undefined && !known.fallbacks.has(row.team))
      .map((row) => ({
        row: row.row,
        column: 'team',
        text: `no team has the key ${row.team?.slice(0, 60)}; add it under teams in company.yml first`,
      }));
    const same = twice(rows, 'person', (row) => personKey(row.person ?? ''));
    const said = new Set(same.map((one) => one.row));
    const called = twiceMeant(
      rows.filter((row) => !said.has(row.row)),
      'person',
      (row) => {
        const id = known.people.get(personKey(row.person ?? ''));
        return id === undefined ? undefined : { id, name: row.person ?? '' };
      },
    );
    return [...same, ...called, ...unknown, ...teams];
  },
  compare: (row, known) => {
    const there = known.hours.get(known.people.get(personKey(row.person ?? '')) ?? 0);
    return there && isSame(peopleFields(row, known), there) ? 'same' : 'changed';
  },
  write: async (tx, rows, known) => {
    let changed = 0;
    for (const row of rows) {
      if (peopleImport.compare(row, known) === 'same') continue;
      changed += 1;
      const id = known.people.get(personKey(row.person ?? '')) ?? 0;
      await tx.db.update(tx.t.people).set(peopleFields(row, known)).where(eq(tx.t.people.id, id));
    }
    return done(0, changed, rows.length - changed);
  },
};

async function fallbacks(tx: ReadTx): Promise<Map<string, HoursSpec>> {
  const company = await hoursOfTeam(tx, null);
  const teams = await tx.db.select().from(tx.t.teams);
  return new Map([['', company], ...teams.map((team) => [team.key, team.hours ?? company] as const)]);
}
