import type { UserFacts } from '../slack/api.js';
import { channelRefs } from './company-checks.js';
import { CompanyFileError, type FileProblem, type ParsedCompany } from './company-file.js';
import type { CompanyFile } from './company-schema.js';

/** What Slack knows, to find people and channels by what the file calls them. */
export interface Directory {
  users: readonly UserFacts[];
  channels: readonly { id: string; name: string; isArchived: boolean }[];
}

export interface ResolvedCompany {
  company: CompanyFile;
  users: Map<string, UserFacts>;
  channels: Map<string, { id: string; name: string }>;
  /** Workspace admins and owners who are not in the file: they may set Baton up all the same. */
  otherAdmins: UserFacts[];
  isAdmin: (user: UserFacts) => boolean;
}

/** Finds everybody and every channel of the file in Slack. @throws CompanyFileError with every one that is missing. */
export function resolveCompany(
  parsed: ParsedCompany,
  directory: Directory,
  extraAdmins: readonly string[],
): ResolvedCompany {
  const { company, lineOf } = parsed;
  const problems: FileProblem[] = [];
  const users = new Map<string, UserFacts>();
  const channels = new Map<string, { id: string; name: string }>();
  for (const { path, value } of userRefs(company)) {
    const found = findUser(directory.users, value);
    if (found) users.set(value, found);
    else
      problems.push({
        line: lineOf(path),
        path: path.join('.'),
        text: `Slack knows nobody called ${value}; write the user id, the e-mail or the user name`,
      });
  }
  for (const { path, value } of channelRefs(company)) {
    const found = directory.channels.find(
      (channel) => channel.id === value || (channel.name === value && !channel.isArchived),
    );
    if (found) channels.set(value, found);
    else
      problems.push({
        line: lineOf(path),
        path: path.join('.'),
        text: `Baton sees no channel ${value}; invite Baton to it if it is private`,
      });
  }
  if (problems.length > 0) throw new CompanyFileError(problems);
  const listed = new Set(company.people.map((person) => users.get(person.slack)?.id));
  const isAdmin = (user: UserFacts) => user.isAdmin || extraAdmins.some((ref) => matchesUser(user, ref));
  const otherAdmins = directory.users.filter(
    (user) => isAdmin(user) && !user.isBot && !user.isDeleted && !listed.has(user.id),
  );
  return { company, users, channels, otherAdmins, isAdmin };
}

function userRefs(company: CompanyFile): { path: (string | number)[]; value: string }[] {
  const people = company.people.map((person, i) => ({ path: ['people', i, 'slack'], value: person.slack }));
  const customers = (company.accounts ?? []).flatMap((account, i) =>
    (account.customers ?? []).flatMap((customer, j) =>
      customer.slack ? [{ path: ['accounts', i, 'customers', j, 'slack'], value: customer.slack }] : [],
    ),
  );
  return [...people, ...customers];
}

function findUser(users: readonly UserFacts[], ref: string): UserFacts | undefined {
  return users.find((user) => matchesUser(user, ref));
}

function matchesUser(user: UserFacts, ref: string): boolean {
  const wanted = ref.replace(/^@/, '');
  return (
    user.id === wanted || user.name === wanted || (user.email !== null && user.email === wanted.toLowerCase())
  );
}
