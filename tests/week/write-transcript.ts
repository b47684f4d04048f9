/**
 * How the week was first written: `npx tsx tests/week/write-transcript.ts`, then `npx biome format --write tests/week`.
 * Seeded, so it writes the same files again. Each scene says what its author meant by each message; that is the label.
 * The files are the truth, not this script: whoever corrects them by hand does not run it again.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterWorking, derive, stamp } from './derive.js';
import { type Decision, type Expectation, isPost, type Line, type Team, textOf } from './load.js';
import type { Area, Language } from './phrases.js';
import * as say from './phrases.js';

// --- chance ---------------------------------------------------------------------------------------------------------

let seed = 20261109;
function chance(): number {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const between = (low: number, high: number) => low + chance() * (high - low);
const whole = (low: number, high: number) => Math.floor(between(low, high + 1));
const often = (share: number) => chance() < share;
function pick<T>(list: readonly T[]): T {
  return list[Math.floor(chance() * list.length)] as T;
}
function shuffled<T>(list: readonly T[]): T[] {
  const out = [...list];
  for (let n = out.length - 1; n > 0; n--) {
    const m = Math.floor(chance() * (n + 1));
    [out[n], out[m]] = [out[m] as T, out[n] as T];
  }
  return out;
}
const filled = (text: string) => text.replace(/\{([^}]+)\}/g, (_, parts: string) => pick(parts.split('|')));

// --- who is there ---------------------------------------------------------------------------------------------------

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MONDAY = Date.parse('2026-11-09T00:00:00+01:00');
const at = (day: number, clock: string) => {
  const [h = 0, m = 0] = clock.split(':').map(Number);
  return MONDAY + day * DAY + h * HOUR + m * MINUTE;
};
const UNTIL = '2026-11-15T23:59:59+01:00';
const FROM = '2026-11-09T00:00:00+01:00';

const NAMES = [
  'Sam',
  'Priya',
  'Jonas',
  'Mei',
  'Tomás',
  'Aylin',
  'Greta',
  'Ruben',
  'Noor',
  'Ana',
  'Luis',
  'Ines',
  'Felix',
  'Yuki',
];
const agents = NAMES.map((name, n) => ({
  id: `agent-${String(n + 1).padStart(2, '0')}`,
  name,
  function: n < 9 ? ('support' as const) : ('success' as const),
}));
const support = agents.slice(0, 9).map((a) => a.id);
const success = agents.slice(9).map((a) => a.id);

const languages: Language[] = say.SPOKEN.flatMap(([language, count]) =>
  Array<Language>(count).fill(language),
);
const size: number[] = say.ACCOUNTS.map(() => (often(0.25) ? 1 : often(0.5) ? 2 : often(0.6) ? 3 : 4));
const order = shuffled(say.ACCOUNTS.map((_, n) => n));
/** How many scenes a channel gets: a few very busy, many with one, some silent. */
const share = new Map<number, number>();
for (const [rank, n] of order.entries()) {
  share.set(n, rank < 6 ? 12 : rank < 20 ? 7 : rank < 62 ? 2 : rank % 4 === 0 && rank < 156 ? 1 : 0);
}
for (const n of order.slice(0, 62)) size[n] = Math.max(size[n] ?? 0, 2);
const mode = new Map<number, 'auto' | 'off' | 'ignore'>();
for (const rank of [2, 8, 15, 24, 33, 47, 66, 90]) mode.set(order[rank] as number, 'auto');
for (const rank of [11, 27, 40, 58, 80, 120]) mode.set(order[rank] as number, 'off');
for (const rank of [5, 30, 50, 100]) mode.set(order[rank] as number, 'ignore');

const team: Team = {
  zone: 'Europe/Berlin',
  from: FROM,
  until: UNTIL,
  hours: { days: [1, 2, 3, 4, 5], from: '09:00', until: '17:00' },
  agents,
  bots: ['bot-status', 'bot-calendar', 'bot-builds'],
  channels: say.ACCOUNTS.map((account, n) => {
    const number = String(n + 1).padStart(3, '0');
    const mother = languages[n] ?? 'en';
    return {
      id: `c-${number}`,
      account,
      capture: mode.get(n) ?? ('suggest' as const),
      people: Array.from({ length: size[n] ?? 1 }, (_, p) => ({
        id: `cust-${number}-${'abcd'[p]}`,
        language: p === 2 && mother !== 'en' ? 'en' : mother,
      })),
    };
  }),
};
type Channel = Team['channels'][number];
const channelNumber = (rank: number) => team.channels[order[rank] as number] as Channel;

// --- drafts ---------------------------------------------------------------------------------------------------------

interface Draft {
  t: number;
  channel: string;
  by: string;
  kind: Line['kind'];
  text?: string;
  in?: Draft;
  of?: Draft;
  to?: Draft;
  emoji?: string;
  file?: string;
  action?: 'log' | 'add' | 'not an issue' | 'resolve';
  broadcast?: true;
  label?: {
    is: Decision['is'];
    contact?: Draft;
    why?: Decision['why'];
    or?: Decision['is'][];
    note?: string;
  };
  /** Counts only where we were silent for more than a day. */
  quiet?: boolean;
  /** Lies by intent inside the four hours after a message of ours. */
  close?: boolean;
  id?: string;
}
type Scene = Draft[];

const week: Draft[] = [];
const spared: { contact: Draft; note: string }[] = [];
const inChannel = new Map<string, Draft[]>();
const customer = (d: Draft) => d.by.startsWith('cust-');
const agent = (d: Draft) => d.by.startsWith('agent-');
const post = (d: Draft) => ['message', 'reply', 'file'].includes(d.kind);
const UNTIL_MS = Date.parse(UNTIL);

/** Seconds that look like seconds. */
const tick = (t: number) => Math.round(t / 1000) * 1000;
const later = (t: number, low: number, high: number) => tick(t + between(low, high) * MINUTE);
/** One of us, some working minutes later. */
const work = (t: number, low: number, high: number) =>
  tick(afterWorking(t, between(low, high))) + whole(0, 40) * 1000;
/** A customer, some minutes later; not in the night. */
function soon(t: number, low: number, high: number): number {
  const when = later(t, low, high);
  const hour = new Date(when + HOUR).getUTCHours();
  if (hour < 19 && hour >= 7) return when;
  const next = Math.floor((t + HOUR) / DAY) * DAY - HOUR + (hour >= 19 || hour < 7 ? DAY : 0);
  return tick(next + between(7.9, 9.8) * HOUR);
}

