import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CompanyFileError, type FileProblem, parseCompany } from '../../../src/imports/company-file.js';
import { companyText } from '../../support/baton.js';

const BROKEN = readFileSync(new URL('../../support/broken-company.yml', import.meta.url), 'utf8');

function problemsOf(text: string): readonly FileProblem[] {
  try {
    parseCompany(text);
  } catch (err) {
    if (err instanceof CompanyFileError) return err.problems;
    throw err;
  }
  return [];
}
const linesOf = (text: string) => problemsOf(text).map(({ line, path }) => `${line} ${path}`);

describe('company.yml', () => {
  it('of the tests is right', () => {
    expect(parseCompany(companyText()).company.accounts).toHaveLength(3);
  });

  it('that is broken names every error at once, each with its line, wrong shapes and wrong names alike', () => {
    expect(linesOf(BROKEN)).toEqual([
      '1 zone',
      '4 people[1].handle',
      '5 people[2].role',
      '7 groups[0].colour',
      '7 groups[0].people[0]',
      '11 accounts[0].tier',
      '12 accounts[0].renewal',
    ]);
    expect(() => parseCompany(BROKEN)).toThrow(/^line 1: zone: no IANA zone of that name/);
  });

  it('says in plain words what is missing, of another kind, or unknown', () => {
    const text = `zone: 5
people:
  - { slack: ana, role: boss, colour: red }
accounts: { acme: 1 }
setings: {}
`;
    expect(problemsOf(text).map(({ line, path, text: said }) => `${line} ${path}: ${said}`)).toEqual([
      '1 zone: write a text',
      '3 people[0].handle: missing: write a text',
      '3 people[0].role: write lead, support, success or viewer',
      expect.stringContaining('3 people[0].colour: nothing is called so here; there are handle, slack'),
      '4 accounts: write a list, like [a, b]',
      '5 setings: nothing is called so here; did you mean settings?',
    ]);
  });

  it.each([
    ['people: [', 1],
    ['zone: UTC\npeople:\n  - {handle: a\n', 3],
    ['zone: UTC\nzone: UTC\npeople: []\n', 2],
  ])('that is no YAML says in which line: %j', (text, line) => {
    expect(problemsOf(text)[0]?.line).toBeGreaterThanOrEqual(line);
    expect(problemsOf(text)[0]?.text).not.toContain('\n');
  });

  it('that is empty, a list or a word is refused', () => {
    for (const text of ['', '- a', 'hello', '42', 'null']) expect(problemsOf(text).length).toBeGreaterThan(0);
  });

  it('knows what is used twice and what refers to nobody', () => {
    const text = `zone: UTC
people:
  - { handle: a, slack: a, role: lead }
  - { handle: a, slack: a, role: lead, backup: zed }
groups:
  - { key: g, name: G, kind: skill }
accounts:
  - { slug: x, name: X, csm: bob, domains: [gmail.com], channels: { customer: [c], internal: ["#c"] } }
  - { slug: x, name: X, domains: [acme.com] }
  - { slug: y, name: Y, domains: [ACME.com] }
`;
    expect(linesOf(text).sort()).toEqual(
      [
        '4 people[1].handle',
        '4 people[1].slack',
        '4 people[1].backup',
        '6 groups[0]',
        '8 accounts[0].channels.internal[0]',
        '8 accounts[0].csm',
        '8 accounts[0].domains[0]',
        '9 accounts[1].slug',
        '10 accounts[2].domains[0]',
      ].sort(),
    );
  });

  it.each(['team_chanel: x', 'people_: []', 'accounts: {}'])(
    'a mistyped key is no silent default: %s',
    (line) => {
      expect(problemsOf(`${companyText()}${line}\n`).length).toBeGreaterThan(0);
    },
  );
});
