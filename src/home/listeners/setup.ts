import { findAccount } from '../../accounts/find.js';
import { activeAccounts } from '../../accounts/store.js';
import type { HoursSpec, Person } from '../../people/rules.js';
import { activePeople, escalationGroups } from '../../people/store.js';
import { surveyedChannel, wantSurvey } from '../../queue/survey.js';
import { settingProblem } from '../../settings/registry.js';
import { changeSetting, setting } from '../../settings/store.js';
import type { Answer, Surface } from '../../slack/dispatch.js';
import type { Press, Submit } from '../../slack/interactions.js';
import type { ReadTx } from '../../store/transact.js';
import {
  ACCOUNTS_MODAL,
  accountsModal,
  CHANNEL_MODAL,
  channelModal,
  GROUPS_MODAL,
  groupsModal,
  HOURS_MODAL,
  hoursModal,
  LIVE_MODAL,
  liveModal,
  PEOPLE_MODAL,
  peopleModal,
  STEP,
  setupSaid,
} from '../messages/setup.js';
import { proposalsOf } from '../proposals.js';
import { GROUPS, hoursTyped, rolesOf } from '../rules/forms.js';
import { channelProblem, LIVE_WORDS, STEPS, type StepName } from '../rules/setup.js';
import { adoptChannel } from '../store/coverage.js';
import { addViewers, slackPeople, writeRoles } from '../store/roles.js';
import { carryHours, writeGroup } from '../store/setup.js';

const change = (person: Person, now: number) => ({ who: person.slackId, at: now, why: 'set-up in Home' });
const said = (text: string): Answer => ({ say: setupSaid(text), sayIn: 'home' });
const listed = (value: string | null | undefined) => (value ?? '').split(',').filter((id) => id !== '');

/** The button of a step: its form, or for what only has to be looked at, a tick. */
const stepPress: Surface<Person, Press> = {
  may: 'setup.change',
  keys: async () => ['company'],
  run: async (tx, person, it, now): Promise<Answer> => {
    const step = STEPS.find((one) => one === it.value);
    if (step === undefined) return setupless();
    const open = await formOf(tx, step);
    if (open) return { open };
    if (step === 'accounts') {
      await wantSurvey(tx, now);
      return { say: setupSaid('Baton is looking for shared channels; this page follows in a moment.') };
    }
    const seen = await setting(tx, 'setupDone');
    await changeSetting(tx, 'setupDone', [...new Set([...seen, step])], change(person, now));
    return { say: setupSaid('Noted.') };
  },
};

function setupless(): Answer {
  return { say: setupSaid('This step is not there any more.') };
}

async function formOf(tx: ReadTx, step: StepName) {
  switch (step) {
    case 'team':
      return channelModal('team', await setting(tx, 'teamChannel'));
    case 'triage':
      return channelModal('triage', await setting(tx, 'triageChannel'));
    case 'people':
      return peopleForm(tx);
    case 'groups': {
      const groups = await escalationGroups(tx);
      const inGroup = (key: string) => groups.find((group) => group.key === key)?.people ?? [];
      return groupsModal(GROUPS.map((group) => ({ ...group, people: inGroup(group.key) })));
    }
    case 'hours': {
      const hours = await setting(tx, 'hours');
      const days = Object.keys(hours.days) as (keyof HoursSpec['days'])[];
      const first = days.map((day) => hours.days[day]?.[0]).find((shift) => shift !== undefined);
      const to = first?.to === '24:00' ? '23:59' : first?.to;
      return hoursModal({ ...hours, days, from: first?.from ?? '09:00', to: to ?? '17:00' });
    }
    case 'accounts': {
      const proposals = await proposalsOf(tx);
      return proposals.length > 0 ? accountsModal(proposals) : undefined;
    }
    case 'trackers':
      return liveModal(await setting(tx, 'liveMeans'), LIVE_WORDS);
    default:
      return undefined;
  }
}

async function peopleForm(tx: ReadTx) {
  const people = await activePeople(tx);
  const ids = (fits: (person: Person) => boolean) => people.filter(fits).map((person) => person.slackId);
  const leads = (func: 'support' | 'success') =>
    ids((one) => one.role === 'lead' && one.functions.includes(func));
  const staff = (func: 'support' | 'success') =>
    ids((one) => one.role !== 'lead' && one.functions.includes(func));
  return peopleModal({
    support: staff('support'),
    success: staff('success'),
    supportLeads: leads('support'),
    successLeads: leads('success'),
    viewers: ids((one) => one.role === 'viewer' && !one.isAdmin),
  });
}