class Stage {
  readonly drafts: Scene = [];
  constructor(readonly channel: Channel) {}
  add(draft: Omit<Draft, 'channel'>): Draft {
    const made = { ...draft, t: tick(draft.t), channel: this.channel.id };
    this.drafts.push(made);
    return made;
  }
  person(not?: string) {
    const others = this.channel.people.filter((p) => p.id !== not);
    return pick(others.length > 0 ? others : this.channel.people);
  }
  language(by: string): Language {
    return (this.channel.people.find((p) => p.id === by)?.language ?? 'en') as Language;
  }
  opens(t: number, by: string, text: string, extra: Partial<Draft> = {}): Draft {
    const draft = this.add({ t, by, kind: 'message', text, ...extra });
    draft.label ??= { is: 'opens' };
    return draft;
  }
  ours(t: number, by: string, text: string, thread?: Draft): Draft {
    return this.add({ t, by, kind: thread ? 'reply' : 'message', text, in: thread });
  }
  says(
    t: number,
    by: string,
    text: string,
    label: Draft['label'],
    thread?: Draft,
    extra: Partial<Draft> = {},
  ): Draft {
    return this.add({
      t,
      by,
      kind: extra.file ? 'file' : thread ? 'reply' : 'message',
      text,
      in: thread,
      label,
      ...extra,
    });
  }
  react(t: number, by: string, emoji: string, of: Draft): Draft {
    return this.add({ t, by, kind: 'react', emoji, of });
  }
}

// --- words ----------------------------------------------------------------------------------------------------------

const decks = new Map<string, [Area, string][]>();
let used = new Set<string>();
const templateOf = new Map<string, string>();
const HEAD: Partial<Record<Language, string[]>> = {
  en: ['Hi, ', 'Hey team, ', 'Quick one: ', 'Hello, ', 'Hi all. ', 'Sorry to bother you, '],
  de: ['Hallo, ', 'Moin, ', 'Kurze Frage bzw. Meldung: ', 'Guten Tag, '],
  fr: ['Bonjour, ', 'Petit souci : '],
  es: ['Hola, ', 'Buenas, '],
  pt: ['Olá, ', 'Viva, '],
  it: ['Buongiorno, '],
  nl: ['Hallo, '],
};
const TAIL: Partial<Record<Language, string[]>> = {
  en: [
    ' Thanks in advance!',
    ' Any idea?',
    ' It is not urgent.',
    '\nScreenshot follows.',
    ' cc our IT',
    ' Thank you 🙏',
    ' We need this today.',
  ],
  de: [' Danke vorab!', ' Habt ihr eine Idee?', ' Eilt nicht.', '\nViele Grüße'],
  fr: [" Merci d'avance !", ' Une idée ?'],
  es: [' ¡Gracias de antemano!', ' ¿Alguna idea?'],
  pt: [' Obrigado desde já.', ' Alguma ideia?'],
  ja: ['よろしくお願いいたします。'],
  it: [' Grazie in anticipo.'],
  nl: [' Alvast bedankt!'],
};
const PLAIN_START =
  /^(Every|Is|The|Could|Can|We|Where|How|Who|Do|Our|Some|After|Getting|New|Import|Please|Would|Numbers|Filters|Session|Since|Two|Three|Dates|Each|Colours|Trend|Printing|Copying|Password|Leading|Each|Threshold|Alerts|Search) /;
const OPENING = /^(hi|hey|hello|hola|bonjour|bom dia|guten|お世話)/i;

