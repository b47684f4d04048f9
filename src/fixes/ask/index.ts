import { GithubApi } from './github.js';
import { LinearApi } from './linear.js';

/** The trackers that can be asked; none of them in a company that gave no access. */
export interface TrackerApis {
  github?: GithubApi;
  linear?: LinearApi;
  /** With a token, GitHub is asked which commits a release contains. */
  canCompare: boolean;
}

/** What was set up for each tracker. */
export interface TrackerAccess {
  github: { secret?: string | undefined; token?: string | undefined; apiUrl: string };
  linear: { secret?: string | undefined; apiKey?: string | undefined; apiUrl: string };
  jira: { secret?: string | undefined };
}

export const NO_APIS: TrackerApis = { canCompare: false };

/** The trackers of a company that can be asked. */
export function trackerApis(access: TrackerAccess | undefined): TrackerApis {
  if (!access) return NO_APIS;
  const { github, linear } = access;
  const isConnected = github.secret !== undefined || github.token !== undefined;
  return {
    ...(isConnected ? { github: new GithubApi({ token: github.token, apiUrl: github.apiUrl }) } : {}),
    ...(linear.apiKey ? { linear: new LinearApi({ apiKey: linear.apiKey, apiUrl: linear.apiUrl }) } : {}),
    canCompare: github.token !== undefined,
  };
}
