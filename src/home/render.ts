import { whoIs } from '../accounts/store.js';
import { may } from '../people/may.js';
import { isAway } from '../people/rules/absence.js';
import { actingFunction, type Person } from '../people/rules.js';
import { insteadOf } from '../people/store/absence.js';
import { adminSlackIds, personById } from '../people/store.js';
import type { HomeRow } from '../queue/homes.js';
import { type Block, mention } from '../slack/blocks/index.js';
import type { ReadTx } from '../store/transact.js';
import { dateInWords, wallOf } from '../time/index.js';
import { adminView, drawAdmin } from './admin.js';
import { hasOwnAccounts, LISTS, type LineOf } from './items.js';
import type { AbsenceView } from './messages/absence.js';
import type { ListName, Part } from './messages/lists.js';
import { listOf, mainPage, noRolePage, outsiderPage } from './messages/pages.js';
import { rulesPage } from './messages/rules.js';
import { pageOf } from './rules/page.js';
import { quietWords, ruleCounts, rulesView } from './switches.js';

/** What Home needs of the other reading rooms. */
export interface HomeReading {
  lineOf: LineOf;
}

/** Entries of a list on the first page, and on a page of its own. */
const SHOWN = 5;
const SIZE = 20;

/** Draws what stands in somebody's Home now. */
export function homeRenderer(reading: HomeReading) {
  return async (tx: ReadTx, home: HomeRow, now: number): Promise<unknown> => {
    const who = await whoIs(tx, home.userId);
    if (who.kind === 'member') return noRolePage((await adminSlackIds(tx)).slice(0, 3).map(mention));
    if (who.kind !== 'person') return outsiderPage();
    const seen: Seen = { person: who.person, now, reading, note: noteOf(home) };
    const page = pageOf(home.page);
    switch (page.name) {
      case 'main':
        return drawMain(tx, seen);
      case 'setup':
      case 'coverage':
        return may(who.person, 'setup.change') ? drawAdmin(tx, seen, page) : drawMain(tx, seen);
      case 'rules':
        return may(who.person, 'rules.switch')
          ? rulesPage(await rulesView(tx, who.person, seen))
          : drawMain(tx, seen);
      default:
        return mayList(who.person, page.name) ? drawList(tx, seen, page.name, page.from) : drawMain(tx, seen);
    }
  };
}

interface Seen {
  person: Person;
  now: number;
  reading: HomeReading;
  note: Block[];
}

function noteOf(home: HomeRow): Block[] {
  return home.note === null ? [] : (JSON.parse(home.note) as Block[]);
}

const TITLES: Record<ListName, string> = {
  followups: 'Your follow-ups',
  alerts: 'Alerts to claim',
  issues: 'Your issues',
  asked: 'Your group was asked',
  accounts: 'Accounts',
};

/** Lists that a viewer has no part in. */
function mayList(person: Person, name: ListName): boolean {
  if (name === 'followups') return may(person, 'followup.see');
  if (name === 'alerts') return may(person, 'alert.claim');
  return true;
}

async function drawList(tx: ReadTx, seen: Seen, name: ListName, from: number) {
  const { person, now, reading } = seen;
  const asking = { person, now, lineOf: reading.lineOf, slice: { offset: from, limit: SIZE } };
  const part = (await LISTS[name](tx, asking)) as Part<never>;
  // What was on the page has gone meanwhile: the first page shows what is left.
  if (part.items.length === 0 && from > 0) return drawList(tx, seen, name, 0);
  return listOf(seen.note, { name, title: TITLES[name], from, size: SIZE, part });
}

async function drawMain(tx: ReadTx, { person, now, reading, note }: Seen) {
  const asking = { person, now, lineOf: reading.lineOf, slice: { offset: 0, limit: SHOWN } };
  const isStaff = may(person, 'issue.take');
  return mainPage({
    note,
    quiet: isStaff ? await quietWords(tx, person, now) : null,
    acting: person.functions.length > 1 ? actingFunction(person) : null,
    followups: mayList(person, 'followups') ? await LISTS.followups(tx, asking) : null,
    alerts: mayList(person, 'alerts') ? await LISTS.alerts(tx, asking) : null,
    issues: isStaff ? await LISTS.issues(tx, asking) : null,
    asked: await LISTS.asked(tx, asking),
    accounts: await LISTS.accounts(tx, asking),
    accountsTitle: (await hasOwnAccounts(tx, person)) ? 'Your accounts' : 'Accounts',
    absence: may(person, 'absence.set') ? await absenceOf(tx, person, now) : null,
    rules: may(person, 'rules.switch') ? await ruleCounts(tx, person, now) : null,
    admin: may(person, 'setup.change') ? await adminView(tx, now) : null,
  });
}

async function absenceOf(tx: ReadTx, person: Person, now: number): Promise<AbsenceView> {
  const absence = { awaySince: person.awaySince ?? null, backOn: person.backOn ?? null, hours: person.hours };
  const today = wallOf(now, person.hours.zone).date;
  const cover = person.delegateId == null ? undefined : await personById(tx, person.delegateId);
  return {
    isAway: isAway(absence, now),
    backOn: person.backOn == null ? null : dateInWords(person.backOn, today),
    cover: cover?.name ?? null,
    instead: await insteadOf(tx, person, now),
  };
}
