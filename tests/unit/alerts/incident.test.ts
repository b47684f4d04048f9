import { describe, expect, it } from 'vitest';
import {
  commonWord,
  incidentWords,
  looksLikeIncident,
  namesIncident,
  readIncident,
} from '../../../src/alerts/rules/incident.js';

describe('what belongs to an incident', () => {
  it.each([
    ['API down', 'The api does not answer', true],
    ['API down', 'Our invoices are down again', false],
    ['Exports fail', 'Is the export broken?', true],
    ['Exports fail', 'Everything fails here', false],
    ['Login: SSO outage', 'nobody gets past SSO', true],
    ['Störung', 'Habt ihr gerade eine Störung?', true],
    ['It is down', 'Are you down?', true],
    ['API down', '', false],
  ])('"%s" and "%s": %s', (title, text, is) => {
    expect(namesIncident(text, incidentWords(title))).toBe(is);
  });

  it('is guessed from the word that most have in common', () => {
    const texts = ['The login fails', 'login broken?', 'No LOGIN since nine', 'Invoices look odd', 'Hello'];
    expect(commonWord(texts)).toBe('login');
    expect(commonWord(texts.slice(2))).toBeNull();
  });

  it('is offered from five accounts on, at a busy desk from three times its usual', () => {
    expect(looksLikeIncident(4, 0)).toBe(false);
    expect(looksLikeIncident(5, 100)).toBe(true);
    // 1 600 contacts a week are twenty in each half hour.
    expect(looksLikeIncident(59, 1_600)).toBe(false);
    expect(looksLikeIncident(60, 1_600)).toBe(true);
  });
});

describe('what is typed behind /baton incident', () => {
  it.each([
    ['', { do: 'show' }],
    ['  API   down ', { do: 'open', title: 'API down' }],
    ['end', { do: 'end', title: null }],
    ['END The API answers', { do: 'end', title: 'The API answers' }],
    ['add Acme Inc', { do: 'add', account: 'Acme Inc' }],
    ['remove acme', { do: 'remove', account: 'acme' }],
    ['add', { do: 'open', title: 'add' }],
  ])('%j', (text, read) => expect(readIncident(text)).toEqual(read));

  it('keeps a title to what a card holds, whole characters', () => {
    const read = readIncident('🦊'.repeat(500));
    expect(read).toEqual({ do: 'open', title: '🦊'.repeat(120) });
  });
});
