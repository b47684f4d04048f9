import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Whether Baton can do its work now, and what it knows of itself. */
export interface Readiness {
  isReady: boolean;
  /** What is wrong, in words for whoever looks. */
  problems: string[];
  details: Record<string, unknown>;
}

export type HttpHandler = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

export interface HttpOptions {
  port: number;
  readiness: () => Promise<Readiness>;
  /** Further paths, e.g. `POST /slack/events`. */
  routes?: Readonly<Record<string, HttpHandler>>;
}

export interface HttpServer {
  port: number;
  close: () => Promise<void>;
}

/** The one server: `/healthz` (the process answers), `/readyz` (it can work), and what is added to it. */
export async function startHttp(options: HttpOptions): Promise<HttpServer> {
  const server = createServer((req, res) => {
    void answer(options, req, res).catch(() => {
      if (!res.headersSent) res.writeHead(500);
      res.end();
    });
  });
  await listen(server, options.port);
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}

async function answer(options: HttpOptions, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const path = (req.url ?? '/').split('?')[0] ?? '/';
  const route = options.routes?.[`${req.method} ${path}`];
  if (route) return route(req, res);
  if (req.method === 'GET' && path === '/healthz') return send(res, 200, { ok: true });
  if (req.method === 'GET' && path === '/readyz') {
    const readiness = await options.readiness();
    return send(res, readiness.isReady ? 200 : 503, {
      ok: readiness.isReady,
      problems: readiness.problems,
      ...readiness.details,
    });
  }
  return send(res, 404, { ok: false });
}

function send(res: ServerResponse, status: number, body: unknown): void {
  res.writeHead(status, { 'content-type': 'application/json' });
  res.end(JSON.stringify(body));
}

class PortTakenError extends Error {
  override name = 'PortTakenError';
  constructor(port: number) {
    super(`port ${port} is taken: stop what listens there, or choose another port`);
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (err: NodeJS.ErrnoException) =>
      reject(err.code === 'EADDRINUSE' ? new PortTakenError(port) : err),
    );
    server.listen(port, () => resolve());
  });
}
