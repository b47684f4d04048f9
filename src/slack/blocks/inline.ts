import { clean, escapeText, inert, oneLine } from './inert.js';
import { LIMITS } from './limits.js';
import { fragment, Md, type MdValue } from './md.js';

const SLACK_ID = /^[A-Za-z0-9_-]{1,64}$/;

/** `@Ana` of a Slack user id; pings when posted. Anything that is not an id is shown as inert text. */
export function mention(userId: string): Md {
  return token(userId, `<@${userId}>`);
}

/** `@support-leads` of a user group id; pings the whole group. Anything that is not an id is shown as inert text. */
export function groupMention(groupId: string): Md {
  return token(groupId, `<!subteam^${groupId}>`);
}

/** `#acme` of a channel id; people outside a private channel read "private channel". */
export function channelLink(channelId: string): Md {
  return token(channelId, `<#${channelId}>`);
}

/**
 * A link with our or a person's label. What is not a plain http(s) address (other schemes, names and passwords in it,
 * longer than can be shown) gives the label without a link, or the address as text when there is no label. A label that
 * poses as another address is replaced by the real host.
 */
export function link(url: string, label: string): Md {
  const target = webAddress(url);
  const words = oneLine(label).replace(/\|/g, '∣');
  if (!target) return new Md(inert(words || oneLine(url)));
  const href = escapeText(target.href.replace(/\|/g, '%7C'));
  const shown = words === '' || posesAsOther(words, target) ? target.hostname : words;
  return href.length > LIMITS.inlineUrl ? new Md(inert(shown)) : new Md(`<${href}|${inert(shown)}>`);
}

/** Bold words, on one line; nothing when they are empty. */
export function bold(words: MdValue): Md {
  return wrapped(words, '*');
}

/** Words in code type, for commands and names; nothing when they are empty. */
export function code(words: string): Md {
  return wrapped(words, '`');
}

/**
 * A date or time as words, as time/format writes it. No `<!date>` token: Slack has no format for "Thu 17:00", and would
 * show the reader's zone beside words that were counted in another.
 */
export function date(words: string): Md {
  return new Md(fragment(words));
}

/** User text that keeps its line ends; everything else about it is inert. */
export function multiline(text: string): Md {
  return new Md(inert(clean(text).trim()));
}

/** User text as a quote, at most `maxLines` lines, "…" for the rest; nothing when it is empty. */
export function quote(text: string, maxLines = 3): Md {
  const all = clean(text)
    .split('\n')
    .filter((line) => line.trim() !== '');
  const shown = all.slice(0, maxLines).map((line) => `> ${inert(line.trim())}`);
  return new Md(shown.join('\n') + (all.length > maxLines ? ' …' : ''));
}

/** The address as a URL if a person can be sent there: http or https, no credentials in it. Undefined otherwise. */
export function webAddress(url: string): URL | undefined {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  return parsed.username === '' && parsed.password === '' && !/[<>\s]/.test(parsed.href) ? parsed : undefined;
}

function token(id: string, sequence: string): Md {
  return new Md(SLACK_ID.test(id) ? sequence : inert(oneLine(id)));
}

function wrapped(words: MdValue, mark: string): Md {
  const inner = fragment(words).trim();
  return new Md(inner === '' ? '' : `${mark}${inner}${mark}`);
}

function posesAsOther(label: string, target: URL): boolean {
  const named = /^(?:https?:\/\/|www\.)([^\s/?#]+)/i.exec(label)?.[1]?.toLowerCase();
  return (
    named !== undefined &&
    named !== target.host &&
    `www.${named}` !== target.host &&
    named !== `www.${target.host}`
  );
}
