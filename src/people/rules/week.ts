import type { HoursSpec } from '../rules.js';

const NAMES = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Weekly hours as people read them: `Mon-Thu 09:00-17:00, Fri 09:00-15:00`; days alike stand together. */
export function weekInWords(days: HoursSpec['days']): string {
  const shifts = NAMES.map((_, i) =>
    (days[String(i + 1) as keyof HoursSpec['days']] ?? [])
      .map(({ from, to }) => `${from}-${to}`)
      .join(' and '),
  );
  const runs: { from: number; to: number; text: string }[] = [];
  for (const [day, text] of shifts.entries()) {
    const last = runs.at(-1);
    if (last?.text === text) last.to = day;
    else runs.push({ from: day, to: day, text });
  }
  const worked = runs.filter((run) => run.text !== '');
  return worked.map(({ from, to, text }) => `${dayNames(from, to)} ${text}`).join(', ') || 'no day';
}

function dayNames(from: number, to: number): string {
  return from === to ? `${NAMES[from]}` : `${NAMES[from]}-${NAMES[to]}`;
}
