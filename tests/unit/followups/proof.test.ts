import { describe, expect, it } from 'vitest';
import { mayBeProof, type ProofFacts } from '../../../src/followups/rules/proof.js';

const LIVE = 1_000;
const facts: ProofFacts = {
  liveAt: LIVE,
  threads: [{ channel: 'C1', threadTs: '1.000100' }],
  titles: ['Export drops rows in March'],
  numbers: [42],
  names: ['ENG-311', 'https://linear.app/acme/issue/ENG-311', '4.1'],
};
const said = (text: string, more: { threadTs?: string; channel?: string; at?: number } = {}) =>
  mayBeProof({ channel: 'C1', ts: '2.000100', author: 'U1', at: LIVE, threadTs: null, text, ...more }, facts);

describe('whether a message may be the one in which the customer was told', () => {
  it.each([
    'B-42 is done',
    'your issue b42',
    'ENG-311 went out',
    'see https://linear.app/acme/issue/ENG-311',
    'Version 4.1 is out.',
    'Exporting rows works again',
    'The MARCH export is fine now',
  ])('it names it, or shares words with its title: %s', (text) => {
    expect(said(text)).toBe(true);
  });

  it.each([
    'B-421 is done',
    'ENG-3111 went out',
    'Version 4.12 is out',
    'Lunch was great',
    'One row of trees',
    'it is fixed',
    '',
  ])('it is about something else: %s', (text) => {
    expect(said(text)).toBe(false);
  });

  it('anything in the thread of the issue; not in another channel with the same root', () => {
    expect(said('try again please', { threadTs: '1.000100' })).toBe(true);
    expect(said('try again please', { threadTs: '1.000200' })).toBe(false);
    expect(said('try again please', { threadTs: '1.000100', channel: 'C2' })).toBe(false);
  });

  it('nothing that was said before it was live', () => {
    expect(said('B-42 is done', { at: LIVE - 1 })).toBe(false);
    expect(said('soon', { threadTs: '1.000100', at: LIVE - 1 })).toBe(false);
  });

  it('a title of everyday words alone, or none, is not recognised by them', () => {
    const plain = { ...facts, titles: ['It does not work', ''], numbers: [], names: [], threads: [] };
    const message = { channel: 'C1', ts: '2.0', author: 'U1', at: LIVE, threadTs: null };
    expect(mayBeProof({ ...message, text: 'It does not work there either' }, plain)).toBe(false);
  });
});
