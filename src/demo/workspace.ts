import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { channelRef } from '../imports/company-checks.js';
import type { CompanyFile } from '../imports/company-schema.js';

/** The Slack workspace of a company: ids are made from names, so that every start has the same. */

export const BOT_TOKEN = 'xoxb-demo';
export const APP_TOKEN = 'xapp-demo';
export const TEAM_ID = 'T0DEMO';
const BOT_USER = 'U0BATON';

/** The Slack id of somebody by user name: `sam` is U0SAM. */
export function userId(name: string): string {
  return `U0${idPart(name)}`;
}

/** The Slack id of a channel by name: `acme-internal` is C0ACMEINTERNAL. */
export function channelId(name: string): string {
  return `C0${idPart(name)}`;
}

function idPart(name: string): string {
  return name.toUpperCase().replace(/[^A-Z0-9]/g, '');
}

/** What the local Slack is told: everybody and every channel of a company, and its one app. */
export function workspaceOf(company: CompanyFile) {
  const accounts = company.accounts ?? [];
  const ours = company.people.map((person) => user(person.slack, person.name ?? person.slack));
  const customers = accounts.flatMap((account) =>
    (account.customers ?? []).flatMap((customer) =>
      customer.slack ? [{ ...user(customer.slack, `${customer.name} (${account.name})`), account }] : [],
    ),
  );
  const channel = (name: string, isPrivate: boolean, others: readonly { id: string }[] = []) => ({
    id: channelId(name),
    name,
    is_private: isPrivate,
    members: [BOT_USER, ...ours.map(({ id }) => id), ...others.map(({ id }) => id)],
  });
  const isNamed = (name: string | undefined): name is string => name !== undefined;
  return {
    workspace: { name: 'Baton demo', domain: 'baton-demo', teamId: TEAM_ID },
    apps: [
      {
        appId: 'A0BATON',
        botUserId: BOT_USER,
        botName: 'Baton',
        botToken: BOT_TOKEN,
        appToken: APP_TOKEN,
        mode: 'socket',
      },
    ],
    users: [...ours, ...customers.map(({ account: _, ...one }) => one)],
    // The first one is what a browser opens with.
    channels: [
      ...[company.team_channel, company.triage_channel].filter(isNamed).map((name) => channel(name, false)),
      ...accounts.flatMap((account) => [
        ...(account.channels?.customer ?? []).map(channelRef).map((name) =>
          channel(
            name,
            false,
            customers.filter((customer) => customer.account === account),
          ),
        ),
        ...(account.channels?.internal ?? []).map(channelRef).map((name) => channel(name, true)),
      ]),
    ],
    emojis: { ticket: 'ticket.svg' },
  };

  function user(name: string, realName: string) {
    return { id: userId(name), name, real_name: realName, tz: company.zone };
  }
}

/** Among the few emojis that the local Slack offers at a click, the one that logs an issue would be missing. */
const TICKET = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<path d="M3 10h26v4a2.5 2.5 0 0 0 0 5v4H3v-4a2.5 2.5 0 0 0 0-5z" fill="#e8a33d" stroke="#8a5a12" stroke-width="1.5"/>
<path d="M12 11v11" stroke="#8a5a12" stroke-width="1.5" stroke-dasharray="2 2"/>
</svg>
`;

/** Writes the workspace to a folder. @returns the file that the local Slack is started with */
export function writeWorkspace(folder: string, company: CompanyFile): string {
  writeFileSync(join(folder, 'ticket.svg'), TICKET);
  const file = join(folder, 'slack.json');
  writeFileSync(file, `${JSON.stringify(workspaceOf(company), null, 2)}\n`);
  return file;
}
