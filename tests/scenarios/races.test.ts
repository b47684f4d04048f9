import { afterEach, beforeEach, expect, it } from 'vitest';
import { onSignal } from '../../src/alerts/jobs.js';
import { Inbox } from '../../src/queue/inbox.js';
import { evaluateAccount } from '../../src/signals/evaluate.js';
import type { Store } from '../../src/store/transact.js';
import { HOUR_MS } from '../../src/time/index.js';
import { quietLog } from '../support/baton.js';
import { onRealPostgres } from '../support/databases.js';
import { Office, openOffice } from '../support/office.js';
import { eventsOf, rowsOf } from '../support/rows.js';

onRealPostgres('two processes at once', (database) => {
  let stores: [Store, Store];
  let one: Office;
  let two: Office;
  beforeEach(async () => {
    stores = [await database.open(), await database.another()];
    one = await openOffice(stores[0], { mornings: true });
    two = new Office({ store: stores[1], clock: one.clock, slack: one.slack });
  });
  afterEach(async () => {
    for (const store of stores) await store.close();
  });

  /** Acme writes in more often within a day than it ever did, and nobody answers. */
  async function writesInOften(): Promise<void> {
    for (const [n, text] of ['export', 'login', 'chart', 'invoice', 'import', 'search'].entries()) {
      await one.writes('acme', n % 2 === 0 ? 'joe' : 'jill', `The ${text} does not work`);
      one.clock.advance(1.1 * HOUR_MS);
    }
  }

  async function openAlert(): Promise<void> {
    await writesInOften();
    await one.travel(HOUR_MS);
  }

  it('claim one alert: one wins, the other learns who', async () => {
    await openAlert();
    const answers = await Promise.all([
      one.press('ana', 'alert.claim', '1'),
      two.press('luis', 'alert.claim', '1'),
    ]);
    const texts = answers.map((answer) => answer?.say?.text ?? '');
    expect(texts.filter((text) => text.includes('is yours'))).toHaveLength(1);
    expect(texts.filter((text) => text.includes('has Acme already'))).toHaveLength(1);
    expect(await rowsOf(stores[0], 'followups')).toHaveLength(1);
    expect(await eventsOf(stores[0], 'alert.claimed')).toHaveLength(1);
  });

  it('claim thirty alerts, four at once for each: one wins each time, and owes one call', async () => {
    const rounds = 30;
    for (let round = 1; round <= rounds; round += 1) {
      const at = one.now();
      await stores[0].transact(['account:1'], async (tx) => {
        const [signal] = await tx.db
          .insert(tx.t.signals)
          .values({
            ...{
              rule: 'S01',
              ruleVersion: 1,
              scope: 'account:1',
              accountId: 1,
              about: '',
            },
            ...{
              key: `k${round}`,
              openKey: `k${round}`,
              state: 'firing' as const,
            },
            ...{
              evidence: { line: 'wrote in often', numbers: {} },
              since: at,
              firedAt: at,
              changedAt: at,
            },
          })
          .returning();
        await onSignal(tx, signal?.id ?? 0, at);
      });
      const id = String((await rowsOf(stores[0], 'alerts')).at(-1)?.id);
      const answers = await Promise.all([
        one.press('ana', 'alert.claim', id),
        two.press('luis', 'alert.claim', id),
        two.press('sam', 'alert.claim', id),
        one.press('priya', 'alert.claim', id),
      ]);
      expect(answers.filter((answer) => answer?.say?.text.includes('is yours'))).toHaveLength(1);
      expect(answers.filter((answer) => answer?.say?.text.includes('has Acme already'))).toHaveLength(3);
      const owed = (await rowsOf(stores[0], 'followups')).filter((followup) => followup.state === 'open');
      expect(owed).toHaveLength(1);
      await one.press('ana', 'followup.told', String(owed[0]?.id));
    }
    expect(await eventsOf(stores[0], 'alert.claimed')).toHaveLength(rounds);
  }, 120_000);

  it('mark one fix live: its account is owed one word', async () => {
    await one.command('sam', 'acme-internal', '/issue', 'log Export drops rows');
    await Promise.all([
      one.command('eli', 'triage', '/baton', 'fix live B-1'),
      two.command('ana', 'triage', '/baton', 'fix live B-1'),
    ]);
    expect(await rowsOf(stores[0], 'fixes')).toHaveLength(1);
    expect(await rowsOf(stores[0], 'followups')).toHaveLength(1);
    expect(await eventsOf(stores[0], 'fix.live')).toHaveLength(1);
  });

  it('log one message: one issue', async () => {
    const ts = await one.writes('acme', 'joe', 'The export misses rows');
    await Promise.all([one.reacts('acme', ts, 'sam', 'ticket'), two.reacts('acme', ts, 'priya', 'ticket')]);
    await one.inbox.step();
    expect(await rowsOf(stores[0], 'issues')).toHaveLength(1);
  });

  it('write down and look at one account at once, fifty times over: each has exactly one alert', async () => {
    const at = one.now();
    const names = Array.from({ length: 50 }, (_, n) => `race-${n}`);
    const ids = await stores[0].transact([], async (tx) => {
      const rows = names.map((name) => ({
        slug: name,
        name,
        addedAt: at - 91 * 24 * HOUR_MS,
      }));
      return (await tx.db.insert(tx.t.accounts).values(rows).returning()).map(({ id }) => id);
    });
    /** A contact that waited. */
    const said = (id: number, n: number) => {
      const startedAt = at - n * 24 * HOUR_MS;
      const ts = `${Math.floor(startedAt / 1000)}.00${id}`;
      const place = {
        accountId: id,
        channel: `CRACE${id}`,
        firstTs: ts,
        threadTs: ts,
        author: 'UJOE',
      };
      return {
        ...place,
        startedAt,
        lastAt: startedAt,
        messages: 1,
        waitedAt: startedAt,
      };
    };
    await stores[0].transact([], async (tx) => {
      await tx.db.insert(tx.t.contacts).values(ids.flatMap((id) => [said(id, 1), said(id, 2)]));
    });
    // Four are an alert: neither of both would see as many, did they not wait for each other.
    for (const id of ids)
      await Promise.all(
        stores.map((store, n) =>
          store.transact([`account:${id}`], async (tx) => {
            await tx.db.insert(tx.t.contacts).values(said(id, 3 + n));
            await evaluateAccount(tx, id, at);
          }),
        ),
      );
    expect((await rowsOf(stores[0], 'alerts')).map((alert) => alert.accountId)).toEqual(ids);
    expect(await eventsOf(stores[0], 'alert.opened')).toHaveLength(ids.length);
    expect(await eventsOf(stores[0], 'signal.fired')).toHaveLength(ids.length);
  });

  it('work on one lane: its order is kept and everything is handled once', async () => {
    const names = Array.from({ length: 60 }, (_, i) => `n${i}`);
    for (const name of names)
      await one.intake.put({
        key: name,
        kind: 'test',
        lane: 'C1',
        body: { name },
      });
    const handled: string[] = [];
    const worker = (store: Store, office: Office) =>
      new Inbox({
        store,
        slack: office.slack,
        lookups: office.lookups,
        route: (_kind, body) => ({
          run: async () => {
            handled.push(String(body.name));
          },
        }),
        now: office.clock.machine.now,
        log: quietLog,
        onParked: async () => undefined,
      });
    await Promise.all([worker(stores[0], one).step(), worker(stores[1], two).step()]);
    expect(handled).toEqual(names);
  });

  it('tick at once: every due row fires once', async () => {
    await one.writes('acme', 'joe', 'The export misses rows');
    await one.command('sam', 'acme-internal', '/issue', 'log Export drops rows');
    await one.command('eli', 'triage', '/baton', 'fix live B-1');
    await one.settle();
    one.clock.advance(7 * 24 * HOUR_MS);
    await Promise.all([one.due.step(), two.due.step(), one.due.step(), two.due.step()]);
    await Promise.all([one.outbox.step(), two.outbox.step()]);
    expect(await eventsOf(stores[0], 'followup.moved')).toHaveLength(1);
    const digests = (await eventsOf(stores[0], 'digest.sent')).map((event) => event.after);
    expect(digests).toEqual(['UANA']);
    const mornings = (await eventsOf(stores[0], 'morning.sent')).map((event) => event.after);
    expect(mornings).toContain('UANA');
    expect(mornings.length).toBe(new Set(mornings).size);
    const ofSam = mornings.filter((after) => after === 'USAM').length;
    expect(one.slack.posts('DUSAM')).toHaveLength(2 + ofSam);
  });

  it('remind of the same at once, again and again: each reminder comes once, a message for all of them', async () => {
    for (const account of ['acme', 'globex', 'initech'])
      await one.command('ana', 'triage', '/baton', `followup ${account}: call them`);
    await one.settle();
    const before = one.slack.posts('DUANA').length;
    // Due on Wednesday, reminded of on Thursday, before the leads from Monday on.
    for (let hour = 0; hour < 7 * 24; hour += 6) {
      one.clock.advance(6 * HOUR_MS);
      await Promise.all([one.due.step(), two.due.step(), one.due.step(), two.due.step()]);
      await Promise.all([one.outbox.step(), two.outbox.step()]);
      // The minute in which what falls due together is gathered.
      one.clock.advance(2 * 60_000);
      await Promise.all([one.due.step(), two.due.step()]);
      await Promise.all([one.outbox.step(), two.outbox.step(), one.outbox.step()]);
    }
    expect(await eventsOf(stores[0], 'followup.nudged')).toHaveLength(3);
    expect(await eventsOf(stores[0], 'followup.listed')).toHaveLength(3);
    const reminders = one.slack
      .posts('DUANA')
      .slice(before)
      .filter((post) => !/^(Good morning|\*?Your accounts)/.test(post.text));
    expect(reminders.map((post) => post.text)).toEqual(['3 customers have not heard from you yet']);
  });

  it('remind by a lead’s press in both: once', async () => {
    await one.command('sam', 'acme-internal', '/issue', 'log Export drops rows');
    await one.command('eli', 'triage', '/baton', 'fix live B-1');
    await one.settle();
    const said = await Promise.all([
      one.press('lea', 'fix.remind', '1'),
      two.press('lea', 'fix.remind', '1'),
    ]);
    const texts = said.map((answer) => answer?.say?.text ?? '');
    expect(texts.filter((text) => text.startsWith('Reminded, in their working time'))).toHaveLength(1);
    expect(texts.filter((text) => text.startsWith('Reminded today already'))).toHaveLength(1);
    await Promise.all([one.settle(), two.settle()]);
    expect(one.slack.posts('DUSAM')).toHaveLength(2);
  });

  it('send from one outbox: every message once, in order', async () => {
    for (const office of [one, two]) {
      for (let n = 0; n < 10; n += 1)
        await office.command(
          'sam',
          'acme-internal',
          '/issue',
          `log Matter ${office === one ? 'a' : 'b'}${n}`,
        );
    }
    await Promise.all([one.outbox.step(), two.outbox.step()]);
    await Promise.all([one.outbox.step(), two.outbox.step()]);
    const titles = one.slack.posts('CTRIAGE').map((post) => post.text);
    expect(titles).toHaveLength(20);
    expect(new Set(titles).size).toBe(20);
  });

  it('take in the same event: one row, one effect', async () => {
    const ts = one.ts();
    const event = {
      channel: 'CACME',
      user: 'UJOE',
      text: 'The export misses rows',
      ts,
    };
    await Promise.all([
      one.event('message', event, 'EvSame'),
      two.event('message', event, 'EvSame'),
      one.event('message', event, 'EvSame'),
    ]);
    await Promise.all([one.inbox.step(), two.inbox.step()]);
    expect(await rowsOf(stores[0], 'inbox')).toHaveLength(1);
    expect(await rowsOf(stores[0], 'contacts')).toMatchObject([{ messages: 1 }]);
    expect(await eventsOf(stores[0], 'contact.opened')).toHaveLength(1);
  });
});
