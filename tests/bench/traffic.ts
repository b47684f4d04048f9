import { createHmac } from 'node:crypto';
import type { Company } from './company.js';

const HOUR_S = 3_600;

/** One signed request, as Slack sends it. */
export interface Signed {
  body: string;
  headers: Record<string, string>;
  /** The message that this reaction logs; only what makes a card has one. */
  logs?: string;
}

/** So many events lie between a message and its reaction: people read before they react. */
const BEHIND = 10;

/**
 * What is written in the channels, in turn: nine messages, then a `:ticket:` on an earlier one that makes a card.
 * Message times run ahead of the clock, three hours at each logged message, so that it is a contact of its own.
 */
export class Traffic {
  private sent = 0;
  private readonly lastTs: number[];
  /** Messages to be logged, the oldest first. */
  private readonly toLog: { channel: string; ts: string }[] = [];

  constructor(
    private readonly company: Company,
    private readonly signingSecret: string,
  ) {
    const start = Math.floor(Date.now() / 1000) - 40 * 24 * HOUR_S;
    this.lastTs = company.channels.map(() => start);
  }

  next(): Signed {
    const n = this.sent;
    this.sent += 1;
    const isTurnToLog = n % 10 === 9 && this.toLog.length > BEHIND;
    const logged = isTurnToLog ? this.toLog.shift() : undefined;
    if (logged) return this.reaction(n, logged);
    const at = n % this.company.channels.length;
    const { id, customer } = this.company.channels[at] as Company['channels'][number];
    const willBeLogged = n % 10 === 8;
    this.lastTs[at] = (this.lastTs[at] ?? 0) + (willBeLogged ? 3 * HOUR_S : 600);
    const ts = this.tsOf(at);
    if (willBeLogged) this.toLog.push({ channel: id, ts });
    return this.sign(n, {
      type: 'message',
      channel: id,
      channel_type: 'channel',
      user: customer,
      text: `Request ${n}: the export drops rows since Monday and nobody could say why`,
      ts,
      event_ts: ts,
      client_msg_id: `client-${n}`,
      team: 'TOTHER',
    });
  }

  private tsOf(at: number): string {
    return `${this.lastTs[at]}.${String(at).padStart(6, '0')}`;
  }

  private reaction(n: number, message: { channel: string; ts: string }): Signed {
    const user = this.company.ours[Math.floor(n / 10) % 10] ?? '';
    const item = { type: 'message', ...message };
    const signed = this.sign(n, { type: 'reaction_added', user, reaction: 'ticket', item });
    return { ...signed, logs: `${message.channel}:${message.ts}` };
  }

  private sign(n: number, event: Record<string, unknown>): Signed {
    const body = JSON.stringify({
      token: 'verification',
      team_id: this.company.teamId,
      context_team_id: this.company.teamId,
      api_app_id: 'ABATON',
      event,
      type: 'event_callback',
      event_id: `Ev${n}-${this.lastTs[0]}`,
      event_time: Math.floor(Date.now() / 1000),
      authorizations: [
        { enterprise_id: null, team_id: this.company.teamId, user_id: 'UBATON', is_bot: true },
      ],
      is_ext_shared_channel: true,
      event_context: '4-context',
    });
    const stamp = String(Math.floor(Date.now() / 1000));
    const signature = createHmac('sha256', this.signingSecret).update(`v0:${stamp}:${body}`).digest('hex');
    return {
      body,
      headers: {
        'content-type': 'application/json',
        'x-slack-request-timestamp': stamp,
        'x-slack-signature': `v0=${signature}`,
      },
    };
  }
}
