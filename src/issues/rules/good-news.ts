import { wordCount } from './contact.js';

/**
 * "Works again, thanks to the whole team": a customer says that it works, which is no reason to open an issue again. To
 * be believed, a word for it must be there, and none that takes it back.
 */

/** Whole words, or for languages without spaces any place in the text. */
function anyOf(words: string, unspaced = ''): RegExp {
  const whole = words.trim().split(/\s+/u).join('|');
  const anywhere = unspaced.trim() === '' ? '' : `|${unspaced.trim().split(/\s+/u).join('|')}`;
  return new RegExp(`(?<![\\p{L}\\p{M}])(?:${whole})(?![\\p{L}\\p{M}])${anywhere}`, 'iu');
}

const WORKS = anyOf(
  `works work worked working fixed solved resolved sorted läuft laufen funktioniert funktionieren geht klappt passt gelöst
  behoben erledigt fonctionne fonctionnent marche marchent résolu réglé funciona funcionan resuelto solucionado arreglado
  funcionar funcionando resolvido funziona funzionano risolto werkt werken opgelost fungerar virker fungerer działa działają
  funguje работает працює çalışıyor`,
  '動きました 動いています 解決 直りました 使えました 正常 可以了 好了 됩니다 해결',
);
const THANKS = anyOf(
  `thanks thank thx ty cheers danke dank dankeschön merci gracias obrigado obrigada grazie bedankt dankjewel tack tak takk
  kiitos dziękuję dzięki děkuji díky спасибо дякую teşekkürler teşekkür`,
  'ありがとう 感谢 谢谢 감사 고맙',
);
/** No, not, but, still, only, except, until: what makes good news less so. */
const BUT = anyOf(
  `no not n't cannot can't don't doesn't didn't isn't won't nothing never but still however though only except partly almost
  half until unless nicht nichts kein keine keinen nie aber noch immer trotzdem nur außer teilweise fast kaum leider bis pas ne
  n aucun rien jamais mais toujours encore sauf seulement presque malheureusement nada ningún nunca pero todavía aún sigue
  siguen salvo solo sólo casi não nem nenhum mas ainda exceto apenas quase infelizmente non nessuno niente mai ma ancora però
  eccetto quasi purtroppo niet geen maar nog steeds alleen behalve bijna helaas inte ikke men endast bara nie ale jeszcze tylko
  не но ещё еще только değil ama hâlâ`,
  'ない ません まだ しかし ただ けど ですが 没 不 但 还是 안 지만 아직',
);
const SHORT_WORDS = 4;

/** Whether the words say that it works now and nothing that takes it back. */
export function isGoodNews(text: string): boolean {
  if (/[?？؟]|https?:\/\//u.test(text) || BUT.test(text) || !WORKS.test(text)) return false;
  return THANKS.test(text) || wordCount(text) <= SHORT_WORDS;
}
