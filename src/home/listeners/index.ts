import type { Person } from '../../people/rules.js';
import { actAs } from '../../people/store.js';
import { pressedHome } from '../../queue/homes.js';
import type { Surface } from '../../slack/dispatch.js';
import type { Press } from '../../slack/interactions.js';
import { ACT_AS, GO } from '../messages/lists.js';
import { pageOfButton } from '../rules/page.js';
import { absenceSurfaces } from './absence.js';
import { coverageSurfaces } from './coverage.js';
import { setupSurfaces } from './setup.js';
import { unmatchedSurfaces } from './unmatched.js';

/** *All 12*, *More*, *Back*, *Set-up* …: another page of Home. */
const goPress: Surface<Person, Press> = {
  may: 'help.see',
  run: async (tx, _person, it) => {
    await pressedHome(tx, it.userId, { page: pageOfButton(it.value) });
    return undefined;
  },
};

/** The switch of whoever has both functions; what they do from now on counts in this one. */
const actAsPress: Surface<Person, Press> = {
  may: 'home.act_as',
  run: async (tx, person, it) => {
    const wanted = person.functions.find((func) => func === it.value);
    if (wanted) await actAs(tx, person.id, wanted);
    return undefined;
  },
};

export const homeSurfaces = {
  presses: {
    [GO]: goPress,
    [ACT_AS]: actAsPress,
    ...absenceSurfaces.presses,
    ...unmatchedSurfaces.presses,
    ...coverageSurfaces.presses,
    ...setupSurfaces.presses,
  },
  submits: {
    ...absenceSurfaces.submits,
    ...unmatchedSurfaces.submits,
    ...coverageSurfaces.submits,
    ...setupSurfaces.submits,
  },
};
