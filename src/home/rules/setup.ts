/** The set-up of a company, step by step; each step looks at what is there and says what is wrong. */

export const STEPS = [
  'team',
  'triage',
  'people',
  'groups',
  'hours',
  'accounts',
  'trackers',
  'rules',
  'digests',
] as const;
/** What tells Baton that a fix is live, in words. */
export const LIVE_WORDS: Readonly<Record<string, string>> = {
  release: 'a release that names it is published',
  deployment: 'a production deployment contains it',
  press: "somebody presses It's live",
};

export type StepName = (typeof STEPS)[number];

/** What is known of a channel that was chosen; null in `facts` as long as Slack was not asked. */
export interface ChannelState {
  id: string;
  /** What it is called; null as long as Slack was not asked. */
  name: string | null;
  facts: {
    isArchived: boolean;
    isMember: boolean;
    isShared: boolean;
    /** People who read it and are none of ours: customers, guests, strangers. */
    outsiders: number;
  } | null;
  /** Why Slack last refused a message there; null when it did not. */
  refused: string | null;
}

export interface SetupFacts {
  team: ChannelState | null;
  triage: ChannelState | null;
  people: { support: number; success: number; supportLeads: number; successLeads: number };
  /** Escalation groups by name, and those of them in which nobody is. */
  groups: { names: readonly string[]; empty: readonly string[] };
  /** `week` in words, and how many days off are known. */
  hours: { isDecided: boolean; zone: string; week: string; holidays: number };
  accounts: { total: number; withoutChannel: number; proposed: number };
  /** What makes a fix live; null: nobody chose. */
  liveMeans: string | null;
  rules: {
    /** Until when it only watches, in words; null when it does not, or nobody can say. */
    watchesUntil: string | null;
    /** How many rules speak, of how many. */
    on: number;
    total: number;
  };
  /** When the stand-up is posted, HH:MM; null: it is not. */
  standup: string | null;
  /** Steps that somebody looked at and left as they are. */
  seen: readonly string[];
}

export interface Step {
  name: StepName;
  title: string;
  state: 'done' | 'todo' | 'wrong';
  /** How it stands; where something is wrong, what, and how to mend it. */
  line: string;
  /** Null when there is nothing to press. */
  button: string | null;
}

/** Every step as it stands. */
export function setupSteps(facts: SetupFacts): Step[] {
  return [
    channelStep('team', 'Team channel', 'where support and success meet', facts.team, facts.triage),
    channelStep('triage', 'Triage channel', 'where support works', facts.triage, facts.team),
    peopleStep(facts.people),
    groupStep(facts.groups),
    hoursStep(facts.hours),
    accountStep(facts.accounts),
    {
      name: 'trackers',
      title: 'When a fix is live',
      state: facts.liveMeans === null ? 'todo' : 'done',
      line:
        facts.liveMeans === null
          ? 'Merged is not live. Say what tells Baton that customers can use a fix; until you do, a release or a deployment does.'
          : `Customers can use a fix as soon as ${LIVE_WORDS[facts.liveMeans] ?? facts.liveMeans}.`,
      button: facts.liveMeans === null ? 'Choose' : 'Change',
    },
    seenStep(facts, 'rules', 'Rules', rulesLine(facts.rules)),
    seenStep(facts, 'digests', 'Digests', digestsLine(facts.standup)),
  ];
}

function hoursStep({ isDecided, zone, week, holidays }: SetupFacts['hours']): Step {
  const off =
    holidays === 0 ? 'no holiday is noted' : `${holidays} ${holidays === 1 ? 'holiday' : 'holidays'}`;
  return {
    name: 'hours',
    title: 'Working hours',
    state: isDecided ? 'done' : 'todo',
    line: isDecided
      ? `${week}, in the zone ${zone}; ${off}.`
      : 'Reminders and service levels count working time; until you say otherwise Monday to Friday, nine to five, UTC.',
    button: isDecided ? 'Change' : 'Set hours',
  };
}

function rulesLine({ watchesUntil, on, total }: SetupFacts['rules']): string {
  const change = 'Leads switch them on Home, under Rules, or with /baton rules.';
  if (watchesUntil !== null)
    return `Baton only watches until ${watchesUntil}, then tells each lead what every rule would have done. ${change}`;
  return `${on} of ${total} rules speak, the others only count. ${change}`;
}

function digestsLine(standup: string | null): string {
  const posted =
    standup === null
      ? 'A lead posts the stand-up with /baton standup 9:15.'
      : `The stand-up is posted at ${standup}.`;
  return `At nine, in their own time, everybody for whom something waits gets one message; the first of a week tells a CSM also of their accounts. ${posted}`;
}

