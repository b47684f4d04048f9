import { actions, bold, button, link, type Message, md, message, section } from '../../slack/blocks/index.js';

export const OFFER_LINK = 'fix.offer_link';
export const OFFER_NO = 'fix.offer_no';

/** An item that was named where an issue is spoken of. */
export interface FixOfferView {
  id: number;
  /** `B-42` */
  issue: string;
  fix: { name: string; url: string };
  /** Who named it; null where its tracker did. */
  by: string | null;
  /** The fix that it waits for now. */
  instead: string | null;
  /** What was decided; null while it is open. */
  settled: { linked: boolean; by: string | null } | null;
}

/** One line: link it, or not. Nothing is linked before somebody presses. */
export function fixOffer(view: FixOfferView): Message {
  const fix = link(view.fix.url, view.fix.name);
  if (view.settled) {
    const by = view.settled.by === null ? md`` : md` (${view.settled.by})`;
    const text = view.settled.linked
      ? md`${bold(view.issue)} waits for ${fix}${by}.`
      : md`${fix} is not linked to ${bold(view.issue)}${by}.`;
    return message({ text, blocks: [section(text)] });
  }
  const instead = view.instead === null ? md`` : md`, instead of ${view.instead}`;
  const why = view.by === null ? md`It names ${view.issue}.` : md`${view.by} named it here.`;
  const text = md`Link ${bold(view.issue)} to ${fix}${instead}? ${why}`;
  const value = String(view.id);
  return message({
    text,
    blocks: [
      section(text),
      actions('offer', [
        button({ id: OFFER_LINK, text: 'Link it', value, style: 'primary' }),
        button({ id: OFFER_NO, text: 'No', value }),
      ]),
    ],
  });
}

/** The answer to *No*, or that it was decided before. */
export function offerAnswered(
  what: { no: string; fix: { name: string; url: string } } | { linked: string } | 'gone',
): Message {
  if (what === 'gone') return message({ text: 'This is not asked any more.', blocks: [] });
  if ('linked' in what)
    return message({
      text: md`${what.linked} was linked to it meanwhile. \`/issue link\` changes that; nothing was changed now.`,
      blocks: [],
    });
  return message({
    text: md`Good, it stays apart, and is not asked again. Later: \`/issue link ${what.no} ${what.fix.url}\``,
    blocks: [],
  });
}
