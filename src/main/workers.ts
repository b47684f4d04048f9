import cron from 'node-cron';
import { channelOf, outsidersAmong } from '../accounts/store.js';
import { tellParked, tellUndeliverable } from '../cards/notices.js';
import { quietReason } from '../cards/quiet.js';
import { renderCard } from '../cards/render.js';
import { forgetHostZone } from '../config.js';
import { trackerApis } from '../fixes/ask/index.js';
import { firstPage } from '../home/admin.js';
import { lookAt, tellNewShared } from '../home/jobs.js';
import { channelsToReadBack, finishPast, takeInPast } from '../issues/store/past.js';
import { recentThreads } from '../issues/store/read.js';
import { delivered } from '../loop.js';
import { Backfill } from '../queue/backfill.js';
import { CatchUp } from '../queue/catch-up.js';
import { DueDesk } from '../queue/due.js';
import { forgetOldKeys } from '../queue/health.js';
import { Homes } from '../queue/homes.js';
import { createHousekeeping } from '../queue/housekeeping.js';
import { Inbox } from '../queue/inbox.js';
import type { Intake } from '../queue/intake.js';
import type { LookupDesk } from '../queue/lookups.js';
import { Outbox } from '../queue/outbox.js';
import { Pump, type Step } from '../queue/pump.js';
import { Survey } from '../queue/survey.js';
import { ownChannels } from '../settings/store.js';
import type { Identity, SlackApi } from '../slack/api.js';
import { createAudience } from '../slack/audience.js';
import type { Store, Work } from '../store/transact.js';
import { logAudit } from './auditor.js';
import { drawHome, eventRoutes, JOBS } from './routes.js';
import type { BatonOptions } from './types.js';

const TICK_MS = 5_000;
/** How long a slow answer of Slack may hold up what does not need it. */
const PATIENCE_MS = 250;
/** Threads in which somebody wrote this recently are read back after a gap. */
const THREAD_MS = 24 * 3_600_000;

export interface Parts {
  store: Store;
  slack: SlackApi;
  identity: Identity;
  intake: Intake;
  lookups: LookupDesk;
  isOurTeam: (teamId: string | null) => boolean;
}

/** Everything that works off a queue, each with its pump, and the timers that wake them. */
export function createWorkers(o: BatonOptions, parts: Parts) {
  const { store } = parts;
  const { machine } = o.clocks;
  const inbox = createInbox(o, parts);
  const outbox = createOutbox(o, parts);
  const due = new DueDesk({ store, handlers: JOBS, ...clocksOf(o), log: o.log });
  const catchUp = createCatchUp(o, parts);
  const backfill = createBackfill(o, parts);
  const homes = createHomes(o, parts);
  const survey = createSurvey(o, parts);
  const pump = (name: string, step: Step) => new Pump(name, step, machine.now, o.log);
  const pumps = {
    inbox: pump('inbox', () => inbox.step(PATIENCE_MS)),
    due: pump('due', () => due.step()),
    outbox: pump('outbox', () => outbox.step(PATIENCE_MS)),
    // What was missed goes before what is of long ago; both ask Slack for histories, which it counts together.
    catchUp: pump('catch-up', async () => (await catchUp.step()) ?? backfill.step()),
    homes: pump('homes', () => homes.step()),
    survey: pump('survey', () => survey.step()),
  };
  store.onWake((work: Work) => {
    if (work === 'homes') homes.changed();
    pumps[work].wake();
  });
  const timers = startTimers(
    () => pumps.due.wake(),
    () => {
      void forgetOldKeys(store, machine.now()).catch(() => 0);
      void logAudit(store, o.clocks.business.now(), o.log);
    },
  );
  return {
    outbox,
    start: () => {
      for (const one of Object.values(pumps)) one.start();
    },
    wakeCatchUp: () => pumps.catchUp.wake(),
    work: async () => {
      await catchUp.step();
      await inbox.step();
      await due.step();
      await outbox.step();
      await survey.step();
      await homes.step();
    },
    stop: async () => {
      timers.stop();
      for (const one of [pumps.catchUp, pumps.inbox, pumps.due, pumps.outbox, pumps.homes, pumps.survey])
        await one.stop();
      await inbox.ended();
      await outbox.ended();
    },
  };
}

