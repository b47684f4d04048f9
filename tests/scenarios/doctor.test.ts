import { createServer } from 'node:http';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reportJson, reportText } from '../../src/main/doctor/check.js';
import { examine, type Patient } from '../../src/main/doctor/index.js';
import { commandCheck } from '../../src/main/doctor/slack.js';
import { changeSetting } from '../../src/settings/store.js';
import { SURFACE } from '../../src/slack/surface.js';
import type { Store } from '../../src/store/transact.js';
import { onEveryDatabase } from '../support/databases.js';
import { type Office, openOffice } from '../support/office.js';
import { platformError } from '../support/paper-slack.js';

/** An installation that is well, and the many ways in which one is not; each is told with what to do. */
onEveryDatabase('the doctor', (database) => {
  let store: Store;
  let office: Office;
  let patient: Patient;
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store);
    const { clock, slack } = office;
    const scopes = Object.keys(SURFACE.scopes);
    patient = {
      slack: {
        identity: async () => ({ ...(await slack.identity()), scopes }),
        channel: (id) => slack.channel(id),
      },
      probe: {
        time: async (now) => ({ slackAt: now(), askedAt: now() }),
        openLine: async () => undefined,
      },
      appToken: 'xapp-1',
      surroundings: {
        freeBytes: async () => 10 * 1024 ** 3,
        publicUrl: 'https://baton.example',
        needsPublicUrl: true,
        reach: async () => 200,
      },
      trackers: undefined,
      inspect: async () => ({ schema: 'current', unsafe: null }),
      open: async () => ({ ...store, close: async () => undefined }),
      clocks: clock,
    };
  });
  afterEach(() => store.close());

  const wrong = async () => (await examine(patient)).filter((check) => !check.isOk);
  const channelOf = (name: string) => office.slack.knownChannels.get(name) as { isArchived: boolean };

  it('finds nothing on one that is well', async () => {
    const checks = await examine(patient);
    expect(checks.filter((check) => !check.isOk)).toEqual([]);
    expect(reportText(checks)).toContain('Baton is well.');
    expect(JSON.parse(reportJson(checks))).toMatchObject({ ok: true });
    for (const name of [
      'bot token',
      'scopes',
      'app token',
      'clock',
      'commands',
      'schema',
      'database',
      'inbox',
      'outbox',
      'set aside',
      'held back',
      'timed work',
      'zones',
      'channels',
      'disk',
      'hooks',
    ])
      expect(checks.map((check) => check.name)).toContain(name);
  });

  type Breaking = [what: string, name: string, how: () => unknown, words: string];
  const breakings: Breaking[] = [
    [
      'a team channel that nobody chose',
      'team channel',
      () =>
        store.transact([], (tx) => tx.db.delete(tx.t.settings).where(eq(tx.t.settings.key, 'teamChannel'))),
      'nobody chose it',
    ],
    [
      'a channel for alerts that is gone',
      'channel of alerts CGONE',
      () =>
        store.transact(['company'], (tx) =>
          changeSetting(tx, 'alertRoutes', [{ tier: 'A', channel: 'CGONE' }], { who: 'test', at: 0 }),
        ),
      'channel_not_found',
    ],
    [
      'a revoked bot token',
      'bot token',
      () =>
        Object.assign(patient.slack, {
          identity: async () => Promise.reject(platformError('token_revoked')),
        }),
      'token_revoked',
    ],
    [
      'a missing scope',
      'scopes',
      () =>
        Object.assign(patient.slack, {
          identity: async () => ({ ...(await office.slack.identity()), scopes: ['chat:write'] }),
        }),
      'users:read',
    ],
    [
      'a refused app token',
      'app token',
      () =>
        Object.assign(patient.probe, { openLine: async () => Promise.reject(platformError('invalid_auth')) }),
      'invalid_auth',
    ],
    [
      'a clock that is off',
      'clock',
      () =>
        Object.assign(patient.probe, {
          time: async (now: () => number) => ({ slackAt: now() - 90_000, askedAt: now() }),
        }),
      "90 s ahead of Slack's",
    ],
    [
      'a full disk',
      'disk',
      () => Object.assign(patient.surroundings, { freeBytes: async () => 1024 }),
      'only 0 MB free',
    ],
    [
      'a public address that nobody answers',
      'hooks',
      () =>
        Object.assign(patient.surroundings, {
          reach: async () => Promise.reject(new Error('ENOTFOUND baton.example')),
        }),
      'ENOTFOUND',
    ],
    [
      'a proxy that leads elsewhere',
      'hooks',
      () => Object.assign(patient.surroundings, { reach: async () => 502 }),
      'answers 502',
    ],
    [
      'no public address where one is needed',
      'hooks',
      () => Object.assign(patient.surroundings, { publicUrl: null }),
      'nobody said',
    ],
    [
      'an archived team channel',
      'team channel',
      () => Object.assign(channelOf('CSUPPORTSUCCESS'), { isArchived: true }),
      'is archived',
    ],
    [
      'a triage channel that customers read',
      'triage channel',
      () => Object.assign(channelOf('CTRIAGE'), { isShared: true }),
      'customers read it',
    ],
    [
      'a customer channel without Baton',
      '#acme of Acme',
      () => Object.assign(channelOf('CACME'), { isMember: false }),
      'Baton is not in it',
    ],
    [
      'a channel that is gone',
      '#globex of Globex',
      () => office.slack.knownChannels.delete('CGLOBEX'),
      'channel_not_found',
    ],
    [
      'a zone that is none',
      'zones',
      () =>
        store.transact(
          [],
          async (tx) =>
            void (await tx.db
              .update(tx.t.people)
              .set({ hours: { zone: 'Mars/Base', days: {}, holidays: [] } })),
        ),
      'Mars/Base',
    ],
    [
      'events that were set aside',
      'set aside',
      () =>
        store.transact(
          [],
          async (tx) =>
            void (await tx.db.insert(tx.t.inbox).values({
              key: 'k',
              kind: 'message',
              lane: 'C1',
              state: 'parked',
              receivedAt: 0,
              error: 'boom',
            })),
        ),
      'boom',
    ],
    [
      'events that wait',
      'inbox',
      () =>
        store.transact(
          [],
          async (tx) =>
            void (await tx.db.insert(tx.t.inbox).values({
              key: 'k',
              kind: 'message',
              lane: 'C1',
              state: 'new',
              receivedAt: office.clock.machine.now() - 3_600_000,
            })),
        ),
      'the oldest for 1 hour',
    ],
    [
      'messages that are held back',
      'held back',
      () =>
        store.transact(
          [],
          async (tx) =>
            void (await tx.db.insert(tx.t.outbox).values({
              key: 'k',
              kind: 'message',
              target: 'C9',
              accounts: [],
              internal: true,
              state: 'held',
              createdAt: 0,
              error: 'is_archived',
            })),
        ),
      'C9',
    ],
    [
      'a database of a newer version',
      'schema',
      () => Object.assign(patient, { inspect: async () => ({ schema: 'newer', unsafe: null }) }),
      'newer Baton',
    ],
    [
      'a database that is not there',
      'schema',
      () => Object.assign(patient, { inspect: async () => ({ schema: 'missing', unsafe: null }) }),
      'not there yet',
    ],
    [
      'a database that loses what it acknowledged',
      'durability',
      () => Object.assign(patient, { inspect: async () => ({ schema: 'current', unsafe: 'fsync is off' }) }),
      'fsync',
    ],
    [
      'a database that cannot be written',
      'database',
      () =>
        Object.assign(patient, {
          open: async () => ({
            ...store,
            close: async () => undefined,
            transact: async () => Promise.reject(new Error('attempt to write a readonly database')),
          }),
        }),
      'readonly',
    ],
    [
      'a database that cannot be opened',
      'database',
      () =>
        Object.assign(patient, {
          inspect: async () => Promise.reject(new Error('ECONNREFUSED 127.0.0.1:5432')),
        }),
      'ECONNREFUSED',
    ],
  ];

  describe('says what is wrong and what to do:', () => {
    it.each(breakings.map(([what]) => what))('%s', async (what) => {
      const [, name, how, words] = breakings.find((one) => one[0] === what) as Breaking;
      await how();
      const found = await wrong();
      expect(found.map((check) => check.name)).toEqual([name]);
      expect(found[0]?.line).toContain(words);
      expect(found[0]?.mend).toMatch(/\w{3}/);
      expect(reportText(found)).toContain('1 thing needs you.');
    });
  });

  it('a command that is Slack’s own is never heard', () => {
    expect(commandCheck(['/issue', '/away'])).toMatchObject({
      isOk: false,
      line: expect.stringContaining('/away'),
    });
  });

  it('asks the trackers whether they still take what it was given, and says what to do when they do not', async () => {
    let status = 200;
    const tracker = createServer((_req, res) =>
      res.writeHead(status).end(status === 200 ? '{"data":{"viewer":{"id":"u1"}}}' : '{"errors":[]}'),
    );
    await new Promise<void>((resolve) => tracker.listen(0, '127.0.0.1', resolve));
    const apiUrl = `http://127.0.0.1:${(tracker.address() as { port: number }).port}`;
    patient.trackers = {
      ...{ github: { token: 'ghp_1', apiUrl }, linear: { apiKey: 'lin_1', apiUrl }, jira: {} },
    };
    expect(await wrong()).toEqual([]);
    status = 401;
    const refused = await wrong();
    expect(refused.map((check) => check.name)).toEqual(['GitHub', 'Linear']);
    expect(refused[0]).toMatchObject({
      line: 'refuses GITHUB_TOKEN',
      mend: expect.stringContaining('restart'),
    });
    status = 502;
    expect((await wrong()).map((check) => check.mend)).toEqual([
      'Check that GitHub can be reached from here.',
      'Check that Linear can be reached from here.',
    ]);
    await new Promise((resolve) => tracker.close(resolve));
  });
});
