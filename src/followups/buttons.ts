import { button, overflow } from '../slack/blocks/index.js';

/** What can be pressed about a follow-up, on whatever message shows it. */

export const I_TOLD_THEM = 'followup.told';
export const COPY_DRAFT = 'followup.draft';
export const THAT_WAS_IT = 'followup.proof';
export const FOLLOWUP_MORE = 'followup.more';

/** One press, and it is settled for everybody. */
export function toldButton(id: number) {
  return button({ id: I_TOLD_THEM, text: 'I told them', value: String(id), style: 'primary' });
}

/** The ⋯ menu: what is wanted less often. */
export function moreMenu(view: {
  id: number;
  kind: string;
  /** The draft has no button of its own. */
  isDraftHere: boolean;
  isCritical: boolean;
  issue: { name: string; url: string } | null;
}) {
  return overflow({
    id: FOLLOWUP_MORE,
    options: [
      view.isDraftHere && view.kind !== 'restore' && { text: 'Copy draft', value: `draft:${view.id}` },
      { text: 'Snooze…', value: `snooze:${view.id}` },
      { text: 'Give to…', value: `give:${view.id}` },
      !view.isCritical && { text: 'Not needed…', value: `not_needed:${view.id}` },
      view.issue !== null && {
        text: `Open ${view.issue.name}`,
        value: `issue:${view.id}`,
        url: view.issue.url,
      },
    ],
  });
}
