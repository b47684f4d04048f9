import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CARDS } from '../../src/cards/render.js';
import { type Message, message } from '../../src/slack/blocks/index.js';
import { Md, md } from '../../src/slack/blocks/md.js';
import type { Store } from '../../src/store/transact.js';
import { HOUR_MS } from '../../src/time/index.js';
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
  if (shown instanceof Md) expectInert(message({ text: shown, blocks: [] }));
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
  beforeEach(async () => {
    store = await database.open();
    office = await openOffice(store, { company: hostileCompany() });
    await play();
  });
  afterEach(() => store.close());

  /** Brings every kind of card about: issues of two accounts, a call, an alert, a follow-up and its reminder. */
  async function play(): Promise<void> {
    const words = [
      `&lt;!channel&gt; &amp; ${'long '.repeat(1_000)}`,
      'Dashboards <@U1> are slow',
      'Who reads <http://x|y>?',
    ];
    for (const text of words) {
      const ts = await office.writes('acme', 'joe', text);
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
    await office.press('ana', 'alert.claim', '1');
    await office.command('eli', 'triage', '/baton', 'fix live B-1');
    await office.travel(5 * 24 * HOUR_MS);
  }

  const drawn = async () => {
    const shown: { kind: string; accounts: number[]; message: Message }[] = [];
    for (const { kind, subjectId, accounts } of await rowsOf(store, 'cards')) {
      const message = await store.read(async (tx) => CARDS[kind]?.(tx, subjectId, office.now()));
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
    const ofAcme = (await drawn()).filter((card) => card.accounts.includes(acme));
    expect(ofAcme.length).toBeGreaterThan(4);
    for (const { accounts, message } of ofAcme) {
      expect(accounts).toEqual([acme]);
      expect(JSON.stringify(message)).not.toContain('CANARY-OTHER');
    }
  });

  it('goal, tier and renewal stand on the alert only', async () => {
    for (const { kind, message } of await drawn()) {
      if (kind === 'alert') continue;
      expect(JSON.stringify(message)).not.toMatch(/CANARY-GOAL|Tier |renews/);
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
