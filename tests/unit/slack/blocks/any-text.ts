import fc from 'fast-check';

const hostile = fc.constantFrom(
  '',
  ' ',
  '\u200b',
  '\n',
  '&',
  '<',
  '>',
  '&amp;',
  '&lt;!channel&gt;',
  '<!channel>',
  '<!here|x>',
  '<@U123>',
  '<!subteam^S1>',
  '<https://evil.example|Acme>',
  '*bold*',
  '_it_',
  '~no~',
  '`code`',
  '```',
  '> quote',
  '@channel',
  '@here',
  '|',
  '👩‍👩‍👧‍👦',
  '🇧🇷',
  '\ud83d',
  '\udc69',
  '\u202eabc',
  '\u0000',
  'e\u0301',
  '✅',
  'Ж',
  '漢字',
  ':tada:',
  'month_end',
  'a\r\nb',
);
const piece = fc.oneof(
  hostile,
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);
/** A piece repeated until it is about as long as a limit, or far beyond it. */
const long = fc
  .tuple(
    piece,
    fc.constantFrom(10, 24, 30, 75, 100, 150, 300, 1999, 2000, 2999, 3000, 3001, 50_000),
    fc.nat(3),
  )
  .map(
    ([unit, length, pad]) =>
      'x'.repeat(pad) + (unit || 'a').repeat(Math.ceil(length / (unit || 'a').length)).slice(0, length),
  );

/** What people may type: everything, short and long, cut anywhere. */
export const anyText = fc.oneof(
  { weight: 3, arbitrary: fc.array(piece, { maxLength: 8 }).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: long },
);
