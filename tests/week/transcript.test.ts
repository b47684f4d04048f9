import { describe, expect, it } from 'vitest';
import { derive } from './derive.js';
import { byAgent, byCustomer, isPost, type Line, loadWeek, problems, textOf, threadOf } from './load.js';
import { PROBLEMS, THANKS } from './phrases.js';
import { readPlainly } from './plain-reading.js';

/** Holds the written week and its expectation against themselves. The product is not asked anything here. */

const { team, lines, expected } = loadWeek();
const { decisions } = expected;
const posts = lines.filter(isPost);
const line = new Map(lines.map((each) => [each.id, each]));
const spoken = posts.filter((post) => byCustomer(post) && post.kind !== 'join');
const of = <K extends Line['kind']>(kind: K) => lines.filter((each) => each.kind === kind);
const captured = (mode: string) =>
  team.channels.filter((channel) => channel.capture === mode).map((c) => c.id);
const counts = (values: string[]) => {
  const by = new Map<string, number>();
  for (const value of values) by.set(value, (by.get(value) ?? 0) + 1);
  return by;
};

describe('the transcript', () => {
  it('has ids that are unique, references that resolve, and lines in the order of time', () => {
    expect(problems(team, lines)).toEqual([]);
  });

  it('is refused where it does not hold together', () => {
    const [first, second] = posts as [Line, Line];
    expect(problems(team, [first, first])).toContainEqual(expect.stringContaining('id used before'));
    expect(problems(team, [second, { ...first, at: '2026-11-09T00:00:01+01:00' }])).toContainEqual(
      expect.stringContaining('is earlier'),
    );
    const lost: Line = { ...first, kind: 'reply', text: 'x', thread: 'm9999', id: 'm9998' };
    expect(problems(team, [lost])).toContainEqual(expect.stringContaining('m9999, which is not before it'));
  });

  it('is the week that was promised', () => {
    expect(team.agents).toHaveLength(14);
    expect(new Set(lines.filter(byAgent).map((each) => each.by)).size).toBe(14);
    expect(team.channels).toHaveLength(180);
    expect(new Set(team.channels.map((channel) => channel.account)).size).toBe(180);
    expect(expected.contacts.length).toBeGreaterThanOrEqual(400);
    expect([captured('auto'), captured('off'), captured('ignore')].map((list) => list.length)).toEqual([
      8, 6, 4,
    ]);
    for (const mode of ['auto', 'off', 'ignore']) {
      const busy = captured(mode).filter((id) => spoken.some((post) => post.channel === id));
      expect(busy.length, mode).toBeGreaterThanOrEqual(3);
    }
  });

  it('is uneven: a few busy channels, many with little, some silent', () => {
    const opened = counts(expected.contacts.map((contact) => contact.channel));
    expect([...opened.values()].filter((n) => n >= 8).length).toBeGreaterThanOrEqual(4);
    expect([...opened.values()].filter((n) => n <= 2).length).toBeGreaterThanOrEqual(60);
    expect(
      team.channels.filter((c) => !posts.some((post) => post.channel === c.id)).length,
    ).toBeGreaterThanOrEqual(10);
    const days = counts(posts.map((post) => post.at.slice(8, 10)));
    for (const day of ['09', '10', '11', '12', '13']) expect(days.get(day), day).toBeGreaterThan(200);
    const late = spoken.filter((post) => /T(0[0-8]|1[7-9]|2\d):/.test(post.at) || /-1[45]T/.test(post.at));
    expect(late.length).toBeGreaterThanOrEqual(20);
  });

  it('has problems in many words and no two openings alike', () => {
    expect(Object.values(PROBLEMS).flat().length).toBeGreaterThanOrEqual(120);
    const openings = expected.contacts
      .map((contact) => textOf(line.get(contact.id) as Line))
      .filter((text) => text !== '');
    expect(new Set(openings).size).toBe(openings.length);
  });

  it('thanks in at least five languages, also after an issue is resolved', () => {
    const tongues = (texts: string[]) =>
      Object.entries(THANKS)
        .filter(([, phrases]) => texts.some((text) => phrases.includes(text)))
        .map(([tongue]) => tongue);
    expect(tongues(spoken.map(textOf)).length).toBeGreaterThanOrEqual(7);
    const resolved = expected.afterResolved.map((entry) => textOf(line.get(entry.message) as Line));
    expect(tongues(resolved).length).toBeGreaterThanOrEqual(5);
  });

  it('has every shape that was asked for', () => {
    expect(of('edit').length).toBeGreaterThanOrEqual(20);
    expect(of('delete').length).toBeGreaterThanOrEqual(8);
    expect(of('unfurl').length).toBeGreaterThanOrEqual(15);
    expect(of('reply').length).toBeGreaterThanOrEqual(400);
    expect(of('file').filter(byCustomer).length).toBeGreaterThanOrEqual(12);
    expect(of('bot').length).toBeGreaterThanOrEqual(20);
    expect(of('join').length).toBeGreaterThanOrEqual(8);
    expect(of('command').length).toBeGreaterThanOrEqual(6);
    expect(of('shortcut').length).toBeGreaterThanOrEqual(6);
    expect(of('unreact').length).toBeGreaterThanOrEqual(2);
    const emoji = counts(
      of('react')
        .filter(byAgent)
        .map((each) => ('emoji' in each ? each.emoji : '')),
    );
    for (const name of ['ticket', 'eyes', 'white_check_mark', 'rotating_light']) {
      expect(emoji.get(name), name).toBeGreaterThanOrEqual(2);
    }
    expect(lines.some((each) => byCustomer(each) && each.kind === 'react' && each.emoji === 'ticket')).toBe(
      true,
    );
    expect(lines.some((each) => each.kind === 'reply' && each.broadcast)).toBe(true);
    expect(spoken.some((post) => post.by.slice(5, 8) !== post.channel.slice(2))).toBe(true);
    expect(expected.issues.flatMap((issue) => issue.again).length).toBeGreaterThanOrEqual(10);
  });
});