function clocksOf({ clocks }: BatonOptions) {
  return { businessNow: clocks.business.now, machineNow: clocks.machine.now };
}

function createInbox(o: BatonOptions, { store, slack, identity, lookups, isOurTeam }: Parts): Inbox {
  const { business, machine } = o.clocks;
  const housekeeping = createHousekeeping({
    firstPage,
    botUserId: () => identity.botUserId,
    isOurTeam,
    now: machine.now,
  });
  return new Inbox({
    store,
    slack,
    lookups,
    route: eventRoutes(business, housekeeping, trackerApis(o.config.trackers)),
    now: machine.now,
    log: o.log,
    onParked: (tx, row) => tellParked(tx, row, business.now()),
  });
}

function createOutbox(o: BatonOptions, { store, slack, lookups }: Parts): Outbox {
  return new Outbox({
    store,
    slack,
    render: renderCard,
    audience: createAudience({ store, lookups, outsidersAmong }),
    quiet: (row, card) => store.read((tx) => quietReason(tx, row, card, o.clocks.business.now())),
    onDelivered: delivered,
    onUndeliverable: (tx, row, reason) => tellUndeliverable(tx, row, reason, o.clocks.business.now()),
    ...clocksOf(o),
    log: o.log,
    ...(o.paceMs === undefined ? {} : { paceMs: o.paceMs }),
    ...(o.claimMs === undefined ? {} : { claimMs: o.claimMs }),
    ...(o.lookUpAfterMs === undefined ? {} : { lookUpAfterMs: o.lookUpAfterMs }),
    ...(o.isDeliveryOn ? { isOn: o.isDeliveryOn } : {}),
    probe: o.probe,
  });
}

function createHomes(o: BatonOptions, { store, slack }: Parts): Homes {
  return new Homes({
    store,
    slack,
    render: drawHome,
    ...clocksOf(o),
    log: o.log,
    ...(o.isDeliveryOn ? { isOn: o.isDeliveryOn } : {}),
  });
}

function createSurvey(o: BatonOptions, { store, slack, lookups }: Parts): Survey {
  return new Survey({
    store,
    slack,
    ...clocksOf(o),
    log: o.log,
    ours: ownChannels,
    look: (channel) => lookAt(store, lookups, channel),
    onNew: tellNewShared,
  });
}

function createCatchUp(o: BatonOptions, { store, slack, intake }: Parts): CatchUp {
  const { business, machine } = o.clocks;
  return new CatchUp({
    store,
    slack,
    intake,
    now: machine.now,
    log: o.log,
    threadsOf: (tx, channel) => recentThreads(tx, channel, business.now() - THREAD_MS),
    ...(o.paceMs === undefined ? {} : { paceMs: o.paceMs }),
  });
}

function createBackfill(o: BatonOptions, { store, slack, lookups }: Parts): Backfill {
  const { business, machine } = o.clocks;
  return new Backfill({
    store,
    slack,
    businessNow: business.now,
    machineNow: machine.now,
    log: o.log,
    channels: channelsToReadBack,
    learn: (users) => lookups.ensureUsers(users),
    keyOf: async (tx, channel) => {
      const known = await channelOf(tx, channel);
      return known ? `account:${known.accountId}` : null;
    },
    takeIn: (tx, channel, messages, isTextKept) => takeInPast(tx, channel, messages, business.of, isTextKept),
    finish: finishPast,
    ...(o.paceMs === undefined ? {} : { paceMs: o.paceMs }),
  });
}

/** node-cron's minute in UTC, and a monotonic timer beside it: node-cron stands still after a clock was set back. */
function startTimers(tick: () => void, clean: () => void) {
  forgetHostZone();
  const minute = cron.schedule('* * * * *', tick, { timezone: 'Etc/UTC' });
  const hour = cron.schedule('7 * * * *', clean, { timezone: 'Etc/UTC' });
  const interval = setInterval(tick, TICK_MS);
  return {
    stop: () => {
      clearInterval(interval);
      void minute.stop();
      void hour.stop();
    },
  };
}
