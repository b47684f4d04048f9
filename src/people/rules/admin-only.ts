import type { HoursSpec } from '../rules.js';

/** What Slack says of somebody who administers the workspace. */
export interface WorkspaceAdmin {
  slackId: string;
  name: string;
  email: string | null;
  /** IANA zone; null when Slack does not say. */
  zone: string | null;
}

/**
 * An admin whom nobody gave a role: they set Baton up, and see what a viewer sees besides.
 * @param hours the company's; they hold in the zone of the admin
 */
export function adminOnly({ slackId, name, email, zone }: WorkspaceAdmin, hours: HoursSpec) {
  return {
    slackId,
    handle: handleOf(slackId),
    name,
    email,
    role: 'viewer' as const,
    functions: [],
    isAdmin: true,
    hours: { ...hours, zone: zone ?? hours.zone },
    isActive: true,
  };
}

/** Whether somebody is in Baton only because they administer the workspace; their handle says so. */
export function isAdminOnly({ slackId, handle }: { slackId: string; handle: string }): boolean {
  return handle === handleOf(slackId);
}

const handleOf = (slackId: string) => `admin-${slackId.toLowerCase()}`;