const channelSubmit: Surface<Person, Submit> = {
  may: 'setup.change',
  keys: async () => ['company'],
  run: async (tx, person, it, now): Promise<Answer> => {
    const which = it.metadata === 'triage' ? 'triage' : 'team';
    const id = it.values.channel ?? '';
    if (settingProblem('teamChannel', id) !== null)
      return { errors: { channel: 'Choose a channel of your workspace.' } };
    const seen = await surveyedChannel(tx, id);
    const problem = seen?.isShared
      ? channelProblem({ facts: { ...seen, outsiders: 0 }, refused: null }, which)
      : null;
    if (problem !== null) return { errors: { channel: problem } };
    await changeSetting(tx, which === 'team' ? 'teamChannel' : 'triageChannel', id, change(person, now));
    await wantSurvey(tx, now);
    return said('Saved. Baton is asking Slack who reads the channel; the list says how it stands.');
  },
};

const peopleSubmit: Surface<Person, Submit> = {
  may: 'setup.change',
  keys: async () => ['company'],
  run: async (tx, _person, it, now): Promise<Answer> => {
    const chosen = {
      support: listed(it.values.support),
      success: listed(it.values.success),
      supportLeads: listed(it.values.supportLeads),
      successLeads: listed(it.values.successLeads),
      viewers: listed(it.values.viewers),
    };
    const found = await slackPeople(tx, Object.values(chosen).flat());
    const { roles, errors } = rolesOf(chosen, found);
    if (Object.keys(errors).length > 0) return { errors };
    await writeRoles(tx, roles, found, now);
    return said(`Saved: ${roles.size} ${roles.size === 1 ? 'person has' : 'people have'} a role.`);
  },
};

const groupsSubmit: Surface<Person, Submit> = {
  may: 'setup.change',
  keys: async () => ['company'],
  run: async (tx, _person, it): Promise<Answer> => {
    const all = GROUPS.flatMap(({ key }) => listed(it.values[key]));
    const found = await slackPeople(tx, all);
    const errors = GROUPS.flatMap(({ key }) => {
      const problem = rolesOf({ viewers: listed(it.values[key]) }, found).errors.viewers;
      return problem ? [[key, problem] as const] : [];
    });
    if (errors.length > 0) return { errors: Object.fromEntries(errors) };
    await addViewers(tx, all, found);
    for (const [position, { key, name, kind }] of GROUPS.entries())
      await writeGroup(tx, { key, name, kind, people: listed(it.values[key]), position });
    return said('Saved.');
  },
};

const hoursSubmit: Surface<Person, Submit> = {
  may: 'setup.change',
  keys: async () => ['company'],
  run: async (tx, person, it, now): Promise<Answer> => {
    const typed = hoursTyped(it.values);
    if ('errors' in typed) return { errors: typed.errors };
    const before = await setting(tx, 'hours');
    await changeSetting(tx, 'zone', typed.hours.zone, change(person, now));
    await changeSetting(tx, 'hours', typed.hours, change(person, now));
    await carryHours(tx, before, typed.hours, now);
    return said('Saved. Whoever has hours of their own keeps them.');
  },
};

const accountsSubmit: Surface<Person, Submit> = {
  may: 'setup.change',
  keys: async () => ['company'],
  run: async (tx, person, it, now): Promise<Answer> => {
    const wanted = new Set(Object.values(it.values).flatMap(listed));
    const chosen = (await proposalsOf(tx)).filter((one) => wanted.has(one.channel));
    for (const { channel, name, account } of chosen) {
      const known = findAccount(account, await activeAccounts(tx));
      const target = 'account' in known ? known.account : { newName: account };
      await adoptChannel(tx, { channel, name, account: target }, { actor: person.slackId, now });
    }
    return said(
      chosen.length === 0
        ? 'Nothing was ticked; nothing was added.'
        : `Added ${chosen.length} of them. Give each a CSM with /account.`,
    );
  },
};

const liveSubmit: Surface<Person, Submit> = {
  may: 'setup.change',
  keys: async () => ['company'],
  run: async (tx, person, it, now): Promise<Answer> => {
    const live = (['release', 'deployment', 'press'] as const).find((one) => one === it.values.live);
    if (live === undefined) return { errors: { live: 'Choose one.' } };
    await changeSetting(tx, 'liveMeans', live, change(person, now));
    return said('Saved.');
  },
};

export const setupSurfaces = {
  presses: { [STEP]: stepPress },
  submits: {
    [CHANNEL_MODAL]: channelSubmit,
    [PEOPLE_MODAL]: peopleSubmit,
    [GROUPS_MODAL]: groupsSubmit,
    [HOURS_MODAL]: hoursSubmit,
    [ACCOUNTS_MODAL]: accountsSubmit,
    [LIVE_MODAL]: liveSubmit,
  },
};
