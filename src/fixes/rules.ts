/** The work behind one or more issues. *Merged* is not *live*: live is what the account can use. */
export type FixState = 'planned' | 'merged' | 'live' | 'declined';

export interface Fix {
  id: number;
  title: string;
  url: string | null;
  state: FixState;
  liveAt: number | null;
  markedBy: string | null;
}

/** What a fix is called on screen: its tracker's key when there is a link, else its title. */
export function fixName(fix: Pick<Fix, 'title' | 'url'>): string {
  const key = fix.url && /([A-Z][A-Z0-9]+-\d+)|(?:issues|pull)\/(\d+)/.exec(fix.url);
  if (!key) return fix.title;
  return key[1] ?? `#${key[2]}`;
}
