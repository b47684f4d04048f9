import type { HoursSpec } from '../people/rules.js';
import type { HoursEntry } from './company-schema.js';

/** The days of the week as company.yml writes them, and as they are kept. */
const NUMBER_OF = { mon: '1', tue: '2', wed: '3', thu: '4', fri: '5', sat: '6', sun: '7' } as const;
type Day = keyof typeof NUMBER_OF;

/** Hours as they are kept: what the entry says, and for what it leaves out those of `base`. */
export function hoursOf(entry: HoursEntry | undefined, base: HoursSpec): HoursSpec {
  return {
    zone: entry?.zone ?? base.zone,
    days: entry?.days
      ? Object.fromEntries(Object.entries(entry.days).map(([day, shifts]) => [NUMBER_OF[day as Day], shifts]))
      : base.days,
    holidays: entry?.holidays ?? base.holidays,
  };
}

/** The same hours as company.yml writes them, whole; undefined when they are those of `base`. */
export function hoursEntry(hours: HoursSpec, base?: HoursSpec): HoursEntry | undefined {
  if (base && JSON.stringify(inOrder(hours)) === JSON.stringify(inOrder(base))) return undefined;
  const days = Object.entries(NUMBER_OF).flatMap(([day, number]) => {
    const shifts = hours.days[number];
    return shifts ? [[day, shifts] as const] : [];
  });
  return { zone: hours.zone, days: Object.fromEntries(days), holidays: hours.holidays };
}

function inOrder(hours: HoursSpec): unknown {
  const days = Object.values(NUMBER_OF).map((number) => hours.days[number] ?? []);
  return [hours.zone, days, hours.holidays];
}
