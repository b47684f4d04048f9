import { decided } from '../../accounts/listeners/unmatched.js';
import { decideMatch, openMatchById, shownMatch } from '../../accounts/store/matches.js';
import { activeAccounts } from '../../accounts/store.js';
import { pickAccount } from '../../issues/listeners/account-field.js';
import type { Person } from '../../people/rules.js';
import { message } from '../../slack/blocks/index.js';
import type { Answer, Surface } from '../../slack/dispatch.js';
import type { Press, Submit } from '../../slack/interactions.js';
import type { ReadTx } from '../../store/transact.js';
import { setupSaid } from '../messages/setup.js';
import { DECIDE, DECIDE_MODAL, decideModal, NOBODY } from '../messages/unmatched.js';

const GONE = message({ text: 'Somebody decided this already.', blocks: [] });

const numbered = async (tx: ReadTx, value: string) =>
  /^\d{1,9}$/.test(value) ? openMatchById(tx, Number(value)) : undefined;

/** *Decide…* on Home. */
const decidePress: Surface<Person, Press> = {
  may: 'account.edit',
  run: async (tx, _person, it): Promise<Answer> => {
    const match = await numbered(tx, it.value);
    if (!match) return { say: GONE };
    const [guess] = match.accounts;
    return {
      open: decideModal({
        id: match.id,
        match: await shownMatch(tx, match),
        accounts: await activeAccounts(tx),
        guess: match.kind === 'unmatched' && guess !== undefined ? guess : null,
      }),
    };
  },
};

const decideSubmit: Surface<Person, Submit> = {
  may: 'account.edit',
  keys: async () => ['company'],
  run: async (tx, person, it, now): Promise<Answer> => {
    const match = await numbered(tx, it.metadata);
    if (!match) return { say: GONE, sayIn: 'home' };
    const typed = (it.values.account ?? '').trim();
    const account = typed.toLowerCase() === NOBODY ? null : await pickAccount(tx, null, typed);
    if (account !== null && 'problem' in account) return { errors: { account: account.problem } };
    const change = { actor: person.slackId, now, source: 'modal' };
    await decideMatch(tx, match, account?.id ?? null, change);
    return { say: setupSaid(decided(match.name, account?.name ?? null)), sayIn: 'home' };
  },
};

export const unmatchedSurfaces = {
  presses: { [DECIDE]: decidePress },
  submits: { [DECIDE_MODAL]: decideSubmit },
};
