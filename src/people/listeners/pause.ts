import type { Answer } from '../../slack/dispatch.js';
import type { SubCommand } from '../../slack/subcommands.js';
import { dayAndClock } from '../../time/index.js';
import { notPaused, pauseBegun, pausedAlready, pauseOver, pauseProblem } from '../messages/pause.js';
import { beginPause, endPause, pauseInWords } from '../pause.js';
import { readPause } from '../rules/pause.js';
import type { Person } from '../rules.js';

const keys = async () => ['company'];

/** `/baton pause 2h`: Baton posts nothing until then, and says so. */
const pause: SubCommand<Person> = {
  may: 'baton.pause',
  usage: 'pause [2h | until Monday]',
  about: 'Baton posts nothing until then; resume ends it (leads)',
  keys,
  run: async (tx, person, it, now): Promise<Answer> => {
    const { zone } = person.hours;
    const standing = await pauseInWords(tx, zone, now);
    if (it.text.trim() === '' && standing) return { say: pausedAlready(standing) };
    const read = readPause(it.text, zone, now);
    if ('problem' in read) return { say: pauseProblem(read.problem, it.text) };
    await beginPause(tx, person, read.until, now);
    const view = { by: 'You', until: dayAndClock(read.until, zone, now), moved: standing !== null };
    return { say: pauseBegun(view) };
  },
};

/** `/baton resume`. */
const resume: SubCommand<Person> = {
  may: 'baton.pause',
  usage: 'resume',
  about: 'ends a pause; what was held comes now (leads)',
  keys,
  run: async (tx, person, _it, now): Promise<Answer> => {
    const counts = await endPause(tx, person, now);
    return { say: counts === null ? notPaused() : pauseOver({ by: 'You', ...counts }) };
  },
};

export const pauseCommands = { pause, resume };