describe('the expectation', () => {
  it('decides every message of the transcript and nothing else', () => {
    expect(Object.keys(decisions).sort()).toEqual(posts.map((post) => post.id).sort());
  });

  it('lets a message join only a contact of its channel that was open before', () => {
    for (const [id, decision] of Object.entries(decisions)) {
      if (decision.is === 'opens') expect(decision.contact, id).toBe(id);
      if (decision.is === 'joins') expect(decision.contact, id).toBeDefined();
      if (decision.is === 'none') expect(decision.why, id).toBeDefined();
      if (decision.contact === undefined) continue;
      const opener = line.get(decision.contact) as Line;
      expect(decisions[opener.id]?.is, id).toBe('opens');
      expect(opener.channel, id).toBe(line.get(id)?.channel);
      expect(opener.at <= (line.get(id) as Line).at, id).toBe(true);
    }
  });

  it('differs from a reading by the letter only where it says why, and seldom', () => {
    const plain = readPlainly(lines, team);
    const differing = spoken.filter((post) => {
      const label = decisions[post.id];
      const read = plain.get(post.id);
      const allowed = label?.is === read?.is || (label?.or ?? []).includes(read?.is ?? 'none');
      return !allowed || (read?.is === 'joins' && read.contact !== label?.contact);
    });
    expect(differing.filter((post) => decisions[post.id]?.note === undefined).map((post) => post.id)).toEqual(
      [],
    );
    expect(differing.length).toBeGreaterThanOrEqual(10);
    expect(differing.length / spoken.length).toBeLessThan(0.025);
  });

  it('says what follows from its own labels: replies, lines, issues, private answers', () => {
    const { decisions: _, notSuggested, ...rest } = expected;
    expect(rest).toEqual(derive(team, lines, decisions, notSuggested));
  });

  it('wants nothing from ignored channels, no line where capture is off or auto', () => {
    const ignored = new Set(captured('ignore'));
    const quiet = new Set([...ignored, ...captured('off'), ...captured('auto')]);
    expect(expected.contacts.filter((contact) => ignored.has(contact.channel))).toEqual([]);
    expect(expected.issues.filter((issue) => ignored.has(issue.channel))).toEqual([]);
    expect(expected.suggestions.filter((entry) => quiet.has(entry.channel))).toEqual([]);
  });

  it('makes one issue of one source, offers a contact once, and settles what it offers', () => {
    const sources = expected.issues.flatMap((issue) => issue.sources);
    expect(new Set(sources).size).toBe(sources.length);
    const offered = expected.suggestions.map((entry) => entry.contact);
    expect(new Set(offered).size).toBe(offered.length);
    const fates = counts(expected.suggestions.map((entry) => entry.became));
    for (const fate of ['logged', 'added', 'answered', 'not an issue', 'folded', 'withdrawn']) {
      expect(fates.get(fate), fate).toBeGreaterThanOrEqual(3);
    }
    const shared = counts(expected.suggestions.map((entry) => String(entry.line)));
    expect([...shared.values()].filter((n) => n > 1).length).toBeGreaterThanOrEqual(3);
  });

  it('reopens for "still broken" and never for thanks', () => {
    const said = (reopens: boolean) => expected.afterResolved.filter((entry) => entry.reopens === reopens);
    expect(said(true).length).toBeGreaterThanOrEqual(10);
    expect(said(false).length).toBeGreaterThanOrEqual(20);
    for (const entry of said(true)) expect(decisions[entry.message]?.is, entry.message).toBe('joins');
    for (const entry of expected.afterResolved)
      expect(threadOf(line.get(entry.message) as Line)).toBeDefined();
  });

  it('tells customers nothing', () => {
    for (const entry of expected.private) expect(entry.to).toMatch(/^agent-/);
    expect(expected.noise.visibleInCustomerChannels).toBe(0);
  });
});
