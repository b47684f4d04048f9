/** The address of a message, without asking Slack for it: `…/archives/C1/p1700000000000100`. */
export function permalink(
  workspaceUrl: string,
  channel: string,
  ts: string,
  threadTs?: string | null,
): string {
  const base = `${workspaceUrl.replace(/\/+$/, '')}/archives/${channel}/p${ts.replace('.', '')}`;
  return threadTs && threadTs !== ts ? `${base}?thread_ts=${threadTs}&cid=${channel}` : base;
}
