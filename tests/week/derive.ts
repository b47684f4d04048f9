import {
  byAgent,
  byCustomer,
  type Decision,
  type Expectation,
  isPost,
  type Line,
  type Post,
  type Team,
  threadOf,
} from './load.js';

/**
 * What follows from the labels without further judgement: replies, waiting, lines in triage, issues, private answers.
 * `expectation.json` holds the result, and the test beside this file checks that the two still say the same.
 */

const MINUTE = 60_000;
const ZONE = 3_600_000; // Berlin is one hour ahead of UTC all week
const OPENS = 9 * 60;
const CLOSES = 17 * 60;

const ms = (at: string): number => Date.parse(at);
export const stamp = (at: number): string => `${new Date(at + ZONE).toISOString().slice(0, 19)}+01:00`;
const dayOf = (at: string): string => at.slice(0, 10);

/** The instant `minutes` working minutes after `from`: 9 to 17, Monday to Friday. */
export function afterWorking(from: number, minutes: number): number {
  let left = minutes * MINUTE;
  let at = from + ZONE;
  for (;;) {
    const midnight = Math.floor(at / 86_400_000) * 86_400_000;
    const opens = midnight + OPENS * MINUTE;
    const closes = midnight + CLOSES * MINUTE;
    const weekday = new Date(midnight).getUTCDay();
    const begin = Math.max(at, opens);
    if (weekday > 0 && weekday < 6 && begin < closes) {
      if (begin + left <= closes) return begin + left - ZONE;
      left -= closes - begin;
    }
    at = midnight + 86_400_000;
  }
}

type Derived = Omit<Expectation, 'decisions' | 'notSuggested'>;
type Issue = Expectation['issues'][number];
type Suggestion = Expectation['suggestions'][number];

interface Contact {
  id: string;
  opener: Post;
  members: Post[];
  roots: Set<string>;
  reply: Post | null;
}

const rootOf = (line: Post): string => threadOf(line) ?? line.id;

function gather(lines: readonly Line[], decisions: Record<string, Decision>): Contact[] {
  const contacts = new Map<string, Contact>();
  for (const line of lines) {
    if (!isPost(line)) continue;
    const decision = decisions[line.id];
    if (decision?.is === 'opens') {
      contacts.set(line.id, {
        id: line.id,
        opener: line,
        members: [line],
        roots: new Set([rootOf(line)]),
        reply: null,
      });
    } else if (decision?.is === 'joins' && decision.contact) {
      const contact = contacts.get(decision.contact);
      contact?.members.push(line);
      contact?.roots.add(rootOf(line));
    } else if (byAgent(line) && line.kind !== 'join') {
      const here = [...contacts.values()].filter(
        (c) => c.opener.channel === line.channel && c.reply === null,
      );
      const thread = threadOf(line);
      const contact = thread === undefined ? here.at(-1) : here.find((c) => c.roots.has(thread));
      if (contact) contact.reply = line;
    }
  }
  return [...contacts.values()];
}

