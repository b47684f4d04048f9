import {
  bold,
  join,
  lines,
  type Md,
  type Message,
  md,
  message,
  section,
  wholeText,
} from '../../slack/blocks/index.js';

const say = (text: Parameters<typeof message>[0]['text']): Message => message({ text, blocks: [] });

export function thanks(view: {
  account: string;
  title: string | null;
  watchedUntil: string | null;
}): Message {
  const told = md`Good: ${view.account} was told.`;
  const watch =
    view.watchedUntil !== null && md`Baton watches until ${view.watchedUntil} whether it stays quiet.`;
  return say(join([told, watch], ' '));
}

export function alreadyTold(view: { account: string; by: string; at: string }): Message {
  return say(md`${view.by} told ${view.account} ${view.at} already. Nothing is left to do.`);
}

export function gone(): Message {
  return say('This follow-up is over. The message shows how it stands.');
}

/** What somebody wanted cannot be, and why; what they typed is kept in view. */
export function followupRefused(why: string, typed = ''): Message {
  return message({
    text: md`${why}`,
    blocks: typed === '' ? [] : [section(lines([md`${why}`, md`You wrote:`])), ...wholeText(typed)],
  });
}

/** Only whoever has it, or a lead, can do this. */
export function notYours(view: { owner: string; what: string }): Message {
  return say(md`Only ${view.owner}, who has it, or a lead can ${view.what}.`);
}

export function snoozed(view: { account: string; until: string; due: string }): Message {
  return say(md`${view.account} sleeps until ${bold(view.until)}; it is due ${view.due}.`);
}

export function offered(view: { account: string; to: string }): Message {
  return say(md`${view.to} is asked to take ${view.account}. Until they accept it stays as it is.`);
}

export function accepted(view: { account: string; due: string }): Message {
  return say(
    md`${view.account} is yours now: tell them ${view.due}. The message to close it with is on its way.`,
  );
}

export function declined(view: { account: string; owner: string }): Message {
  return say(md`${view.account} stays with ${view.owner}, who sees it on their message.`);
}

export function ended(view: { account: string }): Message {
  return say(md`Ended: nobody has to tell ${view.account} about this.`);
}

export function outcomeNoted(view: {
  account: string;
  outcome: 'happy' | 'wants_more' | 'still_broken';
}): Message {
  const text = {
    happy: md`Good to hear. Noted for ${view.account}.`,
    wants_more: md`Noted. If it is something new: \`/issue log …\` in their channel. If you owe them a word: \`/baton followup ${view.account}: …\``,
    still_broken: md`Noted: ${view.account} waits for this again. Nobody else is disturbed.`,
  }[view.outcome];
  return say(text);
}

export function opened(view: {
  account: string;
  due: string;
  existed: boolean;
  /** Who was asked to take it; null when it is the asker's. */
  asked: string | null;
  /** Who has what stood before. */
  owner: string | null;
}): Message {
  if (view.existed)
    return say(
      md`${bold(view.account)} is owed a word on this already${view.owner === null ? md`` : md`, by ${view.owner}`}. What you wrote is a line on it, due ${view.due}.`,
    );
  const asked = view.asked === null ? md`` : md` ${view.asked} is asked to take it.`;
  return say(md`Opened: follow up with ${bold(view.account)} ${view.due}.${asked}`);
}

/** A line of `/baton followup` that cannot be read. */
export function openUsage(problem: string, typed: string): Message {
  return followupRefused(
    `${problem} Write it like /baton followup acme: call Joe about the slow exports`,
    typed,
  );
}

export function templatesSaved(changed: boolean): Message {
  return say(
    changed
      ? 'The drafts are saved. Copy draft offers them from now on.'
      : 'The drafts were like that before.',
  );
}

/** What *Remind* did: who is reminded of whom, and who is not, and why. */
export function tellersReminded(
  tellers: readonly {
    who: string;
    accounts: readonly string[];
    what: 'reminded' | 'today already' | 'not shown' | 'asleep';
  }[],
): Message {
  if (tellers.length === 0) return say('Everybody who waited was told. There is nobody to remind.');
  const line = (what: (typeof tellers)[number]['what'], lead: string) => {
    const some = tellers.filter((one) => one.what === what).map(tellerInWords);
    return some.length > 0 && md`${lead} ${join(some, ', ')}`;
  };
  return say(
    lines([
      line('reminded', 'Reminded, in their working time:'),
      line('today already', 'Reminded today already, so left alone:'),
      line('not shown', 'It comes to them when they begin work, so not reminded yet:'),
      line('asleep', 'They put it off themselves, so left alone:'),
    ]),
  );
}

const ACCOUNTS_NAMED = 5;

function tellerInWords(one: { who: string; accounts: readonly string[] }): Md {
  const left = one.accounts.length - ACCOUNTS_NAMED;
  const named = one.accounts.slice(0, ACCOUNTS_NAMED).join(', ');
  return md`${bold(one.who)} (${named}${left > 0 ? md` and ${left} more` : ''})`;
}

/** `/baton oncall on`. */
export function onCall(view: { isOn: boolean; changed: boolean } | 'usage'): Message {
  if (view === 'usage')
    return say(
      md`Write \`/baton oncall on\` to be called about what is critical at any hour, \`/baton oncall off\` to end that.`,
    );
  const words = view.isOn
    ? 'What is critical reaches you at any hour.'
    : 'What is critical reaches you in your working time.';
  return say(view.changed ? words : `It was so before. ${words}`);
}
