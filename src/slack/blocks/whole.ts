import { readIncoming } from './incoming.js';
import { multiline } from './inline.js';
import { type Block, section } from './layout.js';

/** Short enough that a piece fits a section even when every character becomes an entity. */
const PIECE = 600;

/**
 * What a person typed into a message or behind a command, whole, in as many sections as it needs: for giving back what
 * no field holds. Channels and people stand in it by name, so that it can be typed again.
 */
export function wholeText(text: string): Block[] {
  const points = Array.from(readIncoming(text));
  const pieces = Array.from({ length: Math.ceil(points.length / PIECE) }, (_, i) =>
    points.slice(i * PIECE, (i + 1) * PIECE).join(''),
  );
  return pieces.filter((piece) => piece.trim() !== '').map((piece) => section(multiline(piece)));
}
