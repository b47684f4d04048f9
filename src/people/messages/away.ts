import { bold, type Message, md, message, section, wholeText } from '../../slack/blocks/index.js';

const USAGE = md`Write it like this: \`/baton away until Monday @ben covers\`. When you are back: \`/baton back\`.`;

/** What is wrong with what was typed; nothing was noted. */
export function awayProblem(problem: string, typed: string): Message {
  const text = md`${problem} Nothing was noted. ${USAGE}`;
  if (typed === '') return message({ text, blocks: [] });
  return message({ text, blocks: [section(md`${text}\nYou wrote:`), ...wholeText(typed)] });
}

/** To whoever is away from now on. */
export function awayNoted(view: { back: string; cover: string | null; instead: string | null }): Message {
  const who = view.cover
    ? md`${bold(view.cover)} covers, and was told.`
    : view.instead
      ? md`You named nobody, so what cannot wait goes to ${bold(view.instead)}.`
      : md`You named nobody who covers, and nobody else is there: what is due waits for you.`;
  return message({
    text: md`Noted: you are away, back on ${bold(view.back)}. ${who} Your reminders wait until then. \`/baton back\` ends it.`,
    blocks: [],
  });
}

/** To whoever covers. */
export function youCover(view: { who: string; back: string }): Message {
  return message({
    text: md`You cover for ${bold(view.who)}, who is back on ${bold(view.back)}. What cannot wait for them comes to you. If that does not work, tell ${view.who}: they can name somebody else.`,
    blocks: [],
  });
}

/** To whoever came back. */
export function welcomeBack(wasAway: boolean): Message {
  return message({
    text: wasAway
      ? 'Welcome back. Reminders come to you again, and your next morning message covers the time you were away.'
      : 'You were not away, so nothing was changed.',
    blocks: [],
  });
}
