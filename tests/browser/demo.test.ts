import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, freePort, whyNoLocalSlack } from '../support/local-slack.js';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
);
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const missing = whyNoLocalSlack() ?? (CHROMIUM ? undefined : 'there is no Chromium here');
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A newcomer's browser window on the demo. */
class Newcomer {
  constructor(readonly page: Page) {}

  async actAs(name: string): Promise<void> {
    await this.page.locator('.actas select').last().selectOption({ label: name });
  }

  async open(place: string): Promise<void> {
    const item = this.page.locator('.sidebar-item', { hasText: new RegExp(`^\\W*${place}\\W*$`) });
    await item.first().click();
  }

  async type(text: string): Promise<void> {
    const composer = this.page.locator('main .composer-input');
    await composer.fill(text);
    await composer.press('Enter');
  }

  message(words: string | RegExp) {
    return this.page.locator('main .msg', { hasText: words });
  }

  async sees(words: string | RegExp): Promise<void> {
    await this.message(words).last().waitFor({ timeout: 10_000 });
  }

  async presses(name: string | RegExp, within = 'main'): Promise<void> {
    await this.page.locator(within).getByRole('button', { name }).last().click();
  }

  async reactsWithTicket(words: string): Promise<void> {
    const message = this.message(words).first();
    await message.hover();
    await message.locator('.msg-hover-btn[title="Add reaction"]').click();
    await this.page.locator('.emoji-option[title=":ticket:"]').click();
  }

  field(label: string) {
    return this.page.locator('.modal-body .bk-input', { hasText: label });
  }
}

