import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertOffer } from '../../src/alerts/store/incidents.js';
import { CARDS } from '../../src/cards/render.js';
import { fixByTracker } from '../../src/fixes/store/fixes.js';
import { progressFix } from '../../src/fixes/store/state.js';
import { placeCard } from '../../src/queue/cards.js';
import { homeView, type Message, message } from '../../src/slack/blocks/index.js';
import { Md, md } from '../../src/slack/blocks/md.js';
import type { Store } from '../../src/store/transact.js';
import { HOUR_MS, MINUTE_MS } from '../../src/time/index.js';
import { companyText } from '../support/baton.js';
import { onEveryDatabase } from '../support/databases.js';
import { expectInert, HOSTILE } from '../support/hostile.js';
import { type Office, openOffice } from '../support/office.js';
import { rowsOf } from '../support/rows.js';
import { SAMPLES, type Sample } from './leak-samples.js';

/** Every module that draws messages: `src/<room>/messages.ts` and `src/<room>/messages/*.ts`. */
function messageModules(): string[] {
  return readdirSync('src', { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => {
      const folder = join('src', name, 'messages');
      const one = `${folder}.ts`;
      const several = existsSync(folder) ? readdirSync(folder).map((file) => join(folder, file)) : [];
      return [...(existsSync(one) ? [one] : []), ...several];
    });
}

/** `arrived` of the demo takes finished mrkdwn beside text. */
const WITH_MD: Readonly<Record<string, Sample>> = {
  arrived: (h) => [
    [{ now: h, said: [{ to: md`${h}`, line: h }], changed: [{ to: new Md('x'), line: h }], isSilent: false }],
  ],
};

/** A piece (a line, a choice of buttons) is shown inside a message; a word is shown by who uses it. */
function expectShown(shown: unknown): void {
  if (Array.isArray(shown)) expectInert(homeView(shown));
  else if (shown instanceof Md) expectInert(message({ text: shown, blocks: [] }));
  else if (typeof shown === 'object' && shown !== null) expectInert(shown);
}

const sampleOf = (name: string): Sample | undefined => {
  const key = name.split('#')[1] ?? '';
  return SAMPLES[name] ?? SAMPLES[key] ?? WITH_MD[key];
};

const found: { name: string; value: unknown }[] = [];
for (const file of messageModules()) {
  const exports = (await import(resolve(file))) as Record<string, unknown>;
  const name = file.replace(/^src\//, '').replace(/\.ts$/, '');
  for (const [key, value] of Object.entries(exports)) found.push({ name: `${name}#${key}`, value });
}

describe('the leak walk over every exported message', () => {
  it('knows every renderer: add a sample to leak-samples.ts for a new one', () => {
    const renderers = found.filter(({ value }) => typeof value === 'function').map(({ name }) => name);
    expect(renderers.length).toBeGreaterThan(20);
    expect(renderers.filter((name) => !sampleOf(name))).toEqual([]);
  });

  for (const { name, value } of found) {
    const sample = sampleOf(name);
    if (typeof value === 'object') it(`${name} is inert and valid`, () => expectInert(value));
    if (typeof value !== 'function' || !sample) continue;
    it(`${name} is inert and valid whatever people type`, () => {
      for (const hostile of HOSTILE) {
        for (const args of sample(hostile)) expectShown((value as (...all: unknown[]) => unknown)(...args));
      }
    });
  }
});

const GOAL = 'CANARY-GOAL month-end <!channel> close';
const OTHER = 'CANARY-OTHER & <http://x|y>';
const HOSTILE_NAME = '<@U1> & <!channel>';

/** The company with secrets and hostile names in it. */
const hostileCompany = () =>
  companyText()
    .replace('name: Acme\n', `name: "Acme ${HOSTILE_NAME}"\n`)
    .replace('name: Globex\n', `name: "${OTHER}"\n`)
    .replace('goal: month-end close without sheets', `renewal: 2027-02-14\n    goal: "${GOAL}"`)
    .replace('name: Joe Park', `name: "Joe ${HOSTILE_NAME}"`)
    .replace('name: Ana Lopez', `name: "Ana ${HOSTILE_NAME}"`)
    .replace('name: Engineering', `name: "Engineers ${HOSTILE_NAME}"`);

onEveryDatabase('the leak walk over living cards', (database) => {
  let store: Store;
  let office: Office;
  // Once for all: they only look at what was brought about.
  beforeAll(async () => {
    store = await database.open();
    office = await openOffice(store, { company: hostileCompany() });
    await play();
  });
  afterAll(() => store.close());

  /** Brings every kind of card about: issues of two accounts, a call, an alert, a follow-up and its reminder. */
  async function play(): Promise<void> {
    const words = [
      `&lt;!channel&gt; &amp; ${'long '.repeat(1_000)}`,
      'Dashboards <@U1> are slow',
      'Who reads <http://x|y>?',
    ];
    let last = '';
    for (const text of words) {
      const ts = await office.writes('acme', 'joe', text);
      last = ts;
      await office.reacts('acme', ts, 'sam', 'ticket');
      await office.travel(3 * HOUR_MS);
    }
    await office.command('sam', 'globex-internal', '/issue', `log ${OTHER} <!channel>`);
    const reason = `<!here> ${'&'.repeat(400)}`;
    for (const g of ['engineering', 'executive'])
      await office.press('sam', `issue.escalate_to:${g}`, JSON.stringify({ n: 1, g, r: reason }));
    const form = await office.command('ana', 'acme-internal', '/baton', 'flag');
    await office.submit('ana', form, { kind: 'problem', detail: `<!channel> <@U1>\n${'&'.repeat(900)}` });
    await office.press('sam', 'flag.accept', '1');
    await office.command(
      'sam',
      'triage',
      '/baton',
      'promise B-1 to <!here> by tomorrow: <@U1> & <http://x|y>',
    );
    // Nobody reacts to this one: support is offered to log it.
    await office.writes('globex', 'gus', 'Is the dashboard <!here> down?');
    await office.travel(HOUR_MS);
    // An engineer names the fix beside the customer: it is asked in the thread of the card.
    const address = 'https://github.com/acme/app/issues/13';
    await office.writes('acme', 'eli', `<!here> <${address}> &`, { threadTs: last });
    await office.press('ana', 'alert.claim', '1');
    await office.command('eli', 'triage', '/baton', 'fix live B-1');
    // Merged and not said to be live: whoever linked it is asked the next morning.
    await office.command('sam', 'triage', '/issue', 'link B-2 https://github.com/acme/app/issues/12');
    await store.transact([], async (tx) => {
      const fix = await fixByTracker(tx, 'github:acme/app#12');
      if (fix) await progressFix(tx, fix, 'merge', { by: null, now: office.now(), source: 'test' });
    });
    await office.command('eli', 'triage', '/baton', 'fix live B-4');
    await office.settle();
    // Somebody else is asked to take one over, a lead has its owner reminded; later several are brought to mind at once.
    const luis = (await rowsOf(store, 'people')).find((person) => person.handle === 'luis')?.id;
    await office.press('ana', 'followup.give_to', `1:${luis}`);
    await office.press('lea', 'fix.remind', '1');
    for (const why of ['<!channel> & <@U1>', 'the other <http://x|y>'])
      await office.command('luis', 'triage', '/baton', `followup acme: ${why}`);
    await office.travel(9 * 24 * HOUR_MS);
    // Nobody has it, and it comes back.
    await office.command('sam', 'triage', '/issue', 'resolve 3');
    await office.writes('acme', 'joe', '<!here> it is <@U1> again', { threadTs: last });
    await office.settle();
    // Critical: whoever looks after the account is called, at any hour if they asked for that.
    await office.command('luis', 'triage', '/baton', 'oncall on');
    await office.command('sam', 'initech-internal', '/issue', 'log <!here> Nobody can log in');
    const number = (await rowsOf(store, 'issues')).at(-1)?.number;
    await office.command('sam', 'triage', '/issue', `priority ${number} urgent`);
    await office.travel(2 * MINUTE_MS);
    // Many wrote at once: offered as an incident, which somebody opens in words of their own.
    await store.transact([], async (tx) => {
      const offer = { title: '<!here> & <@U1>', words: [], offeredTo: [1, 2, 3], now: office.now() };
      const row = await insertOffer(tx, offer);
      const place = { subjectId: row?.id ?? 0, target: 'CTRIAGE', accounts: offer.offeredTo };
      await placeCard(tx, { kind: 'incident_offer', ...place }, office.now());
    });
    await office.command('sam', 'triage', '/baton', 'incident <!channel> & <@U1> <http://x|y>');
    await office.command('sam', 'triage', '/baton', 'incident add initech');
    await office.settle();
  }

  const drawn = async () => {
    const shown: { kind: string; accounts: number[]; message: Message }[] = [];
    for (const { kind, subjectId, accounts, target } of await rowsOf(store, 'cards')) {
      const message = await store.read(async (tx) => CARDS[kind]?.(tx, subjectId, office.now(), target));
      if (message) shown.push({ kind, accounts, message });
    }
    return shown;
  };

  it('visits every kind of card; each is inert and valid', async () => {
    const cards = await drawn();
    expect([...new Set(cards.map((card) => card.kind))].sort()).toEqual(Object.keys(CARDS).sort());
    for (const { kind, message } of cards) {
      // A call mentions its group by id, which no text of a person can.
      if (kind === 'escalation')
        expect(JSON.stringify(message.blocks)).not.toMatch(/<!(channel|here)|<@U1>|<http:/);
      else expectInert(message);
    }
  });

  it('no card of one account names another account, or what it wrote', async () => {
    const acme = (await rowsOf(store, 'accounts')).find((row) => row.slug === 'acme')?.id ?? 0;
    // The line of late answers and an incident are of every account, in channels of our own.
    const ofAll = ['levels', 'incident', 'incident_offer'];
    const ofOne = (await drawn()).filter((card) => !ofAll.includes(card.kind));
    const ofAcme = ofOne.filter((card) => card.accounts.includes(acme));
    expect(ofAcme.length).toBeGreaterThan(4);
    for (const { accounts, message } of ofAcme) {
      expect(accounts).toEqual([acme]);
      expect(JSON.stringify(message)).not.toContain('CANARY-OTHER');
    }
  });

  it('the goal stands on the alert and on what is owed, tier and renewal on the alert only', async () => {
    for (const { kind, message } of await drawn()) {
      if (kind === 'alert' || kind === 'alert_call') continue;
      const isOwed = kind === 'followup' || kind === 'nudge';
      expect(JSON.stringify(message)).not.toMatch(isOwed ? /Tier |renews/ : /CANARY-GOAL|Tier |renews/);
    }
    const alert = (await drawn()).find((card) => card.kind === 'alert');
    expect(JSON.stringify(alert?.message)).toContain('CANARY-GOAL');
  });

  it('everything that was ever queued is marked internal, and nothing went to a customer channel', async () => {
    for (const row of await rowsOf(store, 'outbox')) expect(row.internal).toBe(true);
    for (const channel of ['CACME', 'CGLOBEX', 'CINITECH']) expect(office.slack.posts(channel)).toEqual([]);
    for (const whisper of office.slack.whispers)
      expect(['UJOE', 'UJILL', 'UGUS', 'UIVY']).not.toContain(whisper.user);
  });
});
