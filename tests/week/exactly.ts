import { type Made, offersOf, type Score } from './judge.js';
import { byAgent, loadWeek } from './load.js';
import { channelOf, type Played, userOf } from './replay.js';

/** What must hold exactly, and the counts of noise. */

interface Case {
  id: string;
  right: boolean;
  words: string;
}

const all = (what: string, cases: Case[], atLeast = 1): Score => {
  const wrong = cases.filter((one) => !one.right).map((one) => `${one.id}: ${one.words}`);
  return { what, right: cases.length - wrong.length, of: Math.max(1, cases.length), atLeast, wrong };
};

/** Nothing of a list may exist. */
const none = (what: string, found: string[]): Score => ({
  what,
  right: found.length === 0 ? 1 : 0,
  of: 1,
  atLeast: 1,
  wrong: found,
});

export async function judgeExactly(played: Played, made: Made): Promise<Score[]> {
  return [
    ...judgeIssues(made),
    ...judgeReopening(made),
    ...judgeQuiet(played, made),
    ...judgePrivate(played, made),
  ];
}

function judgeIssues(made: Made): Score[] {
  const { expected } = loadWeek();
  const offered = offersOf(made);
  const linesOf = (issueId: number) =>
    made.sources
      .filter((row) => row.issueId === issueId)
      .map((row) => made.lineAt(row.channel, row.ts) ?? '?')
      .sort();
  const opened = new Map(
    made.log.filter((row) => row.kind === 'issue.opened').map((row) => [row.issueId, row]),
  );
  const keys = made.issues.map((issue) => ({
    issue,
    key: linesOf(issue.id).join(' ') || `none ${opened.get(issue.id)?.at}`,
    way: opened.get(issue.id)?.source ?? '?',
  }));
  const cases = expected.issues
    // What hangs on a line that was not offered is counted there.
    .filter((one) => one.way !== 'suggestion' || one.sources.some((id) => offered.has(id)))
    .map((one) => {
      const key = [...one.sources].sort().join(' ') || `none ${Date.parse(one.at)}`;
      const found = keys.find((made_) => made_.key === key);
      return {
        id: one.id,
        right: found?.way === one.way,
        words: `${one.way} ${key}: ${found ? found.way : 'not there'}`,
      };
    });
  const wanted = new Set(
    expected.issues.map((one) => [...one.sources].sort().join(' ') || `none ${Date.parse(one.at)}`),
  );
  const extra = keys
    .filter((one) => !wanted.has(one.key))
    .map((one) => `B-${one.issue.number} ${one.way} ${one.key}`);
  const twice = made.sources
    .map((row) => `${row.channel} ${row.ts}`)
    .filter((at, n, list) => list.indexOf(at) !== n);
  return [
    all('issues, with their way and sources', cases),
    none('no other issue', extra),
    none('no source twice', twice),
  ];
}

function judgeReopening(made: Made): Score[] {
  const { expected } = loadWeek();
  const reopened = new Set(
    made.log.filter((row) => row.kind === 'issue.reopened').map((row) => `${row.actor} ${row.at}`),
  );
  const { lines } = loadWeek();
  const line = new Map(lines.map((one) => [one.id, one]));
  const cases = expected.afterResolved.map((one) => {
    const said = line.get(one.message);
    const is = reopened.has(`${userOf(said?.by ?? '')} ${Date.parse(said?.at ?? '')}`);
    return {
      ...one,
      id: one.message,
      right: is === one.reopens,
      words: `${is ? 'reopened' : 'did not'}: ${said && 'text' in said ? said.text : ''}`,
    };
  });
  return [
    all(
      'thanks never reopen, "still broken" does',
      cases.filter((one) => one.exact),
    ),
    all(
      'warm words after a resolution',
      cases.filter((one) => !one.exact),
      0.8,
    ),
  ];
}

function judgeQuiet({ office, mostOpenLines }: Played, made: Made): Score[] {
  const { team, lines, expected } = loadWeek();
  const customerChannels = new Set(team.channels.map((one) => channelOf(one.id)));
  const mode = new Map(team.channels.map((one) => [channelOf(one.id), one.capture]));
  const kept = [...made.messages, ...made.contacts].filter((row) => mode.get(row.channel) === 'ignore');
  const account = new Map(made.contacts.map((row) => [row.id, row.channel]));
  const lineOf = made.suggestions.flatMap((row) =>
    row.items.map((item) => account.get(item.contactId) ?? ''),
  );
  const outside = office.slack.posts().filter((post) => customerChannels.has(post.channel));
  const gone = new Set(lines.flatMap((one) => (one.kind === 'delete' ? [one.of] : [])));
  const stands = lines.flatMap((one) => ('text' in one && !gone.has(one.id) ? [one.text] : [])).join('\n');
  // The week repeats itself: words that somebody else wrote as well still stand there.
  const deleted = lines.flatMap((one) =>
    gone.has(one.id) && 'text' in one && !stands.includes(one.text) ? [one.text] : [],
  );
  const shown = JSON.stringify([office.slack.posts('CTRIAGE'), made.issues, made.messages, made.log]);
  const days = new Map<string, number>();
  for (const post of office.slack.posts('CTRIAGE')) {
    // What is usual at this desk is not known in its first week, in which a new installation offers no incident at all.
    if (/accounts wrote within 30 minutes/.test(post.text)) continue;
    const day = new Date(Number(post.ts) * 1000 + 3_600_000).toISOString().slice(0, 10);
    days.set(day, (days.get(day) ?? 0) + 1);
  }
  const noisy = [...days].filter(([day, n]) => n > (expected.noise.triageMessagesPerDay[day] ?? 0) * 1.1);
  return [
    none(
      'nothing kept of an ignored channel',
      kept.map((row) => row.channel),
    ),
    none(
      'no line of auto or off',
      lineOf.filter((channel) => ['auto', 'off'].includes(mode.get(channel) ?? '')),
    ),
    none(
      'nothing in a customer channel',
      outside.map((post) => `${post.channel} ${post.text}`),
    ),
    none(
      'deleted text is nowhere',
      deleted.filter((text) => shown.includes(JSON.stringify(text).slice(1, -1))),
    ),
    none(
      'triage messages per day',
      noisy.map(
        ([day, n]) => `${day}: ${n}, at most ${expected.noise.triageMessagesPerDay[day]} and a tenth`,
      ),
    ),
    none('one open line per account', mostOpenLines > 1 ? [String(mostOpenLines)] : []),
  ];
}

