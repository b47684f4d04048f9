import { findAccount } from '../../accounts/find.js';
import { nameProblem } from '../../accounts/rules/edit.js';
import { activeAccounts } from '../../accounts/store.js';
import { pickAccount } from '../../issues/listeners/account-field.js';
import type { Person } from '../../people/rules.js';
import { post } from '../../queue/enqueue.js';
import { surveyedChannel, wantSurvey } from '../../queue/survey.js';
import { message } from '../../slack/blocks/index.js';
import type { Answer, Surface } from '../../slack/dispatch.js';
import type { Press, Submit } from '../../slack/interactions.js';
import type { ReadTx } from '../../store/transact.js';
import { asksOf } from '../asks.js';
import { ASK, CHANNEL_DO, LINK_MODAL, LOOK_AGAIN, linkModal, pleaseInvite } from '../messages/coverage.js';
import { setupSaid } from '../messages/setup.js';
import { ourNames } from '../proposals.js';
import { accountNameOf } from '../rules/coverage.js';
import { adoptChannel, ignoreChannel, readCoverage } from '../store/coverage.js';

const GONE = message({ text: 'This channel is not there any more.', blocks: [] });

/** *Look again*: a press more within the same minute asks Slack nothing new. */
const lookPress: Surface<Person, Press> = {
  may: 'setup.change',
  run: async (tx, _person, _it, now) => {
    await wantSurvey(tx, now);
    return { say: setupSaid('Baton is looking at the channels; this page follows in a moment.') };
  },
};

/** *Message them*, one or all: each colleague gets one message with their whole list. */
const askPress: Surface<Person, Press> = {
  may: 'setup.change',
  keys: async () => ['coverage'],
  run: async (tx, person, it, now): Promise<Answer> => {
    const asks = (await asksOf(tx, await readCoverage(tx), now)).filter(
      (ask) => ask.inviter !== null && !ask.isAsked && (it.value === 'all' || ask.inviter === it.value),
    );
    for (const ask of asks)
      await post(tx, ask.inviter ?? '', pleaseInvite({ by: person.name, channels: ask.channels }), now, {
        key: ask.key,
        fallbackUserId: person.slackId,
      });
    if (asks.length === 0)
      return { say: setupSaid('They were asked already, or Baton is in these channels now.') };
    return { say: setupSaid(asks.length === 1 ? 'Asked.' : `Asked ${asks.length} colleagues.`) };
  },
};

/** What to do with a channel that belongs to no account. */
const channelPress: Surface<Person, Press> = {
  may: 'setup.change',
  run: async (tx, _person, it): Promise<Answer> => {
    const [verb, id = ''] = it.value.split(':');
    const channel = await surveyedChannel(tx, id);
    if (!channel) return { say: GONE };
    if (verb === 'ignore') {
      await ignoreChannel(tx, id);
      return { say: setupSaid(`#${channel.name} is not offered any more.`) };
    }
    return {
      open: linkModal({
        channel: id,
        name: channel.name,
        accounts: await activeAccounts(tx),
        proposed: accountNameOf(channel.name, await ourNames(tx)),
      }),
    };
  },
};

const linkSubmit: Surface<Person, Submit> = {
  may: 'setup.change',
  keys: async () => ['company'],
  run: async (tx, person, it, now): Promise<Answer> => {
    const channel = await surveyedChannel(tx, it.metadata);
    if (!channel) return { say: GONE, sayIn: 'home' };
    const chosen = it.values.account?.trim();
    const newName = it.values.new_account?.trim() ?? '';
    const account = chosen ? await pickAccount(tx, null, chosen) : { newName };
    if ('problem' in account) return { errors: { account: account.problem } };
    if ('newName' in account && newName === '')
      return { errors: { new_account: 'Choose an account above, or name a new one.' } };
    const problem = 'newName' in account ? await newNameProblem(tx, newName) : null;
    if (problem !== null) return { errors: { new_account: problem } };
    const wanted = { channel: channel.channel, name: channel.name, account };
    const accountId = await adoptChannel(tx, wanted, { actor: person.slackId, now });
    const said =
      accountId === undefined ? 'This channel has an account already.' : `Baton hears #${channel.name} now.`;
    return { say: setupSaid(said), sayIn: 'home' };
  },
};

/** What is wrong with the name of a new account; null when nothing is. */
async function newNameProblem(tx: ReadTx, name: string): Promise<string | null> {
  const there = findAccount(name, await activeAccounts(tx));
  return 'account' in there ? `${there.account.name} is there already: choose it above.` : nameProblem(name);
}

export const coverageSurfaces = {
  presses: { [LOOK_AGAIN]: lookPress, [ASK]: askPress, [CHANNEL_DO]: channelPress },
  submits: { [LINK_MODAL]: linkSubmit },
};
