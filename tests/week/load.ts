import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/**
 * Reads the written week: who is there (`team.json`), what they write and press (`transcript.jsonl`), and what a careful
 * human wants of it (`expectation.json`). Nothing here knows the product.
 */

const capture = z.enum(['suggest', 'auto', 'off', 'ignore']);
const agentId = z.string().regex(/^agent-\d\d$/);
const customerId = z.string().regex(/^cust-\d{3}-[a-d]$/);
const channelId = z.string().regex(/^c-\d{3}$/);
const lineId = z.string().regex(/^[me]\d{4}$/);
const instant = z.string().regex(/^2026-11-\d\dT\d\d:\d\d:\d\d\+01:00$/);

const teamSchema = z.strictObject({
  zone: z.literal('Europe/Berlin'),
  from: instant,
  until: instant,
  hours: z.strictObject({ days: z.array(z.number()), from: z.string(), until: z.string() }),
  agents: z.array(
    z.strictObject({ id: agentId, name: z.string(), function: z.enum(['support', 'success']) }),
  ),
  bots: z.array(z.string()),
  channels: z.array(
    z.strictObject({
      id: channelId,
      account: z.string(),
      capture,
      people: z
        .array(z.strictObject({ id: customerId, language: z.string() }))
        .min(1)
        .max(4),
    }),
  ),
});

const written = { at: instant, channel: channelId, id: lineId, by: z.string() };
const lineSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...written, kind: z.literal('message'), text: z.string().min(1) }),
  z.strictObject({
    ...written,
    kind: z.literal('reply'),
    thread: lineId,
    text: z.string().min(1),
    broadcast: z.literal(true).optional(),
  }),
  z.strictObject({
    ...written,
    kind: z.literal('file'),
    thread: lineId.optional(),
    text: z.string(),
    file: z.string(),
  }),
  z.strictObject({ ...written, kind: z.literal('bot'), text: z.string().min(1) }),
  z.strictObject({ ...written, kind: z.literal('join') }),
  z.strictObject({ ...written, kind: z.literal('edit'), of: lineId, text: z.string().min(1) }),
  z.strictObject({ ...written, kind: z.literal('unfurl'), of: lineId }),
  z.strictObject({ ...written, kind: z.literal('delete'), of: lineId }),
  z.strictObject({ ...written, kind: z.enum(['react', 'unreact']), of: lineId, emoji: z.string() }),
  z.strictObject({ ...written, kind: z.literal('shortcut'), of: lineId }),
  z.strictObject({ ...written, kind: z.literal('command'), text: z.string().startsWith('/') }),
  z.strictObject({
    ...written,
    kind: z.literal('press'),
    of: lineId,
    action: z.enum(['log', 'add', 'not an issue', 'resolve']),
    to: lineId.optional(),
  }),
]);

const is = z.enum(['opens', 'joins', 'none']);
const why = z.enum([
  'courtesy',
  'warm thanks',
  'short',
  'answer',
  'ours',
  'ignored',
  'bot',
  'join',
  'among themselves',
]);
const decisionSchema = z.strictObject({
  is,
  contact: lineId.optional(),
  why: why.optional(),
  or: z.array(is).optional(),
  note: z.string().optional(),
});
const maybe = z.enum(['yes', 'no', 'either']);
const became = z.enum(['logged', 'added', 'not an issue', 'folded', 'answered', 'withdrawn', 'open']);
const way = z.enum(['auto', 'reaction', 'shortcut', 'command', 'suggestion']);
const privateKind = z.enum(['logged', 'already logged', 'resolve?', 'names the shortcut']);

const expectationSchema = z.strictObject({
  decisions: z.record(lineId, decisionSchema),
  contacts: z.array(
    z.strictObject({
      id: lineId,
      channel: channelId,
      messages: z.tuple([z.number(), z.number()]),
      firstReply: lineId.nullable(),
      firstReplyAt: instant.nullable(),
      waited: maybe,
      logged: z.boolean(),
      friction: maybe,
      withdrawn: z.literal(true).optional(),
    }),
  ),
  suggestions: z.array(
    z.strictObject({
      contact: lineId,
      channel: channelId,
      at: instant,
      line: z.number(),
      became,
      becameAt: instant.nullable(),
      note: z.string().optional(),
    }),
  ),
  notSuggested: z.array(z.strictObject({ contact: lineId, note: z.string() })),
  issues: z.array(
    z.strictObject({
      id: z.string().regex(/^i\d+$/),
      channel: channelId,
      sources: z.array(lineId),
      way,
      by: agentId.nullable(),
      at: instant,
      again: z.array(z.strictObject({ by: agentId, way, at: instant })),
      resolved: z.array(instant),
      reopened: z.array(lineId),
    }),
  ),
  afterResolved: z.array(
    z.strictObject({ message: lineId, issue: z.string(), reopens: z.boolean(), exact: z.boolean() }),
  ),
  private: z.array(
    z.strictObject({
      at: instant,
      to: agentId,
      kind: privateKind,
      issue: z.string().nullable(),
      must: z.boolean(),
    }),
  ),
  noise: z.strictObject({
    visibleInCustomerChannels: z.literal(0),
    openLinesPerAccount: z.literal(1),
    badgesPerPersonPerDay: z.number(),
    triageMessagesPerDay: z.record(z.string(), z.number()),
    privatePerPersonPerDay: z.record(z.string(), z.record(z.string(), z.number())),
  }),
});

