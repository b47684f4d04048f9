/**
 * What Baton asks Slack for: commands, shortcuts, events and scopes. `manifest.yml` is held against it by a test, and
 * so are the tables that answer.
 * @public
 */
export const SURFACE = {
  commands: ['/issue', '/escalate', '/account', '/baton'],
  shortcuts: [
    { callbackId: 'issue.log_message', type: 'message' },
    { callbackId: 'issue.log_global', type: 'global' },
    { callbackId: 'issue.escalate_message', type: 'message' },
    { callbackId: 'flag.message', type: 'message' },
    { callbackId: 'promise.message', type: 'message' },
    { callbackId: 'touch.message', type: 'message' },
    { callbackId: 'contact.no_reply', type: 'message' },
  ],
  events: [
    'app_home_opened',
    'app_mention',
    'app_uninstalled',
    'channel_archive',
    'channel_id_changed',
    'channel_left',
    'channel_rename',
    'channel_shared',
    'channel_unarchive',
    'channel_unshared',
    'group_archive',
    'group_left',
    'group_rename',
    'group_unarchive',
    'member_joined_channel',
    'member_left_channel',
    'message.channels',
    'message.groups',
    'message.im',
    'message.mpim',
    'reaction_added',
    'team_join',
    'tokens_revoked',
    'user_change',
  ],
  scopes: {
    'app_mentions:read': 'hear @Baton in internal channels',
    'channels:history': 'hear customers and answers in public channels that Baton was invited to',
    'channels:read': 'know who reads a public channel before anything is posted there',
    'chat:write': 'post cards, reminders and digests for our own people',
    commands: 'offer the commands and shortcuts',
    'groups:history': 'hear customers and answers in private channels that Baton was invited to',
    'groups:read': 'know who reads a private channel before anything is posted there',
    'im:history': 'find a direct message again whose delivery was uncertain',
    'im:write': 'open direct messages with our own people',
    'mpim:history': 'hear customers in group messages that Baton was added to',
    'reactions:read': 'log with :ticket:, take with :eyes:',
    'users:read': 'tell our people from customers, guests and bots',
    'users:read.email': 'tell customers by e-mail and domain, and find people named by e-mail in company.yml',
  },
} as const satisfies {
  commands: readonly string[];
  shortcuts: readonly { callbackId: string; type: 'message' | 'global' }[];
  events: readonly string[];
  scopes: Readonly<Record<string, string>>;
};

/** Event types as they arrive: `message.channels` and its kin all come as `message`. */
export const EVENT_TYPES: ReadonlySet<string> = new Set(
  SURFACE.events.map((event) => event.split('.')[0] ?? event),
);
