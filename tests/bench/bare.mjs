/** The bare minimum that Baton is held against: Bolt's own HTTP receiver and a listener that does nothing. */
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';

const { config } = JSON.parse(process.env.BENCH);
const receiver = new HTTPReceiver({
  signingSecret: config.transport.signingSecret,
  logLevel: LogLevel.ERROR,
});
const app = new App({
  token: config.botToken,
  receiver,
  logLevel: LogLevel.ERROR,
  clientOptions: { slackApiUrl: config.apiUrl },
});
app.event('message', async () => undefined);
await app.start(config.port);

process.on('message', (order) => {
  if (order === 'usage') process.send({ rss: process.memoryUsage.rss(), cpu: process.cpuUsage() });
  if (order === 'stop') process.exit(0);
});
process.on('disconnect', () => process.exit(0));
process.send({ port: config.port });
