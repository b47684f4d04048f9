const ELLIPSIS = '…';
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Longer than any emoji people use; what is longer (stacked accents) is cut by code points so it cannot fill a limit. */
const LONGEST_GRAPHEME = 32;

/**
 * Letters, digits and marks of ASCII with nothing else beside them: each is a grapheme by itself, and to find that out
 * took longer than all else that draws a long message. Beside another character they may belong to it.
 */
const PLAIN = /(?<![^ -~])[ -~]+(?![^ -~])/g;

/** Tokens that must stay whole in mrkdwn: `<...>` sequences and entities. The rest is cut between graphemes. */
const MRKDWN_TOKEN = /<[^<>]*>|&(?:amp|lt|gt);|[^<&]+|[<&]/gy;

/**
 * Cuts text to at most `max` UTF-16 units, ending in "…" when something was cut; never inside a surrogate pair or a
 * grapheme. For text that is not mrkdwn; mrkdwn goes through {@link clipMrkdwn}.
 * @param cost what one piece counts; by default its UTF-16 units
 */
export function clip(
  text: string,
  max: number,
  cost: (piece: string) => number = (piece) => piece.length,
): string {
  if (cost(text) <= max) return text;
  return `${longestPrefix(pieces(text, max), max - ELLIPSIS.length, cost).trimEnd()}${ELLIPSIS}`.slice(
    0,
    Math.max(0, max),
  );
}

/**
 * The same for mrkdwn whose user text is already escaped: never cuts inside `<...>` or an entity, and closes a bold or
 * code span that the cut left open (no user text holds `*` or a backtick, so each one found is a mark).
 */
export function clipMrkdwn(mrkdwn: string, max: number): string {
  if (mrkdwn.length <= max) return mrkdwn;
  const room = max - ELLIPSIS.length - 2;
  const kept = longestPrefix(mrkdwnPieces(mrkdwn, max), room, (piece) => piece.length).trimEnd();
  return `${kept}${ELLIPSIS}${openMarks(kept)}`;
}

function longestPrefix(parts: Iterable<string>, max: number, cost: (piece: string) => number): string {
  let kept = '';
  let used = 0;
  for (const part of parts) {
    used += cost(part);
    if (used > max) break;
    kept += part;
  }
  return kept;
}

/** What can stay of the first `max` units; the margin keeps the piece that straddles the end whole. */
function* pieces(text: string, max: number): Generator<string> {
  const near = text.slice(0, max + LONGEST_GRAPHEME);
  let from = 0;
  for (const plain of near.matchAll(PLAIN)) {
    yield* segmented(near.slice(from, plain.index));
    yield* plain[0];
    from = plain.index + plain[0].length;
  }
  yield* segmented(near.slice(from));
}

function* segmented(text: string): Generator<string> {
  for (const { segment } of graphemes.segment(text)) {
    if (segment.length > LONGEST_GRAPHEME) yield* segment;
    else yield segment;
  }
}

function* mrkdwnPieces(mrkdwn: string, max: number): Generator<string> {
  for (const [token] of mrkdwn.matchAll(MRKDWN_TOKEN)) {
    if (token.startsWith('<') || token.startsWith('&')) yield token;
    else yield* pieces(token, max);
  }
}

function openMarks(mrkdwn: string): string {
  const open: string[] = [];
  for (const mark of mrkdwn.replace(/<[^<>]*>/g, '').match(/[*`]/g) ?? []) {
    if (open.at(-1) === mark) open.pop();
    else if (open.length < 2) open.push(mark);
  }
  return open.reverse().join('');
}
