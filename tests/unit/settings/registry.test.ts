import { describe, expect, it } from 'vitest';
import { fileName, REGISTRY, SETTING_KEYS, settingProblem } from '../../../src/settings/registry.js';

describe('the registry of settings', () => {
  it.each(SETTING_KEYS)('%s has a meaning, and what holds by default fits its type', (key) => {
    expect(REGISTRY[key].meaning).toMatch(/\w{3}/);
    expect(settingProblem(key, REGISTRY[key].fallback)).toBeNull();
  });

  it('gives every setting a name of its own in company.yml', () => {
    const names = SETTING_KEYS.map(fileName);
    expect(new Set(names).size).toBe(names.length);
    expect(fileName('logReaction')).toBe('log_reaction');
  });

  it.each([
    ['zone', 'Mars/Olympus', 'Europe/Berlin'],
    ['logReaction', ':ticket:', 'without colons'],
    ['teamChannel', '#support', 'channel id'],
    ['hours', { zone: 'UTC', days: {}, holidays: [] }, 'no working time'],
    ['hours', { zone: 'UTC', days: { 1: [{ from: '9', to: '17:00' }] }, holidays: [] }, '09:00 to 17:00'],
    ['liveMeans', 'soon', 'release'],
    ['newItems', ['https://gitlab.com/acme/app'], 'address of a repository or a team'],
    ['newItems', ['https://github.com/acme/app/issues/new'], 'address of a repository or a team'],
    ['alertRoutes', [{ channel: '#key-accounts', tier: 'A' }], 'channel id'],
    ['alertRoutes', [{ channel: 'C012AB3CD' }], 'say for which tier, segment or csm'],
  ] as const)('%s refuses %j and says what would be right', (key, value, words) => {
    expect(settingProblem(key, value)).toContain(words);
  });
});
