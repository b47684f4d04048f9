/** Small checks that combine into the rules of Block Kit; each reports what is wrong and where. */
export type Json = Record<string, unknown>;
export type Report = (at: string, reason: string) => void;
export type Check = (value: unknown, at: string, report: Report) => void;

export interface Shape {
  required?: Record<string, Check>;
  optional?: Record<string, Check>;
  /** Rules between fields; runs only when every field is fine. */
  also?: (value: Json, at: string, report: Report) => void;
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object with these fields and no others. */
export function object({ required = {}, optional = {}, also }: Shape): Check {
  return (value, at, report) => {
    if (!isObject(value)) return report(at, 'must be an object');
    let clean = true;
    const note: Report = (where, reason) => {
      clean = false;
      report(where, reason);
    };
    for (const [name, check] of Object.entries(required)) {
      if (value[name] === undefined) note(at, `missing required field: ${name}`);
      else check(value[name], `${at}/${name}`, note);
    }
    for (const [name, check] of Object.entries(optional)) {
      if (value[name] !== undefined) check(value[name], `${at}/${name}`, note);
    }
    for (const name of Object.keys(value)) {
      if (!(name in required) && !(name in optional)) note(at, `invalid additional property: ${name}`);
    }
    if (clean) also?.(value, at, report);
  };
}

/** Text is measured in UTF-16 units, the strictest reading of an undocumented rule. */
export function string(least: number, most: number, pattern?: RegExp): Check {
  return (value, at, report) => {
    if (typeof value !== 'string') return report(at, 'must be a string');
    if (value.length < least) report(at, `must be more than ${least - 1} characters`);
    if (value.length > most) report(at, `must be less than ${most + 1} characters`);
    if (pattern && value !== '' && !pattern.test(value))
      report(at, `has the wrong format: ${value.slice(0, 40)}`);
  };
}

export function integer(least: number, most: number): Check {
  return (value, at, report) => {
    if (!Number.isInteger(value)) return report(at, 'must be an integer');
    if (Number(value) < least || Number(value) > most) report(at, `must be between ${least} and ${most}`);
  };
}

export const flag: Check = (value, at, report) => {
  if (typeof value !== 'boolean') report(at, 'must be a boolean');
};

export const anything: Check = () => {};

export function oneOf(...allowed: unknown[]): Check {
  return (value, at, report) => {
    if (!allowed.includes(value)) report(at, `must be one of ${allowed.join(', ')}`);
  };
}

export function list(item: Check, least: number, most: number): Check {
  return (value, at, report) => {
    if (!Array.isArray(value)) return report(at, 'must be an array');
    if (value.length < least) report(at, `must have at least ${least} items`);
    if (value.length > most) report(at, `no more than ${most} items allowed [${value.length}]`);
    for (const [index, one] of value.entries()) item(one, `${at}/${index}`, report);
  };
}

/** Chooses the check by the `type` field; only the named types may stand here. */
export function byType(
  checks: Record<string, Check>,
  allowed: readonly string[] = Object.keys(checks),
): Check {
  return (value, at, report) => {
    if (!isObject(value)) return report(at, 'must be an object');
    const type = String(value.type);
    const check = allowed.includes(type) ? checks[type] : undefined;
    if (check) check(value, at, report);
    else report(`${at}/type`, `unsupported type: ${type}`);
  };
}

/** Exactly one of the named fields is present. */
export function exactlyOne(...names: string[]): NonNullable<Shape['also']> {
  return (value, at, report) => {
    const present = names.filter((name) => value[name] !== undefined);
    if (present.length !== 1) report(at, `must have exactly one of ${names.join(', ')}`);
  };
}
