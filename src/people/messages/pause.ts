import { bold, type Message, md, message, section, wholeText } from '../../slack/blocks/index.js';

const USAGE = md`Write it like this: \`/baton pause 2h\`, \`/baton pause until 16:00\` or \`until Monday\`. \`/baton resume\` ends it.`;

/** What is wrong with what was typed; nothing was paused. */
export function pauseProblem(problem: string, typed: string): Message {
  const text = md`${problem} Nothing was changed. ${USAGE}`;
  if (typed === '') return message({ text, blocks: [] });
  return message({ text, blocks: [section(md`${text}\nYou wrote:`), ...wholeText(typed)] });
}

/** `/baton pause` while it is paused. */
export function pausedAlready(view: { by: string; until: string }): Message {
  return message({
    text: md`Baton is paused until ${bold(view.until)} (${view.by}). \`/baton resume\` ends it; a longer time moves the end.`,
    blocks: [],
  });
}

/** To the team channel, and to whoever paused it. */
export function pauseBegun(view: { by: string; until: string; moved: boolean }): Message {
  const head = view.moved
    ? md`${view.by} moved the end of Baton's pause to ${bold(view.until)}.`
    : md`${view.by} paused Baton until ${bold(view.until)}.`;
  return message({
    text: md`${head} It goes on listening and answers who asks, and posts nothing until then. \`/baton resume\` ends it.`,
    blocks: [],
  });
}

/** The same places, once it is over: what was held. */
export function pauseOver(view: { by: string | null; held: string | null; dropped: string | null }): Message {
  const head = view.by === null ? md`Baton's pause is over.` : md`${view.by} ended Baton's pause.`;
  const held =
    view.held === null
      ? md`Nothing was held.`
      : md`Held meanwhile, and coming now as it stands: ${view.held}.`;
  return message({
    text:
      view.dropped === null ? md`${head} ${held}` : md`${head} ${held} Not sent any more: ${view.dropped}.`,
    blocks: [],
  });
}

export function notPaused(): Message {
  return message({ text: 'Baton is not paused.', blocks: [] });
}
