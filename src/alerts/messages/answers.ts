import { bold, type Md, type Message, md, message } from '../../slack/blocks/index.js';

/** Short answers to whoever did something about an alert; only they see them. */

const say = (text: Md): Message => message({ text, blocks: [] });

export function dismissed(view: { account: string }): Message {
  return say(
    md`Ended: ${view.account} needs no call for this. It comes back only for something new or graver.`,
  );
}

/** @param view.when null: until there is more of it */
export function snoozedAlert(view: { account: string; when: string | null }): Message {
  return say(
    md`Nothing more about ${bold(view.account)} ${view.when === null ? 'until it changes' : `until ${view.when}`}, unless it gets graver.`,
  );
}

export function asked(view: { account: string; to: string; isHeld: boolean }): Message {
  return say(
    view.isHeld
      ? md`${view.to} had their fill for today and reads of ${bold(view.account)} in the morning. It stays open for everybody.`
      : md`${view.to} is asked to take ${bold(view.account)}. It stays open until somebody claims it.`,
  );
}

export function noted(view: { account: string }): Message {
  return say(md`Noted on the card of ${bold(view.account)}.`);
}

export function refusedAlert(why: string): Message {
  return say(md`${why}`);
}
