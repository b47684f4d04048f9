/** Decoding of Web API arguments: forms (objects as JSON strings) and JSON bodies alike. */
import { SlackError } from './errors.js';
import type { JsonObject } from './types.js';

export class Args {
  constructor(readonly raw: JsonObject) {}

  has(name: string): boolean {
    return this.raw[name] !== undefined && this.raw[name] !== null;
  }

  /** A string argument, or undefined when absent. Numbers become strings, as in forms. */
  text(name: string): string | undefined {
    const value = this.raw[name];
    if (value === undefined || value === null) return undefined;
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  }

  required(name: string, code = 'invalid_arguments'): string {
    const value = this.text(name);
    if (value === undefined || value === '') {
      throw new SlackError(code, {
        response_metadata: { messages: [`[ERROR] missing required field: ${name}`] },
      });
    }
    return value;
  }

  flag(name: string): boolean | undefined {
    const value = this.raw[name];
    if (value === undefined || value === null) return undefined;
    return value === true || value === 1 || value === '1' || value === 'true';
  }

  int(name: string, fallback: number): number {
    const value = Number(this.raw[name] ?? fallback);
    if (!Number.isInteger(value)) throw new SlackError('invalid_arguments');
    return value;
  }

  /** A structured argument: a JSON string in a form, a value in a JSON body. */
  json(name: string, code: string): unknown {
    const value = this.raw[name];
    if (typeof value !== 'string') return value ?? undefined;
    if (value === '') return undefined;
    try {
      return JSON.parse(value) as unknown;
    } catch {
      throw new SlackError(code);
    }
  }

  list(name: string): string[] {
    const value = this.raw[name];
    if (Array.isArray(value)) return value.map(String);
    const text = this.text(name) ?? '';
    return text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
  }
}

/** Reads the arguments out of a request: query string, form or JSON body. */
export function decodeArgs(query: URLSearchParams, contentType: string, body: string): JsonObject {
  const args: JsonObject = Object.fromEntries(query);
  if (contentType.startsWith('application/json')) {
    if (body === '') return args;
    const parsed = parseJson(body);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
      throw new SlackError('json_not_object');
    return { ...args, ...parsed };
  }
  return { ...args, ...Object.fromEntries(new URLSearchParams(body)) };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    throw new SlackError('invalid_json');
  }
}
