import { activeAccounts, channelsOf } from '../../accounts/store.js';
import { setting } from '../../settings/store.js';
import type { ChannelFacts, SlackApi } from '../../slack/api.js';
import { classify } from '../../slack/errors.js';
import type { ReadTx } from '../../store/transact.js';
import { bad, type Check, ok } from './check.js';

interface Wanted {
  /** Null when nobody chose one. */
  id: string | null;
  what: string;
  /** Nobody from outside may read it. */
  isOurs: boolean;
}

/** Every channel that Baton posts in or listens to. */
export async function wantedChannels(tx: ReadTx): Promise<Wanted[]> {
  const team = await setting(tx, 'teamChannel');
  const triage = await setting(tx, 'triageChannel');
  const routes = new Set((await setting(tx, 'alertRoutes')).map((route) => route.channel));
  const wanted: Wanted[] = [
    { id: team, what: 'team channel', isOurs: true },
    { id: triage, what: 'triage channel', isOurs: true },
    ...[...routes].map((id) => ({ id, what: `channel of alerts ${id}`, isOurs: true })),
  ];
  for (const account of await activeAccounts(tx))
    for (const kind of ['customer', 'internal'] as const)
      for (const channel of await channelsOf(tx, account.id, kind))
        wanted.push({
          id: channel.channel,
          what: `#${channel.name} of ${account.name}`,
          isOurs: kind === 'internal',
        });
  return wanted;
}

/** Whether Baton is in each of them, and whether it is what it is used as. */
export async function channelChecks(
  slack: Pick<SlackApi, 'channel'>,
  wanted: readonly Wanted[],
): Promise<Check[]> {
  const checks: Check[] = [];
  for (const one of wanted) checks.push(await channelCheck(slack, one));
  const wrong = checks.filter((check) => !check.isOk);
  const right = checks.length - wrong.length;
  // A hundred channels that are well are one line.
  return [...wrong, ...(right > 0 ? [ok('channels', `Baton is in ${right} of ${checks.length}`)] : [])];
}

async function channelCheck(slack: Pick<SlackApi, 'channel'>, one: Wanted): Promise<Check> {
  if (one.id === null)
    return bad(
      one.what,
      'nobody chose it',
      'Choose it in the set-up: Home of Baton in Slack, or company.yml.',
    );
  try {
    return factsCheck(await slack.channel(one.id), one);
  } catch (err) {
    const { code } = classify(err);
    return bad(
      one.what,
      `Slack does not show ${one.id} to Baton (${code})`,
      'Type /invite @Baton in it, or give the account another channel.',
    );
  }
}

function factsCheck(facts: ChannelFacts, { what, isOurs }: Wanted): Check {
  if (facts.isArchived) return bad(what, 'is archived', 'Unarchive it in Slack, or take another channel.');
  if (isOurs && facts.isShared)
    return bad(
      what,
      'customers read it: it is shared with another company',
      'Take a channel that is yours alone.',
    );
  if (!facts.isMember) return bad(what, 'Baton is not in it', 'Type /invite @Baton in the channel.');
  return ok(what, 'Baton is in it');
}
