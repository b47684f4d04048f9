/** The HTTP side: Web API calls with their faults, response_url posts, and the log of both. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Args, decodeArgs } from './args.js';
import type { Changes } from './changes.js';
import type { Core } from './core.js';
import { SlackError } from './errors.js';
import { faultName, type WebFault } from './faults.js';
import { methods } from './methods/index.js';
import type { ApiCall, JsonObject } from './types.js';

interface Request {
  method: string;
  args: JsonObject;
  req: IncomingMessage;
  res: ServerResponse;
}

export class WebApi {
  readonly log: ApiCall[] = [];
  revoked = false;

  constructor(
    private readonly core: Core,
    private readonly changes: Changes,
  ) {}

  /** Answers one HTTP request; the body has been read. */
  handle(req: IncomingMessage, res: ServerResponse, body: string): void {
    const url = new URL(req.url ?? '/', 'http://localhost');
    if (url.pathname.startsWith('/response/')) this.#responseUrl(url.pathname, req, res, body);
    else if (url.pathname.startsWith('/api/')) this.#call(url, req, res, body);
    else res.writeHead(404).end();
    this.changes.notify();
  }

  /** A bug in the fake itself: must not pass for Slack's behaviour. */
  brokeDown(res: ServerResponse, error: unknown): void {
    this.core.violations.push(
      `the fake Slack itself failed: ${error instanceof Error ? error.stack : String(error)}`,
    );
    if (!res.headersSent) res.writeHead(500);
    res.end();
    this.changes.notify();
  }

  #call(url: URL, req: IncomingMessage, res: ServerResponse, body: string): void {
    const method = url.pathname.slice('/api/'.length);
    const contentType = req.headers['content-type'] ?? '';
    const { args, token, problem } = readArgs(url, contentType, body, req.headers.authorization);
    const request = { method, args, req, res };
    const fault = this.core.faults.takeWeb(method);
    if (fault) this.core.faults.count(faultName(fault));
    if (fault && this.#failBefore(request, fault)) return;
    const response = problem ? { ok: false, error: problem } : this.#run(method, args, token);
    if (fault) this.#failAfter(request, fault, response);
    else if (response.error === 'ratelimited')
      this.#reply(request, 429, response, undefined, { 'retry-after': '1' });
    else this.#reply(request, 200, response);
  }

  /** Faults that keep the method from running. Says whether the request is dealt with. */
  #failBefore(request: Request, fault: WebFault): boolean {
    const name = faultName(fault);
    if (typeof fault === 'object' && 'error' in fault)
      this.#reply(request, 200, { ok: false, error: fault.error }, name);
    else if (name === 'rate_limited') this.#rateLimited(request, fault);
    else if (name === 'rate_limited_bare')
      this.#reply(request, 429, { ok: false, error: 'ratelimited' }, name);
    else if (name === 'error_before') this.#reply(request, 500, 'Internal Server Error', name);
    else if (name === 'html')
      this.#reply(request, 200, '<!DOCTYPE html><html><body>Slack is down</body></html>', name, {
        'content-type': 'text/html',
      });
    else if (name === 'disconnect_before') this.#cut(request, name);
    else if (name === 'hang' && !(typeof fault === 'object' && 'store' in fault && fault.store))
      this.#record(request, 0, undefined, name);
    else return false;
    return true;
  }

  /** Faults that let the method run and lose its answer. */
  #failAfter(request: Request, fault: WebFault, response: JsonObject): void {
    const name = faultName(fault);
    if (name === 'error_after') this.#reply(request, 500, 'Internal Server Error', name);
    else if (name === 'dropped_reply') this.#dropMidBody(request, response, name);
    else this.#record(request, 0, undefined, name);
  }

  #rateLimited(request: Request, fault: WebFault): void {
    const seconds =
      typeof fault === 'object' && 'retryAfter' in fault ? fault.retryAfter : this.core.faults.retryAfter;
    this.#reply(request, 429, { ok: false, error: 'ratelimited' }, 'rate_limited', {
      'retry-after': String(seconds),
    });
  }

  #run(method: string, args: JsonObject, token: string | undefined): JsonObject {
    try {
      const run = methods[method];
      if (!run) throw new SlackError('unknown_method', { req_method: method });
      this.#checkToken(method, token);
      this.#checkRate(method, args);
      return { ok: true, ...run(this.core, new Args(args)) };
    } catch (error) {
      if (!(error instanceof SlackError)) throw error;
      return { ok: false, error: error.code, ...error.extra };
    }
  }

  #checkToken(method: string, token: string | undefined): void {
    const { identity } = this.core;
    if (method === 'api.test') return;
    if (token === undefined || token === '') throw new SlackError('not_authed');
    const forApp = method === 'apps.connections.open';
    if (token === (forApp ? identity.botToken : identity.appToken))
      throw new SlackError('not_allowed_token_type');
    if (token !== (forApp ? identity.appToken : identity.botToken)) throw new SlackError('invalid_auth');
    if (this.revoked && !forApp) throw new SlackError('token_revoked');
  }

  #checkRate(method: string, args: JsonObject): void {
    if (!this.core.faults.enforceRates || method !== 'chat.postMessage') return;
    if (this.core.rates.take(String(args.channel))) return;
    this.core.faults.count('rate_enforced');
    throw new SlackError('ratelimited');
  }

  #reply(
    request: Request,
    status: number,
    response: unknown,
    fault?: string,
    headers: Record<string, string> = {},
  ): void {
    this.#record(request, status, response, fault);
    request.res.writeHead(status, { ...this.#headers(typeof response === 'object'), ...headers });
    request.res.end(typeof response === 'string' ? response : JSON.stringify(response));
  }

  #dropMidBody(request: Request, response: JsonObject, fault: string): void {
    this.#record(request, 200, response, fault);
    const body = JSON.stringify(response);
    request.res.writeHead(200, { ...this.#headers(true), 'content-length': String(Buffer.byteLength(body)) });
    request.res.write(body.slice(0, Math.floor(body.length / 2)), () => request.req.socket.destroy());
  }

  #cut(request: Request, fault: string): void {
    this.#record(request, 0, undefined, fault);
    request.req.socket.destroy();
  }

  #headers(json: boolean): Record<string, string> {
    return {
      'content-type': json ? 'application/json; charset=utf-8' : 'text/plain',
      'x-oauth-scopes': this.core.scopes.join(','),
      'x-accepted-oauth-scopes': '',
      'x-slack-req-id': `req-${this.log.length}`,
    };
  }

  #record(request: Request, status: number, response: unknown, fault: string | undefined): void {
    this.log.push({
      at: this.core.world.now(),
      seq: this.log.length + 1,
      method: request.method,
      args: request.args,
      status,
      response: structuredClone(response),
      ...(fault === undefined ? {} : { fault }),
    });
  }

  #responseUrl(path: string, req: IncomingMessage, res: ServerResponse, body: string): void {
    const request = { method: 'response_url', args: {} as JsonObject, req, res };
    const fault = this.core.faults.takeWeb('response_url');
    if (fault) this.core.faults.count(faultName(fault));
    try {
      request.args = decodeArgs(new URLSearchParams(), req.headers['content-type'] ?? '', body);
      if (fault && this.#failBefore(request, fault)) return;
      const response = {
        ok: true,
        ...this.core.responseUrls.use(this.core, path.slice('/response/'.length), request.args),
      };
      if (fault) this.#failAfter(request, fault, response);
      else this.#reply(request, 200, response);
    } catch (error) {
      if (!(error instanceof SlackError)) throw error;
      this.#reply(request, 404, { ok: false, error: error.code, ...error.extra });
    }
  }
}

interface ReadArgs {
  args: JsonObject;
  token: string | undefined;
  problem?: string;
}

function readArgs(url: URL, contentType: string, body: string, authorization: string | undefined): ReadArgs {
  const bearer = authorization?.replace(/^Bearer\s+/i, '');
  try {
    const { token, ...args } = decodeArgs(url.searchParams, contentType, body);
    return { args, token: bearer ?? (typeof token === 'string' ? token : undefined) };
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    return { args: {}, token: bearer, problem: error.code };
  }
}
