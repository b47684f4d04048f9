import fc from 'fast-check';

/** Zones that break naive code: an hour, half an hour, midnight, two hours, the other way round, a whole day. */
export const ZONES = [
  'America/New_York',
  'America/Sao_Paulo',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Europe/Dublin',
  'Africa/Casablanca',
  'Antarctica/Troll',
  'Asia/Kolkata',
  'UTC',
] as const;

/** Days around a change of offset in one of them, so that properties spend their runs where the bugs are. */
const EDGES: readonly (readonly [string, string])[] = [
  ['America/New_York', '2026-03-08T07:00:00Z'],
  ['America/New_York', '2026-11-01T06:00:00Z'],
  ['America/Sao_Paulo', '2018-11-04T03:00:00Z'],
  ['America/Sao_Paulo', '2018-02-18T02:00:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T15:30:00Z'],
  ['Pacific/Apia', '2011-12-30T10:00:00Z'],
  ['Antarctica/Troll', '2026-03-29T01:00:00Z'],
  ['Africa/Casablanca', '2026-02-15T02:00:00Z'],
];

export interface Moment {
  zone: string;
  at: number;
}

/** An instant in a zone: anywhere in twenty years, or within three days of a change; whole minutes. */
export const anyMoment: fc.Arbitrary<Moment> = fc.oneof(
  fc.record({
    zone: fc.constantFrom(...ZONES),
    at: fc
      .integer({ min: Date.UTC(2010, 0) / 60_000, max: Date.UTC(2030, 0) / 60_000 })
      .map((m) => m * 60_000),
  }),
  fc
    .tuple(fc.constantFrom(...EDGES), fc.integer({ min: -3 * 1440, max: 3 * 1440 }))
    .map(([[zone, edge], minutes]) => ({ zone, at: Date.parse(edge) + minutes * 60_000 })),
);

const formats = new Map<string, Intl.DateTimeFormat>();

/** "YYYY-MM-DD HH:MM" on the wall, asked from the platform and not from our code. */
export function wallByPlatform(at: number, zone: string): string {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    formats.set(zone, format);
  }
  return format.format(at);
}

export const utc = (text: string): number => Date.parse(text);
export const iso = (at: number): string => new Date(at).toISOString();
