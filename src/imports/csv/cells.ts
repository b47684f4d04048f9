import { isDate, isZone, zoneProblem } from '../../time/index.js';

/** What a cell means, or what is wrong with it in words for whoever wrote the file. */
export type Cell<T> = { value: T } | { problem: string };

export type ReadCell<T> = (text: string) => Cell<T>;

/** What a spreadsheet would run rather than show; its value is wanted, not its formula. */
const FORMULA = /^=|^[+\-@].*[(|!]/;

export function isFormula(text: string): boolean {
  return FORMULA.test(text);
}

const shown = (text: string) => `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`;

/** Text of at most `max` characters without line breaks. */
export const textCell =
  (max: number): ReadCell<string> =>
  (text) => {
    const length = Array.from(text).length;
    if (length > max) return { problem: `${length} characters; ${max} fit` };
    return { value: text.replace(/\s+/gu, ' ') };
  };

/** The name of a company or a person: something that can be said and typed. */
export const nameCell =
  (max: number): ReadCell<string> =>
  (text) =>
    /[\p{L}\p{N}]/u.test(text)
      ? textCell(max)(text)
      : { problem: `${shown(text)} has no letter or digit, so nobody could type it` };

/** One word of a list, however it is capitalised. */
export const wordCell =
  <W extends string>(words: readonly W[]): ReadCell<W> =>
  (text) => {
    const found = words.find((word) => word.toLowerCase() === text.toLowerCase().replace(/\s+/g, '_'));
    return found ? { value: found } : { problem: `${shown(text)} is none of ${words.join(', ')}` };
  };

export const dateCell: ReadCell<string> = (text) =>
  isDate(text)
    ? { value: text }
    : { problem: `${shown(text)} is no date; write it as YYYY-MM-DD, such as 2026-11-20` };

/** UTC ms of a day or an instant with its zone. */
export const instantCell: ReadCell<number> = (text) => {
  const iso = isDate(text) ? `${text}T00:00:00Z` : text;
  const at = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(iso)
    ? Date.parse(iso)
    : Number.NaN;
  return Number.isNaN(at)
    ? { problem: `${shown(text)} is no time; write it as 2026-11-20T14:05:00Z or 2026-11-20` }
    : { value: at };
};

export const zoneCell: ReadCell<string> = (text) =>
  isZone(text) ? { value: text } : { problem: zoneProblem(text) ?? 'no time zone' };

/** A whole number from `min` to `max`; thousands may be set off by spaces or apostrophes. */
export const numberCell =
  (min: number, max: number): ReadCell<number> =>
  (text) => {
    const plain = text.replace(/(?<=\d)[ '’](?=\d{3})/gu, '');
    const value = /^-?\d+(\.0+)?$/.test(plain) ? Number(plain) : Number.NaN;
    if (Number.isNaN(value))
      return { problem: `${shown(text)} is no whole number; write it without currency or commas` };
    return value >= min && value <= max
      ? { value }
      : { problem: `${shown(text)} is not between ${min} and ${max}` };
  };

export const currencyCell: ReadCell<string> = (text) =>
  /^[A-Za-z]{3}$/.test(text)
    ? { value: text.toUpperCase() }
    : { problem: `${shown(text)} is no currency; write its three letters, such as EUR` };

export const emailCell: ReadCell<string> = (text) =>
  /^[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]+$/.test(text)
    ? { value: text.toLowerCase() }
    : { problem: `${shown(text)} is no e-mail address` };

/** Several entries in one cell, set apart by `;`, `|` or a line break (or a comma within quotes). */
export const listCell =
  (one: ReadCell<string>): ReadCell<string[]> =>
  (text) => {
    const values: string[] = [];
    for (const part of text.split(/[;|,\n]/).map((entry) => entry.trim())) {
      if (part === '') continue;
      const cell = one(part);
      if ('problem' in cell) return cell;
      if (!values.includes(cell.value)) values.push(cell.value);
    }
    return { value: values };
  };

export const domainCell: ReadCell<string> = (text) => {
  const domain = text
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .replace(/\/.*$/, '');
  return /^[^@\s.]+(\.[^@\s.]+)+$/u.test(domain)
    ? { value: domain }
    : { problem: `${shown(text)} is no domain; write it like acme.com` };
};

/** A Slack user id. */
export const slackUserCell: ReadCell<string> = (text) =>
  /^[UW][A-Z0-9]{2,}$/.test(text)
    ? { value: text }
    : { problem: `${shown(text)} is no Slack user id; it begins with U` };

/** A short name of small letters, digits, dots and dashes. */
export const handleCell: ReadCell<string> = (text) =>
  /^[a-z0-9][a-z0-9._-]{0,40}$/.test(text)
    ? { value: text }
    : { problem: `${shown(text)} is no short name; use small letters, digits, dots and dashes` };