function seenStep(facts: SetupFacts, name: StepName, title: string, line: string): Step {
  const isSeen = facts.seen.includes(name);
  return {
    name,
    title,
    line,
    state: isSeen ? 'done' : 'todo',
    button: isSeen ? null : 'Looks right',
  };
}

function channelStep(
  name: 'team' | 'triage',
  title: string,
  about: string,
  state: ChannelState | null,
  other: ChannelState | null,
): Step {
  const step = (kind: Step['state'], line: string): Step => ({
    name,
    title,
    state: kind,
    line,
    button: state === null ? 'Choose' : 'Change',
  });
  if (state === null) return step('todo', `Choose the channel ${about}.`);
  const problem = channelProblem(state, name);
  if (problem !== null) return step('wrong', problem);
  if (other?.id === state.id && name === 'triage')
    return step(
      'wrong',
      'Team and triage are the same channel: alerts would drown in issues. Choose another.',
    );
  if (state.facts === null)
    return step('todo', 'Baton is asking Slack about this channel. Look again in a moment.');
  const where = state.name === null ? 'Baton is' : `#${state.name}. Baton is`;
  return step('done', `${where} in it and may post; nobody from outside reads it.`);
}

/** What is wrong with a channel of ours and how to mend it; null when nothing is known to be. */
export function channelProblem(
  { facts, refused }: Pick<ChannelState, 'facts' | 'refused'>,
  name: 'team' | 'triage',
): string | null {
  const what = name === 'team' ? 'the team channel' : 'the triage channel';
  if (refused !== null)
    return `Slack refuses what Baton posts there (${refused}). Let Baton post, or choose another.`;
  if (facts === null) return null;
  if (facts.isArchived) return 'The channel is archived. Unarchive it in Slack, or choose another.';
  if (facts.isShared)
    return `Customers read this channel: it is shared with another company, so it cannot be ${what}. Choose another.`;
  if (!facts.isMember) return 'Baton is not in it. Type /invite @Baton in the channel.';
  if (facts.outsiders > 0)
    return `${facts.outsiders} ${facts.outsiders === 1 ? 'person' : 'people'} from outside read this channel, so it cannot be ${what}. Remove them, or choose another.`;
  return null;
}

function peopleStep(people: SetupFacts['people']): Step {
  const step = (state: Step['state'], line: string): Step => ({
    name: 'people',
    title: 'Support, success and their leads',
    state,
    line,
    button: people.support + people.success === 0 ? 'Choose' : 'Change',
  });
  const { support, success, supportLeads, successLeads } = people;
  if (support + success === 0)
    return step('todo', 'Say who is in support, who in success, and who leads them.');
  const line = `${support} in support, ${success} in success`;
  if (support > 0 && supportLeads === 0)
    return step('wrong', `${line}. Nobody leads support: what nobody answers would climb to no one.`);
  if (success > 0 && successLeads === 0)
    return step('wrong', `${line}. Nobody leads success: what nobody answers would climb to no one.`);
  return step('done', `${line}.`);
}

function groupStep({ names, empty }: SetupFacts['groups']): Step {
  const step = (state: Step['state'], line: string): Step => ({
    name: 'groups',
    title: 'Escalation groups',
    state,
    line,
    button: names.length === 0 ? 'Choose' : 'Change',
  });
  if (names.length === 0)
    return step('todo', 'Say whom an escalation calls: senior support, engineering, a lead, an executive.');
  if (empty.length > 0)
    return step('wrong', `Nobody is in ${empty.join(', ')}: a call there would be heard by no one.`);
  return step('done', `${names.join(', ')}.`);
}

function accountStep({ total, withoutChannel, proposed }: SetupFacts['accounts']): Step {
  const found =
    proposed > 0
      ? ` ${proposed} shared ${proposed === 1 ? 'channel waits' : 'channels wait'} for an account.`
      : '';
  const step = (state: Step['state'], line: string): Step => ({
    name: 'accounts',
    title: 'Accounts',
    state,
    line: line + found,
    button: proposed > 0 ? 'Add accounts' : 'Look again',
  });
  if (total === 0) return step('todo', 'No account yet.');
  const line = `${total} ${total === 1 ? 'account' : 'accounts'}`;
  if (withoutChannel === total)
    return step('wrong', `${line}, none with a channel: Baton hears no customer.`);
  return step('done', withoutChannel > 0 ? `${line}, ${withoutChannel} without a channel.` : `${line}.`);
}