export type Team = z.infer<typeof teamSchema>;
export type Line = z.infer<typeof lineSchema>;
export type Decision = z.infer<typeof decisionSchema>;
export type Expectation = z.infer<typeof expectationSchema>;
export type Post = Extract<Line, { kind: 'message' | 'reply' | 'file' | 'bot' | 'join' }>;

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

const loadTeam = (): Team => teamSchema.parse(JSON.parse(readFileSync(path('team.json'), 'utf8')));

const loadTranscript = (): Line[] =>
  readFileSync(path('transcript.jsonl'), 'utf8')
    .split('\n')
    .filter((row) => row !== '')
    .map((row, n) => {
      const read = lineSchema.safeParse(JSON.parse(row));
      if (!read.success) throw new Error(`transcript.jsonl:${n + 1}: ${z.prettifyError(read.error)}`);
      return read.data;
    });

const loadExpectation = (): Expectation =>
  expectationSchema.parse(JSON.parse(readFileSync(path('expectation.json'), 'utf8')));

/** The whole week, read and checked. */
export function loadWeek(): { team: Team; lines: Line[]; expected: Expectation } {
  const week = { team: loadTeam(), lines: loadTranscript(), expected: loadExpectation() };
  const wrong = problems(week.team, week.lines);
  if (wrong.length > 0) throw new Error(`The week does not hold together:\n${wrong.join('\n')}`);
  return week;
}

export const isPost = (line: Line): line is Post =>
  ['message', 'reply', 'file', 'bot', 'join'].includes(line.kind);
export const byCustomer = (line: Line): boolean => line.by.startsWith('cust-');
export const byAgent = (line: Line): boolean => line.by.startsWith('agent-');
export const threadOf = (line: Line): string | undefined => ('thread' in line ? line.thread : undefined);
export const textOf = (line: Line): string => ('text' in line ? line.text : '');

/** What is wrong with a transcript as a document: ids, references, order, people and places. */
export function problems(team: Team, lines: readonly Line[]): string[] {
  const wrong: string[] = [];
  const seen = new Map<string, Line>();
  const gone = new Set<string>();
  const moments = new Set<string>();
  const channels = new Set(team.channels.map((channel) => channel.id));
  const people = new Set([
    ...team.agents.map((agent) => agent.id),
    ...team.channels.flatMap((channel) => channel.people.map((person) => person.id)),
    ...team.bots,
  ]);
  let last = team.from;
  for (const line of lines) {
    const say = (text: string) => wrong.push(`${line.id} ${line.kind}: ${text}`);
    if (seen.has(line.id)) say('id used before');
    if (line.at < last) say(`is earlier than the line before it (${last})`);
    if (line.at > team.until) say('is after the week');
    if (!channels.has(line.channel)) say(`unknown channel ${line.channel}`);
    if (!people.has(line.by)) say(`unknown author ${line.by}`);
    if ((line.kind === 'bot') !== team.bots.includes(line.by)) say(`${line.by} cannot write a ${line.kind}`);
    if (['press', 'command', 'shortcut'].includes(line.kind) && !byAgent(line)) say('only our people press');
    const moment = `${line.channel} ${line.at}`;
    if (isPost(line) && moments.has(moment)) say('same second as another message of the channel');
    if (isPost(line)) moments.add(moment);
    const refersTo = [
      threadOf(line),
      'of' in line ? line.of : undefined,
      line.kind === 'press' ? line.to : undefined,
    ];
    for (const id of refersTo.filter((id) => id !== undefined)) {
      const other = seen.get(id);
      if (!other) say(`refers to ${id}, which is not before it`);
      else if (!isPost(other)) say(`refers to ${id}, which is no message`);
      else if (other.channel !== line.channel) say(`refers to ${id} in another channel`);
      else if (threadOf(line) === id && threadOf(other) !== undefined)
        say(`answers ${id}, which is itself an answer`);
      else if (gone.has(id)) say(`refers to ${id}, which was deleted`);
      else if (['edit', 'delete'].includes(line.kind) && other.by !== line.by)
        say(`changes a message of ${other.by}`);
    }
    if (line.kind === 'delete') gone.add(line.of);
    seen.set(line.id, line);
    last = line.at;
  }
  return wrong;
}
