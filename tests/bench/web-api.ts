import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Company } from './company.js';

/** The Web API in as little time as possible: no memory, no checks, every answer made up on the spot. */
export async function startWebApi(company: Company): Promise<{ url: string; server: Server }> {
  let serial = 0;
  const ts = () => {
    serial += 1;
    return `${Math.floor(Date.now() / 1000)}.${String(serial % 1e6).padStart(6, '0')}`;
  };
  const answers: Record<string, (args: URLSearchParams) => Record<string, unknown>> = {
    'auth.test': () => ({
      team_id: company.teamId,
      user_id: 'UBATON',
      bot_id: 'BBATON',
      url: 'https://x.slack.com/',
    }),
    'users.list': () => ({ members: company.ours.map(member) }),
    'users.info': (args) => ({ user: member(args.get('user') ?? '') }),
    'conversations.info': (args) => ({ channel: { id: args.get('channel'), name: 'internal' } }),
    'conversations.members': () => ({ members: company.ours.slice(0, 10) }),
    'conversations.open': (args) => ({ channel: { id: `D${args.get('users')}` } }),
    // Asked for a message whose reaction overtook it.
    'conversations.history': (args) => ({ messages: [messageAt(args)] }),
    'chat.postMessage': (args) => ({ channel: args.get('channel'), ts: ts() }),
    'chat.update': (args) => ({ channel: args.get('channel'), ts: args.get('ts') }),
    'chat.postEphemeral': () => ({ message_ts: ts() }),
  };
  const member = (id: string) => ({
    id,
    team_id: company.ours.includes(id) ? company.teamId : 'TOTHER',
    name: id.toLowerCase(),
    real_name: id,
    tz: 'Europe/Berlin',
    profile: { real_name: id },
  });
  const messageAt = (args: URLSearchParams) => ({
    ts: args.get('oldest'),
    user: company.channels.find((channel) => channel.id === args.get('channel'))?.customer,
    text: 'The export drops rows since Monday',
  });
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const method = (req.url ?? '').split('/').at(-1) ?? '';
      const args = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
      const answer = answers[method]?.(args);
      res.writeHead(200, { 'content-type': 'application/json' });
      res.end(JSON.stringify(answer ? { ok: true, ...answer } : { ok: false, error: 'unknown_method' }));
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`, server };
}
