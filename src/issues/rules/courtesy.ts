/** Greetings, thanks and nods in the languages of our customers; letters only, so that "Thanks!! 🙏" is found. */
const PHRASES = `
everyone|everybody|all|team|folks|guys|there|zusammen|allerseits|miteinander|tutti|todos|tous|allemaal|alla|pessoal|
hi|hello|hey|hiya|hi all|hi team|hello team|hey team|hi everyone|hello everyone|hi there|hello there|hey there|hi folks|
good morning|good afternoon|good evening|morning|morning all|happy friday|have a great day|have a nice day|
have a good day|have a great weekend|have a nice weekend|have a good weekend|enjoy your weekend|you too|same to you|
thanks|thank you|thx|ty|tysm|thanks a lot|thanks a million|thank you so much|thank you very much|thanks so much|
thanks very much|many thanks|much appreciated|appreciated|appreciate it|really appreciate it|thanks again|thank you again|
thanks all|thanks team|thanks everyone|thank you team|thank you all|thanks for the help|thanks for your help|
thank you for your help|thanks for the quick help|thanks for the quick reply|thanks for the fast reply|
thanks for the quick response|thanks for the update|thank you for the update|thanks for letting us know|
thanks for letting me know|thanks for looking into it|thanks for looking into this|cheers|kudos|
great|perfect|awesome|amazing|excellent|brilliant|fantastic|wonderful|nice|nice one|cool|lovely|super|love it|
ok|okay|okey|k|kk|got it|understood|noted|will do|sounds good|sounds great|looks good|all good|makes sense|works for me|
great work|good job|great job|well done|np|no problem|no worries|you re welcome|welcome|sure|sure thing|yes|yep|yeah|yup|
of course|absolutely|agreed|roger|copy that|bye|see you|talk soon|talk later|
danke|vielen dank|danke schön|danke sehr|herzlichen dank|besten dank|tausend dank|danke dir|danke euch|danke ihnen|
super danke|hallo|hallo zusammen|hi zusammen|guten morgen|guten tag|guten abend|moin|moin moin|servus|alles klar|passt|
passt so|prima|klasse|spitze|top|okay danke|ja|ja danke|gerne|gern|gern geschehen|kein problem|schönes wochenende|
schönen tag|schönen tag noch|einen schönen tag|schönen feierabend|viele grüße|liebe grüße|beste grüße|lg|vg|bis dann|tschüss|
danke für die hilfe|danke für die schnelle hilfe|danke für die schnelle antwort|danke für die info|
merci|merci beaucoup|merci bien|un grand merci|mille mercis|merci à vous|merci à tous|merci pour votre aide|
merci pour l aide|merci pour votre retour|bonjour|bonjour à tous|bonsoir|salut|coucou|d accord|parfait|super merci|génial|
très bien|ça marche|oui|entendu|de rien|bonne journée|bonne soirée|bon week end|bon weekend|cordialement|à bientôt|
gracias|muchas gracias|mil gracias|gracias a todos|gracias por la ayuda|gracias por su ayuda|hola|hola a todos|buenos días|
buenas|buenas tardes|buenas noches|vale|vale gracias|de acuerdo|perfecto|genial|estupendo|excelente|sí|claro|de nada|
saludos|un saludo|buen día|buen fin de semana|entendido|listo|
obrigado|obrigada|muito obrigado|muito obrigada|brigado|olá|oi|oi pessoal|bom dia|boa tarde|boa noite|valeu|perfeito|ótimo|
certo|combinado|beleza|sim|de nada|abraço|abraços|bom fim de semana|
grazie|grazie mille|molte grazie|tante grazie|ciao|ciao a tutti|buongiorno|buonasera|salve|perfetto|ottimo|va bene|prego|
benissimo|buona giornata|buon weekend|
tack|tack så mycket|tusen tack|stort tack|hej|hej hej|hejsan|god morgon|toppen|perfekt|tak|mange tak|takk|tusen takk|
bedankt|heel erg bedankt|hartelijk dank|dank je|dank je wel|dankjewel|dank u|dank u wel|hoi|goedemorgen|goedemiddag|prima dank|
top bedankt|oké|helemaal goed|fijn weekend|fijne dag|graag gedaan|kiitos|paljon kiitoksia|
dziękuję|dziękuję bardzo|dzięki|wielkie dzięki|cześć|dzień dobry|super dzięki|děkuji|díky|dobrý den|ahoj|
спасибо|большое спасибо|спасибо большое|здравствуйте|привет|добрый день|хорошо|отлично|дякую|
teşekkürler|teşekkür ederim|çok teşekkürler|sağ ol|merhaba|günaydın|tamam|
ありがとう|ありがとうございます|ありがとうございました|どうもありがとうございます|助かりました|了解です|了解しました|承知しました|
承知いたしました|かしこまりました|お疲れ様です|お世話になっております|よろしくお願いします|よろしくお願いいたします|おはようございます|
こんにちは|はい|谢谢|谢谢你|谢谢您|多谢|非常感谢|感谢|谢谢大家|你好|您好|大家好|早上好|好的|收到|没问题|
감사합니다|감사해요|고맙습니다|안녕하세요|네|네 감사합니다|알겠습니다|
شكرا|شكرا جزيلا|مرحبا|תודה|תודה רבה|שלום|धन्यवाद|नमस्ते|cảm ơn|xin chào|terima kasih|makasih|salamat|ขอบคุณ|ขอบคุณครับ|ขอบคุณค่ะ|สวัสดี
`;

