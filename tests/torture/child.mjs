/**
 * Baton in a process of its own, compiled, that ends itself with SIGKILL at a named point once the parent has said
 * at which one and at which of its passings.
 */
import { pino } from 'pino';

const plan = JSON.parse(process.env.TORTURE);
const { startBaton } = await import(`${plan.dist}/main.js`);
const { systemClocks } = await import(`${plan.dist}/time/index.js`);

let armed;
process.on('message', (order) => {
  armed = order;
});
process.on('disconnect', () => process.exit(0));

const probe = (point) => {
  if (armed?.point !== point) return;
  armed.count -= 1;
  if (armed.count <= 0) process.kill(process.pid, 'SIGKILL');
};

const baton = await startBaton({
  config: plan.config,
  clocks: systemClocks(),
  log: pino({ level: 'warn' }, pino.destination({ fd: 2, sync: true })),
  probe,
  ...plan.options,
});
process.send({ ready: baton.port });
