import type { Person } from '../../people/rules.js';
import { changeSetting, setting } from '../../settings/store.js';
import type { Answer, Surface } from '../../slack/dispatch.js';
import type { Submit } from '../../slack/interactions.js';
import type { SubCommand } from '../../slack/subcommands.js';
import type { ReadTx } from '../../store/transact.js';
import { dayAndClock } from '../../time/index.js';
import { templatesSaved } from '../messages/answers.js';
import { draftModal, templatesModal } from '../messages/forms.js';
import { DRAFTS, fillDraft, templateProblem } from '../rules/draft.js';
import { newsOf } from '../store/news.js';
import { type Meant, onOpen } from './meant.js';

/** The words for this customer, in a form from which they can be copied. */
export async function openDraft(
  tx: ReadTx,
  { followup, account }: Meant,
  person: Person,
  now: number,
): Promise<Answer> {
  const news = await newsOf(tx, followup);
  const templates = (await setting(tx, 'drafts')) ?? DRAFTS;
  const text = fillDraft(followup.kind === 'tell_declined' ? templates.declined : templates.live, {
    waiting: news.waiting,
    account: account.name,
    problem: news.title ?? '',
    since: news.liveAt === null ? null : dayAndClock(news.liveAt, person.hours.zone, now),
    version: news.version,
  });
  return { open: draftModal({ account: account.name, text }) };
}

/** *Copy draft*. */
export const draftPress = onOpen({
  may: 'followup.see',
  run: (tx, found, person, _it, now) => openDraft(tx, found, person, now),
});

/** The form is only read. */
export const draftSubmit: Surface<Person, Submit> = { may: 'followup.see', run: async () => ({}) };

/** `/baton drafts`: an admin changes what *Copy draft* offers. */
export const draftsCommand: SubCommand<Person> = {
  may: 'drafts.edit',
  usage: 'drafts',
  about: 'changes the words that Copy draft offers (admins)',
  run: async (tx) => ({ open: templatesModal((await setting(tx, 'drafts')) ?? DRAFTS) }),
};

export const templatesSubmit: Surface<Person, Submit> = {
  may: 'drafts.edit',
  keys: async () => ['company'],
  run: async (tx, person, it, now): Promise<Answer> => {
    const drafts = { live: (it.values.live ?? '').trim(), declined: (it.values.declined ?? '').trim() };
    const problems = { live: templateProblem(drafts.live), declined: templateProblem(drafts.declined) };
    const errors = Object.fromEntries(
      Object.entries(problems).filter((entry): entry is [string, string] => entry[1] !== null),
    );
    if (Object.keys(errors).length > 0) return { errors };
    const changed = await changeSetting(tx, 'drafts', drafts, { who: person.slackId, at: now });
    return { say: templatesSaved(changed) };
  },
};
