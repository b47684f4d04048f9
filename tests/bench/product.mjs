/** Baton in a process of its own, compiled, over HTTP; it tells its memory and takes morning messages forward when asked. */
import { writeHeapSnapshot } from 'node:v8';
import { pino } from 'pino';

const plan = JSON.parse(process.env.BENCH);
const { startBaton } = await import(`${plan.dist}/main.js`);
const { systemClocks } = await import(`${plan.dist}/time/index.js`);
const { setDue } = await import(`${plan.dist}/queue/due.js`);

const baton = await startBaton({
  config: plan.config,
  clocks: systemClocks(),
  log: pino({ level: 'error' }, pino.destination({ fd: 2, sync: true })),
});

/** Has every morning message due at one instant. */
async function digestsDue({ people, at }) {
  await baton.store.transact([], async (tx) => {
    for (const id of people) await setDue(tx, `digest:daily:${id}`, 'digest.daily', id, at);
  });
}

process.on('message', (order) => {
  if (order === 'usage') process.send({ rss: process.memoryUsage.rss(), cpu: process.cpuUsage() });
  else if (order === 'heap') process.send({ heap: writeHeapSnapshot() });
  else if (order === 'stop') void baton.stop().then(() => process.exit(0));
  else void digestsDue(order).then(() => process.send({ done: true }));
});
process.on('disconnect', () => process.exit(0));
process.send({ port: baton.port });