function problem(language: Language, want?: 'broken' | 'question'): { area: Area; text: string } {
  for (let tries = 0; ; tries++) {
    // A small language is soon told out; then they write English, as people do.
    if (tries > 30) return problem('en', want);
    let deck = decks.get(language);
    if (!deck || deck.length === 0) {
      deck = shuffled(say.PROBLEMS[language]);
      decks.set(language, deck);
    }
    const [area, template] = deck.pop() as [Area, string];
    let text = filled(template);
    if (want && (want === 'question') !== isQuestion(text)) {
      if (tries < 25) deck.unshift([area, template]);
      continue;
    }
    if (often(0.22) && !OPENING.test(text) && HEAD[language]) {
      const head = pick(HEAD[language] as string[]);
      const plain =
        (PLAIN_START.test(text) || ['fr', 'es', 'pt', 'it'].includes(language)) &&
        /^.[a-zà-ÿ']/.test(text) &&
        head.trim() !== 'Hi all.'
          ? text.charAt(0).toLowerCase() + text.slice(1)
          : text;
      text = head + plain;
    }
    const tail = /[.!?？]$/.test(text) ? '' : language === 'ja' ? '。' : '.';
    if (often(0.16) && TAIL[language]) text = text + tail + pick(TAIL[language] as string[]);
    if (used.has(text)) continue;
    used.add(text);
    templateOf.set(text, template);
    return { area, text };
  }
}
const pair = (language: Language, area: Area) =>
  pick(language === 'en' ? say.PAIRS[area] : say.PAIRS_IN[language]);
const MORNING = /morning|Morgen|Bom dia|Buenos|Buongiorno|おはよう|Goedemorgen/;
const EVENING = /Buenas tardes|Boa tarde/;
function greeting(language: Language, t: number): string {
  const hour = new Date(t + HOUR).getUTCHours();
  return pick(say.GREETINGS[language].filter((text) => !(hour < 12 ? EVENING : MORNING).test(text)));
}
const isQuestion = (text: string) =>
  /[?？]/.test(text) || /^(we would like|could|hi, could|please|hello, we are)/i.test(text);
const fix = (language: Language) => pick(say.FIXES[language]);
const reply = (language: Language, text = '') => pick((isQuestion(text) ? say.REPLIES : say.FIXES)[language]);

// --- placing --------------------------------------------------------------------------------------------------------

/** Two scenes of one channel must not colour each other: what the decisions say must be plain from each alone. */
function clashes(scene: Scene): boolean {
  const channel = scene[0]?.channel ?? '';
  const others = inChannel.get(channel) ?? [];
  const pairs: [Scene, Scene][] = [
    [scene, others],
    [others, scene],
  ];
  const seconds = new Set(
    others.filter((d) => post(d) || d.kind === 'bot' || d.kind === 'join').map((d) => d.t),
  );
  const own = scene.filter((d) => post(d) || d.kind === 'bot' || d.kind === 'join').map((d) => d.t);
  if (own.some((t) => seconds.has(t)) || new Set(own).size < own.length) return true;
  // Nobody asks the same in the same words twice in one place.
  const asked = (drafts: Scene) => drafts.flatMap((d) => templateOf.get(d.text ?? '') ?? []);
  const before = new Set(asked(others));
  const now = asked(scene);
  if (now.some((template) => before.has(template)) || new Set(now).size < now.length) return true;
  return pairs.some(([mine, theirs]) =>
    mine.some((d) => {
      if (customer(d) && post(d) && !d.in) {
        const near = theirs.some(
          (o) => customer(o) && post(o) && o.t <= d.t && d.t - o.t < (o.by === d.by ? 131 : 71) * MINUTE,
        );
        if (near) return true;
        const answered = theirs.some(
          (o) => agent(o) && post(o) && !o.in && o.t <= d.t && d.t - o.t < 4.2 * HOUR,
        );
        if (answered && d.label?.is === 'opens' && !d.close) return true;
        if (d.quiet && theirs.some((o) => agent(o) && post(o) && o.t <= d.t && d.t - o.t < 26 * HOUR))
          return true;
        // A message that continues something must find its own contact as the newest one.
        const first = mine.reduce((a, b) => (a.t < b.t ? a : b)).t;
        if (
          d.label?.is !== 'opens' &&
          theirs.some((o) => customer(o) && post(o) && o.t >= first && o.t <= d.t)
        )
          return true;
      }
      if (agent(d) && post(d) && !d.in) {
        const open = theirs.some(
          (o) =>
            o.label?.is === 'opens' &&
            o.t <= d.t &&
            !theirs.some((r) => agent(r) && post(r) && r.t > o.t && r.t <= d.t && (r.in === o || !r.in)),
        );
        if (open) return true;
      }
      if (
        d.kind === 'command' &&
        theirs.some((o) => o.label?.is === 'opens' && Math.abs(o.t - d.t) < 5 * HOUR)
      )
        return true;
      return false;
    }),
  );
}

let dropped = 0;
function put(channel: Channel, start: () => number, play: (stage: Stage, t: number) => void): Draft[] | null {
  for (let attempt = 0; attempt < 90; attempt++) {
    const stage = new Stage(channel);
    const before = new Set(used);
    const rest = [...decks].map(([language, deck]): [string, [Area, string][]] => [language, [...deck]]);
    const spare = spared.length;
    play(stage, tick(start()));
    const last = Math.max(...stage.drafts.map((d) => d.t));
    if (last > UNTIL_MS - HOUR || stage.drafts.length === 0 || clashes(stage.drafts)) {
      used = before;
      decks.clear();
      for (const [language, deck] of rest) decks.set(language, deck);
      spared.length = spare;
      continue;
    }
    week.push(...stage.drafts);
    inChannel.set(channel.id, [...(inChannel.get(channel.id) ?? []), ...stage.drafts]);
    return stage.drafts;
  }
  dropped++;
  return null;
}

const officeHours = () => {
  const r = chance();
  const day = r < 0.25 ? 0 : r < 0.46 ? 1 : r < 0.66 ? 2 : r < 0.85 ? 3 : 4;
  const h = chance();
  const hour =
    h < 0.04
      ? between(7.2, 8.9)
      : h < 0.42
        ? between(9, 11.6)
        : h < 0.55
          ? between(11.6, 13.5)
          : h < 0.9
            ? between(13.5, 16.2)
            : h < 0.96
              ? between(16.2, 17.5)
              : between(17.5, 20.5);
  if (day === 4 && hour > 15) return MONDAY + 2 * DAY + hour * HOUR;
  return MONDAY + day * DAY + hour * HOUR;
};
const daytime = () => MONDAY + whole(0, 4) * DAY + between(9.1, 16.4) * HOUR;
const early = () => MONDAY + whole(0, 3) * DAY + between(9.1, 14.5) * HOUR;
const morning = () => MONDAY + whole(0, 4) * DAY + between(9.1, 11.5) * HOUR;

// --- scenes ---------------------------------------------------------------------------------------------------------

const joins = (contact: Draft, or?: Decision['is'][], note?: string): Draft['label'] => ({
  is: 'joins',
  contact,
  or,
  note,
});
const none = (why: NonNullable<Decision['why']>, contact?: Draft, note?: string): Draft['label'] => ({
  is: 'none',
  why,
  contact,
  or: contact ? ['joins'] : undefined,
  note,
});

/** How a talk ends: thanks, warm thanks, a short word, or nothing. */
function ends(
  s: Stage,
  t: number,
  by: string,
  contact: Draft,
  thread: Draft | undefined,
  kind = chance(),
): void {
  const language = s.language(by);
  const when = soon(t, 2, 70);
  if (kind < 0.5) s.says(when, by, pick(say.THANKS[language]), none('courtesy', contact), thread);
  else if (kind < 0.6 && when - t < 3.8 * HOUR) {
    s.says(
      when,
      by,
      pick(say.WARM[language]),
      none('warm thanks', contact, 'thanks with a few words around them: nobody reached out'),
      thread,
    );
  } else if (kind < 0.75 && when - t < 20 * HOUR)
    s.says(when, by, pick(say.CLOSERS[language]), none('short', contact), thread);
}

/** A question, our reply in its thread within minutes, some to and fro. */
function threaded(s: Stage, t: number, wait: [number, number] = [2, 12.5]): { first: Draft; end: number } {
  const by = s.person().id;
  const language = s.language(by);
  const { area, text } = problem(language);
  const first = s.opens(t, by, text);
  const who = pick(support);
  let now = work(t, ...wait);
  if (often(0.62) && !isQuestion(text)) {
    const [ask, answers] = pair(language, area);
    s.ours(now, who, filled(ask), first);
    now = soon(now, 1, 40);
    s.says(now, by, filled(pick(answers)), joins(first), first);
    if (often(0.2)) {
      now = soon(now, 1, 6);
      s.says(now, by, filled(pick(say.MORE[language])), joins(first), first);
    }
    now = work(now, 4, 55);
  }
  s.ours(now, who, reply(language, text), first);
  ends(s, now, by, first, first);
  return { first, end: now };
}

/** The same without a thread, the way half of all people write. */
function flat(s: Stage, t: number, wait: [number, number] = [2, 12.5]): void {
  const by = s.person().id;
  const language = s.language(by);
  const { area, text } = problem(language);
  const first = s.opens(t, by, text);
  const who = pick(support);
  let now = work(t, ...wait);
  if (often(0.66) && !isQuestion(text)) {
    const [ask, answers] = pair(language, area);
    s.ours(now, who, filled(ask));
    const asked = now;
    now = soon(now, 1, 70);
    const near = now - t < 1.9 * HOUR;
    if (now - asked < 3.7 * HOUR) {
      if (often(0.2))
        s.says(
          now,
          by,
          filled(pick(answers)),
          near ? joins(first, ['none']) : none('answer', first),
          undefined,
          { file: pick(['screenshot.png', 'log.txt', 'IMG_2210.jpg', 'sample.csv']) },
        );
      else s.says(now, by, filled(pick(answers)), near ? joins(first, ['none']) : none('answer', first));
    }
    now = work(now, 3, 30);
  }
  s.ours(now, who, reply(language, text));
  ends(s, now, by, first, undefined);
}

/** Nobody looks for more than half an hour: a line in triage, and what becomes of it. */
function overlooked(
  s: Stage,
  t: number,
  fate: 'answered' | 'answered flat' | 'logged' | 'not an issue' | 'folded' | 'shortcut',
): void {
  const by = s.person().id;
  const language = s.language(by);
  const { text } = problem(
    language,
    fate === 'not an issue' ? 'question' : fate.startsWith('answered') ? undefined : 'broken',
  );
  const first = s.opens(t, by, text);
  const who = pick(support);
  let now = work(t, 38, 130);
  if (fate === 'logged' || fate === 'not an issue') {
    s.add({
      t: work(t, 18, 60),
      by: who,
      kind: 'press',
      of: first,
      action: fate === 'logged' ? 'log' : 'not an issue',
    });
    now = work(t, 62, 150);
  }
  if (fate === 'folded') s.react(work(t, 18, 60), who, 'ticket', first);
  if (fate === 'shortcut') s.add({ t: work(t, 18, 60), by: who, kind: 'shortcut', of: first });
  if (fate === 'folded' || fate === 'shortcut') now = work(t, 62, 150);
  const thread = fate === 'answered flat' ? undefined : first;
  s.ours(
    now,
    who,
    often(0.5) && language === 'en' ? `Sorry for the wait. ${reply(language, text)}` : reply(language, text),
    thread,
  );
  ends(s, now, by, first, thread);
}

/** Logged at once, resolved some days later; what the customer says then decides. */
function tracked(
  s: Stage,
  t: number,
  after: 'thanks' | 'warm' | 'broken' | 'nothing' | 'short',
  twice?: 'other' | 'same' | 'both ways',
): void {
  const by = s.person().id;
  const language = s.language(by);
  const { area, text } = problem(language, 'broken');
  const first = s.opens(t, by, text);
  const who = pick(support);
  let now = work(t, 1, 9);
  s.react(now, who, 'ticket', first);
  const mate = pick(support.filter((a) => a !== who));
  if (twice === 'other') s.react(now + whole(1, 3) * 1000, mate, 'ticket', first);
  if (twice === 'same') {
    s.add({ t: later(now, 3, 5), by: who, kind: 'unreact', emoji: 'ticket', of: first });
    s.react(later(now, 6, 9), who, 'ticket', first);
  }
  if (twice === 'both ways') s.add({ t: later(now, 4, 40), by: mate, kind: 'shortcut', of: first });
  now = work(t, 9.5, 13);
  const [ask, answers] = pair(language, area);
  s.ours(now, who, filled(ask), first);
  now = soon(now, 2, 50);
  s.says(now, by, filled(pick(answers)), joins(first), first);
  now = work(now, 60, 700);
  s.ours(now, who, fix(language), first);
  now = work(now, 1, 30);
  if (often(0.4)) s.react(now - 20_000, who, 'white_check_mark', first);
  s.add({ t: now, by: who, kind: 'press', of: first, action: 'resolve' });
  const when = soon(now, 4, 300);
  const speaker = often(0.25) ? s.person(by).id : by;
  const tongue = s.language(speaker);
  if (after === 'thanks') s.says(when, speaker, pick(say.THANKS[tongue]), none('courtesy', first), first);
  if (after === 'warm')
    s.says(
      when,
      speaker,
      pick(say.WARM[tongue]),
      none('warm thanks', first, 'thanks with a few words around them: nobody reached out'),
      first,
    );
  if (after === 'short')
    s.says(when, speaker, pick(['ok, great', 'works', 'all good', 'perfect']), none('short', first), first);
  if (after === 'broken') {
    s.says(when, speaker, filled(pick(say.BROKEN[tongue])), joins(first), first);
    const again = work(when, 3, 12);
    s.ours(
      again,
      who,
      tongue === 'en' ? 'Sorry about that, I have it open again and will look right away.' : fix(tongue),
      first,
    );
    if (often(0.5)) {
      const done = work(again, 30, 200);
      s.add({ t: done, by: who, kind: 'press', of: first, action: 'resolve' });
      s.says(soon(done, 5, 100), speaker, pick(say.THANKS[tongue]), none('courtesy', first), first);
    }
  }
}

/** Hello first, the matter a minute later, more of it after that. */
function burst(s: Stage, t: number): void {
  const by = s.person().id;
  const language = s.language(by);
  if (often(0.5)) s.says(t, by, greeting(language, t), none('courtesy'));
  const begin = later(t, 0.5, 2);
  const first = s.opens(begin, by, problem(language, 'broken').text);
  let now = begin;
  const more = shuffled(say.MORE[language]).slice(0, whole(1, 2));
  for (const text of more) {
    now = later(now, 0.4, 3);
    s.says(now, by, filled(text), joins(first));
  }
  const who = pick(support);
  now = work(now, 2, 6);
  s.ours(now, who, fix(language), first);
  if (often(0.35)) {
    now = later(now, 25, 80);
    if (now - begin < 1.9 * HOUR) s.says(now, by, filled(pick(say.MORE[language])), joins(first));
  }
  ends(s, now, by, first, first);
}

/** A colleague adds to it within the hour. */
function together(s: Stage, t: number): void {
  const by = s.person().id;
  const mate = s.person(by).id;
  const first = s.opens(t, by, problem(s.language(by), 'broken').text);
  if (mate !== by) s.says(later(t, 2, 12), mate, filled(pick(say.COLLEAGUE[s.language(mate)])), joins(first));
  const now = work(t, 12.2, 13.5);
  s.ours(now, pick(support), fix(s.language(by)), first);
  if (mate !== by && often(0.4)) {
    const when = later(now, 8, 35);
    if (when - t < 46 * MINUTE)
      s.says(when, mate, filled(pick(say.COLLEAGUE[s.language(mate)])), joins(first));
  }
  ends(s, now, by, first, first);
}

/** Another person of the account, more than an hour and less than two later: a contact of its own. */
function neighbours(s: Stage, t: number): void {
  const by = s.person().id;
  const mate = s.person(by).id;
  const first = s.opens(t, by, problem(s.language(by), 'broken').text);
  s.ours(work(t, 3, 11), pick(support), fix(s.language(by)), first);
  if (mate === by) return;
  const next = later(t, 72, 112);
  const second = s.opens(next, mate, problem(s.language(mate), 'broken').text);
  const now = work(next, 3, 11);
  s.ours(now, pick(support), fix(s.language(mate)), second);
  ends(s, now, mate, second, second);
}

/** Seen with eyes in time, answered much later: no line in triage, though they waited. */
function eyes(s: Stage, t: number): void {
  const by = s.person().id;
  const first = s.opens(t, by, problem(s.language(by), 'broken').text);
  const who = pick(support);
  s.react(work(t, 1, 11), who, 'eyes', first);
  const now = work(t, 40, 110);
  s.ours(now, who, fix(s.language(by)), first);
  ends(s, now, by, first, first);
}

function announced(s: Stage, t: number): void {
  const [text, answers] = pick(say.ANNOUNCEMENTS);
  const root = s.ours(t, pick(success), text);
  for (const [n, answer] of shuffled(answers).slice(0, whole(0, 2)).entries()) {
    const by = s.person().id;
    const when = soon(t, 3 + n * 40, 40 + n * 60);
    if (when - t > 3.5 * HOUR) continue;
    const short = answer.split(' ').length <= 4;
    s.says(
      when,
      by,
      answer,
      none(answer === 'noted, thank you' ? 'courtesy' : short ? 'short' : 'answer'),
      often(0.6) ? root : undefined,
    );
  }
}

function asked(s: Stage, t: number, how: 'long' | 'short' | 'file' | 'none'): void {
  const language = s.language(s.channel.people[0]?.id ?? '');
  const own = say.QUESTIONS_IN.filter(([l]) => l === language).map(
    ([, q, long, short]) => [q, long, short] as const,
  );
  const filing = say.QUESTIONS[2] as (typeof say.QUESTIONS)[number];
  const [question, long, short] =
    how === 'file' ? filing : own.length > 0 ? pick(own) : pick(say.QUESTIONS.filter((q) => q !== filing));
  const root = s.ours(t, pick(success), filled(question));
  const by = s.channel.people[0]?.id ?? '';
  const thread = often(0.35) ? root : undefined;
  if (how === 'file')
    s.says(soon(t, 10, 200), by, pick(long), none('answer'), thread, {
      file: pick(['users_new_site.xlsx', 'list.csv', 'people.pdf']),
    });
  if (how === 'long') s.says(soon(t, 5, 220), by, pick(long), none('answer'), thread);
  if (how === 'short') s.says(soon(t, 5, 700), by, pick(short), none('short'), thread);
}

// --- the specials, each a case of its own -----------------------------------------------------------------------------

const suggesting = team.channels.filter((c) => c.capture === 'suggest');
const wide = suggesting.filter((c) => c.people.length > 1);
/** The rest of the channels is silent all week. */
const busy = new Set(order.slice(0, 62).map((n) => team.channels[n]?.id));
const quiet = new Set(order.slice(156).map((n) => team.channels[n]?.id));
const some = shuffled(
  [...suggesting, ...suggesting.filter((c) => busy.has(c.id))].filter((c) => !quiet.has(c.id)),
);
let turn = 0;
const next = (fits: (c: Channel) => boolean = () => true): Channel => {
  for (;;) {
    const channel = some[turn++ % some.length] as Channel;
    if (fits(channel)) return channel;
  }
};
const many = (
  count: number,
  pool: (n: number) => Channel,
  start: () => number,
  play: (s: Stage, t: number, n: number) => void,
) => {
  for (let n = 0; n < count; n++) {
    // A channel may be too full for one more; the case itself must not be lost.
    for (let tries = 0; tries < 4; tries++) if (put(pool(n), start, (s, t) => play(s, t, n))) break;
  }
};
const isEnglish = (c: Channel) => c.people[0]?.language === 'en';
const isWide = (c: Channel) => c.people.length > 1;
const lead = (s: Stage) => s.channel.people[0]?.id ?? '';

// Short, and still a problem: nobody of us wrote for more than a day.
const FRESH = [
  'Login is down',
  'Export broken again',
  'API returns 500',
  'Nichts geht mehr',
  'Nada funciona hoy',
  'Dashboard is empty',
];
const freshIn: Language[] = ['en', 'en', 'en', 'de', 'es', 'en'];
many(
  6,
  (n) => next((c) => c.people[0]?.language === freshIn[n]),
  morning,
  (s, t, n) => {
    const first = s.opens(t, lead(s), FRESH[n] as string, { quiet: true });
    s.ours(work(t, 2, 10), pick(support), fix(s.language(lead(s))), first);
  },
);

// Short, and a problem, on the day after our message: by the letter it is dropped. Nobody would want that.
const LOUD = ['EVERYTHING IS DOWN!!!', 'checkout broken, urgent', 'wir kommen nicht rein'];
many(
  3,
  (n) => next((c) => c.people[0]?.language === (n === 2 ? 'de' : 'en')),
  early,
  (s, t, n) => {
    const { first } = threaded(s, t);
    const loud = s.opens(afterWorking(first.t, 390) + whole(0, 1200) * 1000, lead(s), LOUD[n] as string, {
      close: true,
    });
    loud.label = {
      is: 'opens',
      note: 'a few words within a day of ours, and still the loudest call for help of the day',
    };
    s.ours(work(loud.t, 2, 8), pick(support), fix(s.language(loud.by)), loud);
  },
);

// A new topic inside the four hours after our own message in the channel. The first one waits 20 minutes: a line.
many(
  6,
  () => next(isWide),
  morning,
  (s, t) => {
    const by = lead(s);
    const language = s.language(by);
    s.opens(t, by, problem(language, 'broken').text);
    s.ours(work(t, 20, 28), pick(support), fix(language));
    const second = s.opens(later(t, 150, 200), by, problem(language, 'broken').text, { close: true });
    second.label = {
      is: 'opens',
      note: 'a new topic two hours after our reply to another one; by the letter it would pass as an answer to us',
    };
    s.ours(work(second.t, 3, 12), pick(support), fix(language), second);
  },
);

// A problem in the thread of our announcement.
many(
  2,
  () => next(isEnglish),
  early,
  (s, t, n) => {
    const root = s.ours(t, pick(success), (say.ANNOUNCEMENTS[n] as [string, string[]])[0]);
    const text = [
      'Since that went live our {plan} screen is blank for everyone in Leeds, can you look?',
      "We tried it and it sent last year's file to all our suppliers, please stop it",
    ][n] as string;
    const first = s.says(
      later(t, 60, 150),
      lead(s),
      text.replace(/[{}]/g, ''),
      { is: 'opens', note: 'stands under our announcement within four hours, yet it asks for help' },
      root,
    );
    s.ours(work(first.t, 3, 12), pick(support), 'That must not happen, I am on it right now.', root);
  },
);

// A late answer to our question: no question of theirs.
many(
  3,
  () => next(isEnglish),
  early,
  (s, t, n) => {
    const root = s.ours(
      t,
      pick(success),
      (say.QUESTIONS[[1, 3, 5][n] as number] as [string, string[], string[]])[0],
    );
    const text = [
      'Sorry for the late reply, Thursday at three works for us, I will bring our IT lead',
      'We slept on it and would like the tiles, closer to what people know',
      'Final number for the workshop on the 18th: nine from us, one of them remote',
    ][n] as string;
    const when = afterWorking(t, 480) + whole(600, 3000) * 1000;
    const answer = s.says(
      when,
      lead(s),
      text,
      none(
        'answer',
        undefined,
        'answers our question a day later: past the four hours of the decision, so Baton may take it for a contact',
      ),
      n === 0 ? root : undefined,
      { close: true },
    );
    s.react(work(when, 2, 9), root.by, pick(['+1', 'tada', 'white_check_mark']), answer);
  },
);

// Customers among themselves.
many(
  3,
  () => next((c) => isEnglish(c) && isWide(c)),
  early,
  (s, t, n) => {
    const a = s.channel.people[0]?.id as string;
    const b = s.channel.people[1]?.id as string;
    const said = [
      [
        `<@${b}> can you bring the printed price list to the stock take tomorrow?`,
        `<@${a}> yes, both copies are already in my bag`,
      ],
      [
        `<@${b}> did finance get back to you about the budget for the scanners?`,
        `<@${a}> not before Thursday, Marta is travelling this week`,
      ],
      [
        `<@${b}> please book the big room for the call with these folks`,
        `<@${a}> done, third floor, the one with the good screen`,
      ],
    ][n] as [string, string];
    const first = s.says(
      t,
      a,
      said[0],
      none(
        'among themselves',
        undefined,
        'two people of the customer talk to each other; nothing is asked of us',
      ),
    );
    s.says(later(t, 2, 15), b, said[1], none('among themselves', undefined, 'the answer to it'));
    void first;
  },
);

// Deleted before anybody could care; after the line; an answer in a thread.
many(
  3,
  () => next(),
  early,
  (s, t) => {
    const by = lead(s);
    const first = s.opens(t, by, problem(s.language(by), 'broken').text);
    first.label = {
      is: 'opens',
      or: ['none'],
      note: 'taken back within minutes: whether it stays as a contact without text does not matter',
    };
    s.add({ t: later(t, 1, 6), by, kind: 'delete', of: first });
  },
);
many(
  3,
  () => next(),
  morning,
  (s, t) => {
    const by = lead(s);
    const first = s.opens(t, by, problem(s.language(by), 'broken').text);
    first.label = {
      is: 'opens',
      or: ['none'],
      note: 'taken back after the line was offered: the line has to go',
    };
    s.add({ t: work(t, 30, 70), by, kind: 'delete', of: first });
  },
);
many(
  4,
  () => next(),
  morning,
  (s, t) => {
    const { first, end } = threaded(s, t);
    const extra = s.says(
      later(end, 71, 90),
      first.by,
      filled(pick(say.MORE[s.language(first.by)])),
      joins(first, ['none']),
      first,
    );
    s.add({ t: later(extra.t, 1, 5), by: first.by, kind: 'delete', of: extra });
  },
);

// Edits: a typo, a real change, a greeting that becomes a problem, a problem that goes away.
many(
  16,
  () => next(),
  officeHours,
  (s, t) => {
    const by = s.person().id;
    const { text } = problem(s.language(by), 'broken');
    const at = whole(3, Math.max(4, text.length - 3));
    const typo = text.slice(0, at) + text.slice(at + 1, at + 2) + text.slice(at);
    const first = s.opens(t, by, typo);
    s.add({ t: later(t, 0.3, 3), by, kind: 'edit', of: first, text });
    const now = work(t, 4, 12);
    s.ours(now, pick(support), fix(s.language(by)), first);
    ends(s, now, by, first, first);
  },
);
many(
  6,
  () => next(isEnglish),
  officeHours,
  (s, t, n) => {
    const by = lead(s);
    const { text } = problem('en', 'broken');
    const first = s.opens(t, by, text);
    const who = pick(support);
    s.react(work(t, 1, 4), who, 'ticket', first);
    const grown = [
      'Edit: it is all users, not only me',
      'EDIT: happens on mobile too',
      'Update: only for orders from before October',
      'edit: customer id 4481 for reference',
      'Edit: sorry, I meant the staging space',
      'Update 10 min later: also in Safari',
    ][n];
    s.add({ t: work(t, 5, 9), by, kind: 'edit', of: first, text: `${text}\n${grown}` });
    const now = work(t, 9.5, 13);
    s.ours(now, who, fix('en'), first);
    ends(s, now, by, first, first);
  },
);
put(next(isEnglish), morning, (s, t) => {
  const by = lead(s);
  const first = s.opens(t, by, 'Good morning!');
  first.label = {
    is: 'opens',
    or: ['none'],
    note: 'a greeting that its author turned into a problem by an edit; what counts is what stands there',
  };
  s.add({
    t: later(t, 0.5, 2),
    by,
    kind: 'edit',
    of: first,
    text: 'Good morning! Since 8 our whole planning team is locked out, could somebody have a look?',
  });
  s.ours(work(t, 4, 12), pick(support), fix('en'), first);
});
many(
  2,
  () => next(isEnglish),
  morning,
  (s, t) => {
    const by = lead(s);
    const { text } = problem('en', 'broken');
    const first = s.opens(t, by, text);
    s.add({
      t: later(t, 4, 9),
      by,
      kind: 'edit',
      of: first,
      text: `~${text}~ never mind, found it, sorry for the noise`,
    });
    spared.push({
      contact: first,
      note: 'the author crossed it out within minutes: a line would be noise (Baton may not see that)',
    });
  },
);

// Logged twice, late, by command; added to another; two on one line.
for (const [n, twice] of (
  ['other', 'other', 'other', 'same', 'same', 'both ways', 'both ways', 'other', 'both ways'] as const
).entries()) {
  put(next(), early, (s, t) => tracked(s, t, n % 2 ? 'thanks' : 'nothing', twice));
}
many(
  8,
  () => next(),
  early,
  (s, t) => {
    const { first, end } = threaded(s, t);
    s.react(afterWorking(end, whole(400, 900)), pick(support), 'ticket', first);
  },
);
const TITLED: [string, string][] = [
  [
    'Nothing came through the scheduled export tonight, the folder on our side is empty',
    'Scheduled export missing',
  ],
  ['For the site in Hull the total is lower than the sum of its rows', 'Wrong totals for one site'],
  ['After the update half of my team ends up on the login page again and again', 'Login loop after update'],
  ['Our price import gives up after a bit more than two thousand lines', 'Import stops half way'],
  ['Label printing wastes a sheet per label, see photo in the shared folder', 'Label printer adds a page'],
  ['No low stock alert since Friday although three items are at zero', 'Alerts do not arrive'],
];
many(
  6,
  () => next(isEnglish),
  morning,
  (s, t, n) => {
    const by = lead(s);
    const [text, title] = TITLED[n] as [string, string];
    const first = s.opens(t, by, text);
    const who = pick(support);
    s.add({ t: work(t, 2, 8), by: who, kind: 'command', text: `/issue log ${title}` });
    const now = work(t, 9, 13);
    s.ours(now, who, fix('en'), first);
    ends(s, now, by, first, first);
  },
);
// A file says enough, with a line or without a word.
const SHOWN = [
  'This is what my screen looks like since the update',
  'see attached',
  'Log of the failed job from tonight',
  '',
  'Both invoices, the second one is wrong',
  '',
];
many(
  6,
  () => next(isEnglish),
  morning,
  (s, t, n) => {
    const by = lead(s);
    const first = s.opens(t, by, SHOWN[n] as string, {
      kind: 'file',
      file: pick(['screenshot.png', 'job.log', 'invoices.pdf', 'IMG_0417.jpg']),
    });
    const now = work(t, 3, 12);
    s.ours(now, pick(support), 'Thanks for the file, I see what you mean. Looking into it.', first);
    ends(s, now, by, first, first);
  },
);
put(next(), morning, (s, t) => {
  s.ours(t, pick(success), 'Many thanks for the call just now, I have written down your three wishes.');
  s.add({
    t: later(t, 3, 6),
    by: pick(success),
    kind: 'command',
    text: '/issue log Wish from the call: own colours per site',
  });
});
many(
  6,
  () => next(),
  early,
  (s, t) => {
    const by = lead(s);
    const language = s.language(by);
    const first = s.opens(t, by, problem(language, 'broken').text);
    const who = pick(support);
    s.add({ t: work(t, 1, 8), by: who, kind: 'shortcut', of: first });
    s.ours(work(t, 9, 13), who, fix(language), first);
    const again = afterWorking(t, 460) + 30 * MINUTE;
    const second = s.opens(again, by, problem(language, 'broken').text);
    s.add({ t: work(again, 20, 40), by: who, kind: 'press', of: second, action: 'add', to: first });
    const now = work(again, 45, 80);
    s.ours(now, who, fix(language), second);
  },
);
many(
  6,
  () => next(isWide),
  morning,
  (s, t) => {
    const [a, b] = s.channel.people.map((p) => p.id) as [string, string];
    const first = s.opens(t, a, problem(s.language(a), 'broken').text);
    const second = s.opens(later(t, 66, 85), b, problem(s.language(b), 'broken').text);
    const who = pick(support);
    const now = work(second.t, 40, 70);
    s.ours(now, who, fix(s.language(a)), first);
    s.ours(later(now, 2, 5), who, fix(s.language(b)), second);
  },
);

// Out of hours: the night, the weekend, Friday at ten to five.
many(
  8,
  () => next(),
  () => MONDAY + whole(0, 3) * DAY + between(19, 23.5) * HOUR,
  (s, t, n) => {
    const by = s.person().id;
    const first = s.opens(t, by, problem(s.language(by), 'broken').text);
    const now = n < 5 ? work(t, 2, 12) : work(t, 40, 90);
    s.ours(now, pick(support), fix(s.language(by)), first);
    ends(s, now, by, first, first);
  },
);
many(
  5,
  () => next(),
  () => MONDAY + whole(5, 6) * DAY + between(9, 20) * HOUR,
  (s, t) => {
    const by = s.person().id;
    s.opens(t, by, problem(s.language(by), 'broken').text);
  },
);
many(
  3,
  () => next(),
  () => at(4, '16:47') + whole(0, 600) * 1000,
  (s, t) => {
    const by = s.person().id;
    s.opens(t, by, problem(s.language(by), 'broken').text);
  },
);

// An answer past the two hours of its author, within the four of ours.
many(
  8,
  () => next(),
  morning,
  (s, t) => {
    const by = lead(s);
    const language = s.language(by);
    const { area, text } = problem(language, 'broken');
    const first = s.opens(t, by, text);
    const now = work(t, 6, 13);
    const [ask, answers] = pair(language, area);
    s.ours(now, pick(support), filled(ask));
    s.says(later(t, 128, 190), by, filled(pick(answers)), none('answer', first), undefined, { close: true });
  },
);

const guestIn = suggesting.find((c) => Number(c.id.slice(2)) < 40 && !quiet.has(c.id)) as Channel;

// Links and unfurls, broadcasts, a message in a neighbour's channel.
many(
  10,
  () => next(isEnglish),
  officeHours,
  (s, t) => {
    const by = s.person().id;
    const { text } = problem(s.language(by), 'broken');
    const first = s.opens(
      t,
      by,
      `${text} https://app.example.com/${pick(['jobs', 'reports', 'orders'])}/${whole(1000, 9999)}`,
    );
    s.add({ t: t + whole(1, 4) * 1000, by, kind: 'unfurl', of: first });
    if (often(0.3)) s.add({ t: t + 9000, by, kind: 'unfurl', of: first });
    const now = work(t, 3, 12);
    const reply = s.ours(
      now,
      pick(support),
      `This page describes it: https://help.example.com/articles/${whole(10, 400)}`,
      first,
    );
    s.add({ t: now + 2000, by: reply.by, kind: 'unfurl', of: reply });
    ends(s, now, by, first, first);
  },
);
many(
  4,
  () => next(),
  early,
  (s, t) => {
    const { first, end } = threaded(s, t);
    s.says(later(end, 71, 115), first.by, filled(pick(say.MORE[s.language(first.by)])), joins(first), first, {
      broadcast: true,
    });
  },
);
put(guestIn, early, (s, t) => {
  const guest = team.channels[16]?.people[0]?.id as string;
  const first = s.opens(t, guest, problem('de', 'broken').text);
  first.label = { is: 'opens', note: 'a person of the neighbour account c-017; the channel decides' };
  s.ours(work(t, 3, 12), pick(support), fix('de'), first);
});

// Resolved issues, and what is said in their threads afterwards.
const enders = [
  ...Array(18).fill('thanks'),
  ...Array(6).fill('warm'),
  ...Array(14).fill('broken'),
  ...Array(4).fill('short'),
  ...Array(8).fill('nothing'),
] as ('thanks' | 'warm' | 'broken' | 'short' | 'nothing')[];
const tongues: Language[] = ['en', 'de', 'fr', 'es', 'pt', 'ja'];
for (const [n, after] of enders.entries()) {
  const tongue = after === 'short' ? 'en' : n % 3 ? (tongues[n % 6] as Language) : 'en';
  put(
    next((c) => c.people[0]?.language === tongue),
    early,
    (s, t) => tracked(s, t, after),
  );
}

// Our own voice in the channels, and what customers make of it.
many(16, () => next(), daytime, announced);
const ways = [
  ...Array(14).fill('long'),
  ...Array(14).fill('short'),
  ...Array(9).fill('file'),
  ...Array(4).fill('none'),
] as ('long' | 'short' | 'file' | 'none')[];
for (const how of ways) put(next(), morning, (s, t) => asked(s, t, how));
const CHAT = [
  'Have a good start into the week, everybody!',
  'I am out tomorrow, Priya covers for me.',
  'Thank you for the cake, the whole office says hi 🍰',
  'Notes of our call are in the shared document.',
  'Reminder: our meeting moved to 11:30.',
  'Enjoy the trade fair next week!',
];
many(
  14,
  () => next(),
  daytime,
  (s, t) => {
    const first = s.ours(t, pick(success), pick(CHAT));
    if (often(0.4)) s.react(later(t, 2, 60), s.person().id, pick(['heart', 'tada', '+1']), first);
  },
);
many(
  16,
  () => next(),
  officeHours,
  (s, t) => {
    const by = s.person().id;
    s.says(t, by, greeting(s.language(by), t), none('courtesy'));
  },
);

// Everybody's bots, people who join, customers' own reactions.
const BOTS: [string, string][] = [
  ['bot-status', 'Degraded performance: EU-2, exports. Investigating.'],
  ['bot-status', 'Resolved: EU-2, exports. Is everything back to normal for you?'],
  ['bot-calendar', 'Reminder: quarterly review starts in 15 minutes'],
  ['bot-builds', 'Build #4482 failed on main: 3 tests broken'],
  ['bot-builds', 'Deployed 4.12.1 to production'],
];
many(
  24,
  () => next(),
  officeHours,
  (s, t) => {
    const [by, text] = pick(BOTS);
    s.add({ t, by, kind: 'bot', text });
  },
);
for (const channel of shuffled(wide.filter((c) => !quiet.has(c.id))).slice(0, 10))
  put(channel, officeHours, (s, t) => void s.add({ t, by: s.person().id, kind: 'join' }));

// --- the bulk ---------------------------------------------------------------------------------------------------------

const PLAY: [number, (s: Stage, t: number) => void][] = [
  [30, (s, t) => void threaded(s, t)],
  [13, (s, t) => flat(s, t)],
  [13, (s, t) => overlooked(s, t, 'answered')],
  [5, (s, t) => overlooked(s, t, 'answered flat')],
  [12, (s, t) => overlooked(s, t, 'logged')],
  [9, (s, t) => overlooked(s, t, 'not an issue')],
  [5, (s, t) => overlooked(s, t, 'folded')],
  [2, (s, t) => overlooked(s, t, 'shortcut')],
  [9, burst],
  [8, together],
  [5, neighbours],
  [4, eyes],
];
/** Where nothing is offered, nobody presses on lines. */
const PLAIN = PLAY.filter((_, n) => ![4, 5, 6, 7].includes(n));
function any(plays: readonly (typeof PLAY)[number][]) {
  let rest = chance() * plays.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, play] of plays) {
    rest -= weight;
    if (rest < 0) return play;
  }
  return (plays[0] as (typeof PLAY)[number])[1];
}
for (let rank = 0; rank < 156; rank++) {
  const channel = channelNumber(rank);
  for (let n = 0; n < (share.get(order[rank] as number) ?? 0); n++) {
    const play = any(channel.capture === 'suggest' ? PLAY : PLAIN);
    put(channel, officeHours, play);
  }
}
// In channels that log by themselves somebody presses :ticket: all the same; in one that is off it is the only way.
for (const channel of team.channels.filter((c) => c.capture === 'auto' || c.capture === 'off')) {
  put(channel, early, (s, t) => tracked(s, t, pick(['thanks', 'broken', 'nothing'])));
}
// Customers press emoji too; that is theirs to do and means nothing to us. Two of ours reach for the siren.
const openers = shuffled(
  week.filter(
    (d) =>
      d.label?.is === 'opens' && d.t < at(4, '12:00') && !week.some((o) => o.kind === 'delete' && o.of === d),
  ),
);
for (const [n, first] of openers.slice(0, 14).entries()) {
  const mate = pick((team.channels.find((c) => c.id === first.channel) as Channel).people).id;
  week.push({
    t: later(first.t, 2, 200),
    channel: first.channel,
    by: mate,
    kind: 'react',
    emoji: n < 4 ? 'ticket' : pick(['+1', 'eyes', 'pray', 'cry']),
    of: first,
  });
}
for (const first of openers
  .filter((d) => team.channels.find((c) => c.id === d.channel)?.capture === 'suggest')
  .slice(20, 22)) {
  const reply = week.find((d) => agent(d) && d.in === first);
  week.push({
    t: later((reply ?? first).t, 5, 20),
    channel: first.channel,
    by: reply?.by ?? pick(support),
    kind: 'react',
    emoji: 'rotating_light',
    of: first,
  });
}

