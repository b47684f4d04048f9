import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SURFACES } from '../../../src/main/routes.js';
import { MAY, may, type Role } from '../../../src/people/may.js';
import type { Person } from '../../../src/people/rules.js';
import type { Command } from '../../../src/slack/interactions.js';
import type { Tx } from '../../../src/store/transact.js';

/** Actions of the table that no button, command or modal names yet, and why they stand there all the same. */
const WITHOUT_SURFACE: Readonly<Record<string, string>> = {};

const SOURCES = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && file !== 'people/may.ts')
  .map((file) => readFileSync(`src/${file}`, 'utf8'));

const command = (name: string, text: string): Command => ({
  kind: 'command',
  key: 'k',
  userId: 'U1',
  teamId: null,
  channel: 'C1',
  command: name,
  text,
  triggerId: 't',
});

/** Every action that a button, a shortcut, a form or a subcommand carries; the words are those that the help shows. */
async function namedInSurfaces(): Promise<Set<string>> {
  const { presses, shortcuts, submits, commands } = SURFACES;
  const named = new Set(
    Object.values({ ...presses, ...shortcuts, ...submits }).map((surface) => surface.may),
  );
  for (const [name, split] of Object.entries(commands)) {
    const help = split(command(name, 'help')).surface;
    named.add(help.may);
    if (help.may !== 'help.see') continue;
    const answer = await help.run(
      undefined as unknown as Tx,
      undefined as unknown as Person,
      command(name, ''),
      0,
    );
    for (const [, word] of answer?.say?.text.matchAll(/`\/\w+ (\w+)/g) ?? [])
      named.add(split(command(name, word ?? '')).surface.may);
  }
  return named;
}

/** Every action that the code names: `may: 'issue.log'`, `may(person, 'issue.log')`, `subcommands(…, 'help.see')`. */
function namedInSource(): Set<string> {
  const named = new Set<string>();
  for (const text of SOURCES) {
    for (const [, action] of text.matchAll(/\bmay: '([^']+)'/g)) named.add(action ?? '');
    for (const [, action] of text.matchAll(/\bmay\([\w.]+, '([^']+)'\)/g)) named.add(action ?? '');
    for (const [, action] of text.matchAll(/, '([a-z]+\.see)'\)/g)) named.add(action ?? '');
  }
  return named;
}

describe('who may do what', () => {
  it('every button, shortcut and modal names an action of the table', () => {
    const { presses, shortcuts, submits } = SURFACES;
    for (const [id, surface] of Object.entries({ ...presses, ...shortcuts, ...submits }))
      expect([id, Object.hasOwn(MAY, surface.may)]).toEqual([id, true]);
  });

  it('every command does, whatever is typed behind it', () => {
    for (const [name, split] of Object.entries(SURFACES.commands)) {
      const help = JSON.stringify(split(command(name, 'help')).surface.may);
      expect(help).toMatch(/^"[a-z]+\.[a-z_]+"$/);
      for (const word of [
        '',
        'help',
        'log',
        'show',
        'list',
        'take',
        'fix',
        'nonsense',
        '__proto__',
        'constructor',
      ])
        expect(Object.hasOwn(MAY, split(command(name, word)).surface.may)).toBe(true);
    }
  });

  it('every action that the code names stands in the table', () => {
    const named = namedInSource();
    expect(named.size).toBeGreaterThan(8);
    expect([...named].filter((action) => !Object.hasOwn(MAY, action))).toEqual([]);
  });

  it('every action of the table is used, or is excused with a reason', async () => {
    const named = new Set([...namedInSource(), ...(await namedInSurfaces())]);
    const unused = Object.keys(MAY).filter((action) => !named.has(action) && action !== 'demo.travel');
    expect(unused.sort()).toEqual(Object.keys(WITHOUT_SURFACE).sort());
  });

  it('nobody may do what does not stand in the table, not even an admin', () => {
    for (const action of ['issue.burn', '', '__proto__', 'toString'])
      expect(may({ role: 'lead', isAdmin: true }, action)).toBe(false);
  });

  it('an admin may do whatever any role may', () => {
    for (const action of Object.keys(MAY)) expect(may({ role: 'viewer', isAdmin: true }, action)).toBe(true);
  });

  it('a viewer sees, answers a call and says that a fix is live; the rest is for support, success and leads', () => {
    const allowed = (role: Exclude<Role, 'admin'>) =>
      Object.keys(MAY).filter((action) => may({ role, isAdmin: false }, action));
    expect(allowed('viewer').filter((action) => !action.endsWith('.see'))).toEqual([
      'escalation.answer',
      'fix.mark_live',
      'demo.travel',
    ]);
    for (const role of ['lead', 'support', 'success'] as const) {
      expect(allowed(role)).toContain('issue.log');
      expect(allowed(role)).toContain('alert.claim');
      expect(allowed(role)).toContain('followup.tell');
    }
  });
});