export function derive(
  team: Team,
  lines: readonly Line[],
  decisions: Record<string, Decision>,
  notSuggested: readonly { contact: string }[],
): Derived {
  const capture = new Map(team.channels.map((channel) => [channel.id, channel.capture]));
  const posts = new Map(lines.filter(isPost).map((line) => [line.id, line]));
  const contacts = gather(lines, decisions);
  const contactOf = new Map(
    contacts.flatMap((contact) => contact.members.map((post) => [post.id, contact] as const)),
  );
  const deletedAt = new Map(
    lines.flatMap((line) => (line.kind === 'delete' ? [[line.of, line.at] as const] : [])),
  );
  const withdrawnAt = (contact: Contact) => {
    const times = contact.members.map((post) => deletedAt.get(post.id));
    return times.some((at) => at === undefined) ? undefined : (times as string[]).sort().at(-1);
  };
  const seenAt = (contact: Contact) =>
    lines.find((l) => l.kind === 'react' && byAgent(l) && contact.members.some((post) => post.id === l.of))
      ?.at;

  // Issues, in the order of the acts.
  const issues: Issue[] = [];
  const issueOf = new Map<string, Issue>();
  const privates: Derived['private'] = [];
  const afterResolved: Derived['afterResolved'] = [];
  const folds = new Map<string, { became: Suggestion['became']; at: string }>();
  const state = new Map<Issue, 'open' | 'resolved'>();
  const tell = (line: Line, kind: Derived['private'][number]['kind'], issue: Issue | null, must: boolean) =>
    privates.push({ at: line.at, to: line.by, kind, issue: issue?.id ?? null, must });

  function log(line: Line, source: Post | undefined, way: Issue['way'], must: boolean): void {
    const by = byAgent(line) ? line.by : null;
    const before = source && issueOf.get(source.id);
    if (before && by) {
      before.again.push({ by, way, at: line.at });
      tell(line, 'already logged', before, true);
      return;
    }
    const made: Issue = {
      id: `i${issues.length + 1}`,
      channel: line.channel,
      sources: source ? [source.id] : [],
      way,
      by,
      at: line.at,
      again: [],
      resolved: [],
      reopened: [],
    };
    issues.push(made);
    state.set(made, 'open');
    if (source) issueOf.set(source.id, made);
    const contact = source && contactOf.get(source.id);
    if (contact && !folds.has(contact.id)) {
      folds.set(contact.id, { became: way === 'suggestion' ? 'logged' : 'folded', at: line.at });
    }
    if (by) tell(line, 'logged', made, must);
  }

  const isLogged = (contact: Contact) => contact.members.some((post) => issueOf.has(post.id));
  for (const line of lines) {
    const mode = capture.get(line.channel);
    if (mode === 'ignore') continue;
    const target = 'of' in line ? posts.get(line.of) : undefined;
    if (isPost(line) && mode === 'auto' && decisions[line.id]?.is === 'opens') log(line, line, 'auto', false);
    if (line.kind === 'react' && byAgent(line) && target) {
      const issue = issueOf.get(target.id) ?? null;
      if (line.emoji === 'ticket') log(line, target, 'reaction', false);
      if (line.emoji === 'white_check_mark' && issue) tell(line, 'resolve?', issue, true);
      if (line.emoji === 'rotating_light') tell(line, 'names the shortcut', issue, true);
    }
    if (line.kind === 'shortcut') log(line, target, 'shortcut', true);
    if (line.kind === 'command') {
      const recent = contacts.filter(
        (c) =>
          c.opener.channel === line.channel &&
          c.opener.at < line.at &&
          c.members.some((post) => post.at < line.at && ms(line.at) - ms(post.at) <= 120 * MINUTE) &&
          !isLogged(c),
      );
      log(line, recent.at(-1)?.opener, 'command', true);
    }
    if (line.kind === 'press' && target) {
      const contact = contactOf.get(target.id);
      const issue = issueOf.get(line.action === 'add' && line.to ? line.to : target.id);
      if (line.action === 'log') log(line, target, 'suggestion', false);
      if (line.action === 'add' && issue && contact) {
        issue.sources.push(target.id);
        issueOf.set(target.id, issue);
        folds.set(contact.id, { became: 'added', at: line.at });
      }
      if (line.action === 'not an issue' && contact)
        folds.set(contact.id, { became: 'not an issue', at: line.at });
      if (line.action === 'resolve' && issue) {
        issue.resolved.push(line.at);
        state.set(issue, 'resolved');
      }
    }
    if (isPost(line) && byCustomer(line) && line.kind !== 'join') {
      const thread = threadOf(line);
      const issue =
        thread && issues.find((i) => i.sources.some((id) => rootOf(posts.get(id) as Post) === thread));
      if (issue && state.get(issue) === 'resolved') {
        const reason = decisions[line.id]?.why;
        const reopens = reason !== 'courtesy' && reason !== 'warm thanks' && reason !== 'short';
        afterResolved.push({
          message: line.id,
          issue: issue.id,
          reopens,
          exact: reopens || reason === 'courtesy',
        });
        if (reopens) {
          issue.reopened.push(line.id);
          state.set(issue, 'open');
        }
      }
    }
  }

  // Lines in triage.
  const spared = new Set(notSuggested.map((entry) => entry.contact));
  const suggestions: Suggestion[] = [];
  for (const contact of contacts) {
    if (capture.get(contact.opener.channel) !== 'suggest' || spared.has(contact.id)) continue;
    const due = afterWorking(ms(contact.opener.at), 15);
    const fold = folds.get(contact.id);
    const ends = [contact.reply?.at, seenAt(contact), fold?.at, withdrawnAt(contact)];
    if (due > ms(team.until) || ends.some((at) => at !== undefined && ms(at) <= due)) continue;
    const answer = contact.reply ? ({ became: 'answered', at: contact.reply.at } as const) : undefined;
    const gone = withdrawnAt(contact);
    const end = fold ?? answer ?? (gone ? ({ became: 'withdrawn', at: gone } as const) : undefined);
    suggestions.push({
      contact: contact.id,
      channel: contact.opener.channel,
      at: stamp(due),
      line: 0,
      became: end?.became ?? 'open',
      becameAt: end?.at ?? null,
    });
  }
  suggestions.sort((a, b) => ms(a.at) - ms(b.at) || a.contact.localeCompare(b.contact));
  let lineNumber = 0;
  const settled = (s: Suggestion, at: string) => s.becameAt !== null && ms(s.becameAt) <= ms(at);
  for (const [n, entry] of suggestions.entries()) {
    const open = suggestions.slice(0, n).find((s) => s.channel === entry.channel && !settled(s, entry.at));
    entry.line = open ? open.line : ++lineNumber;
  }

  const triage: Record<string, number> = {};
  const count = (into: Record<string, number>, key: string) => {
    into[key] = (into[key] ?? 0) + 1;
  };
  const lineDays = new Map(suggestions.map((s) => [s.line, dayOf(s.at)]).reverse() as [number, string][]);
  for (const day of lineDays.values()) count(triage, day);
  for (const issue of issues) count(triage, dayOf(issue.at));
  // A customer brings back, on a later day, what nobody has: a careful human wants it to come up where support works.
  for (const issue of issues) {
    const takes = lines.filter(
      (line) =>
        line.kind === 'react' && line.emoji === 'eyes' && byAgent(line) && issueOf.get(line.of) === issue,
    );
    for (const { at } of issue.reopened.map((id) => posts.get(id) as Post))
      if (dayOf(at) > dayOf(issue.at) && !takes.some((take) => take.at > issue.at && take.at < at))
        count(triage, dayOf(at));
  }
  const perPerson: Record<string, Record<string, number>> = {};
  for (const entry of privates) {
    perPerson[entry.to] ??= {};
    count(perPerson[entry.to] as Record<string, number>, dayOf(entry.at));
  }

  return {
    contacts: contacts.map((contact) => {
      const maybes = lines.filter(
        (line) =>
          isPost(line) &&
          decisions[line.id]?.contact === contact.id &&
          (decisions[line.id]?.is === 'none' || decisions[line.id]?.or !== undefined),
      ).length;
      const strict = contact.members.filter((post) => !decisions[post.id]?.or).length;
      const limit = afterWorking(ms(contact.opener.at), 15);
      const late = contact.reply === null ? ms(team.until) > limit : ms(contact.reply.at) > limit;
      const seen = seenAt(contact);
      const gone = withdrawnAt(contact);
      const held = (seen !== undefined && ms(seen) <= limit) || (gone !== undefined && ms(gone) <= limit);
      const waited = !late ? 'no' : held || spared.has(contact.id) ? 'either' : 'yes';
      const logged = isLogged(contact);
      return {
        id: contact.id,
        channel: contact.opener.channel,
        messages: [Math.max(1, strict), strict + maybes] as [number, number],
        firstReply: contact.reply?.id ?? null,
        firstReplyAt: contact.reply?.at ?? null,
        waited,
        logged,
        friction: logged ? ('yes' as const) : waited,
        ...(gone === undefined ? {} : { withdrawn: true as const }),
      };
    }),
    suggestions,
    issues,
    afterResolved,
    private: privates,
    noise: {
      visibleInCustomerChannels: 0,
      openLinesPerAccount: 1,
      badgesPerPersonPerDay: 3,
      triageMessagesPerDay: triage,
      privatePerPersonPerDay: perPerson,
    },
  };
}
