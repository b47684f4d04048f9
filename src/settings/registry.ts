import { z } from 'zod';
import { hoursProblem, isZone } from '../time/index.js';

/**
 * Every setting of the company: its type, what holds until somebody decides, and what it means. A new one stands here,
 * and with that in `company.yml`, in `baton export` and in the history.
 */

/** Where a setting stands in company.yml: in a place of its own, under `settings:`, or nowhere, since Baton finds it out. */
type Where = 'own' | 'settings' | 'none';

interface Entry<T extends z.ZodType> {
  schema: T;
  /** What holds as long as nobody decided otherwise. */
  fallback: z.infer<T>;
  /** What it means, in words for an admin. */
  meaning: string;
  place: Where;
}

const entry = <T extends z.ZodType>(
  schema: T,
  fallback: z.infer<T>,
  meaning: string,
  place: Where = 'settings',
): Entry<T> => ({ schema, fallback, meaning, place });

const ChannelId = z.string().regex(/^[CG][A-Z0-9]+$/, 'a Slack channel id, such as C012AB3CD');
const Zone = z.string().refine(isZone, 'no IANA zone of that name; write one like Europe/Berlin');
const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time as HH:MM, e.g. 09:00');
const Draft = z.string().min(1).max(2_000);
const Weekday = z.enum(['1', '2', '3', '4', '5', '6', '7']);
const Emoji = z
  .string()
  .regex(/^[a-z0-9_+-]{1,80}$/, 'the name of an emoji in small letters, without colons');

/** A repository or a team, as its tracker addresses it. */
const Place = z
  .string()
  .max(200)
  .regex(
    /^https:\/\/(linear\.app\/[\w-]+\/team\/[A-Za-z0-9]+|github(\.[\w-]+)+\/[\w.-]+\/[\w.-]+)\/?$/,
    'the address of a repository or a team: https://github.com/acme/app or https://linear.app/acme/team/ENG',
  );

const Hours = z
  .strictObject({
    zone: Zone,
    /** ISO weekday (1 = Monday) to local intervals. */
    days: z.partialRecord(Weekday, z.array(z.strictObject({ from: z.string(), to: z.string() }))),
    holidays: z.array(z.string()),
  })
  .superRefine((hours, context) => {
    const problem = hoursProblem({ ...hours, holidays: new Set(hours.holidays) });
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
  });

const Minutes = z.int().min(1).max(100_000).nullable();
const Clocks = z.strictObject({
  first_reply: Minutes.optional(),
  next_reply: Minutes.optional(),
  resolve: Minutes.optional(),
});
const Levels = z.partialRecord(z.enum(['low', 'normal', 'high', 'urgent']), Clocks);

const SHIFT = [{ from: '09:00', to: '17:00' }];

/** Monday to Friday, nine to five, UTC. */
const OFFICE_HOURS: z.infer<typeof Hours> = {
  zone: 'UTC',
  days: { 1: SHIFT, 2: SHIFT, 3: SHIFT, 4: SHIFT, 5: SHIFT },
  holidays: [],
};

/** A phrase of the company's own: whole words in small letters, `*` for up to three words between two of them. */
const OwnPhrase = z.strictObject({
  /** Kept of a match; without one it is the phrase itself. */
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,60}$/, 'small letters, digits and dashes')
    .optional(),
  category: z.enum(['blocker', 'waiting', 'repeat', 'escalate', 'churn', 'legal_finance', 'praise']),
  phrase: z
    .string()
    .max(100, 'at most 100 characters')
    .regex(
      /^(?!\* )[\p{Ll}\p{Lo}\p{N}\p{M}'*]+( [\p{Ll}\p{Lo}\p{N}\p{M}'*]+){0,9}(?<! \*)$/u,
      'up to ten words in small letters, without punctuation; * stands for up to three words between two of them',
    ),
  /** 1 counts only beside another of its category in the same message. */
  weight: z.union([z.literal(1), z.literal(2)], 'write 1 or 2').default(2),
  /** So many words before it are searched for a negation. */
  negation_window: z.int().min(0).max(5).default(3),
});
const OwnPhrases = z.strictObject({
  add: z.array(OwnPhrase).max(500, 'at most 500 phrases').default([]),
  /** Ids of phrases that Baton comes with. */
  remove: z.array(z.string().max(80)).max(500).default([]),
});

