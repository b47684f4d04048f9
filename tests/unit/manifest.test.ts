import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { RESERVED_COMMANDS } from '../../src/slack/reserved.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

interface Manifest {
  features: {
    slash_commands: { command: string }[];
    shortcuts: { name: string; callback_id: string; type: string }[];
  };
  oauth_config: { scopes: { bot: string[] } };
  settings: { event_subscriptions: { bot_events: string[] } };
}

const manifest = parse(read('manifest.yml')) as Manifest;
const commands = manifest.features.slash_commands.map(({ command }) => command);
const scopes = manifest.oauth_config.scopes.bot;
const events = manifest.settings.event_subscriptions.bot_events;

const check = new Ajv({ allErrors: true }).compile(JSON.parse(read('tests/support/manifest.schema.json')));
const problems = (candidate: unknown) =>
  check(candidate)
    ? []
    : (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);

/** What Slack wants to see granted before it sends an event; one of them is enough. */
const SCOPES_FOR_EVENT: [event: RegExp, scopes: string[]][] = [
  [/^message\.channels$/, ['channels:history']],
  [/^message\.groups$/, ['groups:history']],
  [/^message\.im$/, ['im:history']],
  [/^message\.mpim$/, ['mpim:history']],
  [/^app_mention$/, ['app_mentions:read']],
  [/^reaction_/, ['reactions:read']],
  [/^member_/, ['channels:read', 'groups:read']],
  [/^channel_/, ['channels:read']],
  [/^group_/, ['groups:read']],
  [/^(user_change|team_join)$/, ['users:read']],
  [/^(app_home_opened|app_uninstalled|tokens_revoked)$/, []],
];

/** The names that Slack's client library knows, read from its types: a misspelt one would deliver nothing. */
function known(type: 'BotScope' | 'ManifestEvent'): string[] {
  const library = createRequire(import.meta.url).resolve('@slack/web-api');
  const types = readFileSync(join(dirname(library), 'types/request/manifest.d.ts'), 'utf8');
  const union = new RegExp(`^type ${type} = (.*);$`, 'm').exec(types)?.[1] ?? '';
  return union.split(' | ').map((name) => name.replaceAll("'", ''));
}

const duplicates = (names: string[]) => names.filter((name, i) => names.indexOf(name) !== i);

describe('manifest.yml', () => {
  it('is one that Slack accepts', () => expect(problems(manifest)).toEqual([]));

  it('is held against limits that refuse what Slack refuses', () => {
    const spoilt = structuredClone(manifest) as unknown as {
      display_information: Record<string, string>;
      features: Record<string, unknown>;
    };
    spoilt.display_information.long_description = 'too short';
    spoilt.display_information.slogan = 'no such key';
    spoilt.features.slash_commands = [{ command: 'issue', description: '' }];
    spoilt.features.shortcuts = [];
    expect(problems(spoilt)).toHaveLength(5);
  });

  it('names no command that is Slack’s own', () => {
    expect(commands.filter((command) => RESERVED_COMMANDS.has(command))).toEqual([]);
    for (const builtIn of ['/away', '/status', '/remind']) expect(RESERVED_COMMANDS).toContain(builtIn);
  });

  it('names events and scopes that exist, once', () => {
    expect(known('ManifestEvent')).toContain('message.channels');
    expect(events.filter((event) => !known('ManifestEvent').includes(event))).toEqual([]);
    expect(scopes.filter((scope) => !known('BotScope').includes(scope))).toEqual([]);
    expect(duplicates([...events, ...scopes, ...commands])).toEqual([]);
  });

  it('asks for the scope that each event needs', () => {
    const lacking = events.filter((event) => {
      const needed = SCOPES_FOR_EVENT.find(([pattern]) => pattern.test(event))?.[1];
      return !needed || (needed.length > 0 && !needed.some((scope) => scopes.includes(scope)));
    });
    expect(lacking).toEqual([]);
  });
});

interface Surface {
  commands: string[];
  shortcuts: { callbackId: string; type: string }[];
  events: string[];
  /** Why each scope is asked for. */
  scopes: Record<string, string>;
}

const surfaceFile = join(root, 'src/slack/surface.ts');

describe.skipIf(!existsSync(surfaceFile))('manifest.yml and the code (src/slack/surface.ts)', async () => {
  const surface = existsSync(surfaceFile)
    ? ((await import(surfaceFile)) as { SURFACE: Surface }).SURFACE
    : ({ commands: [], shortcuts: [], events: [], scopes: {} } satisfies Surface);
  const sorted = (names: string[]) => [...names].sort();

  it('have the same commands', () => expect(sorted(commands)).toEqual(sorted(surface.commands)));

  it('have the same shortcuts', () => {
    const ours = surface.shortcuts.map(({ callbackId, type }) => `${type} ${callbackId}`);
    const asked = manifest.features.shortcuts.map(({ callback_id, type }) => `${type} ${callback_id}`);
    expect(sorted(asked)).toEqual(sorted(ours));
  });

  it('have the same events', () => expect(sorted(events)).toEqual(sorted(surface.events)));

  it('have the same scopes, each with its reason', () => {
    expect(sorted(scopes)).toEqual(sorted(Object.keys(surface.scopes)));
    for (const reason of Object.values(surface.scopes)) expect(reason).toMatch(/\w/);
  });
});
