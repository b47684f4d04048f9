import { SlackError } from './errors.js';
import type { JsonObject, MessageMetadata } from './types.js';

const MOST_BYTES = 8000;

/** Checks message metadata; `{}` means "remove it" and comes back as null. */
export function readMetadata(value: unknown): MessageMetadata | null | undefined {
  if (value === undefined) return undefined;
  if (!isObject(value)) throw new SlackError('invalid_metadata_format');
  if (Object.keys(value).length === 0) return null;
  const { event_type: type, event_payload: payload } = value;
  if (typeof type !== 'string' || !/^[A-Za-z0-9_]{1,255}$/.test(type))
    throw new SlackError('invalid_metadata_format');
  if (!isObject(payload)) throw new SlackError('invalid_metadata_format');
  if (!Object.values(payload).every(allowedValue)) throw new SlackError('invalid_metadata_schema');
  if (Buffer.byteLength(JSON.stringify(value)) > MOST_BYTES) throw new SlackError('metadata_too_large');
  return { event_type: type, event_payload: payload };
}

/** Without include_all_metadata only the event_type is told. */
export function shownMetadata(metadata: MessageMetadata, all: boolean): JsonObject {
  return all ? { ...metadata } : { event_type: metadata.event_type };
}

function allowedValue(value: unknown): boolean {
  if (Array.isArray(value)) return value.every((item) => isScalar(item) || isFlat(item));
  return isScalar(value) || isFlat(value);
}

function isFlat(value: unknown): boolean {
  return isObject(value) && Object.values(value).every(isScalar);
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
