import fc from 'fast-check';
import { expect, test } from 'vitest';
import { escapeText, readIncoming } from '../../../../src/slack/blocks/index.js';
import { anyText } from './any-text.js';

test('what people typed comes back as they typed it', () => {
  fc.assert(fc.property(anyText, (text) => readIncoming(escapeText(text)) === text));
});

test.each([
  ['hi <@U1>, see <#C1|general>', 'hi @Ana, see #general'],
  ['<@U2|joe> and <@U3>', '@joe and @U3'],
  ['<https://x.example/?a=1&amp;b=2>', 'https://x.example/?a=1&b=2'],
  ['<https://x.example|the &lt;docs&gt;>', 'the <docs>'],
  ['<mailto:joe@acme.example|joe@acme.example> <mailto:a@b.example>', 'joe@acme.example a@b.example'],
  ['<!here> <!channel|@channel> <!subteam^S1|@leads> <!subteam^S1>', '@here @channel @leads @group'],
  ['<!date^1392734382^{date}|18 Feb>', '18 Feb'],
  ['a &amp;lt; b', 'a &lt; b'],
])('%s', (incoming, read) => {
  expect(readIncoming(incoming, { user: (id) => (id === 'U1' ? 'Ana' : undefined) })).toBe(read);
});
