import type { Person } from '../../people/rules.js';
import { changeSetting, setting } from '../../settings/store.js';
import type { Answer } from '../../slack/dispatch.js';
import type { SubCommand } from '../../slack/subcommands.js';
import { scheduleHealth } from '../jobs.js';
import { healthSwitched } from '../messages/account.js';

/** `/baton health on`: whether Baton computes the health of accounts that no other tool feeds. */
export const healthCommand: SubCommand<Person> = {
  may: 'setup.change',
  usage: 'health [on | off]',
  about: 'whether Baton computes the health of accounts (admins)',
  keys: async () => ['company'],
  run: async (tx, person, it, now): Promise<Answer> => {
    const typed = it.text.trim().toLowerCase();
    if (typed !== 'on' && typed !== 'off')
      return { say: healthSwitched({ isOn: await setting(tx, 'computeHealth'), isNew: false }) };
    const isNew = await changeSetting(tx, 'computeHealth', typed === 'on', { who: person.slackId, at: now });
    if (isNew) await scheduleHealth(tx, now);
    return { say: healthSwitched({ isOn: typed === 'on', isNew }) };
  },
};
