import {
  byAgent,
  byCustomer,
  type Decision,
  isPost,
  type Line,
  type Post,
  type Team,
  textOf,
  threadOf,
} from './load.js';

/**
 * The second reader: design §4 *Contacts* taken by the letter, without understanding what is written. Where the label of
 * a message differs from this reading, the expectation says why (`note`), so that every judgement call can be found.
 */

const HOUR = 3_600_000;
const when = (line: Line) => Date.parse(line.at);

/** Words as people count them, also where nobody writes spaces. */
function words(text: string): number {
  const segments = new Intl.Segmenter(/[\u3040-\u30ff]/.test(text) ? 'ja' : 'en', { granularity: 'word' });
  if (/[\u3040-\u30ff\u4e00-\u9fff]/.test(text))
    return [...segments.segment(text)].filter((s) => s.isWordLike).length;
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

const COURTESY = [
  'thanks',
  'thank you',
  'thx',
  'ty',
  'many',
  'so much',
  'a lot',
  'very much',
  'great',
  'perfect',
  'awesome',
  'noted',
  'danke',
  'vielen dank',
  'besten dank',
  'herzlichen dank',
  'dir',
  'schön',
  'super',
  'perfekt',
  'top',
  'merci',
  'beaucoup',
  'parfait',
  'un grand',
  'gracias',
  'muchas',
  'mil',
  'perfecto',
  'genial',
  'obrigado',
  'obrigada',
  'muito',
  'perfeito',
  'ありがとうございます',
  'ありがとうございました',
  'grazie',
  'mille',
  'perfetto',
  'bedankt',
  'dank je wel',
  'good morning',
  'morning',
  'everyone',
  'hi',
  'hello',
  'there',
  'all',
  'team',
  'guten morgen',
  'moin',
  'hallo',
  'zusammen',
  'bonjour',
  'à tous',
  'salut',
  'buenos días',
  'hola',
  'a todos',
  'buenas tardes',
  'bom dia',
  'olá',
  'boa tarde',
  'おはようございます',
  'お世話になっております',
  'buongiorno',
  'ciao',
  'a tutti',
  'goedemorgen',
  'allemaal',
].sort((a, b) => b.length - a.length);

/** Nothing but greetings and thanks. */
function isCourtesy(text: string): boolean {
  let rest = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  if (rest === '') return true;
  while (rest !== '') {
    const phrase = COURTESY.find((p) => rest === p || rest.startsWith(`${p} `));
    if (!phrase) return false;
    rest = rest.slice(phrase.length).trim();
  }
  return true;
}

interface Contact {
  id: string;
  roots: Set<string>;
  last: Map<string, number>;
}

export function readPlainly(lines: readonly Line[], team: Team): Map<string, Decision> {
  const capture = new Map(team.channels.map((channel) => [channel.id, channel.capture]));
  const decided = new Map<string, Decision>();
  const contacts = new Map<string, Contact[]>();
  const ours = new Map<string, Post[]>();
  for (const line of lines) {
    if (!isPost(line)) continue;
    const here = ours.get(line.channel) ?? [];
    ours.set(line.channel, here);
    decided.set(line.id, decide(line, here));
    if (byAgent(line) && line.kind !== 'join') here.push(line);
  }
  return decided;

  function decide(line: Post, our: readonly Post[]): Decision {
    if (line.kind === 'bot') return { is: 'none', why: 'bot' };
    if (line.kind === 'join') return { is: 'none', why: 'join' };
    if (byAgent(line)) return { is: 'none', why: 'ours' };
    if (!byCustomer(line) || capture.get(line.channel) === 'ignore') return { is: 'none', why: 'ignored' };
    const text = textOf(line);
    const thread = threadOf(line);
    const open = contacts.get(line.channel) ?? [];
    contacts.set(line.channel, open);
    if (line.kind !== 'file' && isCourtesy(text)) return { is: 'none', why: 'courtesy' };
    const ago = (post: Post) => when(line) - when(post);
    const bare = line.kind !== 'file' && !/[?？]|https?:/.test(text);
    if (bare && words(text) <= 4 && our.some((post) => ago(post) <= 24 * HOUR))
      return { is: 'none', why: 'short' };
    const same = open.find((contact) => thread !== undefined && contact.roots.has(thread));
    const near = open.findLast((contact) =>
      [...contact.last].some(([by, at]) => when(line) - at <= (by === line.by ? 2 : 1) * HOUR),
    );
    const contact = same ?? (thread === undefined ? near : undefined);
    if (contact) {
      contact.last.set(line.by, when(line));
      contact.roots.add(thread ?? line.id);
      return { is: 'joins', contact: contact.id };
    }
    const asked = our.some(
      (post) => ago(post) <= 4 * HOUR && (post.id === thread || threadOf(post) === thread),
    );
    if (asked) return { is: 'none', why: 'answer' };
    open.push({ id: line.id, roots: new Set([thread ?? line.id]), last: new Map([[line.by, when(line)]]) });
    return { is: 'opens', contact: line.id };
  }
}
