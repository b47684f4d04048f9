import type { SlackApi } from '../../slack/api.js';
import type { SlackProbe } from '../../slack/client-probe.js';
import { classify } from '../../slack/errors.js';
import { RESERVED_COMMANDS } from '../../slack/reserved.js';
import { SURFACE } from '../../slack/surface.js';
import { bad, type Check, looking, ok } from './check.js';

const NETWORK = 'Check the network, and SLACK_API_URL if it is set.';
/** A clock further off than this has signatures refused and reminders late. */
const SKEW_MS = 30_000;

/** Tokens, what they may do, and the clock. */
export async function slackChecks(
  slack: Pick<SlackApi, 'identity'>,
  probe: SlackProbe,
  o: { appToken: string | null; now: () => number },
): Promise<Check[]> {
  return [
    ...(await looking('bot token', NETWORK, () => tokenChecks(slack))),
    ...(o.appToken === null
      ? []
      : await looking('app token', NETWORK, () => appTokenCheck(probe, o.appToken ?? ''))),
    ...(await looking('clock', NETWORK, () => clockCheck(probe, o.now))),
    commandCheck(SURFACE.commands),
  ];
}

async function tokenChecks(slack: Pick<SlackApi, 'identity'>): Promise<Check[]> {
  try {
    const { url, scopes } = await slack.identity();
    return [ok('bot token', `works in ${url}`), scopeCheck(scopes)];
  } catch (err) {
    return [
      refused('bot token', err, 'Copy the Bot User OAuth Token anew: your Slack app > OAuth & Permissions.'),
    ];
  }
}

function refused(name: string, err: unknown, mend: string): Check {
  const { code } = classify(err);
  return code === 'request_failed' || code.startsWith('http_')
    ? bad(name, 'Slack cannot be reached', NETWORK)
    : bad(name, `Slack refuses it (${code})`, mend);
}

/** What the app was granted against what it asks for in manifest.yml. */
function scopeCheck(granted: readonly string[]): Check {
  // A Slack that names no scopes at all (an emulator) says nothing about them.
  if (granted.length === 0) return ok('scopes', 'Slack does not say which were granted');
  const missing = Object.entries(SURFACE.scopes).filter(([scope]) => !granted.includes(scope));
  if (missing.length === 0) return ok('scopes', `all ${Object.keys(SURFACE.scopes).length} are granted`);
  const words = missing.map(([scope, why]) => `${scope} (to ${why})`).join('; ');
  return bad(
    'scopes',
    `missing: ${words}`,
    'Paste manifest.yml into your Slack app > App Manifest, save, and reinstall the app.',
  );
}

async function appTokenCheck(probe: SlackProbe, appToken: string): Promise<Check> {
  try {
    await probe.openLine(appToken);
    return ok('app token', 'Slack would let Baton connect');
  } catch (err) {
    return refused(
      'app token',
      err,
      'Generate one with connections:write: your Slack app > Basic Information > App-Level Tokens.',
    );
  }
}

async function clockCheck(probe: SlackProbe, now: () => number): Promise<Check> {
  const { slackAt, askedAt } = await probe.time(now);
  const off = Math.round((askedAt - slackAt) / 1000);
  if (Math.abs(askedAt - slackAt) <= SKEW_MS) return ok('clock', `within ${Math.abs(off)} s of Slack's`);
  return bad(
    'clock',
    `${Math.abs(off)} s ${off > 0 ? 'ahead of' : 'behind'} Slack's`,
    'Have the machine keep its time (NTP, chrony): signatures and reminders depend on it.',
  );
}

/** Commands that are Slack's own are never heard. */
export function commandCheck(commands: readonly string[]): Check {
  const taken = commands.filter((command) => RESERVED_COMMANDS.has(command));
  return taken.length === 0
    ? ok('commands', `${commands.join(', ')} are no commands of Slack's own`)
    : bad(
        'commands',
        `${taken.join(', ')}: Slack keeps it to itself`,
        'Rename it in manifest.yml and paste that anew.',
      );
}
