import type { Person } from '../../people/rules.js';
import { setOnCall } from '../../people/store/on-call.js';
import type { SubCommand } from '../../slack/subcommands.js';
import { onCall } from '../messages/answers.js';

/** `/baton oncall on|off`: whether what is critical may disturb one at any hour. */
export const onCallCommand: SubCommand<Person> = {
  may: 'person.on_call',
  usage: 'oncall [on | off]',
  about: 'whether what is critical may reach you outside your working time',
  keys: async () => [],
  run: async (tx, person, it) => {
    const word = it.text.trim().toLowerCase();
    if (word !== 'on' && word !== 'off') return { say: onCall('usage') };
    const isOn = word === 'on';
    return { say: onCall({ isOn, changed: await setOnCall(tx, person.id, isOn) }) };
  },
};
