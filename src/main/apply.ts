import { scheduleHealth } from '../accounts/jobs.js';
import { scheduleStandup } from '../cards/standup.js';
import { scheduleMornings } from '../digests/morning.js';
import { exportCompany } from '../imports/company-export.js';
import { type ParsedCompany, parseCompany } from '../imports/company-file.js';
import { type ResolvedCompany, resolveCompany } from '../imports/company-resolve.js';
import { applyCompany } from '../imports/store/apply.js';
import { companyState } from '../imports/store/export.js';
import { rescheduleLevels } from '../issues/jobs/service-levels.js';
import { refreshCalendars } from '../people/store/calendar.js';
import { lookAgain } from '../queue/homes.js';
import type { SlackApi, UserFacts } from '../slack/api.js';
import { classify } from '../slack/errors.js';
import type { Store } from '../store/transact.js';

/**
 * Reads a company file and finds everybody in it in Slack; nothing is written yet.
 * @param admins who is an admin besides the workspace's own: ids, e-mails or user names
 * @throws CompanyFileError with every problem at once
 */
export async function readCompany(
  text: string,
  slack: Pick<SlackApi, 'users' | 'channels' | 'user'>,
  admins: readonly string[],
): Promise<ResolvedCompany> {
  const parsed = parseCompany(text);
  const users = await slack.users();
  const directory = {
    users: [...users, ...(await outsiders(parsed, slack, users))],
    channels: await slack.channels(),
  };
  return resolveCompany(parsed, directory, admins);
}

/** People of other companies are not in Slack's list: those named by id are asked for one by one. */
async function outsiders(
  { company }: ParsedCompany,
  slack: Pick<SlackApi, 'user'>,
  known: readonly UserFacts[],
): Promise<UserFacts[]> {
  const named = (company.accounts ?? [])
    .flatMap((account) => account.customers ?? [])
    .map((one) => one.slack);
  const ids = [...company.people.map((person) => person.slack), ...named].filter(
    (ref): ref is string => ref !== undefined && /^[UW][A-Z0-9]{5,}$/.test(ref),
  );
  const missing = new Set(ids.filter((id) => !known.some((user) => user.id === id)));
  const found: UserFacts[] = [];
  for (const id of missing) {
    try {
      found.push(await slack.user(id));
    } catch (err) {
      // Nobody of that id: the file's problem, named with its line.
      if (classify(err).class !== 'gone') throw err;
    }
  }
  return found;
}

/** The company as it holds now, as a file that `baton apply` takes back without changing anything. */
export async function writeExport(store: Store): Promise<string> {
  return exportCompany(await store.read(companyState));
}

/** Takes over a company in one transaction, and has its people's digests due. */
export async function writeCompany(
  store: Store,
  resolved: ResolvedCompany,
  change: { who: string; now: number },
): Promise<void> {
  await store.transact(['company'], async (tx) => {
    await applyCompany(tx, resolved, change);
    await refreshCalendars(tx);
    await scheduleMornings(tx, change.now);
    await rescheduleLevels(tx, change.now);
    await scheduleHealth(tx, change.now);
    await scheduleStandup(tx, change.now);
    await lookAgain(tx);
  });
}
