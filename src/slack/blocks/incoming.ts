import { decode } from './inert.js';

/** Names for what stands in a message as an id; undefined leaves the id, or the label that Slack sent. */
export interface Names {
  user?: (id: string) => string | undefined;
  channel?: (id: string) => string | undefined;
}

/**
 * Message text as Slack sends it, as a person reads it: mentions and channels by name, links as label (or address),
 * entities decoded once. For titles, quotes and search; never posted without going through `md` or `plain` again.
 */
export function readIncoming(text: string, names: Names = {}): string {
  return text
    .split(/(<[^<>]*>)/)
    .map((part) => (/^<[^<>]+>$/.test(part) ? readToken(part.slice(1, -1), names) : decode(part)))
    .join('');
}

function readToken(inner: string, names: Names): string {
  const bar = inner.indexOf('|');
  const target = bar === -1 ? inner : inner.slice(0, bar);
  const label = bar === -1 ? undefined : decode(inner.slice(bar + 1));
  const id = target.slice(1);
  if (target.startsWith('@')) return `@${names.user?.(id) ?? (label || id)}`;
  if (target.startsWith('#')) return `#${names.channel?.(id) ?? (label || id)}`;
  if (target.startsWith('!subteam^')) return label || '@group';
  if (target.startsWith('!date^')) return label ?? '';
  if (target.startsWith('!')) return `@${id.split('^')[0] ?? id}`;
  return label || decode(target.replace(/^mailto:/, ''));
}
