import { scheduleDigests } from '../digests/jobs.js';
import { parseCompany } from '../imports/company-file.js';
import { type ResolvedCompany, resolveCompany } from '../imports/company-resolve.js';
import { applyCompany } from '../imports/store.js';
import type { SlackApi } from '../slack/api.js';
import type { Store } from '../store/transact.js';

/**
 * Reads a company file and finds everybody in it in Slack; nothing is written yet.
 * @param admins who is an admin besides the workspace's own: ids, e-mails or user names
 * @throws CompanyFileError with every problem at once
 */
export async function readCompany(
  text: string,
  slack: Pick<SlackApi, 'users' | 'channels'>,
  admins: readonly string[],
): Promise<ResolvedCompany> {
  const parsed = parseCompany(text);
  const directory = { users: await slack.users(), channels: await slack.channels() };
  return resolveCompany(parsed, directory, admins);
}

/** Takes over a company in one transaction, and has its people's digests due. */
export async function writeCompany(
  store: Store,
  resolved: ResolvedCompany,
  change: { who: string; now: number },
): Promise<void> {
  await store.transact(['company'], async (tx) => {
    await applyCompany(tx, resolved, change);
    await scheduleDigests(tx, change.now);
  });
}