/** Which alerts go elsewhere: all that a route says must fit. */
const AlertRoute = z
  .strictObject({
    channel: ChannelId,
    tier: z.string().min(1).max(40).optional(),
    segment: z.string().min(1).max(80).optional(),
    /** The handle of a success manager. */
    csm: z.string().min(1).max(41).optional(),
  })
  .refine((route) => route.tier ?? route.segment ?? route.csm, 'say for which tier, segment or csm');

export const REGISTRY = {
  teamChannel: entry(ChannelId.nullable(), null, 'the channel where support and success meet', 'own'),
  triageChannel: entry(ChannelId.nullable(), null, 'the channel where support works', 'own'),
  zone: entry(Zone, 'UTC', 'the zone of dates that concern nobody in particular', 'own'),
  hours: entry(Hours, OFFICE_HOURS, 'working hours of everybody who has none of their own', 'own'),
  logReaction: entry(Emoji, 'ticket', 'the emoji that logs an issue', 'own'),
  workspaceUrl: entry(
    z.string().min(1),
    'https://slack.com/',
    'the address of the workspace, for links to messages',
    'none',
  ),
  liveMeans: entry(
    z.enum(['release', 'deployment', 'press']).nullable(),
    null,
    'when customers can use a fix: a published release, a production deployment, or when somebody says so; null: nobody chose, either of the first two counts',
  ),
  liveBy: entry(
    z.strictObject({
      github: z.enum(['release', 'deployment', 'person']).optional(),
      linear: z.enum(['release', 'deployment', 'person']).optional(),
      jira: z.enum(['version', 'release', 'deployment', 'person']).optional(),
    }),
    {},
    'the same for one tracker, where it differs',
  ),
  liveByAsked: entry(
    z.array(z.enum(['github', 'linear', 'jira'])).max(3),
    [],
    'trackers for which somebody was asked when their fixes are live',
    'none',
  ),
  newItems: entry(
    z.array(Place).max(5),
    [],
    'GitHub repositories and Linear teams in which *Link fix…* offers to begin a new item, before those of linked items',
  ),
  alertRoutes: entry(
    z.array(AlertRoute).max(50),
    [],
    'team channels of their own for alerts of a tier, a segment or a csm, first fit first; all others go to the team channel',
  ),
  standup: entry(
    z.strictObject({ time: Clock }).nullable(),
    null,
    'when the stand-up stands in the team channel on working days; null: nobody asked',
  ),
  observeUntil: entry(
    z.number().int().nullable(),
    null,
    'until when (UTC ms) a new installation only observes; null: its rules speak',
    'none',
  ),
  backfill: entry(
    z.strictObject({ days: z.int().min(1).max(90), text: z.boolean().default(false) }).nullable(),
    null,
    'how many days of their past are read in of customer channels, once for each, and whether with the words; null: none',
  ),
  pause: entry(
    z.strictObject({ until: z.number().int(), by: z.string(), at: z.number().int() }).nullable(),
    null,
    'until when (UTC ms) Baton posts nothing, since when, and who paused it; null: it is not paused',
    'none',
  ),
  drafts: entry(
    z.strictObject({ live: Draft, declined: Draft }).nullable(),
    null,
    'what Copy draft offers, with {customer}, {problem}, {since} and {version} where facts go; null: the words of Baton',
  ),
  serviceLevels: entry(
    Levels.nullable(),
    null,
    'what is promised to customers otherwise, by priority, in working minutes; null switches one off',
  ),
  phrases: entry(
    z.partialRecord(z.enum(['en', 'de']), OwnPhrases),
    {},
    'telling phrases by language: those added to what Baton comes with, and the ids of those taken out',
  ),
  computeHealth: entry(
    z.boolean(),
    false,
    'whether Baton computes the health of accounts that no other tool feeds',
  ),
  setupDone: entry(
    z.array(z.string().max(40)).max(40),
    [],
    'steps of the set-up that an admin looked at and left as they are',
    'none',
  ),
};

export type Settings = { [K in keyof typeof REGISTRY]: z.infer<(typeof REGISTRY)[K]['schema']> };
export type SettingKey = keyof Settings;

export const SETTING_KEYS = Object.keys(REGISTRY) as SettingKey[];

/** The name of a setting in company.yml: `logReaction` is written `log_reaction`. */
export function fileName(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** What is wrong with a value for a setting, in words that say what would be right; null when it fits. */
export function settingProblem(key: SettingKey, value: unknown): string | null {
  const parsed = REGISTRY[key].schema.safeParse(value);
  return parsed.success ? null : parsed.error.issues.map((issue) => issue.message).join('; ');
}