const COURTESIES: ReadonlySet<string> = new Set(
  PHRASES.split('|')
    .map((phrase) => phrase.replace(/\s+/gu, ' ').trim())
    .filter(Boolean),
);
const LONGEST = Math.max(...[...COURTESIES].map((phrase) => phrase.split(' ').length));
const WORDS: ReadonlySet<string> = new Set([...COURTESIES].flatMap((phrase) => phrase.split(' ')));
/** Nobody greets more people than this by name in one breath. */
const NAMES_MAX = 6;

/**
 * True when the words say hello, thanks or yes and nothing else: phrases of the list in a row, with names in between.
 * @param names first names of people, in small letters: "Thanks Priya"
 */
export function isCourtesy(text: string, names: ReadonlySet<string> = new Set()): boolean {
  const words = wordsOf(text);
  // Emoji, or somebody called by name: neither says what about.
  if (words.length === 0) return text.trim() !== '' && !/[?？؟]/u.test(text);
  const others = words.filter((word) => !WORDS.has(word));
  if (others.length > NAMES_MAX || !others.every((word) => names.has(word))) return false;
  return !/[?？؟]/u.test(text) && isMadeOf(words, names);
}

/** Whether it may depend on the names of people that some words are a courtesy: of a report it does not. */
export function dependsOnNames(text: string): boolean {
  return wordsOf(text).filter((word) => !WORDS.has(word)).length <= NAMES_MAX;
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .replace(/@\S+|:[a-z0-9_+-]+(?:::[a-z0-9-]+)?:/gu, ' ')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .split(' ')
    .filter(Boolean);
}

function isMadeOf(words: readonly string[], names: ReadonlySet<string>): boolean {
  // reached[i]: the first i words are phrases and names.
  const reached = [true, ...words.map(() => false)];
  for (let start = 0; start < words.length; start += 1) {
    if (!reached[start]) continue;
    for (let end = start + 1; end <= Math.min(words.length, start + LONGEST); end += 1) {
      const part = words.slice(start, end).join(' ');
      if (COURTESIES.has(part) || (end === start + 1 && names.has(part))) reached[end] = true;
    }
  }
  // A name alone calls somebody: whether that is all, nobody knows yet.
  return reached[words.length] === true && !words.every((word) => names.has(word));
}
