import { describe, expect, it } from 'vitest';
import { PHRASE_LISTS } from '../../../src/signals/phrases/lists.js';
import { matchPhrases, ownWords } from '../../../src/signals/rules/phrases.js';

const kindsOf = (text: string) => matchPhrases(text, PHRASE_LISTS).categories;

describe('the phrase lists', () => {
  const all = PHRASE_LISTS.flatMap((list) => list.phrases);

  it('are versioned, have an id for every phrase, and an example for each', () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    for (const list of PHRASE_LISTS) expect(list.version).toBeGreaterThan(0);
    for (const phrase of all) expect(phrase.examples.length).toBeGreaterThan(0);
  });

  it.each(all.flatMap((phrase) => phrase.examples.map((example) => [phrase.id, phrase.category, example])))(
    '%s: %s is found in "%s"',
    (id, category, example) => {
      const found = matchPhrases(example, PHRASE_LISTS);
      expect(found.categories).toContain(category);
      expect(found.phrases).toContain(id);
    },
  );

  it.each([
    'How do I reset the password? There is an error on the problem page of the manual',
    'Kill the stuck job and abort the dead worker',
    'Thanks, the update works for us',
    'Can two people work on the same checklist?',
    'It is not urgent, whenever you have time, and not critical for us',
    'We will never cancel our subscription with you',
    'We are not considering switching',
    'Please cancel the meeting of Friday',
    'The refunded orders of our shop show in the wrong column?',
    'Where do I find the invoice of October?',
    'Could you add a second time zone to the report',
    'The legal name of our company has changed',
    'Wir haben eine Frage zum Export',
    'Das ist nicht dringend und eilt nicht',
    'Danke, alles läuft',
    'Can we switch the language to French?',
    'I moved the file to another folder',
    'The manager role has too many rights',
    'Our contract template is attached',
    'When does the office open on Monday?',
  ])('nothing but praise is found in "%s"', (text) => {
    expect(kindsOf(text).filter((kind) => kind !== 'praise')).toEqual([]);
  });

  it('reads the customer alone: no quoted replies, no signature', () => {
    expect(ownWords('All fine now.\n\nOn 3 Nov 2026 Sam wrote:\n> we want a refund')).not.toContain('refund');
    expect(ownWords('All fine now.\n> we want a refund\nBye')).toBe('All fine now.\nBye');
    expect(ownWords('All fine now.\n-- \nJoe Park, legal department')).not.toContain('legal');
    expect(kindsOf('All fine now.\n> we want a refund')).toEqual([]);
  });

  it('takes two kinds, whatever the case, the apostrophe and the words between', () => {
    expect(kindsOf('STILL WAITING. And it is the THIRD TIME')).toEqual(['waiting', 'repeat']);
    expect(kindsOf('We won’t renew')).toEqual(['churn']);
    expect(kindsOf('We want to cancel this rather old subscription')).toEqual(['churn']);
  });

  it('one weak word is not enough', () => {
    expect(kindsOf('Urgent')).toEqual([]);
    expect(kindsOf('Urgent, and it is critical for us')).toEqual(['blocker']);
  });

  it('is quick on a long text of nonsense', () => {
    const began = performance.now();
    matchPhrases('not a refund * '.repeat(20_000), PHRASE_LISTS);
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