// --- the files --------------------------------------------------------------------------------------------------------

week.sort((a, b) => a.t - b.t || a.channel.localeCompare(b.channel) || Number(post(b)) - Number(post(a)));
let posts = 0;
let acts = 0;
for (const d of week) {
  d.id =
    post(d) || d.kind === 'bot' || d.kind === 'join'
      ? `m${String(++posts).padStart(4, '0')}`
      : `e${String(++acts).padStart(4, '0')}`;
}
const lines = week.map((d) =>
  Object.fromEntries(
    Object.entries({
      at: stamp(d.t),
      channel: d.channel,
      thread: d.in?.id,
      id: d.id,
      by: d.by,
      kind: d.kind,
      text: d.text,
      file: d.file,
      of: d.of?.id,
      emoji: d.emoji,
      action: d.action,
      to: d.to?.id,
      broadcast: d.broadcast,
    }).filter(([, value]) => value !== undefined),
  ),
) as unknown as Line[];

const ignored = new Set(team.channels.filter((c) => c.capture === 'ignore').map((c) => c.id));
const decisions: Record<string, Decision> = {};
for (const d of week) {
  const id = d.id as string;
  if (ignored.has(d.channel) && customer(d) && post(d)) decisions[id] = { is: 'none', why: 'ignored' };
  else if (d.kind === 'bot') decisions[id] = { is: 'none', why: 'bot' };
  else if (d.kind === 'join') decisions[id] = { is: 'none', why: 'join' };
  else if (post(d) && agent(d)) decisions[id] = { is: 'none', why: 'ours' };
  else if (d.label) {
    const { is, contact, why, or, note } = d.label;
    decisions[id] = {
      is,
      ...(is === 'opens' ? { contact: id } : contact ? { contact: contact.id as string } : {}),
      ...(why ? { why } : {}),
      ...(or ? { or } : {}),
      ...(note ? { note } : {}),
    };
  }
}
const notSuggested = [...spared.map(({ contact, note }) => ({ contact: contact.id as string, note }))];
const expected: Expectation = { decisions, notSuggested, ...derive(team, lines, decisions, notSuggested) };
const write = (name: string, text: string) =>
  writeFileSync(fileURLToPath(new URL(name, import.meta.url)), text);
write('team.json', JSON.stringify(team, null, 2));
write('transcript.jsonl', `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
write('expectation.json', JSON.stringify(expected, null, 1));
const opened = Object.values(decisions).filter((d) => d.is === 'opens').length;
console.log({
  lines: lines.length,
  posts: lines.filter(isPost).length,
  opened,
  dropped,
  words: lines.map(textOf).join(' ').length,
});
