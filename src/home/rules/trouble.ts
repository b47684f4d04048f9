/** What Slack answers when it takes no message of ours, in words: what is wrong, and how to mend it. */
const REASONS: Readonly<Record<string, string>> = {
  channel_not_found: 'Slack does not show it to Baton; invite Baton there, or link the right channel',
  not_in_channel: 'Baton is not in it; type /invite @Baton there',
  is_archived: 'it is archived; unarchive it in Slack, or unlink it',
  channel_is_archived: 'it is archived; unarchive it in Slack, or unlink it',
  restricted_action: 'Slack lets only some people post there; let Baton post',
};

/** Messages of ours that wait to one place, in words; for what has no words of ours, those of Slack. */
export function waitingInWords(waiting: { where: string; error: string | null; count: number }): string {
  const { where, error, count } = waiting;
  const [, audience] = /^audience: (.*)$/s.exec(error ?? '') ?? [];
  const why = audience === undefined ? (REASONS[error ?? ''] ?? error) : `it is ${audience}`;
  const what = count === 1 ? 'A message' : `${count} messages`;
  return `${what} to ${where} ${count === 1 ? 'waits' : 'wait'}${why ? `: ${why}` : ''}`;
}
