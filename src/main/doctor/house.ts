import { audit } from '../../home/audit.js';
import { workingHours } from '../../people/rules.js';
import { activePeople } from '../../people/store.js';
import { probeWrite, queueHealth } from '../../queue/health.js';
import { setting } from '../../settings/store.js';
import type { DatabaseState } from '../../store/inspect.js';
import type { ReadTx, Store } from '../../store/transact.js';
import { hoursProblem, isZone, span } from '../../time/index.js';
import { bad, type Check, looking, ok } from './check.js';

const LEAST_FREE_BYTES = 500 * 1024 * 1024;
const STUCK_MS = 5 * 60_000;
const FULL = 1_000;

/** What the machine under Baton says: room on the disk, and whether the address that the world uses works. */
export interface Surroundings {
  /** Bytes free where the database lies; null when it lies elsewhere. */
  freeBytes: () => Promise<number | null>;
  /** Where trackers and Slack reach Baton, e.g. `https://baton.acme.com`; null when nobody does. */
  publicUrl: string | null;
  /** Whether Slack comes over HTTP, which needs a public address. */
  needsPublicUrl: boolean;
  /** The status of a GET. Rejects when nothing answers. */
  reach: (url: string) => Promise<number>;
}

/** Room on the disk, and the address from outside. */
export async function surroundingChecks(o: Surroundings): Promise<Check[]> {
  return [
    ...(await looking('disk', 'See to it that the folder of the database can be read.', () => diskCheck(o))),
    ...(await looking(
      'hooks',
      'Check DNS, the certificate and the proxy in front of Baton, and that Baton runs.',
      () => hookCheck(o),
    )),
  ];
}

async function diskCheck(o: Surroundings): Promise<Check> {
  const free = await o.freeBytes();
  if (free === null) return ok('disk', 'the database lies on its own server');
  const megabytes = Math.round(free / 1024 / 1024);
  return free >= LEAST_FREE_BYTES
    ? ok('disk', `${megabytes} MB free`)
    : bad(
        'disk',
        `only ${megabytes} MB free`,
        'Make room: a full disk means that no event of Slack is taken in.',
      );
}

async function hookCheck({ publicUrl, needsPublicUrl, reach }: Surroundings): Promise<Check> {
  if (publicUrl === null)
    return needsPublicUrl
      ? bad(
          'hooks',
          'nobody said where Slack reaches Baton',
          'Set BATON_PUBLIC_URL to the address in front of Baton.',
        )
      : ok('hooks', 'Slack comes over Socket Mode; without BATON_PUBLIC_URL trackers cannot call Baton');
  const status = await reach(new URL('/healthz', publicUrl).toString());
  return status === 200
    ? ok('hooks', `${publicUrl} reaches Baton`)
    : bad(
        'hooks',
        `${publicUrl}/healthz answers ${status}`,
        'Have the proxy pass it on to the port of Baton.',
      );
}

/** What stands in the way of using the database; null when it can be opened as it is. */
export function schemaCheck({ schema, unsafe }: DatabaseState): Check[] {
  const safety =
    unsafe === null
      ? []
      : [bad('durability', unsafe, 'Set it back: an acknowledged event must survive a power cut.')];
  if (schema === 'newer')
    return [
      bad('schema', 'was written by a newer Baton', 'Start the newer version, or restore a backup.'),
      ...safety,
    ];
  if (schema === 'older')
    return [
      bad(
        'schema',
        'lacks migrations of this version',
        'Start Baton once: it brings the database up to date.',
      ),
      ...safety,
    ];
  if (schema === 'missing')
    return [
      bad('schema', 'is not there yet', 'Start Baton once, or run baton apply company.yml: both make it.'),
      ...safety,
    ];
  return [ok('schema', 'is that of this version'), ...safety];
}

/** Whether the database can be written, and what waits or was set aside in it. `now` is machine time. */
export async function storeChecks(store: Store, now: number): Promise<Check[]> {
  const write = await looking(
    'database',
    'See to it that its folder can be written and the disk is not full.',
    async () => {
      await probeWrite(store);
      return ok('database', 'can be written');
    },
  );
  if (write.some((check) => !check.isOk)) return write;
  return [
    ...write,
    ...(await looking('queues', 'The log of Baton says more.', () => queueChecks(store, now))),
    ...(await looking('standing still', 'The log of Baton says more.', () => auditCheck(store, now))),
    ...(await looking('zones', 'Correct the hours in the set-up or in company.yml.', () =>
      store.read(zoneChecks),
    )),
  ];
}

async function queueChecks(store: Store, now: number): Promise<Check[]> {
  const health = await store.read(queueHealth);
  const age = health.inboxOldestAt === null ? 0 : now - health.inboxOldestAt;
  const first = (errors: readonly (string | null)[]) =>
    errors.find((error) => error !== null) ?? 'the log says why';
  return [
    age > STUCK_MS || health.inboxWaiting >= FULL
      ? bad(
          'inbox',
          `${health.inboxWaiting} events wait, the oldest for ${span(age)}`,
          'Start Baton, or look into its log: it takes no event on.',
        )
      : ok('inbox', `${health.inboxWaiting} events wait`),
    health.outboxWaiting >= FULL
      ? bad(
          'outbox',
          `${health.outboxWaiting} messages wait`,
          'Start Baton, or look into its log: it sends nothing on.',
        )
      : ok('outbox', `${health.outboxWaiting} messages wait`),
    health.parked.length > 0
      ? bad(
          'set aside',
          `${health.parked.length} events could not be handled: ${first(health.parked.map((one) => one.error))}`,
          'The log has each with its error; a newer version may handle them.',
        )
      : ok('set aside', 'nothing'),
    health.held.length > 0
      ? bad(
          'held back',
          `${health.held.length} messages cannot be delivered to ${[...new Set(health.held.map((one) => one.target))].slice(0, 5).join(', ')}: ${first(health.held.map((one) => one.error))}`,
          'Invite Baton there or unarchive the channel: they go out by themselves then.',
        )
      : ok('held back', 'nothing'),
    health.dueFailing.length > 0
      ? bad(
          'timed work',
          `${health.dueFailing.length} fail: ${health.dueFailing[0]?.key}: ${first(health.dueFailing.map((one) => one.error))}`,
          'The log has the error; it is tried again until it works.',
        )
      : ok('timed work', 'nothing fails'),
  ];
}

async function auditCheck(store: Store, now: number): Promise<Check> {
  const found = Object.values(await store.read((tx) => audit(tx, now))).flat();
  return found.length === 0
    ? ok('standing still', 'nothing')
    : bad(
        'standing still',
        `${found.length} ${found.length === 1 ? 'thing' : 'things'}: ${found.slice(0, 3).join('; ')}`,
        'Restart Baton where timed work or messages stand still; ask the lead about an alert.',
      );
}

async function zoneChecks(tx: ReadTx): Promise<Check[]> {
  const company = await setting(tx, 'zone');
  const wrong = [
    ...(isZone(company) ? [] : [`the company's zone ${company}`]),
    ...(await activePeople(tx)).flatMap((person) => {
      const problem = hoursProblem(workingHours(person.hours));
      return problem === undefined ? [] : [`${person.name}: ${problem}`];
    }),
  ];
  return [
    wrong.length === 0
      ? ok('zones', 'every zone and every working hour can be counted in')
      : bad('zones', wrong.slice(0, 5).join('; '), 'Correct the hours in the set-up or in company.yml.'),
  ];
}
