/** Slack's own commands: an app may name one of hers so, and then never hears it. */
export const RESERVED_COMMANDS: ReadonlySet<string> = new Set(
  [
    'active all apps archive away call canvas close code collapse create disconnect dm dnd exit expand feed',
    'feedback files help huddle invite invite_people join keys kick leave list me msg mute open part people',
    'prefs remind remove rename search shortcuts shrug star status topic trigger unarchive who',
  ].flatMap((line) => line.split(' ').map((word) => `/${word}`)),
);
