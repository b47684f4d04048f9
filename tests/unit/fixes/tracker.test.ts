import { describe, expect, it } from 'vitest';
import { fixName } from '../../../src/fixes/rules/fix.js';
import { readTracker } from '../../../src/fixes/trackers/address.js';

describe('the address of a fix', () => {
  it.each([
    ['https://github.com/acme/app/issues/12', 'github:acme/app#12', 'app#12'],
    ['https://github.com/Acme/App/pull/12/files?diff=split#r1', 'github:acme/app#12', 'App#12'],
    ['<https://www.github.com/acme/app/pull/12>', 'github:acme/app#12', 'app#12'],
    ['<https://github.com/acme/app/issues/12|acme/app#12>', 'github:acme/app#12', 'app#12'],
    ['https://github.acme.com/acme/app/issues/12', 'github.acme.com:acme/app#12', 'app#12'],
    ['https://linear.app/acme/issue/ENG-311', 'linear:acme/ENG-311', 'ENG-311'],
    ['https://linear.app/acme/issue/eng-311/export-drops-rows', 'linear:acme/ENG-311', 'ENG-311'],
    ['https://acme.atlassian.net/browse/ENG-311', 'jira:acme.atlassian.net/ENG-311', 'ENG-311'],
    [
      'https://acme.atlassian.net/jira/software/projects/ENG/boards/1?selectedIssue=ENG-311',
      'jira:acme.atlassian.net/ENG-311',
      'ENG-311',
    ],
    ['https://jira.acme.com/tracker/browse/ENG-311', 'jira:jira.acme.com/tracker/ENG-311', 'ENG-311'],
  ])('%s is %s', (text, key, name) => expect(readTracker(text)).toMatchObject({ key, name }));

  it.each([
    '',
    'ENG-311',
    'github.com/acme/app/issues/12',
    'https://github.com/acme/app',
    'https://github.com/acme/app/issues/',
    'https://github.com.evil.example/acme/app/issues/12',
    'https://evil.example/acme/app/issues/12',
    'https://sam:secret@github.com/acme/app/issues/12',
    'javascript:alert(1)//github.com/acme/app/issues/12',
    'https://linear.app/acme/project/ENG-311',
    'https://linear.app.evil.example/acme/issue/ENG-311',
    'https://acme.atlassian.net/browse/',
    '<!channel>',
    `https://github.com/acme/app/issues/12?${'x'.repeat(600)}`,
  ])('%s is none', (text) => expect(readTracker(text)).toBeNull());

  it('leads back to the same item from the address that is kept', () => {
    for (const text of [
      'https://github.com/Acme/App/pull/12/files',
      'https://linear.app/acme/issue/eng-311/x',
    ]) {
      const item = readTracker(text);
      expect(readTracker(item?.url ?? '')).toEqual(item);
    }
  });

  it('gives a fix its name; one kept by hand has its title', () => {
    expect(fixName({ title: 'Export', url: 'https://github.com/acme/app/issues/12' })).toBe('app#12');
    expect(fixName({ title: 'Export', url: null })).toBe('Export');
  });
});
