import { DAY_MS } from '../../time/index.js';
import type { Rule } from './rule.js';

export interface EscalationFacts {
  /** Calls for authority on issues of the account that are not over, oldest first. */
  authority: readonly {
    issueName: string;
    group: string;
    at: number;
    day: string;
    channel?: string;
    ts?: string;
  }[];
}

const QUIET_MS = 14 * DAY_MS;

/** S06: somebody asked for more authority (a lead, an executive) on an issue of the account that is still open. */
export const escalated: Rule<EscalationFacts> = {
  id: 'S06',
  version: 1,
  severity: 'high',
  nextStep: 'call them today; they asked for somebody who can decide',
  read: ({ authority }, now) => {
    const newest = authority.at(-1);
    return {
      isFiring: newest !== undefined && now - newest.at < QUIET_MS,
      isClear: newest === undefined,
      evidence: {
        line: newest
          ? `${newest.group} asked on ${newest.issueName}, ${newest.day}`
          : 'no open call for authority',
        ...(newest?.channel && newest.ts ? { channel: newest.channel, ts: newest.ts } : {}),
        numbers: { escalations: authority.length },
      },
      lookAgainAt: newest ? newest.at + QUIET_MS : null,
    };
  },
};
