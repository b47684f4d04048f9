import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './source.js';

interface Package {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  peerDependenciesMeta?: Record<string, { optional?: boolean }>;
}
type Lock = Record<string, Package>;

const readJson = <T>(path: string) => JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as T;

const manifest = readJson<Package>('package.json');
const lock = readJson<{ packages: Lock }>('package-lock.json').packages;

/** Where Node finds `name` when asked from the package at `from`: its own node_modules, then those above. */
function locate(packages: Lock, from: string, name: string): string | undefined {
  const place = `${from ? `${from}/` : ''}node_modules/${name}`;
  if (packages[place] || from === '') return packages[place] && place;
  return locate(packages, from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/'))), name);
}

/**
 * npm may write a lockfile without a package for another platform, when the registry lacked it that day; `npm ci`
 * then fails, here and on every other machine.
 */
function missingOptional(packages: Lock): string[] {
  return Object.entries(packages).flatMap(([from, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !locate(packages, from, name))
      .map((name) => `${name}, wanted by ${from || 'Baton'}`),
  );
}

function inexact({ dependencies, devDependencies, optionalDependencies }: Package): string[] {
  return Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
    .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
    .map(([name, version]) => `${name}@${version}`);
}

/** Every package that `npm ci --omit=dev --omit=optional` may install: what Baton runs with. */
function production(packages: Lock): string[] {
  const seen = new Set<string>();
  const visit = (from: string, names: readonly string[]) => {
    for (const name of names) {
      const place = locate(packages, from, name);
      const found = place ? packages[place] : undefined;
      if (!place || !found || seen.has(place)) continue;
      seen.add(place);
      visit(
        place,
        Object.keys({ ...found.dependencies, ...found.optionalDependencies, ...neededPeers(found) }),
      );
    }
  };
  visit('', Object.keys(packages['']?.dependencies ?? {}));
  return [...seen].sort();
}

const neededPeers = ({ peerDependencies = {}, peerDependenciesMeta = {} }: Package) =>
  Object.fromEntries(
    Object.entries(peerDependencies).filter(([name]) => !peerDependenciesMeta[name]?.optional),
  );

const FREE = [
  ...['MIT', 'MIT-0', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD'],
  ...['BlueOak-1.0.0', 'Python-2.0', 'Unlicense', 'CC0-1.0'],
];

/** An SPDX expression: one of `OR` is enough, all of `AND` must be free. */
function isFree(expression: string): boolean {
  const inner = expression.trim().replace(/^\((.*)\)$/, '$1');
  if (inner.includes(' OR ')) return inner.split(' OR ').some(isFree);
  if (inner.includes(' AND ')) return inner.split(' AND ').every(isFree);
  return FREE.includes(inner);
}

type Licensed = { license?: string | { type: string }; licenses?: { type: string }[] };

function licenceOf({ license, licenses }: Licensed): string {
  if (licenses) return licenses.map(({ type }) => type).join(' OR ');
  return (typeof license === 'string' ? license : license?.type) ?? 'none stated';
}

describe('packages', () => {
  it('finds the gaps of a lockfile, nested or not', () => {
    const gaps: Lock = {
      '': { optionalDependencies: { here: '1.0.0', gone: '1.0.0' } },
      'node_modules/here': { optionalDependencies: { nested: '1.0.0', above: '1.0.0', lost: '1.0.0' } },
      'node_modules/here/node_modules/nested': { optionalDependencies: { above: '1.0.0' } },
      'node_modules/above': {},
    };
    expect(missingOptional(gaps)).toEqual(['gone, wanted by Baton', 'lost, wanted by node_modules/here']);
  });

  it('has an entry in the lockfile for every optional dependency, of every platform', () => {
    expect(missingOptional(lock)).toEqual([]);
  });

  it('pins exact versions', () => {
    expect(inexact({ dependencies: { a: '^1.0.0', b: '1.0.0', c: 'latest' } })).toEqual([
      'a@^1.0.0',
      'c@latest',
    ]);
    expect(inexact(manifest)).toEqual([]);
  });

  it('tells free licences from others', () => {
    for (const free of ['MIT', '(MIT OR GPL-3.0)', 'ISC AND MIT']) expect(isFree(free)).toBe(true);
    for (const other of ['GPL-3.0', 'MIT AND GPL-3.0', 'none stated', 'SEE LICENSE IN LICENSE'])
      expect(isFree(other)).toBe(false);
  });

  it('runs with freely licensed packages only', () => {
    const installed = production(lock).filter((place) => existsSync(join(ROOT, place, 'package.json')));
    expect(installed.length).toBeGreaterThan(Object.keys(manifest.dependencies ?? {}).length);
    const others = installed
      .map((place) => ({ place, licence: licenceOf(readJson<Licensed>(`${place}/package.json`)) }))
      .filter(({ licence }) => !isFree(licence));
    expect(others).toEqual([]);
  });
});