describe.skipIf(missing)(`the demo in a browser${missing ? ` (${missing})` : ''}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'baton-demo-'));
  let demo: ChildProcess;
  let said = '';
  let browser: Browser;
  let me: Newcomer;

  beforeAll(async () => {
    const port = await freePort();
    const args = ['--import', 'tsx', 'src/cli.ts', 'demo', '--port', String(port), '--data', folder];
    demo = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [demo.stdout, demo.stderr])
      stream?.on('data', (data) => {
        said += data;
      });
    await eventually('the demo', async () => (/Ctrl-C/.test(said) ? true : undefined), 90_000);
    browser = await chromium.launch({ executablePath: CHROMIUM ?? '', args: FLAGS });
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(/http:\/\/localhost:\d+/.exec(said)?.[0] ?? '');
    me = new Newcomer(page);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    if (demo?.exitCode === null) demo.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  it('says where it is, seven steps to try, and what real Slack would not do', () => {
    expect(said.match(/^ {2}\d\. /gm)).toHaveLength(7);
    expect(said).toContain('listens on all interfaces without a password');
    expect(said).toContain('shows private replies to every persona');
  });

  it('1. opens on the alert of Acme, which changes in place', async () => {
    await me.sees('wrote in 4 times in 5 days (usually 1)');
    await me.open('acme');
    await me.actAs('Joe Park (Acme)');
    await me.type('And since this morning the export button does nothing at all.');
    await me.sees('the export button does nothing at all');
    await me.open('support-success');
    await me.actAs('Sam Okafor');
    await me.type('/timetravel 3h');
    await me.sees('It is Tue 17 Nov 12:00');
    await me.sees('wrote in 5 times in');
    expect(await me.message(/wrote in \d times in/).count()).toBe(1);
    await me.message('wrote in 5 times in').getByRole('link', { name: '↗' }).click();
    await me.sees('the export button does nothing at all');
  });

  it('2. lets Ana claim it, and tells Luis', async () => {
    await me.open('support-success');
    await me.actAs('Ana Lopez');
    await me.presses('Claim follow-up');
    await me.sees('Acme is yours: follow up by Wed 17:00');
    await me.actAs('Luis Weber');
    await me.presses('Claimed by Ana Lopez');
    await me.sees('Ana Lopez has Acme already');
  });

  it('3. logs by reaction, by command and by the form', async () => {
    await me.open('globex');
    await me.actAs('Gus Hall (Globex)');
    await me.type('CSV import drops the last column');
    for (const [who, answer] of [
      ['Sam Okafor', /Logged B-1 for Globex/],
      ['Priya Nair', /That message is B-1 already/],
    ] as const) {
      await me.actAs(who);
      await me.reactsWithTicket('CSV import drops');
      await me.sees(answer);
    }
    await me.type('/issue log Export drops rows');
    await me.sees('Logged B-2 for Globex: Export drops rows');
    await me.open('triage');
    await me.type('/issue log');
    await me.field('Account').locator('select').selectOption({ label: 'Initech' });
    await me.field('Title').locator('input').fill('Search is slow');
    await me.page.locator('.modal-btn.primary').click();
    await me.sees('Logged B-3 for Initech: Search is slow');
    for (const issue of ['B-1 · Globex', 'B-2 · Globex', 'B-3 · Initech']) await me.sees(issue);
    await me.open('globex-internal');
    await me.sees('B-1 · Globex');
  });

  it('4. escalates to a group in the thread of the issue', async () => {
    await me.open('triage');
    await me.actAs('Sam Okafor');
    await me.type('/escalate B-1 production is blocked');
    await me.sees('to whom?');
    await me.presses('Engineering');
    await me.sees('Engineering was asked about B-1');
    await me.page.locator('main .thread-summary').first().click();
    await me.page.locator('.thread-pane .mention', { hasText: '@Eli Stone' }).first().waitFor();
    await me.actAs('Eli Stone');
    await me.presses("I'm on it", '.thread-pane');
    await me.sees('Eli Stone of Engineering is on it');
  });

  it('5. asks Sam to tell Globex', async () => {
    await me.type('/baton fix live B-1');
    await me.sees('Sam Okafor tells Globex by Wed 17:00');
    await me.type('/baton fix');
    await me.sees('Globex: Sam Okafor tells them by Wed 17:00');
    await me.open('Sam Okafor');
    await me.sees('Tell Globex: "CSV import drops the last column" is fixed');
    expect(await me.page.locator('main .msg').count()).toBe(1);
  });

  it('6. travels until it passes to Ana, and one press ends it', async () => {
    await me.actAs('Ana Lopez');
    await me.open('triage');
    const isThere = () => me.message('It is Thu 19 Nov 09:00').count();
    // Before that Baton may say in triage that a customer waits for an answer.
    for (let i = 0; i < 8 && !(await isThere()); i += 1) {
      const before = await me.message(/It is \w+ \d+ Nov/).count();
      await me.type('/timetravel next');
      await expect.poll(() => me.message(/It is \w+ \d+ Nov/).count(), { timeout: 10_000 }).toBe(before + 1);
    }
    await me.sees('It is Thu 19 Nov 09:00');
    await me.open('Sam Okafor');
    await me.sees('Ana Lopez tells Globex');
    await me.open('Ana Lopez');
    await me.sees('Sam Okafor had not told them, so it passed on');
    await me.presses('I told them');
    await me.sees('Good: Globex was told');
    await expect.poll(() => me.message('Proof: Ana Lopez says so').count()).toBe(1);
  });

  it('7. closes the loop, and Monday has brought one message', async () => {
    await me.open('triage');
    await me.type('/timetravel 8d');
    await me.sees('It is Fri 27 Nov 09:00');
    await me.sees('Closed: Globex was told, seven quiet days since');
    await me.open('Ana Lopez');
    await me.sees('Your accounts');
    expect(await me.message('Your accounts').count()).toBe(1);
  });

  it('draws everything that Baton sends, in every place', async () => {
    const places = await me.page.locator('.sidebar-item').count();
    for (let i = 0; i < places; i += 1) {
      await me.page.locator('.sidebar-item').nth(i).click();
      expect(await me.page.locator('.bk-unknown').count()).toBe(0);
    }
  });

  it('ends on Ctrl-C, with its Slack', async () => {
    const address = /http:\/\/localhost:\d+/.exec(said)?.[0] ?? '';
    const ended = new Promise((resolve) => demo.once('exit', resolve));
    demo.kill('SIGINT');
    expect(await ended).toBe(0);
    await expect(fetch(address)).rejects.toThrow();
  });
});
