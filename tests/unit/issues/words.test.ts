import { describe, expect, it } from 'vitest';
import { isCourtesy } from '../../../src/issues/rules/courtesy.js';
import { isGoodNews } from '../../../src/issues/rules/good-news.js';

describe('hello and thanks', () => {
  it.each([
    ['Thanks!! 🙏'],
    ['Perfect, thank you so much Priya!'],
    ['Morning everyone'],
    ['Hi @USAM'],
    ['👍'],
    [':tada:'],
    ['Super, vielen Dank euch allen'.replace(' euch allen', '')],
    ['Merci beaucoup, bonne journée'],
    ['Muchas gracias!'],
    ['Muito obrigada'],
    ['Grazie mille'],
    ['ありがとうございます。'],
    ['Спасибо большое'],
    ['ok great'],
    ['Priya, thanks'],
    ['Thanks Priya!'],
  ])('%s is nothing else', (text) => expect(isCourtesy(text, new Set(['priya']))).toBe(true));

  it.each([
    ['Thanks, but it still fails'],
    ['Thanks for the export'],
    ['Hello?'],
    ['Hi, can you look'],
    ['Priya'],
    ['ok 500'],
    [''],
    ['danke nicht'],
    ['great, another outage'],
  ])('%s is more', (text) => expect(isCourtesy(text, new Set(['priya']))).toBe(false));
});

describe('good news', () => {
  it.each([
    ['Works again, thanks a lot to the whole team'],
    ['Läuft wieder, vielen Dank für die schnelle Hilfe!'],
    ['Tout fonctionne maintenant, merci pour votre aide rapide'],
    ['works'],
    ['無事に動きました。迅速なご対応ありがとうございました。'],
  ])('%s needs nobody', (text) => expect(isGoodNews(text)).toBe(true));

  it.each([
    ['Thanks, but it is still broken here'],
    ['It works for me but not for Jill, thanks'],
    ['Works, thanks. Can you do the same for Lyon?'],
    ['Danke, läuft aber immer noch nicht'],
    ['It fails again, thanks for looking'],
    ['the one report works and then the whole page is blank'],
    ['まだ動きません。ありがとうございます。'],
  ])('%s needs somebody', (text) => expect(isGoodNews(text)).toBe(false));
});
