import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demo, startDemo, Undo } from '../../src/demo/demo.js';
import { channelId } from '../../src/demo/workspace.js';
import { readCompany, writeCompany } from '../../src/main/apply.js';
import { startBaton } from '../../src/main.js';
import {
  eventually,
  freePort,
  LocalSlackDriver,
  type ShownMessage,
  whyNoLocalSlack,
} from '../support/local-slack.js';

const missing = whyNoLocalSlack();
const TEAM = channelId('support-success');
const TRIAGE = channelId('triage');
const GLOBEX_INTERNAL = channelId('globex-internal');
const CUSTOMER_CHANNELS = ['acme', 'globex', 'initech'];

/** The seven steps of the tour, against a Slack that somebody else wrote, without a browser. */
describe.skipIf(missing)(`the loop against the local Slack${missing ? ` (${missing})` : ''}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'baton-demo-'));
  let port = 0;
  let undo = new Undo();
  let demo: Demo;
  let slack: LocalSlackDriver;

  const start = async () => {
    undo = new Undo();
    const parts = { start: startBaton, readCompany, writeCompany };
    demo = await startDemo({ port, folder, isFresh: false, say: () => undefined }, parts, undo);
    slack = new LocalSlackDriver(demo.address);
  };
  const cards = async (place: string) => (await slack.messages(place)).filter((one) => !one.ephemeral_to);
  const issueCards = async () => (await cards(TRIAGE)).filter((one) => /^B-\d/.test(one.text));
  const privately = (words: string, place: string) => slack.shown(place, words, (one) => !!one.ephemeral_to);
  const isNoReply = (one: ShownMessage) => !one.thread_ts;
  const arrivals = async () => (await slack.messages(TRIAGE)).filter((one) => one.text.startsWith('It is *'));
  /** @returns what the traveller was told at the end of the journey */
  const travel = async (length: string) => {
    const before = (await arrivals()).length;
    await slack.command('sam', 'triage', `/timetravel ${length}`);
    return eventually(`the end of ${length}`, async () => (await arrivals())[before]);
  };
  const dm = (user: string) => eventually(`a direct message to ${user}`, () => slack.directMessagesOf(user));

  beforeAll(async () => {
    port = await freePort();
    await start();
  }, 60_000);
  afterAll(async () => {
    await undo.run();
    rmSync(folder, { recursive: true, force: true });
  }, 20_000);

  it('begins on a Tuesday at nine with one alert and nothing else to do', async () => {
    expect(demo.now).toBe('Tue 17 Nov 09:00');
    const [alert, ...others] = await cards(TEAM);
    expect(JSON.stringify(alert?.blocks)).toContain('wrote in 4 times in 5 days (usually 1)');
    expect(others).toEqual([]);
    expect(await cards(TRIAGE)).toEqual([]);
    for (const user of ['sam', 'priya', 'ana', 'luis', 'lea', 'eli'])
      expect(await slack.directMessagesOf(user)).toBeUndefined();
  });

  it('1. changes the alert in place when the customer writes again', async () => {
    await slack.say('joe', 'acme', 'And since this morning the export button does nothing at all.');
    expect((await travel('3h')).text).toContain('It is *Tue 17 Nov 12:00*');
    await slack.shown(TEAM, 'wrote in 5 times in');
    expect(await cards(TEAM)).toHaveLength(1);
  });

  it('2. lets one claim and tells the other', async () => {
    const [open] = await cards(TEAM);
    await slack.press('ana', TEAM, open as ShownMessage, 'alert.claim');
    const claimed = await slack.shown(TEAM, 'Claimed by Ana Lopez');
    await slack.press('luis', TEAM, claimed, 'alert.claim');
    await privately('Ana Lopez has Acme already', TEAM);
  });

  it('3. logs one issue, whoever reacts, and others by command and form', async () => {
    const ts = await slack.say('gus', 'globex', 'CSV import drops the last column');
    await slack.react('sam', 'globex', ts, 'ticket');
    await privately('Logged *B-1* for Globex', channelId('globex'));
    await slack.react('priya', 'globex', ts, 'ticket');
    await privately('That message is *B-1* already', channelId('globex'));
    await slack.command('sam', 'globex', '/issue log Export drops rows');
    await slack.shown(TRIAGE, 'Export drops rows');
    await slack.command('priya', 'triage', '/issue log');
    await slack.submit('priya', { account: 'Initech', title: 'Search is slow' });
    await slack.shown(TRIAGE, 'Search is slow', (one) => !one.ephemeral_to);
    expect(await issueCards()).toHaveLength(3);
    expect(await cards(GLOBEX_INTERNAL)).toHaveLength(2);
  });

  it('4. calls the group that was chosen in the thread of the issue', async () => {
    await slack.command('sam', 'triage', '/escalate B-1 production is blocked');
    const asked = await privately('to whom?', TRIAGE);
    await slack.press('sam', TRIAGE, asked, 'issue.escalate_to:engineering');
    const call = await slack.shown(TRIAGE, '<@U0ELI>', (one) => !!one.thread_ts);
    expect(call.thread_ts).toBe((await issueCards())[0]?.ts);
    await slack.press('eli', TRIAGE, call, 'escalation.answer');
    await slack.shown(TRIAGE, 'Eli Stone of Engineering is on it', isNoReply);
  });

  it('5. asks one person to tell the customer, and lists who waits', async () => {
    await slack.command('eli', 'triage', '/baton fix live B-1');
    await privately('Sam Okafor tells Globex by Wed 17:00', TRIAGE);
    await slack.shown(await dm('sam'), 'is fixed · by Wed 17:00');
    expect(await cards(await dm('sam'))).toHaveLength(1);
    await slack.command('ana', 'triage', '/baton fix');
    await privately('Globex: Sam Okafor tells them by Wed 17:00', TRIAGE);
  });

  it('6. travels until it passes to the CSM, once; one press ends it', async () => {
    let told = await travel('next');
    // Before that Baton may say in triage that a customer waits for an answer.
    for (let i = 0; i < 8 && !told.text.includes('Thu 19 Nov 09:00'); i += 1) told = await travel('next');
    expect(told.text).toContain('It is *Thu 19 Nov 09:00*');
    expect(JSON.stringify(told.blocks)).toContain('to Ana Lopez: Tell Globex');
    const place = await dm('ana');
    const card = await slack.shown(place, 'Sam Okafor had not told them, so it passed on.');
    await slack.press('ana', place, card, 'followup.told');
    await slack.shown(TRIAGE, 'Told, watching until 26 Nov');
    await slack.shown(await dm('sam'), 'Proof: Ana Lopez says so');
  });

  it('7. closes the loop after seven quiet days; Monday’s message came once', async () => {
    expect((await travel('8d')).text).toContain('It is *Fri 27 Nov 09:00*');
    await slack.shown(TRIAGE, 'Closed: Globex was told, seven quiet days since', isNoReply);
    const digests = (await cards(await dm('ana'))).filter((one) =>
      JSON.stringify(one.blocks).includes('*Your accounts*'),
    );
    expect(digests).toHaveLength(1);
    expect(JSON.stringify(digests[0]?.blocks)).toMatch(/\*Acme\*.*\*Globex\*/);
  });

  it('answers a journey of bad length with what would be right', async () => {
    await slack.command('sam', 'triage', '/timetravel 3 parsecs');
    await privately('"parsecs" is not a unit', TRIAGE);
  });

  it('says nothing to a customer, who may not travel either', async () => {
    await slack.command('joe', 'acme', '/timetravel 3h');
    for (const channel of CUSTOMER_CHANNELS) {
      const ofBaton = (await cards(channelId(channel))).filter((one) => one.bot_id);
      expect(ofBaton).toEqual([]);
    }
    expect((await slack.messages(channelId('acme'))).filter((one) => one.ephemeral_to)).toEqual([]);
  });

  it('goes on at the second start: the time, and the cards that live, each posted once', async () => {
    await undo.run();
    await start();
    expect(demo.now).toBe('Fri 27 Nov 09:00');
    expect(demo.reposted).toBeGreaterThanOrEqual(7);
    // The claim lapsed and the account was quiet again: what is over is not posted anew.
    expect(await cards(TEAM)).toEqual([]);
    expect((await issueCards()).map((one) => one.text.slice(0, 3))).toEqual(['B-2', 'B-3']);
    expect(await cards(GLOBEX_INTERNAL)).toHaveLength(1);
    expect(await cards(await dm('ana'))).toHaveLength(3);
    const [issue] = await issueCards();
    await slack.press('sam', TRIAGE, issue as ShownMessage, 'issue.take');
    await slack.shown(TRIAGE, 'Sam Okafor has it', isNoReply);
  }, 60_000);
});
