import { describe, expect, it } from 'vitest';
import {
  DRAFTS,
  fillDraft,
  PLACEHOLDERS,
  TEMPLATE_MAX,
  templateProblem,
} from '../../../src/followups/rules/draft.js';

const facts = {
  waiting: ['Joe Park', 'Jill Ames'],
  account: 'Acme',
  problem: 'Export drops rows',
  since: 'Tue 14:05',
  version: '4.12',
};

describe('what a person may send', () => {
  it('says what was broken, since when it works, and asks to hear', () => {
    expect(fillDraft(DRAFTS.live, facts)).toBe(
      'Hi Joe and Jill, good news: "Export drops rows" is fixed. It works for you since Tue 14:05 (version 4.12). Could you try it and tell me whether all is well now?',
    );
    expect(fillDraft(DRAFTS.live, { ...facts, version: null })).toContain('since Tue 14:05. Could');
    expect(fillDraft(DRAFTS.declined, facts)).toContain('we have decided not to change it');
  });

  it.each([
    [[], 'everybody at Acme'],
    [['Joe'], 'Joe'],
    [['Joe Park', 'Jill Ames', 'Bo Li'], 'Joe, Jill and Bo'],
    [['a', 'b', 'c', 'd'], 'everybody at Acme'],
    [[' ', ''], 'everybody at Acme'],
  ])('greets %j as %s', (waiting, greeting) => {
    expect(fillDraft('{customer}', { ...facts, waiting })).toBe(greeting);
  });

  it('fills in each word once: what people wrote with braces in it stays as it is', () => {
    const problem = '{customer} sees {since} and {constructor}';
    expect(fillDraft('{problem}!', { ...facts, problem })).toBe(`${problem}!`);
    expect(fillDraft('{constructor} {unknown}', facts)).toBe('{constructor} {unknown}');
  });

  it('a template is refused with what is wrong, and with what there is', () => {
    expect(templateProblem('  ')).toContain('Write what people may send');
    expect(templateProblem('x'.repeat(TEMPLATE_MAX + 1))).toContain(`${TEMPLATE_MAX} fit`);
    expect(templateProblem('Hi {name}')).toContain('{name} stands for nothing. There are {customer}');
    expect(templateProblem('Hi {constructor}')).toContain('stands for nothing');
    expect(templateProblem('Hi {}')).toContain('{} stands for nothing');
    for (const known of Object.keys(PLACEHOLDERS)) expect(templateProblem(`{${known}}`)).toBeNull();
    for (const own of Object.values(DRAFTS)) expect(templateProblem(own)).toBeNull();
  });
});
