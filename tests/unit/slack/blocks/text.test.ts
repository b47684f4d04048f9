import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Md } from '../../../../src/slack/blocks/index.js';
import {
  bold,
  channelLink,
  clip,
  code,
  date,
  decode,
  escapeText,
  groupMention,
  join,
  lines,
  link,
  md,
  mention,
  multiline,
  plain,
  quote,
  readIncoming,
  section,
} from '../../../../src/slack/blocks/index.js';
import { anyText } from './any-text.js';

/** What a reader of mrkdwn would take as a format, a mention or a link. */
const FORMATS = /[<*`]|(?<![A-Za-z0-9])[_~]|[_~](?![A-Za-z0-9])|^\s*(?:>|&gt;)/m;

describe('escapeText and decode', () => {
  test('escapeText is undone by decode, once', () => {
    fc.assert(fc.property(anyText, (text) => decode(escapeText(text)) === text));
    expect(decode('&amp;lt;')).toBe('&lt;');
  });
});

describe('md', () => {
  test('C12: user text is inert', () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        for (const text of [md`${a}`.mrkdwn, md`x ${a} · ${b}`.mrkdwn, multiline(a).mrkdwn, date(a).mrkdwn]) {
          expect(text).not.toMatch(FORMATS);
          expect(text).not.toMatch(/&(?!(?:amp|lt|gt);)/);
          expect(text).not.toMatch(/@(?:channel|here|everyone)\b/i);
          expect(text).not.toMatch(/\p{Surrogate}/u);
        }
      }),
    );
  });

  test('C12: the classic title', () => {
    expect(md`*B-42* · ${'<!channel> & <http://x|y>'}`.mrkdwn).toBe(
      '*B-42* · &lt;!channel&gt; &amp; &lt;http://x|y&gt;',
    );
  });

  test('an interpolated string adds no line', () => {
    fc.assert(fc.property(anyText, (text) => !/[\n\r\u2028\u2029]/.test(md`${text}`.mrkdwn)));
    expect(md`${'Acme\n*Approved by admin*'}`.mrkdwn).toBe('Acme ∗Approved by admin∗');
  });

  test('what is trusted goes in as it is', () => {
    const part = md`${mention('U1')} in ${channelLink('C1')} for ${groupMention('S1')}, ${3} times & more`;
    expect(md`${part}!`.mrkdwn).toBe('<@U1> in <#C1> for <!subteam^S1>, 3 times &amp; more!');
  });

  test('names with marks inside stay as they are typed', () => {
    expect(md`${'month_end ~5% a~b snake_case_name'}`.mrkdwn).toBe('month_end ∼5% a~b snake_case_name');
  });

  test('a string inside <…> of the template is our mistake', () => {
    expect(() => md`<https://x/${'a|b'}>`).toThrow('inside <…>');
  });

  test('a raw string is no Md', () => {
    // @ts-expect-error a string must go through md
    expect(lines(['<!channel>']).mrkdwn).toBe('');
    // @ts-expect-error an object that looks like one is none
    const forged: Md = { mrkdwn: '<!channel>', isEmpty: false };
    expect(lines([forged]).mrkdwn).toBe('');
  });
});

describe('inline constructors', () => {
  test('what is no id is no mention', () => {
    expect(mention('U1> <!channel').mrkdwn).toBe('U1&gt; &lt;!channel');
    fc.assert(fc.property(anyText, (id) => /^(?:<@[\w-]+>|[^<]*)$/s.test(mention(id).mrkdwn)));
  });

  test('a link is http(s) or no link', () => {
    expect(link('https://acme.example/a?b=1&c=2', 'the ticket').mrkdwn).toBe(
      '<https://acme.example/a?b=1&amp;c=2|the ticket>',
    );
    for (const url of [
      'javascript:alert(1)',
      'slack://open',
      'https://a:b@evil.example',
      'http://',
      '!channel',
      `https://a.b/${'x'.repeat(2000)}`,
    ]) {
      expect(link(url, 'label').mrkdwn).toBe('label');
    }
    expect(link('javascript:alert(1)', ' ').mrkdwn).toBe('javascript:alert(1)');
  });

  test('a link has one target and one label, whatever it is made of', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anyText,
          anyText.map((t) => `https://acme.example/${t}`),
        ),
        anyText,
        (url, label) => {
          expect(link(url, label).mrkdwn).toMatch(/^(?:<https?:\/\/[^<>|\s]+\|[^<>|\n]+>|[^<]*)$/);
        },
      ),
    );
  });

  test('a label cannot pose as another address', () => {
    expect(link('https://evil.example/x', 'https://acme.example').mrkdwn).toBe(
      '<https://evil.example/x|evil.example>',
    );
    expect(link('https://www.acme.example/x', 'https://acme.example/x').mrkdwn).toContain(
      '|https://acme.example/x>',
    );
    expect(link('https://acme.example/x', '').mrkdwn).toBe('<https://acme.example/x|acme.example>');
  });

  test('bold and code of nothing are nothing', () => {
    expect(bold(' ').mrkdwn).toBe('');
    expect(bold('a*b').mrkdwn).toBe('*a∗b*');
    expect(bold(md`${mention('U1')}`).mrkdwn).toBe('*<@U1>*');
    expect(code('/baton `help`').mrkdwn).toBe('`/baton ˋhelpˋ`');
  });

  test('a quote is cut by lines', () => {
    expect(quote('one\n\n> two\nthree\nfour').mrkdwn).toBe('> one\n> › two\n> three …');
    expect(quote(' \n ').isEmpty).toBe(true);
  });
});