const KIND: Record<string, RegExp> = {
  logged: /^Logged \*B-/,
  'already logged': /already/,
  'resolve?': /[Rr]esolve/,
  'names the shortcut': /menu|shortcut|Escalate/,
};

function judgePrivate({ told, office }: Played, made: Made): Score[] {
  const { lines, expected } = loadWeek();
  const skipped = new Set(made.skipped);
  const must = expected.private
    .filter((one) => one.must && !skipped.has(`${one.to} ${one.at}`))
    .map((one) => {
      const got = told.filter((each) => each.to === userOf(one.to) && each.line.at === one.at);
      const right = got.some((each) => KIND[one.kind]?.test(each.text));
      return {
        id: `${one.to} ${one.at}`,
        right,
        words: `${one.kind}: got ${got.map((each) => each.text).join(' | ') || 'nothing'}`,
      };
    });
  const uncaused = told
    .filter((one) => !byAgent(one.line) || userOf(one.line.by) !== one.to)
    .map((one) => `${one.to} at ${one.line.at}: ${one.text}`);
  const toCustomers = office.slack.whispers
    .filter((one) => one.user.startsWith('UCUST'))
    .map((one) => one.text);
  const perDay = new Map<string, number>();
  for (const one of told) {
    // `:eyes:` in a channel of auto takes the issue that is there, and says so: the expectation has no such answer.
    if (/^You have \*B-/.test(one.text)) continue;
    const key = `${one.to} ${one.line.at.slice(0, 10)}`;
    perDay.set(key, (perDay.get(key) ?? 0) + 1);
  }
  const limits = expected.noise.privatePerPersonPerDay;
  const agentOf = new Map(lines.filter(byAgent).map((line) => [userOf(line.by), line.by]));
  const many = [...perDay].flatMap(([key, n]) => {
    const [user = '', day = ''] = key.split(' ');
    const most = limits[agentOf.get(user) ?? '']?.[day] ?? 0;
    return n > most ? [`${user} on ${day}: ${n}, at most ${most}`] : [];
  });
  const unwanted = told
    .filter((one) => !/^You have \*B-/.test(one.text))
    .filter(
      ({ line, to, text }) =>
        !expected.private.some(
          (each) => userOf(each.to) === to && each.at === line.at && KIND[each.kind]?.test(text),
        ),
    )
    .map((one) => `${one.to} at ${one.line.at}: ${one.text}`);
  const badges = badgesOf(office);
  const wanted = wantedBadges();
  return [
    all('private answers that must come', must),
    none('no private answer that nobody caused', uncaused),
    none('no private message to a customer', toCustomers),
    none('private answers per person and day', many),
    none('no private answer that nobody wants', unwanted),
    none(
      'no badge that nobody wants, by person',
      badges.filter((one) => !wanted.some((each) => isSame(each, one))).map(inWords),
    ),
    none(
      'every badge that somebody wants, by person',
      wanted.filter((one) => !badges.some((each) => isSame(each, one))).map(inWords),
    ),
    none('badges per person and day', tooMany(badges, expected.noise.badgesPerPersonPerDay)),
  ];
}

/** A direct message: what lights a badge. */
interface Badge {
  to: string;
  /** UTC ms. */
  at: number;
  text: string;
}

const inWords = (one: Badge) => `${one.to} at ${new Date(one.at).toISOString()}: ${one.text}`;
/** A message goes out with the work that follows what caused it. */
const isSame = (a: Badge, b: Badge) => a.to === b.to && Math.abs(a.at - b.at) <= 120_000;

function badgesOf(office: Played['office']): Badge[] {
  return office.slack
    .posts()
    .filter((post) => post.channel.startsWith('D'))
    .map((post) => ({ to: post.channel.slice(1), at: Number(post.ts) * 1_000, text: post.text }));
}

/**
 * What is worth a badge in this week: a customer wrote again about what somebody had and had finished. Nothing else that
 * happens in it is: what waits stands in triage, what somebody did themselves they know.
 */
function wantedBadges(): Badge[] {
  const { lines, expected } = loadWeek();
  const line = new Map(lines.map((one) => [one.id, one]));
  return expected.issues.flatMap((issue) =>
    issue.reopened.flatMap((id) => {
      const said = line.get(id);
      const taken = lines.find(
        (one) =>
          one.kind === 'react' &&
          one.emoji === 'eyes' &&
          byAgent(one) &&
          issue.sources.includes(one.of) &&
          one.at > issue.at &&
          one.at < (said?.at ?? ''),
      );
      return said && taken
        ? [{ to: userOf(taken.by), at: Date.parse(said.at), text: `${issue.id} came back with ${id}` }]
        : [];
    }),
  );
}

function tooMany(badges: readonly Badge[], most: number): string[] {
  const counts = new Map<string, number>();
  for (const { to, at } of badges) {
    const key = `${to} ${new Date(at + 3_600_000).toISOString().slice(0, 10)}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].filter(([, n]) => n > most).map(([key, n]) => `${key}: ${n}`);
}
