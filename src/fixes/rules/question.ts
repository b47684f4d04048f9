import type { Fix } from './fix.js';

/** True while what was asked about a fix is still open: nothing else has answered it. */
export function isOpenQuestion(fix: Pick<Fix, 'question' | 'state'>): boolean {
  if (fix.question === 'live') return fix.state === 'merged';
  return fix.question === 'declined' && fix.state !== 'live' && fix.state !== 'declined';
}
