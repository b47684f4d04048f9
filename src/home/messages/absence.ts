import type { ModalView } from '@slack/types';
import {
  type Block,
  bold,
  button,
  datePicker,
  input,
  join,
  md,
  modal,
  section,
  usersSelect,
} from '../../slack/blocks/index.js';

export const AWAY = 'home.away';
export const BACK = 'home.back';
export const AWAY_MODAL = 'home.away';

/** Whether somebody is there; the words are null while they are. */
export interface AbsenceView {
  /** The first day back. */
  backOn: string | null;
  /** Who covers; null when they named nobody. */
  cover: string | null;
  /** Who gets what cannot wait while nobody was named; null when nobody is left. */
  instead: string | null;
  isAway: boolean;
}

/** On Home: whether one is there, and the button that changes it. */
export function absencePart({ isAway, backOn, cover, instead }: AbsenceView): Block {
  if (!isAway)
    return section(md`You are here: reminders come to you.`, {
      accessory: button({ id: AWAY, text: "I'm away…", value: 'away' }),
    });
  const until = backOn === null ? md`You are away` : md`You are away, back on ${bold(backOn)}`;
  const nobody = instead === null ? md`nobody covers` : md`what cannot wait goes to ${instead}`;
  const who = cover === null ? nobody : md`${cover} covers`;
  return section(join([until, who]), {
    accessory: button({ id: BACK, text: "I'm back", value: 'back', style: 'primary' }),
  });
}

/** Until when, and who covers. */
export function awayModal(tomorrow: string): ModalView {
  return modal({
    callbackId: AWAY_MODAL,
    title: 'I am away',
    submit: 'Save',
    close: 'Cancel',
    blocks: [
      section(md`From now on your reminders wait. What cannot wait goes to whoever covers.`),
      input({
        blockId: 'back_on',
        label: 'First day back',
        element: datePicker({ id: 'back_on', initial: tomorrow }),
      }),
      input({
        blockId: 'cover',
        label: 'Who covers?',
        optional: true,
        hint: 'Left empty, it is your backup, else your lead.',
        element: usersSelect({ id: 'cover', placeholder: 'One of our people' }),
      }),
    ],
  });
}