describe('lines and join', () => {
  test('drop what is not there', () => {
    expect(lines([md`a`, undefined, false, md``, md`${' '}`, md`b`]).mrkdwn).toBe('a\nb');
    expect(join([md`B-42`, undefined, md`${'Acme'}`]).mrkdwn).toBe('B-42 · Acme');
    expect(lines([]).isEmpty).toBe(true);
  });
});

describe('clip', () => {
  test('keeps the limit, ends in … only when cut, never splits a character', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 200 }), (text, max) => {
        const whole = text.replace(/\p{Surrogate}/gu, '?');
        const cut = clip(whole, max);
        expect(cut.length).toBeLessThanOrEqual(max);
        expect(cut).not.toMatch(/\p{Surrogate}/u);
        if (whole.length <= max) expect(cut).toBe(whole);
        else expect(whole.startsWith(cut.slice(0, -1)) && cut.endsWith('…')).toBe(true);
      }),
    );
  });

  test('keeps emoji whole', () => {
    expect(clip('ab👩‍👩‍👧‍👦cd', 12)).toBe('ab…');
    expect(clip('a🇧🇷🇧🇷', 8)).toBe('a🇧🇷…');
  });

  test('cuts where a reader sees characters end, whatever stands beside what', () => {
    const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
    // A mark before, a mark after, two that are one, and what belongs to nothing.
    const some = fc.constantFrom(
      ' ',
      'a',
      '~',
      '\u0600',
      '\u0301',
      '\r',
      '\n',
      '\u200d',
      '🇧',
      '👩',
      '\ud83d',
      'ж',
    );
    fc.assert(
      fc.property(fc.array(some, { maxLength: 30 }), fc.integer({ min: 1, max: 31 }), (parts, max) => {
        const text = parts.join('');
        let kept = '';
        for (const { segment } of segmenter.segment(text)) {
          if (kept.length + segment.length > max - 1) break;
          kept += segment;
        }
        expect(clip(text, max)).toBe(text.length <= max ? text : `${kept.trimEnd()}…`);
      }),
      { numRuns: 2_000 },
    );
  });

  test('plain text is never empty and counts as if escaped', () => {
    expect(plain('')).toEqual({ type: 'plain_text', text: '–', emoji: false });
    expect(plain('\u200b \n').text).toBe('–');
    expect(plain('<b>\n1', 75).text).toBe('<b> 1');
    fc.assert(
      fc.property(
        anyText,
        fc.integer({ min: 1, max: 300 }),
        (text, max) => escapeText(plain(text, max).text).length <= max,
      ),
    );
  });

  test('50,000 of anything are handled in no time', () => {
    const started = performance.now();
    for (const unit of [
      'a',
      ' ',
      '\t',
      '\n',
      ' \n',
      '&',
      '<',
      '<a',
      '>',
      '_',
      '@',
      'e\u0301',
      '\u0301',
      '👩‍👩‍👧‍👦',
    ]) {
      const text = unit.repeat(50_000);
      plain(text);
      section(
        lines([md`${text}`, multiline(text), bold(text), quote(text), link(`https://x.y/${text}`, text)]),
      );
      readIncoming(text);
    }
    expect(performance.now() - started).toBeLessThan(8000);
  });
});
