import { bold, input, md, modal, section, textInput } from '../../slack/blocks/index.js';

export const DECLINE_MODAL = 'fix.decline';

/** The form of *Decline*: why, in words that the tellers will need. */
export function declineModal(spec: { id: number; name: string; channel: string | null }) {
  return modal({
    callbackId: DECLINE_MODAL,
    title: 'Decline the fix',
    submit: 'Decline',
    close: 'Cancel',
    privateMetadata: JSON.stringify({ id: spec.id, channel: spec.channel }),
    blocks: [
      section(md`${bold(spec.name)} will not be mended. Every account that waits is owed a word about it.`),
      input({
        blockId: 'reason',
        label: 'Why, for those who tell the customers',
        element: textInput({ id: 'reason', max: 500, multiline: true }),
      }),
    ],
  });
}
