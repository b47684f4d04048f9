import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCompany } from '../../../src/imports/company-file.js';
import { parseRules } from '../../../src/imports/rules-file.js';
import { fileName, REGISTRY, SETTING_KEYS } from '../../../src/settings/registry.js';
import { SURFACE } from '../../../src/slack/surface.js';
import { ROOT } from './source.js';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const README = read('README.md');
const company = read('src/demo/company.yml');

/** What stands between backticks, or what a pattern finds in it. */
const all = (pattern: RegExp, text = README) => [...text.matchAll(pattern)].map(([, found = '']) => found);
const examples = all(/```yaml\n([\s\S]*?)```/g);

describe('README.md', () => {
  it('names files and folders that are there', () => {
    const named = all(/`((?:src|tests|migrations)\/[^`<>\s]*)`/g);
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('names scripts of package.json', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    expect(all(/npm run ([\w:]+)/g).filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });

  it('has a row for every setting of the environment, and for none that is not read', () => {
    const set = new Set(all(/^ {2}([A-Z][A-Z_]+): /gm, read('src/config.ts')));
    for (const one of all(/extend\(\{ ([A-Z_]+):/g, read('src/config.ts'))) set.add(one);
    expect(all(/^\| `([A-Z][A-Z_]+)` \|/gm).sort()).toEqual([...set].sort());
  });

  it('says of every scope what it is for, as the app does', () => {
    for (const [scope, why] of Object.entries(SURFACE.scopes))
      expect(README).toContain(`| \`${scope}\` | ${why} |`);
  });

  it('shows settings and rules as their files take them', () => {
    const ofCompany = examples.filter((text) => text.startsWith('settings:'));
    for (const text of ofCompany) expect(() => parseCompany(`${company}${text}`)).not.toThrow();
    const others = examples.filter((text) => !text.startsWith('settings:'));
    for (const text of others) expect(parseRules(text).size).toBeGreaterThan(0);
    expect([ofCompany.length, others.length]).toEqual([2, 1]);
  });

  it('names every setting that company.yml takes', () => {
    const names = SETTING_KEYS.filter((key) => REGISTRY[key].place !== 'none').map(fileName);
    expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(README))).toEqual([]);
  });
});
