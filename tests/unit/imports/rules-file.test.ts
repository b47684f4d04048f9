import { describe, expect, it } from 'vitest';
import { CompanyFileError } from '../../../src/imports/company-file.js';
import { parseRules } from '../../../src/imports/rules-file.js';

function problems(text: string): string[] {
  try {
    parseRules(text);
    return [];
  } catch (err) {
    if (!(err instanceof CompanyFileError)) throw err;
    return err.problems.map((one) => `${one.line} ${one.path}: ${one.text}`);
  }
}

describe('rules.yml', () => {
  it('takes numbers, modes and counting rules', () => {
    const rules = parseRules(`
rules:
  S01: { mode: on, fire: 5 }
  S05: { mode: off }
counting:
  - { id: X-escalations, name: many escalations, count: escalation.opened, window: 14, fire: 3, next: ask why }
`);
    expect(rules.get('S01')).toEqual({ mode: 'on', numbers: { fire: 5 } });
    expect(rules.get('S05')).toEqual({ mode: 'off', numbers: {} });
    expect(rules.get('X-escalations')).toEqual({
      mode: 'observe',
      counting: {
        id: 'X-escalations',
        name: 'many escalations',
        count: 'escalation.opened',
        windowDays: 14,
        fire: 3,
        clear: 0,
        cooldownDays: 7,
        severity: 'medium',
        func: 'success',
        place: 'card',
        next: 'ask why',
      },
    });
  });

  it('says everything that is wrong at once, with line and path and what would be right', () => {
    const found = problems(`rules:
  S01: { fire: many, windowDay: 3 }
  S99: { fire: 1 }
  S16: { fire: 2, clear: 2 }
  S05: { mode: loud }
counting:
  - { id: X-a, name: a, count: escalations, window: 14, fire: 3, next: ask }
  - { id: X-a, name: b, count: issue.opened, window: 500, fire: 1, clear: 4, next: ask }
  - { id: bad, name: c, count: issue.opened, window: 7, fire: 1, next: ask, severity: critical }
code: "() => 1"
`);
    expect(found).toHaveLength(12);
    const expected = [
      '2 rules.S01.fire: write a number, e.g. 4',
      '2 rules.S01.windowDay: no number of this rule',
      '3 rules.S99: there is no rule S99',
      '4 rules.S16.clear: it would never be over',
      '5 rules.S05.mode: write off, observe or on',
      '7 counting[0].count: nothing of that name can be counted',
      '8 counting[1].id: X-a stands here twice',
      '8 counting[1].window: at most 90 days',
      '8 counting[1].clear: it would never be over',
      '9 counting[2].id: an id of its own',
      '9 counting[2].severity',
    ];
    for (const part of expected) expect(found.join('\n')).toContain(part);
    expect(found.join('\n')).toContain('code');
  });

  it('says what else is wrong when something stands there twice', () => {
    const found = problems(
      'rules:\n  S01: { fire: 4 }\n  S01: { fire: 5 }\n  S99: { fire: 1 }\ncounting: { a: 1 }',
    );
    expect(found).toHaveLength(3);
    expect(found.join('\n')).not.toContain('NaN');
  });

  it('says of each thing that is missing or has no meaning what to write, and hides no other mistake', () => {
    const found = problems(`rules:
  S01: { withoutHistory: five, fire: 4, clear: 9 }
counting:
  - fire: a lot
    nxt: call them
formula: x
`);
    expect(found).toEqual([
      '2 rules.S01.withoutHistory: write a number, e.g. 6',
      expect.stringContaining('2 rules.S01.clear: it would never be over'),
      '4 counting[0].id: an id of its own: X- and small letters, e.g. X-escalations',
      '4 counting[0].name: give it a name',
      '4 counting[0].count: say what it counts, e.g. count: escalation.opened',
      '4 counting[0].window: say in how many days, e.g. window: 30',
      '4 counting[0].fire: write a number',
      '4 counting[0].next: say what its card proposes, e.g. next: call them today',
      '5 counting[0].nxt: nothing is called so here; did you mean next?',
      expect.stringContaining('6 formula: nothing is called so here'),
    ]);
  });

  it('names what was probably meant', () => {
    expect(problems('rules:\n  S1: { fire: 1 }').join()).toContain('did you mean S01?');
    expect(problems('rules:\n  S01: { fir: 1 }').join()).toContain('did you mean fire?');
    const counting = '{ id: X-a, name: a, count: issue.open, window: 7, fire: 1, next: ask }';
    expect(problems(`counting:\n  - ${counting}`).join()).toContain('did you mean issue.opened?');
  });

  it.each([
    ['10 MB', `rules: { S01: { fire: 4 } }\n#${'x'.repeat(10 * 1024 * 1024)}`, 'at most 256 kB'],
    ['a list', '- S01', 'write `rules:` with a rule per line'],
    ['counting rules that are no list', 'counting: { a: 1 }', 'write a list of rules'],
    ['a number in place of a rule', 'counting:\n  - 17', 'counting[0]'],
    ['no yaml', 'rules: [', 'line'],
    ['the same rule twice', 'rules:\n  S01: { fire: 4 }\n  S01: { fire: 5 }', '3 : S01 stands here twice'],
    ['numbers that are text', 'rules:\n  S01: "4"', 'write its numbers like { fire: 4 }'],
    ['numbers in a list', 'rules:\n  S01: [4]', 'write its numbers like { fire: 4 }'],
    ['not a number at all', 'rules:\n  S01: { fire: .nan }', 'write a number'],
    ['a bomb of aliases', `a: &a [x,x,x,x,x,x,x,x]\n${bomb()}`, ''],
    ['an odd key', 'rules:\n  __proto__: { fire: 1 }', 'no rule'],
  ])('refuses %s', (_, text, what) => {
    const found = problems(text);
    expect(found.length).toBeGreaterThan(0);
    if (what !== 'line') expect(found.join('\n')).toContain(what);
  });

  it('an empty file is right, and says nothing', () => {
    expect(parseRules('').size).toBe(0);
  });
});

function bomb(): string {
  const names = 'abcdefghij';
  return [...names]
    .slice(1)
    .map((name, i) => `${name}: &${name} [${Array.from({ length: 8 }, () => `*${names[i]}`).join(',')}]`)
    .join('\n');
}
