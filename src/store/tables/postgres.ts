import { postgresTables } from './index.js';

/** What drizzle-kit reads to generate `migrations/postgres`: it looks at named exports only. */
export const {
  inbox, outbox, cards, due, counters, slackChannels, slackUsers, log, settings, people, groups, accounts,
  accountDomains, accountChannels, customers, contacts, messages, issues, issueSources, escalations,
  fixes, fixIssues, followups, signals, alerts, digests,
} = postgresTables;
