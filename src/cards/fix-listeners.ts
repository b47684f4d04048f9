import { fixSaid, mayNotChangeFix } from '../fixes/messages/answers.js';
import { DECLINE_MODAL, declineModal } from '../fixes/messages/decline.js';
import { FIX_LIVE, FIX_MORE, FIX_NOT_YET, FIX_PAGE, FIX_REMIND } from '../fixes/messages/fix.js';
import { LIVE_BY_CHOICE, liveByChosen } from '../fixes/messages/link.js';
import { LIVE_FOR_MODAL } from '../fixes/messages/live-for.js';
import { fixName } from '../fixes/rules/fix.js';
import { keysOfFix, setQuestion } from '../fixes/store/find.js';
import { fixById } from '../fixes/store/fixes.js';
import { chooseLiveBy } from '../fixes/store/live-by.js';
import { remindTellers } from '../followups/jobs/remind.js';
import { tellersReminded } from '../followups/messages/answers.js';
import { followupsOfFix } from '../followups/store.js';
import { may } from '../people/may.js';
import type { Person } from '../people/rules.js';
import { touchCards } from '../queue/cards.js';
import type { Answer, Surface } from '../slack/dispatch.js';
import type { Press, Submit } from '../slack/interactions.js';
import type { ReadTx } from '../store/transact.js';
import { renderWholeFix } from './fix.js';
import { listFixes, sayBrokeAgain, sayDeclined } from './fix-command.js';
import { askForWhom, sayLive, waitingNames } from './fix-live.js';

/** Buttons and forms of a fix's card and of the question about one. */

async function keysOf(tx: ReadTx, id: string): Promise<string[]> {
  const fix = /^\d{1,9}$/.test(id) ? await fixById(tx, Number(id)) : undefined;
  return fix ? keysOfFix(tx, fix) : [];
}

const livePress: Surface<Person, Press> = {
  may: 'fix.mark_live',
  keys: (tx, it) => keysOf(tx, it.value),
  run: async (tx, by, it, now): Promise<Answer> => {
    const fix = await fixById(tx, Number(it.value));
    if (!fix) return { say: fixSaid({ gone: true }) };
    return { say: await sayLive(tx, fix, fixName(fix), 'all', { by, now, source: 'button' }) };
  },
};

const notYetPress: Surface<Person, Press> = {
  may: 'fix.mark_live',
  keys: (tx, it) => keysOf(tx, it.value),
  run: async (tx, _by, it, now): Promise<Answer> => {
    const fix = await fixById(tx, Number(it.value));
    if (!fix) return { say: fixSaid({ gone: true }) };
    await setQuestion(tx, fix.id, null);
    await touchCards(tx, 'fix_question', fix.id, now);
    return { say: fixSaid({ notYet: fix.itemName ?? fixName(fix) }) };
  },
};

/** *Remind*: whoever was to tell an account of this fix and has not, each once a day. */
const remindPress: Surface<Person, Press> = {
  may: 'followup.remind',
  keys: (tx, it) => keysOf(tx, it.value),
  run: async (tx, _by, it, now): Promise<Answer> => {
    const owed = (await followupsOfFix(tx, Number(it.value))).filter((one) => one.state === 'open');
    return { say: tellersReminded(await remindTellers(tx, owed, now)) };
  },
};

/** The ⋯ menu: `some:7`, `decline:7`, `broke:7`, `show:7`. */
const morePress: Surface<Person, Press> = {
  may: 'fix.see',
  keys: (tx, it) => keysOf(tx, it.value.split(':')[1] ?? ''),
  run: async (tx, by, it, now): Promise<Answer> => {
    const [verb, id] = it.value.split(':');
    const fix = await fixById(tx, Number(id));
    if (!fix) return { say: fixSaid({ gone: true }) };
    if (verb === 'decline') {
      if (!may(by, 'fix.decline')) return { say: mayNotChangeFix() };
      return { open: declineModal({ id: fix.id, name: fixName(fix), channel: it.channel }) };
    }
    if (verb === 'some') {
      if (!may(by, 'fix.mark_live')) return { say: mayNotChangeFix() };
      return askForWhom(tx, fix, fixName(fix), it.channel);
    }
    if (verb === 'broke') {
      if (!may(by, 'fix.broke_again')) return { say: mayNotChangeFix() };
      return { say: await sayBrokeAgain(tx, fix, fixName(fix), { by, now, source: 'button' }) };
    }
    await touchCards(tx, 'fix', fix.id, now);
    return { say: await renderWholeFix(tx, fix, by.hours.zone, now) };
  },
};

const pagePress: Surface<Person, Press> = {
  may: 'fix.see',
  run: async (tx, by, it, now) => ({ say: await listFixes(tx, by, Number(it.value) || 0, now) }),
};

const liveByPress: Surface<Person, Press> = {
  may: 'fix.choose_live',
  keys: async () => ['company'],
  run: async (tx, by, it, now) => ({
    say: liveByChosen(await chooseLiveBy(tx, it.value.replace(':', ' '), by.slackId, now)),
  }),
};

const declineSubmit: Surface<Person, Submit> = {
  may: 'fix.decline',
  keys: (tx, it) => keysOf(tx, String(memoryOf(it).id)),
  run: async (tx, by, it, now): Promise<Answer> => {
    const { id, channel } = memoryOf(it);
    const reason = (it.values.reason ?? '').trim();
    if (reason === '')
      return { errors: { reason: 'Say why, in words that help those who tell the customers.' } };
    const fix = await fixById(tx, id);
    if (!fix) return { say: fixSaid({ gone: true }), sayIn: channel };
    return {
      say: await sayDeclined(tx, fix, fixName(fix), reason, { by, now, source: 'form' }),
      sayIn: channel,
    };
  },
};

/** *Live for some*: the accounts that were ticked; the others go on waiting. */
const liveForSubmit: Surface<Person, Submit> = {
  may: 'fix.mark_live',
  keys: (tx, it) => keysOf(tx, String(memoryOf(it).id)),
  run: async (tx, by, it, now): Promise<Answer> => {
    const { id, channel } = memoryOf(it);
    const fix = await fixById(tx, id);
    if (!fix) return { say: fixSaid({ gone: true }), sayIn: channel };
    const ticked = (it.values.accounts ?? '').split(',').map(Number);
    const chosen = (await waitingNames(tx, fix)).filter((account) => ticked.includes(account.id));
    if (chosen.length === 0) return { errors: { accounts: 'Choose at least one account that still waits.' } };
    const who = { ids: chosen.map((one) => one.id), names: chosen.map((one) => one.name) };
    return {
      say: await sayLive(tx, fix, fixName(fix), who, { by, now, source: 'form' }),
      sayIn: channel,
    };
  },
};

function memoryOf(it: Submit): { id: number; channel: string | null } {
  return JSON.parse(it.metadata) as { id: number; channel: string | null };
}

export const fixCardSurfaces = {
  presses: {
    [FIX_LIVE]: livePress,
    [FIX_NOT_YET]: notYetPress,
    [FIX_MORE]: morePress,
    [FIX_PAGE]: pagePress,
    [FIX_REMIND]: remindPress,
    [LIVE_BY_CHOICE]: liveByPress,
  },
  submits: { [DECLINE_MODAL]: declineSubmit, [LIVE_FOR_MODAL]: liveForSubmit },
};
