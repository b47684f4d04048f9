import { bold, input, md, modal, multiStaticSelect, section } from '../../slack/blocks/index.js';

export const LIVE_FOR_MODAL = 'fix.live_for';

/** The form of *Live for some*: those who wait, to tick. */
export function liveForModal(spec: {
  id: number;
  name: string;
  title: string;
  accounts: readonly { id: number; name: string }[];
  channel: string | null;
}) {
  return modal({
    callbackId: LIVE_FOR_MODAL,
    title: 'Live for some accounts',
    submit: "It's live",
    close: 'Cancel',
    privateMetadata: JSON.stringify({ id: spec.id, channel: spec.channel }),
    blocks: [
      section(md`${bold(spec.name)} ${spec.title}`),
      input({
        blockId: 'accounts',
        label: 'Who can use it now',
        hint: 'Only these are told. The others go on waiting until it is live for them, too.',
        element: multiStaticSelect({
          id: 'accounts',
          placeholder: 'Choose accounts',
          options: spec.accounts.map((account) => ({ text: account.name, value: String(account.id) })),
        }),
      }),
    ],
  });
}
